package explorer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A card is one figure of a day, and where there is more about it.
type card struct {
	Title, Figure, Text, Link string
	Was                       string // the figure of the day that is compared with, if it differs
}

// summary says in a sentence and in cards how things stand.
func (v *view) summary(a *answer.Answer) (sentence string, cards []card) {
	b := a.Brief()
	sentence = fmt.Sprintf("On %s: %s", words.Day(v.here.on), b.Sentence(answer.OneLine(v.ed.File.Title)))
	cards = cardsOf(b)
	if v.since == nil || *v.since == v.here || v.exported {
		return sentence, cards
	}
	q, err := v.ed.ask(answer.Query{On: v.since.on.String(), Known: v.since.knownText(), According: v.source})
	if err != nil {
		return sentence, cards
	}
	for n, was := range cardsOf(q.Answer().Brief()) {
		if was.Figure != cards[n].Figure || was.Text != cards[n].Text {
			cards[n].Was = fmt.Sprintf("%s: %s", words.Day(v.since.on), answer.Join(", ", was.Figure, was.Text))
		}
	}
	return sentence, cards
}

func cardsOf(b answer.Brief) []card {
	return []card{
		{Title: "Large owners", Figure: fmt.Sprint(len(b.Owners)), Text: strings.Join(b.Owners[:min(2, len(b.Owners))], "; "), Link: "#state-stakes"},
		{Title: "Models on sale", Figure: fmt.Sprint(len(b.OnSale)), Text: strings.Join(b.OnSale, ", "), Link: "#state-models"},
		{Title: "Made at", Figure: fmt.Sprint(len(b.Making)), Text: strings.Join(b.Making, ", "), Link: "#state-plants"},
		{Title: "Plans overdue", Figure: fmt.Sprint(b.Overdue), Link: "#state-plans"},
		{Title: "Undecided", Figure: fmt.Sprint(b.Undecided), Text: "what sources leave open", Link: "#undecided"},
	}
}

// A preset is a day to compare with, by what happened on the next.
type preset struct{ Day, Text string }

// mostPresets is how many there are at most.
const mostPresets = 12

// presets returns the days before what mattered most.
func (v *view) presets() (all []preset) {
	for e := range v.ed.File.Timeline.Events() {
		what := landmark(e)
		first := e.When.Earliest()
		if what == "" || first <= v.ed.first || e.When.Latest()-first > 31 {
			continue
		}
		one := preset{(first - 1).String(), "before " + what}
		if truth, _ := v.ed.File.Timeline.Happened(e.ID, edtf.DistantFuture); truth != edtf.No && !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	slices.SortStableFunc(all, func(a, b preset) int { return strings.Compare(a.Day, b.Day) })
	if len(all) > mostPresets {
		all = all[len(all)-mostPresets:]
	}
	return all
}

// landmark says what happened, if it is of the kind that people date other things by.
func landmark(e events.Event) string {
	switch p := e.Data.(type) {
	case events.StakeAgreed:
		return "the deal of " + p.Holder
	case events.CompanyListed:
		return "the listing in " + p.Exchange
	case events.VentureFormed:
		return p.Venture + " is set up"
	case events.ProductionEnded:
		return "the end of the " + p.Model + " at " + p.Plant
	case events.CompanyInsolvent:
		return "the insolvency"
	}
	return ""
}
