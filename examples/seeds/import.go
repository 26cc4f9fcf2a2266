package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/seeds/bods"
	"github.com/leapmotor-timeline/leapmotor/seeds/table"
	"github.com/leapmotor-timeline/leapmotor/seeds/wikidata"
)

// run imports the file and writes the history. What was not taken as it stands there is said on
// stderr.
func (o *options) run(stdout, stderr io.Writer) error {
	text, err := os.ReadFile(o.file)
	if err != nil {
		return err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := o.checkFlags(o.formOf(text)); err != nil {
		return err
	}
	form, remarks, err := o.read(text)
	if err != nil {
		return err
	}
	for _, r := range remarks {
		fmt.Fprintln(stderr, r)
	}
	if err := o.write(form, stdout); err != nil {
		return err
	}
	if o.out != "" {
		events := "events"
		if len(form.Events) == 1 {
			events = "event"
		}
		fmt.Fprintf(stderr, "%s: %d %s; look at it with go run ./examples/asof -file %s\n", o.out, len(form.Events), events, o.out)
	}
	return nil
}

// read makes a history of the file, with what is to be said of that.
func (o *options) read(text []byte) (form *seeds.HistoryForm, remarks []string, err error) {
	name := filepath.Base(o.file)
	switch o.formOf(text) {
	case "wikidata":
		var left []wikidata.Left
		for _, names := range o.names {
			f, err := os.Open(names)
			if err != nil {
				return nil, nil, err
			}
			defer f.Close()
			o.wikidata.Names = append(o.wikidata.Names, f)
		}
		form, left, err = wikidata.Read(bytes.NewReader(text), name, o.wikidata)
		for _, l := range left {
			remarks = append(remarks, "left out: "+l.String())
		}
	case "bods":
		var left []bods.Left
		form, left, err = bods.Read(bytes.NewReader(text), name, o.bods)
		for _, l := range left {
			remarks = append(remarks, "left out: statement "+l.String())
		}
	default:
		var m table.Mapping
		if m, err = o.tableMapping(); err != nil {
			return nil, nil, err
		}
		var changed []seeds.Fault
		form, changed, err = table.Read(bytes.NewReader(text), name, m)
		for _, c := range changed {
			remarks = append(remarks, c.Error())
		}
	}
	if err == nil && o.title != "" {
		form.Title = o.title
	}
	return form, remarks, err
}

// formOf returns what the file is: what was said, or what it looks like.
func (o *options) formOf(text []byte) string {
	trimmed := bytes.TrimSpace(text)
	switch {
	case o.from != "":
		return o.from
	case strings.EqualFold(filepath.Ext(o.file), ".csv") || !bytes.HasPrefix(trimmed, []byte("{")) && !bytes.HasPrefix(trimmed, []byte("[")):
		return "csv"
	case bytes.Contains(bytes.ToLower(text), []byte(`"statementid"`)) || bytes.HasPrefix(trimmed, []byte("[")):
		return "bods"
	}
	return "wikidata"
}

// write writes the history to the file that was asked for, or to stdout. A file is not there until it
// is whole; what is no regular file, such as a device or a link, is written to.
func (o *options) write(form *seeds.HistoryForm, stdout io.Writer) error {
	if o.out == "" {
		return form.Write(stdout)
	}
	if there, err := os.Lstat(o.out); err == nil {
		if in, err := os.Stat(o.file); err == nil && os.SameFile(there, in) {
			return &misuse{fmt.Errorf("-o %s is what is imported", o.out)}
		}
		if !there.Mode().IsRegular() {
			return o.writeThrough(form)
		}
	}
	f, err := os.CreateTemp(filepath.Dir(o.out), ".seeds-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // it is not there any more if it was renamed
	if err = form.Write(f); err == nil {
		err = f.Chmod(0o644)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), o.out)
}

// writeThrough writes the history to what is no regular file.
func (o *options) writeThrough(form *seeds.HistoryForm) error {
	f, err := os.OpenFile(o.out, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	err = form.Write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
