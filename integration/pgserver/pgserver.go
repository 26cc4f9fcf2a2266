// Package pgserver starts PostgreSQL servers for tests: each in a folder of its
// own, listening on a unix socket only.
package pgserver

import (
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
	tb   testing.TB
	bin  string
	dir  string
	cred *syscall.Credential
	cmd  *exec.Cmd
}

// Start starts a server with more settings such as "fsync=off", and stops it
// when the test ends. Without a PostgreSQL on the machine the test is skipped,
// but where CI is set it fails.
func Start(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	bin, err := find()
	if err != nil && os.Getenv("CI") == "" {
		tb.Skip(err)
	}
	must(tb, err)
	dir, err := os.MkdirTemp("/tmp", "pg") // the path of a socket must be short
	must(tb, err)
	s := &Server{tb: tb, bin: bin, dir: dir}
	tb.Cleanup(func() {
		s.Kill(syscall.SIGQUIT)
		os.RemoveAll(dir)
	})
	must(tb, s.unprivileged())
	out, err := s.command("initdb", "-D", s.data(), "-U", "test", "-A", "trust", "--locale=C", "-E", "UTF8", "--no-sync").CombinedOutput()
	if err != nil {
		tb.Fatalf("initdb: %v\n%s", err, out)
	}
	s.Run(settings...)
	return s
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func find() (string, error) {
	if path, err := exec.LookPath("postgres"); err == nil {
		path, err = filepath.EvalSymlinks(path)
		return filepath.Dir(path), err
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return "", errors.New("no PostgreSQL is installed")
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
	must(tb, err)
	tb.Cleanup(func() { db.Close() })
	return db
}

// Run starts the server again after Kill, and waits until it answers.
func (s *Server) Run(settings ...string) {
	s.tb.Helper()
	args := []string{"-D", s.data(), "-k", s.dir, "-c", "listen_addresses=", "-c", "log_min_messages=fatal"}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	s.cmd = s.command("postgres", args...)
	must(s.tb, s.cmd.Start())
	db, err := sql.Open("pgx", s.DSN())
	must(s.tb, err)
	defer db.Close()
	for range 600 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		err = db.PingContext(ctx)
		cancel()
		if err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.tb.Fatalf("postgres does not answer: %v", err)
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
	for range 500 { // the group of the first process, which is its leader
		if syscall.Kill(-s.cmd.Process.Pid, 0) != nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.cmd = nil
}
