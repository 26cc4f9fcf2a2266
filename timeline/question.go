package timeline

import (
	"cmp"
	"errors"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Question is what is asked of a history: how to read a value from its state,
// and what that value is about. Domain packages offer the questions people ask
// ready made; [Value] makes one of any function.
//
// A question that names its parts is answered from the events that can decide
// about them, and from no others: it costs less, and undecided events of other
// parts cannot make its answer incomplete.
type Question[S any, V comparable] struct {
	// Name is what is asked, for messages: "the stake of Stellantis".
	Name string
	// Read returns the value in the state at the end of day. It must be pure, and
	// its values must equal themselves: NaN would be a new value each time.
	Read func(s S, day edtf.Day) V
	// Dated says that Read depends on the day, so that the calendar alone may change
	// the value: on days that payloads name; see [Scheduled].
	Dated bool
	// Parts are the parts of the state that Read reads, as payloads name them in
	// their scope; see [Scoped]. Nil stands for all of it.
	Parts []string
	// Names are parts that are named as the person who asks named them. If no event
	// ever mentions one, the answer says so. A question with Names, if only with none of
	// them, is one that a domain package has made: its Parts and Topics are taken as they
	// are. If Names is nil, a part that no event has to do with, or a topic that the
	// coverage does not have, is an error.
	Names []string
	// Topics are what is asked about, as a [Coverage] names them. On days on which
	// the sources are silent about one of them, or about one of Parts, the answer is
	// that it is not recorded.
	Topics []string
}

// Value returns the question for what read returns, which may be about everything.
func Value[S any, V comparable](read func(S) V) Question[S, V] {
	if read == nil {
		return Question[S, V]{} // whoever asks it is told
	}
	return Question[S, V]{Read: func(s S, _ edtf.Day) V { return read(s) }}
}

// ValueOn returns the question for what read returns for the state at the end of a
// day, which may be about everything. The calendar alone may change it.
func ValueOn[S any, V comparable](read func(s S, day edtf.Day) V) Question[S, V] {
	return Question[S, V]{Read: read, Dated: true}
}

// About returns q with topics, as the history's [Coverage] names them, besides
// those that it has.
func (q Question[S, V]) About(topics ...string) Question[S, V] {
	q.Topics = append(q.Topics[:len(q.Topics):len(q.Topics)], topics...)
	return q
}

// Reading returns q with parts of the state that it reads, besides those that it
// has. What it reads besides these must not matter.
func (q Question[S, V]) Reading(parts ...string) Question[S, V] {
	q.Parts = append(q.Parts[:len(q.Parts):len(q.Parts)], parts...)
	return q
}

// Map returns the question for what f makes of the value of q. It is about the
// same.
func Map[V, W comparable, S any](q Question[S, V], f func(V) W) Question[S, W] {
	m := Question[S, W]{Name: q.Name, Dated: q.Dated, Parts: q.Parts, Names: q.Names, Topics: q.Topics}
	if q.Read != nil && f != nil {
		m.Read = func(s S, day edtf.Day) W { return f(q.Read(s, day)) }
	}
	return m
}

// Is returns the question whether the value of q is v.
func Is[V comparable, S any](q Question[S, V], v V) Question[S, bool] {
	return Map(q, func(w V) bool { return w == v })
}

// Not returns the question whether q does not hold.
func Not[S any](q Question[S, bool]) Question[S, bool] { return Is(q, false) }

// A Scheduled payload names the days from which on the calendar alone may change
// what its event has set: of a plan, the first day of its window and the day after
// its last. Questions that are [Question.Dated] look at these days too.
type Scheduled interface {
	Schedule() []edtf.Day
}

// ErrNoRead reports a question that does not say how to read its value.
var ErrNoRead = errors.New("timeline: the question has no Read")

// An inquiry is a question that is asked of a timeline.
type inquiry[V comparable, S, E any] struct {
	Question[S, V]
	t        *Timeline[S, E] // what can decide about the question
	asked    *Timeline[S, E] // with which the value is compared; nil if it need not be
	coverage coverages       // of the timeline that is asked
	effort   effort          // for the answer
	spent    *worlds.Work    // what has been done of it; nil before anything was
	base     Caveats[E]      // of every answer
}

// inquire returns q as asked of t, or an error if q is a mistake.
func inquire[V comparable, S, E any](t *Timeline[S, E], q Question[S, V]) (inquiry[V, S, E], error) {
	x := inquiry[V, S, E]{Question: q, t: t, coverage: t.rules.coverage, effort: t.effort}
	if q.Read == nil {
		return x, ErrNoRead
	}
	if q.Names == nil {
		if err := cmp.Or(t.checkTopics(q.Topics), t.checkParts(q.Parts)); err != nil {
			return x, err
		}
	}
	x.base.NeverMentioned = t.neverMentioned(q.Names)
	if q.Parts != nil {
		x.t = t.deciding(q.Parts)
	}
	return x, nil
}

// work returns what may be done for the answer.
func (x *inquiry[V, S, E]) work() *worlds.Work {
	if x.spent == nil {
		x.spent = x.effort.work()
	}
	return x.spent
}

// engine returns the engine of what can decide about the question, for its work.
func (x *inquiry[V, S, E]) engine() *worlds.Engine { return x.t.engine().Within(x.work()) }

// values returns the engine for what need not know how worlds differ.
func (x *inquiry[V, S, E]) values() *worlds.Engine { return x.t.values().Within(x.work()) }

// on returns how to read the value from a state, which is shared, at the end of
// day.
func (x *inquiry[V, S, E]) on(day edtf.Day) func(S) V {
	return func(s S) V { return x.read(s, day) }
}

// read returns the value in a state that is shared.
func (x *inquiry[V, S, E]) read(s S, day edtf.Day) V { return x.Read(x.t.rules.handOut(&s), day) }

// readIn is read for a state of the engine.
func (x *inquiry[V, S, E]) readIn(s worlds.State, day edtf.Day) V { return x.read(*s.(*S), day) }

// turns returns the days on which the calendar alone may change the value.
func (x *inquiry[V, S, E]) turns() []edtf.Day {
	if !x.Dated {
		return nil
	}
	return x.t.Schedule()
}
