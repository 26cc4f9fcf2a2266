package events

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The lanes of a company's chart, in their order. There is one of plans for each of
// their states, as "Plans: overdue".
const (
	LaneCompany      = "Company"
	LanePeople       = "People"
	LaneOwners       = "Owners"
	LaneModels       = "Models"
	LaneTechnologies = "Technologies"
	LanePlants       = "Plants"
	LanePartnerships = "Partnerships"
	LaneMarkets      = "Markets"
	LanePlans        = "Plans"
	LaneDeliveries   = "Deliveries"
	LaneFigures      = "Figures"
	LaneFacts        = "Other facts"
	LaneContext      = "Context"
)

var laneOrder = []string{
	LaneCompany, LanePeople, LaneOwners, LaneModels, LaneTechnologies, LanePlants, LanePartnerships, LaneMarkets,
	lanesOfPlans[Overdue], lanesOfPlans[Due], lanesOfPlans[Planned], lanesOfPlans[Fulfilled], lanesOfPlans[Dropped],
	LaneDeliveries, LaneFigures, LaneFacts, LaneContext,
}

// lanesOfPlans are the lanes in which plans of a status are.
var lanesOfPlans = map[PlanStatus]string{
	Overdue: LanePlans + ": overdue", Due: LanePlans + ": due", Planned: LanePlans + ": ahead", Considered: LanePlans + ": ahead",
	Fulfilled: LanePlans + ": fulfilled", Dropped: LanePlans + ": dropped",
}

// ChartOptions is what else a chart of a company says. The zero value is the
// default. Of a plot only Title and On are used.
type ChartOptions struct {
	Title string
	// On is the day as of which plans are shown; the last that the sources cover if it is
	// the zero Date.
	On edtf.Date
	// Link returns where an event leads; nil for nowhere.
	Link func(Event) string
	// MaxRows is how many rows of a lane are made, those that begin first; 0 for
	// all. Of many events it saves most of the work.
	MaxRows int
	// Like is a chart of the same history that differs in On alone. What does not depend
	// on the day, which is most of the work, is taken from it. It may be nil.
	Like *chart.Chart
}

// chartEffort is what may be done for each of the many questions of a chart.
const chartEffort = timeline.DefaultEffort / 8

// Chart returns h to be drawn: what lasted as spans, plans with what came of
// them by that day, and everything else as it happened. Events that do not
// count, such as those that were corrected, are left out; rivals are not. Of
// a view, such as that of [timeline.Timeline.KnownOn], it shows what the view
// has.
func Chart(h *History, o ChartOptions) *chart.Chart {
	h = h.WithEffort(chartEffort)
	d := &chartBuilder{
		history: h, options: o, on: edtf.DistantFuture, rows: map[rowKey]*chart.Row{}, begins: map[rowKey]edtf.Day{},
		spans: map[rowKey][]func(){}, keys: map[string]int{}, when: map[string]edtf.Date{},
		replaced: map[uuid.UUID]bool{}, plans: map[string]string{}, titles: map[string]bool{}, moves: map[string][]Event{},
	}
	switch horizon := h.Horizon(); {
	case !o.On.IsZero():
		d.on = o.On.Latest()
	case !horizon.IsZero():
		d.on = horizon.Latest()
	}
	d.last = h.At(edtf.DistantFuture)
	for e := range h.Events() {
		d.when[e.Label()] = e.When
		for _, id := range e.Replaces {
			d.replaced[id] = true
		}
	}
	for e := range h.Events() {
		if p, ok := e.Data.(PlanMoved); ok && d.shown(e) && !p.Window.IsZero() && e.When.Latest() <= d.on {
			d.moves[p.Plan] = append(d.moves[p.Plan], e)
		}
	}
	for e := range h.Events() {
		if d.shown(e) {
			d.addOutlines(e)
		}
	}
	for e := range h.Events() {
		if d.shown(e) {
			d.add(e)
		}
	}
	d.findSpans()
	c := &chart.Chart{Title: o.Title, On: o.On, Horizon: h.Horizon()}
	if known, ok := h.KnowledgeDay(); ok {
		c.Known = known.Date()
	}
	for _, lane := range laneOrder {
		if rows, more := d.rowsOf(lane); len(rows) > 0 {
			c.Lanes = append(c.Lanes, chart.Lane{Title: lane, Rows: rows, More: more, Colour: 1}) // colours are for states
		}
	}
	return c
}

// A chartBuilder collects the rows of a chart.
type chartBuilder struct {
	history *History
	options ChartOptions
	on      edtf.Day
	last    Snapshot
	rows    map[rowKey]*chart.Row
	begins  map[rowKey]edtf.Day  // when what is known of a row began at the latest
	spans   map[rowKey][]func()  // what adds the spans of a row
	when    map[string]edtf.Date // of each event, by name
	// replaced are the events that others correct, plans the titles of the plans that
	// have a row, by key, and titles those that are taken.
	replaced map[uuid.UUID]bool
	plans    map[string]string
	titles   map[string]bool
	moves    map[string][]Event // of plans, by key, as far as they had happened
	keys     map[string]int     // how many items have each
}

type rowKey struct{ lane, title string }

// happened returns whether e, which is of the history, ever counts.
func (d *chartBuilder) happened(e Event) edtf.Truth {
	truth, _ := d.history.Happened(e.ID, edtf.DistantFuture)
	return truth
}

// shown reports whether e is drawn: it may count some day, or is a rival that
// does not.
func (d *chartBuilder) shown(e Event) bool {
	if e.Data == nil {
		return false
	}
	return d.happened(e) != edtf.No || e.Rival != "" && e.Rank == timeline.RankDeprecated && d.known(e) && !d.replaced[e.ID]
}

func (d *chartBuilder) known(e Event) bool {
	known, ok := d.history.KnowledgeDay()
	return !ok || e.KnowledgeTime().Earliest() <= known
}

// put adds an item to a row. One event may be several items; of their keys all
// but the first get a number.
func (d *chartBuilder) put(lane, row string, item chart.Item) {
	if d.keys[item.Key]++; item.Key != "" && d.keys[item.Key] > 1 {
		item.Key += "-" + strconv.Itoa(d.keys[item.Key])
		d.keys[item.Key]++
	}
	r := d.row(rowKey{lane, row})
	r.Items = append(r.Items, item)
}

// row returns a row, which is made if there is none.
func (d *chartBuilder) row(key rowKey) *chart.Row {
	if d.rows[key] == nil {
		d.rows[key] = &chart.Row{Title: key.title}
		d.begins[key] = edtf.DistantFuture
	}
	return d.rows[key]
}

// has remembers that an event is of a row, which decides where the row stands.
func (d *chartBuilder) has(lane, row string, e Event) {
	key := rowKey{lane, row}
	d.row(key)
	d.begins[key] = min(d.begins[key], e.When.Latest())
}

// rowsOf returns the rows of a lane, by when they begin, and how many are left
// out.
func (d *chartBuilder) rowsOf(lane string) (rows []chart.Row, more int) {
	var keys []rowKey
	for key := range d.rows {
		if key.lane == lane {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b rowKey) int {
		return cmp.Or(cmp.Compare(d.begins[a], d.begins[b]), cmp.Compare(a.title, b.title))
	})
	if most := d.options.MaxRows; most > 0 && len(keys) > most {
		keys, more = keys[:most], len(keys)-most
	}
	for _, key := range keys {
		if !d.takeSpans(key) {
			for _, add := range d.spans[key] {
				add()
			}
		}
		rows = append(rows, *d.rows[key])
	}
	return rows, more
}

// takeSpans adds to a row the spans that it has in the chart that this one is like, and
// reports whether there is such a row. Spans come behind the events of a row.
func (d *chartBuilder) takeSpans(key rowKey) bool {
	if d.options.Like == nil {
		return false
	}
	row := d.rows[key]
	for _, lane := range d.options.Like.Lanes {
		for _, like := range lane.Rows {
			if lane.Title == key.lane && like.Title == key.title && len(like.Items) >= len(row.Items) {
				row.Items = append(row.Items, like.Items[len(row.Items):]...)
				return true
			}
		}
	}
	return false
}

// instant returns e as an item.
func (d *chartBuilder) instant(e Event, label string) chart.Item {
	item := chart.InstantOf(e)
	item.Label, item.Text, item.Link = label, d.sentence(e), d.link(e)
	item.Undecided = d.happened(e) == edtf.Possible
	return item
}

func (d *chartBuilder) link(e Event) string {
	if d.options.Link == nil {
		return ""
	}
	return d.options.Link(e)
}

// sentence is an event with its dates.
func (d *chartBuilder) sentence(e Event) string {
	s := e.When.English() + ": " + Titled(e.Data, d.last.State.TitleIn)
	if known := e.KnowledgeTime(); known != e.When {
		s += ", known " + known.English()
	}
	return s
}
