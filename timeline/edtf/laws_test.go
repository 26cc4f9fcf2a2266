package edtf_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// randomWindow returns the text of a window with everything that EDTF has but a Y. Some name a
// day that there is not.
func randomWindow(r *rand.Rand) string {
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	mark := func() string { return one("", "", "", "", "", "?", "~", "%") }
	digits := func(text string) string {
		b := []byte(text)
		for i := range b {
			if r.IntN(5) == 0 {
				b[i] = 'X'
			}
		}
		return string(b)
	}
	year := one("", "", "-") + mark() + digits(fmt.Sprintf("%04d", r.IntN(40)*r.IntN(60)))
	if strings.HasPrefix(year, "-") {
		year = one("", "?") + "-" + strings.TrimLeft(year, "-?~%")
	}
	switch r.IntN(8) {
	case 0:
		return year + mark()
	case 1:
		return strings.ReplaceAll(year, "X", "0") + "S" + one("1", "2", "3", "4") + mark()
	case 2:
		return year + mark() + "-" + mark() + fmt.Sprint(21+r.IntN(21)) + mark()
	case 3:
		return year + mark() + "-" + mark() + digits(fmt.Sprintf("%02d", 1+r.IntN(12))) + mark()
	}
	day := year + mark() + "-" + mark() + digits(fmt.Sprintf("%02d", 1+r.IntN(12))) + mark() + "-" + mark() + digits(fmt.Sprintf("%02d", 1+r.IntN(31)))
	if r.IntN(4) == 0 && !strings.ContainsAny(day, "X?~%") {
		return day + "T23:59:60" + one("", "Z", "+05", "-11:30")
	}
	return day + mark()
}

// A window stands for the days that fit its text and for no others: its bounds are the first
// and the last of them, its ranges are in order and apart, and it is read as it was written.
// What is refused fits no day.
func TestWindowLaw(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 18))
	read, refused := 0, 0
	for range 1200 {
		text := randomWindow(r)
		d, err := edtf.Parse(text)
		if err != nil {
			if refused++; strings.Contains(err.Error(), "no year -0000") {
				continue
			}
			for _, year := range []int{-400, 1904, 2000, 2001} {
				for day := range edtf.Day(366) {
					require.False(t, fits(text, yearDay(t, year)+day), "%s fits: %v", text, err)
				}
			}
			continue
		}
		read++
		require.Equal(t, text, d.String())
		require.Equal(t, edtf.Window, d.Kind())
		require.False(t, d.Saturated())
		checkBounds(t, d)
		checkRanges(t, r, d)
		checkCanonical(t, d)
	}
	assert.Greater(t, read, 800)
	assert.Greater(t, refused, 5)
}

func yearDay(t testing.TB, year int) edtf.Day {
	day, err := edtf.NewDay(year, 1, 1)
	require.NoError(t, err)
	return day
}

// checkRanges holds the ranges of a window against its text, on the days at their edges, on random
// days, and on all days if there are few.
func checkRanges(t testing.TB, r *rand.Rand, d edtf.Date) {
	t.Helper()
	first, last := d.Bounds()
	before, n := edtf.DistantPast, 0
	for from, to := range d.Ranges() {
		require.True(t, n == 0 || from > before+1, "%v: ranges touch at %v", d, from)
		require.LessOrEqual(t, from, to)
		if n++; n < 50 {
			for _, day := range []edtf.Day{from - 1, from, to, to + 1} {
				require.Equal(t, from <= day && day <= to, fits(d.String(), day), "%v on %v", d, day)
			}
		}
		if n == 1 {
			require.Equal(t, first, from, d.String())
		}
		before = to
	}
	require.Equal(t, last, before, d.String())
	days := make([]edtf.Day, 30)
	for i := range days {
		days[i] = first - 500 + edtf.Day(r.IntN(int(last-first)+1000))
	}
	if last-first < 800 {
		for day := first - 40; day <= last+40; day++ {
			days = append(days, day)
		}
	}
	if n > 400 {
		days = days[:3] // Contains goes through all ranges
	}
	for _, day := range days {
		if d.Contains(day) != fits(d.String(), day) {
			t.Fatalf("%v on %v: %v", d, day, d.Contains(day))
		}
	}
}

// checkCanonical holds that the canonical form of d says what d says, and is that of itself.
func checkCanonical(t testing.TB, d edtf.Date) {
	t.Helper()
	c := d.Canonical()
	require.Equal(t, rangesOf(d), rangesOf(c), "%v and %v", d, c)
	require.Equal(t, d.Uncertain(), c.Uncertain(), "%v and %v", d, c)
	require.Equal(t, d.Approximate(), c.Approximate(), "%v and %v", d, c)
	require.Equal(t, c, c.Canonical(), "of %v", d)
	again, err := edtf.Parse(c.String())
	require.NoError(t, err, "of %v", d)
	require.Equal(t, c, again)
	require.LessOrEqual(t, c.Level(), d.Level(), "%v and %v", d, c)
}

func TestCanonical(t *testing.T) {
	for text, want := range map[string]string{
		"2004?-06?-11?": "2004-06-11?", "?2004-?06-?11": "2004-06-11?", "2004?-06-11": "?2004-06-11", "2004-06~-11": "~2004-~06-11",
		"2004?-06~-11": "%2004-~06-11", "2004-06-~11": "2004-06-~11", "?2004?": "2004?",
		"Y17E3": "Y17000", "Y17000000000000E0": "", "Y170E10": "Y17E11", "Y1E2": "0100", "Y-1E2~": "-0100~", "Y1234E1S2": "Y12340S2", "Y12E2S1": "1200S1", "Y12018S5": "Y12018",
		"1985S4": "1985", "1985S2": "1985S2", "2018-03-15T10:00:00+00": "2018-03-15T10:00:00Z", "2018-03-15T10:00:00-04": "2018-03-15T10:00:00-04:00",
		"[2019,2018]": "[2018,2019]", "[2018]": "2018", "{2018}": "{2018}", "[2018..2018]": "2018", "[2019..,2018,2018]": "", "{2018,2017,2018}": "{2017,2018}",
		"[..2018]": "[..2018]", "[..2018,2000]": "[..2018,2000]", "[2000,0000,0000..]": "[0000,2000,0000..]", "Y10E999": "Y10E999", "[Y10E999,2018]": "[2018,Y10E999]", "[Y100E998]": "Y10E999", "2018-XX": "2018-XX", "Y1E2/..": "0100/..", "..2018?-03/2019": "..?2018-03/2019",
	} {
		d, err := edtf.Parse(text)
		if want == "" {
			require.Error(t, err, text)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, want, d.Canonical().String(), text)
		checkCanonical(t, d)
	}
	assert.True(t, edtf.Date{}.Canonical().IsZero())
}

// Years that a Day does not reach are before, or after, all that it does: they are no
// single day, and no two of them are certainly the same.
func TestSaturated(t *testing.T) {
	far, farther, past := edtf.MustParse("Y17E7"), edtf.MustParse("Y1E999"), edtf.MustParse("Y-17E7")
	for _, d := range []edtf.Date{far, farther, past, edtf.MustParse("2018/Y17E7"), edtf.MustParse("[2018,Y17E7]"), edtf.MustParse("Y5881580"), edtf.MustParse("Y-5877641")} {
		assert.True(t, d.Saturated(), d.String())
	}
	for _, text := range []string{"2018", "2018/..", "[2018..]", "Y12018", "Y5881579", "Y-5877640", "..2018/2019.."} {
		assert.False(t, edtf.MustParse(text).Saturated(), text)
	}
	assert.Equal(t, edtf.Possible, far.Same(farther))
	assert.Equal(t, edtf.Certain, edtf.MustParse("Y5881579").Before(far))
	assert.Equal(t, edtf.Certain, past.Before(edtf.MustParse("Y-5877640")))
	assert.Equal(t, edtf.No, far.Holds(edtf.MaxDay))
	assert.Equal(t, edtf.Days{Min: edtf.MinDays, Max: edtf.MaxDays}, edtf.DaysBetween(edtf.MustParse("Y-5877640"), edtf.MustParse("Y5881579")), "more days than can be said")
	for _, text := range []string{"Y18E7/Y17E7", "Y-17E7/Y-18E7", "[Y18E7..Y17E7]", "Y1E999/Y17E7", "Y17E7/Y-17E7"} {
		_, err := edtf.Parse(text)
		require.ErrorContains(t, err, "ends before it starts", text)
	}
	for _, text := range []string{"Y17E7/Y18E7", "Y17E7/Y170000001", "Y17E7S1/Y15E7", "Y-18E7/Y-17E7", "Y17E7/Y17E7"} {
		_, err := edtf.Parse(text)
		require.NoError(t, err, text)
	}
	assert.Equal(t, edtf.Day(1), edtf.MustParse("Y5881579").Earliest()-edtf.MustParse("Y5881578").Latest())
}

func TestAllOf(t *testing.T) {
	d := edtf.MustParse("{2018-03-15,2019,2020-01-01..2020-01-05}")
	assert.Equal(t, edtf.AllOf, d.Kind())
	assert.Equal(t, "all of a set", d.Kind().String())
	assert.Equal(t, edtf.PrecisionMixed, d.Precision())
	for on, want := range map[string]edtf.Truth{
		"2018-03-15": edtf.Certain, "2018-03-16": edtf.No, "2019-07-01": edtf.Possible, "2020-01-03": edtf.Certain, "2020-01-06": edtf.No,
	} {
		assert.Equal(t, want, d.Holds(edtf.MustDay(on)), on)
	}
	assert.Equal(t, edtf.Certain, edtf.MustParse("{..2018-03-15}").Holds(edtf.MustDay("1990-01-01")))
	assert.Equal(t, edtf.Possible, edtf.MustParse("{..2018}").Holds(edtf.MustDay("1990-01-01")))
	_, ok := edtf.Intersect(d, edtf.MustParse("2019"))
	assert.False(t, ok)
	assert.NotEqual(t, edtf.MustParse("{2018}"), edtf.MustParse("[2018]"))
	assert.Equal(t, edtf.No, d.Before(edtf.MustParse("2019-06-01")), "not all of it is")
	assert.Equal(t, edtf.Certain, d.Before(edtf.MustParse("2021")))

	// The first day of all and the last are known better than a day out of all.
	two, year := edtf.MustParse("{2018-01-01,2020-01-01}"), edtf.MustParse("2019")
	assert.Equal(t, edtf.No, two.Before(year))
	assert.Equal(t, edtf.No, year.Before(two))
	assert.Equal(t, edtf.Days{Min: 366, Max: 366}, edtf.DaysBetween(two, edtf.MustParse("2021-01-01")))
	for _, row := range []struct {
		a, b string
		want edtf.Truth
	}{
		{"{2018-01-01,2018-01-03}", "{2018-01-03,2018-01-01}", edtf.Certain},
		{"{2018-01-01,2018-01-03}", "{2018-01-01..2018-01-03}", edtf.No},
		{"{2018-01-01,2018-01-03}", "{2018-01-01,2018-01-05}", edtf.No},
		{"{2018-01-01,2018-01-03}", "{2018-01,2018-01-03}", edtf.Possible},
		{"{2018,2019}", "{2018,2019}", edtf.Possible},
		{"{2018-01-01,2018-01-05}", "2018-01-01", edtf.No},
		{"{2018-01-01}", "2018-01-01", edtf.Certain},
		{"{..2018}", "{2018..}", edtf.No},
	} {
		assert.Equal(t, row.want, edtf.MustParse(row.a).Same(edtf.MustParse(row.b)), "%s and %s", row.a, row.b)
		assert.Equal(t, row.want, edtf.MustParse(row.b).Same(edtf.MustParse(row.a)), "%s and %s", row.b, row.a)
	}
	first, last := edtf.MustParse("{2018,2019-03..}").EndBounds()
	assert.Equal(t, []edtf.Day{edtf.DistantFuture, edtf.DistantFuture}, []edtf.Day{first, last})

	var stored edtf.Date // of an earlier version
	require.NoError(t, stored.UnmarshalText([]byte("{2018-03-15..2019}")))
	assert.Equal(t, edtf.Possible, stored.Holds(edtf.MustDay("2019-06-01")))
}

// An end of a span may reach back or on: it started some day up to the one, and ended some
// day from the other on.
func TestEndsThatReach(t *testing.T) {
	d := edtf.MustParse("..2004-06-01/2004-06-20..")
	first, last := d.StartBounds()
	assert.Equal(t, []edtf.Day{edtf.DistantPast, edtf.MustDay("2004-06-01")}, []edtf.Day{first, last})
	first, last = d.EndBounds()
	assert.Equal(t, []edtf.Day{edtf.MustDay("2004-06-20"), edtf.DistantFuture}, []edtf.Day{first, last})
	for on, want := range map[string]edtf.Truth{"2004-05-31": edtf.Possible, "2004-06-10": edtf.Certain, "2004-06-21": edtf.Possible} {
		assert.Equal(t, want, d.Holds(edtf.MustDay(on)), on)
	}
	assert.Equal(t, edtf.MustParse("[..2004-06-01]"), d.From())
	assert.Equal(t, edtf.MustParse("[2004-06-20..]"), d.To())
}

func TestLevels(t *testing.T) {
	for text, want := range map[string]edtf.Level{
		"2018-03-15": edtf.Level0, "2018/2019": edtf.Level0, "2018-22": edtf.Level1, "2018-24": edtf.Level1, "2018-25": edtf.Level2, "-0043": edtf.Level1, "Y12018": edtf.Level1, "Y12018S2": edtf.Level2, "2018/2018-03?": edtf.Level1, "2018/201X": edtf.Level2, "201X-XX": edtf.Level2, "20XX-XX-XX": edtf.Level2, "-0043-03-15T10:00:00Z": edtf.Level1, "2018/..": edtf.Level1, "2018-33": edtf.Level2, "[2018]": edtf.Level2, "2018-XX-15": edtf.Level2,
	} {
		d, err := want.Parse(text)
		require.NoError(t, err)
		assert.Equal(t, want, d.Level(), text)
		if want > edtf.Level0 {
			_, err = (want - 1).Parse(text)
			require.ErrorIs(t, err, edtf.ErrUnsupported)
			assert.EqualError(t, err, fmt.Sprintf("edtf: %q: at offset 0: EDTF of %v, and not of %v", text, want, want-1))
		}
	}
	for _, text := range []string{"2018-03-15", "2018-33?", "201X", "20XX~", "2018-XX", "2018-03-XX", "2018-XX-XX", "2018/..", "/2018-24", "[2018-03,2019..]"} {
		_, err := edtf.Profile.Parse(text)
		require.NoError(t, err, text)
	}
	for _, text := range []string{
		"2018-03-15T10:00:00", "-0044", "Y12018", "1950S2", "2018-25", "2018-32", "2018?-03", "?2018", "2018-XX-15", "2018-1X", "1XXX", "201X-03", "{2018}", "..2018/2019", "[2018,-0044]", "201X-XX", "2018/2018-2?9",
	} {
		_, err := edtf.Profile.Parse(text)
		require.Error(t, err, text)
		if text != "2018/2018-2?9" {
			require.ErrorIs(t, err, edtf.ErrUnsupported, text)
			require.ErrorContains(t, err, "and not of the profile")
		}
	}
}

// What costs much is refused, or costs little.
func TestManyRanges(t *testing.T) {
	_, err := edtf.Parse("[XXXX-XX-X1]")
	require.ErrorContains(t, err, "a set of more than 20000 ranges of days")
	_, err = edtf.ParseEnglish(strings.Repeat("[xxxx-xx-x1] ", 1000))
	require.Error(t, err)
	a, b := edtf.MustParse("XXXX-XX-X1"), edtf.MustParse("XXXX-XX-X2")
	assert.Equal(t, edtf.No, a.Same(b), "three hundred thousand days, in time")
	assert.Equal(t, edtf.Possible, a.Same(edtf.MustParse("1999-XX-X1")))
}

// Days in common that cannot be written make no set without days.
func TestIntersectFar(t *testing.T) {
	for _, row := range [][3]string{
		{"Y12018S2", "[Y12500..]", "Y12018S2"},
		{"[2018,Y17E7]", "[2018-06..]", "[2018,Y17E7]"},
		{"[2018..]", "[..Y12018]", "[2018..]"},
		{"[2018..]", "Y12018", "Y12018"},
		{"-0043", "[-0043-03-01..]", "[-0043-03-01..-0043-12-31]"},
	} {
		common, ok := edtf.Intersect(edtf.MustParse(row[0]), edtf.MustParse(row[1]))
		require.True(t, ok)
		assert.Equal(t, row[2], common.String())
		assert.NotEmpty(t, rangesOf(common))
	}
	_, ok := edtf.Intersect(edtf.MustParse("Y12018"), edtf.MustParse("Y12019"))
	assert.False(t, ok)
}
