package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog/partition"
)

// A router knows which reader holds which partition, and asks them.
type router struct {
	conn    *nats.Conn
	options partition.Options
	client  *http.Client

	mu      sync.Mutex
	holders map[int]string
}

// patience is how long a router looks for somebody who holds a partition.
const patience = 3 * time.Second

// runRouter runs a router until ctx is over.
func runRouter(ctx context.Context, conn *nats.Conn, partitions, port int) error {
	listener, err := net.Listen("tcp", fmt.Sprint("127.0.0.1:", port))
	if err != nil {
		return err
	}
	r := &router{conn: conn, options: leases(partitions), client: &http.Client{Timeout: 5 * time.Second}}
	server := &http.Server{Handler: r.handler()}
	go func() { _ = server.Serve(listener) }()
	fmt.Println("ready", listener.Addr())
	<-ctx.Done()
	return server.Close()
}

func (r *router) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /car", r.car)
	mux.HandleFunc("GET /world", r.world)
	return mux
}

// car passes a question about one car on to who holds its partition.
func (r *router) car(w http.ResponseWriter, q *http.Request) {
	var a carAnswer
	p := partition.Of(q.FormValue("key"), r.options.Partitions)
	if err := r.ask(q.Context(), p, "/car?"+q.URL.RawQuery, &a); err != nil {
		fail(w, err)
		return
	}
	writeJSON(w, a)
}

// A worldAnswer is the world on a day. It is complete if every partition was asked, is known
// not to be behind its log, and lacks nothing; else it says which is not.
type worldAnswer struct {
	On       string            `json:"on"`
	Complete bool              `json:"complete"`
	Cars     map[string]int    `json:"cars"`
	Behind   map[int]int64     `json:"behind,omitempty"`  // records, by partition
	Unsure   map[int]string    `json:"unsure,omitempty"`  // why it is not known whether it is behind, by partition
	Missing  map[int]string    `json:"missing,omitempty"` // why, by partition
	Parts    []partitionAnswer `json:"partitions"`
}

// world asks all partitions at once.
func (r *router) world(w http.ResponseWriter, q *http.Request) {
	on := q.FormValue("on")
	world := worldAnswer{On: on, Complete: true, Cars: map[string]int{}, Behind: map[int]int64{}, Unsure: map[int]string{}, Missing: map[int]string{}}
	parts := make([]partitionAnswer, r.options.Partitions)
	errs := make([]error, r.options.Partitions)
	var group sync.WaitGroup
	for p := range parts {
		group.Go(func() {
			errs[p] = r.ask(q.Context(), p, "/world?"+url.Values{"partition": {strconv.Itoa(p)}, "on": {on}}.Encode(), &parts[p])
		})
	}
	group.Wait()
	for p, a := range parts {
		if errs[p] != nil {
			world.Missing[p], world.Complete = errs[p].Error(), false
			continue
		}
		if a.Behind > 0 {
			world.Behind[p], world.Complete = a.Behind, false
		}
		if a.Unsure != "" {
			world.Unsure[p], world.Complete = a.Unsure, false
		}
		world.Complete = world.Complete && a.Faulty == 0
		for status, n := range a.Cars {
			world.Cars[status] += n
		}
		world.Parts = append(world.Parts, a)
	}
	writeJSON(w, world)
}

// badRequest is an error of who asks.
type badRequest string

func (e badRequest) Error() string { return string(e) }

func fail(w http.ResponseWriter, err error) {
	status := http.StatusServiceUnavailable
	if _, ok := err.(badRequest); ok {
		status = http.StatusBadRequest
	}
	http.Error(w, err.Error(), status)
}

// ask asks who holds a partition, again if that changes meanwhile.
func (r *router) ask(ctx context.Context, p int, path string, answer any) error {
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		address, ok := r.holder(ctx, p)
		if !ok {
			err = fmt.Errorf("nobody holds partition %d", p)
			continue
		}
		if err = r.fetch(ctx, "http://"+address+path, answer); err == nil {
			return nil
		}
		if _, ok := err.(badRequest); ok {
			return err
		}
		r.forget()
	}
	return err
}

func (r *router) fetch(ctx context.Context, address string, answer any) error {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	a, err := r.client.Do(q)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	switch {
	case err != nil:
		return err
	case a.StatusCode == http.StatusBadRequest:
		return badRequest(strings.TrimSpace(string(text)))
	case a.StatusCode != http.StatusOK:
		return fmt.Errorf("%s: %s", a.Status, strings.TrimSpace(string(text)))
	}
	return json.Unmarshal(text, answer)
}

// holder returns who holds a partition, as far as the router knows.
func (r *router) holder(ctx context.Context, p int) (string, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.holders[p] == "" {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		if holders, err := partition.Holders(ctx, r.conn, r.options); err == nil {
			r.holders = holders
		}
	}
	address, ok := r.holders[p]
	return address, ok
}

func (r *router) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.holders = nil
}

// english returns the numbers of cars in words.
func (w *worldAnswer) english() string {
	var list []string
	for _, status := range slices.Sorted(maps.Keys(w.Cars)) {
		list = append(list, fmt.Sprintf("%s %s", grouped(w.Cars[status]), status))
	}
	return strings.Join(list, ", ")
}

// lacks says what makes the answer incomplete.
func (w *worldAnswer) lacks() string {
	switch {
	case len(w.Missing) > 0:
		return fmt.Sprintf("without partitions %v", slices.Sorted(maps.Keys(w.Missing)))
	case len(w.Behind) > 0:
		return fmt.Sprintf("partitions %v behind", slices.Sorted(maps.Keys(w.Behind)))
	case len(w.Unsure) > 0:
		return fmt.Sprintf("partitions %v perhaps behind", slices.Sorted(maps.Keys(w.Unsure)))
	}
	return "of faulty histories"
}

// grouped returns a number with its thousands apart.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
