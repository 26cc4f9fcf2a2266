package timeline

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// MaxWorlds is how many worlds that differ are followed on one day: by
// which of the undecided events have happened, or by the state they lead to.
// Past it an answer is incomplete and claims no certainty.
const MaxWorlds = 1 << 13

// A LimitError says that an answer is incomplete, since there were more worlds than
// [MaxWorlds].
type LimitError struct {
	// Unscoped are the types of payloads that do not say which parts of the state
	// they have to do with. Every event of such a type may have to do with any other,
	// which multiplies worlds; see [Scoped].
	Unscoped []string
}

// Error says which limit was reached, and what would help.
func (e *LimitError) Error() string {
	text := fmt.Sprintf("there are more than %d worlds, and not all were followed", MaxWorlds)
	if len(e.Unscoped) > 0 {
		text += "; a method Scope() []string of " + strings.Join(e.Unscoped, ", ") + " would let unrelated events be told apart"
	}
	return text
}

// limit returns why an answer is incomplete, if it is.
func (t *Timeline[S, E]) limit(incomplete bool) error {
	if !incomplete {
		return nil
	}
	return &LimitError{t.unscoped()}
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
