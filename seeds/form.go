package seeds

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// HistoryForm is the form of a history file. Its fields, and those of the
// payloads in package events, are what history.schema.json describes.
type HistoryForm struct {
	Schema    string             `json:"$schema,omitzero"` // for editors
	Format    int                `json:"format"`           // the number of this form
	Title     string             `json:"title"`
	Namespace string             `json:"namespace"`        // an address that is the history's own; it is never opened
	Horizon   edtf.Date          `json:"horizon,omitzero"` // the last day that a source covers which does not say itself
	Silent    []timeline.Silence `json:"silent,omitzero"`  // what a source leaves out which does not say itself
	Files     []string           `json:"files,omitzero"`   // files with more sources and events, in the folder of this one or below
	Sources   []Source           `json:"sources"`
	Events    []EventForm        `json:"events"`
}

// PartForm is the form of a file that a history file names under files. It is what
// part.schema.json describes.
type PartForm struct {
	Schema  string      `json:"$schema,omitzero"` // for editors
	Format  int         `json:"format"`           // the number of this form
	Part    string      `json:"part"`             // what the file is about, in words
	Sources []Source    `json:"sources,omitzero"` // events of all files may cite them
	Events  []EventForm `json:"events"`
}

// EventForm is an event of a history file. Without type, version and data it
// retracts what it replaces.
type EventForm struct {
	Slug     string              `json:"slug"` // its readable name: small letters, digits and hyphens
	Type     string              `json:"type,omitzero"`
	Version  int                 `json:"version,omitzero"`
	When     edtf.Date           `json:"when"`           // a window or a one-of set
	Known    edtf.Date           `json:"known,omitzero"` // likewise; the window of when if left out
	Data     json.RawMessage     `json:"data,omitzero"`
	Cites    []timeline.Citation `json:"cites"`
	Replaces []string            `json:"replaces,omitzero"`
	After    []string            `json:"after,omitzero"`
	Rival    string              `json:"rival,omitzero"`
	Rank     timeline.Rank       `json:"rank,omitzero"`
	Note     string              `json:"note,omitzero"`
}

// Format is the number of the file form that this package reads.
const Format = 1

// Write writes the form as a history file, which [Load] reads. The error is that of w, or says which
// data are no JSON.
func (f *HistoryForm) Write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(f); err != nil {
		return fmt.Errorf("seeds: writing the history: %w", err)
	}
	return nil
}

// Load returns the history of a form, as [Load] does of the file that [HistoryForm.Write] writes.
func (f *HistoryForm) Load(name string) (*File, error) {
	var text bytes.Buffer
	if err := f.Write(&text); err != nil {
		return nil, err
	}
	return Load(&text, name)
}

// EventAt returns the place of the event that a fault of the form is in, and the rest of its pointer, such as "data/price"; false
// if it is in no event.
func (f *HistoryForm) EventAt(fault Fault) (n int, field string, ok bool) {
	rest, ok := strings.CutPrefix(fault.Pointer, "/events/")
	number, field, _ := strings.Cut(rest, "/")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n < 0 || n >= len(f.Events) {
		return 0, "", false
	}
	return n, field, true
}
