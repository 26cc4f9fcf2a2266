package terminal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// longState is from how many entries on a state begins with what matters most.
const longState = 40

// shortRows returns what matters most of a state that is long, a line each.
func shortRows(r *answer.Answer) (rows [][]string) {
	s := r.State
	if s.Models.Len()+s.Plans.Len()+s.Stakes.Len()+s.Markets.Len()+s.Deliveries.Len() < longState {
		return nil
	}
	rows = [][]string{
		{"listed", strings.Join(listedIn(s), ", ")},
		{"owners", strings.Join(largestOwners(s), ", ")},
		{"on sale", strings.Join(onSale(s), ", ")},
		{"made at", strings.Join(makingPlants(s), ", ")},
		{"sold in", strings.Join(openMarkets(s), ", ")},
		{"delivered", lastDelivered(s)},
		{"plans", planCounts(s)},
		{"undecided", fmt.Sprintf("%d things, at the end", len(r.Pending))},
	}
	return slices.DeleteFunc(rows, func(row []string) bool { return row[1] == "" })
}

func listedIn(s events.Report) (all []string) {
	for exchange, l := range s.Listings.All() {
		if l.Until.IsZero() {
			all = append(all, exchange)
		}
	}
	return all
}

// largestOwners returns who has the largest shares, and who has agreed to buy some.
func largestOwners(s events.Report) (all []string) {
	type owner struct {
		share float64
		text  string
	}
	var owners []owner
	for holder, stake := range s.Stakes.All() {
		least, _ := stake.Percent.Bounds()
		text := holder + " " + stake.Percent.String()
		if stake.Agrees.Told() {
			text += fmt.Sprintf(" (%v agreed)", stake.Agrees)
			least, _ = stake.Agrees.Bounds()
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

func onSale(s events.Report) (all []string) {
	for name, m := range s.Models.All() {
		if m.Status == events.StatusOnSale {
			all = append(all, name)
		}
	}
	return all
}

func makingPlants(s events.Report) (all []string) {
	for name, p := range s.Plants.All() {
		for model, m := range p.Models.All() {
			if m.Running() {
				all = append(all, name+" ("+model+")")
			}
		}
	}
	return all
}

func openMarkets(s events.Report) (all []string) {
	for name, m := range s.Markets.All() {
		if m.Left.IsZero() && m.Suspended.IsZero() && !m.Since.IsZero() {
			all = append(all, name)
		}
	}
	return all
}

// lastDelivered returns the deliveries of all models in the last period that is recorded,
// and in the last year.
func lastDelivered(s events.Report) string {
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
	return answer.Join(", ", last, year)
}

func planCounts(s events.Report) string {
	counts := map[events.PlanStatus]int{}
	for _, p := range s.Plans.All() {
		counts[p.Status]++
	}
	var all []string
	for _, status := range planOrder {
		if n := counts[status]; n > 0 {
			all = append(all, fmt.Sprintf("%d %s", n, status))
		}
	}
	return strings.Join(all, ", ")
}
