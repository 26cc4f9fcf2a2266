package explorer

import (
	"html"
	"maps"
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

// take returns the address to which a step leads from a view, without its fragment.
func take(at, steps url.Values) string {
	q := maps.Clone(at)
	if steps.Has("on") && !steps.Has("since") {
		q.Set("since", at.Get("on"))
		q.Del("then")
	}
	for name := range steps {
		if value := steps.Get(name); value != "" {
			q.Set(name, value)
		} else {
			q.Del(name)
		}
	}
	return "/?" + q.Encode()
}

// expand returns a page in which links lead where their steps lead from the view with some
// parameters. The names of
// what they change stay, in data-step, so that a link can be taken from another view.
func expand(page string, at url.Values) string {
	return replaceSteps(page, func(changes, fragment string) string {
		steps, _ := url.ParseQuery(changes)
		names := strings.Join(slices.Sorted(maps.Keys(steps)), " ")
		return html.EscapeString(take(at, steps)+fragment) + `" data-step="` + names
	})
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
