package seeds

import (
	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A File is a history as a file has it: the timeline, and where it comes from.
type File struct {
	Title     string
	Namespace uuid.UUID // in which the slugs of events become IDs
	Sources   []Source
	Timeline  *events.History
}

// A Source is something that events cite.
type Source struct {
	Key       string    `json:"key"` // the name by which events cite it
	Title     string    `json:"title"`
	Publisher string    `json:"publisher,omitzero"`
	Address   string    `json:"address,omitzero"`
	Licence   string    `json:"licence,omitzero"`
	Published edtf.Date `json:"published,omitzero"`
	Retrieved edtf.Date `json:"retrieved,omitzero"`

	Horizon edtf.Date          `json:"horizon,omitzero"` // the last day that it covers; that of the file if left out
	Silent  []timeline.Silence `json:"silent,omitzero"`  // what it leaves out; as the file says if left out
}

// EventID returns the ID of the event with the given slug.
func (f *File) EventID(slug string) uuid.UUID { return uuid.NewSHA1(f.Namespace, []byte(slug)) }
