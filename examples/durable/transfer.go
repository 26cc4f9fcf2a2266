package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/jsonl"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// export writes all events as JSON Lines. A file is there when it is whole.
func (p *program) export(ctx context.Context, args []string) error {
	flags := newFlags("export")
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	return p.with(ctx, true, func(log *sqllog.Log) error {
		end, err := log.End(ctx)
		if err != nil {
			return err
		}
		if flags.NArg() == 0 || flags.Arg(0) == "-" {
			_, err := jsonl.Export(ctx, p.out, log, 0)
			return err
		}
		path := flags.Arg(0)
		if p.isOwn(path) {
			return fmt.Errorf("%s belongs to the log itself; nothing is written to it", path)
		}
		f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new")
		if err != nil {
			return err
		}
		defer os.Remove(f.Name()) // if it is still there
		bar := p.progress("events", int(end))
		last, err := jsonl.Export(ctx, f, watched{log, bar}, 0)
		bar.done()
		if err := errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
			return err
		}
		if err := os.Rename(f.Name(), path); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%d events are in %s\n", last, path)
		return nil
	})
}

// watched is a log that shows how far it has been read.
type watched struct {
	eventlog.Log
	bar *bar
}

func (w watched) ReadAll(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for r, err := range w.Log.ReadAll(ctx, after) {
			if !yield(r, err) {
				return
			}
			w.bar.show(int(r.Position))
		}
	}
}

// isOwn reports whether a file is the log's, or one that stands beside it.
func (p *program) isOwn(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	for _, suffix := range []string{"", "-wal", "-shm", ".key", ".key.pub", ".checkpoint"} {
		if own, err := os.Stat(p.file + suffix); err == nil && os.SameFile(info, own) {
			return true
		}
	}
	return false
}

// importLines appends the events of a file, or of the input.
func (p *program) importLines(ctx context.Context, args []string) error {
	flags := newFlags("import")
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	name, file := "input", io.ReadSeeker(nil)
	if flags.NArg() == 1 && flags.Arg(0) != "-" {
		f, err := os.Open(flags.Arg(0))
		if err != nil {
			return err
		}
		defer f.Close()
		name, file = flags.Arg(0), f
	} else {
		f, err := spool(ctx, p.in)
		if err != nil {
			return err
		}
		defer os.Remove(f.Name())
		defer f.Close()
		file = f
	}
	return p.with(ctx, false, func(log *sqllog.Log) error {
		if err := foldable(ctx, name, file, log); err != nil {
			return err
		}
		look, add := p.progress("lines looked at", 0), p.progress("lines appended", 0)
		got, err := jsonl.Import(ctx, file, log, &jsonl.ImportOptions{Name: name, Check: readable, Progress: func(g jsonl.Progress) {
			if !g.Appending {
				look.show(g.Lines)
				return
			}
			add.total = g.Total
			add.show(g.Lines)
		}})
		add.done()
		if err == nil {
			fmt.Fprintf(p.out, "%d events are appended, %d were there\n", got.Appended, got.There)
		}
		return err
	})
}

// foldable returns why the history would not be one with the events of a file. It
// tries in memory, since what is in a log cannot be taken back.
func foldable(ctx context.Context, name string, file io.ReadSeeker, log eventlog.Log) error {
	trial := new(memlog.Log)
	for r, err := range log.ReadAll(ctx, 0) {
		if err != nil {
			return err
		}
		if _, err := trial.Append(ctx, r.Stream, eventlog.AnyRevision, r.Event); err != nil {
			return err
		}
	}
	if _, err := jsonl.Import(ctx, file, trial, &jsonl.ImportOptions{Name: name, Check: readable}); err != nil {
		return err
	}
	loaded, err := eventlog.Load(ctx, trial, stream, events.Codec())
	if err == nil {
		_, err = timeline.New(events.Fold, loaded...)
	}
	if err != nil {
		return fmt.Errorf("%s: nothing is imported, since the history cannot be folded with it: %w", name, err)
	}
	return nil
}

// readable returns why a program like this could not read an event.
func readable(r eventlog.Record) error {
	if r.Stream != stream {
		return fmt.Errorf("its stream is %q, and the history is in %q", r.Stream, stream)
	}
	_, err := eventlog.Decode(events.Codec(), r)
	if e := (*eventlog.RecordError)(nil); errors.As(err, &e) {
		return fmt.Errorf("%s: %w", e.Name, e.Err)
	}
	return err
}

// spool writes the input to a file, since it is read twice.
func spool(ctx context.Context, in io.Reader) (*os.File, error) {
	if c, ok := in.(io.Closer); ok {
		defer context.AfterFunc(ctx, func() { c.Close() })()
	}
	f, err := os.CreateTemp("", "durable-*.jsonl")
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(f, in); err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	return f, nil
}
