package archive

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A setting sets one of a dozen parts, or is refused depending on what they are.
type setting struct {
	part, value int
	checks      bool
}

type parts [12]int

func foldParts(s parts, e timeline.Event[setting]) (parts, error) {
	switch {
	case !e.Data.checks:
		s[e.Data.part] = e.Data.value
	case s[0] == 2:
		return s, fmt.Errorf("refused at %d", s[1])
	}
	return s, nil
}

// Old versions of a long stream and new ones, which share leaves, answer as those that keep
// nothing, asked in any order and by several at once.
func TestVersionsShareStates(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(11, seed))
			options := &Options[parts]{CacheBytes: []int64{0, 100_000}[seed%2]}
			days := []int{900, 60}[seed/2]
			kept, err := New(foldParts, options)
			require.NoError(t, err)
			bare, err := New(foldParts, &Options[parts]{CacheBytes: -1})
			require.NoError(t, err)
			var all []timeline.Event[setting]
			random := func(day int) timeline.Event[setting] {
				return timeline.Event[setting]{
					ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, r.Uint64())), Seq: int64(r.IntN(1000)), When: edtf.Day(day).Date(),
					Data: setting{part: r.IntN(12), value: r.IntN(3), checks: r.IntN(150) == 0},
				}
			}
			type pair struct{ kept, bare *version[parts, setting] }
			var pairs []pair
			add := func(events ...timeline.Event[setting]) {
				all = append(all, events...)
				require.NoError(t, kept.Append("s", events...))
				require.NoError(t, bare.Append("s", events...))
				k, _ := kept.version("s")
				b, _ := bare.version("s")
				pairs = append(pairs, pair{k, b})
			}
			first := make([]timeline.Event[setting], 900)
			for i := range first {
				first[i] = random(r.IntN(days))
			}
			add(first...)
			for range 100 {
				var come []timeline.Event[setting]
				day := r.IntN(days)
				for range 1 + r.IntN(3) {
					e := random(day)
					if r.IntN(3) == 0 {
						other := all[r.IntN(len(all))]
						e.Replaces, e.When, e.Retraction = []uuid.UUID{other.ID}, other.When, r.IntN(3) == 0
					}
					come = append(come, e)
				}
				add(come...)
				var wait sync.WaitGroup
				for range 3 {
					r := rand.New(rand.NewPCG(r.Uint64(), 1))
					wait.Add(1)
					go func() {
						defer wait.Done()
						for range 4 {
							p := pairs[max(0, len(pairs)-1-r.IntN(2)*r.IntN(12))]
							on := edtf.Day(r.IntN(days))
							want, got := p.bare.snapshot(on, edtf.DistantFuture), p.kept.snapshot(on, edtf.DistantFuture)
							assert.Equal(t, want.State, got.State, "on day %d", on)
							assert.Equal(t, fmt.Sprint(want.Err), fmt.Sprint(got.Err), "on day %d", on)
						}
					}()
				}
				if wait.Wait(); t.Failed() {
					return
				}
			}
		})
	}
}

// What is kept of a leaf takes less than 256 bytes if a state takes 80, as three slices and a
// number do: objects at every 256th byte share few lines of a cache.
func TestKeptOfALeafIsSmall(t *testing.T) {
	kept := reflect.TypeFor[cachedStates[[10]int64]]().Size()
	if reflect.TypeFor[uintptr]().Size() == 8 {
		assert.Less(t, value.Allocated(int(kept), true), 256, "%d bytes", kept)
	}
}
