package asof

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A page collects lines of text, in sections of aligned columns.
type page struct {
	strings.Builder
	colour bool
}

const width = 100 // of a page, where columns allow it

// style returns s in an ANSI style, if the page has colour.
func (p *page) style(code, s string) string {
	if !p.colour {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// section writes rows under a heading, and nothing if there are none.
func (p *page) section(title string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(p, "\n%s\n", p.style("1", strings.ToUpper(title)))
	p.table(rows)
}

// table writes rows in aligned columns. The last column is wrapped.
func (p *page) table(rows [][]string) {
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			row[i] = oneLine(cell) // the last is wrapped
		}
	}
	widths := columnWidths(rows)
	for _, row := range rows {
		line, last := "  ", len(row)-1
		for i, cell := range row[:last] {
			line += cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2)
		}
		indent := utf8.RuneCountInString(line)
		for i, part := range wrap(row[last], max(width-indent, 30)) {
			if i > 0 {
				line = strings.Repeat(" ", indent)
			}
			fmt.Fprintln(p, strings.TrimRight(line+part, " "))
		}
	}
}

// columnWidths returns the width of each column but the last of its row.
func columnWidths(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

// wrap breaks s between words into lines of at most n characters.
func wrap(s string, n int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(s) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(word) <= n:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	return lines
}

func (p *page) title(q *Question) {
	title := oneLine(q.file.Title)
	switch {
	case q.since != nil:
		title += fmt.Sprintf(" on %v, since %v", q.on, q.since.On)
	case !q.always:
		title += fmt.Sprintf(" on %v", q.on)
	}
	if q.source != "" {
		title += ", according to " + q.source
	}
	if q.known != nil {
		title += fmt.Sprintf(", as known on %v", *q.known)
	}
	fmt.Fprintln(p, p.style("1", title))
}

func writeText(p *page, r *Answer) {
	p.section("Company", companyRows(r.State))
	p.section("Owners", stakeRows(r.State))
	p.section("Joint ventures", ventureRows(r.State))
	p.section("Models", modelRows(r.State))
	p.section("Technologies", technologyRows(r.State))
	p.section("Plants", plantRows(r.State))
	p.section("Partnerships and talks", partnershipRows(r.State))
	p.section("Markets", marketRows(r.State))
	p.section("Plans", planRows(r.State))
	p.section("Deliveries", deliveryRows(r.State))
	p.section("Context", contextRows(r.State))
	p.section("Other organisations", organisationRows(r.State))
	p.undecided(r.Pending)
	p.section("Not recorded", silenceRows(r))
}

// since returns "word date", or "" if there is no date.
func since(word string, d edtf.Date) string {
	if d.IsZero() {
		return ""
	}
	return word + " " + Said(d)
}

// Said returns a date as a reader takes it: sets in words, the rest as written.
func Said(d edtf.Date) string {
	if d.Kind() != edtf.Set {
		return d.String()
	}
	text := strings.Trim(d.String(), "[]")
	if after, ok := strings.CutPrefix(text, ".."); ok {
		return "by " + after
	}
	if before, ok := strings.CutSuffix(text, ".."); ok {
		return before + " or later"
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, ",", " or "), "..", " to ")
}

// join returns the parts that are not empty.
func join(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}

func companyRows(s events.Report) (rows [][]string) {
	if c := s.Company; c != nil {
		var founders []string
		for f := range c.Founders.All() {
			name := f.Name
			if f.Role != "" {
				name += " (" + f.Role + ")"
			}
			founders = append(founders, name)
		}
		rows = append(rows,
			[]string{"name", c.LegalName},
			[]string{"seat", join(", ", c.Seat, c.Country)},
			[]string{"business", c.Business},
			[]string{"founded", join(" by ", Said(c.Founded), strings.Join(founders, ", "))})
	}
	if b := s.Brand; b != nil {
		rows = append(rows, []string{"brand", join(", ", b.Name, since("since", b.Launched))})
	}
	for _, r := range s.Capital.All() {
		total := ""
		if r.Total {
			total = " in all"
		}
		rows = append(rows, []string{"raised", fmt.Sprintf("%v%s, %s", r.Amount, total, Said(r.When))})
	}
	var components []string
	for c := range s.Components.All() {
		components = append(components, c)
	}
	if len(components) > 0 {
		rows = append(rows, []string{"makes itself", strings.Join(components, ", ")})
	}
	return slices.DeleteFunc(rows, func(row []string) bool { return row[1] == "" })
}

func stakeRows(s events.Report) (rows [][]string) {
	for holder, stake := range s.Stakes.All() {
		if stake.Percent == 0 && stake.Agrees == 0 {
			continue // sold
		}
		price, agreed := "", ""
		if !stake.Price.IsZero() {
			price = "for " + stake.Price.String()
		}
		if stake.Agrees != 0 {
			agreed = fmt.Sprintf("%v agreed", stake.Agrees)
		}
		rows = append(rows, []string{
			holder, stake.Percent.String(),
			join(", ", price, since("since", stake.Since), agreed, since("agreed", stake.Agreed)),
		})
	}
	return rows
}

func ventureRows(s events.Report) (rows [][]string) {
	for name, v := range s.Ventures.All() {
		var shares []string
		for holder, percent := range v.Shares.All() {
			shares = append(shares, holder+" "+percent.String())
		}
		formed := since("set up", v.Formed)
		if formed == "" {
			formed = "not set up yet for certain"
		}
		rows = append(rows, []string{name, join("; ", strings.Join(shares, ", "), since("agreed", v.Agreed), formed,
			join(" ", v.Task, v.Territory))})
	}
	return rows
}

func modelRows(s events.Report) (rows [][]string) {
	for name, m := range s.Models.All() {
		platform, price := "", ""
		if m.Platform != "" {
			platform = "platform " + m.Platform
		}
		if !m.Price.Min.IsZero() {
			price = fmt.Sprintf("%v to %v", m.Price.Min, m.Price.Max)
			if m.Price.AfterSubsidy {
				price += " after subsidy"
			}
		}
		rows = append(rows, []string{name, string(m.Status), join("; ", m.Body, platform,
			join(", ", since("revealed", m.Revealed), since("presale", m.Presale), since("launched", m.Launched),
				since("first deliveries", m.Delivered), since("discontinued", m.Discontinued)),
			m.Spec.String(), price, firstShown(m.FirstShown))})
	}
	for name, c := range s.Concepts.All() {
		led := ""
		if c.LedTo != "" {
			led = "led to the " + c.LedTo
		}
		rows = append(rows, []string{name, "concept", join("; ", since("shown", c.Shown), led)})
	}
	return rows
}

func firstShown(s events.Showing) string {
	if s == (events.Showing{}) {
		return ""
	}
	as, at := "", ""
	if s.As != "" {
		as = "as " + s.As
	}
	if s.At != "" {
		at = "at " + s.At
	}
	return join(" ", "first shown", as, at, Said(s.When))
}

func technologyRows(s events.Report) (rows [][]string) {
	for name, t := range s.Technologies.All() {
		with := ""
		if t.With.Len() > 0 {
			with = "with " + list(t.With)
		}
		rows = append(rows, []string{name, join("; ", t.Stage+" "+Said(t.Since), with, list(t.Purposes))})
	}
	return rows
}

func list(l immutable.List[string]) string {
	return strings.Join(slices.Collect(l.All()), ", ")
}

func plantRows(s events.Report) (rows [][]string) {
	for name, p := range s.Plants.All() {
		place := join(", ", p.City, p.Country)
		if !p.Construction.IsZero() {
			rows = append(rows, []string{name, place, "", since("building begun", p.Construction)})
		}
		for model, m := range p.Models.All() {
			made := since("since", m.Started)
			if !m.Ended.IsZero() {
				made = since("made", m.Started) + " to " + Said(m.Ended)
			}
			rows = append(rows, []string{name, place, model, join(", ", string(m.Status), made,
				since("in question since", m.InQuestion))})
		}
	}
	return rows
}

func partnershipRows(s events.Report) (rows [][]string) {
	for _, p := range s.Partnerships.All() {
		rows = append(rows, []string{p.Partner, p.Kind, join("; ", Said(p.Signed), list(p.Scope))})
	}
	for _, t := range s.Talks.All() {
		rows = append(rows, []string{
			t.With, "talks, " + t.Outcome,
			join("; ", since("reported", t.Reported), since("ended", t.Ended), t.About),
		})
	}
	return rows
}

func marketRows(s events.Report) (rows [][]string) {
	for name, m := range s.Markets.All() {
		by := ""
		if m.By != "" {
			by = "by " + m.By
		}
		rows = append(rows, []string{name, join(" ", since("since", m.Since), by)})
	}
	return rows
}

// planOrder is the order in which plans are listed: what is open first.
var planOrder = []events.PlanStatus{
	events.Due, events.Overdue, events.Planned, events.Considered, events.Fulfilled, events.Dropped,
}

func planRows(s events.Report) (rows [][]string) {
	for _, status := range planOrder {
		var keys []string
		for key, p := range s.Plans.All() {
			if p.Status == status {
				keys = append(keys, key)
			}
		}
		slices.SortStableFunc(keys, func(a, b string) int {
			p, _ := s.Plans.Get(a)
			q, _ := s.Plans.Get(b)
			return cmp.Compare(opens(p.Window), opens(q.Window))
		})
		for _, key := range keys {
			p, _ := s.Plans.Get(key)
			rows = append(rows, []string{string(status), Said(p.Window), planText(p) + " [" + key + "]"})
		}
	}
	return rows
}

// opens returns the first day of a window; one that is not told comes last.
func opens(window edtf.Date) edtf.Day {
	if window.IsZero() {
		return edtf.DistantFuture
	}
	return window.Earliest()
}

func planText(p events.PlanReport) string {
	var sites []string
	for site := range p.Sites.All() {
		if !strings.Contains(p.Title, site) {
			sites = append(sites, site)
		}
	}
	at, actor := "", ""
	if len(sites) > 0 {
		at = "in " + strings.Join(sites, " and ")
	}
	if p.By != "" {
		actor = "by " + p.By
	}
	favour := ""
	if p.InFavourOf != "" {
		favour = "in favour of " + p.InFavourOf
	}
	return join("; ", p.Title, at, actor, list(p.Details), string(p.Basis), doneText(p), favour,
		since("in question since", p.InQuestion), since("moved", p.Moved))
}

// doneText tells what is recorded of carrying out a plan.
func doneText(p events.PlanReport) string {
	ended := p.EndedBy().String()
	done, of := p.Plan.Done()
	switch {
	case p.Status == events.Dropped:
		return "dropped by " + ended
	case p.FulfilledBy != "" && of > 0:
		return fmt.Sprintf("as a whole by %s; recorded one by one: %d of %d", ended, done, of)
	case p.Status == events.Fulfilled:
		return "by " + ended
	case of > 0:
		return fmt.Sprintf("recorded as done: %d of %d", done, of)
	}
	return ""
}

func deliveryRows(s events.Report) (rows [][]string) {
	for _, d := range s.Deliveries.All() {
		model := d.Model
		if model == "" {
			model = "all models"
		}
		rows = append(rows, []string{model, Said(d.Period), fmt.Sprint(d.Count)})
	}
	return rows
}

func contextRows(s events.Report) (rows [][]string) {
	for _, c := range s.Context.All() {
		rows = append(rows, []string{Said(c.When), c.Actor + " " + c.What})
	}
	return rows
}

func organisationRows(s events.Report) (rows [][]string) {
	for name, o := range s.Related.All() {
		by := ""
		if o.Founders.Len() > 0 {
			by = "by " + list(o.Founders)
		}
		rows = append(rows, []string{name, join(" ", since("founded", o.Founded), by)})
	}
	return rows
}

// undecided tells of each undecided event what it would change.
func (p *page) undecided(all []Pending) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(p, "\n%s\n", p.style("1", "UNDECIDED"))
	for _, e := range all {
		p.paragraph(2, e.Event, " ("+Said(e.When)+"): "+e.What)
		for _, line := range e.Lines() {
			p.paragraph(6, "", line)
		}
	}
}

// paragraph writes a word that stands out, if any, and text, with an indent;
// further lines are indented more.
func (p *page) paragraph(indent int, word, text string) {
	word = oneLine(word)
	for i, line := range wrap(word+text, width-indent-4) {
		switch {
		case i == 0 && word != "":
			line = p.style("33", word) + strings.TrimPrefix(line, word)
		case i == 1:
			indent += 4
		}
		fmt.Fprintln(p, strings.Repeat(" ", indent)+line)
	}
}

func silenceRows(r *Answer) (rows [][]string) {
	for _, s := range r.NotRecorded {
		rows = append(rows, slices.DeleteFunc([]string{s.Topic, s.Note}, func(s string) bool { return s == "" }))
	}
	return rows
}

func remarkRows(remarks []string) (rows [][]string) {
	for _, r := range remarks {
		rows = append(rows, []string{r})
	}
	return rows
}

// writeEvents prints a listing: one event a row, and its citations.
func writeEvents(p *page, l *Listing) {
	var rows [][]string
	for _, e := range l.Events {
		known := ""
		if e.Known != e.When {
			known = "known " + Said(e.Known)
		}
		rows = append(rows,
			[]string{e.Had(l.On), Said(e.When), join("; ", e.What, known)},
			[]string{"", "", join(": ", e.Event, citationText(e.Cites))})
		if e.Note != "" {
			rows = append(rows, []string{"", "", "note: " + e.Note})
		}
	}
	p.section("Events", rows)
}

func citationText(cites []timeline.Citation) string {
	var parts []string
	for _, c := range cites {
		parts = append(parts, c.String())
	}
	return strings.Join(parts, "; ")
}
