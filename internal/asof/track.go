package asof

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// course is what -track says.
type Course struct {
	Known   *edtf.Day `json:"known"`
	Path    string    `json:"path"`
	Changes []Turn    `json:"changes"`
	Remarks []string  `json:"remarks"`
}

// A Turn is a value that came to be, or several of which one did.
type Turn struct {
	Values    []json.RawMessage `json:"values"`    // that of the state first; null if there is none
	From      *edtf.Date        `json:"from"`      // null for the first
	Until     *edtf.Date        `json:"until"`     // null for the last
	Because   []Mention         `json:"because"`   // none if time alone made it so
	Undecided bool              `json:"undecided"` // which value it is, or the order of events

	from edtf.Date
}

// track follows the value at an address.
func (q *Question) track(a address) *Course {
	c := &Course{Known: q.known, Path: a.Path, Changes: []Turn{}, Remarks: append([]string{}, q.remarks...)}
	for x := range q.changes(a) {
		c.Changes = append(c.Changes, Turn{
			Values: values(append([]string{x.Value}, x.Others...)), From: orNull(x.From), Until: orNull(x.Until),
			Because: mentionsOf(x.Because), Undecided: x.Undecided || len(x.Others) > 0, from: x.From,
		})
	}
	if !q.history.Coverage().Horizon.IsZero() {
		c.Remarks = append(c.Remarks, q.horizonRemark())
	}
	return c
}

// changes returns the track of a value.
func (q *Question) changes(a address) iter.Seq[timeline.Change[string, events.Payload]] {
	history := a.about(q.history)
	if !a.dated() {
		return timeline.Track(history, a.pick(edtf.DistantFuture))
	}
	return slices.Values(newDatedTrack(history, a).rows())
}

func writeTrack(p *page, c *Course) {
	var rows [][]string
	shown := map[string]bool{} // the events told of since the last certain value
	var before json.RawMessage // the first value of the row above
	for n, t := range c.Changes {
		from := Said(t.from)
		if t.from.IsZero() {
			from = "at first"
		}
		var because, words []string
		for _, m := range t.Because {
			if !shown[m.Event] {
				because = append(because, m.What+" ["+m.source()+"]")
			}
			shown[m.Event] = true
		}
		switch {
		case len(t.Values) > 1 && len(because) == 0:
			because = []string{"undecided"}
		case len(t.Values) > 1:
			because[0] = "undecided: " + because[0]
		case len(t.Because) == 0 && n > 0:
			because = []string{"by the calendar alone"}
		case len(because) == 0 && n > 0:
			because = []string{"settled"}
		}
		if len(t.Values) == 1 {
			clear(shown)
		}
		if isObject(t.Values[0]) && isObject(before) {
			words = objectWords(before, t.Values)
		} else {
			for _, v := range t.Values {
				words = append(words, Plain(v))
			}
			words = []string{strings.Join(words, " or ")}
		}
		before = t.Values[0]
		rows = append(rows, []string{from, shorten(strings.Join(words, "; ")), strings.Join(because, "; ")})
	}
	fmt.Fprintf(p, "\n%s\n", p.style("1", oneLine(c.Path)))
	p.table(rows)
}
