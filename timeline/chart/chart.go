package chart

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// A Chart is what is drawn.
type Chart struct {
	Title string
	// Description says what there is to see, for those who cannot. If it is empty
	// one is made of the rows.
	Description string
	// Range is the days that are drawn, from the earliest to the latest. The zero
	// Date stands for those of all items, and full years if they are many.
	Range edtf.Date
	// On is the day as of which the items are shown: a line is drawn at its end,
	// and what is later is pale. Known is that as of which they were known: what still
	// went on then is drawn no further. There is no line for the zero Date.
	On, Known edtf.Date
	// Horizon is the last day that the sources cover; what still went on then is drawn
	// no further. The zero Date says that there is none.
	Horizon edtf.Date
	// Source says under the picture where it comes from, and under which licence.
	Source string
	Lanes  []Lane
}

// A Lane is some rows under a heading.
type Lane struct {
	Title string
	Rows  []Row
	More  int // how many rows there are besides; a line says so
	// Colour is which of eight colours the lane has, from 1; the next one of them is
	// taken if it is 0.
	Colour int
}

// A Row is some items on a line, or as many lines as they take.
type Row struct {
	Title string
	Link  string // where the title leads; may be empty
	Items []Item
}

// An Item is something that happened, lasted or was planned.
type Item struct {
	// Key names the item. With the prefix "item-" it is the ID of its element, so
	// each should occur once and have no blanks; see [SVGOptions]. It may be empty.
	Key string
	// Label is drawn beside the item, or in it; a few words.
	Label string
	// Text says what it is, in a sentence: where the mouse stands and for
	// screen readers.
	Text string
	// Link is where the item leads; it may be empty. It is written as it is: take
	// no address of somebody you do not trust.
	Link string

	Kind Kind
	// When is the day of an instant: a window or a set of them. A span began on a
	// day of it, or has always been if it is the zero Date. A plan is for these
	// days; if it is the zero Date it is open for which.
	When edtf.Date
	// Until is the first day on which a span was over; it still goes on if it is
	// the zero Date. A plan was settled on it: fulfilled or dropped.
	Until edtf.Date
	// Announced is the day since which a plan has been spoken of.
	Announced edtf.Date
	// Moves are the earlier dates of a plan, from the first on, before it was moved to
	// When.
	Moves []Move
	// InQuestion is the day since which a span or a plan has been in question.
	InQuestion edtf.Date

	Outcome Outcome
	// Undecided says that it may not have been so.
	Undecided bool
	// Dim says that something else is looked for: it is drawn faintly.
	Dim bool
	// Rival is the same text for items of a row of which only one can be true.
	Rival string
}

// A Move is a date that a plan had, and the day on which another was told.
type Move struct{ From, Told edtf.Date }

// A Kind is how an item takes up time.
type Kind uint8

// The kinds of items.
const (
	Instant Kind = iota // it happened on one day
	Span                // it lasted
	Plan                // it is meant to happen
)

// An Outcome is what came of a plan. An instant that has one is what settled a
// plan.
type Outcome uint8

// What came of a plan; Open is nothing so far. A plan is due in its time, and overdue
// after it.
const (
	Open Outcome = iota
	Fulfilled
	Dropped
	Due
	Overdue
)
