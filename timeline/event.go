package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An Event is an immutable record that something happened. ID and When must
// be set; everything else may be left out.
//
// A timeline copies the slices of the events it is given and of those it
// hands out, so that changing them changes no timeline. It cannot copy what it
// does not know: Data must not be changed once it is in an event, unless E has
// a method Clone() E, which is then used at the same places.
type Event[E any] struct {
	ID   uuid.UUID
	Name string // a short, readable name such as "t03-launched", for people and messages

	// Seq is the event's place in the sequence: the line of a file, the revision
	// of a log, both counted from 1; 0 if it has none. It orders events of the same
	// day. Events with the same Seq are ordered by their IDs, which is some order and
	// no certain one: give a Seq, or After, where it matters.
	Seq int64

	// When is the valid time: the day on which it happened, as a window or a
	// one-of set. What lasts is two events, its start and its end.
	When edtf.Date
	// Known is the transaction time, here knowledge time: the day on which it
	// became public, as a window or a one-of set. Zero stands for When: it was known
	// at once; but in a log it stands for the day of Recorded. A correction of what was
	// believed for a time must say when it became
	// known, or it was never believed.
	Known edtf.Date

	Data  E
	Cites []Citation
	Note  string // what a reader should know about how the sources were read

	// Replaces names the events that this one corrects. They are left out as
	// soon as this event is known, whenever they happened. If this event is corrected
	// in its turn they stay out; if it is retracted, they count again.
	Replaces []uuid.UUID
	// Retraction says that there is nothing in place of what is replaced: Data
	// is not folded, and When means nothing. What is retracted has no effect, neither
	// on the state nor on what it replaces. A nil Data of an interface type, with
	// Replaces, says the same.
	Retraction bool

	// After names events that certainly came before this one, on an earlier
	// day or earlier on the same.
	After []uuid.UUID

	// Rival is the key of a fact about which several events disagree. Of the
	// events with one key only one is true; see [Rank]. The correction of a rival is one
	// of them only if it has the key too: without it, what it says is told besides.
	Rival string
	Rank  Rank

	// Recorded is when a log took the event: it sets it, whatever was given. Zero for
	// an event that comes from no log, or from one that did not know. Its day, in the
	// zone that it is in, is when the event became known if Known is zero.
	Recorded time.Time
	// Meta is what is kept beside the event about its recording. It may be nil.
	Meta *Metadata
}

// A Citation names the place in a source where a fact stands.
type Citation struct {
	Source    string `json:"source"`             // the key of the source
	Section   string `json:"section,omitzero"`   // as the source names it
	Paragraph int    `json:"paragraph,omitzero"` // counted from 1 in its section; 0 if not given
	Sentence  int    `json:"sentence,omitzero"`  // counted from 1 in its paragraph; 0 if not given
}

// String returns c as "article, History/4/2".
func (c Citation) String() string {
	if c.Section == "" {
		return c.Source
	}
	s := c.Source + ", " + c.Section
	if c.Paragraph > 0 {
		s += fmt.Sprintf("/%d", c.Paragraph)
		if c.Sentence > 0 {
			s += fmt.Sprintf("/%d", c.Sentence)
		}
	}
	return s
}

// A Rank says how much weight an event has among its rivals, of which exactly
// one is true. A deprecated one is never true while another is left. Any preferred
// or normal one may be it; the baseline takes a preferred one.
type Rank int8

// The ranks. The zero value is normal.
const (
	RankDeprecated Rank = iota - 1
	RankNormal
	RankPreferred
)

var ranks = map[Rank]string{RankDeprecated: "deprecated", RankNormal: "normal", RankPreferred: "preferred"}

// String returns "deprecated", "normal" or "preferred".
func (r Rank) String() string {
	if s, ok := ranks[r]; ok {
		return s
	}
	return fmt.Sprintf("Rank(%d)", int8(r))
}

// MarshalText writes the words of [Rank.String].
func (r Rank) MarshalText() ([]byte, error) {
	if _, ok := ranks[r]; !ok {
		return nil, fmt.Errorf("timeline: %v is no rank", r)
	}
	return []byte(r.String()), nil
}

// UnmarshalText reads the words of [Rank.String].
func (r *Rank) UnmarshalText(text []byte) error {
	for rank, word := range ranks {
		if word == string(text) {
			*r = rank
			return nil
		}
	}
	return fmt.Errorf("timeline: rank %q is none of deprecated, normal, preferred", text)
}

// Label returns the name of e, or its ID if it has none.
func (e Event[E]) Label() string {
	if e.Name != "" {
		return e.Name
	}
	return e.ID.String()
}

// Retracts reports whether nothing is folded for e: whether it is marked as a
// retraction, or replaces events and has a nil Data.
func (e *Event[E]) Retracts() bool {
	return e.Retraction || len(e.Replaces) > 0 && any(e.Data) == nil
}

// KnowledgeTime returns the window in which e became known: Known; if that is zero, the
// day of Recorded, in the zone that Recorded is in; and if that is zero too, When.
func (e *Event[E]) KnowledgeTime() edtf.Date {
	switch {
	case !e.Known.IsZero():
		return e.Known
	case !e.Recorded.IsZero():
		return edtf.DayOf(e.Recorded).Date()
	}
	return e.When
}

// bySeq is the sequence order: by Seq, then by ID.
func bySeq[E any](a, b *Event[E]) int {
	if c := cmp.Compare(a.Seq, b.Seq); c != 0 {
		return c
	}
	return slices.Compare(a.ID[:], b.ID[:])
}

// indexesOf returns the index of the event with each ID.
func indexesOf[E any](events []*Event[E]) map[uuid.UUID]int {
	ids := make(map[uuid.UUID]int, len(events))
	for i, e := range events {
		ids[e.ID] = i
	}
	return ids
}

// fact returns what decides about the order of e, and whether it is true.
func (e *Event[E]) fact() worlds.Fact[uuid.UUID] {
	return worlds.Fact[uuid.UUID]{
		Key: e.ID, When: e.When, Known: e.KnowledgeTime(), After: e.After, Replaces: e.Replaces,
		Rival: e.Rival, Rank: int8(e.Rank), Inert: e.Retracts(),
	}
}

// cloneSlices returns a copy of e that shares no slices with it.
func (e *Event[E]) cloneSlices() Event[E] {
	c := *e
	c.Cites = slices.Clone(e.Cites)
	c.Replaces = slices.Clone(e.Replaces)
	c.After = slices.Clone(e.After)
	c.Meta = e.Meta.Clone()
	return c
}

// clone returns a copy of e that shares nothing that can be changed.
func (e *Event[E]) clone() Event[E] {
	c := e.cloneSlices()
	if d, ok := any(e.Data).(interface{ Clone() E }); ok {
		c.Data = d.Clone()
	}
	return c
}
