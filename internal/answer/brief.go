package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Brief is what matters most of a state.
type Brief struct {
	Owners, OnSale, Making, Markets []string
	Overdue, Undecided              int
}

// Brief returns what matters most of the state.
func (a *Answer) Brief() Brief {
	s := a.State
	b := Brief{Owners: LargestOwners(s), OnSale: OnSale(s), Making: MakingPlants(s), Markets: OpenMarkets(s), Undecided: len(a.Pending)}
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
	if len(parts) == 0 {
		said = "nothing is recorded yet of cars of " + name
	}
	if len(b.Owners) > 0 {
		said += "; its largest owner is " + b.Owners[0]
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

// LargestOwners returns who has the largest shares, and who has agreed to buy some.
func LargestOwners(s events.Report) (all []string) {
	type owner struct {
		share float64
		text  string
	}
	var owners []owner
	for holder, stake := range s.Stakes.All() {
		least, _ := stake.Percent.Bounds()
		text := holder + " " + stake.Percent.String()
		if stake.Agrees.Told() {
			if text = fmt.Sprintf("%s (%v agreed)", text, stake.Agrees); stake.Percent == events.Exactly(0).In("%") {
				text = fmt.Sprintf("%s (%v agreed)", holder, stake.Agrees)
			}
			agreed, _ := stake.Agrees.Bounds()
			least = max(least, agreed)
		}
		if least >= 5 {
			owners = append(owners, owner{least, text})
		}
	}
	slices.SortStableFunc(owners, func(a, b owner) int { return cmp.Compare(b.share, a.share) })
	for _, o := range owners {
		all = append(all, o.text)
	}
	return all
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

// MakingPlants returns where cars are made, with the models.
func MakingPlants(s events.Report) (all []string) {
	for name, p := range s.Plants.All() {
		for model, m := range p.Models.All() {
			if m.Running() {
				all = append(all, name+abroad(s, p)+" ("+model+")")
			}
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
		switch {
		case d.Model != "":
		case end-first > 360:
			year = d.Count.String() + " in " + d.Period.English()
		case end > latest && end-first < 31:
			last, latest = d.Count.String()+" in "+d.Period.English(), end
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
