package events

import (
	"reflect"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// ValueAt returns the question for the value at an address of the [Report], as
// JSON; "" if there is none. The address is given by its steps, which are those of
// a JSON Pointer (RFC 6901), unescaped: "plants", "Tychy". Without any it is the
// whole report.
func ValueAt(steps ...string) timeline.Question[Company, string] {
	steps = slices.Clone(steps)
	return timeline.Question[Company, string]{
		Name: "/" + strings.Join(steps, "/"), Parts: Parts(steps...), Topics: topicsOf(steps), Names: namesIn(steps),
		Dated: len(steps) == 0 || steps[0] == "plans" && (len(steps) < 3 || steps[2] == "status"),
		Read: func(c Company, day edtf.Day) string {
			switch {
			case len(steps) == 0:
				return encoded(c.On(day))
			case len(steps) > 1:
				c = c.only(steps[0], steps[1])
			}
			return jsontree.TextAt(encoded(section(c.On(day), steps[0])), steps[1:])
		},
	}
}

// Parts returns the parts of a company, as payloads name them in Scope, that
// decide the value at an address of the [Report]. There is none if it is that of
// the whole report.
func Parts(steps ...string) []string {
	if len(steps) == 0 {
		return nil
	}
	switch steps[0] {
	case "remarks":
		return nil // they may be of anything
	case "company":
		return steps[:1]
	case "platforms":
		return []string{"models"} // each lists the models on it
	case "capital", "context":
		return steps[:1] // entries are named for their events
	case "models":
		if len(steps) > 2 {
			return []string{strings.TrimSuffix(strings.Join(steps[:2], "/")+"/"+modelPart(steps[2]), "/")}
		}
	case "plants":
		if len(steps) > 2 && steps[2] != "models" {
			return []string{strings.Join(steps[:2], "/") + "/place"}
		}
	}
	return []string{strings.Join(steps, "/")}
}

// modelPart returns the part of a model in which a field of it is.
func modelPart(field string) string {
	switch field {
	case "status":
		return "" // all of it
	case "price":
		return "prices"
	case "planned", "platform", "prices", "specification":
		return field
	}
	return "life"
}

// IsTable reports whether a section of the [Report] is a table of things with names of
// their own, such as "plans". Events name these things in their scope.
func IsTable(section string) bool { return slices.Contains(tables, section) }

var tables = []string{
	"offices", "listings", "stakes", "ventures", "models", "concepts", "technologies", "plants", "partnerships", "talks", "markets", "plans",
	"organisations", "facts", "milestones",
}

// namesIn returns the part that an address names, if it is in a table.
func namesIn(steps []string) []string {
	if len(steps) < 2 || !IsTable(steps[0]) {
		return []string{}
	}
	return []string{strings.Join(steps[:2], "/")}
}

// only returns a company with no more than one entry of a table, so that not all of it
// need be encoded. If there is no such table, it returns c.
func (c Company) only(table, name string) Company {
	switch table {
	case "capital":
		return Company{Capital: entry(c.Capital, name)}
	case "offices":
		return Company{Offices: entry(c.Offices, name)}
	case "listings":
		return Company{Listings: entry(c.Listings, name)}
	case "stakes":
		return Company{Stakes: entry(c.Stakes, name)}
	case "ventures":
		return Company{Ventures: entry(c.Ventures, name)}
	case "models":
		return Company{Models: entry(c.Models, name)}
	case "concepts":
		return Company{Concepts: entry(c.Concepts, name)}
	case "technologies":
		return Company{Technologies: entry(c.Technologies, name)}
	case "plants":
		return Company{Plants: entry(c.Plants, name)}
	case "partnerships":
		return Company{Partnerships: entry(c.Partnerships, name)}
	case "talks":
		return Company{Talks: entry(c.Talks, name)}
	case "markets":
		return Company{Markets: entry(c.Markets, name)}
	case "plans":
		return Company{plans: entry(c.plans, name)}
	case "deliveries":
		return Company{Deliveries: entry(c.Deliveries, name)}
	case "context":
		return Company{Context: entry(c.Context, name)}
	case "organisations":
		return Company{Related: entry(c.Related, name)}
	case "facts":
		return Company{Facts: entry(c.Facts, name)}
	case "figures":
		return Company{Figures: entry(c.Figures, name)}
	case "milestones":
		return Company{Milestones: entry(c.Milestones, name)}
	}
	return c
}

// entry returns a table of one entry of t, or of none.
func entry[V any](t immutable.Table[V], name string) immutable.Table[V] {
	var only immutable.Table[V]
	if v, ok := t.Get(name); ok {
		only = only.With(name, v)
	}
	return only
}

// topicsOf returns what a value at an address is about.
func topicsOf(steps []string) []string {
	if len(steps) == 0 {
		return nil
	}
	switch steps[0] {
	case "deliveries":
		return []string{TopicSales}
	case "concepts":
		return []string{TopicConcepts}
	case "figures":
		return []string{TopicFigures}
	case "listings":
		return []string{TopicListing}
	case "offices":
		return []string{TopicPeople}
	case "models":
		return topicsOfModel(steps[1:])
	}
	return nil
}

// topicsOfModel returns what a value of a model is about, as the questions about models are. The first of the
// steps is its name.
func topicsOfModel(steps []string) []string {
	switch {
	case len(steps) < 2 || steps[1] == "status":
		return []string{TopicCurrent, TopicDiscontinued}
	case steps[1] == "launched":
		return []string{TopicCurrent}
	case steps[1] == "discontinued":
		return []string{TopicDiscontinued}
	}
	return nil
}

// section returns the field of a report that has the given name in JSON, or nil
// if it is left out. To encode it alone is much cheaper than all of the report.
func section(r Report, name string) any {
	v := reflect.ValueOf(r)
	for n := range v.NumField() {
		tag, _, _ := strings.Cut(v.Type().Field(n).Tag.Get("json"), ",")
		if tag != name || v.Field(n).IsZero() {
			continue
		}
		f := v.Field(n).Interface()
		if z, ok := f.(interface{ IsZero() bool }); ok && z.IsZero() {
			continue
		}
		return f
	}
	return nil
}

// encoded returns v as JSON, or nothing if v is nil.
func encoded(v any) string {
	if v == nil {
		return ""
	}
	text, err := value.JSON(v)
	if err != nil {
		panic(err) // every state can be written
	}
	return string(text)
}

// PartsIn returns what [Parts] does, or less: of platforms, only what decides on which of
// them a model is, of those models of which an event of h says it.
func PartsIn(h *History, steps ...string) []string {
	if len(steps) == 0 || steps[0] != "platforms" {
		return Parts(steps...)
	}
	var parts []string
	for e := range h.Events() {
		if e.Data == nil {
			continue
		}
		for _, part := range e.Data.Scope() {
			if strings.HasPrefix(part, "models/") && strings.HasSuffix(part, "/platform") && !slices.Contains(parts, part) {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

// PartsAt returns the parts that the value at a path of the [Report] rests on, as
// [timeline.Partitioned] asks.
func (c Company) PartsAt(steps ...string) []string {
	if len(steps) < 2 {
		return Parts(steps...)
	}
	switch steps[0] {
	case "platforms":
		parts := []string{strings.Join(steps, "/")}
		for name, m := range c.Models.All() {
			if m.Platform == steps[1] {
				parts = append(parts, platform(name)...)
			}
		}
		return parts
	case "capital", "context":
		return []string{strings.Join(steps, "/")} // an entry rests on its event alone
	}
	return Parts(steps...)
}
