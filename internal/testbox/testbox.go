// Package testbox has a state and events for tests of the engine: small, and made
// to show every difference that order and membership can make.
package testbox

import (
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Box is a state made to show every difference that order and membership can
// make: two values, a text to which events append, and a lid that refuses to
// be opened twice.
type Box struct {
	A, B int
	Text string
	Open bool
}

// An Op is what an event does to a Box.
type Op struct {
	Kind   string
	Value  int
	Secret bool // it does not say what its scope is
}

// Scope returns the values that o changes, or any part if it is secret.
func (o Op) Scope() []string {
	switch {
	case o.Secret:
		return []string{timeline.AnyPart}
	case o.Kind == "add":
		return []string{"a"}
	case o.Kind == "open", o.Kind == "close":
		return []string{"lid"}
	}
	return []string{o.Kind}
}

// Schedule returns the day on which a value of B falls due.
func (o Op) Schedule() []edtf.Day {
	if o.Kind != "b" {
		return nil
	}
	return []edtf.Day{DueOn(o.Value)}
}

// DueOn returns the day from which on the calendar alone changes what [Due] gives
// for a value of B.
func DueOn(b int) edtf.Day { return edtf.MustDay("2024-04-30") + edtf.Day(b) }

// Due returns B, and ten times as much from the day on which it falls due.
func Due(b Box, day edtf.Day) int {
	if day < DueOn(b.B) {
		return b.B
	}
	return 10 * b.B
}

// What Fold refuses.
var (
	ErrOpen   = errors.New("it is open")
	ErrClosed = errors.New("it is closed")
)

// Fold folds an Op into a Box.
func Fold(b Box, e timeline.Event[Op]) (Box, error) {
	switch e.Data.Kind {
	case "a":
		b.A = e.Data.Value
	case "b":
		b.B = e.Data.Value
	case "add":
		b.A += e.Data.Value
	case "text":
		b.Text += fmt.Sprint(e.Data.Value)
	case "open":
		if b.Open {
			return b, ErrOpen
		}
		b.Open = true
	case "close":
		if !b.Open {
			return b, ErrClosed
		}
		b.Open = false
	}
	return b, nil
}

// Kinds are what an Op may do; the first five never refuse.
var Kinds = []string{"a", "b", "add", "text", "text", "open", "close"}

// ID returns the ID of event n.
func ID(n int) uuid.UUID { return uuid.UUID{15: byte(n)} }

// drawWindow draws a window, or a set with a gap, within a few days.
func drawWindow(t *rapid.T, label string) edtf.Date {
	first := edtf.MustDay("2024-05-01") + edtf.Day(rapid.SampledFrom([]int{0, 1, 2, 3, 4}).Draw(t, label))
	form := rapid.SampledFrom([]string{"day", "day", "[%v..%v]", "[%v..%v]", "[%v,%v]"}).Draw(t, label+" form")
	if form == "day" {
		return first.Date()
	}
	return edtf.MustParse(fmt.Sprintf(form, first, first+edtf.Day(rapid.SampledFrom([]int{1, 2, 2}).Draw(t, label+" days"))))
}

// OneIn draws true once in n times.
func OneIn(t *rapid.T, label string, n int) bool {
	ways := make([]bool, n)
	ways[0] = true
	return rapid.SampledFrom(ways).Draw(t, label)
}

// DrawHistory draws a history of a few events with all that events can say of each
// other. It may have faults.
func DrawHistory(t *rapid.T) []timeline.Event[Op] {
	n := rapid.SampledFrom([]int{1, 2, 3, 4, 4, 5, 5}).Draw(t, "events")
	kinds := Kinds
	if rapid.Bool().Draw(t, "no lid") {
		kinds = Kinds[:5]
	}
	crowded := OneIn(t, "crowded", 5) // many within the same two days
	events := make([]timeline.Event[Op], n)
	for i := range events {
		e := &events[i]
		if crowded {
			e.ID, e.Seq, e.When = ID(i+1), int64(i), edtf.MustParse("[2024-05-01..2024-05-02]")
			e.Data = Op{rapid.SampledFrom([]string{"add", "add", "text"}).Draw(t, "kind"), i + 1, OneIn(t, "secret", 2)}
			continue
		}
		e.ID = ID(i + 1)
		e.Seq = int64(rapid.SampledFrom([]int{0, 1, 2, 3}).Draw(t, "seq"))
		e.When = drawWindow(t, "when")
		e.Data = Op{rapid.SampledFrom(kinds).Draw(t, "kind"), i + 1, OneIn(t, "secret", 6)}
		if OneIn(t, "zero", 6) {
			e.Data.Value = 0 // back to what it was before anything happened
		}
		if OneIn(t, "known", 4) {
			e.Known = drawWindow(t, "known")
		}
		if n > 1 && OneIn(t, "after", 4) {
			e.After = append(e.After, ID(rapid.IntRange(1, n).Draw(t, "after")))
		}
		if n > 1 && OneIn(t, "replaces", 5) {
			e.Replaces = append(e.Replaces, ID(rapid.IntRange(1, n).Draw(t, "replaces")))
			e.Retraction = rapid.Bool().Draw(t, "retraction")
		}
		if OneIn(t, "rival", 3) {
			e.Rival = rapid.SampledFrom([]string{"x", "x", "y"}).Draw(t, "rival key")
			e.Rank = timeline.Rank(rapid.IntRange(-1, 1).Draw(t, "rank"))
		}
	}
	return events
}

// Show prints a history so that a failure can be read.
func Show(events []timeline.Event[Op]) string {
	var b strings.Builder
	for _, e := range events {
		fmt.Fprintf(&b, "\n  %d seq %d %v %v known %v", e.ID[15], e.Seq, e.When, e.Data, e.Known)
		for _, ref := range e.After {
			fmt.Fprintf(&b, " after %d", ref[15])
		}
		for _, ref := range e.Replaces {
			fmt.Fprintf(&b, " replaces %d", ref[15])
		}
		fmt.Fprintf(&b, " retraction %v rival %q %v", e.Retraction, e.Rival, e.Rank)
	}
	return b.String()
}

// Event returns event n, which does something to a [Box].
func Event(n int, when, kind string, value int) timeline.Event[Op] {
	return timeline.Event[Op]{
		ID: ID(n), Name: fmt.Sprint("e", n), Seq: int64(n), When: edtf.MustParse(when), Data: Op{kind, value, false},
	}
}

// Daily returns n events that each add to a [Box], a day apart.
func Daily(n int) []timeline.Event[Op] {
	events := make([]timeline.Event[Op], n)
	for i := range events {
		events[i] = timeline.Event[Op]{
			ID:  uuid.NewSHA1(uuid.NameSpaceOID, []byte(fmt.Sprint(i))),
			Seq: int64(i), When: (edtf.MustDay("2000-01-01") + edtf.Day(i)).Date(), Data: Op{Kind: "add", Value: i},
		}
	}
	return events
}
