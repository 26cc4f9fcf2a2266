package terminal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/seeds"
)

// writeSlips prints the plans that moved.
func writeSlips(p *page, s *answer.Slips) {
	var rows [][]string
	late := 0
	for n := range s.Slips {
		slip := &s.Slips[n]
		if slip.Days > 0 {
			late++
		}
		rows = append(rows, []string{slip.Late(), slip.From.English(), slip.To.English(), fmt.Sprintf("%s; %s [%s]", slip.Title, slip.Status, slip.Plan)})
	}
	if len(rows) == 0 {
		p.lead("No plan is recorded to have moved.")
		return
	}
	p.lead(fmt.Sprintf("%s later than first told.", answer.Capital(answer.Counted(late, "plan"))))
	p.section("Plans that moved", append([][]string{{"", "first for", "now for", ""}}, rows...))
}

// matching returns the events of a listing that have all of some words in them.
func matching(l *answer.Listing, words []string) *answer.Listing {
	found := *l
	found.Events = slices.DeleteFunc(slices.Clone(l.Events), func(e answer.Listed) bool {
		return !hasWords(strings.Join([]string{e.What, e.Note, e.Event, answer.CitationText(e.Cites)}, " "), words)
	})
	return &found
}

// writeFound prints the events that a search found.
func writeFound(p *page, l *answer.Listing, words []string) {
	n := len(l.Events)
	have, in := "events have", "them"
	if n == 1 {
		have, in = "event has", "it"
	}
	p.lead(fmt.Sprintf("%d %s %s in %s.", n, have, quotedWords(words), in))
	if n > 0 {
		writeEvents(p, l)
	}
}

func quotedWords(words []string) string { return "“" + strings.Join(words, "” and “") + "”" }

// sourcesWith returns the sources that have all of some words in them.
func sourcesWith(all []seeds.Source, words []string) []seeds.Source {
	found := []seeds.Source{}
	for _, s := range all {
		if hasWords(strings.Join([]string{s.Key, s.Title, s.Publisher, s.Address}, " "), words) {
			found = append(found, s)
		}
	}
	return found
}

// writeSources prints sources: the key of each, what it is and when it was published.
func writeSources(p *page, all []seeds.Source, words []string) {
	var rows [][]string
	for _, s := range all {
		published := ""
		if !s.Published.IsZero() {
			published = s.Published.English()
		}
		rows = append(rows, []string{s.Key, published, answer.Join(", ", s.Title, s.Publisher, s.Address)})
	}
	switch {
	case len(rows) == 0 && len(words) > 0:
		p.lead("No source has " + quotedWords(words) + " in it.")
	case len(rows) == 0:
		p.lead("No source is recorded.")
	}
	p.section("Sources", rows)
}
