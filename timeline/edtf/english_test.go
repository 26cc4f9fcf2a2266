package edtf_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func TestParseEnglish(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"2018", "2018"},
		{"2018-03/..", "2018-03/.."},
		{"November 2017", "2017-11"},
		{"nov 2017", "2017-11"},
		{"Nov. 2017", "2017-11"},
		{"Sept 2020", "2020-09"},
		{"2017 november", "2017-11"},
		{"Q2 2019", "2019-34"},
		{"2019 Q2", "2019-34"},
		{"q4 2024", "2024-36"},
		{"2024-Q3", "2024-35"},
		{"2024Q1", "2024-33"},
		{"q3-2024", "2024-35"},
		{"2026-H2", "2026-41"},
		{"2024-Q3 to 2025-Q1", "2024-35/2025-33"},
		{"second quarter of 2019", "2019-34"},
		{"the fourth quarter of 2024", "2024-36"},
		{"2nd quarter 2019", "2019-34"},
		{"H2 2026", "2026-41"},
		{"second half of 2026", "2026-41"},
		{"first half of 2026", "2026-40"},
		{"11 May 2020", "2020-05-11"},
		{"May 11, 2020", "2020-05-11"},
		{"June 13th, 2018", "2018-06-13"},
		{"1 May 2020", "2020-05-01"},
		{"the 1st of May 2020", "2020-05-01"},
		{"  May   2020 ", "2020-05"},
		{"2018 to 2021", "2018/2021"},
		{"from 2018 to 2021", "2018/2021"},
		{"June 2024 until 30 March 2025", "2024-06/2025-03-30"},
		{"from September 2024", "2024-09/.."},
		{"since 2018", "2018/.."},
		{"until May 2020", "../2020-05"},
		{"2017 or 2019", "[2017,2019]"},
		{"November 2017 or June 2019", "[2017-11,2019-06]"},
		{"between 2017 and 2019", "[2017..2019]"},
		{"about 2015", "2015~"},
		{"circa March 2017", "2017-03~"},
		{"the 1990s", "199X"},
		{"spring 2019", "2019-21"},
		{"summer of 2020", "2020-22"},
		{"autumn 2019", "2019-23"},
		{"fall 2019", "2019-23"},
		{"29 February 2024", "2024-02-29"},
		{"winter 2019/20", "2019-24"},
		{"winter 2019-2020", "2019-24"},
		{"possibly about May 2020", "2020-05%"},
		{"2017, 2018, or 2020", "[2017,2018,2020]"},
		{"May 11, 2020, or June 2021", "[2020-05-11,2021-06]"},
		{"May to June 2020", "2020-05/2020-06"},
		{"May 2 to June 3, 2020", "2020-05-02/2020-06-03"},
		{"between 5 and 20 Jan 2020", "[2020-01-05..2020-01-20]"},
		{"Q1 to Q3 2020", "2020-33/2020-35"},
		{"about Y12018", "Y12018~"},
		{"perhaps Y17E7", "Y17E7?"},
		{"about 2018-03-15T10:00:00Z", "2018-03-15~"},
		{"after about 2015", "[2016~..]"},
		{"before perhaps 2015", "[..2014?]"},
		{"early 2019?", "[2019-01?..2019-04?]"},
		{"week of 2024-03-05~", "[2024-03-04~..2024-03-10~]"},
		{"44 to 31 BC", "-0043/-0030"},
		{"2018 or after 2020", "[2018,2021..]"},
		{"before 2010 or 2018", "[..2009,2018]"},
		{"10000 BC", "-9999"},
		{"44 B.C.", "-0043"},
		// as company news and registers have it
		{"early 2019", "[2019-01..2019-04]"},
		{"in late 2019", "[2019-09..2019-12]"},
		{"mid-2020", "[2020-05..2020-08]"},
		{"mid 2020", "[2020-05..2020-08]"},
		{"at the beginning of 2021", "[2021-01..2021-04]"},
		{"the middle of 2021", "[2021-05..2021-08]"},
		{"at the end of 2022", "[2022-09..2022-12]"},
		{"early March 2024", "[2024-03-01..2024-03-10]"},
		{"mid-August 2016", "[2016-08-11..2016-08-20]"},
		{"late July 2017", "[2017-07-21..2017-07-31]"},
		{"end of February 2024", "[2024-02-21..2024-02-29]"},
		{"the early 1990s", "[1990..1993]"},
		{"the mid-1990s", "[1994..1996]"},
		{"late 1990s", "[1997..1999]"},
		{"early 17th century", "[1600..1633]"},
		{"late 17th century", "[1667..1699]"},
		{"perhaps early 2019", "[2019-01?..2019-04?]"},
		{"before 2015", "[..2014]"},
		{"before March 2020", "[..2020-02]"},
		{"before 1 March 2020", "[..2020-02-29]"},
		{"before Q2 2020", "[..2020-03-31]"},
		{"prior to 2015", "[..2014]"},
		{"after 2015", "[2016..]"},
		{"after December 2015", "[2016-01..]"},
		{"after 31 December 2015", "[2016-01-01..]"},
		{"by 2025", "[..2025]"},
		{"by the end of 2025", "[..2025]"},
		{"before the end of 2025", "[..2025]"},
		{"by mid-August 2016", "[..2016-08-20]"},
		{"no later than June 2020", "[..2020-06]"},
		{"not before 2026", "[2026..]"},
		{"no earlier than May 2026", "[2026-05..]"},
		{"2015 or earlier", "[..2015]"},
		{"2015 at the latest", "[..2015]"},
		{"mid-August 2016 at the latest", "[..2016-08-20]"},
		{"June 2019 at the earliest", "[2019-06..]"},
		{"2018 to the beginning of 2020", "2018/2020-37"},
		{"2018 to the end of 2020", "2018/2020"},
		{"after the beginning of 2020", "[2020..]"},
		{"after the end of 2019", "[2020..]"},
		{"before the beginning of 2020", "[..2019]"},
		{"between March and June 2020", "[2020-03..2020-06]"},
		{"between June 2018 and 2019", "[2018-06-01..2019-12-31]"},
		{"some day from June to August 2019", "[2019-06..2019-08]"},
		{"some day between June and August 2019", "[2019-06..2019-08]"},
		{"from March to June 2020", "2020-03/2020-06"},
		{"from 2018 until 2021", "2018/2021"},
		{"from 2018 until now", "2018/.."},
		{"from 2018 on", "2018/.."},
		{"2018-present", "2018/.."},
		{"2018 - today", "2018/.."},
		{"2018-2021", "2018/2021"},
		{"2018–2021", "2018/2021"},
		{"2018 — 2021", "2018/2021"},
		{"5-20 January 2015", "2015-01-05/2015-01-20"},
		{"5–20 Jan 2015", "2015-01-05/2015-01-20"},
		{"May 2 to 5, 2020", "2020-05-02/2020-05-05"},
		{"Oct. – Dec. 2020", "2020-10/2020-12"},
		{"since the beginning of 2020", "2020/.."},
		{"until the end of 2020", "../2020"},
		{"from early 2019 to late 2020", "2019-37/2020-39"},
		{"2018-03-15–2018-04-20", "2018-03-15/2018-04-20"},
		{"Wednesday, 12 July 2000", "2000-07-12"},
		{"Wed 12 July 2000", "2000-07-12"},
		{"Sunday the 9th of July 2000", "2000-07-09"},
		{"1Q 2024", "2024-33"},
		{"1Q24", "2024-33"},
		{"2H23", "2023-41"},
		{"fourth-quarter 2023", "2023-36"},
		{"last quarter of 2023", "2023-36"},
		{"first nine months of 2024", "[2024-01..2024-09]"},
		{"the first 6 months of 2024", "2024-40"},
		{"last three months of 2024", "2024-36"},
		{"17th century", "16XX"},
		{"the seventeenth century", "16XX"},
		{"May eighth, 2020", "2020-05-08"},
		{"the eighth of May 2020", "2020-05-08"},
		{"the twenty-first of June 2019", "2019-06-21"},
		{"thirtieth of June 2019", "2019-06-30"},
		{"2020 May 11", "2020-05-11"},
		{"AD 79", "0079"},
		{"79 AD", "0079"},
		{"2016 or 2017 or 2018", "[2016,2017,2018]"},
		{"June or July 2020", "[2020-06,2020-07]"},
		{"5, 6 or 7 May 2020", "[2020-05-05,2020-05-06,2020-05-07]"},
		{"2017 and 2019", "{2017,2019}"},
		{"both June and July 2020", "{2020-06,2020-07}"},
		{"15/04/2002", "2002-04-15"},
		{"04/15/2002", "2002-04-15"},
		{"5/5/2002", "2002-05-05"},
		{"2020/05/11", "2020-05-11"},
		{"2020.5.1", "2020-05-01"},
		{"10/July/2000", "2000-07-10"},
		{"10-Jul-2000", "2000-07-10"},
		{"2019-11-00", "2019-11"},
		{"2019-00-00", "2019"},
		{"week of 4 March 2024", "[2024-03-04..2024-03-10]"},
		{"the week of Sunday, 10 March 2024", "[2024-03-04..2024-03-10]"},
		{"the night of 31 December 2023", "[2023-12-31..2024-01-01]"},
	} {
		d, err := edtf.ParseEnglish(row.text)
		require.NoError(t, err, row.text)
		assert.Equal(t, row.want, d.String(), row.text)
	}
}

func TestParseEnglishRefuses(t *testing.T) {
	const (
		plain   = "not a date such as 2018-03, November 2017, Q2 2019 or 11 May 2020"
		winter  = "winter has two meanings: write 2019-24 for December 2019 to February 2020"
		follows = "a date that follows from another one, which is not supported"
		noYear  = "no year: write 4 March 2024, or March 2024"
		noMonth = "a day without its month: write 4 March 2024"
		fiscal  = "a fiscal year begins in a month that must be told"
		outside = "it is outside the years from -9999 to 9999"
		thirds  = "early, mid and late are thirds of a year, a month, a decade or a century"
	)
	for _, row := range []struct {
		text   string
		offset int
		reason string
	}{
		{"", 0, "empty"},
		{"   ", 0, "empty"},
		{"soon", 0, plain},
		{"in spring, soon", 11, plain},
		{"Q5 2019", 0, plain},
		{"2024-Q5", 5, plain},
		{"2024Q", 0, plain},
		{"Q2-24", 3, plain},
		{"fifth quarter of 2019", 6, plain},
		{"third half of 2019", 6, plain},
		{"winter 2020", 0, winter},
		{"winter 2019-21", 0, winter},
		{"1.7.2024 to 2018", 0, "a date in figures has two meanings, 7 January 2024 and 1 July 2024: write 2024-07-01"},
		{"5/11/2020", 0, "a date in figures has two meanings, 11 May 2020 and 5 November 2020: write 2020-11-05"},
		{"by 5/11/2020", 3, "a date in figures has two meanings, 11 May 2020 and 5 November 2020: write 2020-11-05"},
		{"30.2.2024", 0, "there is no such day"},
		{"31 September 2020", 0, "the month has no such day"},
		{"from 29 February 2023", 5, "the month has no such day"},
		{"2021 to 2018", 0, "a span that ends before it starts"},
		{"May 2020 or", 11, plain},
		{"between 2017", 12, `expected "and"`},
		{"some day from 2017", 18, `expected "to"`},
		{"the 1900s", 4, "1900s are ten years or a hundred"},
		{"111 May 2020", 0, plain},
		{"1thrd May 2020", 0, plain},
		{"May 20200", 4, plain},
		{"from soon to 2019", 5, plain},
		{"to", 2, plain},
		{"by", 2, plain},
		{"or", 0, plain},
		{"or later", 0, plain},
		{"some", 0, plain},
		{"some year of 1901-1999", 13, "not ten, a hundred or a thousand years: write between 1962 and 1965"},
		{"2017, soon or 2019", 6, plain},
		{"2017, 2019", 0, plain},
		{"2017 or 2018 and 2019", 13, `both "or" and "and": what is meant is not clear`},
		{"4 March", 0, noYear},
		{"until 4 March", 6, noYear},
		{"summer", 0, noYear},
		{"early March", 0, noYear},
		{"March at the latest", 0, noYear},
		{"2019 at the", 5, plain},
		{"4 to 6", 5, noMonth},
		{"Q4 FY2024", 3, fiscal},
		{"fiscal 2024", 0, fiscal},
		{"2023/24", 0, "a year or a season from 2023 to 2024"},
		{"1999-00", 0, "a year or a season from 1999 to 2000"},
		{"1980/81", 0, "a year or a season from 1980 to 1981"},
		{"18 months after the groundbreaking", 3, follows},
		{"two years before 2020", 0, plain},
		{"2020 after the war", 5, follows},
		{"Tuesday, 12 July 2000", 0, "12 July 2000 is a Wednesday"},
		{"Tuesday, July 2000", 9, "expected a day such as 4 March 2024"},
		{"week of July 2000", 8, "expected a day such as 4 March 2024"},
		{"early Q1 2024", 6, thirds},
		{"early 44 BC", 6, thirds},
		{"from mid-August 2016", 5, "a span begins and ends in a day, a month or another part of the calendar: 2016-08-11..2016-08-20 is a range"},
		{"2018..", 0, "a date that reaches back or on is an end of a span, or a set: [..2018], [2018..], [2018..2019]"},
		{"about 2018..", 6, plain},
		{"20.20", 2, "expected a year of four digits"},
		{"1.1 May 2020", 0, plain},
		{"after 9999", 6, outside},
		{"before -9999-01-01", 7, outside},
		{"after Y12018", 6, outside},
		{"after Q4 9999", 9, outside},
		{"week of 31 December 9999", 8, outside},
		{"10001 BC", 0, "a year outside -9999 to 9999: write it in EDTF, as Y-12017"},
		{"June to 201X", 0, noYear},
		{"5 June to 1990s", 0, noYear},
		{"5 to 156X-12-25", 0, noYear},
		{"June to Y17E7", 0, noYear},
		{"early 1950S2", 6, thirds},
		{"some month of March 2018", 14, plain},
		{"last month", 0, `"last" depends on the day it was written: write a date`},
		{"until yesterday", 6, `"yesterday" depends on the day it was written: write a date`},
		{"first twelve months of 2023", 0, "a year has twelve months: write the year"},
		{"first three months of May 2023", 0, "months are counted in a year"},
		{"3rd century BC", 12, "a century before Christ: write its years"},
		{"spring 2019-20", 11, "a part of one year, and two are given"},
	} {
		_, err := edtf.ParseEnglish(row.text)
		var e *edtf.ParseError
		require.ErrorAs(t, err, &e, row.text)
		assert.Equal(t, row.reason, e.Reason, row.text)
		assert.Equal(t, row.offset, e.Offset, row.text)
	}
}

// A phrase of any length is read, or refused, in time.
func TestParseEnglishEnds(t *testing.T) {
	for _, text := range []string{strings.Repeat("2019 or ", 6000), strings.Repeat("1 May or ", 4000), strings.Repeat("5, ", 4000) + "6 May 2020", strings.Repeat("-", 100_000), strings.Repeat("perhaps ", 9000)} {
		_, err := edtf.ParseEnglish(text)
		require.Error(t, err)
		assert.Less(t, len(err.Error()), 300)
	}
	_, err := edtf.ParseEnglish(strings.Repeat("2019 or ", 6000))
	require.ErrorContains(t, err, "more words than a date has")
}

// Fiscal years begin where a reading says, and words such as "last month" depend on the day of
// the text.
func TestReadingOfFiscalAndRelativeDates(t *testing.T) {
	april := edtf.Reading{FiscalStart: 4, Told: edtf.MustParse("2024-03-13")}
	for text, want := range map[string]string{
		"FY2024": "[2023-04..2024-03]", "fiscal year 2024": "[2023-04..2024-03]", "fy24": "[2023-04..2024-03]",
		"Q1 FY2024": "2023-34", "Q4 FY2024": "2024-33", "fourth quarter of fiscal 2024": "2024-33", "first half of FY2024": "[2023-04..2023-09]",
		"last month": "2024-02", "next month": "2024-04", "this month": "2024-03", "last year": "2023", "next year": "2025",
		"yesterday": "2024-03-12", "today": "2024-03-13", "tomorrow": "2024-03-14", "last week": "[2024-03-04..2024-03-10]", "next week": "[2024-03-18..2024-03-24]",
		"last quarter": "2023-36", "this quarter": "2024-33", "since last year": "2023/..", "by next month": "[..2024-04]", "last quarter of 2022": "2022-36",
	} {
		d, err := april.Parse(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, d.String(), text)
	}
	calendar := edtf.Reading{FiscalStart: 1}
	for text, want := range map[string]string{"FY2024": "2024", "Q3 FY24": "2024-35"} {
		d, err := calendar.Parse(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, d.String(), text)
	}
	_, err := april.Parse("spring FY2024")
	require.Error(t, err)
	_, err = edtf.Reading{FiscalStart: 13}.Parse("FY2024")
	require.ErrorContains(t, err, "must be told")
	_, err = edtf.Reading{Told: edtf.MustParse("2024")}.Parse("last year")
	require.ErrorContains(t, err, "depends on the day it was written", "a year is no day")
}

// What is a span of something that lasts is one day of several for something that happens.
func TestReadingOfOneDay(t *testing.T) {
	oneDay := edtf.Reading{OneDay: true}
	for text, want := range map[string]string{
		"until 1471": "[..1471]", "before 1471": "[..1470]", "from 2018": "[2018..]", "2018 to 2021": "[2018..2021]", "June 2018 to 2021": "[2018-06-01..2021-12-31]",
		"2018": "2018", "2017 or 2019": "[2017,2019]", "from 2018 until now": "[2018..]", "an unknown day to 2020": "[..2020]",
		"2018-03-15T10:00:40Z to March 2019": "[2018-03-15..2019-03-31]", "Y12018 to Y13018": "[Y12018..Y13018]",
		"2018/..": "2018/..", "2018/2019": "2018/2019", // as they are
	} {
		d, err := oneDay.Parse(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, d.String(), text)
	}
	_, err := oneDay.Parse("March 2018 to Y12018")
	require.ErrorContains(t, err, "as one day of it, ")
	late := edtf.Reading{Told: edtf.MustParse("9999-12-31")}
	for _, text := range []string{"next year", "next month", "tomorrow", "next week", "next quarter"} {
		_, err := late.Parse(text)
		require.ErrorContains(t, err, "it is outside the years from -9999 to 9999", text)
	}
}

// A reading decides what dates in figures mean.
func TestReading(t *testing.T) {
	for text, want := range map[string][2]string{
		"5/11/2020":               {"2020-11-05", "2020-05-11"},
		"1.7.2024":                {"2024-07-01", "2024-01-07"},
		"01-07-2024":              {"2024-07-01", "2024-01-07"},
		"1.7.2024 to 2.7.2024":    {"2024-07-01/2024-07-02", "2024-01-07/2024-02-07"},
		"13/5/2020":               {"2020-05-13", ""},
		"May 2020":                {"2020-05", "2020-05"},
		"2024-07-01":              {"2024-07-01", "2024-07-01"},
		"5/11/20":                 {"", ""},
		"by 1.7.2024 or 1.8.2024": {"[..2024-07-01,2024-08-01]", "[..2024-01-07,2024-01-08]"},
	} {
		for n, order := range []edtf.FigureOrder{edtf.DayFirst, edtf.MonthFirst} {
			d, err := edtf.Reading{Figures: order}.Parse(text)
			assert.Equal(t, want[n], d.String(), text)
			assert.Equal(t, want[n] == "", err != nil, text)
		}
	}
}

// What has two meanings is refused, and not read as the one or the other.
func TestParseEnglishOfTwoMeanings(t *testing.T) {
	for text, want := range map[string]string{
		"before 2015 and after 2010":         "a bound and another date",
		"not after 2015 and not before 2010": "a bound and another date",
		"before 2010 and 2012":               "a bound and another date",
		"1200 or 1100 BC":                    "BC of one year or of both",
		"1300, 1200 or 1100 BC":              "BC of one year or of both",
		"31 December or 1 January 2020":      "write the year of each",
		"December or January 2020":           "write the year of each",
		"30 or 1 May 2020":                   "write the year of each",
		"May to 2020":                        "write that of each",
		"4 July or 2020":                     "write that of each",
		"4Q99":                               "two centuries",
		"Thursday, 25 October 1917 O.S.":     "7 November 1917 is a Wednesday",
	} {
		_, err := edtf.ParseEnglish(text)
		assert.ErrorContains(t, err, want, text)
	}
	_, err := edtf.Reading{FiscalStart: 7}.Parse("FY99")
	assert.ErrorContains(t, err, "two centuries")
	for text, want := range map[string]string{
		"2018 and later": "{2018..}", "44 or 43 BC": "[-0043,-0042]", "May or June 2020": "[2020-05,2020-06]", "1Q24": "2024-33",
		"Wednesday, 25 October 1917 O.S.": "1917-11-07", "week of 25 October 1917 O.S.": "[1917-11-05..1917-11-11]",
	} {
		d, err := edtf.ParseEnglish(text)
		assert.NoError(t, err, text)
		assert.Equal(t, want, d.String(), text)
	}
}

// What looks like EDTF gets the error that Parse has.
func TestParseEnglishKeepsOffsets(t *testing.T) {
	_, err := edtf.ParseEnglish("2018-13")
	requireParseError(t, err, 5, "no such month or sub-year code")
}
