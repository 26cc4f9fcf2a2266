package archive_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A leaf in the middle of a stream empties when all of its events are corrected.
// The states of the leaves behind it are still those of the events that are left.
func TestArchiveEmptiesLeaves(t *testing.T) {
	const events, leaf = 700, 112 // a leaf of a tree that is built at once
	a := newArchive(t, nil)
	all := manyEvents(events)
	for i := range all { // those of a leaf become known together, of the next one much later
		all[i].Known = (day("2010-01-01") + edtf.Day(i/leaf*(i/leaf%2+1)*100)).Date()
	}
	require.NoError(t, a.Load(func(yield func(string, timeline.Event[op]) bool) {
		for _, e := range all {
			if !yield("s", e) {
				return
			}
		}
	}))
	first := day("2000-01-01")
	compare := func() {
		line, err := timeline.New(foldBox, all...)
		require.NoError(t, err)
		for i := range edtf.Day(events) {
			sameSnapshot(t, line.At(first+i), a.At("s", first+i), fmt.Sprint("event ", i))
		}
		for known := day("2010-01-01"); known < day("2014-01-01"); known += 50 {
			sameSnapshot(t, line.KnownOn(known).At(known), a.KnownOn(known).At("s", known), fmt.Sprint("known on ", known))
		}
	}
	add := func(e timeline.Event[op]) {
		all = append(all, e)
		require.NoError(t, a.Append("s", e))
	}
	retract := func(i int) {
		e := timeline.Event[op]{ID: uuid.NewSHA1(uuid.NameSpaceURL, fmt.Append(nil, i)), Seq: int64(events + i), When: all[i].When, Retraction: true}
		e.Replaces = []uuid.UUID{all[i].ID}
		add(e)
	}
	compare() // folds everything
	for i := 2 * leaf; i < 4*leaf; i++ {
		retract(i)
		if i%leaf >= leaf-2 { // before the last and after it
			compare()
		}
	}
	for _, at := range []int{5, 3 * leaf, 5 * leaf} {
		e := event(at%200, "2000-01-01", "add", 1000)
		e.When, e.ID = (first + edtf.Day(at)).Date(), uuid.NewSHA1(uuid.NameSpaceURL, fmt.Append(nil, "late", at))
		add(e)
		compare()
	}
	retract(events + 2*leaf) // the first late event
	for i := range leaf {    // all else in the first leaf
		if retract(i); i >= leaf-2 {
			compare()
		}
	}
}
