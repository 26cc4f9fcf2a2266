package eventlog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// AppendMetadata appends the stored form of metadata to b: a JSON object with the
// members by, why, correlation, causation and more, of which those that say nothing are
// left out. In more, names are sorted.
func AppendMetadata(b []byte, m *timeline.Metadata) []byte {
	b = append(b, '{')
	first := true
	member := func(name string) {
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(appendString(b, name), ':')
	}
	for _, text := range []struct{ name, value string }{{"by", m.By}, {"why", m.Why}, {"correlation", m.Correlation}, {"causation", m.Causation}} {
		if text.value != "" {
			member(text.name)
			b = appendString(b, text.value)
		}
	}
	if len(m.More) > 0 {
		member("more")
		b = append(b, '{')
		for n, name := range slices.Sorted(maps.Keys(m.More)) {
			if n > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, name), ':')
			b = appendString(b, m.More[name])
		}
		b = append(b, '}')
	}
	return append(b, '}')
}

// ParseMetadata reads what [AppendMetadata] appends, with blanks and in any order.
func ParseMetadata(text []byte) (*timeline.Metadata, error) {
	var m metadata
	err := m.UnmarshalJSON(text)
	return (*timeline.Metadata)(&m).Clone(), err
}

// metadata is read member by member.
type metadata timeline.Metadata

func (m *metadata) UnmarshalJSON(text []byte) error {
	var read metadata
	d := json.NewDecoder(bytes.NewReader(text))
	if err := decodeObject(d, "meta", map[string]any{
		"by": &read.By, "why": &read.Why, "correlation": &read.Correlation, "causation": &read.Causation, "more": (*more)(&read.More),
	}); err != nil {
		return err
	}
	*m = read
	return nil
}

// more is read name by name: none may stand there twice, and each has a text.
type more map[string]string

func (m *more) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return errors.New("more must be a JSON object")
	}
	read := more{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		said, err := d.Token()
		if err != nil {
			return err
		}
		text, ok := said.(string)
		if !ok {
			return fmt.Errorf("the value of %q in more must be a text", name)
		}
		if _, there := read[name.(string)]; there {
			return fmt.Errorf("the name %q stands in more twice", name)
		}
		read[name.(string)] = text
	}
	*m = read
	return nil
}

// timeForm is how the stored form has the time at which a record was recorded, in UTC,
// to the microsecond.
const timeForm = "2006-01-02T15:04:05.000000Z"

func appendTime(b []byte, t time.Time) []byte {
	return t.UTC().AppendFormat(b, timeForm)
}

// recordedAt is a time in its stored form.
type recordedAt time.Time

func (r *recordedAt) UnmarshalJSON(text []byte) error {
	var s string
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	return r.UnmarshalText([]byte(s))
}

func (r *recordedAt) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.RFC3339Nano, string(text))
	if err == nil {
		err = checkRecorded(t)
	}
	if err == nil && t.IsZero() {
		err = fmt.Errorf("%w: %s stands for no time", ErrRecorded, text)
	}
	if err == nil {
		*r = recordedAt(t.UTC().Truncate(time.Microsecond))
	}
	return err
}
