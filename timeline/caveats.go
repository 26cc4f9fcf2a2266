package timeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Caveats are why an answer is not certain, or why it is not all that there is to
// say. All answers have them. The zero value has none.
type Caveats[E any] struct {
	// Decides are the undecided events that make the difference, in sequence order.
	Decides []Event[E]
	// Horizon is the last day that the sources cover, if the question goes past it.
	// The answer is then that as recorded by that day.
	Horizon edtf.Date
	// NotRecorded is what all sources are silent about, of what was asked.
	NotRecorded []Silence
	// NeverMentioned are the names in the question that no event mentions.
	NeverMentioned []Unmentioned
	// Incomplete says why not all worlds were followed: it is a [*LimitError], or
	// the error of a context. What was found is real, but there may be more.
	Incomplete error
	// Err is a [*FoldError] if the fold refuses an event of the baseline, which only
	// a view or a lenient timeline can have; or it says what is wrong with the
	// question, and then there is no answer.
	Err error
}

// An Unmentioned name is one that no event mentions.
type Unmentioned struct {
	Name string
	Near []string // names like it that events do mention, the nearest first
}

// String returns the name, with those near to it: "plants/Tichy (plants/Tychy?)".
func (u Unmentioned) String() string {
	if len(u.Near) == 0 {
		return u.Name
	}
	return u.Name + " (" + u.Near[0] + "?)"
}

// Complete reports whether all worlds were followed without an error, within what
// the sources cover: whether nothing but undecided events keeps the answer from
// being certain.
func (c *Caveats[E]) Complete() bool {
	return c.Horizon.IsZero() && len(c.NotRecorded)+len(c.NeverMentioned) == 0 && c.Incomplete == nil && c.Err == nil
}

// Remarks returns the caveats but the undecided events, each as a sentence without
// a full stop.
func (c *Caveats[E]) Remarks() []string {
	var remarks []string
	add := func(format string, args ...any) { remarks = append(remarks, fmt.Sprintf(format, args...)) }
	if c.Err != nil {
		add("error: %v", c.Err)
	}
	for _, u := range c.NeverMentioned {
		add("never mentioned: %v", u)
	}
	if topics := c.topics(); topics != "" {
		add("not recorded: %s", topics)
	}
	if !c.Horizon.IsZero() {
		add("as far as recorded, to %v", c.Horizon)
	}
	if c.Incomplete != nil {
		add("incomplete: %v", c.Incomplete)
	}
	return remarks
}

// qualify returns the text of an answer as recorded with the remarks on it. What
// stands in the way of an answer comes first.
func (c *Caveats[E]) qualify(text string) string {
	remarks := c.Remarks()
	switch {
	case c.Err != nil:
		return strings.Join(remarks, "; ")
	case len(c.NeverMentioned)+len(c.NotRecorded) > 0:
		return strings.Join(remarks, "; ") + " (as recorded: " + text + ")"
	}
	return strings.Join(append([]string{text}, remarks...), ", ")
}

// warn returns the text of one of several answers with what is wrong with them all, or with what was asked.
func (c *Caveats[E]) warn(text string) string {
	unheard := Caveats[E]{NeverMentioned: c.NeverMentioned}
	if text = unheard.qualify(text); c.Err != nil {
		text += fmt.Sprintf(", error: %v", c.Err)
	}
	return text
}

// topics returns what is not recorded, as a list.
func (c *Caveats[E]) topics() string {
	var names []string
	for _, s := range c.NotRecorded {
		if name := s.Subject(); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// add takes over why the answer for some day is incomplete, or wrong.
func (c *Caveats[E]) add(incomplete, err error) {
	if c.Incomplete == nil {
		c.Incomplete = incomplete
	}
	if c.Err == nil {
		c.Err = err
	}
}
