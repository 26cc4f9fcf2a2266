package edtf_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func TestTruth(t *testing.T) {
	all := []edtf.Truth{edtf.No, edtf.Possible, edtf.Certain}
	for i, a := range all {
		assert.Equal(t, all[2-i], a.Not())
		assert.Equal(t, a, a.Not().Not())
		for j, b := range all {
			assert.Equal(t, all[min(i, j)], a.And(b))
			assert.Equal(t, all[max(i, j)], a.Or(b))
			assert.Equal(t, a.And(b).Not(), a.Not().Or(b.Not()))
		}
		text, err := a.MarshalText()
		require.NoError(t, err)
		var back edtf.Truth
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, a, back)
	}
	assert.Equal(t, edtf.Certain, edtf.TruthOf(true))
	assert.Equal(t, edtf.No, edtf.TruthOf(false))
	var bad edtf.Truth
	assert.Error(t, bad.UnmarshalText([]byte("maybe")))
	_, err := edtf.Truth(7).MarshalText()
	assert.Error(t, err)
}

// small is every form of the profile within a few months, as text.
var small = []string{
	"2018-03-15", "2018-03-16", "2018-03", "2018-03-XX", "2018-04", "2018-33", "2018-21", "2018-02-28?", "2018-37~",
}

// judge turns "in some" and "in all" into a truth.
func judge(some, all bool) edtf.Truth {
	switch {
	case all:
		return edtf.Certain
	case some:
		return edtf.Possible
	}
	return edtf.No
}

// overPairs asks q of each pair of days that a and b may mean.
func overPairs(a, b []edtf.Day, q func(x, y edtf.Day) bool) edtf.Truth {
	some, all := false, true
	for _, x := range a {
		for _, y := range b {
			if q(x, y) {
				some = true
			} else {
				all = false
			}
		}
	}
	return judge(some, all)
}

func TestWindowsCompareLikeTheirDays(t *testing.T) {
	from, to := edtf.MustDay("2018-01-01"), edtf.MustDay("2018-07-01")
	for _, a := range small {
		for _, b := range small {
			x, y := days(a, from, to), days(b, from, to)
			d, e := edtf.MustParse(a), edtf.MustParse(b)
			assert.Equal(t, overPairs(x, y, func(p, q edtf.Day) bool { return p < q }), d.Before(e), "%s before %s", a, b)
			assert.Equal(t, overPairs(x, y, func(p, q edtf.Day) bool { return p > q }), d.After(e), "%s after %s", a, b)
			assert.Equal(t, overPairs(x, y, func(p, q edtf.Day) bool { return p == q }), d.Same(e), "%s same as %s", a, b)
			between := edtf.DaysBetween(d, e)
			assert.Equal(t, int(y[0]-x[len(x)-1]), between.Min, "%s to %s", a, b)
			assert.Equal(t, int(y[len(y)-1]-x[0]), between.Max, "%s to %s", a, b)
		}
	}
}

// A span holds on a day if every way to start and end it does so.
func TestSpansHoldLikeTheirDays(t *testing.T) {
	from, to := edtf.MustDay("2018-01-01"), edtf.MustDay("2018-07-01")
	for _, a := range small {
		for _, b := range small {
			span, err := edtf.Parse(a + "/" + b)
			starts, ends := days(a, from, to), days(b, from, to)
			if starts[0] > ends[len(ends)-1] {
				require.Error(t, err, "%s/%s", a, b)
				continue
			}
			require.NoError(t, err)
			for day := from; day <= to; day += 3 {
				some, all := false, true
				for _, s := range starts {
					for _, e := range ends {
						switch {
						case s > e: // not a span at all
						case s <= day && day <= e:
							some = true
						default:
							all = false
						}
					}
				}
				if got := span.Holds(day); got != judge(some, all) {
					t.Fatalf("%v on %v = %v, want %v", span, day, got, judge(some, all))
				}
			}
		}
	}
}

func TestOpenAndUnknownEnds(t *testing.T) {
	for _, row := range []struct {
		span, day string
		want      edtf.Truth
	}{
		{"2018-03-15/..", "2018-03-14", edtf.No},
		{"2018-03-15/..", "2018-03-15", edtf.Certain},
		{"2018-03-15/..", "9999-12-31", edtf.Certain},
		{"2018-03-15/", "2018-03-14", edtf.No},
		{"2018-03-15/", "2018-03-15", edtf.Certain},
		{"2018-03-15/", "2018-03-16", edtf.Possible},
		{"2018-03-15/", "9999-12-31", edtf.Possible},
		{"2018-03/", "2018-03-15", edtf.Possible},
		{"2018-03/", "2018-03-31", edtf.Possible},
		{"2018/..", "2018-06-01", edtf.Possible},
		{"2018/..", "2018-12-31", edtf.Certain},
		{"../2018-03", "0000-01-01", edtf.Certain},
		{"../2018-03", "2018-03-01", edtf.Certain},
		{"../2018-03", "2018-03-02", edtf.Possible},
		{"../2018-03", "2018-04-01", edtf.No},
		{"/2018-03", "0000-01-01", edtf.Possible},
		{"/2018-03", "2018-03-31", edtf.Possible},
		{"/2018-03-15", "2018-03-15", edtf.Certain},
		{"/2018-03", "2018-04-01", edtf.No},
		{"2018/2018", "2018-06-01", edtf.Possible},
		{"2018-06/2018", "2018-07-01", edtf.Possible},
		{"2018/2018-06", "2018-07-01", edtf.No},
		{"2018-03-15", "2018-03-15", edtf.Certain},
		{"2018-03", "2018-03-15", edtf.Possible},
		{"[2018-01,2018-03]", "2018-02-15", edtf.No},
		{"[2018-01,2018-03]", "2018-03-15", edtf.Possible},
	} {
		assert.Equal(t, row.want, edtf.MustParse(row.span).Holds(edtf.MustDay(row.day)), "%s on %s", row.span, row.day)
	}
	assert.Equal(t, edtf.Possible, edtf.Date{}.Holds(0))
	assert.Equal(t, edtf.No, edtf.MustParse("2018").Holds(edtf.DistantFuture))
}

func TestSpansCompare(t *testing.T) {
	for _, row := range []struct {
		a, b   string
		before edtf.Truth
		same   edtf.Truth
	}{
		{"2018-01-01/2018-03-31", "2018-04", edtf.Certain, edtf.No},
		{"2018/..", "2020", edtf.No, edtf.No},
		{"2018/", "2020", edtf.Possible, edtf.No},
		{"2018", "../2020", edtf.No, edtf.No},
		{"2018", "/2020", edtf.Possible, edtf.No},
		{"2018-01-01/..", "2018-01-01/..", edtf.No, edtf.Certain},
		{"2018/..", "2018/..", edtf.No, edtf.Possible},
		{"2018-01/2018-02", "2018-03/2018-04", edtf.Certain, edtf.No},
		{"[2017,2019]", "2018", edtf.Possible, edtf.No},
		{"[2017,2019]", "2019", edtf.Possible, edtf.Possible},
		{"[..2018]", "2019", edtf.Certain, edtf.No},
	} {
		a, b := edtf.MustParse(row.a), edtf.MustParse(row.b)
		assert.Equal(t, row.before, a.Before(b), "%s before %s", row.a, row.b)
		assert.Equal(t, row.same, a.Same(b), "%s same %s", row.a, row.b)
		assert.Equal(t, row.same, b.Same(a), "%s same %s", row.b, row.a)
	}
	var none edtf.Date
	for _, text := range []string{"2018", "2018/..", "../2018", "[2017,2019]"} {
		d := edtf.MustParse(text)
		assert.Equal(t, edtf.Possible, none.Before(d), text)
		assert.Equal(t, edtf.Possible, d.Before(none), text)
		assert.Equal(t, edtf.Possible, none.Same(d), text)
	}
}

func TestDaysBetween(t *testing.T) {
	for _, row := range []struct{ a, b, want string }{
		{"2024-06", "2025-03", "244 to 303 days"},
		{"2024-06-01", "2024-06-02", "1 day"},
		{"2024-06-02", "2024-06-01", "-1 day"},
		{"2024-06", "2024-06", "-29 to 29 days"},
		{"2024-06-30/..", "2025", "any number of days"},
		{"2024-06-01", "[2024-06-11..]", "at least 10 days"},
		{"[2024-06-01..]", "2024-06-11", "at most 10 days"},
	} {
		assert.Equal(t, row.want, edtf.DaysBetween(edtf.MustParse(row.a), edtf.MustParse(row.b)).String(), "%s to %s", row.a, row.b)
	}
}

func TestIntersect(t *testing.T) {
	for _, row := range []struct{ a, b, want string }{
		{"2015", "2015-12", "2015-12"},
		{"2015-12", "2015", "2015-12"},
		{"2015", "2015-XX", "2015"},
		{"2018-33", "2018-21", "[2018-03-01..2018-03-31]"},
		{"[2017-11,2019-06]", "2018", ""},
		{"[2017-11,2019-06]", "2019", "[2019-06-01..2019-06-30]"},
		{"[..2018-03]", "2018", "[2018-01-01..2018-03-31]"},
		{"[2017..]", "[..2018-03-01]", "[2017-01-01..2018-03-01]"},
		{"[..2016,2018]", "[2015..]", "[2015-01-01..2016-12-31,2018-01-01..2018-12-31]"},
		{"[..2016]", "[..2015]", "[..2015]"},
		{"[..2016-05-05,2018..]", "[..2017,2019-01-01]", "[..2016-05-05,2019-01-01]"},
		{"2018/2019", "2018", ""},
	} {
		a, b := edtf.MustParse(row.a), edtf.MustParse(row.b)
		got, ok := edtf.Intersect(a, b)
		assert.Equal(t, row.want, got.String(), "%s and %s", row.a, row.b)
		assert.Equal(t, row.want != "", ok)
		if ok {
			back, err := edtf.Parse(got.String())
			require.NoError(t, err)
			assert.Equal(t, got, back)
		}
	}
}

func TestSpanEnds(t *testing.T) {
	d := edtf.MustParse("2018-03~/..")
	assert.Equal(t, "2018-03~", d.From().String())
	assert.True(t, d.To().IsZero())
	assert.True(t, d.Approximate())
	assert.Equal(t, edtf.Span, d.Kind())
	assert.Equal(t, edtf.PrecisionMixed, d.Precision())
	start, lastStart := d.StartBounds()
	assert.Equal(t, "2018-03-01 2018-03-31", start.String()+" "+lastStart.String())
	end, lastEnd := d.EndBounds()
	assert.Equal(t, edtf.DistantFuture, end)
	assert.Equal(t, edtf.DistantFuture, lastEnd)
	assert.Equal(t, "2018", edtf.MustParse("2018").From().String())
}
