package events

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Plan is something that is meant to happen. It proves nothing by itself:
// facts that carry it out link to it.
type Plan struct {
	Title      string                 `json:"title"`
	By         string                 `json:"by,omitzero"`         // who means to do it
	Basis      Basis                  `json:"basis,omitzero"`      // on what the plan's existence rests
	Window     edtf.Date              `json:"window,omitzero"`     // when it is to happen, or to begin; zero if open
	Items      immutable.Table[Item]  `json:"items,omitzero"`      // the things it is for, where they are named
	AtLeast    int                    `json:"atLeast,omitzero"`    // how many things it is for, of which not all need be named
	Target     Number                 `json:"target,omitzero"`     // what is to be reached
	Unit       string                 `json:"unit,omitzero"`       // of the target, such as "cars"
	Condition  string                 `json:"condition,omitzero"`  // what it depends on
	Sites      immutable.Table[Site]  `json:"sites,omitzero"`      // where it is to happen
	Details    immutable.List[string] `json:"details,omitzero"`    // what else is said of it
	Considered edtf.Date              `json:"considered,omitzero"` // since when it is being weighed
	Announced  edtf.Date              `json:"announced,omitzero"`  // when it was announced or reported as decided
	Moved      edtf.Date              `json:"moved,omitzero"`      // when window or sites last changed
	InQuestion edtf.Date              `json:"inQuestionSince,omitzero"`
	Revived    edtf.Date              `json:"revived,omitzero"` // when it was taken up again after it had been dropped
	Remark     Remark                 `json:"remark,omitzero"`

	Fulfilled   edtf.Date `json:"fulfilled,omitzero"`   // when it was carried out as a whole
	FulfilledBy string    `json:"fulfilledBy,omitzero"` // by which event
	Dropped     edtf.Date `json:"dropped,omitzero"`     // when it was given up
	DroppedBy   string    `json:"droppedBy,omitzero"`   // by which event
	InFavourOf  string    `json:"inFavourOf,omitzero"`  // the plan that took its place
}

// A Basis is what the existence of a plan rests on.
type Basis string

// What the existence of a plan rests on.
const (
	BasisAnnounced Basis = "announced" // by those who plan
	BasisReported  Basis = "reported"  // by others
	BasisImplied   Basis = "implied"   // by what was said of something else
)

// UnmarshalText reads one of the words above, or nothing.
func (b *Basis) UnmarshalText(text []byte) error {
	switch *b = Basis(text); *b {
	case "", BasisAnnounced, BasisReported, BasisImplied:
		return nil
	}
	return fmt.Errorf("basis %q is none of announced, reported, implied", text)
}

// An Item is one of several things that a plan is for.
type Item struct {
	Platform string    `json:"platform,omitzero"` // of a model
	IsModel  bool      `json:"model,omitzero"`
	IsRegion bool      `json:"isRegion,omitzero"` // a market of several countries
	Done     edtf.Date `json:"done,omitzero"`     // when it was carried out
	DoneBy   string    `json:"doneBy,omitzero"`   // by which event
	Dropped  edtf.Date `json:"dropped,omitzero"`  // when it was given up, and not the plan
}

// A Site is a place where a plan is to happen.
type Site struct {
	Country string `json:"country,omitzero"`
}

// A PlanItem names a plan, or one item of it, that a fact carries out.
type PlanItem struct {
	Plan string `json:"plan"`
	Item string `json:"item,omitzero"` // empty for the plan as a whole
}

// A PlanStatus is where a plan stands on a day. The zero value means that
// there is none.
type PlanStatus string

// Where a plan stands.
const (
	Considered PlanStatus = "considered" // weighed, never announced, no outcome recorded
	Planned    PlanStatus = "planned"    // its window has not opened, or it has none
	Due        PlanStatus = "due"        // the day is in its window
	Overdue    PlanStatus = "overdue"    // its window is over and nothing is recorded
	Fulfilled  PlanStatus = "fulfilled"
	Dropped    PlanStatus = "dropped"
)

// String returns the word, or "no plan".
func (s PlanStatus) String() string {
	if s == "" {
		return "no plan"
	}
	return string(s)
}

// Status returns where p stands on day. The window's own days are in it, and so
// are the gaps of a window that has some.
func (p Plan) Status(day edtf.Day) PlanStatus {
	switch {
	case !p.heardOf():
		return ""
	case p.DroppedBy != "":
		return Dropped
	case p.fulfilled():
		return Fulfilled
	case p.Announced.IsZero():
		return Considered
	case p.Window.IsZero() || day < p.Window.Earliest():
		return Planned
	case day <= p.Window.Latest():
		return Due
	}
	return Overdue
}

// Done returns how many of the things p is for are recorded as done, and how
// many there are, without those that it is no longer for; the latter is 0 if nothing is counted.
func (p Plan) Done() (done, of int) {
	for _, item := range p.Items.All() {
		if !item.Dropped.IsZero() {
			continue
		}
		of++
		if item.DoneBy != "" {
			done++
		}
	}
	return done, max(of, p.AtLeast)
}

// Covers returns whether p is for something. If p is for more things than it names, it
// may be for any other.
func (p Plan) Covers(item string) edtf.Truth {
	switch i, named := p.Items.Get(item); {
	case named && i.Dropped.IsZero():
		return edtf.Certain
	case named || p.AtLeast <= p.Items.Len():
		return edtf.No
	}
	return edtf.Possible
}

// EndedBy returns the events that fulfilled or dropped p. A plan for several things
// is fulfilled by the events that carried out each.
func (p Plan) EndedBy() immutable.Names {
	switch {
	case p.DroppedBy != "":
		return immutable.NamesOf(p.DroppedBy)
	case p.FulfilledBy != "":
		return immutable.NamesOf(p.FulfilledBy)
	case !p.fulfilled():
		return immutable.NamesOf()
	}
	var names []string
	for _, item := range p.Items.All() {
		if item.Dropped.IsZero() {
			names = append(names, item.DoneBy)
		}
	}
	return immutable.NamesOf(names...)
}

func (p Plan) fulfilled() bool {
	done, of := p.Done()
	return p.FulfilledBy != "" || of > 0 && done >= of
}

func (p Plan) equal(q Plan) bool {
	return p.Title == q.Title && p.By == q.By && p.Basis == q.Basis && p.Window == q.Window && p.AtLeast == q.AtLeast &&
		p.Target == q.Target && p.Unit == q.Unit && p.Condition == q.Condition &&
		p.Considered == q.Considered && p.Announced == q.Announced && p.Moved == q.Moved && p.InQuestion == q.InQuestion &&
		p.Fulfilled == q.Fulfilled && p.FulfilledBy == q.FulfilledBy &&
		p.Dropped == q.Dropped && p.DroppedBy == q.DroppedBy && p.InFavourOf == q.InFavourOf &&
		p.Revived == q.Revived && p.Remark == q.Remark && p.Items.EqualFunc(q.Items, same) && p.Sites.EqualFunc(q.Sites, same) && p.Details.Equal(q.Details)
}

// heardOf reports whether there is more of p than a fact that refers to it.
func (p Plan) heardOf() bool {
	return !p.Considered.IsZero() || !p.Announced.IsZero() || p.DroppedBy != ""
}
