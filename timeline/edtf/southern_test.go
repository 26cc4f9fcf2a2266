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
		"spring 2019 to autumn 2020": "2019-29/2020-31", "[2019-21,2020-23..2020-24]": "[2019-29,2020-31..2020-32]", "{2019-21}": "{2019-29}",
		"2019": "2019", "2019-03-21": "2019-03-21", "2018/..": "2018/..", "Y12018": "Y12018",
	} {
		d, err := south.Parse(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, d.String())
		north, err := edtf.Reading{}.Parse(text)
		require.NoError(t, err)
		if d == north {
			assert.NotContains(t, text, "spring")
		}
	}
	_, err := south.Parse("soon")
	require.Error(t, err)
}
