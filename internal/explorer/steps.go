package explorer

import (
	"html"
	"net/url"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Links of the page are written as steps: what they change of the view, not where they
// lead. So what a page says is the same on every day on which it is so, wherever one comes
// from. A step becomes an address before it is sent, by [expand].

// stepMark begins a step.
const stepMark = "/?~"

// step returns the link that changes parameters of a view, which are given by name and
// value; an empty value leaves one out. A step to another day compares with the one where
// it is taken.
func step(changes ...string) string {
	q := url.Values{}
	for n := 0; n+1 < len(changes); n += 2 {
		q.Set(changes[n], changes[n+1])
	}
	return stepMark + q.Encode()
}

// goTo returns the step to another day.
func goTo(day edtf.Day) string { return step("on", day.String(), "page", "") }

// whyLink returns the step to where the value at a pointer is explained.
func whyLink(pointer string) string { return step("why", pointer, "event", "") + "#panel" }

// eventLink returns the step to where an event is shown.
func eventLink(name string) string { return step("event", name, "why", "") + "#panel" }

// A parameter is one of a view, with its value as it stands in an address.
type parameter struct{ name, value string }

// parameters returns those in a query that was encoded here, by name.
func parameters(query string) []parameter {
	var all []parameter
	for part := range strings.SplitSeq(query, "&") {
		if name, value, ok := strings.Cut(part, "="); ok {
			all = append(all, parameter{name, value})
		}
	}
	return all
}

func indexOf(all []parameter, name string) int {
	return slices.IndexFunc(all, func(p parameter) bool { return p.name == name })
}

// expand returns a page in which links lead where their steps lead from the view with some
// parameters. The names of what they change stay, in data-step, so that a link can be taken
// from another view.
func expand(page string, at []parameter) string {
	return replaceSteps(page, func(changes, fragment string) string {
		steps := parameters(changes)
		return strings.ReplaceAll(take(at, steps), "&", "&amp;") + fragment + `" data-step="` + namesOf(steps)
	})
}

// expandWithin returns a page in which links lead within it: the script does what they say.
func expandWithin(page string) string {
	return replaceSteps(page, func(changes, _ string) string {
		return "#" + strings.ReplaceAll(changes, "&", "&amp;") + `" data-step="` + namesOf(parameters(changes))
	})
}

func namesOf(steps []parameter) string {
	names := make([]string, len(steps))
	for n, p := range steps {
		names[n] = p.name
	}
	return strings.Join(names, " ")
}

// valueIn returns the value that a step gives to a parameter.
func valueIn(changes, name string) string {
	steps, _ := url.ParseQuery(changes) // as it was written
	return steps.Get(name)
}

// take returns the address to which a step leads from a view, without its fragment.
func take(at, steps []parameter) string {
	to := make([]parameter, 0, len(at)+len(steps)+1)
	toDay := indexOf(steps, "on") >= 0 && indexOf(steps, "since") < 0
	for _, p := range at {
		switch {
		case indexOf(steps, p.name) >= 0, toDay && (p.name == "since" || p.name == "then"):
		default:
			to = append(to, p)
		}
		if toDay && p.name == "on" {
			to = append(to, parameter{"since", p.value})
		}
	}
	for _, p := range steps {
		if p.value != "" {
			to = append(to, p)
		}
	}
	slices.SortFunc(to, func(a, b parameter) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	b.WriteString("/?")
	for n, p := range to {
		if n > 0 {
			b.WriteByte('&')
		}
		b.WriteString(p.name + "=" + p.value)
	}
	return b.String()
}

// replaceSteps returns a page in which the steps of links are replaced by what is given for
// them, in HTML.
func replaceSteps(page string, by func(changes, fragment string) string) string {
	const begin = `="` + stepMark
	var b strings.Builder
	b.Grow(len(page) * 5 / 4)
	for {
		before, rest, found := strings.Cut(page, begin)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		link, after, _ := strings.Cut(rest, `"`)
		changes, fragment, isPart := strings.Cut(html.UnescapeString(link), "#")
		if isPart {
			fragment = "#" + fragment
		}
		b.WriteString(`="` + by(changes, fragment) + `"`)
		page = after
	}
}
