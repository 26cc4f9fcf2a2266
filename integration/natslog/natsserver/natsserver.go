// Package natsserver starts NATS servers with JetStream for tests, each a process of its
// own with a folder of its own, so that they can be killed. A process is the test's program
// once more: its TestMain must call [RunNode].
package natsserver

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

const variable = "NATSSERVER_NODE" // has the settings of a node

// settings are those of a node.
type settings struct {
	Name, Store string
	Port, Route int
	Routes      []int
	Advertise   int // where the others reach it: by the network of the cluster
	NoSync      bool
	MaxStore    int64 // bytes; 0 for enough
}

// RunNode runs a node and does not return, if this process was started as one.
func RunNode() { RunNodeWithClock(nil) }

// RunNodeWithClock is [RunNode] for a program whose clock can be set.
func RunNodeWithClock(set func(seconds int64)) {
	text := os.Getenv(variable)
	if text == "" {
		return
	}
	if err := runNode(text, set); err != nil {
		fmt.Fprintln(os.Stderr, "natsserver:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func runNode(text string, setClock func(seconds int64)) error {
	var s settings
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return err
	}
	options := &server.Options{
		ServerName: s.Name, Host: "127.0.0.1", Port: s.Port, NoLog: true, NoSigs: true,
		JetStream: true, StoreDir: s.Store, JetStreamMaxMemory: 256 << 20, JetStreamMaxStore: 8 << 30, MaxPayload: 8 << 20,
		SyncAlways: !s.NoSync, JetStreamLimits: server.JSLimitOpts{MaxBatchSize: 20_000},
	}
	if len(s.Routes) > 0 {
		options.Cluster = server.ClusterOpts{Name: "timeline", Host: "127.0.0.1", Port: s.Route, PoolSize: 1, Advertise: fmt.Sprint("127.0.0.1:", s.Advertise)}
		for _, port := range s.Routes {
			options.Routes = append(options.Routes, &url.URL{Scheme: "nats", Host: fmt.Sprint("127.0.0.1:", port)})
		}
	}
	if s.MaxStore > 0 {
		options.JetStreamMaxStore = s.MaxStore
	}
	node, err := server.NewServer(options)
	if err != nil {
		return err
	}
	go func() { // when the test has gone, go too
		var seconds int64
		for {
			if _, err := fmt.Fscanln(os.Stdin, &seconds); err != nil {
				os.Exit(0)
			}
			setClock(seconds)
		}
	}()
	node.Start()
	if !node.ReadyForConnections(20 * time.Second) {
		return errors.New("not ready for connections")
	}
	fmt.Println("ready")
	node.WaitForShutdown()
	return nil
}

// A Cluster is some servers that hold streams together.
type Cluster struct {
	tb      testing.TB
	nodes   []*node
	network *network
	program string // that is a server
}

type node struct {
	settings
	cmd   *exec.Cmd
	stdin io.WriteCloser
}

// Start starts so many servers, one or three, and ends them when the test does.
func Start(tb testing.TB, nodes int) *Cluster { return start(tb, nodes, nodes, false) }

// StartUnsynced is [Start] for servers that do not wait for their disks: for tests of what is
// not about that.
func StartUnsynced(tb testing.TB, nodes int) *Cluster { return start(tb, nodes, nodes, true) }

// StartSome is [StartUnsynced] for the first of some servers; the others are for
// [Cluster.StartNode].
func StartSome(tb testing.TB, nodes, first int) *Cluster { return start(tb, nodes, first, true) }

func start(tb testing.TB, nodes, first int, noSync bool) *Cluster {
	tb.Helper()
	c := prepare(tb, nodes, noSync)
	c.startFirst(first)
	return c
}

// prepare returns servers that do not run yet.
func prepare(tb testing.TB, nodes int, noSync bool) *Cluster {
	tb.Helper()
	c := &Cluster{tb: tb, network: newNetwork(), program: os.Args[0]}
	ports := freePorts(tb, 2*nodes)
	var routes []int
	for i := range nodes {
		s := settings{Name: fmt.Sprint("n", i), Store: tb.TempDir(), Port: ports[i], NoSync: noSync}
		if nodes > 1 {
			s.Route = ports[nodes+i]
			at, listener, err := c.network.listen(s.Name, s.Route)
			if err != nil {
				tb.Fatal(err)
			}
			tb.Cleanup(func() { listener.Close() })
			s.Advertise, routes = at, append(routes, at)
		}
		c.nodes = append(c.nodes, &node{settings: s})
	}
	for _, n := range c.nodes {
		n.Routes = routes
	}
	tb.Cleanup(func() {
		for i := range c.nodes {
			c.Kill(i)
		}
	})
	return c
}

func (c *Cluster) startFirst(n int) {
	for i := range n {
		c.StartNode(i)
	}
}

func freePorts(tb testing.TB, n int) (ports []int) {
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			tb.Fatal(err)
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// StartNode starts a server that does not run.
func (c *Cluster) StartNode(i int) {
	n := c.nodes[i]
	text, err := json.Marshal(n.settings)
	if err != nil {
		c.tb.Fatal(err)
	}
	n.cmd = exec.Command(c.program)
	n.cmd.Env = append(os.Environ(), variable+"="+string(text))
	n.cmd.Stderr = os.Stderr
	out, err := n.cmd.StdoutPipe()
	if err == nil {
		n.stdin, err = n.cmd.StdinPipe()
	}
	if err == nil {
		err = n.cmd.Start()
	}
	if err != nil {
		c.tb.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		c.tb.Fatalf("server %d says %q: %v", i, line, err)
	}
}

// Kill ends a server at once, as kill -9 does.
func (c *Cluster) Kill(i int) {
	n := c.nodes[i]
	if n.cmd == nil {
		return
	}
	_ = n.cmd.Process.Kill()
	_ = n.cmd.Wait()
	n.cmd = nil
}

// Pause stops a server as if its machine hung, until [Cluster.Resume].
func (c *Cluster) Pause(i int) { c.signal(i, syscall.SIGSTOP) }

// Resume lets a server go on.
func (c *Cluster) Resume(i int) { c.signal(i, syscall.SIGCONT) }

func (c *Cluster) signal(i int, s syscall.Signal) {
	if err := c.nodes[i].cmd.Process.Signal(s); err != nil {
		c.tb.Error(err)
	}
}

// Folder returns where a server keeps what it has.
func (c *Cluster) Folder(i int) string { return c.nodes[i].Store }

// Limit sets how many bytes a server may keep when it is started next; 0 for enough.
func (c *Cluster) Limit(i int, bytes int64) { c.nodes[i].MaxStore = bytes }

// ConnectTo returns a connection to one server alone.
func (c *Cluster) ConnectTo(tb testing.TB, i int) *nats.Conn {
	tb.Helper()
	return connect(tb, c.nodes[i].url())
}

// Memory returns how many bytes of memory a server has, as Linux says.
func (c *Cluster) Memory(i int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", c.nodes[i].cmd.Process.Pid))
	var all, resident int64
	if err == nil {
		_, err = fmt.Sscan(string(text), &all, &resident)
	}
	if err != nil {
		c.tb.Fatal(err)
	}
	return resident * int64(os.Getpagesize())
}

// Len returns how many servers there are.
func (c *Cluster) Len() int { return len(c.nodes) }

func (n *node) url() string { return fmt.Sprint("nats://127.0.0.1:", n.Port) }

// URL returns the addresses of all servers.
func (c *Cluster) URL() string {
	var all []string
	for _, n := range c.nodes {
		all = append(all, n.url())
	}
	return strings.Join(all, ",")
}

// Connect returns a connection that goes from server to server as they go down.
func (c *Cluster) Connect(tb testing.TB) *nats.Conn {
	tb.Helper()
	return connect(tb, c.URL())
}

func connect(tb testing.TB, url string) *nats.Conn {
	tb.Helper()
	conn, err := nats.Connect(url, nats.MaxReconnects(-1), nats.ReconnectWait(20*time.Millisecond), nats.RetryOnFailedConnect(true), nats.IgnoreDiscoveredServers())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(conn.Close)
	return conn
}

// Leader returns which server leads a stream, or false if none does now.
func (c *Cluster) Leader(conn *nats.Conn, stream string) (int, bool) {
	state, err := stateOf(conn, stream)
	if err != nil {
		return 0, false
	}
	for i, n := range c.nodes {
		if n.Name == state.Cluster.Leader {
			return i, true
		}
	}
	return 0, false
}

// Behind reports whether a server does not have all of a stream, as far as its leader knows.
func (c *Cluster) Behind(conn *nats.Conn, stream string, i int) bool {
	state, err := stateOf(conn, stream)
	for _, r := range state.Cluster.Replicas {
		if r.Name == c.nodes[i].Name {
			return !r.Current || r.Offline
		}
	}
	return err != nil || state.Cluster.Leader != c.nodes[i].Name
}

// WaitCurrent waits until all servers run and have all of a stream.
func (c *Cluster) WaitCurrent(conn *nats.Conn, stream string) {
	c.tb.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		state, err := stateOf(conn, stream)
		current := err == nil && state.Cluster.Leader != "" && len(state.Cluster.Replicas) == len(c.nodes)-1
		if current {
			for _, r := range state.Cluster.Replicas {
				current = current && r.Current && !r.Offline
			}
		}
		if current || len(c.nodes) == 1 && err == nil {
			return
		}
		if time.Now().After(end) {
			c.tb.Fatalf("the servers do not become current: %+v, %v", state, err)
		}
	}
}

// state is what a stream's leader says of the servers.
type state struct {
	Cluster struct {
		Leader   string `json:"leader"`
		Replicas []struct {
			Name    string `json:"name"`
			Current bool   `json:"current"`
			Offline bool   `json:"offline"`
		} `json:"replicas"`
	} `json:"cluster"`
}

func stateOf(conn *nats.Conn, stream string) (s state, err error) {
	m, err := conn.Request("$JS.API.STREAM.INFO."+stream, nil, 2*time.Second)
	if err == nil {
		err = json.Unmarshal(m.Data, &s)
	}
	return s, err
}
