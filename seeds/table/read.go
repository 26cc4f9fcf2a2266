package table

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/slug"
	"github.com/leapmotor-timeline/leapmotor/seeds"
)

// Read makes a history of a table. Name is what faults call it. The error is a [seeds.Faults] if the
// table or the mapping has faults, or if its events contradict each other. Remarks are what was read
// otherwise than it stands there.
func Read(r io.Reader, name string, m Mapping) (form *seeds.HistoryForm, remarks []seeds.Fault, err error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, fmt.Errorf("table: reading %s: %w", name, err)
	}
	reading, err := m.Cells.reading()
	if err != nil {
		return nil, nil, fmt.Errorf("table: %w", err)
	}
	b := &builder{sheet: readSheet(text, name, m.Cells.Separator), mapping: m, slugs: slug.Set{}, sources: map[string]string{}, keys: slug.Set{}}
	b.form = b.mapping.head(name)
	b.keys[b.mapping.Source.Key] = 1
	b.mapping.Cells.Separator = b.separator
	b.dates = dateReader{m.Cells, reading}
	if len(b.titles) > 0 {
		b.build()
	}
	if len(b.faults) == 0 {
		b.check()
	}
	if len(b.faults) > 0 {
		slices.SortStableFunc(b.faults, func(a, b seeds.Fault) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		return nil, nil, b.faults
	}
	return b.form, b.remarks, nil
}

// check reads the history as a history file, and reports what is wrong with it where it stands in
// the table.
func (b *builder) check() {
	_, err := b.form.Load(b.sheet.name)
	var faults seeds.Faults
	switch {
	case errors.As(err, &faults):
		for _, f := range faults {
			b.translate(f)
		}
	case err != nil:
		b.fault(position{1, 1}, "", "%v", err)
	}
}

// translate reports a fault of the history file where it comes from.
func (b *builder) translate(f seeds.Fault) {
	n, field, ok := b.form.EventAt(f)
	if !ok {
		b.fault(position{1, 1}, "", "%s: %s", f.Pointer, f.Reason)
		return
	}
	from := b.made[n]
	column := 0
	switch {
	case field == "when":
		column = from.event.when.first()
	case field == "known":
		column = from.event.known.first()
	default:
		if n, ok := from.fields[strings.TrimPrefix(field, "data")]; ok {
			column = n
		}
	}
	column = max(0, column)
	b.fault(from.row.at[column], b.titles[column], "%s", f.Reason)
}
