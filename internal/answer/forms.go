package answer

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/internal/slug"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/seeds/bods"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/jsonl"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// Entries returns events as package export writes them, by a day.
func Entries(list []Listed, on edtf.Day) []export.Entry {
	var all []export.Entry
	for n := range list {
		e := &list[n]
		one := export.Entry{ID: e.ID, Name: e.Event, Type: e.Type, What: e.What, When: e.When, Known: e.Known, Status: export.Status(e.Had(on)), Note: e.Note}
		if one.Status == export.Later && e.ever == edtf.Possible {
			one.Status = export.PossiblyLater
		}
		for _, c := range e.Cites {
			if !slices.Contains(one.Sources, c.Source) {
				one.Sources = append(one.Sources, c.Source)
			}
		}
		all = append(all, one)
	}
	return all
}

// Feed returns a feed of events with a title, by when they became known. Feeds with other titles are other feeds.
func (q *Question) Feed(title string, list []Listed) export.Feed {
	return export.Feed{Title: title, ID: uuid.NewSHA1(q.file.Namespace, []byte("feed "+title)).URN(), Items: export.Items(Entries(list, q.on))}
}

// Feed returns the differences as a feed: what happened, was learned or was corrected, when the last of the events
// behind it became known.
func (d *Diff) Feed(title string) export.Feed {
	f := export.Feed{Title: title}
	for n := range d.Changes {
		x := &d.Changes[n]
		i := export.Item{ID: fmt.Sprint(title, "\n", x.Path, "\n", d.From.On, "\n", string(x.To)), Title: x.Claim(), Day: d.To.On, Category: x.Kind}
		lines := []string{Capital(x.Kind) + ": " + x.Text()}
		for m, e := range x.Because {
			if day := e.Known.Latest(); m == 0 || day > i.Day {
				i.Day = min(day, d.To.On)
			}
			lines = append(lines, e.Sentence()+" ["+e.Source()+"]")
		}
		i.Text = strings.Join(lines, "\n")
		f.Items = append(f.Items, i)
	}
	return f
}

// CSV writes the differences as a table: address, what it is, of what kind the difference is, the values before and
// now, and the events behind it. The error is that of w.
func (d *Diff) CSV(w io.Writer) error {
	rows := [][]string{{"address", "what", "kind", "before", "now", "because"}}
	for n := range d.Changes {
		x := &d.Changes[n]
		row := []string{x.Path, x.Place(), x.Kind}
		for _, values := range [][]json.RawMessage{append([]json.RawMessage{x.From}, x.FromOthers...), append([]json.RawMessage{x.To}, x.ToOthers...)} {
			var texts []string
			for _, v := range values {
				text := words.Nothing
				if v != nil {
					text = plainValue(string(v))
				}
				texts = append(texts, text)
			}
			row = append(row, strings.Join(texts, " or "))
		}
		var because []string
		for _, e := range x.Because {
			because = append(because, e.Event)
		}
		rows = append(rows, append(row, strings.Join(because, ", ")))
	}
	return export.Rows(w, rows)
}

// Everything is the pointer to the whole state.
const Everything = "/"

// Periods returns the values at all addresses below a pointer over time. The errors are those of [Question.Why].
func (q *Question) Periods(pointer string) ([]export.Period, error) {
	var top address
	if pointer != Everything {
		var err error
		if top, err = q.findAddress(pointer); err != nil {
			return nil, err
		}
	}
	var all []export.Period
	for _, a := range q.leavesBelow(top) {
		for c := range q.changes(a) {
			if c.Value == "" && len(c.Others) == 0 {
				continue // there is none
			}
			p := export.Period{Of: a.Path, Value: plainValue(c.Value), From: c.From, Until: c.Until, Undecided: c.Undecided || len(c.Others) > 0 || c.Incomplete != nil}
			for _, v := range c.Others {
				p.Others = append(p.Others, plainValue(v))
			}
			for _, e := range c.Because {
				p.Because = append(p.Because, e.Label())
			}
			all = append(all, p)
		}
	}
	return all, nil
}

// leavesBelow returns the addresses below one that have no others below them.
func (q *Question) leavesBelow(top address) []address {
	var found []address
	parents := map[string]bool{}
	known := q.base.addresses()
	for _, path := range known {
		if n := strings.LastIndexByte(path, '/'); n >= 0 {
			parents[path[:n]] = true
		}
	}
	for _, path := range known {
		if !parents[path] && path != "" && (path == top.Path || strings.HasPrefix(path, top.Path+"/")) {
			found = append(found, address{path, SplitPointer(path)})
		}
	}
	if found == nil {
		return []address{top}
	}
	return found
}

// plainValue returns the JSON of a value as a cell has it: a text without its quotes.
func plainValue(v string) string {
	var s string
	if json.Unmarshal([]byte(v), &s) == nil {
		return s
	}
	return v
}

// StateCSV writes the values of the state on the day as a table: address, what it is, the value, whether it is
// certain, and what else it may be. What there is perhaps, and not in the baseline, has no value. The error is that of w.
func (q *Question) StateCSV(w io.Writer) error {
	a := q.Answer()
	text, err := json.Marshal(a.State)
	if err != nil {
		return err
	}
	t := &stateTable{row: map[string]int{}, titles: q.titles()}
	t.each("", jsontree.Decode(string(text)), func(path string, v string) { t.add(path, v) })
	for _, p := range a.Pending {
		for _, c := range p.Changes {
			t.perhaps(c)
		}
	}
	t.doubt(func(path string) bool { return q.isIncomplete(a, path) })
	return export.Rows(w, append([][]string{{"address", "what", "value", "certain", "perhaps"}}, t.rows...))
}

// A stateTable is the values of a state, with what they may be.
type stateTable struct {
	rows   [][]string
	row    map[string]int
	titles words.Titler
}

func (t *stateTable) each(path string, v jsontree.Value, do func(path, v string)) {
	object, ok := v.(map[string]any)
	if !ok || len(object) == 0 {
		do(path, plainValue(string(jsontree.Text(v))))
		return
	}
	for _, name := range jsontree.Names(object) {
		t.each(path+"/"+jsontree.Escape(name), object[name], do)
	}
}

func (t *stateTable) add(path, v string) {
	t.row[path] = len(t.rows)
	t.rows = append(t.rows, []string{path, t.titles.Place(SplitPointer(path)), v, edtf.Certain.String(), ""})
}

// perhaps notes that the value at a path, or those below it, may be others.
func (t *stateTable) perhaps(c Effect) {
	before := map[string]bool{}
	if c.From != nil {
		t.each(c.Path, jsontree.Decode(string(c.From)), func(path, v string) { before[path] = true })
	}
	if c.To != nil {
		t.each(c.Path, jsontree.Decode(string(c.To)), func(path, v string) {
			n, ok := t.row[path]
			if !ok {
				t.add(path, "")
				n = len(t.rows) - 1
			}
			delete(before, path)
			if t.rows[n][2] != v {
				t.note(n, v)
			}
		})
	}
	for path := range before { // it may not be there at all
		if n, ok := t.row[path]; ok {
			t.note(n, words.Nothing)
		}
	}
}

// unknown is said of a value of which not all possibilities were looked at.
const unknown = "not all looked at"

// doubt says of values that look certain which of them were not looked at as a whole.
func (t *stateTable) doubt(incomplete func(path string) bool) {
	for _, row := range t.rows {
		if row[3] == edtf.Certain.String() && incomplete(row[0]) {
			row[3] = unknown
		}
	}
}

// isIncomplete reports whether not all states were looked at of what a value has to do with.
func (q *Question) isIncomplete(a *Answer, path string) bool {
	if len(a.incomplete) == 0 {
		return false
	}
	return slices.ContainsFunc(events.PartsIn(q.all, SplitPointer(path)...), func(part string) bool {
		return slices.ContainsFunc(a.incomplete, func(other string) bool {
			return part == other || strings.HasPrefix(part, other+"/") || strings.HasPrefix(other, part+"/")
		})
	})
}

func (t *stateTable) note(n int, v string) {
	row := t.rows[n]
	row[3] = edtf.Possible.String()
	if others := strings.Split(row[4], " or "); row[4] == "" || !slices.Contains(others, v) {
		row[4] = strings.TrimPrefix(row[4]+" or "+v, " or ")
	}
}

// JSONL writes the events as JSON Lines, as logs are imported: a stream that is called as the history. The sources
// are named in it, but what they are is not.
func (q *Question) JSONL(w io.Writer) error {
	stream := slug.Of(q.file.Title)
	if stream == "" {
		stream = "history"
	}
	return jsonl.Write(w, events.Codec(), stream, slices.Collect(q.history.Events())...)
}

// Mermaid writes the history as a diagram, as of the day.
func (q *Question) Mermaid(w io.Writer) error {
	c := events.Chart(q.history, events.ChartOptions{Title: q.file.Title, On: q.on.Date()})
	c.Source = q.base.Credit()
	return c.Mermaid(w)
}

// BODS writes the owners as statements of the Beneficial Ownership Data Standard, published on the last day of the
// record by who the history is of.
func (q *Question) BODS(w io.Writer) error {
	return bods.Write(w, q.history, bods.Release{Publisher: OneLine(q.file.Title), Published: q.base.LastDay()})
}

// PeriodsCSV writes the values at all addresses below a pointer over time as a table. The errors are those of
// [Question.Periods] and of w.
func (q *Question) PeriodsCSV(w io.Writer, pointer string) error {
	all, err := q.Periods(pointer)
	if err != nil {
		return err
	}
	return export.Periods(w, all)
}
