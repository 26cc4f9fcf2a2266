// Package partition divides streams into partitions and partitions among programs, so that a
// log can be larger than one program takes in. Each partition is a log of its own, see
// [Name]; a stream belongs to the partition that [Of] says. [Hold] makes a program hold its
// fair share of the partitions; when it ends, others take over.
//
//	go partition.Hold(ctx, conn, options, func(ctx context.Context, p int) error {
//		log, err := natslog.Open(ctx, conn, &natslog.Options{Name: partition.Name("cars", p)})
//		...
//		return live.Follow(ctx) // until ctx is over
//	})
//
// Who holds what stands in a key-value bucket of JetStream: a lease that its holder renews. It
// ends on the server by itself, or when the other programs have seen no renewal for as long by
// their own clocks; the clocks of the servers may be changed. A lease is no lock: for a moment
// two programs may hold the same partition, as when one of them hung. That does no harm to
// reading, and appends are safe by what a log checks.
package partition

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// Of returns to which of n partitions a stream belongs: the FNV-1a hash of its name with 64
// bits, modulo n, which is at least 1. It never changes, and neither must n once there are
// streams.
func Of(stream string, n int) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(stream)) // fails never
	return int(h.Sum64() % uint64(n))
}

// Name returns the name of the log of a partition, such as cars-3.
func Name(name string, partition int) string { return fmt.Sprint(name, "-", partition) }

// Options say what is divided, and among whom.
type Options struct {
	Bucket     string        // the name of the key-value bucket, made if it is not there
	Partitions int           // how many there are
	Address    string        // of this program, for those who look for a holder
	Replicas   int           // of the bucket, if it is made now; 0 means 3
	Lease      time.Duration // how long a partition is without a holder if its holder is killed; 0 means 6 seconds
}

func (o *Options) complete() error {
	if o.Bucket == "" || o.Partitions < 1 {
		return errors.New("partition: a bucket and at least one partition are needed")
	}
	if o.Replicas == 0 {
		o.Replicas = 3
	}
	if o.Lease == 0 {
		o.Lease = 6 * time.Second
	}
	return nil
}

// Keys of the bucket: who holds a partition, and which programs there are.
const (
	holderKey  = "holder."
	programKey = "program."
)

// bucket returns the bucket with the leases.
func (o *Options) bucket(ctx context.Context, conn *nats.Conn) (jetstream.KeyValue, error) {
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, fmt.Errorf("partition: %w", err)
	}
	kv, err := js.KeyValue(ctx, o.Bucket)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		kv, err = js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: o.Bucket, TTL: o.Lease, Replicas: o.Replicas})
		if errors.Is(err, jetstream.ErrBucketExists) {
			kv, err = js.KeyValue(ctx, o.Bucket)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("partition: the bucket %s: %w", o.Bucket, err)
	}
	status, err := kv.Status(ctx)
	switch {
	case err != nil:
		return nil, fmt.Errorf("partition: the bucket %s: %w", o.Bucket, err)
	case status.TTL() != o.Lease:
		return nil, fmt.Errorf("%w: the bucket %s has leases of %v, and not of %v", ErrBucket, o.Bucket, status.TTL(), o.Lease)
	}
	return kv, nil
}

// ErrBucket reports a bucket that was made for other leases, or that is none.
var ErrBucket = errors.New("partition: the bucket cannot be used")

// isFinal reports whether a bucket cannot be used however often it is tried. A server that has not heard of
// a bucket says that it is not there, when another has made it a moment before.
func isFinal(err error) bool {
	var api *jetstream.APIError
	return errors.Is(err, ErrBucket) || errors.Is(err, jetstream.ErrInvalidBucketName) || errors.Is(err, jetstream.ErrBadBucket) ||
		errors.As(err, &api) && api.Code < 500 && api.ErrorCode != codeNoPeers && api.ErrorCode != jetstream.JSErrCodeStreamNotFound
}

// codeNoPeers is that of an error while too few servers know each other; see
// server/errors.json of nats-server.
const codeNoPeers jetstream.ErrorCode = 10005

// Holders returns the addresses of those who hold partitions. A partition that nobody holds
// is not among them.
func Holders(ctx context.Context, conn *nats.Conn, options Options) (map[int]string, error) {
	if err := options.complete(); err != nil {
		return nil, err
	}
	kv, err := options.bucket(ctx, conn)
	if err != nil {
		return nil, err
	}
	all, err := read(ctx, kv)
	if err != nil {
		return nil, err
	}
	holders := map[int]string{}
	for key, entry := range all {
		if p, err := strconv.Atoi(strings.TrimPrefix(key, holderKey)); err == nil && strings.HasPrefix(key, holderKey) {
			_, holders[p], _ = strings.Cut(string(entry.Value()), " ")
		}
	}
	return holders, nil
}

// read returns what is in the bucket.
func read(ctx context.Context, kv jetstream.KeyValue) (map[string]jetstream.KeyValueEntry, error) {
	watcher, err := kv.WatchAll(ctx, jetstream.IgnoreDeletes())
	if err != nil {
		return nil, fmt.Errorf("partition: %w", err)
	}
	defer func() { _ = watcher.Stop() }()
	all := map[string]jetstream.KeyValueEntry{}
	for {
		select {
		case entry, ok := <-watcher.Updates():
			if !ok {
				return nil, errors.New("partition: the connection ended")
			}
			if entry == nil { // all of them have come
				return all, nil
			}
			all[entry.Key()] = entry
		case <-ctx.Done():
			return nil, fmt.Errorf("partition: %w", context.Cause(ctx))
		}
	}
}

// Hold holds a fair share of the partitions and calls run for each in a goroutine, until ctx
// is over or a run returns before its context is over, whose error is returned. The context of
// a run ends when its partition is to go to another program, or the lease could not be
// renewed; run must return then, with any error. When Hold returns, all have, and the
// partitions are free, or are when their leases end. The error is [ErrBucket] if the bucket
// has leases of another length.
func Hold(ctx context.Context, conn *nats.Conn, options Options, run func(ctx context.Context, partition int) error) error {
	if err := options.complete(); err != nil {
		return err
	}
	h := &holder{options: options, id: nuid.Next(), run: run, held: map[int]*lease{}, seen: map[string]sighting{}, failed: make(chan error, options.Partitions)}
	for h.kv == nil {
		kv, err := options.bucket(ctx, conn)
		switch {
		case err == nil:
			h.kv = kv
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case isFinal(err):
			return err
		default:
			pause(ctx, time.Second) // until the servers have a leader
		}
	}
	defer h.releaseAll()
	for {
		brief, cancel := context.WithTimeout(ctx, options.Lease/3)
		h.round(brief, ctx)
		cancel()
		select {
		case <-time.After(options.Lease / 6):
		case err := <-h.failed:
			return err
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// A holder is a program in Hold.
type holder struct {
	options Options
	id      string
	kv      jetstream.KeyValue
	run     func(context.Context, int) error
	held    map[int]*lease
	seen    map[string]sighting // of each key, the last time that it was another
	over    []*lease            // that were lost, of which runs may go on for a moment
	failed  chan error
}

// A sighting is since when a key has had a revision, as far as this program has seen.
type sighting struct {
	revision uint64
	since    time.Time
}

// A lease is a partition that is held.
type lease struct {
	revision uint64
	renewed  time.Time
	cancel   context.CancelFunc
	done     chan struct{} // closed when its run has returned
	ending   bool          // it goes to another program as soon as that is so
}

// value is what the keys of this program have: who it is, and where it is found.
func (h *holder) value() []byte { return []byte(h.id + " " + h.options.Address) }

// round renews what is held, and takes or gives back a partition if the shares are not
// fair. What fails is done again in the next round.
func (h *holder) round(ctx, runs context.Context) {
	_, err := h.kv.Put(ctx, programKey+h.id, h.value())
	for p, l := range h.held {
		h.renew(ctx, p, l)
	}
	if err != nil {
		return
	}
	all, err := read(ctx, h.kv)
	if err != nil {
		return
	}
	left := h.abandoned(all)
	for key := range left {
		if strings.HasPrefix(key, programKey) {
			delete(all, key)
		}
	}
	share := h.share(all)
	if len(h.held) > share {
		last := h.held[slices.Max(slices.Collect(maps.Keys(h.held)))]
		last.ending = true
		last.cancel()
		return
	}
	for i := 0; i < h.options.Partitions && len(h.held) < share; i++ {
		p := (i + Of(h.id, h.options.Partitions)) % h.options.Partitions // each program begins elsewhere
		key := holderKey + strconv.Itoa(p)
		if _, taken := all[key]; (!taken || left[key] > 0) && h.held[p] == nil {
			h.take(ctx, runs, p, left[key])
		}
	}
}

// abandoned returns the keys that nobody has renewed for as long as a lease lasts, with
// their revisions. They stand since the clock of a server was ahead when they were written.
func (h *holder) abandoned(all map[string]jetstream.KeyValueEntry) map[string]uint64 {
	left := map[string]uint64{}
	maps.DeleteFunc(h.seen, func(key string, _ sighting) bool { return all[key] == nil })
	for key, entry := range all {
		if s, ok := h.seen[key]; !ok || s.revision != entry.Revision() {
			h.seen[key] = sighting{entry.Revision(), time.Now()}
		} else if time.Since(s.since) > h.options.Lease {
			left[key] = s.revision
		}
	}
	return left
}

// share returns how many partitions this program is to hold: all divided by the programs,
// and one more for the first of them, by their IDs, if some are left.
func (h *holder) share(all map[string]jetstream.KeyValueEntry) int {
	programs, before := 1, 0
	for key := range all {
		if id, ok := strings.CutPrefix(key, programKey); ok && id != h.id {
			programs++
			if id < h.id {
				before++
			}
		}
	}
	share := h.options.Partitions / programs
	if before < h.options.Partitions%programs {
		share++
	}
	return share
}

// renew renews a lease, or gives it back if it is ending and its run has returned. If
// somebody else has it, or it could not be renewed in time, it is over.
func (h *holder) renew(ctx context.Context, p int, l *lease) {
	key := holderKey + strconv.Itoa(p)
	if l.ending && l.hasEnded() {
		_ = h.kv.Delete(ctx, key, jetstream.LastRevision(l.revision)) // or it ends by itself
		delete(h.held, p)
		return
	}
	now := time.Now() // the lease runs from before it is renewed
	revision, err := h.kv.Update(ctx, key, h.value(), l.revision)
	if isTaken(err) { // by another, or by an update of our own of which the answer was lost
		var entry jetstream.KeyValueEntry
		if entry, err = h.kv.Get(ctx, key); err == nil && string(entry.Value()) == string(h.value()) {
			revision = entry.Revision()
		} else if err == nil || errors.Is(err, jetstream.ErrKeyNotFound) {
			l.renewed, err = time.Time{}, errTaken
		}
	}
	switch {
	case err == nil:
		l.revision, l.renewed = revision, now
	case time.Since(l.renewed) > h.options.Lease:
		l.cancel() // another program may have it already
		delete(h.held, p)
		h.over = append(h.over, l)
	}
}

var errTaken = errors.New("partition: somebody else holds it")

func (l *lease) hasEnded() bool {
	select {
	case <-l.done:
		return true
	default:
		return false
	}
}

// isTaken reports whether an error says that a key has another revision, or none.
func isTaken(err error) bool {
	var api *jetstream.APIError
	return errors.Is(err, jetstream.ErrKeyExists) || errors.As(err, &api) && api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence
}

// take takes a partition that nobody holds, unless somebody is faster. Its key is not there,
// or was left with a revision.
func (h *holder) take(ctx, runs context.Context, p int, left uint64) {
	now := time.Now()
	key := holderKey + strconv.Itoa(p)
	var revision uint64
	var err error
	if left > 0 {
		revision, err = h.kv.Update(ctx, key, h.value(), left)
	} else {
		revision, err = h.kv.Create(ctx, key, h.value())
	}
	if err != nil {
		return
	}
	ctx, cancel := context.WithCancel(runs)
	l := &lease{revision: revision, renewed: now, cancel: cancel, done: make(chan struct{})}
	h.held[p] = l
	go func() {
		defer close(l.done)
		err := h.run(ctx, p)
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			err = errEarly
		}
		select {
		case h.failed <- fmt.Errorf("partition %d: %w", p, err):
		default: // another has failed already
		}
	}()
}

var errEarly = errors.New("it returned before its context was over")

// releaseAll ends all runs and gives their partitions back.
func (h *holder) releaseAll() {
	for _, l := range h.held {
		l.cancel()
	}
	for _, l := range h.over {
		<-l.done
	}
	for _, l := range h.held {
		<-l.done
	}
	ctx, cancel := context.WithTimeout(context.Background(), h.options.Lease/3)
	defer cancel()
	for p, l := range h.held {
		_ = h.kv.Delete(ctx, holderKey+strconv.Itoa(p), jetstream.LastRevision(l.revision)) // or it ends by itself
	}
	_ = h.kv.Delete(ctx, programKey+h.id)
}
