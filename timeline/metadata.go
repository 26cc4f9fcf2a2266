package timeline

import "maps"

// Metadata is what a log keeps beside an event about how it came there: who recorded it,
// and why. It changes nothing in the state. It must not be changed once it is in an event.
type Metadata struct {
	By          string            `json:"by,omitzero"`          // who recorded it, a person or a program
	Why         string            `json:"why,omitzero"`         // the reason, such as a ticket
	Correlation string            `json:"correlation,omitzero"` // what all has in common that one request led to
	Causation   string            `json:"causation,omitzero"`   // what led to it directly, such as the ID of an event
	More        map[string]string `json:"more,omitzero"`        // anything else
}

// IsZero reports whether m says nothing, as a nil m does.
func (m *Metadata) IsZero() bool {
	return m == nil || m.By == "" && m.Why == "" && m.Correlation == "" && m.Causation == "" && len(m.More) == 0
}

// Equal reports whether both say the same. One that says nothing is equal to nil.
func (m *Metadata) Equal(o *Metadata) bool {
	if m.IsZero() || o.IsZero() {
		return m.IsZero() && o.IsZero()
	}
	return m.By == o.By && m.Why == o.Why && m.Correlation == o.Correlation && m.Causation == o.Causation && maps.Equal(m.More, o.More)
}

// Clone returns a copy of m that shares nothing with it, nil if m says nothing.
func (m *Metadata) Clone() *Metadata {
	if m.IsZero() {
		return nil
	}
	c := *m
	if c.More = maps.Clone(m.More); len(c.More) == 0 {
		c.More = nil
	}
	return &c
}
