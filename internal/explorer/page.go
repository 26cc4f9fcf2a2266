package explorer

import (
	"bytes"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A page is what the template shows.
type page struct {
	Title, Heading string
	Summary        string
	Cards          []card
	Presets        []preset
	Lanes          []laneLink
	Whole          string // the address of the chart of all days, if it is not
	Axis           chartAxis
	Picture, Embed string  // the chart as a file, and the page for others to have in theirs
	Taken          []taken // what there is to take along beside the picture
	Embedded       bool    // the page is in another one
	Exported       bool    // the page is a file
	Generation     string
	Problem        string

	On, Known       string
	First, Last     edtf.Day // of the sliders
	OnDay, KnownDay edtf.Day
	Earlier, Later  stop
	Source, Search  string
	Sources         []seeds.Source
	Kept            map[string]string // what the form leaves as it is
	Chart           template.HTML
	Panel           *panel
	Changes         *changes
	Sections        []*section
	Pending         []pendingEvent
	MorePending     int // that are left out
	Silent          []timeline.Silence
	Subject         func(timeline.Silence) string // of each of them
	Remarks         []string
	Events          eventList
	API             string
}

// A stop is another day, and the step that leads there.
type stop struct {
	Link string
	Day  edtf.Day
	None bool // there is no other day
}

// A pendingEvent is an undecided event, and what hangs on it.
type pendingEvent struct {
	*answer.Pending
	Link string
}

// maxPending is how many undecided events are listed.
const maxPending = 100

// chartRows is how many rows of a lane a chart has at most.
const chartRows = 60

// page works out everything that v shows.
func (v *view) page() (*page, error) {
	a := v.q.Answer()
	p := &page{
		Title: v.ed.File.Title, Heading: v.heading(), Generation: v.ed.name(), Problem: v.ed.problem,
		On: v.here.on.String(), Known: v.here.knownText(), First: v.ed.first, Last: max(v.ed.last, v.here.on), OnDay: v.here.on,
		Source: v.source, Search: v.search, Sources: v.ed.File.Sources, Kept: map[string]string{},
		Silent: a.NotRecorded, Subject: a.Subject, Remarks: a.Remarks, API: v.api("/api/asof?" + v.apiQuery().Encode()), Exported: v.exported,
	}
	p.First = min(p.First, v.here.on)
	p.KnownDay = p.Last
	if p.Known != "" {
		p.KnownDay = v.here.known
	}
	p.Kept["since"], p.Kept["then"] = p.On, v.here.then() // where one comes from
	for _, name := range []string{"why", "event", "from", "to", "hide"} {
		if value := v.query().Get(name); value != "" {
			p.Kept[name] = value
		}
	}
	p.Earlier = v.stop(v.ed.before(v.here.on))
	p.Later = v.stop(v.ed.following(v.here.on))
	drawn := make(chan error, 1)
	go func() { drawn <- v.charts(p) }() // it takes as long as all else
	var err error
	if p.Changes, err = v.changes(); err != nil {
		<-drawn
		return nil, err
	}
	changed := changedPaths{}
	if p.Changes != nil && !v.exported { // a file is compared, or not
		changed = newChangedPaths(p.Changes)
	}
	p.Summary, p.Cards = v.summary(a)
	p.Presets = v.presets()
	p.Sections = v.sectionsOf(a, changed)
	for n := range a.Pending {
		e := &a.Pending[n]
		if !hasAll(e.Event+" "+e.What, v.search) {
			continue
		}
		if len(p.Pending) == maxPending {
			p.MorePending++
			continue
		}
		p.Pending = append(p.Pending, pendingEvent{e, eventLink(e.Event)})
	}
	p.Events = v.events()
	if err = <-drawn; err != nil {
		return nil, err
	}
	p.Panel, err = v.panel()
	return p, err
}

// heading says what the page is about, with the day.
func (v *view) heading() string {
	s := v.ed.File.Title + " on " + words.Day(v.here.on)
	if v.source != "" {
		s += ", according to " + v.source
	}
	if v.here.known != edtf.DistantFuture {
		s += ", as known on " + words.Day(v.here.known)
	}
	return s
}

func (v *view) stop(day edtf.Day) stop {
	return stop{goTo(day), day, day == v.here.on}
}

// apiQuery returns the parameters of v for the API.
func (v *view) apiQuery() url.Values {
	return v.query("since", "", "then", "", "why", "", "event", "", "q", "", "page", "", "from", "", "to", "", "hide", "")
}

// charts draws the history as v has it.
func (v *view) charts(p *page) error {
	p.Axis = v.axis()
	if v.zoomed {
		p.Whole = step("from", "", "to", "")
	}
	kept := v.query("since", "", "then", "", "why", "", "event", "", "page", "").Encode()
	title := answer.OneLine(v.ed.File.Title)
	p.Picture, p.Taken, p.Embed = "chart.svg", takenForms("", "", title), ""
	if !v.exported {
		p.Picture, p.Taken, p.Embed = "/chart.svg?"+kept, takenForms("/", kept, title), embedPath+"?"+kept
	}
	c := v.drawn(v.heading(), eventLink)
	p.Lanes = v.lanes(c)
	c.Lanes = v.shown(c.Lanes)
	picture, err := v.svg(c, chart.SVGOptions{Bare: true, Untitled: true, ID: "c"})
	p.Chart = chartBlocks(string(picture))
	return err
}

// picture returns the chart of v as a file of its own, with its title and style, and
// without links.
func (v *view) picture() ([]byte, error) {
	c := v.drawn(answer.OneLine(v.ed.File.Title), func(string) string { return "" })
	c.Lanes = v.shown(c.Lanes)
	return v.svg(c, chart.SVGOptions{})
}

// svg draws a chart as wide as v has it.
func (v *view) svg(c *chart.Chart, o chart.SVGOptions) ([]byte, error) {
	o.Width, o.Dense, o.Stacked = v.width, true, v.width < narrowChart
	var picture bytes.Buffer
	err := c.SVG(&picture, &o)
	return picture.Bytes(), err
}

// axis returns the days that the chart may show, and those that it does.
func (v *view) axis() chartAxis {
	a := chartAxis{First: v.ed.first, Last: v.ed.drawnTo(v.here.on)}
	a.From, a.To = a.First, a.Last
	if v.zoomed {
		a.From, a.To = v.from, v.to
	}
	return a
}

// shown returns the lanes that are not left out.
func (v *view) shown(lanes []chart.Lane) []chart.Lane {
	return slices.DeleteFunc(lanes, func(l chart.Lane) bool { return slices.Contains(v.hidden, laneName(l)) })
}

// A chartAxis is the days that a chart may show, and those that it does.
type chartAxis struct{ First, Last, From, To edtf.Day }

// A laneLink leads to the chart with a lane, or without.
type laneLink struct {
	Title, Link string
	Hidden      bool
}

func laneName(l chart.Lane) string { return strings.ToLower(l.Title) }

// lanes returns links that hide the lanes of a chart, or show them again.
func (v *view) lanes(c *chart.Chart) (all []laneLink) {
	for _, lane := range c.Lanes {
		name := laneName(lane)
		hidden := slices.Contains(v.hidden, name)
		others := slices.DeleteFunc(slices.Clone(v.hidden), func(h string) bool { return h == name })
		if !hidden {
			others = append(others, name)
		}
		all = append(all, laneLink{lane.Title, step("hide", strings.Join(others, ",")), hidden})
	}
	return all
}

// drawn returns the chart of v, in which the names of events lead to where they are told.
// What is not looked for is faint.
func (v *view) drawn(title string, link func(event string) string) *chart.Chart {
	c := *v.ed.chart(v.q, v.here.knownText(), v.source)
	a := v.axis()
	c.On, c.Title, c.Source, c.Range = v.here.on.Date(), title, v.ed.Credit(), edtf.Between(a.From, a.To)
	c.Lanes = slices.Clone(c.Lanes)
	for l := range c.Lanes {
		lane := &c.Lanes[l]
		lane.Rows = slices.Clone(lane.Rows)
		for r := range lane.Rows {
			row := &lane.Rows[r]
			row.Items = slices.Clone(row.Items)
			for n := range row.Items {
				item := &row.Items[n]
				if item.Link != "" {
					item.Link = link(item.Link)
				}
				item.Dim = v.search != "" && !hasAll(row.Title+" "+item.Label+" "+item.Text, v.search)
			}
		}
	}
	return &c
}
