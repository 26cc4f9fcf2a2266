package answer

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func TestWhen(t *testing.T) {
	for date, want := range map[string]string{
		"2020-05-11":            "on 11 May 2020",
		"2024-06":               "in June 2024",
		"2018":                  "in 2018",
		"2018?":                 "in 2018 (perhaps)",
		"2019-34":               "in the second quarter of 2019",
		"2026-41":               "in the second half of 2026",
		"2017-22~":              "in about summer 2017",
		"201X":                  "in 201X",
		"[..2015-12]":           "by December 2015",
		"[2018..]":              "in or after 2018",
		"[2023-10..2024-05]":    "between October 2023 and May 2024",
		"[2017-11?,2019-06?]":   "in November 2017 (perhaps) or June 2019 (perhaps)",
		"[2024-06-03..2024-07]": "between 3 June 2024 and July 2024",
	} {
		assert.Equal(t, want, InSentence(edtf.MustParse(date)))
	}
	assert.Equal(t, "at some time", InSentence(edtf.Date{}))
}
