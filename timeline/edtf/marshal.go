package edtf

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// MarshalText returns [Date.String].
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads what [Parse] reads, and what earlier versions of it did, since logs
// have it: sets with a range of two precisions, [2018-03..2019]. Empty text gives the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	return d.unmarshal(string(text))
}

func (d *Date) unmarshal(text string) error {
	if text == "" {
		*d = Date{}
		return nil
	}
	parsed, err := parseStored(text)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Value stores d in a database as text; the zero Date as NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads d from a database: text as [Date.UnmarshalText] reads it, or NULL, which gives
// the zero Date.
func (d *Date) Scan(src any) error {
	if text, ok := src.(string); ok {
		return d.unmarshal(text)
	}
	text, err := scanText(src)
	if err != nil {
		return fmt.Errorf("edtf: cannot scan %T into a Date", src)
	}
	return d.UnmarshalText(text)
}

// MarshalText returns d as YYYY-MM-DD. It refuses days outside -9999 to 9999.
func (d Day) MarshalText() ([]byte, error) {
	if d < MinDay || d > MaxDay {
		return nil, fmt.Errorf("edtf: %v cannot be written as a day", d)
	}
	return d.Date().AppendText(nil)
}

// UnmarshalText reads what [ParseDay] reads.
func (d *Day) UnmarshalText(text []byte) error {
	parsed, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Value stores d in a database as text, YYYY-MM-DD.
func (d Day) Value() (driver.Value, error) {
	text, err := d.MarshalText()
	if err != nil {
		return nil, err
	}
	return string(text), nil
}

// Scan reads d from a database: text as [ParseDay] reads it, or a time, of
// which [DayOf] takes the day. It refuses NULL.
func (d *Day) Scan(src any) error {
	if t, ok := src.(time.Time); ok {
		*d = DayOf(t)
		return nil
	}
	text, err := scanText(src)
	if err != nil || src == nil {
		return fmt.Errorf("edtf: cannot scan %T into a Day", src)
	}
	return d.UnmarshalText(text)
}

func scanText(src any) ([]byte, error) {
	switch src := src.(type) {
	case nil:
		return nil, nil
	case string:
		return []byte(src), nil
	case []byte:
		return src, nil
	}
	return nil, fmt.Errorf("edtf: %T", src)
}
