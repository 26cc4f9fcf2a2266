package main

import (
	"bufio"
	"bytes"
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
)

// export writes all events as JSON Lines. A file is there when it is whole.
func (p *program) export(ctx context.Context, args []string) error {
	flags := newFlags("export")
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	return p.with(ctx, true, func(log *store) error {
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
	for _, name := range []string{p.db, p.db + "-wal", p.db + "-shm", p.beside + ".key", p.beside + ".key.pub", p.beside + ".checkpoint"} {
		if own, err := os.Stat(name); err == nil && os.SameFile(info, own) {
			return true
		}
	}
	return false
}

// importLines appends the events of a file, or of the input.
func (p *program) importLines(ctx context.Context, args []string) error {
	return p.lines(ctx, "import", args, func(name string, file io.ReadSeeker, log *store) error {
		if err := p.foldable(ctx, name, file, log); err != nil {
			return err
		}
		got, err := p.take(ctx, name, file, log)
		if err == nil {
			fmt.Fprintf(p.out, "%d events are appended, %d were there\n", got.Appended, got.There)
		}
		return err
	})
}

// errNotEmpty says that only an empty log is restored.
var errNotEmpty = errors.New("only an empty log is restored; import adds to one that has events")

// restore makes an empty log what was exported from another. It can be killed, and then
// goes on: what is there must be the beginning of the file.
func (p *program) restore(ctx context.Context, args []string) error {
	return p.lines(ctx, "restore", args, func(name string, file io.ReadSeeker, log *store) error {
		have, err := sameLines(ctx, name, file, log, true)
		if err != nil {
			return err
		}
		got, err := p.take(ctx, name, file, log)
		if err != nil {
			return err
		}
		if all, err := sameLines(ctx, name, file, log, false); err != nil || all != have+int64(got.Appended) {
			return fmt.Errorf("%s: the log is not what was exported: %d of %d events, %w", name, all, have+int64(got.Appended), err)
		}
		fmt.Fprintf(p.out, "%s is what %s has: %d events, %d of them new\n", shown(p.db), name, have+int64(got.Appended), got.Appended)
		return nil
	})
}

// sameLines returns how many records the log has, which must be those of the file, byte by
// byte: its beginning, or all of it.
func sameLines(ctx context.Context, name string, file io.ReadSeeker, log *store, beginning bool) (n int64, err error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	lines := bufio.NewReader(file)
	for r, err := range log.ReadAll(ctx, 0) {
		if err != nil {
			return n, err
		}
		line, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return n, err
		}
		if !bytes.Equal(bytes.TrimSuffix(line, []byte("\n")), r.AppendJSON(nil)) {
			return n, fmt.Errorf("%w: position %d is not line %d of %s", errNotEmpty, r.Position, r.Position, name)
		}
		n++
	}
	if rest, _ := lines.ReadBytes('\n'); len(rest) > 0 && !beginning {
		return n, fmt.Errorf("line %d of %s is not in the log", n+1, name)
	}
	_, err = file.Seek(0, io.SeekStart)
	return n, err
}

// lines opens the log, and the file or the input that arguments name.
func (p *program) lines(ctx context.Context, command string, args []string, work func(name string, file io.ReadSeeker, log *store) error) error {
	flags := newFlags(command)
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	name, file := "input", (*os.File)(nil)
	var err error
	if flags.NArg() == 1 && flags.Arg(0) != "-" {
		name = flags.Arg(0)
		file, err = os.Open(name)
	} else if file, err = spool(ctx, p.in); err == nil {
		defer os.Remove(file.Name())
	}
	if err != nil {
		return err
	}
	defer file.Close()
	return p.with(ctx, false, func(log *store) error { return work(name, file, log) })
}

// take appends the events of a file, and shows how far it is.
func (p *program) take(ctx context.Context, name string, file io.ReadSeeker, log *store) (jsonl.Imported, error) {
	look, add := p.progress("lines looked at", 0), p.progress("lines appended", 0)
	defer add.done()
	return jsonl.Import(ctx, file, log, &jsonl.ImportOptions{Name: name, Check: readable, Progress: func(g jsonl.Progress) {
		if !g.Appending {
			look.show(g.Lines)
			return
		}
		add.total = g.Total
		add.show(g.Lines)
	}})
}

// foldable returns why one of the histories would not be one with the events of a file. It
// tries in memory, since what is in a log cannot be taken back.
func (p *program) foldable(ctx context.Context, name string, file io.ReadSeeker, log eventlog.Log) error {
	trial := new(memlog.Log)
	for r, err := range log.ReadAll(ctx, 0) {
		if err != nil {
			return err
		}
		if _, err := trial.Restore(ctx, r); err != nil {
			return err
		}
	}
	if _, err := jsonl.Import(ctx, file, trial, &jsonl.ImportOptions{Name: name, Check: readable}); err != nil {
		return err
	}
	lengths, err := lengthsOf(ctx, trial)
	for _, l := range lengths {
		var loaded []events.Event
		if loaded, err = eventlog.Load(ctx, trial, l.stream, events.Codec()); err == nil {
			_, err = timeline.New(events.Fold, loaded...)
		}
		if err != nil {
			return fmt.Errorf("%s: nothing is imported, since the history %s cannot be folded with it: %w", name, l.stream, err)
		}
	}
	return err
}

// readable returns why a program like this could not read an event.
func readable(r eventlog.Record) error {
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
