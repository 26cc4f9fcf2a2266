package answer

import (
	"encoding/json"
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An Answer is the state on a day and what is undecided about it. Its JSON form is
// stable: names are added, but not changed or removed.
type Answer struct {
	On          edtf.Day           `json:"on"`
	Known       *edtf.Day          `json:"known"`       // null if all is known
	State       events.Report      `json:"state"`       // what has certainly happened
	Pending     []Pending          `json:"pending"`     // the events that are undecided
	NotRecorded []timeline.Silence `json:"notRecorded"` // what the sources leave out
	Remarks     []string           `json:"remarks"`

	incomplete []string // parts of which not all states were looked at

	past bool // the day is past the end of the record
}

// Past reports whether the day is past the end of the record: then what is said of it is
// only what had been recorded by then.
func (r *Answer) Past() bool { return r.past }

// Answer returns the state on the day.
func (q *Question) Answer() *Answer {
	snapshot := q.history.At(q.on)
	r := &Answer{
		On: q.on, Known: q.known, State: snapshot.State.On(q.on),
		Pending: []Pending{}, NotRecorded: q.history.NotRecorded(q.on), Remarks: append([]string{}, q.remarks...),
	}
	if r.NotRecorded == nil {
		r.NotRecorded = []timeline.Silence{}
	}
	if r.past = q.history.PastHorizon(q.on); r.past {
		r.Remarks = append(r.Remarks, q.horizonRemark())
	}
	if snapshot.Err != nil {
		r.remark("The state is that before an event which cannot follow: %v.", snapshot.Err)
	}
	for path, remark := range r.State.Remarks.All() {
		r.remark("%s: %v.", Capital(q.titles().Place(SplitPointer(path))), remark)
	}
	q.addUndecided(r)
	return r
}

// Subject names what a silence is about: "discontinued models, the S01".
func (*Answer) Subject(s timeline.Silence) string { return subjectOf(s) }

func subjectOf(s timeline.Silence) string {
	if s.Part == "" {
		return s.Topic
	}
	return Join(", ", s.Topic, words.Titler(nil).Place(SplitPointer(s.Part)))
}

// document returns the state on the day as JSON.
func (q *Question) document(c events.Company) string {
	text, err := json.Marshal(c.On(q.on))
	if err != nil {
		panic(err) // every state can be written
	}
	return string(text)
}

func (r *Answer) remark(format string, args ...any) {
	r.Remarks = append(r.Remarks, fmt.Sprintf(format, args...))
}

// what says what an event is.
func what(e events.Event, titles words.Titler) string {
	if e.Data == nil {
		return "retraction"
	}
	return events.Titled(e.Data, titles)
}

// title names what a reader does not know by its key, by what is recorded in the end.
func (h *History) title(section, key string) string { return titleIn(h.File.Timeline, section, key) }

func titleIn(h *events.History, section, key string) string {
	return h.At(edtf.DistantFuture).State.TitleIn(section, key)
}

func citations(e events.Event) []timeline.Citation {
	return append([]timeline.Citation{}, e.Cites...)
}
