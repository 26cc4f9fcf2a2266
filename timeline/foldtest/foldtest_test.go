package foldtest_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/foldtest"
)

// A fact sets a field of a map to a value.
type fact struct {
	field string
	value int
	scope []string
}

func (f fact) Scope() []string { return f.scope }

func (f fact) Schedule() []edtf.Day { return []edtf.Day{edtf.Day(f.value)} }

type state map[string]int

// pure copies the map that it changes.
func pure(s state, e timeline.Event[fact]) (state, error) {
	next := state{}
	for k, v := range s {
		next[k] = v
	}
	next[e.Data.field] += e.Data.value
	return next, nil
}

func facts(all ...fact) (events []timeline.Event[fact]) {
	for n, f := range all {
		events = append(events, timeline.Event[fact]{ID: uuid.UUID{15: byte(n + 1)}, Name: fmt.Sprint("e", n+1), When: edtf.MustParse("2020"), Data: f})
	}
	return events
}

var two = facts(fact{"a", 1, []string{"a"}}, fact{"b", 2, []string{"b"}}, fact{"a", 3, []string{"a"}})

func TestGoodFold(t *testing.T) {
	assert.NoError(t, foldtest.Check(pure, two...))
	q := timeline.Value(func(s state) int { return s["a"] }).Reading("a")
	assert.NoError(t, foldtest.CheckQuestion(pure, q, edtf.Between(0, 10), two...))
	due := timeline.ValueOn(func(s state, day edtf.Day) bool { return day >= edtf.Day(s["b"]) && s["b"] > 0 }).Reading("b")
	assert.NoError(t, foldtest.CheckQuestion(pure, due, edtf.Between(0, 10), two...))
}

// A fold that changes its map gives the last state on every day, without a sign.
func TestImpureFold(t *testing.T) {
	impure := func(s state, e timeline.Event[fact]) (state, error) {
		if s == nil {
			s = state{}
		}
		s[e.Data.field] += e.Data.value
		return s, nil
	}
	assert.ErrorContains(t, foldtest.Check(impure, two...), "the fold is not pure: the state after 1 events is another")
}

func TestWrongScope(t *testing.T) {
	last := func(s state, e timeline.Event[fact]) (state, error) {
		next, err := pure(s, e)
		next["last"] = e.Data.value
		return next, err
	}
	assert.ErrorContains(t, foldtest.Check(last, two...), `e1 and e2 give another state in the other order, but their scopes ["a"] and ["b"]`)
	after := func(s state, e timeline.Event[fact]) (state, error) {
		if e.Data.field == "b" && s["a"] == 0 {
			return s, errors.New("not before a")
		}
		return pure(s, e)
	}
	assert.ErrorContains(t, foldtest.Check(after, two...), "e1 decides whether e2 is refused")
	assert.NoError(t, foldtest.Check(last, facts(fact{"a", 1, []string{"x"}}, fact{"b", 2, []string{"x/y"}})...), "one is below the other")
}

func TestWrongQuestion(t *testing.T) {
	sum := timeline.Value(func(s state) int { return s["a"] + s["b"] }).Reading("a")
	sum.Name = "the sum"
	assert.ErrorContains(t, foldtest.CheckQuestion(pure, sum, edtf.Between(0, 10), two...), `e2 changes the sum, but its scope ["b"] has none of the parts ["a"]`)
	age := timeline.ValueOn(func(s state, day edtf.Day) int { return int(day) / 5 })
	age.Name = "the age"
	assert.ErrorContains(t, foldtest.CheckQuestion(pure, age, edtf.Between(0, 10), two...), "the calendar changes the age on 1970-01-06, which no event has in its Schedule")
	undated := timeline.ValueOn(func(s state, day edtf.Day) bool { return day >= edtf.Day(s["b"]) && s["b"] > 0 })
	undated.Dated = false
	assert.Error(t, foldtest.CheckQuestion(pure, undated, edtf.Between(0, 10), two...))
}

// A slice that is appended to may be shared by two states that follow one.
func TestFoldThatSharesASlice(t *testing.T) {
	shares := func(s []int, e timeline.Event[fact]) ([]int, error) { return append(s, e.Data.value), nil }
	many := facts(fact{"a", 1, []string{"a"}}, fact{"a", 2, []string{"a"}}, fact{"a", 3, []string{"a"}}, fact{"a", 4, []string{"a"}})
	assert.ErrorContains(t, foldtest.Check(shares, many...), "the fold is not pure")
	copies := func(s []int, e timeline.Event[fact]) ([]int, error) {
		return append(slices.Clip(slices.Clone(s)), e.Data.value), nil
	}
	assert.NoError(t, foldtest.Check(copies, many...))
}

// forgetful is a state whose method Equal leaves something out.
type forgetful struct{ a, b int }

func (s forgetful) Equal(o forgetful) bool { return s.a == o.a }

func TestEqualThatForgets(t *testing.T) {
	fold := func(s forgetful, e timeline.Event[fact]) (forgetful, error) {
		s.b = e.Data.value
		return s, nil
	}
	q := timeline.Value(func(s forgetful) int { return s.b })
	assert.ErrorContains(t, foldtest.CheckQuestion(fold, q, edtf.Between(0, 10), two...), "e1 changes the value, but the states before and after it are equal by the method Equal")
}

// What the calendar changes back is found all the same.
func TestValueBetweenTurns(t *testing.T) {
	events := facts(fact{"b", 5, []string{"b"}})
	q := timeline.ValueOn(func(s state, day edtf.Day) bool { return s["b"] > 0 && day < edtf.Day(s["b"]) }).Reading("a")
	assert.ErrorContains(t, foldtest.CheckQuestion(pure, q, edtf.Between(0, 10), events...), `e1 changes the value, but its scope ["b"] has none of the parts ["a"]`)
}

// A retraction has no data to apply.
func TestCheckInPlaceWithARetraction(t *testing.T) {
	events := []timeline.Event[fmt.Stringer]{
		{ID: uuid.UUID{1}, Name: "a", When: edtf.MustParse("2020"), Data: edtf.MustDay("2020-01-01")},
		{ID: uuid.UUID{2}, Name: "b", When: edtf.MustParse("2020"), Retraction: true, Replaces: []uuid.UUID{{1}}},
	}
	fold := func(s string, e timeline.Event[fmt.Stringer]) (string, error) { return s + e.Data.String(), nil }
	apply := func(s *string, e *timeline.Event[fmt.Stringer]) error { *s += e.Data.String(); return nil }
	assert.NoError(t, foldtest.CheckInPlace(fold, apply, func(into, from *string) { *into = *from }, events...))
}

// An event that can follow nothing is a case that the fold forgot.
func TestEventThatIsNeverTaken(t *testing.T) {
	unknown := errors.New("unknown fact")
	forgets := func(s state, e timeline.Event[fact]) (state, error) {
		if e.Data.field == "b" {
			return s, unknown
		}
		return pure(s, e)
	}
	err := foldtest.Check(forgets, two...)
	assert.ErrorContains(t, err, "e2 is refused after every state: unknown fact")
	assert.ErrorIs(t, err, unknown)
}
