package edtf_test

import (
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
		"Y-17E7":                   "Y-17E7",
		"1950S2":                   "1950S2",
		"156X-12-25":               "156X-12-25",
		"2018-29":                  "2018-29",
		"..2004-06-01/..":          "..2004-06-01/..",
		"{2018,2019}":              "2018 and 2019",
		"{2018,2019-03?,2020}":     "2018, perhaps March 2019 and 2020",
		"{2018}":                   "{2018}",
		"{2018..2020}":             "{2018..2020}",
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
	var many []string
	for n := range 1000 {
		many = append(many, (edtf.MustDay("2000-01-01") + edtf.Day(2*n)).String())
	}
	set := edtf.MustParse("[" + strings.Join(many, ",") + "]")
	again, err := edtf.ParseEnglish(set.English())
	require.NoError(t, err)
	assert.Equal(t, set, again)
}
