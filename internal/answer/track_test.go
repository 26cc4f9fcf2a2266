package answer

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// drawPlans returns a history of one plan, without days.
func drawPlans(t *rapid.T) *events.History {
	first := edtf.MustDay("2020-01-01")
	date := func(label string) edtf.Date {
		from := first + edtf.Day(rapid.IntRange(0, 30).Draw(t, label))
		days := rapid.SampledFrom([]int{0, 0, 1, 3, 12, -1}).Draw(t, label+" days")
		if days < 0 {
			return edtf.MustParse("[" + from.String() + "..]")
		}
		return edtf.Between(from, from+edtf.Day(days))
	}
	outline := events.PlanOutline{Plan: "x", Title: "the plan", Basis: "announced", Window: date("window")}
	all := []events.Event{{When: date("announced"), Data: events.PlanAnnounced{PlanOutline: outline}}}
	for n := range rapid.IntRange(0, 3).Draw(t, "events") {
		e := events.Event{When: date("when")}
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			e.Data = events.PlanMoved{Plan: "x", Window: date("moved to")}
		case 1:
			e.Data = events.PlanFulfilled{Plan: "x"}
		case 2:
			e.Data = events.PlanDropped{Plan: "x"}
		default:
			e.Data, e.Rival = all[n].Data, "r"
			all[n].Rival = "r"
		}
		all = append(all, e)
	}
	for n := range all {
		all[n].ID = uuid.NewSHA1(uuid.NameSpaceURL, []byte{byte(n)})
	}
	h, err := timeline.New(events.Fold, all...)
	require.NoError(t, err, "the fold holds what is told of plans")
	return h
}

// TestTracksOfPlansLaw: on every day a plan has one of the values of the rows of
// its track which that day may be in, and all of them if there is only one such.
func TestTracksOfPlansLaw(t *testing.T) {
	a := address{"/plans/x/status", []string{"plans", "x", "status"}}
	turned := 0
	rapid.Check(t, func(r *rapid.T) {
		q := &Question{history: drawPlans(r)}
		rows := slices.Collect(q.changes(a))
		for day := edtf.MustDay("2019-12-30"); day < edtf.MustDay("2020-03-10"); day++ {
			var may []string
			current := 0
			for _, row := range rows {
				if row.From.IsZero() || row.From.Earliest() <= day {
					if row.Until.IsZero() || day < row.Until.Latest() {
						may = append(append(may, row.Value), row.Others...)
						current++
					}
				}
			}
			answer, err := timeline.Ask(q.history, day, a.question())
			require.NoError(r, err)
			have := answer.Values()
			for _, v := range have {
				if !slices.Contains(may, v) {
					r.Fatalf("on %v it may be %s, which none of the rows has: %v", day, v, rows)
				}
			}
			slices.Sort(may)
			slices.Sort(have)
			if current == 1 && !slices.Equal(slices.Compact(may), have) {
				r.Fatalf("on %v it is %v, and the rows say %v: %v", day, have, may, rows)
			}
		}
		for n := range rows[1:] {
			if rows[n].Until.Latest() != rows[n+1].From.Latest() {
				r.Fatalf("a row ends on %v and the next begins on %v", rows[n].Until, rows[n+1].From)
			}
			if len(rows[n+1].Because) == 0 {
				turned++
			}
		}
	})
	require.Positive(t, turned, "no plan fell due")
}

// What is said of a platform rests on fewer events than all of the models, and is the same.
func TestPlatformsRestOnLess(t *testing.T) {
	race.SkipLong(t)
	for _, name := range []string{"../../seeds/testdata/article.json", ""} {
		h, err := Place{File: name}.Load(t.Context())
		require.NoError(t, err)
		q, err := h.Ask(Query{})
		require.NoError(t, err)
		platforms := 0
		for _, path := range h.addresses() {
			steps := SplitPointer(path)
			if len(steps) < 2 || steps[0] != "platforms" {
				continue
			}
			platforms++
			a := address{path, steps}
			whole := a.question()
			assert.Less(t, len(q.about(a).Parts), 30)
			for _, day := range CalendarOf(h.File.Timeline).Bounds {
				if int(day)%40 > 0 {
					continue
				}
				want, err := timeline.Ask(q.history, day, whole)
				require.NoError(t, err)
				got, err := timeline.Ask(q.history, day, q.about(a))
				require.NoError(t, err)
				require.Equal(t, want.Values(), got.Values(), "%s on %v", path, day)
			}
		}
		assert.Positive(t, platforms)
	}
}
