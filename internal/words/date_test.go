package words

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func TestIn(t *testing.T) {
	for date, want := range map[string]string{
		"2020-05-11":               "on 11 May 2020",
		"2024-06":                  "in June 2024",
		"2018":                     "in 2018",
		"2018?":                    "perhaps in 2018",
		"2019-34":                  "in Q2 2019",
		"2026-41":                  "in the second half of 2026",
		"2017-22~":                 "about summer 2017",
		"201X":                     "in the 2010s",
		"2018-11-XX":               "on some day in November 2018",
		"[..2015-12]":              "by December 2015",
		"[2018..]":                 "in 2018 or later",
		"[2023-10..2024-05]":       "between October 2023 and May 2024",
		"[2017-11?,2019-06]":       "perhaps in November 2017 or June 2019",
		"[2024-06-03..2024-07-31]": "between 3 June and 31 July 2024",
		"2018/2021":                "from 2018 to 2021",
		"2018/..":                  "from 2018",
		"../2018":                  "until 2018",
	} {
		assert.Equal(t, want, In(edtf.MustParse(date)))
	}
	assert.Equal(t, "at some time", In(edtf.Date{}))
}

func TestSince(t *testing.T) {
	for date, want := range map[string]string{
		"2020-05-11":      "since 11 May 2020",
		"[..2015-12]":     "since December 2015 at the latest",
		"[2016..2018]":    "since some day between 2016 and 2018",
		"[2017,2019]":     "since 2017 or 2019",
		"[..2015,2017..]": "since by 2015 or 2017 or later",
	} {
		assert.Equal(t, want, Since(edtf.MustParse(date)))
	}
	assert.Equal(t, "until 2018", Until(edtf.MustParse("2018")))
}

func TestDay(t *testing.T) {
	for text, want := range map[string]string{"2020-05-11": "11 May 2020", "-0043-03-15": "15 March 44 BC", "Y12018": "12018-01-01"} {
		assert.Equal(t, want, Day(edtf.MustParse(text).Earliest()))
	}
}
