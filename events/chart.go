package events

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The lanes of a company's chart, in their order.
const (
	LaneCompany      = "Company"
	LaneOwners       = "Owners"
	LaneModels       = "Models"
	LaneTechnologies = "Technologies"
	LanePlants       = "Plants"
	LanePartnerships = "Partnerships"
	LaneMarkets      = "Markets"
	LanePlans        = "Plans"
	LaneDeliveries   = "Deliveries"
	LaneContext      = "Context"
)

var laneOrder = []string{
	LaneCompany, LaneOwners, LaneModels, LaneTechnologies, LanePlants, LanePartnerships, LaneMarkets, LanePlans,
	LaneDeliveries, LaneContext,
}

// ChartOptions is what else a chart of a company says. The zero value is the
// default.
type ChartOptions struct {
	Title string
	// On is the day as of which plans are told, the last one if it is the zero
	// Date.
	On edtf.Date
	// Link returns where an event leads; nil for nowhere.
	Link func(Event) string
}

// Chart returns h to be drawn: what lasted as spans, plans with what came of
// them by that day, and everything else as it happened. Events that do not
// count, such as those that were corrected, are left out; rivals are not. Of
// a view, such as that of [timeline.Timeline.KnownOn], it shows what the view
// has.
func Chart(h *History, o ChartOptions) *chart.Chart {
	d := &drawer{history: h, options: o, on: edtf.DistantFuture, rows: map[rowKey]*chart.Row{}, keys: map[string]int{}}
	if !o.On.IsZero() {
		d.on = o.On.Latest()
	}
	d.last = h.At(edtf.DistantFuture)
	for e := range h.Events() {
		if d.shown(e) {
			d.add(e)
		}
	}
	d.addSpans()
	c := &chart.Chart{Title: o.Title, On: o.On, Horizon: h.Coverage().Horizon}
	if known, ok := h.Known(); ok {
		c.Known = known.Date()
	}
	for _, lane := range laneOrder {
		if rows := d.rowsOf(lane); len(rows) > 0 {
			c.Lanes = append(c.Lanes, chart.Lane{Title: lane, Rows: rows})
		}
	}
	return c
}

// A drawer collects the rows of a chart.
type drawer struct {
	history *History
	options ChartOptions
	on      edtf.Day
	last    Snapshot
	rows    map[rowKey]*chart.Row
	keys    map[string]int // how many items have each
}

type rowKey struct{ lane, title string }

// shown reports whether e is drawn: it may count some day, or is a rival that
// does not.
func (d *drawer) shown(e Event) bool {
	if e.Data == nil {
		return false
	}
	return d.last.Happened(e.ID) != edtf.No || e.Rival != "" && e.Rank == timeline.Deprecated && d.known(e)
}

func (d *drawer) known(e Event) bool {
	known, ok := d.history.Known()
	return !ok || e.Known.IsZero() && e.When.Earliest() <= known || !e.Known.IsZero() && e.Known.Earliest() <= known
}

// put adds an item to a row. One event may be several items; of their keys all
// but the first get a number.
func (d *drawer) put(lane, row string, item chart.Item) {
	if d.keys[item.Key]++; item.Key != "" && d.keys[item.Key] > 1 {
		item.Key += "-" + strconv.Itoa(d.keys[item.Key])
	}
	key := rowKey{lane, row}
	if d.rows[key] == nil {
		d.rows[key] = &chart.Row{Title: row}
	}
	d.rows[key].Items = append(d.rows[key].Items, item)
}

// rowsOf returns the rows of a lane, by when they begin.
func (d *drawer) rowsOf(lane string) []chart.Row {
	var rows []chart.Row
	for key, row := range d.rows {
		if key.lane == lane {
			rows = append(rows, *row)
		}
	}
	slices.SortFunc(rows, func(a, b chart.Row) int {
		return cmp.Or(cmp.Compare(begins(a), begins(b)), cmp.Compare(a.Title, b.Title))
	})
	return rows
}

// begins returns the day on which something of a row had certainly begun.
func begins(row chart.Row) edtf.Day {
	first := edtf.DistantFuture
	for _, item := range row.Items {
		for _, d := range []edtf.Date{item.When, item.Told} {
			if !d.IsZero() && (item.Kind != chart.Plan || d == item.Told) {
				_, latest := d.StartBounds()
				first = min(first, latest)
			}
		}
	}
	return first
}

// instant returns e as an item.
func (d *drawer) instant(e Event, label string) chart.Item {
	item := chart.InstantOf(e)
	item.Label, item.Text, item.Link = label, sentence(e), d.link(e)
	item.Undecided = d.last.Happened(e.ID) == edtf.Possible
	return item
}

func (d *drawer) link(e Event) string {
	if d.options.Link == nil {
		return ""
	}
	return d.options.Link(e)
}

// sentence tells an event with its dates.
func sentence(e Event) string {
	s := e.When.String() + ": " + e.Data.String()
	if !e.Known.IsZero() && e.Known != e.When {
		s += ", known " + e.Known.String()
	}
	return s
}
