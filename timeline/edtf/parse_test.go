package edtf_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// specRow is a line of testdata/spec.tsv.
type specRow struct {
	text, earliest, latest string
	level                  edtf.Level
}

func specRows(t testing.TB) []specRow {
	t.Helper()
	data, err := os.ReadFile("testdata/spec.tsv")
	require.NoError(t, err)
	r := csv.NewReader(strings.NewReader(string(data)))
	r.Comma, r.Comment, r.LazyQuotes = '\t', '#', true
	records, err := r.ReadAll()
	require.NoError(t, err)
	var rows []specRow
	for _, f := range records {
		level, err := strconv.Atoi(f[1])
		require.NoError(t, err)
		rows = append(rows, specRow{text: f[0], earliest: f[2], latest: f[3], level: edtf.Level(level)})
	}
	require.Len(t, rows, 62, "the specification has 62 examples")
	return rows
}

func bound(d edtf.Day) string {
	if d == edtf.DistantPast || d == edtf.DistantFuture {
		return ""
	}
	return d.String()
}

func TestSpecificationExamples(t *testing.T) {
	for _, row := range specRows(t) {
		t.Run(row.text, func(t *testing.T) {
			d, err := edtf.Parse(row.text)
			require.NoError(t, err)
			assert.Equal(t, row.level, d.Level())
			assert.Equal(t, row.earliest, bound(d.Earliest()), "earliest")
			assert.Equal(t, row.latest, bound(d.Latest()), "latest")
			assert.Equal(t, row.text, d.String())
		})
	}
}

func requireParseError(t *testing.T, err error, offset int, reason string) {
	t.Helper()
	var e *edtf.ParseError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, reason, e.Reason)
	assert.Equal(t, offset, e.Offset, "offset in %q", e.Input)
}

func TestParseWindows(t *testing.T) {
	for _, row := range []struct {
		text, earliest, latest string
		precision              edtf.Precision
	}{
		{"2018-03-15", "2018-03-15", "2018-03-15", edtf.PrecisionDay},
		{"2018-02", "2018-02-01", "2018-02-28", edtf.PrecisionMonth},
		{"2020-02", "2020-02-01", "2020-02-29", edtf.PrecisionMonth},
		{"2018", "2018-01-01", "2018-12-31", edtf.PrecisionYear},
		{"2018-21", "2018-03-01", "2018-05-31", edtf.PrecisionSeason},
		{"2018-22", "2018-06-01", "2018-08-31", edtf.PrecisionSeason},
		{"2018-23", "2018-09-01", "2018-11-30", edtf.PrecisionSeason},
		{"2019-24", "2019-12-01", "2020-02-29", edtf.PrecisionSeason},
		{"2018-33", "2018-01-01", "2018-03-31", edtf.PrecisionQuarter},
		{"2019-34", "2019-04-01", "2019-06-30", edtf.PrecisionQuarter},
		{"2018-35", "2018-07-01", "2018-09-30", edtf.PrecisionQuarter},
		{"2018-36", "2018-10-01", "2018-12-31", edtf.PrecisionQuarter},
		{"2018-37", "2018-01-01", "2018-04-30", edtf.PrecisionThird},
		{"2018-38", "2018-05-01", "2018-08-31", edtf.PrecisionThird},
		{"2018-39", "2018-09-01", "2018-12-31", edtf.PrecisionThird},
		{"2026-40", "2026-01-01", "2026-06-30", edtf.PrecisionHalf},
		{"2026-41", "2026-07-01", "2026-12-31", edtf.PrecisionHalf},
		{"201X", "2010-01-01", "2019-12-31", edtf.PrecisionDecade},
		{"20XX", "2000-01-01", "2099-12-31", edtf.PrecisionCentury},
		{"2018-XX", "2018-01-01", "2018-12-31", edtf.PrecisionYear},
		{"2018-XX-XX", "2018-01-01", "2018-12-31", edtf.PrecisionYear},
		{"2020-02-XX", "2020-02-01", "2020-02-29", edtf.PrecisionMonth},
		{"2000-02-29", "2000-02-29", "2000-02-29", edtf.PrecisionDay},
		{"0000-01-01", "0000-01-01", "0000-01-01", edtf.PrecisionDay},
		{"0000-02-29", "0000-02-29", "0000-02-29", edtf.PrecisionDay},
		{"9999-12-31", "9999-12-31", "9999-12-31", edtf.PrecisionDay},
		{"9999-41", "9999-07-01", "9999-12-31", edtf.PrecisionHalf},
		{"99XX", "9900-01-01", "9999-12-31", edtf.PrecisionCentury},
		{"9998-24", "9998-12-01", "9999-02-28", edtf.PrecisionSeason},
		{"9999-24", "9999-12-01", "10000-02-29", edtf.PrecisionSeason},
		{"XXXX-24", "0000-12-01", "10000-02-29", edtf.PrecisionMixed},
	} {
		for _, mark := range []string{"", "?", "~", "%"} {
			d, err := edtf.Parse(row.text + mark)
			require.NoError(t, err)
			assert.Equal(t, edtf.Window, d.Kind(), row.text)
			assert.Equal(t, row.earliest, d.Earliest().String(), row.text)
			assert.Equal(t, row.latest, d.Latest().String(), row.text)
			assert.Equal(t, row.precision, d.Precision(), row.text)
			assert.Equal(t, row.text+mark, d.String())
			assert.Equal(t, mark == "?" || mark == "%", d.Uncertain(), row.text+mark)
			assert.Equal(t, mark == "~" || mark == "%", d.Approximate(), row.text+mark)
		}
	}
}

func TestParseRefusals(t *testing.T) {
	for _, row := range []struct {
		text   string
		offset int
		reason string
	}{
		{"", 0, "empty"},
		{" 2018", 0, "a blank; expected a year of four digits"},
		{"2018 ", 4, `a blank; expected "-", "/" or the end`},
		{"2018 / 2019", 4, `a blank; expected "-", "/" or the end`},
		{"201", 3, "expected a year of four digits"},
		{"20180315", 4, "more than four digits of a year: a longer one has a Y before it, and a month a \"-\""},
		{"2018-", 5, "expected a month or a sub-year code of two digits"},
		{"2018-3", 5, "expected a month or a sub-year code of two digits"},
		{"2018-00", 5, "no such month or sub-year code"},
		{"2018-13", 5, "no such month or sub-year code"},
		{"2018-20", 5, "no such month or sub-year code"},
		{"2018-42", 5, "no such month or sub-year code"},
		{"2018-63", 5, "no such month or sub-year code"},
		{"2018-99", 5, "no such month or sub-year code"},
		{"2018-03-", 8, "expected a day of two digits"},
		{"2018-03-1", 8, "expected a day of two digits"},
		{"2018-03-00", 8, "the month has no such day"},
		{"2018-03-32", 8, "the month has no such day"},
		{"2018-03-99", 8, "the month has no such day"},
		{"2018-02-29", 8, "the month has no such day"},
		{"1900-02-29", 8, "the month has no such day"},
		{"2018-04-31", 8, "the month has no such day"},
		{"2018-03-15x", 10, `expected "-", "/" or the end`},
		{"2018-21-01", 7, "a season or another part of a year has no days"},
		{"201x", 3, "expected a year of four digits; an unknown digit is a capital X"},
		{"2018??", 5, "a qualifier that qualifies nothing; expected \"-\", \"/\" or the end"},
		{"2018?~", 5, "a qualifier that qualifies nothing; expected \"-\", \"/\" or the end"},
		{"/", 0, "a span needs at least one end that is a date"},
		{"..", 2, "expected a slash after an open or unknown start"},
		{"../..", 2, "a span needs at least one end that is a date"},
		{"/..", 0, "a span needs at least one end that is a date"},
		{"../", 2, "a span needs at least one end that is a date"},
		{"2019/2018", 5, "a span that ends before it starts"},
		{"2018-06/2018-05", 8, "a span that ends before it starts"},
		{"2018/2019/2020", 9, "expected the end after a span"},
		{"2018//", 5, "expected the end after a span"},
		{"2018/...", 7, "expected a year of four digits"},
		{"2018/2019T", 9, "expected the end after a span"},
		{"[]", 1, "expected a year of four digits"},
		{"[", 1, "expected a year of four digits"},
		{"[2018", 5, `expected a comma, ".." or a closing bracket`},
		{"[2018,]", 6, "expected a year of four digits"},
		{"[,2018]", 1, "expected a year of four digits"},
		{"[2018, 2019]", 6, "a blank; expected a year of four digits"},
		{"[..]", 3, "expected a year of four digits"},
		{"[2018..,2019]", 7, "only the last member of a set may have no end"},
		{"[2018,..2019]", 6, "only the first member of a set may have no start"},
		{"[2019..2018]", 1, "a range that ends before it starts"},
		{"[2018/2019]", 5, `expected a comma, ".." or a closing bracket`},
		{"[2018]?", 6, "a qualifier that qualifies nothing; expected the end after a set"},
		{"[2018", 5, `expected a comma, ".." or a closing bracket`},
		{"[2018]]", 6, "expected the end after a set"},
		{"12018", 4, "more than four digits of a year: a longer one has a Y before it, and a month a \"-\""},
		{"2018-W10", 5, "a week date, which EDTF does not have: write its days"},
		{"2018-074", 5, "an ordinal date, which EDTF does not have: write a month and a day"},
		// each of these was taken, or blamed for something else
		{"[2018-03..2019]", 8, "a range of two precisions: write 2018-03-01..2019-12-31"},
		{"{2018..2019-03}", 5, "a range of two precisions: write 2018-01-01..2019-03-31"},
		{"[156X-12-25..2019-12-25]", 11, "the ends of a range are days, months, years or other parts without gaps"},
		{"2019-33-01", 7, "a season or another part of a year has no days"},
		{"2016-13-XX", 5, "no such month or sub-year code"},
		{"2018-309", 5, "an ordinal date, which EDTF does not have: write a month and a day"},
		{"-", 1, "expected a year of four digits"},
		{"1989-1990", 5, "two years: write [1989..1990] for one of them, 1989/1990 from one to the other"},
		{"2018-2021/2022", 5, "two years: write [2018..2021] for one of them, 2018/2021 from one to the other"},
		{"../[1989..1990]", 3, "a set cannot be an end of a span"},
		{"{2018}/2019", 6, "expected the end after a set"},
		{"..2004-06-01", 0, "a date that reaches back or on is an end of a span, or a set: [..2018], [2018..], [2018..2019]"},
		{"2018..2019", 0, "a date that reaches back or on is an end of a span, or a set: [..2018], [2018..], [2018..2019]"},
		{"2018/..2019..", 7, "a date that reaches both back and on says nothing"},
		{"..Y12018/..", 2, "a date with a time, or a year with a Y, cannot reach back or on"},
		{"2004-06-20../..2004-06-01", 13, "a span that ends before it starts"},
		{"-0000", 1, "there is no year -0000; the one before 0001 is 0000"},
		{"2018S5", 5, "expected how many of the four digits are significant, 1 to 4"},
		{"2018S", 5, "expected how many of the four digits are significant, 1 to 4"},
		{"201XS2", 5, "expected how many of the four digits are significant, 1 to 4"},
		{"1950S2-03", 6, "only a year alone has significant digits"},
		{"Y", 1, "expected the digits of a year"},
		{"Y-", 2, "expected the digits of a year"},
		{"Y2018", 1, "a year of up to four digits is written without a Y"},
		{"Y012018", 1, "a year with a Y does not begin with 0"},
		{"Y123456789012", 1, "a year of more than eleven digits; write it with an exponent, as Y17E7"},
		{"Y1E", 3, "expected an exponent from 1 to 999"},
		{"Y1E0", 3, "expected an exponent from 1 to 999"},
		{"Y1E1000", 3, "expected an exponent from 1 to 999"},
		{"Y1E05", 3, "an exponent does not begin with 0"},
		{"Y12018S6", 7, "expected how many digits of the year are significant"},
		{"Y12018-03", 6, `expected "/" or the end`},
		{"2018-03-15-", 10, `expected "/" or the end`},
		{"2019/?2018", 5, "a span that ends before it starts"},
		{"[?2019..2018]", 1, "a range that ends before it starts"},
		{"198X-1990", 5, "expected a month or a sub-year code of two digits"},
		{"1990-1989", 5, "expected a month or a sub-year code of two digits"},
		{"[2018-03..Y17E7]", 8, "a range of two precisions"},
		{"[156X-12-25..157X-12-25]", 11, "the ends of a range are days, months, years or other parts without gaps"},
		{"2018-03-15T10:00:00-14:01", 19, "expected a zone as Z, +04 or -04:30"},
		{"2018-03-15T10:00:00+14:59", 19, "expected a zone as Z, +04 or -04:30"},
		{"2018-2X", 5, "no month begins with this digit"},
		{"2018-03-4X", 8, "expected a day of two digits"},
		{"2018-02-3X", 8, "the month has no such day"},
		{"190X-02-30", 8, "the month has no such day"},
		{"2018-0X-31?~", 11, `a qualifier that qualifies nothing; expected "-", "/" or the end`},
		{"2018-03T10:00:00", 7, "a time of day belongs to a whole day without marks"},
		{"2018-03-15?T10:00:00", 11, "a time of day belongs to a whole day without marks"},
		{"2018-03-15T10:00", 11, "expected a time of day as 23:20:30"},
		{"2018-03-15T", 11, "expected a time of day as 23:20:30"},
		{"2018-03-15T24:00:00", 11, "there is no such time of day"},
		{"2018-03-15T10:60:00", 11, "there is no such time of day"},
		{"2018-03-15T10:00:00.5", 19, "a part of a second, which EDTF does not have"},
		{"2018-03-15T10:00:00+10:60", 19, "expected a zone as Z, +04 or -04:30"},
		{"Y12018S03", 7, "expected how many digits of the year are significant"},
		{"2018-03-15T10:00:00+15", 19, "expected a zone as Z, +04 or -04:30"},
		{"2018-03-15T10:00:00-00:00", 19, "a zone of no offset is Z or +00:00"},
		{"2018-03-15T10:00:00z", 19, `expected "-", "/" or the end`},
		{"２０１８", 0, "expected a year of four digits"},
		{"2018\x00", 4, `expected "-", "/" or the end`},
	} {
		t.Run(row.text, func(t *testing.T) {
			d, err := edtf.Parse(row.text)
			requireParseError(t, err, row.offset, row.reason)
			assert.NotErrorIs(t, err, edtf.ErrUnsupported)
			assert.True(t, d.IsZero())
			assert.Contains(t, err.Error(), row.reason)
		})
	}
}

// A time of day may stand before a range, and a zone be as far as there are any.
func TestParseTimes(t *testing.T) {
	for _, text := range []string{"[2018-03-15T10:00:00..2018-03-16]", "2018-03-15T10:00:00-14:00", "2018-03-15T10:00:00+14", "-0043-03-15T10:00:00Z"} {
		d, err := edtf.Parse(text)
		require.NoError(t, err)
		assert.Equal(t, text, d.String())
	}
}

func TestParseErrorIsShort(t *testing.T) {
	_, err := edtf.Parse(strings.Repeat("9", 1_000_000))
	assert.Less(t, len(err.Error()), 200)
}

func TestSetKeepsItsGaps(t *testing.T) {
	d := edtf.MustParse("[2017-11?,2019-06~]")
	assert.Equal(t, edtf.Set, d.Kind())
	assert.True(t, d.Uncertain())
	assert.True(t, d.Approximate())
	var got []string
	for first, last := range d.Ranges() {
		got = append(got, first.String()+" "+last.String())
	}
	assert.Equal(t, []string{"2017-11-01 2017-11-30", "2019-06-01 2019-06-30"}, got)
	assert.True(t, d.Contains(edtf.MustDay("2017-11-30")))
	assert.False(t, d.Contains(edtf.MustDay("2017-12-01")))
	assert.Equal(t, edtf.No, d.Holds(edtf.MustDay("2018-01-01")))
}

func TestSetQualifiers(t *testing.T) {
	for _, row := range []struct {
		text                   string
		uncertain, approximate bool
	}{
		{"[2017,2019]", false, false},
		{"[2017?,2019]", true, false},
		{"[2017,2019~]", false, true},
		{"[2017%]", true, true},
	} {
		assert.Equal(t, row.uncertain, edtf.MustParse(row.text).Uncertain(), row.text)
		assert.Equal(t, row.approximate, edtf.MustParse(row.text).Approximate(), row.text)
	}
}

func TestSetMergesWhatTouches(t *testing.T) {
	var got []string
	for first, last := range edtf.MustParse("[2019,2017,2018-01..2018-12,2017-05]").Ranges() {
		got = append(got, first.String()+" "+last.String())
	}
	assert.Equal(t, []string{"2017-01-01 2019-12-31"}, got)
}

func TestDatesCompareAsWritten(t *testing.T) {
	texts := []string{"[2017,2019]", "2018/..", "2018/", "2018", "2018-XX", "2018?", "[2018]"}
	for _, a := range texts {
		for _, b := range texts {
			assert.Equal(t, a == b, edtf.MustParse(a) == edtf.MustParse(b), "%s and %s", a, b)
		}
	}
}

func TestParseDay(t *testing.T) {
	for _, text := range []string{"2018", "2018-03", "2018-03-15?", "2018-03-15/..", "[2018-03-15]", "2018-03-15T23:20:30Z"} {
		_, err := edtf.ParseDay(text)
		requireParseError(t, err, 0, "not a plain day such as 2018-03-15")
	}
	_, err := edtf.ParseDay("2018-02-30")
	requireParseError(t, err, 8, "the month has no such day")
	assert.Panics(t, func() { edtf.MustDay("2018") })
	assert.Panics(t, func() { edtf.MustParse("soon") })
}

func TestParseAllocates(t *testing.T) {
	for _, row := range []struct {
		text string
		most float64
	}{
		{"2018-03-15", 0}, {"2018-03", 0}, {"2019-34", 0}, {"2018/2021", 0}, {"2018-03~/..", 0}, {"2018-03-15T23:20:30+04:30", 0}, {"Y17E7", 0}, {"?2004-06-~11", 0}, {"156X-12-25", 0}, {"..1950S2/-0044-03..", 0},
	} {
		got := testing.AllocsPerRun(100, func() { _, _ = edtf.Parse(row.text) })
		assert.LessOrEqual(t, got, row.most, row.text)
	}
}

// A plain day takes a short way through Parse. It is read as package time reads
// it, and refused where that refuses it.
func TestParsePlainDay(t *testing.T) {
	for _, year := range []int{0, 1900, 2000, 2023, 2024, 9999} {
		for month := range 14 {
			for day := range 34 {
				text := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
				want, wrong := time.Parse(time.DateOnly, text)
				got, err := edtf.Parse(text)
				require.Equal(t, wrong == nil, err == nil, text)
				if err == nil {
					require.Equal(t, edtf.DayOf(want), got.Earliest(), text)
					require.Equal(t, edtf.PrecisionDay, got.Precision(), text)
					require.Equal(t, text, got.String())
				}
			}
		}
	}
	for _, text := range []string{"2024-0:-01", "202:-01-01", "2024-01-0/", "2O24-01-01", "2024-01/01", "2024/06-15", "-024-01-01"} {
		_, err := edtf.Parse(text)
		require.Error(t, err, text)
	}
}
