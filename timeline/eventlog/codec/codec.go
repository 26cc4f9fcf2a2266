// Package codec turns payloads into the JSON in which a log keeps them, and
// reads what programs of other versions have written.
//
// A [Codec] knows a set of Go types, each with a stable name and a version. The
// name is what is stored, so a Go type can be renamed or moved; when the form of
// a type changes, its version goes up, and an [Upcaster] brings what is stored
// forward when it is read. What is stored is never rewritten.
//
//	c := codec.New(undecoded,
//		codec.Type[Payload]{Name: "model.launched", Version: 2, Zero: ModelLaunched{}},
//		codec.Type[Payload]{Name: "plan.moved", Version: 1, Zero: PlanMoved{}},
//	).With("model.launched", 1, withCurrency)
//
// A name that is not known, or a version newer than the known one, was written
// by a newer program: it is kept as it is.
package codec

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/personal"
)

// A Codec is a [eventlog.Codec] for a set of Go types that are, or implement,
// E. It never changes and is safe for concurrent use. The zero value knows no
// types.
type Codec[E any] struct {
	undecoded func(eventlog.Stored) E
	byName    map[string]known
	byType    map[reflect.Type]known
	upcasters map[version]Upcaster
	keys      personal.Keys // nil if there are none
}

// A Type says under which name and version the payloads with the Go type of
// Zero are stored.
type Type[E any] struct {
	Name    string
	Version int // from 1
	Zero    E   // any value of the type
}

// An Upcaster turns one stored form into that of a later version of its type,
// or into one of another type. It must not change the bytes it is given.
type Upcaster func(eventlog.Stored) (eventlog.Stored, error)

// An Undecoded is a payload of a type that is not known: what the first argument
// of [New] returns. It is stored again as what it was.
type Undecoded interface{ Stored() eventlog.Stored }

type known struct {
	name    string
	version int
	goType  reflect.Type
}

type version struct {
	name   string
	number int
}

// What a codec refuses.
var (
	// ErrUnknown reports a type that the codec does not know: a Go type on
	// writing, a name or a newer version on reading if New was given no function
	// for it.
	ErrUnknown = errors.New("codec: unknown type")
	// ErrVersion reports a version that is older than the known one and that no
	// upcaster brings forward.
	ErrVersion = errors.New("codec: no upcaster from this version")
)

// New returns a codec for the given types. A payload whose type it does not know
// becomes what undecoded makes of it, which should be an [Undecoded]; the fold must
// leave the state as it is for such a payload, so that what it says is missing from
// the state. If undecoded is nil, such a payload is refused. New panics if a type
// has no name, a version below 1 or a nil Zero, or if a name or a Go type is there
// twice.
func New[E any](undecoded func(eventlog.Stored) E, types ...Type[E]) Codec[E] {
	c := Codec[E]{undecoded: undecoded, byName: map[string]known{}, byType: map[reflect.Type]known{}}
	for _, t := range types {
		k := known{t.Name, t.Version, reflect.TypeOf(t.Zero)}
		switch {
		case k.name == "":
			panic(fmt.Sprintf("codec: the type of %v has no name", k.goType))
		case k.goType == nil:
			panic(fmt.Sprintf("codec: %s has no Zero, which says the Go type", k.name))
		case k.version < 1:
			panic(fmt.Sprintf("codec: %s has version %d; versions count from 1", k.name, k.version))
		}
		if other, ok := c.byName[k.name]; ok {
			panic(fmt.Sprintf("codec: %s is the name of %v and of %v", k.name, other.goType, k.goType))
		}
		if other, ok := c.byType[k.goType]; ok {
			panic(fmt.Sprintf("codec: %v is stored as %s and as %s", k.goType, other.name, k.name))
		}
		c.byName[k.name], c.byType[k.goType] = k, k
	}
	return c
}

// With returns c with an upcaster from one version of a type. The name need not
// be known any more. A second upcaster from the same version replaces the first.
func (c Codec[E]) With(name string, from int, up Upcaster) Codec[E] {
	upcasters := maps.Clone(c.upcasters)
	if upcasters == nil {
		upcasters = map[version]Upcaster{}
	}
	upcasters[version{name, from}] = up
	c.upcasters = upcasters
	return c
}

// WithKeys returns c with keys for the [personal.Data] in payloads, which is stored sealed.
// Upcasters get the sealed form.
func (c Codec[E]) WithKeys(keys personal.Keys) Codec[E] {
	c.keys = keys
	return c
}

// ErrNoKeys reports a payload with [personal.Data], which a codec without keys does not
// store: see [Codec.WithKeys].
var ErrNoKeys = errors.New("codec: personal data needs a codec with keys")

// Encode returns the stored form of a payload. The error matches [ErrUnknown]
// if its Go type is not known, [ErrNoKeys] or those of [personal.Seal] if there is personal
// data in it; it says so if the payload is null in JSON, or has text that is not UTF-8, which
// [Codec.Decode] would refuse or find changed; else it is that of package encoding/json.
func (c Codec[E]) Encode(payload E) (eventlog.Stored, error) {
	k, ok := c.byType[reflect.TypeOf(payload)]
	if !ok {
		if u, ok := any(payload).(Undecoded); ok {
			return u.Stored(), nil
		}
		return eventlog.Stored{}, fmt.Errorf("%w: %T", ErrUnknown, payload)
	}
	data, err := compactJSON(payload)
	if err != nil {
		return eventlog.Stored{}, fmt.Errorf("codec: %s: %w", k.name, err)
	}
	if string(data) == "null" {
		return eventlog.Stored{}, fmt.Errorf("codec: %s: %w", k.name, errNull)
	}
	if err := value.CheckWritten(data); err != nil {
		return eventlog.Stored{}, fmt.Errorf("codec: %s: %w", k.name, err)
	}
	if data, err = c.seal(data); err != nil {
		return eventlog.Stored{}, fmt.Errorf("codec: %s: %w", k.name, err)
	}
	return eventlog.Stored{Type: k.name, Version: k.version, Data: data}, nil
}

// seal seals what is personal in a payload.
func (c Codec[E]) seal(data []byte) ([]byte, error) {
	switch {
	case !personal.Has(data):
		return data, nil
	case c.keys == nil:
		return nil, ErrNoKeys
	}
	return personal.Seal(data, c.keys)
}

// open opens what is sealed in a payload.
func (c Codec[E]) open(data []byte) ([]byte, error) {
	if c.keys == nil {
		return data, nil // reading it as personal.Data is an error
	}
	return personal.Open(data, c.keys)
}

// compactJSON is json.Marshal without escapes for HTML.
func compactJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Decode returns the payload with the given stored form, brought forward by
// upcasters as far as they lead. Members that the Go type does not have are
// refused: nothing is lost. What upcasters lead to must be known. Personal data is opened; if its key was destroyed it is erased, and
// if the key is not there the error matches [personal.ErrNoKey]. It reads as package encoding/json does, which takes
// names in small or large letters, and of equal ones the last.
func (c Codec[E]) Decode(stored eventlog.Stored) (E, error) {
	var none E
	current, err := c.upcast(stored)
	if err != nil {
		return none, err
	}
	k, ok := c.byName[current.Type]
	switch {
	case (!ok || current.Version > k.version) && (current.Type != stored.Type || current.Version != stored.Version):
		return none, fmt.Errorf("%w: %s v%d, which %s v%d was upcast to", ErrUnknown, current.Type, current.Version, stored.Type, stored.Version)
	case !ok || current.Version > k.version:
		if c.undecoded == nil {
			return none, fmt.Errorf("%w: %s v%d", ErrUnknown, stored.Type, stored.Version)
		}
		return c.undecoded(stored.Clone()), nil
	case current.Version < k.version:
		return none, fmt.Errorf("%w: %s v%d", ErrVersion, current.Type, current.Version)
	}
	payload := reflect.New(k.goType)
	data, err := c.open(current.Data)
	if err == nil {
		err = decode(data, payload.Interface())
	}
	if err != nil {
		return none, fmt.Errorf("codec: %s v%d: %w", k.name, k.version, err)
	}
	return payload.Elem().Interface().(E), nil
}

// maxSteps bounds how many upcasters one payload goes through, against those
// that lead in a circle.
const maxSteps = 1000

func (c Codec[E]) upcast(s eventlog.Stored) (eventlog.Stored, error) {
	for range maxSteps {
		up, ok := c.upcasters[version{s.Type, s.Version}]
		if !ok {
			return s, nil
		}
		next, err := up(s.Clone())
		if err != nil {
			return s, fmt.Errorf("codec: upcasting %s v%d: %w", s.Type, s.Version, err)
		}
		s = next
	}
	return s, fmt.Errorf("codec: upcasting %s v%d: more than %d steps", s.Type, s.Version, maxSteps)
}

// errNull reports a payload that is nothing.
var errNull = errors.New("null is no payload")

// decode decodes a payload.
func decode(text []byte, into any) error {
	switch string(text) {
	case "":
		return errors.New("no data")
	case "null":
		return errNull
	}
	return value.StrictJSON(text, into)
}
