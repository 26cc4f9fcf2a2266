// Package pgserver starts PostgreSQL servers: each in a folder of its own,
// listening on a unix socket only.
package pgserver

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// A Server is a PostgreSQL server.
type Server struct {
	bin  string
	dir  string
	cred *syscall.Credential
	cmd  *exec.Cmd
}

// ErrNone reports that no PostgreSQL is installed on the machine.
var ErrNone = errors.New("pgserver: no PostgreSQL is installed")

// Start starts a server with more settings such as "fsync=off", and stops it
// when the test ends. Without a PostgreSQL on the machine the test is skipped,
// but where CI is set it fails.
func Start(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	s, err := New(settings...)
	if errors.Is(err, ErrNone) && os.Getenv("CI") == "" {
		tb.Skip(err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Close)
	return s
}

// New starts a server with more settings. The error is [ErrNone], or what
// failed.
func New(settings ...string) (*Server, error) {
	bin, err := find()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("/tmp", "pg") // the path of a socket must be short
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, dir: dir}
	if err := s.begin(settings); err != nil {
		s.Close()
		return nil, fmt.Errorf("pgserver: %w", err)
	}
	return s, nil
}

func (s *Server) begin(settings []string) error {
	if err := s.unprivileged(); err != nil {
		return err
	}
	out, err := s.command("initdb", "-D", s.data(), "-U", "test", "-A", "trust", "--locale=C", "-E", "UTF8", "--no-sync").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return s.Run(settings...)
}

// Close stops the server and removes its folder.
func (s *Server) Close() {
	s.Kill(syscall.SIGQUIT)
	os.RemoveAll(s.dir)
}

// Standby starts a server that follows this one and can only be read, and stops it when
// the test ends.
func (s *Server) Standby(tb testing.TB) *Server {
	tb.Helper()
	dir, err := os.MkdirTemp("/tmp", "pg")
	if err != nil {
		tb.Fatal(err)
	}
	standby := &Server{bin: s.bin, dir: dir}
	tb.Cleanup(standby.Close)
	if err := standby.unprivileged(); err != nil {
		tb.Fatal(err)
	}
	out, err := s.Command("pg_basebackup", "-D", standby.data(), "-R", "-X", "stream", "-c", "fast", "--no-sync").CombinedOutput()
	if err != nil {
		tb.Fatalf("pg_basebackup: %v\n%s", err, out)
	}
	if err := standby.Run(); err != nil {
		tb.Fatal(err)
	}
	return standby
}

func find() (string, error) {
	if path, err := exec.LookPath("postgres"); err == nil {
		path, err = filepath.EvalSymlinks(path)
		return filepath.Dir(path), err
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return "", ErrNone
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// unprivileged gives the folder to a user as whom the server runs: it refuses
// to be root.
func (s *Server) unprivileged() error {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("nobody")
	if err != nil {
		return err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	s.cred = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(s.dir, uid, gid)
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(s.bin, name), args...)
	c.Dir = s.dir
	c.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C", "HOME=" + s.dir, "TZ=UTC"}
	c.SysProcAttr = &syscall.SysProcAttr{Credential: s.cred, Setpgid: true, Pdeathsig: syscall.SIGKILL}
	return c
}

// Command returns a command that comes with the server, such as pg_dump, with
// where to connect in its environment.
func (s *Server) Command(name string, args ...string) *exec.Cmd {
	c := s.command(name, args...)
	c.Env = append(c.Env, "PGHOST="+s.dir, "PGUSER=test", "PGDATABASE=postgres")
	return c
}

// DSN returns where to connect.
func (s *Server) DSN() string {
	return fmt.Sprintf("host=%s user=test dbname=postgres sslmode=disable", s.dir)
}

// Open returns a pool of connections, closed when the test ends.
func (s *Server) Open(tb testing.TB) *sql.DB {
	tb.Helper()
	db, err := sql.Open("pgx", s.DSN())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	return db
}

// Run starts the server again after Kill, and waits until it answers.
func (s *Server) Run(settings ...string) error {
	args := []string{"-D", s.data(), "-k", s.dir, "-c", "listen_addresses=", "-c", "log_min_messages=fatal"}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	s.cmd = s.command("postgres", args...)
	var said bytes.Buffer // Wait returns when all processes that write to it have gone
	s.cmd.Stderr = &said
	if err := s.cmd.Start(); err != nil {
		s.cmd = nil
		return err
	}
	db, err := sql.Open("pgx", s.DSN())
	if err != nil {
		return err
	}
	defer db.Close()
	for range 600 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		err = db.PingContext(ctx)
		cancel()
		if err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.Kill(syscall.SIGQUIT)
	return fmt.Errorf("postgres does not answer: %w\n%s", err, said.String())
}

// Kill ends the server with a signal, and waits until its processes have gone.
// With SIGKILL only the first of them is killed, as if it had crashed; the
// others notice and end.
func (s *Server) Kill(signal syscall.Signal) {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Signal(signal)
	_ = s.cmd.Wait()
	s.cmd = nil
}
