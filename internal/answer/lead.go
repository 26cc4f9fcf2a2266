package answer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
)

// leads are the sentences that come before parts of a state, by its JSON form.
var leads = map[string]func(events.Report) string{
	"offices": peopleLead, "stakes": ownersLead, "models": modelsLead, "plants": plantsLead,
	"markets": marketsLead, "plans": plansLead, "deliveries": deliveriesLead,
}

// Lead says in a sentence what matters of a part of the state, or nothing: "The
// largest owners are ...", and how much of the part is undecided. The part is named as
// in the JSON form of the state.
func (a *Answer) Lead(part string) string {
	lead := leads[part]
	if lead == nil {
		return ""
	}
	said := lead(a.State)
	undecided := 0
	for n := range a.Pending {
		if a.Pending[n].touches(part) {
			undecided++
		}
	}
	if said == "" || undecided == 0 {
		return said
	}
	if undecided == 1 {
		return said + " 1 event about this is undecided."
	}
	return fmt.Sprintf("%s %d events about this are undecided.", said, undecided)
}

// touches reports whether the event would change a part of the state.
func (e *Pending) touches(part string) bool {
	return slices.ContainsFunc(e.Changes, func(c Effect) bool { return SplitPointer(c.Path)[0] == part })
}

// Counted returns "1 plan is", "2 plans are" or "no plan is".
func Counted(n int, thing string) string {
	switch n {
	case 0:
		return "no " + thing + " is"
	case 1:
		return "1 " + thing + " is"
	}
	return fmt.Sprintf("%d %ss are", n, thing)
}

func ownersLead(s events.Report) string {
	owners, agreed := LargestOwners(s)
	said := ""
	switch len(owners) {
	case 0:
	case 1:
		said = Sentence("the largest recorded owner is " + owners[0])
	default:
		said = Sentence("the largest recorded owners are " + strings.Join(owners, "; "))
	}
	if len(agreed) > 0 {
		said = Join(" ", said, Sentence("shares that are agreed on and not yet held: "+strings.Join(agreed, "; ")))
	}
	return said
}

func modelsLead(s events.Report) string {
	sold := OnSale(s)
	return Sentence(Join(": ", Counted(len(sold), "model")+" on sale", strings.Join(sold, ", ")))
}

func plantsLead(s events.Report) string {
	var names []string
	for name := range s.Plants.All() {
		names = append(names, name)
	}
	lead := Counted(len(names), "plant") + " recorded: " + strings.Join(names, ", ")
	if made := MakingPlants(s); len(made) > 0 {
		return Sentence(lead + "; cars are made at " + strings.Join(made, ", "))
	}
	return Sentence(lead + "; no car is certainly being made there")
}

func marketsLead(s events.Report) string {
	open := OpenMarkets(s)
	if len(open) == 0 {
		return ""
	}
	return "Cars are sold in " + strings.Join(open, ", ") + "."
}

func plansLead(s events.Report) string {
	if counts := PlanCounts(s); counts != "" {
		return "Of the plans there are " + counts + "."
	}
	return ""
}

func deliveriesLead(s events.Report) string {
	if last := LastDelivered(s); last != "" {
		return "The last that is recorded: " + last + "."
	}
	return ""
}

func peopleLead(s events.Report) string {
	var all []string
	for office, o := range s.Offices.All() {
		if o.Holder != "" {
			all = append(all, o.Holder+" is "+office)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return Sentence(strings.Join(all, ", "))
}
