package terminal

import (
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// counted returns "1 plan is", "2 plans are" or "no plan is".
func counted(n int, thing string) string {
	switch n {
	case 0:
		return "no " + thing + " is"
	case 1:
		return "1 " + thing + " is"
	}
	return fmt.Sprintf("%d %ss are", n, thing)
}

func ownersLead(s events.Report) string {
	owners := answer.LargestOwners(s)
	switch len(owners) {
	case 0:
		return ""
	case 1:
		return answer.Sentence("the largest owner is " + owners[0])
	}
	return answer.Sentence("the largest owners are " + strings.Join(owners, "; "))
}

func modelsLead(s events.Report) string {
	sold := answer.OnSale(s)
	return answer.Sentence(answer.Join(": ", counted(len(sold), "model")+" on sale", strings.Join(sold, ", ")))
}

func plantsLead(s events.Report) string {
	var names []string
	for name := range s.Plants.All() {
		names = append(names, name)
	}
	lead := counted(len(names), "plant") + " recorded: " + strings.Join(names, ", ")
	if made := answer.MakingPlants(s); len(made) > 0 {
		return answer.Sentence(lead + "; cars are made at " + strings.Join(made, ", "))
	}
	return answer.Sentence(lead + "; no car is certainly being made there")
}

func marketsLead(s events.Report) string {
	open := answer.OpenMarkets(s)
	if len(open) == 0 {
		return ""
	}
	return "Cars are sold in " + strings.Join(open, ", ") + "."
}

func plansLead(s events.Report) string {
	if counts := answer.PlanCounts(s); counts != "" {
		return "Of the plans there are " + counts + "."
	}
	return ""
}

func deliveriesLead(s events.Report) string {
	if last := answer.LastDelivered(s); last != "" {
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
	return answer.Sentence(strings.Join(all, ", "))
}
