package explorer

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/asof"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A page is what the template shows.
type page struct {
	Title, Heading string
	Edition        string
	Problem        string

	On, Known, Since string
	First, Last      edtf.Day // of the sliders
	OnDay, KnownDay  edtf.Day
	Earlier, Later   step
	Reset            string // without what is compared
	Source, Search   string
	Sources          []seeds.Source
	Kept             map[string]string // what the form leaves as it is
	Chart, Narrow    template.HTML
	Panel            *panel
	Changes          *changes
	Sections         []*section
	Pending          []pendingEvent
	MorePending      int // that are left out
	Silent           []timeline.Silence
	Remarks          []string
	Events           eventList
	API              string
}

// A step leads to another day.
type step struct {
	Link string
	Day  edtf.Day
	None bool // there is no other day
}

// A pendingEvent is an undecided event, and what hangs on it.
type pendingEvent struct {
	*asof.Pending
	Link  string
	Lines []string
}

// maxPending is how many undecided events are listed.
const maxPending = 100

// How wide the charts of the page are, and how many rows of a lane they have at
// most.
const (
	chartWidth  = 960
	narrowWidth = 420
	chartRows   = 60
)

// page works out everything that v shows.
func (v *view) page() (*page, error) {
	a := v.q.Answer()
	p := &page{
		Title: v.ed.File.Title, Heading: v.heading(), Edition: v.ed.name(), Problem: v.ed.problem,
		On: v.on.String(), Known: v.known, First: v.ed.first, Last: max(v.ed.last, v.on), OnDay: v.on,
		Source: v.source, Search: v.search, Sources: v.ed.File.Sources, Kept: map[string]string{},
		Silent: a.NotRecorded, Remarks: a.Remarks, API: "/api/asof?" + v.apiQuery(),
	}
	p.First = min(p.First, v.on)
	p.KnownDay = p.Last
	if known, ok := v.q.History().Known(); ok {
		p.KnownDay = known
	}
	p.Kept["since"] = p.On // where one comes from
	for _, name := range []string{"why", "event"} {
		if value := v.query().Get(name); value != "" {
			p.Kept[name] = value
		}
	}
	p.Earlier = v.step(v.ed.before(v.on))
	p.Later = v.step(v.ed.following(v.on))
	if v.since != nil {
		p.Since, p.Reset = v.since.String(), v.address("since", "")
	}
	var err error
	if p.Changes, err = v.changes(); err != nil {
		return nil, err
	}
	var changed []string
	if p.Changes != nil {
		changed = p.Changes.paths
	}
	p.Sections = v.sectionsOf(a, changed)
	for n := range a.Pending {
		e := &a.Pending[n]
		if !hasAll(e.Event+" "+e.What, v.search) {
			continue
		}
		lines := e.Conditions()
		for m := range e.Changes {
			if !e.Taken {
				lines = append(lines, e.Changes[m].Text())
			}
		}
		if len(p.Pending) == maxPending {
			p.MorePending = len(a.Pending) - n
			break
		}
		p.Pending = append(p.Pending, pendingEvent{e, v.eventLink(e.Event), lines})
	}
	p.Events = v.events()
	if err = v.charts(p); err != nil {
		return nil, err
	}
	p.Panel, err = v.panel()
	return p, err
}

// heading says what the page is about, with the day.
func (v *view) heading() string {
	s := v.ed.File.Title + " on " + v.on.String()
	if v.source != "" {
		s += ", according to " + v.source
	}
	if v.known != "" {
		s += ", as known on " + v.known
	}
	return s
}

func (v *view) step(day edtf.Day) step {
	return step{v.goTo(day), day, day == v.on}
}

// apiQuery returns the parameters of v for the API.
func (v *view) apiQuery() string {
	q := v.query("since", "", "why", "", "event", "", "q", "", "page", "")
	return q.Encode()
}

// charts draws the history as v has it, once for wide and once for narrow
// screens.
func (v *view) charts(p *page) error {
	c := v.linked(v.ed.chart(v.q, v.known, v.source))
	c.On = v.on.Date()
	c.Range = edtf.Between(v.ed.first, v.ed.last)
	c.Title = v.heading()
	var wide, narrow bytes.Buffer
	if err := c.SVG(&wide, &chart.SVGOptions{Width: chartWidth, Bare: true, Untitled: true, ID: "wide"}); err != nil {
		return err
	}
	err := c.SVG(&narrow, &chart.SVGOptions{Width: narrowWidth, Bare: true, Untitled: true, ID: "narrow", Stacked: true})
	p.Chart, p.Narrow = template.HTML(wide.String()), template.HTML(narrow.String()) // the chart escapes all texts
	return err
}

// linked returns a copy of a chart in which the names of events lead to where v
// tells them.
func (v *view) linked(c *chart.Chart) *chart.Chart {
	other := *c
	other.Lanes = slices.Clone(c.Lanes)
	for l := range other.Lanes {
		lane := &other.Lanes[l]
		lane.Rows = slices.Clone(lane.Rows)
		for r := range lane.Rows {
			row := &lane.Rows[r]
			row.Items = slices.Clone(row.Items)
			for n := range row.Items {
				if name := row.Items[n].Link; name != "" {
					row.Items[n].Link = v.eventLink(name)
				}
			}
		}
	}
	return &other
}

// changes are what differs between two days.
type changes struct {
	Title  string
	Groups []changeGroup
	More   int
	paths  []string
}

// A changeGroup is what one thing changed.
type changeGroup struct {
	Kind   string
	Events []eventRef
	Items  []changeItem
}

// An eventRef is an event that is named, and where it is told.
type eventRef struct {
	asof.Mention
	Link string
	Rank string // empty if it is normal
}

type changeItem struct{ Path, Why, Text string }

// maxChanges is how many changes are listed.
const maxChanges = 200

// kinds are those of changes, in their order.
var kinds = []struct{ key, title string }{
	{"happened", "Happened"},
	{"learned", "Became known"},
	{"corrected", "Corrected"},
	{"calendar", "By the calendar alone"},
}

// changes returns what differs from the day one comes from; nil if there is
// none.
func (v *view) changes() (*changes, error) {
	if v.since == nil || *v.since == v.on {
		return nil, nil
	}
	from, to := *v.since, v.on
	c := &changes{Title: fmt.Sprintf("Changed since %v", from)}
	if from > to {
		from, to = to, from
		c.Title = fmt.Sprintf("Not yet so, but by %v", to)
	}
	q, err := v.ed.ask(asof.Terms{On: to.String(), Since: from.String(), Known: v.known, According: v.source})
	if err != nil {
		return nil, err
	}
	d, err := q.Diff()
	if err != nil {
		return nil, err
	}
	for n := range d.Changes {
		x := &d.Changes[n]
		c.paths = append(c.paths, x.Path)
		if n >= maxChanges {
			c.More++
			continue
		}
		c.add(v, x)
	}
	slices.SortStableFunc(c.Groups, func(a, b changeGroup) int {
		return cmp.Or(cmp.Compare(kindOrder(a.Kind), kindOrder(b.Kind)), cmp.Compare(firstDay(a), firstDay(b)))
	})
	for n := range slices.Backward(c.Groups) { // each kind is named once
		if n > 0 && c.Groups[n].Kind == c.Groups[n-1].Kind {
			c.Groups[n].Kind = ""
		}
	}
	return c, nil
}

func kindOrder(title string) int {
	for n, k := range kinds {
		if k.title == title {
			return n
		}
	}
	return len(kinds)
}

func firstDay(g changeGroup) edtf.Day {
	if len(g.Events) == 0 {
		return edtf.DistantPast
	}
	return g.Events[0].When.Latest()
}

// add adds a change to those with the same causes.
func (c *changes) add(v *view, x *asof.Difference) {
	kind := x.Kind
	for _, k := range kinds {
		if k.key == x.Kind {
			kind = k.title
		}
	}
	refs := v.refs(x.Because)
	item := changeItem{x.Path, v.whyLink(x.Path), x.Text()}
	same := func(g changeGroup) bool {
		return g.Kind == kind && slices.EqualFunc(g.Events, refs, func(a, b eventRef) bool { return a.Event == b.Event })
	}
	if n := slices.IndexFunc(c.Groups, same); n >= 0 {
		c.Groups[n].Items = append(c.Groups[n].Items, item)
		return
	}
	c.Groups = append(c.Groups, changeGroup{kind, refs, []changeItem{item}})
}

func (v *view) refs(mentions []asof.Mention) []eventRef {
	var refs []eventRef
	for _, m := range mentions {
		refs = append(refs, eventRef{Mention: m, Link: v.eventLink(m.Event)})
	}
	return refs
}

// An eventList is a page of the events that are looked for.
type eventList struct {
	Rows           []eventRow
	Found, All     int
	First, Last    int // which of those found are on the page
	Previous, Next string
}

type eventRow struct {
	asof.Listed
	Link, Day string // where it is told, and the page of its day
	Had       string
	Shown     bool // it is the one that is told
}

// perPage is how many events are listed at once.
const perPage = 100

// events lists the events in which the words that are looked for occur, by
// date.
func (v *view) events() eventList {
	all := v.q.Events().Events
	found := slices.DeleteFunc(slices.Clone(all), func(e asof.Listed) bool { return !matches(&e, v.search) })
	slices.SortStableFunc(found, func(a, b asof.Listed) int {
		return cmp.Or(cmp.Compare(a.When.Latest(), b.When.Latest()), cmp.Compare(a.When.Earliest(), b.When.Earliest()))
	})
	l := eventList{Found: len(found), All: len(all), First: min((v.number-1)*perPage, len(found))}
	l.Last = min(l.First+perPage, len(found))
	for _, e := range found[l.First:l.Last] {
		l.Rows = append(l.Rows, eventRow{e, v.eventLink(e.Event), v.goTo(e.When.Latest()), e.Had(v.on), e.Event == v.event})
	}
	if v.number > 1 {
		l.Previous = v.address("page", fmt.Sprint(v.number-1)) + "#events"
	}
	if l.Last < l.Found {
		l.Next = v.address("page", fmt.Sprint(v.number+1)) + "#events"
	}
	return l
}

// matches reports whether each of the words occurs in what is said of an event.
func matches(e *asof.Listed, words string) bool {
	text := strings.Join([]string{e.Event, e.Type, e.What, e.Note, e.When.String(), e.Known.String()}, " ")
	for _, c := range e.Cites {
		text += " " + c.String()
	}
	return hasAll(text, words)
}

// A panel tells one thing: why a value is as it is, or all of an event.
type panel struct {
	Close string
	Why   *whyPanel
	Event *eventPanel
}

func (v *view) panel() (*panel, error) {
	p := &panel{Close: v.address("why", "", "event", "")}
	switch {
	case v.why != "":
		x, err := v.q.Why(v.why)
		if err != nil {
			return nil, &badRequest{err, pageParams}
		}
		p.Why = v.whyPanel(x)
		return p, nil
	case v.event != "":
		p.Event = v.eventPanel()
		return p, nil
	}
	return nil, nil
}

// A whyPanel explains a value.
type whyPanel struct {
	*asof.Explanation
	Reasons   []whyReason
	Unknown   []citedEvent
	Corrected []citedEvent
	Comes     []citedEvent
	ComesWhen string
	Course    []courseRow
	Claims    []claimRow
	API       string
}

type whyReason struct {
	Opening string
	Because []citedEvent
}

// A citedEvent is an event with the places in the sources that tell it.
type citedEvent struct {
	eventRef
	Lines []string
	Cites []cite
}

// A cite is a place in a source.
type cite struct {
	timeline.Citation
	Text, Address string
}

type courseRow struct{ From, Value string }

type claimRow struct {
	Link, Event, Value, Sources string
}

func (v *view) whyPanel(x *asof.Explanation) *whyPanel {
	w := &whyPanel{Explanation: x, API: "/api/why?" + v.withPath(x.Path)}
	for n, r := range x.Reasons {
		reason := whyReason{Opening: x.Opening(n)}
		for m := range r.Because {
			c := &r.Because[m]
			reason.Because = append(reason.Because, v.cited(c.Mention, c.Effects(m == 0)...))
		}
		w.Reasons = append(w.Reasons, reason)
	}
	for _, m := range x.Unknown {
		w.Unknown = append(w.Unknown, v.cited(m))
	}
	for _, c := range x.Corrected {
		w.Corrected = append(w.Corrected, v.cited(c.Mention))
	}
	if x.Comes != nil {
		w.ComesWhen = x.Comes.When.String()
		for _, m := range x.Comes.Because {
			w.Comes = append(w.Comes, v.cited(m))
		}
	}
	for _, c := range x.Claims {
		w.Claims = append(w.Claims, claimRow{v.eventLink(c.Event), c.Event, asof.Alternatives(c.Values), strings.Join(c.Sources, ", ")})
	}
	if course, err := v.q.Track(x.Path); err == nil && len(course.Changes) > 1 {
		for _, t := range course.Changes {
			row := courseRow{"at first", asof.Alternatives(t.Values)}
			if t.From != nil {
				row.From = t.From.String()
			}
			w.Course = append(w.Course, row)
		}
	}
	return w
}

func (v *view) withPath(path string) string {
	q := v.query("since", "", "why", "", "event", "", "q", "", "page", "")
	q.Set("path", path)
	return q.Encode()
}

// cited returns an event with its sources.
func (v *view) cited(m asof.Mention, lines ...string) citedEvent {
	e := citedEvent{eventRef: eventRef{Mention: m, Link: v.eventLink(m.Event)}, Lines: lines}
	for _, c := range m.Cites {
		e.Cites = append(e.Cites, v.cite(c))
	}
	return e
}

// cite returns a citation with the title and the address of its source.
func (v *view) cite(c timeline.Citation) cite {
	one := cite{Citation: c, Text: c.String()}
	for _, s := range v.ed.File.Sources {
		if s.Key == c.Source {
			one.Address = webAddress(s.Address)
			one.Text = s.Title
			if s.Publisher != "" {
				one.Text += ", " + s.Publisher
			}
			one.Text += placeIn(c)
		}
	}
	return one
}

// placeIn tells the place in a source: ", “History”, paragraph 2, sentence 1".
func placeIn(c timeline.Citation) string {
	text := ""
	if c.Section != "" {
		text += ", “" + c.Section + "”"
	}
	if c.Paragraph > 0 {
		text += fmt.Sprintf(", paragraph %d", c.Paragraph)
	}
	if c.Sentence > 0 {
		text += fmt.Sprintf(", sentence %d", c.Sentence)
	}
	return text
}

// webAddress returns an address if it leads to the web, and nothing if it leads
// anywhere else.
func webAddress(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// An eventPanel tells all of an event.
type eventPanel struct {
	citedEvent
	Type, Data    string
	Had           string
	Day, OnDay    string // the page of its day
	Rivals        []eventRef
	Replaces      []eventRef
	ReplacedBy    []eventRef
	After         []eventRef
	NotKnown      bool // it could not be known then, or is not of the source
	KnownSameTime bool
}

func (v *view) eventPanel() *eventPanel {
	e, _ := v.ed.find(v.event)
	m := asof.MentionOf(e)
	p := &eventPanel{citedEvent: v.cited(m), OnDay: e.When.Latest().String(), Day: v.goTo(e.When.Latest()), KnownSameTime: m.Known == m.When}
	if e.Data != nil {
		p.Type = e.Data.Type().Name
		if forms, err := timeline.Encode(events.Codec(), e); err == nil && len(forms) == 1 {
			p.Data = indented(forms[0].Data.Data)
		}
	}
	p.Rank = rankOf(e)
	p.NotKnown = true
	for _, row := range v.q.Events().Events {
		if row.Event == v.event {
			p.NotKnown, p.Had = false, row.Had(v.on)
		}
	}
	for other := range v.ed.File.Timeline.Events() {
		ref := eventRef{Mention: asof.MentionOf(other), Link: v.eventLink(other.Label()), Rank: rankOf(other)}
		switch {
		case other.ID == e.ID:
			continue
		case slices.Contains(e.Replaces, other.ID):
			p.Replaces = append(p.Replaces, ref)
		case slices.Contains(other.Replaces, e.ID):
			p.ReplacedBy = append(p.ReplacedBy, ref)
		case e.Rival != "" && other.Rival == e.Rival:
			p.Rivals = append(p.Rivals, ref)
		case slices.Contains(e.After, other.ID):
			p.After = append(p.After, ref)
		}
	}
	return p
}

// rankOf returns the rank of an event among its rivals, empty if it is normal.
func rankOf(e events.Event) string {
	if e.Rank == timeline.Normal {
		return ""
	}
	return e.Rank.String()
}

func indented(text []byte) string {
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return string(text)
	}
	return b.String()
}
