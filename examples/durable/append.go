package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/explorer"
	"github.com/leapmotor-timeline/leapmotor/internal/terminal"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// initialise appends the history of Leapmotor, an event at a time. What is there
// already is left out by the log, so it goes on where it was killed.
func (p *program) initialise(ctx context.Context, args []string) error {
	flags := newFlags("init")
	pause := flags.Duration("pause", 0, "")
	if err := parse(flags, args, 0); err != nil {
		return err
	}
	return p.with(ctx, false, func(log *sqllog.Log) error {
		list := slices.SortedFunc(seeds.Leapmotor().Events(), func(a, b events.Event) int { return int(a.Seq - b.Seq) })
		for n := range list {
			list[n].Known = list[n].KnowledgeTime() // as the history has it, and not when it is recorded here
		}
		forms, err := eventlog.Encode(events.Codec(), list...)
		if err != nil {
			return err
		}
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
			fmt.Fprintf(p.out, "%s holds %d events, %d of them new\n", p.file, end, end-before)
		}
		return err
	})
}

// holds reports whether the log has an event as it was appended before logs said when
// they recorded what: without the day on which it became known.
func holds(ctx context.Context, log *sqllog.Log, e timeline.Event[eventlog.Stored]) (bool, error) {
	found, err := log.Find(ctx, e.ID)
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
	e, err := eventOf(args)
	if err != nil {
		return err
	}
	return p.with(ctx, true, func(log *sqllog.Log) error {
		forms, err := eventlog.Encode(events.Codec(), e)
		if err != nil {
			return err
		}
		for {
			revision, err := follows(ctx, log, e)
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

// eventOf returns the event that a command line describes.
func eventOf(args []string) (events.Event, error) {
	file := seeds.LeapmotorFile()
	var e events.Event
	var form eventlog.Stored
	flags := newFlags("append")
	flags.StringVar(&e.Name, "name", "", "")
	flags.Func("when", "", into(&e.When))
	flags.Func("known", "", into(&e.Known))
	flags.StringVar(&form.Type, "type", "", "")
	flags.IntVar(&form.Version, "version", 1, "")
	data := flags.String("data", "", "")
	flags.Func("replaces", "", named(&file, &e.Replaces))
	flags.Func("after", "", named(&file, &e.After))
	flags.StringVar(&e.Rival, "rival", "", "")
	flags.TextVar(&e.Rank, "rank", timeline.RankNormal, "")
	flags.Func("cites", "", func(source string) error {
		if !slices.ContainsFunc(file.Sources, func(s seeds.Source) bool { return s.Key == source }) {
			return fmt.Errorf("there is no source %q: durable asof sources lists them", source)
		}
		e.Cites = append(e.Cites, timeline.Citation{Source: source})
		return nil
	})
	flags.StringVar(&e.Note, "note", "", "")
	var meta timeline.Metadata
	flags.StringVar(&meta.By, "by", "", "")
	flags.StringVar(&meta.Why, "why", "", "")
	if err := parse(flags, args, 0); err != nil {
		return e, err
	}
	e.ID, e.Meta = file.EventID(e.Name), meta.Clone()
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

// into returns what reads a date, in EDTF or in English, into d.
func into(d *edtf.Date) func(string) error {
	return func(text string) (err error) {
		*d, err = edtf.Reading{}.Parse(text)
		return err
	}
}

// named returns what adds the IDs of the events with some names, separated by commas.
func named(file *seeds.File, ids *[]uuid.UUID) func(string) error {
	return func(text string) error {
		for name := range strings.SplitSeq(text, ",") {
			*ids = append(*ids, file.EventID(strings.TrimSpace(name)))
		}
		return nil
	}
}

// follows returns the revision of the history that an event fits, or why it does not.
func follows(ctx context.Context, log eventlog.Log, e events.Event) (revision int64, err error) {
	for r, err := range log.Read(ctx, stream, 0) { // before the history, which then has at least as much
		if err != nil {
			return 0, err
		}
		revision = r.Revision
	}
	loaded, err := eventlog.Load(ctx, log, stream, events.Codec())
	if err != nil {
		return 0, err
	}
	history, err := timeline.New(events.Fold, loaded...)
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
	return revision, fits(history.At(edtf.DistantFuture).State, more.At(edtf.DistantFuture).State)
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

// asof answers as examples/asof does, of the log.
func (p *program) asof(ctx context.Context, args []string) error {
	if _, err := os.Stat(p.file); err != nil {
		return fmt.Errorf("%w: durable -db %s init makes it", err, p.file)
	}
	args = append([]string{"-log", p.file}, args...)
	if code := terminal.Run(args, terminal.Output{Stdout: p.out, Stderr: p.err, Colour: p.colour}, p.opener()); code != 0 {
		return exitCode(code)
	}
	return nil
}

// opener opens the logs that are named in arguments.
func (p *program) opener() answer.Opener {
	return func(ctx context.Context, path string) (eventlog.Log, func() error, error) {
		other := *p
		other.file = path
		return other.open(ctx, true)
	}
}

// explore serves the page of examples/explorer, of the log.
func (p *program) explore(ctx context.Context, args []string) error {
	if _, err := os.Stat(p.file); err != nil {
		return fmt.Errorf("%w: durable -db %s init makes it", err, p.file)
	}
	args = append([]string{"-log", p.file}, args...)
	if code := explorer.Run(ctx, args, explorer.Output{Stdout: p.out, Stderr: p.err}, p.opener()); code != 0 {
		return exitCode(code)
	}
	return nil
}

// follow prints what is appended, by whomever.
func (p *program) follow(ctx context.Context, args []string) error {
	flags := newFlags("follow")
	until := flags.String("until", "", "")
	if err := parse(flags, args, 0); err != nil {
		return err
	}
	return p.with(ctx, true, func(log *sqllog.Log) error {
		for r, err := range log.Follow(ctx, 0) {
			if errors.Is(err, context.Canceled) {
				return nil // it was interrupted
			}
			if err != nil {
				return err
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
