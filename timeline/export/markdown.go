package export

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Markdown writes the state of a history at the end of a day as Markdown with tables: a section for each
// member of its JSON form, as [timeline.Document] has it, a row for each entry of it, and what is undecided at the end,
// with what each says happened (see [Entries]). The error is that of w, or of a state that has no JSON form.
func Markdown[S, E any](w io.Writer, t *timeline.Timeline[S, E], title string, on edtf.Day, describe Describe[E]) error {
	s := t.At(on)
	text, err := timeline.Document(s.State, on)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	m := &markdown{}
	m.line("# " + MarkdownText(title) + " on " + edtf.Between(on, on).English())
	state, _ := jsontree.Decode(string(text)).(map[string]any)
	m.fields(state)
	for _, name := range jsontree.Names(state) {
		if entries, ok := state[name].(map[string]any); ok {
			m.line("", "## "+MarkdownText(Spaced(name)))
			m.entries(entries)
		}
	}
	m.undecided(undecidedOf(t, on, describe))
	if t.PastHorizon(on) {
		m.line("", "The record ends on "+edtf.Between(t.Horizon().Latest(), t.Horizon().Latest()).English()+".")
	}
	if s.Err != nil {
		m.line("", "It is the state before an event that cannot follow: "+MarkdownText(s.Err.Error())+".")
	}
	if _, err := io.WriteString(w, m.text.String()); err != nil {
		return fmt.Errorf("export: writing the state: %w", err)
	}
	return nil
}

// undecidedOf returns a row for each undecided event of a day.
func undecidedOf[S, E any](t *timeline.Timeline[S, E], on edtf.Day, describe Describe[E]) [][]string {
	if describe == nil {
		describe = printed[E]
	}
	var rows [][]string
	for e := range t.Pending(on) {
		what, _ := describe(e)
		rows = append(rows, []string{e.When.English(), what})
	}
	return rows
}

func (m *markdown) undecided(rows [][]string) {
	if len(rows) > 0 {
		m.line("", "## Undecided", "")
		m.table([]string{"when", "what"}, rows)
	}
}

type markdown struct{ text strings.Builder }

func (m *markdown) line(lines ...string) {
	for _, l := range lines {
		m.text.WriteString(l + "\n")
	}
}

// fields writes the members that are no tables, as a table of two columns.
func (m *markdown) fields(object map[string]any) {
	var rows [][]string
	for _, name := range jsontree.Names(object) {
		if _, table := object[name].(map[string]any); !table {
			rows = append(rows, []string{Spaced(name), inline(object[name])})
		}
	}
	if len(rows) > 0 {
		m.line("")
		m.table([]string{"", ""}, rows)
	}
}

// entries writes a table of entries: a row for each, a column for each field that one of them has. What has no
// fields is a table of two columns.
func (m *markdown) entries(entries map[string]any) {
	m.line("")
	var rows [][]string
	columns := columnsOf(entries)
	for _, name := range jsontree.Names(entries) {
		row := []string{name}
		fields, ok := entries[name].(map[string]any)
		switch {
		case columns == nil:
			row = append(row, inline(entries[name]))
		case !ok:
			row = append(row, inline(entries[name]))
			row = append(row, make([]string, len(columns)-1)...)
		default:
			for _, c := range columns {
				row = append(row, inline(fields[c]))
			}
		}
		rows = append(rows, row)
	}
	titles := []string{""}
	for _, c := range columns {
		titles = append(titles, Spaced(c))
	}
	if columns == nil {
		titles = append(titles, "")
	}
	m.table(titles, rows)
}

// columnsOf returns the names of all fields of entries, or nil if none has any.
func columnsOf(entries map[string]any) []string {
	var objects []map[string]any
	for _, e := range entries {
		if fields, ok := e.(map[string]any); ok {
			objects = append(objects, fields)
		}
	}
	if objects == nil {
		return nil
	}
	return jsontree.Names(objects...)
}

// table writes a table.
func (m *markdown) table(titles []string, rows [][]string) {
	m.row(titles)
	m.line("|" + strings.Repeat("---|", len(titles)))
	for _, row := range rows {
		m.row(row)
	}
}

func (m *markdown) row(cells []string) {
	var b strings.Builder
	b.WriteByte('|')
	for _, c := range cells {
		b.WriteString(" " + MarkdownText(c) + " |")
	}
	m.line(b.String())
}

// inline returns a value as words: "percent 20, since 2023-11-20".
func inline(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if d, err := edtf.Parse(v); err == nil {
			return d.English()
		}
		return v
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, inline(item))
		}
		return strings.Join(items, ", ")
	case map[string]any:
		var items []string
		for _, name := range jsontree.Names(v) {
			items = append(items, Spaced(name)+" "+inline(v[name]))
		}
		return strings.Join(items, ", ")
	case json.Number:
		return v.String()
	}
	return fmt.Sprint(v)
}

// Spaced returns the name of a member as words: "agreedPrice" as "agreed price".
func Spaced(name string) string {
	var b strings.Builder
	for n, r := range name {
		if n > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// markdownSigns are those that mean something in Markdown.
const markdownSigns = "\\`*_{}[]<>#|~&$"

// MarkdownText returns a text as one line that Markdown shows as it is. Addresses of the web become links.
func MarkdownText(text string) string {
	words := strings.Fields(text)
	for n, w := range words {
		address := withoutEnd(w)
		if isAddress(address) {
			words[n] = "<" + address + ">" + escaped(w[len(address):])
		} else {
			words[n] = escaped(w)
		}
	}
	return strings.Join(words, " ")
}

// withoutEnd returns a word without the marks behind it. A bracket that one in the word opens is not behind it.
func withoutEnd(word string) string {
	for word != "" {
		last := word[len(word)-1]
		switch {
		case last == ')' && strings.Count(word, ")") <= strings.Count(word, "("),
			last == ']' && strings.Count(word, "]") <= strings.Count(word, "["),
			!strings.ContainsRune(".,;:)]", rune(last)):
			return word
		}
		word = word[:len(word)-1]
	}
	return word
}

// isAddress reports whether a word is an address that can stand between angle brackets.
func isAddress(word string) bool {
	return (strings.HasPrefix(word, "https://") || strings.HasPrefix(word, "http://")) && !strings.ContainsAny(word, "<>|\\`")
}

func escaped(word string) string {
	var b strings.Builder
	for _, r := range word {
		if strings.ContainsRune(markdownSigns, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
