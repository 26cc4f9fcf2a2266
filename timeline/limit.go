package timeline

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
)

// MaxWorlds is how many worlds that differ are followed on one day: by
// which of the undecided events have happened, or by the state they lead to.
// Past it an answer is incomplete and claims no certainty.
const MaxWorlds = 1 << 13

// MaxRanges is how many ranges of days that do not touch the When or Known of an event
// may have, if it is a set.
const MaxRanges = 1000

// DefaultEffort is how many steps are done for a question if nothing else is said: about
// a second of work, if a fold, and the comparison of two states, takes a microsecond.
const DefaultEffort = 1 << 19

// An effort is what may be done for each question.
type effort struct {
	ctx   context.Context // nil if nothing ends it
	steps int             // 0 for the default
}

func (e effort) most() int { return cmp.Or(e.steps, DefaultEffort) }

func (e effort) work() *worlds.Work { return worlds.NewWork(e.ctx, e.most()) }

// WithContext returns t, whose questions end when the context is done. The answer is
// then incomplete, and has the error of the context. Both timelines share what they
// keep of earlier answers.
func (t *Timeline[S, E]) WithContext(ctx context.Context) *Timeline[S, E] {
	u := t.sibling()
	u.effort.ctx = ctx
	return u
}

// WithEffort returns t, for each of whose questions so many steps may be done. A step
// is a fold, a comparison of two states, or what takes about as long. Past it the
// answer is incomplete; so it is past [MaxWorlds], whatever the effort. Less than 1
// stands for [DefaultEffort].
func (t *Timeline[S, E]) WithEffort(steps int) *Timeline[S, E] {
	u := t.sibling()
	u.effort.steps = max(steps, 0)
	return u
}

// A LimitError says that an answer is incomplete, since there were more worlds than
// [MaxWorlds], or since the effort for a question was spent.
type LimitError struct {
	// Effort is how many steps were done, if these were too few; see
	// [Timeline.WithEffort].
	Effort int
	// Unscoped are the types of payloads that do not say which parts of the state
	// they have to do with. Every event of such a type may have to do with any other,
	// which multiplies worlds; see [Scoped].
	Unscoped []string
}

// Error says which limit was reached, and what would help.
func (e *LimitError) Error() string {
	text := fmt.Sprintf("there are more than %d worlds, and not all were followed", MaxWorlds)
	if e.Effort > 0 {
		text = fmt.Sprintf("not all worlds were followed in %d steps", e.Effort)
	}
	if len(e.Unscoped) > 0 {
		text += "; a method Scope() []string of " + strings.Join(e.Unscoped, ", ") + " would let unrelated events be told apart"
	}
	return text
}

// limit returns why an answer is incomplete, if it is.
func (x *inquiry[V, S, E]) limit(incomplete bool) error {
	switch {
	case !incomplete:
		return nil
	case x.work().Err() != nil:
		return x.work().Err()
	}
	e := &LimitError{Unscoped: x.t.unscoped()}
	if x.work().Spent() {
		e.Effort = x.effort.most()
	}
	return e
}

// unscoped returns the types of payloads without a scope.
func (t *Timeline[S, E]) unscoped() []string {
	var types []string
	for _, e := range t.events {
		if _, ok := any(e.Data).(Scoped); !ok && any(e.Data) != nil {
			if name := reflect.TypeOf(e.Data).String(); !slices.Contains(types, name) {
				types = append(types, name)
			}
		}
	}
	slices.Sort(types)
	return types
}
