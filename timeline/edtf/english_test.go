package edtf_test

import (
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
	} {
		d, err := edtf.ParseEnglish(row.text)
		require.NoError(t, err, row.text)
		assert.Equal(t, row.want, d.String(), row.text)
	}
}

func TestParseEnglishRefuses(t *testing.T) {
	const plain = "not a date such as 2018-03, November 2017, Q2 2019 or 11 May 2020"
	for _, row := range []struct{ text, reason string }{
		{"", "empty"},
		{"   ", "empty"},
		{"soon", plain},
		{"early 2019", plain},
		{"Q5 2019", plain},
		{"2024-Q5", plain},
		{"2024Q", plain},
		{"Q2-24", plain},
		{"fifth quarter of 2019", plain},
		{"third half of 2019", plain},
		{"winter 2020", "winter has two meanings: write 2019-24 for December 2019 to February 2020"},
		{"1.7.2024 to 2018", "a date in figures has two meanings: write 2020-05-11 or 11 May 2020"},
		{"30.2.2024", "there is no such day"},
		{"5/11/2020", "a date in figures has two meanings: write 2020-05-11 or 11 May 2020"},
		{"31 September 2020", "the month has no such day"},
		{"29 February 2023", "the month has no such day"},
		{"2021 to 2018", "a span that ends before it starts"},
		{"May 2020 or", plain},
		{"between 2017", `expected "and"`},
		{"the 1900s", plain},
		{"111 May 2020", plain},
		{"1thrd May 2020", plain},
		{"May 20200", plain},
		{"from soon to 2019", plain},
		{"to", plain},
		{"by", plain},
		{"or", plain},
		{"or later", plain},
		{"some", plain},
		{"some year of 1901-1999", plain},
		{"winter 2019-21", "winter has two meanings: write 2019-24 for December 2019 to February 2020"},
		{"2017, soon or 2019", plain},
	} {
		_, err := edtf.ParseEnglish(row.text)
		requireParseError(t, err, 0, row.reason)
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

// What looks like EDTF gets the error that Parse has.
func TestParseEnglishKeepsOffsets(t *testing.T) {
	_, err := edtf.ParseEnglish("2018-13")
	requireParseError(t, err, 5, "no such month or sub-year code")
}
