package table

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Mapping says what a table has. Its JSON form is that of a mapping file.
type Mapping struct {
	Title     string            `json:"title,omitzero"`     // of the history; the name of the file if it is empty
	Namespace string            `json:"namespace,omitzero"` // as in a [seeds.HistoryForm]; made of the name of the file if it is empty
	Horizon   edtf.Date         `json:"horizon,omitzero"`   // the last day that the table covers
	Source    seeds.Source      `json:"source,omitzero"`    // the table as a source; its key is "table" if it is empty
	Only      map[string]string `json:"only,omitzero"`      // rows that have these texts in these columns
	Cells     Cells             `json:"cells,omitzero"`
	Events    []Event           `json:"events"` // those that a row tells of
}

// Cells is how cells are read.
type Cells struct {
	Separator   string   `json:"separator,omitzero"`   // between cells: a comma, a semicolon, a tab or another sign; found in the line of titles if it is empty
	Dates       string   `json:"dates,omitzero"`       // of 1/06/1997: "day-first" or "month-first"
	FiscalStart int      `json:"fiscalStart,omitzero"` // the first month of a fiscal year, as in [edtf.Reading]
	Currency    string   `json:"currency,omitzero"`    // of an amount without one, and of $ and ¥: an ISO 4217 code
	Untold      []string `json:"untold,omitzero"`      // words in a cell that tell nothing, such as undisclosed; a blank cell never does
	YearsAsDays string   `json:"yearsAsDays,omitzero"` // days of 1905 and about it, such as 28/06/1905, are "years", here 2006, or "days" as they are
	DayNumbers  string   `json:"dayNumbers,omitzero"`  // numbers in place of dates are days since "1900" or "1904", as spreadsheets count
}

// An Event is what a row tells of. All texts but those of Types name columns in braces.
type Event struct {
	Type     string            `json:"type"`              // a type of event, or a column whose texts Types has
	Types    map[string]string `json:"types,omitzero"`    // types of events by what stands in the column
	When     string            `json:"when"`              // a column, or texts and columns: {month} {year}
	Known    string            `json:"known,omitzero"`    // likewise; when it became public
	Set      map[string]string `json:"set,omitzero"`      // fields of the data; of one in another, such as plan.title, with a dot
	Slug     string            `json:"slug,omitzero"`     // the name of the event; made of what happened if it is empty
	Note     string            `json:"note,omitzero"`     // how it was read
	Source   Source            `json:"source,omitzero"`   // where the row has it from; the table itself if its key is empty
	Optional bool              `json:"optional,omitzero"` // there is no such event in rows whose When tells nothing
}

// A Source is where a row has an event from. All its texts name columns in braces.
type Source struct {
	Key       string `json:"key"`
	Title     string `json:"title,omitzero"`
	Publisher string `json:"publisher,omitzero"`
	Address   string `json:"address,omitzero"`
}

// ReadMapping reads a mapping file. It refuses what is no JSON, and names that a mapping does
// not have; the error says which.
func ReadMapping(r io.Reader) (Mapping, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return Mapping{}, err
	}
	var m Mapping
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return Mapping{}, fmt.Errorf("table: the mapping: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return Mapping{}, fmt.Errorf("table: the mapping: something stands behind it")
	}
	return m, nil
}

// reading returns how dates are read, or what is wrong with that.
func (c *Cells) reading() (edtf.Reading, error) {
	r := edtf.Reading{FiscalStart: c.FiscalStart, OneDay: true}
	switch c.Dates {
	case "":
	case "day-first":
		r.Figures = edtf.DayFirst
	case "month-first":
		r.Figures = edtf.MonthFirst
	default:
		return r, fmt.Errorf("dates are day-first or month-first, not %q", c.Dates)
	}
	switch {
	case c.Separator != "" && (utf8.RuneCountInString(c.Separator) != 1 || strings.ContainsAny(c.Separator, "\"\r\n\ufffd")):
		return r, fmt.Errorf("cells are parted by one sign, such as a semicolon or a tab, not by %q", c.Separator)
	case c.FiscalStart < 0 || c.FiscalStart > 12:
		return r, fmt.Errorf("a fiscal year begins in a month from 1 to 12, not %d", c.FiscalStart)
	case c.YearsAsDays != "" && c.YearsAsDays != "years" && c.YearsAsDays != "days":
		return r, fmt.Errorf("years that are shown as days are years or days, not %q", c.YearsAsDays)
	case c.DayNumbers != "" && c.DayNumbers != "1900" && c.DayNumbers != "1904":
		return r, fmt.Errorf("numbers of days are counted from 1900 or 1904, not %q", c.DayNumbers)
	case c.Currency != "" && !isCode(c.Currency):
		return r, fmt.Errorf("a currency is an ISO 4217 code such as EUR, not %q", c.Currency)
	}
	return r, nil
}
