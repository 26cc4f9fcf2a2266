package answer

import (
	"encoding/json"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An address is that of a value in the state.
type address struct {
	Path  string // a JSON Pointer
	steps []string
}

// question returns the question for the value at a, as JSON; "" if there is none.
func (a address) question() timeline.Question[events.Company, string] {
	return events.ValueAt(a.steps...)
}

// about returns the question for the value at a, about no more of the history than it takes.
func (q *Question) about(a address) timeline.Question[events.Company, string] {
	question := a.question()
	if parts := events.PartsIn(q.all, a.steps...); len(parts) > 0 {
		question.Parts = parts
	}
	return question
}

// on returns the value at a on a day of a history.
func (a address) on(h *events.History, day edtf.Day) string {
	return a.question().Read(h.At(day).State, day)
}

// document returns the state as a decoded JSON value.
func document(c events.Company, day edtf.Day) any { return Decoded(c.On(day)) }

// Decoded returns what the JSON form of v decodes to.
func Decoded(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // every state can be written
	}
	var d any
	_ = json.Unmarshal(text, &d)
	return d
}
