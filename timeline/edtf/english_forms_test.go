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

// English of dates that are not of the profile, and back: the same days.
func TestEnglishOfAllForms(t *testing.T) {
	for text, want := range map[string]string{
		"2018-03-15T23:20:30Z":     "15 March 2018",
		"-0043-03-15":              "15 March 44 BC",
		"-0043":                    "44 BC",
		"-0043?/-0030":             "perhaps 44 BC to 31 BC",
		"-0043-03/-0043-06":        "March to June 44 BC",
		"[-0043,-0040]":            "44 BC or 41 BC",
		"2018?-03":                 "perhaps March 2018",
		"Y17000":                   "the year 17,000",
		"Y-17E7":                   "the year 170,000,001 BC",
		"Y171010000S3":             "some year of 171,000,000-171,999,999, estimated at 171,010,000",
		"Y-171010000S3":            "some year of 172,000,000-171,000,001 BC, estimated at 171,010,001 BC",
		"Y17E20":                   "the year 17×10^20",
		"Y-17E20S3?":               "perhaps the year -17×10^20 to 3 significant digits",
		"Y17E2":                    "1700",
		"1950S2":                   "some year of 1900-1999, estimated at 1950",
		"-1950S2":                  "some year of 2000-1901 BC, estimated at 1951 BC",
		"[1950S2,1960S3,2001]":     "some year of 1900-1999, estimated at 1950, some year of 1960-1969, estimated at 1960 or 2001",
		"1985S4":                   "1985",
		"2XXX":                     "some year of 2000-2999",
		"-156X":                    "some year of 1570-1561 BC",
		"-000X":                    "some year of 10-2 BC",
		"1X60":                     "some year with the digits 1X60",
		"-1X60":                    "some year with the digits -1X60",
		"156X-12-25":               "25 December of some year of the 1560s",
		"15XX-12-25?/1620":         "perhaps 25 December of some year of 1500-1599 to 1620",
		"156X-12":                  "December of some year of the 1560s",
		"156X-12-XX":               "some day in December of some year of the 1560s",
		"156X-XX-XX":               "some day of some year of the 1560s",
		"156X-XX":                  "some month of some year of the 1560s",
		"156X-33":                  "Q1 of some year of the 1560s",
		"156X-40":                  "the first half of some year of the 1560s",
		"156X-24":                  "the winter that began in some year of the 1560s",
		"-0043-24":                 "the winter that began in 44 BC",
		"2018-1X":                  "some month of October-December 2018",
		"2018-X1":                  "some month of January/November 2018",
		"2018-X3":                  "March 2018",
		"2018-XX-01":               "the 1st of some month of 2018",
		"2018-XX-12":               "the 12th of some month of 2018",
		"2018-1X-23":               "the 23rd of some month of October-December 2018",
		"2018-XX-2X":               "some day of 20-29 in some month of 2018",
		"2018-05-2X":               "some day of 20-29 May 2018",
		"2018-02-2X":               "some day of 20-29 February 2018",
		"2018-05-X1":               "some day of 1/11/21/31 May 2018",
		"2018-04-3X":               "30 April 2018",
		"2018-05-1X/2018-05-2X":    "some day of 10-19 May 2018 to some day of 20-29 May 2018",
		"156X-12/1560-12":          "December of some year of the 1560s to December 1560",
		"Y34078720/Y34078720":      "the year 34,078,720 to the year 34,078,720",
		"2018-1X-XX":               "some day in some month of October-December 2018",
		"156X-1X-3X":               "some day of 30-31 in some month of October-December of some year of the 1560s",
		"2018-26":                  "northern summer 2018",
		"2018-29~":                 "about southern spring 2018",
		"2018-30":                  "southern summer 2018-19",
		"..2004-06-01/..":          "from 1 June 2004 or earlier",
		"..2018/2020-05..":         "2018 or earlier to May 2020 or later",
		"2018../2020":              "2018 or later to 2020",
		"/2018..":                  "from an unknown day to 2018 or later",
		"../..2018":                "until 2018 or earlier",
		"{2018,2019}":              "2018 and 2019",
		"{2018,2019-03?,2020}":     "2018, perhaps March 2019 and 2020",
		"{2018}":                   "all of 2018",
		"{2018..2020}":             "all from 2018 to 2020",
		"{..1984}":                 "all up to 1984",
		"{1984..}":                 "all from 1984",
		"{2018,2020..2022,2025}":   "2018, all from 2020 to 2022 and 2025",
		"[2016-01-01..2025-12-29]": "between 2016 and 29 December 2025",
		"[2025-09-01..2025-12-28]": "between September 2025 and 28 December 2025",
		"[2018-11-21..2018-12-31]": "between 21 November and 31 December 2018",
		"[2016-02-03..2018-12-31]": "between 3 February 2016 and 2018",
		"[2016-02-01..2018-05-31]": "between February 2016 and May 2018",
		"[2025-09-01..2025-09-28]": "between 1 and 28 September 2025",
	} {
		d := edtf.MustParse(text)
		assert.Equal(t, want, d.English(), text)
		again, err := edtf.ParseEnglish(d.English())
		require.NoError(t, err, text)
		assert.Equal(t, rangesOf(d), rangesOf(again), text)
	}
	for text, want := range map[string]string{"1 BC": "0000", "15 March 44 BCE": "-0043-03-15", "10000 BC": "-9999"} {
		d, err := edtf.ParseEnglish(text)
		require.NoError(t, err)
		assert.Equal(t, want, d.String())
	}
	for _, text := range []string{
		"some year of 1962-1965", "some year of 1900-1999, estimated at 2050", "some year of 1900-1999, estimated at 1850", "some year of 17,000-17,999",
		"some year of 2018", "some year with the digits 1X", "some month of May 2018", "some month of May-June 2018", "some day of 30-31 February 2018",
		"some day of 3-7 May 2018", "some day of 11 May 2018", "the 32nd of some month of 2018", "30 February of some year of the 1560s", "the year 0×10^20",
		"the year 17×10^20 to 40 significant digits", "the year 17×10^20 to 3 significant 2019", "the year 17×10^20 to 3 significant",
		"some day of 29-20 May 2018", "some day of 5/6/7 May 2018",
		"all from 2018 to 2020 or 2025", "all of 2018 or 2019", "the year 17,000 or later to the year 18,000", "southern spring",
		"some day of 1/", "some day of", "some year", "the year", "2018 or later to",
	} {
		_, err := edtf.ParseEnglish(text)
		assert.Error(t, err, text)
	}
	var many []string
	for n := range 1000 {
		many = append(many, (edtf.MustDay("2000-01-01") + edtf.Day(2*n)).String())
	}
	set := edtf.MustParse("[" + strings.Join(many, ",") + "]")
	again, err := edtf.ParseEnglish(set.English())
	require.NoError(t, err)
	assert.Equal(t, set, again)
}

// The English of any date has no sign of EDTF, and is read as a date of the same kind, with the same days
// and the same marks.
func TestEnglishOfEveryDate(t *testing.T) {
	r := rand.New(rand.NewPCG(18, 2))
	window := func() string {
		if r.IntN(20) > 0 {
			return randomWindow(r)
		}
		year := fmt.Sprint("Y", []string{"", "-"}[r.IntN(2)], 1+r.IntN(90), strings.Repeat("0", 3+r.IntN(4)))
		return year + []string{"", "E3", "E30", "S2", "E40S1"}[r.IntN(5)] + []string{"", "?", "~"}[r.IntN(3)]
	}
	kinds := map[edtf.Kind]int{}
	for range 20_000 {
		a, b, c := window(), window(), window()
		text := []string{
			a, a + "/" + b, "/" + a, a + "/", "../" + a, a + "/..", ".." + a + "/" + b, a + "/" + b + "..", a + "../" + b,
			"[" + a + "]", "{" + a + "}", "[" + a + "," + b + "," + c + "]", "{" + a + "," + b + "," + c + "}",
			"[" + a + ".." + b + "]", "{" + a + ".." + b + "," + c + "}", "[.." + a + "," + b + "..]", "{.." + a + "," + b + "," + c + "..}",
		}[r.IntN(17)]
		d, err := edtf.Parse(text)
		if err != nil {
			continue
		}
		english := d.English()
		require.False(t, strings.ContainsAny(english, "[]{}?~%") || strings.Contains(english, ".."), "%s is %q", text, english)
		again, err := edtf.ParseEnglish(english)
		require.NoError(t, err, "%s is %q", text, english)
		require.Equal(t, rangesOf(d), rangesOf(again), "%s is %q is %v", text, english, again)
		require.Equal(t, [2]bool{d.Uncertain(), d.Approximate()}, [2]bool{again.Uncertain(), again.Approximate()}, "%s is %q is %v", text, english, again)
		require.Equal(t, d.Saturated(), again.Saturated(), "%s is %q is %v", text, english, again)
		if !strings.HasPrefix(text, "[") { // a set of one is its member
			require.Equal(t, d.Kind(), again.Kind(), "%s is %q is %v", text, english, again)
		}
		require.Equal(t, rangesOf(d.From()), rangesOf(again.From()), "%s is %q is %v", text, english, again)
		require.Equal(t, rangesOf(d.To()), rangesOf(again.To()), "%s is %q is %v", text, english, again)
		kinds[d.Kind()]++
	}
	for _, kind := range []edtf.Kind{edtf.Window, edtf.Span, edtf.Set, edtf.AllOf} {
		assert.Greater(t, kinds[kind], 300, kind)
	}
}
