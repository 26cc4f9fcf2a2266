package timeline

import (
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Verdict is whether something was so.
type Verdict[E any] struct {
	// Truth is Certain if it was so in every world, No if it was in none, and else
	// Possible. It is Possible too whenever a caveat keeps it from being certain:
	// what is not recorded is not "no".
	Truth edtf.Truth
	// Recorded is the truth by what is recorded alone: the same, whatever the sources
	// do not cover or never mention.
	Recorded edtf.Truth
	Caveats[E]
}

// judged returns v with the truth that its caveats leave of what is recorded.
func (v Verdict[E]) judged() Verdict[E] {
	v.Truth = v.Recorded
	if !v.Complete() {
		v.Truth = edtf.Possible
	}
	return v
}

// failed is the verdict if the question is a mistake.
func failed[E any](err error) Verdict[E] {
	return Verdict[E]{Truth: edtf.Possible, Recorded: edtf.Possible, Caveats: Caveats[E]{Err: err}}
}

// Holds reports whether q held at the end of day. A mistake in the question is in
// the Err of the verdict, whose Truth is Possible.
func (t *Timeline[S, E]) Holds(day edtf.Day, q Question[S, bool]) Verdict[E] {
	a, err := Ask(t, day, q)
	if err != nil {
		return failed[E](err)
	}
	return verdictOf(&a)
}

func verdictOf[E any](a *Answer[bool, E]) Verdict[E] {
	v := Verdict[E]{Recorded: edtf.Possible, Caveats: a.Caveats}
	if value, ok := a.Recorded(); ok {
		v.Recorded = edtf.TruthOf(value)
	}
	return v.judged()
}

// String returns v as "certain", "no", "possible: t03-tychy-started (2024-06)" or
// "certain, as far as recorded, to 2025-10". What is not recorded comes first: "not
// recorded: current models (as recorded: no)".
func (v Verdict[E]) String() string {
	text := v.Recorded.String()
	if v.Recorded == edtf.Possible && len(v.Decides) > 0 {
		events := make([]string, len(v.Decides))
		for n, e := range v.Decides {
			events[n] = e.Label() + " (" + e.When.String() + ")"
		}
		text += ": " + strings.Join(events, ", ")
	}
	if v.Truth == edtf.Certain {
		return text // whatever is not covered
	}
	return v.qualify(text)
}
