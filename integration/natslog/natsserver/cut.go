package natsserver

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"regexp"
	"sync"
)

// network is what lies between the servers of a cluster: every connection from one to
// another goes through a listener of it, so that a server can be cut off.
type network struct {
	mu    sync.Mutex
	cut   map[string]bool // by the name of a server
	lines map[*line]bool
}

// A line is a connection from one server to another.
type line struct {
	ends     [2]net.Conn
	from, to string
}

func newNetwork() *network { return &network{cut: map[string]bool{}, lines: map[*line]bool{}} }

// listen accepts connections to a server, which listens at a port itself, and returns where.
func (n *network) listen(to string, port int) (at int, closer io.Closer, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, nil, err
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go n.carry(conn, to, port)
		}
	}()
	return l.Addr().(*net.TCPAddr).Port, l, nil
}

// carry carries what a server sends to another, and back.
func (n *network) carry(conn net.Conn, to string, port int) {
	other, err := net.Dial("tcp", fmt.Sprint("127.0.0.1:", port))
	if err != nil {
		conn.Close()
		return
	}
	l := &line{ends: [2]net.Conn{conn, other}, to: to}
	if !n.allow(l, "") {
		return
	}
	go func() {
		_, _ = io.Copy(conn, other)
		n.drop(l)
	}()
	defer n.drop(l)
	var begun []byte
	buffer := make([]byte, 32<<10)
	for {
		k, err := conn.Read(buffer)
		if err != nil {
			return
		}
		if l.from == "" {
			begun = append(begun, buffer[:k]...)
			if m := serverName.FindSubmatch(begun); m != nil && !n.allow(l, string(m[1])) {
				return
			}
		}
		if _, err := io.Copy(other, bytes.NewReader(buffer[:k])); err != nil {
			return
		}
	}
}

// serverName finds in what a server says first who it is.
var serverName = regexp.MustCompile(`"server_name":"(\w+)"`)

// allow notes a line and who is at its begin, if that is known, and reports whether it may be.
func (n *network) allow(l *line, from string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	l.from = from
	if n.cut[l.to] || n.cut[from] {
		l.close()
		delete(n.lines, l)
		return false
	}
	n.lines[l] = true
	return true
}

func (n *network) drop(l *line) {
	n.mu.Lock()
	defer n.mu.Unlock()
	l.close()
	delete(n.lines, l)
}

func (l *line) close() {
	l.ends[0].Close()
	l.ends[1].Close()
}

// set cuts a server off, or lets it back.
func (n *network) set(name string, cut bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.cut[name] = cut
	for l := range n.lines {
		if cut && (l.from == name || l.to == name) {
			l.close()
			delete(n.lines, l)
		}
	}
}

// CutOff cuts a server off from the others. Its clients still reach it.
func (c *Cluster) CutOff(i int) { c.network.set(c.nodes[i].Name, true) }

// Rejoin lets a server back to the others.
func (c *Cluster) Rejoin(i int) { c.network.set(c.nodes[i].Name, false) }
