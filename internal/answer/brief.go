package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Brief is what matters most of a state.
type Brief struct {
	Owners, OnSale, Making, Markets []string
	Overdue, Undecided              int

	cars bool // a model or a plant is recorded
}

// Brief returns what matters most of the state.
func (a *Answer) Brief() Brief {
	s := a.State
	owners, _ := LargestOwners(s)
	b := Brief{
		Owners: owners, OnSale: OnSale(s), Making: MakingPlants(s), Markets: OpenMarkets(s), Undecided: len(a.Pending),
		cars: s.Models.Len()+s.Plants.Len() > 0,
	}
	for _, p := range s.Plans.All() {
		if p.Status == events.Overdue {
			b.Overdue++
		}
	}
	return b
}

// Sentence says what matters most, of a company with a name: "Leapmotor has 4 models on
// sale, makes cars at 2 plants and sells them in 2 markets; 8 plans are overdue."
func (b Brief) Sentence(name string) string {
	var parts []string
	add := func(n int, text, one string) {
		switch {
		case n == 1:
			parts = append(parts, one)
		case n > 1:
			parts = append(parts, fmt.Sprintf(text, n))
		}
	}
	add(len(b.OnSale), "has %d models on sale", "has 1 model on sale")
	add(len(b.Making), "makes cars at %d places", "makes cars at 1 place")
	add(len(b.Markets), "sells them in %d markets", "sells them in 1 market")
	said := name + " " + enumerate(parts)
	switch {
	case len(parts) == 0 && b.cars:
		said = "no car of " + name + " is certainly on sale, or being made"
	case len(parts) == 0:
		said = "nothing is recorded yet of cars of " + name
	}
	if len(b.Owners) > 0 {
		said += "; its largest recorded owner is " + b.Owners[0]
	}
	if b.Overdue == 1 {
		said += "; 1 plan is overdue"
	} else if b.Overdue > 1 {
		said += fmt.Sprintf("; %d plans are overdue", b.Overdue)
	}
	return Sentence(said)
}

// enumerate joins parts as a sentence does: "a, b and c".
func enumerate(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

// PlanOrder is the order in which plans are listed: what is open first.
var PlanOrder = []events.PlanStatus{
	events.Due, events.Overdue, events.Planned, events.Considered, events.Fulfilled, events.Dropped,
}

// ListedIn returns the exchanges at which shares are listed.
func ListedIn(s events.Report) (all []string) {
	for exchange, l := range s.Listings.All() {
		if l.Until.IsZero() {
			all = append(all, exchange)
		}
	}
	return all
}

// largeShare is from how many percent on a share is named beside the largest ones.
const largeShare = 5

// LargestOwners returns who has a share of 5 % or more, the largest first, and who has none and
// has agreed to buy so much: "Stellantis 20 %", and "FAW Group (about 5 % agreed)". Of a share of which only
// bounds are told the lower one counts.
func LargestOwners(s events.Report) (held, agreed []string) {
	type share struct {
		least float64
		text  string
	}
	var owners, buyers []share
	for holder, stake := range s.Stakes.All() {
		least, most := stake.Percent.Bounds()
		buys, _ := stake.Agrees.Bounds()
		note := ""
		if stake.Agrees.Told() {
			note = fmt.Sprintf(" (%v agreed)", stake.Agrees)
		}
		switch {
		case most > 0 && max(least, buys) >= largeShare:
			owners = append(owners, share{least, holder + " " + stake.Percent.String() + note})
		case buys >= largeShare:
			buyers = append(buyers, share{buys, holder + note})
		}
	}
	texts := func(shares []share) (all []string) {
		slices.SortStableFunc(shares, func(a, b share) int { return cmp.Compare(b.least, a.least) })
		for _, s := range shares {
			all = append(all, s.text)
		}
		return all
	}
	return texts(owners), texts(buyers)
}

// OnSale returns the models that are on sale.
func OnSale(s events.Report) (all []string) {
	for name, m := range s.Models.All() {
		if m.Status == events.StatusOnSale {
			all = append(all, name)
		}
	}
	return all
}

// MakingPlants returns the plants at which cars are made, with the models: "Jinhua (C10, T03)".
func MakingPlants(s events.Report) (all []string) {
	for name, p := range s.Plants.All() {
		var made []string
		for model, m := range p.Models.All() {
			if m.Running() {
				made = append(made, model)
			}
		}
		if len(made) > 0 {
			all = append(all, name+abroad(s, p)+" ("+strings.Join(made, ", ")+")")
		}
	}
	return all
}

// abroad returns ", Poland" for a plant there, unless the company has its seat there too.
func abroad(s events.Report, p events.PlantReport) string {
	if p.Country == "" || s.Company == nil || s.Company.Country == "" || p.Country == s.Company.Country {
		return ""
	}
	return ", " + p.Country
}

// OpenMarkets returns the markets in which cars are sold.
func OpenMarkets(s events.Report) (all []string) {
	for name, m := range s.Markets.All() {
		if m.Left.IsZero() && m.Suspended.IsZero() && !m.Since.IsZero() {
			all = append(all, name)
		}
	}
	return all
}

// LastDelivered returns the deliveries of all models in the last period that is recorded,
// and in the last year.
func LastDelivered(s events.Report) string {
	last, year := "", ""
	latest := edtf.DistantPast
	for _, d := range s.Deliveries.All() {
		first, end := d.Period.Bounds()
		told := d.Count.String() + " " + words.In(d.Period)
		switch {
		case d.Model != "" || first == edtf.DistantPast || end == edtf.DistantFuture:
		case end-first > 360:
			year = told
		case end > latest && end-first < 31:
			last, latest = told, end
		}
	}
	return Join(", ", last, year)
}

// PlanCounts returns how many plans stand where: "13 due, 20 overdue".
func PlanCounts(s events.Report) string {
	counts := map[events.PlanStatus]int{}
	for _, p := range s.Plans.All() {
		counts[p.Status]++
	}
	var all []string
	for _, status := range PlanOrder {
		if n := counts[status]; n > 0 {
			all = append(all, fmt.Sprintf("%d %s", n, status))
		}
	}
	return strings.Join(all, ", ")
}
