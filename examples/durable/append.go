package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/drawing"
	"github.com/leapmotor-timeline/leapmotor/internal/explorer"
	"github.com/leapmotor-timeline/leapmotor/internal/terminal"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// initialise appends a history, an event at a time. What is there already is left out by
// the log, so it goes on where it was killed.
func (p *program) initialise(ctx context.Context, args []string) error {
	flags := newFlags("init")
	pause := flags.Duration("pause", 0, "")
	name := flags.String("file", "", "")
	if err := parse(flags, args, 0); err != nil {
		return err
	}
	forms, stream, err := p.initial(*name)
	if err != nil {
		return err
	}
	return p.with(ctx, false, func(log *store) error {
		before, err := log.End(ctx)
		if err != nil {
			return err
		}
		bar := p.progress("events", len(forms))
		for n, form := range forms {
			there, err := holds(ctx, log, form)
			if err == nil && !there {
				_, err = log.Append(ctx, stream, eventlog.AnyRevision, form)
			}
			if err != nil {
				return err
			}
			bar.show(n + 1)
			select {
			case <-time.After(*pause):
			case <-ctx.Done():
			}
		}
		bar.done()
		end, err := log.End(ctx)
		if err == nil {
			fmt.Fprintf(p.out, "%s holds %d events, %d of them new\n", shown(p.db), end, end-before)
		}
		return err
	})
}

// namespaceKey is where the metadata of an event say in which namespace the names of its
// history become IDs.
const namespaceKey = "namespace"

// initial returns the events of a history file, or of Leapmotor, and their stream.
func (p *program) initial(name string) (forms []timeline.Event[eventlog.Stored], stream string, err error) {
	file := seeds.LeapmotorFile()
	stream = leapmotor
	if name != "" {
		read, err := seeds.LoadFile(name)
		if err != nil {
			return nil, "", err
		}
		file, stream = *read, strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	}
	list := slices.SortedFunc(file.Timeline.Events(), func(a, b events.Event) int { return cmp.Compare(a.Seq, b.Seq) })
	for n := range list {
		list[n].Known = list[n].KnowledgeTime() // as the history has it, and not when it is recorded here
		if name != "" {
			list[n].Meta = &timeline.Metadata{More: map[string]string{namespaceKey: file.Namespace.String()}}
		}
	}
	forms, err = eventlog.Encode(events.Codec(), list...)
	return forms, cmp.Or(p.stream, stream), err
}

// holds reports whether the log has an event as it was appended before logs said when
// they recorded what: without the day on which it became known.
func holds(ctx context.Context, log *store, e timeline.Event[eventlog.Stored]) (bool, error) {
	found, err := eventlog.Find(ctx, log.Restorer, e.ID)
	if err != nil || len(found) == 0 {
		return false, err
	}
	old := found[0].Event
	if old.Recorded.IsZero() {
		old.Known = old.KnowledgeTime()
	}
	return eventlog.SameEvent(old, e), nil
}

// append appends one event, if it fits what is there.
func (p *program) append(ctx context.Context, args []string) error {
	return p.with(ctx, true, func(log *store) error {
		stream, err := p.pick(ctx, log)
		if err != nil {
			return err
		}
		for {
			h, err := read(ctx, log, stream)
			if err != nil {
				return err
			}
			e, err := h.eventOf(args)
			if err != nil {
				return err
			}
			revision, err := h.follows(e)
			if err != nil {
				return err
			}
			forms, err := eventlog.Encode(events.Codec(), e)
			if err != nil {
				return err
			}
			a, err := log.Append(ctx, stream, revision, forms...)
			if errors.Is(err, eventlog.ErrConflict) && revision != eventlog.AnyRevision {
				continue // another program has appended something meanwhile, which it may not follow
			}
			if err == nil {
				fmt.Fprintf(p.out, "%s is at position %d\n", e.Name, a.Position)
			}
			return err
		}
	})
}

// A held history is one as its stream has it.
type held struct {
	stream    string
	revision  int64
	events    []events.Event
	ids       map[string]uuid.UUID // by name
	sources   map[string]bool      // their keys
	namespace uuid.UUID            // in which names become IDs
}

// read reads a history.
func read(ctx context.Context, log eventlog.Log, stream string) (*held, error) {
	file := seeds.LeapmotorFile()
	h := &held{stream: stream, ids: map[string]uuid.UUID{}, sources: map[string]bool{}}
	if stream == leapmotor {
		h.namespace = file.Namespace
		for _, s := range file.Sources {
			h.sources[s.Key] = true
		}
	}
	for r, err := range log.Read(ctx, stream, 0) {
		if err != nil {
			return nil, err
		}
		e, err := eventlog.Decode(events.Codec(), r)
		if err != nil {
			return nil, err
		}
		h.revision, h.events = r.Revision, append(h.events, e)
		h.ids[e.Name] = e.ID
		for _, c := range e.Cites {
			h.sources[c.Source] = true
		}
		if e.Meta != nil {
			if n, err := uuid.Parse(e.Meta.More[namespaceKey]); err == nil {
				h.namespace = n
			}
		}
	}
	if h.namespace == uuid.Nil {
		h.namespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("stream:"+stream))
	}
	return h, nil
}

// id returns the ID of the event with a name, there or not.
func (h *held) id(name string) uuid.UUID {
	if id, ok := h.ids[name]; ok {
		return id
	}
	return uuid.NewSHA1(h.namespace, []byte(name))
}

// eventOf returns the event that a command line describes.
func (h *held) eventOf(args []string) (events.Event, error) {
	var e events.Event
	var form eventlog.Stored
	flags := newFlags("append")
	flags.StringVar(&e.Name, "name", "", "")
	flags.Func("when", "", into(&e.When))
	flags.Func("known", "", into(&e.Known))
	flags.StringVar(&form.Type, "type", "", "")
	flags.IntVar(&form.Version, "version", 1, "")
	data := flags.String("data", "", "")
	flags.Func("replaces", "", h.named(&e.Replaces))
	flags.Func("after", "", h.named(&e.After))
	flags.StringVar(&e.Rival, "rival", "", "")
	flags.TextVar(&e.Rank, "rank", timeline.RankNormal, "")
	flags.Func("cites", "", func(source string) error {
		e.Cites = append(e.Cites, timeline.Citation{Source: source})
		return nil
	})
	newSource := flags.Bool("new-source", false, "")
	flags.StringVar(&e.Note, "note", "", "")
	var meta timeline.Metadata
	flags.StringVar(&meta.By, "by", "", "")
	flags.StringVar(&meta.Why, "why", "", "")
	if err := parse(flags, args, 0); err != nil {
		return e, err
	}
	for _, c := range e.Cites {
		if !h.sources[c.Source] && !*newSource {
			return e, fmt.Errorf("there is no source %q: durable asof sources lists them; with -new-source it may be new", c.Source)
		}
	}
	e.ID, e.Meta = h.id(e.Name), meta.Clone()
	retracts := form.Type == "" && *data == "" && len(e.Replaces) > 0
	if e.Name == "" || e.When.IsZero() || !retracts && (form.Type == "" || *data == "") {
		return e, fmt.Errorf("append needs -name, -when, -type and -data; without the last two it takes back what -replaces names\n%w", errUsage)
	}
	if e.Retraction = retracts; retracts {
		return e, nil
	}
	form.Data = []byte(*data)
	var err error
	if e.Data, err = events.Codec().Decode(form); err != nil {
		return e, fmt.Errorf("-data: %w", err)
	}
	if _, unknown := e.Data.(events.Unknown); unknown {
		return e, fmt.Errorf("there is no type %s v%d", form.Type, form.Version)
	}
	return e, nil
}

// into returns what reads the date of an event, in EDTF or in English, into d.
func into(d *edtf.Date) func(string) error {
	return func(text string) (err error) {
		*d, err = edtf.Reading{OneDay: true}.Parse(text)
		return err
	}
}

// named returns what adds the IDs of the events with some names, separated by commas.
func (h *held) named(ids *[]uuid.UUID) func(string) error {
	return func(text string) error {
		for name := range strings.SplitSeq(text, ",") {
			*ids = append(*ids, h.id(strings.TrimSpace(name)))
		}
		return nil
	}
}

// follows returns the revision behind which an event fits, or why it does not fit.
func (h *held) follows(e events.Event) (revision int64, err error) {
	history, err := timeline.New(events.Fold, h.events...)
	if err != nil {
		return 0, err
	}
	if _, there := history.ByID(e.ID); there {
		return eventlog.AnyRevision, nil // the log says whether it is the same
	}
	more, err := history.With(e)
	if err != nil {
		return 0, err
	}
	return h.revision, fits(history.At(edtf.DistantFuture).State, more.At(edtf.DistantFuture).State)
}

// fits returns what does not fit in a company that fitted before. The fold holds what
// sources tell though something is missing; whoever appends can still tell it first.
func fits(before, after events.Company) error {
	known := maps.Collect(before.Remarks())
	for path, r := range after.Remarks() {
		if known[path] != r {
			return fmt.Errorf("it does not fit: %s: %v", path, r)
		}
	}
	return nil
}

// of returns arguments that name the log and the history, before others.
func (p *program) of(args []string) ([]string, error) {
	if _, err := os.Stat(p.db); err != nil && !isAddress(p.db) {
		return nil, fmt.Errorf("%w: durable -db %s init makes it", err, p.db)
	}
	own := []string{"-log", p.db}
	if p.stream != "" {
		own = append(own, "-stream", p.stream)
	}
	return append(own, args...), nil
}

// coded returns an exit code as an error; nil if it is 0.
func coded(code int) error {
	if code != 0 {
		return exitCode(code)
	}
	return nil
}

// opener opens the logs that are named in arguments.
func opener(ctx context.Context, db string) (eventlog.Log, func() error, error) {
	return open(ctx, db, true)
}

// asof answers as examples/asof does, of the log.
func (p *program) asof(_ context.Context, args []string) error {
	args, err := p.of(args)
	if err != nil {
		return err
	}
	return coded(terminal.Run(args, terminal.Output{Stdout: p.out, Stderr: p.err, Colour: p.colour}, opener))
}

// chart draws as examples/chart does, of the log.
func (p *program) chart(_ context.Context, args []string) error {
	args, err := p.of(args)
	if err != nil {
		return err
	}
	return coded(drawing.Run(args, p.out, p.err, opener))
}

// explore serves the page of examples/explorer, of the log.
func (p *program) explore(ctx context.Context, args []string) error {
	args, err := p.of(args)
	if err != nil {
		return err
	}
	return coded(explorer.Run(ctx, args, explorer.Output{Stdout: p.out, Stderr: p.err}, opener))
}

// follow prints what is appended, by whomever.
func (p *program) follow(ctx context.Context, args []string) error {
	flags := newFlags("follow")
	until := flags.String("until", "", "")
	if err := parse(flags, args, 0); err != nil {
		return err
	}
	return p.with(ctx, true, func(log *store) error {
		for r, err := range log.Follow(ctx, 0) {
			if errors.Is(err, context.Canceled) {
				return nil // it was interrupted
			}
			if err != nil {
				return err
			}
			if p.stream != "" && r.Stream != p.stream {
				continue
			}
			what := "(no payload)"
			if e, err := eventlog.Decode(events.Codec(), r); err != nil {
				what = err.Error()
			} else if e.Data != nil {
				what = e.Data.String()
			}
			fmt.Fprintln(p.out, line(r, what))
			if r.Event.Name == *until && *until != "" {
				return nil
			}
		}
		return nil
	})
}
