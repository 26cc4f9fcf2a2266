package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog/partition"
)

// A reader holds some partitions, each as a live archive, and answers for them over HTTP.
type reader struct {
	conn    *nats.Conn
	options partition.Options

	mu   sync.RWMutex
	held map[int]*archive.Live[Car, Step]
}

// runReader runs a reader until ctx is over.
func runReader(ctx context.Context, conn *nats.Conn, partitions int) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	r := &reader{conn: conn, options: leases(partitions), held: map[int]*archive.Live[Car, Step]{}}
	r.options.Address = listener.Addr().String()
	server := &http.Server{Handler: r.handler()}
	defer server.Close()
	go func() { _ = server.Serve(listener) }()
	fmt.Println("ready", r.options.Address)
	return partition.Hold(ctx, conn, r.options, r.hold)
}

// leases returns how partitions are divided.
func leases(partitions int) partition.Options {
	return partition.Options{Bucket: "cars-leases", Partitions: partitions}
}

// hold takes in a partition and follows it.
func (r *reader) hold(ctx context.Context, p int) error {
	log, err := natslog.Open(ctx, r.conn, &natslog.Options{Name: partition.Name("cars", p)})
	if err != nil {
		return err
	}
	cars, err := archive.New(follow, nil)
	if err != nil {
		return err
	}
	live, err := cars.Open(ctx, log, carCodec)
	if err != nil {
		return err
	}
	r.set(p, live)
	defer r.set(p, nil)
	return live.Follow(ctx)
}

func (r *reader) set(p int, live *archive.Live[Car, Step]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if live == nil {
		delete(r.held, p)
	} else {
		r.held[p] = live
	}
}

func (r *reader) get(p int) *archive.Live[Car, Step] {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.held[p]
}

func (r *reader) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /car", r.car)
	mux.HandleFunc("GET /world", r.world)
	return mux
}

// A carAnswer is one car on a day.
type carAnswer struct {
	Car      Car    `json:"car"`
	Error    string `json:"error,omitempty"` // what its history lacks
	Position int64  `json:"position"`        // up to which its partition was read
}

// car answers /car?key=car-000042&on=2026-01-15.
func (r *reader) car(w http.ResponseWriter, q *http.Request) {
	key := q.FormValue("key")
	on, err := edtf.ParseDay(q.FormValue("on"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	live := r.get(partition.Of(key, r.options.Partitions))
	if live == nil {
		http.Error(w, "another reader holds it", http.StatusMisdirectedRequest)
		return
	}
	position := live.Position()
	s := live.At(key, on)
	a := carAnswer{Car: s.State, Position: position}
	if s.Err != nil {
		a.Error = s.Err.Error()
	}
	writeJSON(w, a)
}

// A partitionAnswer is the world of one partition on a day: how many cars there are of each
// status, in the state of the partition at one position.
type partitionAnswer struct {
	Partition int            `json:"partition"`
	Position  int64          `json:"position"`
	Behind    int64          `json:"behind"`           // records of its log that are not taken in yet
	Unsure    string         `json:"unsure,omitempty"` // why it is not known whether it is behind
	Cars      map[string]int `json:"cars"`
	Faulty    int            `json:"faulty"` // cars whose history lacks something
}

// world answers /world?partition=3&on=2026-01-15.
func (r *reader) world(w http.ResponseWriter, q *http.Request) {
	p, err := strconv.Atoi(q.FormValue("partition"))
	var on edtf.Day
	if err == nil {
		on, err = edtf.ParseDay(q.FormValue("on"))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	live := r.get(p)
	if live == nil {
		http.Error(w, "another reader holds it", http.StatusMisdirectedRequest)
		return
	}
	a := partitionAnswer{Partition: p, Position: live.Position(), Cars: map[string]int{}}
	brief, cancel := context.WithTimeout(q.Context(), 500*time.Millisecond)
	defer cancel()
	if a.Behind, err = live.Lag(brief); err != nil {
		a.Unsure = err.Error() // the log does not answer; what was read of it is still there
	}
	for _, s := range live.All(on) {
		if s.Err != nil {
			a.Faulty++
		} else if s.State.Status != "" {
			a.Cars[s.State.Status]++
		}
	}
	writeJSON(w, a)
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // whoever asked may have gone
}
