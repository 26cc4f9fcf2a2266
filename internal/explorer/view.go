package explorer

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A view is what the page shows: all of it is in the address.
type view struct {
	ed     visit
	q      *answer.Question
	here   position
	since  *position // where one comes from
	source string
	why    string // a pointer, which is explained
	event  string // a slug, of the event whose details are shown
	search string
	number int // the page of the events, from 1

	from, to edtf.Day // which the chart shows, if it is not all
	zoomed   bool
	hidden   []string // the lanes that the chart leaves out
	width    int      // of the chart, in pixels

	exported bool          // it is written to a file
	course   *answer.Track // of the value that is explained, if it is known already
}

// Limits of what is asked.
const (
	maxQuery  = 4 << 10 // bytes of the query in an address
	maxSearch = 200     // characters
	maxPage   = 1 << 20
)

// pageParams are the parameters of the page, and what each of them may be.
var pageParams = map[string]string{
	"on":     "a date: 2024-07-01, 2019-34 (EDTF) or July 2024; the last day of it is taken",
	"known":  "a date, or nothing for all that is known",
	"since":  "a date, with which the day is compared",
	"then":   "a date by which the day to compare with is known, or all; the same as known if it is left out",
	"source": "the key of a source, or nothing for all of them",
	"why":    "a JSON Pointer into the state, as /stakes/Stellantis/percent",
	"event":  "the name of an event",
	"q":      "words to look for in the events, at most 200 characters",
	"page":   "a page of the events, a number from 1",
	"from":   "a date, from which on the chart is drawn",
	"to":     "a date, until which the chart is drawn",
	"hide":   "lanes that the chart leaves out, as owners,models",
	"width":  "how wide the chart is, in pixels: 280 to 2400",
}

// A badRequest is a question that is not understood, and what would be.
type badRequest struct {
	err      error
	accepted map[string]string
}

func (e *badRequest) Error() string { return e.err.Error() }

func (e *badRequest) Unwrap() error { return e.err }

// params returns the parameters of a query, each at most once and none that is
// not known.
func params(rawQuery string, known map[string]string) (map[string]string, error) {
	if len(rawQuery) > maxQuery {
		return nil, &badRequest{fmt.Errorf("the query is longer than %d bytes", maxQuery), known}
	}
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, &badRequest{err, known}
	}
	found := map[string]string{}
	for name, all := range values {
		switch {
		case known[name] == "":
			return nil, &badRequest{fmt.Errorf("there is no parameter %q", name), known}
		case len(all) > 1:
			return nil, &badRequest{fmt.Errorf("%s is given %d times", name, len(all)), known}
		}
		found[name] = strings.TrimSpace(all[0])
	}
	return found, nil
}

// newView reads the address of a page.
func newView(ed visit, rawQuery string) (*view, error) {
	p, err := params(rawQuery, pageParams)
	if err != nil {
		return nil, err
	}
	v := &view{ed: ed, source: p["source"], why: p["why"], event: p["event"], search: p["q"], number: 1}
	if v.q, err = ed.ask(answer.Query{On: p["on"], Known: p["known"], According: p["source"]}); err != nil {
		return nil, &badRequest{err, pageParams}
	}
	v.here = position{v.q.On(), knownBy(v.q)}
	if p["since"] != "" {
		if v.since, err = positionOf(ed, p["since"], cmp.Or(p["then"], v.here.then())); err != nil {
			return nil, &badRequest{err, pageParams}
		}
	}
	if p["page"] != "" {
		if v.number, err = strconv.Atoi(p["page"]); err != nil || v.number < 1 || v.number > maxPage {
			return nil, &badRequest{fmt.Errorf("page %q is no number from 1", p["page"]), pageParams}
		}
	}
	if len([]rune(v.search)) > maxSearch {
		return nil, &badRequest{fmt.Errorf("q has more than %d characters", maxSearch), pageParams}
	}
	if err = v.readChart(p); err != nil {
		return nil, &badRequest{err, pageParams}
	}
	return v, v.check()
}

// The width of a chart, in pixels: as it is if nothing is said, at least, at most, and up to
// which the titles of rows stand above them.
const (
	usualChart  = 1240
	leastChart  = 280
	mostChart   = 2400
	narrowChart = 620
)

// readChart reads what is said of the chart.
func (v *view) readChart(p map[string]string) (err error) {
	v.width = usualChart
	if p["width"] != "" {
		if v.width, err = strconv.Atoi(p["width"]); err != nil || v.width < leastChart || v.width > mostChart {
			return fmt.Errorf("width %q is no number from %d to %d", p["width"], leastChart, mostChart)
		}
	}
	for name := range strings.SplitSeq(p["hide"], ",") {
		if name = strings.TrimSpace(name); name != "" {
			v.hidden = append(v.hidden, strings.ToLower(name))
		}
	}
	if p["from"] == "" && p["to"] == "" {
		return nil
	}
	v.zoomed, v.from, v.to = true, v.ed.first, v.ed.drawnTo(v.here.on)
	if p["from"] != "" {
		from, err := v.ed.ask(answer.Query{On: p["from"]})
		if err != nil {
			return err
		}
		v.from = from.On()
		if date, err := (edtf.Reading{}).Parse(p["from"]); err == nil && date.Earliest() >= edtf.MinDay {
			v.from = date.Earliest() // of a year from its first day on
		}
	}
	if p["to"] != "" {
		to, err := v.ed.ask(answer.Query{On: p["to"]})
		if err != nil {
			return err
		}
		v.to = to.On()
	}
	if v.from >= v.to {
		return fmt.Errorf("there is nothing to draw from %s to %s", words.Day(v.from), words.Day(v.to))
	}
	return nil
}

// errNoEvent reports an event that the history does not have.
var errNoEvent = errors.New("there is no such event")

func (v *view) check() error {
	if v.event == "" {
		return nil
	}
	if _, ok := v.ed.find(v.event); !ok {
		return &badRequest{fmt.Errorf("%w: %q", errNoEvent, v.event), pageParams}
	}
	return nil
}

// query returns the parameters of v, with those that are given, by name and
// value, in place of its own. An empty value leaves one out.
func (v *view) query(changes ...string) url.Values {
	q := url.Values{}
	set := func(name, value string) {
		q.Del(name)
		if value != "" {
			q.Set(name, value)
		}
	}
	set("on", v.here.on.String())
	set("known", v.here.knownText())
	if v.since != nil {
		set("since", v.since.on.String())
		if v.since.known != v.here.known {
			set("then", v.since.then())
		}
	}
	set("source", v.source)
	set("why", v.why)
	set("event", v.event)
	set("q", v.search)
	if v.zoomed {
		set("from", v.from.String())
		set("to", v.to.String())
	}
	set("hide", strings.Join(v.hidden, ","))
	if v.number > 1 {
		set("page", strconv.Itoa(v.number))
	}
	for n := 0; n+1 < len(changes); n += 2 {
		set(changes[n], changes[n+1])
	}
	return q
}

// sorted returns the names of parameters, in order.
func sorted(known map[string]string) []string {
	var names []string
	for name := range known {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
