package timeline

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A LackingError says that a history lacks an event, of which only the dates are known:
// one that a program cannot read, say. What is asked of the days from then on may be
// wrong.
type LackingError struct {
	When     edtf.Date // when it happened
	Known    edtf.Date // when it became known
	Recorded time.Time // when it was recorded, if that is known
	Seq      int64     // its place in the sequence, if it has one
	Err      error     // why it is lacking
}

// Error names the date and the reason.
func (e *LackingError) Error() string {
	return fmt.Sprintf("timeline: an event of %v is lacking: %v", e.When, e.Err)
}

// Unwrap returns the reason.
func (e *LackingError) Unwrap() error { return e.Err }

// Lacking returns t as a history that lacks events. Snapshots and answers carry the error
// of the first of them that may have happened and become known by then, and none of these
// answers is certain. What is nil is left out.
func (t *Timeline[S, E]) Lacking(events ...*LackingError) *Timeline[S, E] {
	u := t.sibling()
	u.parts = &partIndex[S, E]{} // those of t answer by its rules
	u.rules.lacking = slices.Clip(t.rules.lacking)
	for _, e := range events {
		if e != nil {
			one := *e // t's own
			u.rules.lacking = append(u.rules.lacking, &one)
		}
	}
	if u.whole != nil {
		u.whole = u.whole.Lacking(events...)
	}
	return u
}

// lackingBy returns the error of an event that t lacks and that may have happened by a
// day, nil if there is none.
func (t *Timeline[S, E]) lackingBy(day edtf.Day) error {
	for _, e := range t.rules.lacking {
		if e.When.Earliest() <= day && e.Known.Earliest() <= t.view.known {
			one := *e // the caller's own
			return &one
		}
	}
	return nil
}

// errorOn returns what makes the baseline on a day wrong: what the fold refused by
// then, or what is lacking.
func (t *Timeline[S, E]) errorOn(day edtf.Day, refused error) error {
	if refused != nil {
		return refused
	}
	return t.lackingBy(day)
}

// isOfRecord reports whether an error is about what is recorded, and not about a question.
func isOfRecord(err error) bool {
	var refused *FoldError
	var lacking *LackingError
	return errors.As(err, &refused) || errors.As(err, &lacking)
}
