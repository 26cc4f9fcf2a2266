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
		if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
			return exportInto(ctx, path, log)
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

// exportInto writes all events into what is no file, such as a pipe, and stays what it is.
func exportInto(ctx context.Context, path string, log *store) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = jsonl.Export(ctx, f, log, 0)
	return errors.Join(err, f.Close())
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

// isOwn reports whether a file is the log's, or one that stands beside it, there or not.
func (p *program) isOwn(path string) bool {
	info, err := os.Stat(path)
	for _, name := range []string{p.db, p.db + "-wal", p.db + "-shm", p.beside + ".key", p.beside + ".key.pub", p.beside + ".checkpoint"} {
		if absolute(name) == absolute(path) {
			return true
		}
		if own, ownErr := os.Stat(name); err == nil && ownErr == nil && os.SameFile(info, own) {
			return true
		}
	}
	return false
}

// absolute returns the absolute path of a file, or the path as it is given.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
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
		if err == nil {
			err = checkExported(name, file)
		}
		if err != nil {
			return err
		}
		got, err := p.take(ctx, name, file, log)
		if err != nil {
			return err
		}
		all, err := sameLines(ctx, name, file, log, false)
		if err == nil && all != have+int64(got.Appended) {
			err = errors.New("somebody else has appended meanwhile")
		}
		if err != nil {
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
		line, err := nextLine(lines)
		if err != nil && err != io.EOF {
			return n, err
		}
		if !bytes.Equal(line, r.AppendJSON(nil)) {
			return n, fmt.Errorf("%w: position %d is not line %d of %s", errNotEmpty, r.Position, r.Position, name)
		}
		n++
	}
	if rest, _ := nextLine(lines); len(rest) > 0 && !beginning {
		return n, fmt.Errorf("line %d of %s is not in the log", n+1, name)
	}
	_, err = file.Seek(0, io.SeekStart)
	return n, err
}

// checkExported returns an error if a file is not a whole export: such a file would not become the log that was
// exported, and what is appended stays.
func checkExported(name string, file io.ReadSeeker) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	lines := bufio.NewReader(file)
	for n := int64(1); ; n++ {
		line, err := nextLine(lines)
		if err == io.EOF {
			_, err = file.Seek(0, io.SeekStart)
			return err
		}
		if err != nil {
			return err
		}
		var r eventlog.Record
		if r.UnmarshalJSON(line) != nil {
			continue // the import says where and why
		}
		if r.Position != n || !bytes.Equal(line, r.AppendJSON(nil)) {
			return fmt.Errorf("event %d of %s is not as durable export writes the whole of a log; import takes such a file", n, name)
		}
	}
}

// nextLine returns the next line that is not blank, without its end, or io.EOF.
func nextLine(lines *bufio.Reader) ([]byte, error) {
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 && (err == nil || err == io.EOF) {
			return bytes.TrimSuffix(line, []byte("\n")), nil
		}
		if err != nil {
			return nil, err
		}
	}
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
