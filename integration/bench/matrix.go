package main

import (
	"fmt"
	"slices"
	"strings"
)

// judged returns the fastest of the rivals that are to be beaten: of those that take late
// events, if any does.
func (r *row) judged() *sample {
	if len(r.lasting) > 0 {
		return fastest(r.lasting)
	}
	return r.best()
}

// matrix writes rows as one Markdown table: a line for each, a column for each contestant.
// ours is what the first column is called.
func matrix(ours string, rows []*row) string {
	var names []string
	limited := false
	for _, r := range rows {
		for _, s := range r.rivals {
			if !slices.Contains(names, s.name) {
				names = append(names, s.name)
			}
		}
		limited = limited || len(r.limits) > 0
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| | %s | %s |", ours, strings.Join(names, " | "))
	if limited {
		b.WriteString(" no faster than |")
	}
	b.WriteString(" ratio | reach | aim | | max/min |\n|---|--:|" + strings.Repeat("--:|", len(names)))
	if limited {
		b.WriteString("--:|")
	}
	b.WriteString("--:|--:|--:|---|--:|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s |", r.title, duration(r.ours.median()))
		for _, name := range names {
			b.WriteString(" " + r.cell(name) + " |")
		}
		if limited {
			b.WriteString(" " + r.limit() + " |")
		}
		reach, aim := "", ""
		if r.reach > 0 {
			reach, aim = fmt.Sprintf("%.2gx", r.reach), fmt.Sprintf("%.2gx", r.aim)
		}
		fmt.Fprintf(&b, " %.2fx | %s | %s | %s | %.2f |\n", r.ratio(), reach, aim, r.verdict(), max(r.ours.spread(), r.judged().spread()))
	}
	b.WriteString("\n")
	return b.String()
}

// cell is what a rival needed, in bold if it is the one that ours is judged by.
func (r *row) cell(name string) string {
	i := slices.IndexFunc(r.rivals, func(s sample) bool { return s.name == name })
	switch {
	case i < 0:
		return ""
	case name == r.judged().name:
		return "**" + duration(r.rivals[i].median()) + "**"
	}
	return duration(r.rivals[i].median())
}

// limit is the least that nobody can do without.
func (r *row) limit() string {
	for _, s := range r.limits {
		if strings.HasPrefix(s.name, "limit: ") {
			return duration(s.median()) + ", " + strings.TrimPrefix(s.name, "limit: ")
		}
	}
	return ""
}

// companies is what was measured of states as users write them.
func companies(tables []*companyTable) string {
	var b strings.Builder
	for _, t := range tables {
		where := count(t.events) + " events in " + count(t.streams) + " streams"
		if t.streams == 1 {
			where = count(t.events) + " events in one stream"
		}
		fmt.Fprintf(&b, "**%s**\n\n%s", where, matrix("archive", t.rows))
	}
	b.WriteString("| |")
	var names []string
	for _, k := range candidates() {
		names = append(names, k.name())
		fmt.Fprintf(&b, " %s |", k.name())
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|", len(names)) + "\n")
	for _, t := range tables {
		fmt.Fprintf(&b, "| bytes an event beyond the payload, %s in %s |", count(t.events), count(t.streams))
		for _, name := range names {
			fmt.Fprintf(&b, " %.0f |", t.bytes[name])
		}
		fmt.Fprintf(&b, "\n| a fact in the first pass, %s in %s |", count(t.events), count(t.streams))
		for _, name := range names {
			fmt.Fprintf(&b, " %s |", duration(t.first[name]))
		}
		b.WriteString("\n")
	}
	return b.String()
}
