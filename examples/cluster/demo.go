package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"github.com/nats-io/nats.go"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog/partition"
)

// A demo is the demonstration: three nodes, some readers and a router, each a process of its
// own on this machine.
type demo struct {
	out                         io.Writer
	events, partitions, readers int

	folder          string
	clients, routes []int
	router          int // its port
	conn            *nats.Conn
	running         map[string]*exec.Cmd
}

const (
	nodes   = 3
	perCar  = 10
	someDay = "2026-03-01"
)

func (d *demo) run(ctx context.Context) (err error) {
	if err := d.start(ctx); err != nil {
		return errors.Join(err, d.end())
	}
	defer func() { err = errors.Join(err, d.end()) }()
	d.say("running", "%d nodes, %d readers, a router, %d partitions", nodes, d.readers, d.partitions)
	if err := d.load(ctx); err != nil {
		return err
	}
	took, want, err := d.complete(ctx, nil)
	if err != nil {
		return err
	}
	d.say("caught up", "all %d partitions, %s after the last event", d.partitions, took)
	began := time.Now()
	if _, err := d.world(ctx); err != nil {
		return err
	}
	d.say("world", "on %s: %s   (%s)", someDay, want.english(), short(time.Since(began)))
	var car carAnswer
	began = time.Now()
	if err := d.get(ctx, "/car?key="+carName(42)+"&on="+someDay, &car); err != nil {
		return err
	}
	d.say("a car", "%s on %s: %s in %s   (%s)", carName(42), someDay, car.Car.Status, car.Car.Place, short(time.Since(began)))
	return d.kills(ctx, want)
}

// kills kills one process after the other, and looks how long it takes until the answer is
// complete and the same again.
func (d *demo) kills(ctx context.Context, want *worldAnswer) error {
	for _, victim := range []string{"node0", "node1", "node2", "reader0", "reader1", "router"} {
		d.kill(victim)
		if victim == "router" { // the only one of its kind here
			if err := d.startOne(victim); err != nil {
				return err
			}
		}
		began := time.Now()
		first, _ := d.world(ctx)
		_, _, err := d.complete(ctx, want)
		if err != nil {
			return fmt.Errorf("after %s was killed: %w", victim, err)
		}
		note := "the answer stays complete"
		if first == nil || !first.Complete {
			note = fmt.Sprintf("complete again after %s", short(time.Since(began)))
		}
		if first != nil && !first.Complete {
			note += "; meanwhile " + first.lacks()
		}
		if err := d.append(ctx); err != nil {
			return fmt.Errorf("appending after %s was killed: %w", victim, err)
		}
		d.say("kill -9", "%-8s %s", victim, note)
		if victim != "router" {
			if err := d.startOne(victim); err != nil {
				return err
			}
		}
		if strings.HasPrefix(victim, "node") {
			if err := d.current(ctx); err != nil {
				return err
			}
		}
	}
	d.say("the same", "answer as before, with nothing lost, and every append since acknowledged")
	return nil
}

// append appends again what is there, which is a success and changes nothing: it shows that
// the partition of a car takes appends.
func (d *demo) append(ctx context.Context) error {
	for n := range d.partitions {
		log, err := natslog.Open(ctx, d.conn, &natslog.Options{Name: partition.Name("cars", partition.Of(carName(n), d.partitions))})
		if err == nil {
			err = loadCar(ctx, log, n, perCar)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) load(ctx context.Context) error {
	var done atomic.Int64
	began := time.Now()
	stop := d.progress("loading", &done, int64(d.events))
	err := load(ctx, d.conn, d.partitions, d.events/perCar, perCar, &done)
	stop()
	if err != nil {
		return err
	}
	took := time.Since(began)
	d.say("loaded", "%s events of %s cars in %s (%s/s), %d at once", grouped(int(done.Load())), grouped(d.events/perCar), short(took), grouped(int(float64(done.Load())/took.Seconds())), perCar)
	return nil
}

// progress shows on a terminal how far something is, and nothing elsewhere.
func (d *demo) progress(what string, done *atomic.Int64, all int64) (stop func()) {
	f, ok := d.out.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			fmt.Fprintf(f, "\r%-10s %3d %%", what, 100*done.Load()/all)
			select {
			case <-time.After(100 * time.Millisecond):
			case <-ctx.Done():
			}
		}
		fmt.Fprintf(f, "\r%-30s\r", "")
	}()
	return func() { cancel(); <-ended }
}

// complete asks for the world until the answer is complete, and is as wanted if that is given.
func (d *demo) complete(ctx context.Context, want *worldAnswer) (took string, world *worldAnswer, err error) {
	began := time.Now()
	for end := began.Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if world, err = d.world(ctx); err == nil && world.Complete {
			break
		}
		if ctx.Err() != nil || time.Now().After(end) {
			return "", nil, fmt.Errorf("no complete answer: %+v, %w", world, errors.Join(err, context.Cause(ctx)))
		}
	}
	if want != nil && fmt.Sprint(world.Cars) != fmt.Sprint(want.Cars) {
		return "", nil, fmt.Errorf("the world is %v, and was %v", world.Cars, want.Cars)
	}
	return short(time.Since(began)), world, nil
}

func (d *demo) world(ctx context.Context) (*worldAnswer, error) {
	var world worldAnswer
	if err := d.get(ctx, "/world?on="+someDay, &world); err != nil {
		return nil, err
	}
	return &world, nil
}

func (d *demo) get(ctx context.Context, path string, answer any) error {
	r := &router{client: &http.Client{Timeout: 15 * time.Second}}
	return r.fetch(ctx, fmt.Sprint("http://127.0.0.1:", d.router, path), answer)
}

// current waits until every log has all its replicas again.
func (d *demo) current(ctx context.Context) error {
	for p := range d.partitions {
		name := partition.Name("cars", p)
		for end := time.Now().Add(2 * time.Minute); !d.isCurrent(name); time.Sleep(50 * time.Millisecond) {
			if ctx.Err() != nil || time.Now().After(end) {
				return fmt.Errorf("the replicas of %s do not become current", name)
			}
		}
	}
	return nil
}

func (d *demo) isCurrent(log string) bool {
	var info struct {
		Cluster struct {
			Leader   string
			Replicas []struct{ Current, Offline bool }
		}
	}
	m, err := d.conn.Request("$JS.API.STREAM.INFO."+log, nil, time.Second)
	if err != nil || json.Unmarshal(m.Data, &info) != nil || info.Cluster.Leader == "" {
		return false
	}
	for _, r := range info.Cluster.Replicas {
		if !r.Current || r.Offline {
			return false
		}
	}
	return len(info.Cluster.Replicas) == nodes-1
}

// say prints a line of what was done.
func (d *demo) say(what, format string, args ...any) {
	fmt.Fprintf(d.out, "%-10s %s\n", what, fmt.Sprintf(format, args...))
}

// short returns a duration as people say it.
func short(t time.Duration) string {
	if t < time.Second {
		return fmt.Sprintf("%d ms", max(t.Milliseconds(), 1))
	}
	return fmt.Sprintf("%.1f s", t.Seconds())
}

// start starts all processes.
func (d *demo) start(ctx context.Context) (err error) {
	if d.folder, err = os.MkdirTemp("", "cluster"); err != nil {
		return err
	}
	d.running = map[string]*exec.Cmd{}
	ports, err := freePorts(2*nodes + 1)
	if err != nil {
		return err
	}
	d.clients, d.routes, d.router = ports[:nodes], ports[nodes:2*nodes], ports[2*nodes]
	var names []string
	for i := range nodes {
		names = append(names, fmt.Sprint("node", i))
	}
	for i := range d.readers {
		names = append(names, fmt.Sprint("reader", i))
	}
	for _, name := range append(names, "router") {
		if err := d.startOne(name); err != nil {
			return err
		}
	}
	d.conn, err = connect(d.clients)
	return err
}

func freePorts(n int) (ports []int, err error) {
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close()
		ports = append(ports, portOf(l.Addr().String()))
	}
	return ports, nil
}

// startOne starts the process with a name such as node0, and waits until it is ready.
func (d *demo) startOne(name string) error {
	p := process{Kind: strings.TrimRight(name, "0123456789"), Clients: d.clients, Routes: d.routes, Partitions: d.partitions, Port: d.router}
	_, _ = fmt.Sscanf(strings.TrimPrefix(name, p.Kind), "%d", &p.Number)
	p.Folder = filepath.Join(d.folder, name)
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, "process", string(text))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		_, err = cmd.StdinPipe() // which ends with this process
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return err
	}
	d.running[name] = cmd
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return fmt.Errorf("%s does not start: %q, %w", name, line, err)
	}
	return nil
}

// kill kills a process at once.
func (d *demo) kill(name string) {
	_ = d.running[name].Process.Kill()
	_ = d.running[name].Wait()
	delete(d.running, name)
}

// end ends all processes and removes what they kept.
func (d *demo) end() error {
	if d.conn != nil {
		d.conn.Close()
	}
	for name := range d.running {
		d.kill(name)
	}
	return os.RemoveAll(d.folder)
}
