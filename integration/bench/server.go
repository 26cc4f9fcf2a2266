package main

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// errNoServer says that no PostgreSQL is installed here.
var errNoServer = errors.New("no postgres is installed")

// A server is a PostgreSQL of our own, in a folder of its own, that listens on
// a unix socket only.
type server struct {
	dir string
	cmd *exec.Cmd
}

// startServer starts a server and returns where to connect.
func startServer() (s *server, dsn string, err error) {
	bin, err := findPostgres()
	if err != nil {
		return nil, "", err
	}
	dir, err := os.MkdirTemp("/tmp", "pg") // the path of a socket must be short
	if err != nil {
		return nil, "", err
	}
	s = &server{dir: dir}
	cred, err := unprivileged(dir)
	if err == nil {
		err = s.run(bin, cred)
	}
	dsn = fmt.Sprintf("host=%s user=bench dbname=postgres sslmode=disable", dir)
	if err == nil {
		err = waitFor(dsn)
	}
	if err != nil {
		s.stop()
		return nil, "", err
	}
	return s, dsn, nil
}

func findPostgres() (string, error) {
	if path, err := exec.LookPath("postgres"); err == nil {
		path, err = filepath.EvalSymlinks(path)
		return filepath.Dir(path), err
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return "", errNoServer
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// unprivileged gives dir to a user as whom the server runs: it refuses to be
// root.
func unprivileged(dir string) (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("nobody")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, uid, gid)
}

func (s *server) run(bin string, cred *syscall.Credential) error {
	command := func(name string, args ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(bin, name), args...)
		c.Dir = s.dir
		c.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C", "HOME=" + s.dir, "TZ=UTC"}
		c.SysProcAttr = &syscall.SysProcAttr{Credential: cred}
		return c
	}
	data := filepath.Join(s.dir, "data")
	if out, err := command("initdb", "-D", data, "-U", "bench", "-A", "trust", "--locale=C", "-E", "UTF8", "--no-sync").CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	s.cmd = command("postgres", "-D", data, "-k", s.dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=512MB", "-c", "work_mem=64MB")
	return s.cmd.Start()
}

func waitFor(dsn string) error {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	for range 300 {
		if err = db.Ping(); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("postgres does not answer: %w", err)
}

func (s *server) stop() {
	if s == nil {
		return
	}
	if s.cmd != nil && s.cmd.Process != nil {
		s.cmd.Process.Signal(syscall.SIGINT)
		s.cmd.Wait()
	}
	os.RemoveAll(s.dir)
}
