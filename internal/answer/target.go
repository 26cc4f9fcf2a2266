package answer

import (
	"encoding/json"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// A target is an address, and the value that is asked about, if one is.
type target struct {
	address
	value   *string  // as people write it
	meaning *meaning // what is meant if no value is
}

// A meaning is what people mean by the name of a part of the state: by that of a stake
// that its holder is an owner, whether or not the stake was ever recorded.
type meaning struct {
	has   func(members map[string]json.RawMessage) bool
	claim func(steps []string) words.Claim
}

// asMeant returns t with what is meant by it if no value is asked about: a car that is
// on sale or made, an owner that has a share, a market in which cars are sold.
func (t target) asMeant() target {
	if t.value != nil {
		return t
	}
	value := func(field, v string) target {
		steps := append(append([]string{}, t.steps...), field)
		return target{address{JoinPointer(steps), steps}, &v, nil}
	}
	switch {
	case len(t.steps) == 4 && t.steps[0] == "plants" && t.steps[2] == "models":
		return value("status", string(events.InProduction))
	case len(t.steps) != 2:
		return t
	case t.steps[0] == "models":
		return value("status", string(events.StatusOnSale))
	case t.steps[0] == "stakes":
		t.meaning = &meaning{hasShare, func(steps []string) words.Claim { return words.Owns(steps[1]) }}
	case t.steps[0] == "markets":
		t.meaning = &meaning{isOpen, func(steps []string) words.Claim { return words.Sells(steps[1]) }}
	}
	return t
}

func hasShare(stake map[string]json.RawMessage) bool {
	return stake["percent"] != nil && string(stake["percent"]) != "0"
}

func isOpen(market map[string]json.RawMessage) bool {
	return market["since"] != nil && market["left"] == nil && market["suspendedSince"] == nil
}

// is reports whether v is the value asked about, or whether there is one if
// none is.
func (t target) is(v string) bool {
	switch {
	case v == "":
		return t.value != nil && *t.value == words.Nothing
	case t.meaning != nil:
		var members map[string]json.RawMessage
		return json.Unmarshal([]byte(v), &members) == nil && t.meaning.has(members)
	case t.value == nil:
		return true
	}
	raw := json.RawMessage(v)
	return v == *t.value || Plain(raw) == *t.value || words.Value(fieldOf(t.Path), raw) == *t.value
}

// holds returns the question whether the value is there.
func (t target) holds() timeline.Question[events.Company, bool] {
	return timeline.Map(t.question(), t.is)
}

// String returns the target as a statement about the pointer: "/stakes/Stellantis is
// there".
func (t target) String() string {
	if t.value == nil {
		return t.Path + " is there"
	}
	return t.Path + " is " + *t.value
}

// claim returns the target as a statement in English.
func (t target) claim(titles words.Titler) words.Claim {
	switch {
	case t.meaning != nil:
		return t.meaning.claim(t.steps)
	case t.value == nil:
		return titles.Exists(t.steps)
	}
	return titles.SaysText(t.steps, *t.value)
}
