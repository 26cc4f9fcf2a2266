package edtf_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func TestSouthernSeasons(t *testing.T) {
	south := edtf.Reading{Seasons: edtf.Southern}
	for text, want := range map[string]string{
		"spring 2019": "2019-29", "2019-21": "2019-29", "2019-22?": "2019-30?", "2019-24": "2019-32", "2019-25": "2019-25", "2019-31": "2019-31",
		"winter 2019": "2019-32", "summer 2019-20": "2019-30", "spring 2018 to summer 2018-19": "2018-29/2018-30",
		"spring 2019 to autumn 2020": "2019-29/2020-31", "[2019-21,2020-23..2020-24]": "[2019-29,2020-31..2020-32]", "{2019-21}": "{2019-29}",
		"2019": "2019", "2019-03-21": "2019-03-21", "2018/..": "2018/..", "Y12018": "Y12018",
	} {
		d, err := south.Parse(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, d.String())
	}
	for text, want := range map[string]string{
		"soon": "not a date", "summer 2019": "a southern summer has two meanings", "winter 2019-20": "a part of one year, and two are given",
		"[2019-22..2019-23]": "of southern seasons, a range that ends before it starts", "2019-22/2019-23": "of southern seasons, a span that ends before it starts",
	} {
		d, err := south.Parse(text)
		require.ErrorContains(t, err, want, text)
		assert.True(t, d.IsZero())
	}
}
