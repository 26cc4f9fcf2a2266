package natslog

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A Log is a log in JetStream. It is safe for concurrent use, and is a [eventlog.Finder],
// a [eventlog.Restorer] and a [eventlog.Lister].
type Log struct {
	conn    *nats.Conn
	js      jetstream.JetStream
	options Options

	mu         sync.Mutex
	heads      map[string]head // where streams ended when this Log last saw it
	first      string          // the subject of the first message; "" if it is not known
	most       uint64          // the greatest sequence that was seen as the last
	reconnects uint64          // of the connection, when the heads were last used
	grown      chan struct{}   // closed when this Log has appended; nil if nobody waits
}

var (
	_ eventlog.Finder   = (*Log)(nil)
	_ eventlog.Restorer = (*Log)(nil)
	_ eventlog.Lister   = (*Log)(nil)
)

// Options are the settings of a log. The zero value, or nil, is the default of each.
type Options struct {
	// Name is that of the stream in JetStream, and what all subjects begin with: letters,
	// digits, - and _, at most 40. "" means timeline.
	Name string
	// Replicas is how many servers hold the log, if it is made now: 1, 3 or 5. 0 means 3.
	Replicas int
	// Patience is how long a call tries again while the servers do not answer, or have no
	// leader, before it ends with the error. 0 means one minute: an election takes some seconds,
	// and on busy machines more than one may be needed.
	Patience time.Duration
	// Poll is the longest pause between two looks of Follow at a log of which it hears
	// nothing. 0 means 250 milliseconds.
	Poll time.Duration
}

// What [Open] and [Log.Append] refuse.
var (
	// ErrSettings reports a stream of that name that is no log, or that may lose what it holds.
	ErrSettings = errors.New("natslog: the stream is no log")
	// ErrNewer reports a log made by a newer version of this package.
	ErrNewer = errors.New("natslog: the log is of a newer version of this package")
	// ErrTooMany reports an append of more events than the servers take at once. Two messages
	// for each event must not be more than max_batch_size among the limits of JetStream.
	ErrTooMany = errors.New("natslog: more events than the servers take at once: see max_batch_size")
)

var nameForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)

// What the metadata of the stream say.
const (
	keyIdentity = "timeline.identity"
	keyVersion  = "timeline.version"
	version     = "1"
)

// Open returns the log with the name of options, and makes it if it is not there. The error
// is [ErrSettings] or [ErrNewer], or what the servers say.
func Open(ctx context.Context, conn *nats.Conn, options *Options) (*Log, error) {
	l := &Log{conn: conn, heads: map[string]head{}}
	if options != nil {
		l.options = *options
	}
	if err := l.options.complete(); err != nil {
		return nil, err
	}
	var err error
	if l.js, err = jetstream.New(conn); err != nil {
		return nil, fmt.Errorf("natslog: %w", err)
	}
	err = l.patiently(ctx, func() error {
		_, err := l.info(ctx)
		var api *jetstream.APIError
		if errors.As(err, &api) && api.ErrorCode == jetstream.JSErrCodeStreamNotFound {
			return l.create(ctx)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}

func (o *Options) complete() error {
	if o.Name == "" {
		o.Name = "timeline"
	}
	if !nameForm.MatchString(o.Name) {
		return fmt.Errorf("natslog: %q cannot be the name of a log", o.Name)
	}
	if o.Replicas == 0 {
		o.Replicas = 3
	}
	if o.Patience == 0 {
		o.Patience = time.Minute
	}
	if o.Poll == 0 {
		o.Poll = 250 * time.Millisecond
	}
	return nil
}

// create makes the stream. If somebody else was faster, theirs is looked at next.
func (l *Log) create(ctx context.Context) error {
	_, err := l.js.CreateStream(ctx, jetstream.StreamConfig{
		Name: l.options.Name, Subjects: []string{l.recordSubjects(), l.claimSubjects()},
		Storage: jetstream.FileStorage, Retention: jetstream.LimitsPolicy, Replicas: l.options.Replicas,
		AllowAtomicPublish: true, AllowDirect: true, DenyDelete: true, DenyPurge: true,
		Metadata: map[string]string{keyIdentity: uuid.NewString(), keyVersion: version},
	})
	if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
		return errAgain
	}
	if err != nil {
		return fmt.Errorf("natslog: making the stream %s: %w", l.options.Name, err)
	}
	return nil
}

// lastHeard is how long ago the leader may have heard from a server for it to count: less
// than the time after which the others choose another leader, which is four seconds at least.
const lastHeard = 3 * time.Second

// checkLeader returns an error if the leader does not hear from most of the servers: it may
// be cut off, and not lead any more.
func checkLeader(c *jetstream.ClusterInfo) error {
	if c == nil || len(c.Replicas) == 0 {
		return nil
	}
	heard := 1
	for _, r := range c.Replicas {
		if !r.Offline && r.Active < lastHeard {
			heard++
		}
	}
	if 2*heard <= len(c.Replicas)+1 {
		return errLonely
	}
	return nil
}

// info returns what the leader says of the stream, if it is a log.
func (l *Log) info(ctx context.Context) (*jetstream.StreamInfo, error) {
	info := new(jetstream.StreamInfo)
	if err := l.request(ctx, "STREAM.INFO."+l.options.Name, struct{}{}, info); err != nil {
		return nil, err
	}
	if err := l.checkSettings(&info.Config); err != nil {
		return nil, err
	}
	if err := checkLeader(info.Cluster); err != nil {
		return nil, err
	}
	if info.State.FirstSeq > 1 || info.State.NumDeleted > 0 {
		return nil, &eventlog.CorruptError{Position: 1, Err: errors.New("records were removed from the stream")}
	}
	l.noteEnd(info.State.LastSeq)
	return info, nil
}

// noteEnd forgets where streams ended if the log is shorter than it was.
func (l *Log) noteEnd(seq uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if seq < l.most {
		clear(l.heads)
		l.first = ""
	}
	l.most = seq
}

// checkSettings returns an error if a stream with these settings is no log.
func (l *Log) checkSettings(c *jetstream.StreamConfig) error {
	if v := c.Metadata[keyVersion]; v != version && v != "" {
		return fmt.Errorf("%w: version %s", ErrNewer, v)
	}
	var wrong []string
	for what, is := range map[string]bool{
		"it was not made by this package":               c.Metadata[keyVersion] != version || uuid.Validate(c.Metadata[keyIdentity]) != nil,
		"it has other subjects":                         strings.Join(c.Subjects, " ") != l.recordSubjects()+" "+l.claimSubjects() || c.SubjectTransform != nil || c.Mirror != nil || len(c.Sources) > 0,
		"it is in memory":                               c.Storage != jetstream.FileStorage,
		"it may drop messages":                          c.Retention != jetstream.LimitsPolicy || c.MaxMsgs > 0 || c.MaxBytes > 0 || c.MaxAge > 0 || c.MaxMsgsPerSubject > 0,
		"messages can be deleted":                       !c.DenyDelete || !c.DenyPurge,
		"it takes no atomic batches or no direct reads": !c.AllowAtomicPublish || !c.AllowDirect,
	} {
		if is {
			wrong = append(wrong, what)
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%w: %s: %s", ErrSettings, c.Name, strings.Join(wrong, "; "))
	}
	return nil
}

// lookup returns what the leader says of the stream, patiently.
func (l *Log) lookup(ctx context.Context) (info *jetstream.StreamInfo, err error) {
	err = l.patiently(ctx, func() (err error) {
		info, err = l.info(ctx)
		return err
	})
	return info, err
}

// Identity is [eventlog.Log.Identity]. It is among the metadata of the stream, which its
// backups have too.
func (l *Log) Identity(ctx context.Context) (uuid.UUID, error) {
	info, err := l.lookup(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(info.Config.Metadata[keyIdentity])
}

// End is [eventlog.Log.End].
func (l *Log) End(ctx context.Context) (int64, error) {
	info, err := l.lookup(ctx)
	if err != nil {
		return 0, err
	}
	return int64(info.State.LastSeq / 2), nil
}

// endAfter is End for somebody who has read up to a position. If the log ends before it, that is an
// [*eventlog.DivergedError], but not at once: a server that has just become the leader may still be
// applying what it has promised to keep.
func (l *Log) endAfter(ctx context.Context, position int64) (int64, error) {
	return endAfter(ctx, position, l.End, min(applyTime, l.options.Patience))
}

func endAfter(ctx context.Context, position int64, endOf func(context.Context) (int64, error), patience time.Duration) (int64, error) {
	began := time.Now()
	for {
		end, err := endOf(ctx)
		if err == nil {
			err = eventlog.CheckEnd(end, position)
		}
		if !errors.Is(err, eventlog.ErrDiverged) || time.Since(began) > patience {
			return end, err
		}
		select {
		case <-time.After(lastPause):
		case <-ctx.Done():
			return 0, fmt.Errorf("natslog: %w", context.Cause(ctx))
		}
	}
}
