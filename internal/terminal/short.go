package terminal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// longState is from how many entries on a state begins with what matters most.
const longState = 40

// shortRows returns what matters most of a state that is long, a line each.
func shortRows(r *answer.Answer) (rows [][]string) {
	s := r.State
	if s.Models.Len()+s.Plans.Len()+s.Stakes.Len()+s.Markets.Len()+s.Deliveries.Len() < longState {
		return nil
	}
	owners, agreed := answer.LargestOwners(s)
	rows = [][]string{
		{"listed", strings.Join(answer.ListedIn(s), ", ")},
		{"owners", strings.Join(append(owners, agreed...), ", ")},
		{"on sale", strings.Join(answer.OnSale(s), ", ")},
		{"made at", strings.Join(answer.MakingPlants(s), ", ")},
		{"sold in", strings.Join(answer.OpenMarkets(s), ", ")},
		{"delivered", answer.LastDelivered(s)},
		{"plans", answer.PlanCounts(s)},
		{"undecided", fmt.Sprintf("%d things, at the end", len(r.Pending))},
	}
	return slices.DeleteFunc(rows, func(row []string) bool { return row[1] == "" })
}
