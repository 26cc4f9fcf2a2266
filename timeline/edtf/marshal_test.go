package edtf_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

var (
	_ driver.Valuer = edtf.Date{}
	_ sql.Scanner   = (*edtf.Date)(nil)
	_ driver.Valuer = edtf.Day(0)
	_ sql.Scanner   = (*edtf.Day)(nil)
)

func TestJSON(t *testing.T) {
	type record struct {
		When  edtf.Date  `json:"when"`
		Until edtf.Date  `json:"until,omitzero"`
		On    edtf.Day   `json:"on"`
		Sure  edtf.Truth `json:"sure"`
	}
	in := record{When: edtf.MustParse("[2017-11,2019-06]"), On: edtf.MustDay("2024-06-15"), Sure: edtf.Possible}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	assert.JSONEq(t, `{"when":"[2017-11,2019-06]","on":"2024-06-15","sure":"possible"}`, string(text))
	var out record
	require.NoError(t, json.Unmarshal(text, &out))
	assert.Equal(t, in, out)

	assert.ErrorContains(t, json.Unmarshal([]byte(`{"when":"2018-13"}`), &out), "no such month")
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"on":"2018"}`), &out), "not a plain day")
	_, err = json.Marshal(record{On: edtf.DistantFuture})
	assert.ErrorContains(t, err, "cannot be written as a day")
}

func TestSQL(t *testing.T) {
	for _, text := range []string{"2018-03", "2018/..", "[2017,2019]"} {
		in := edtf.MustParse(text)
		value, err := in.Value()
		require.NoError(t, err)
		assert.Equal(t, text, value)
		var out edtf.Date
		require.NoError(t, out.Scan(value))
		assert.Equal(t, in, out)
		require.NoError(t, out.Scan([]byte(text)))
		assert.Equal(t, in, out)
	}
	value, err := edtf.Date{}.Value()
	require.NoError(t, err)
	assert.Nil(t, value)
	out := edtf.MustParse("2018")
	require.NoError(t, out.Scan(nil))
	assert.True(t, out.IsZero())
	assert.EqualError(t, out.Scan(2018), "edtf: cannot scan int into a Date")
	assert.Error(t, out.Scan("soon"))

	day := edtf.MustDay("2024-06-15")
	value, err = day.Value()
	require.NoError(t, err)
	var back edtf.Day
	require.NoError(t, back.Scan(value))
	assert.Equal(t, day, back)
	require.NoError(t, back.Scan(time.Date(2024, 6, 16, 23, 0, 0, 0, time.UTC)))
	assert.Equal(t, day+1, back)
	assert.EqualError(t, back.Scan(nil), "edtf: cannot scan <nil> into a Day")
	_, err = edtf.DistantPast.Value()
	assert.Error(t, err)
}

// The first and the last day there are can be written.
func TestDaysAtTheEdge(t *testing.T) {
	for day, want := range map[edtf.Day]string{edtf.MinDay: "-9999-01-01", edtf.MaxDay: "9999-12-31"} {
		text, err := day.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
	}
	for _, day := range []edtf.Day{edtf.MinDay - 1, edtf.MaxDay + 1} {
		_, err := day.MarshalText()
		assert.Error(t, err)
	}
}

// What earlier versions took is still read where it was stored, as it was written: a log must
// not become unreadable. New text with it is refused, and says what to write.
func TestStoredDates(t *testing.T) {
	const text = "[2018-03..2019]"
	_, err := edtf.Parse(text)
	require.Error(t, err)
	var read, scanned edtf.Date
	require.NoError(t, read.UnmarshalText([]byte(text)))
	require.NoError(t, scanned.Scan(text))
	require.NoError(t, scanned.Scan([]byte(text)))
	assert.Equal(t, read, scanned)
	assert.Equal(t, text, read.String())
	assert.Equal(t, rangesOf(edtf.MustParse("[2018-03-01..2019-12-31]")), rangesOf(read))
	assert.Equal(t, "between March 2018 and 2019", read.English())
	assert.Equal(t, text, read.Canonical().String())
	english, err := edtf.ParseEnglish(read.English())
	require.NoError(t, err)
	assert.Equal(t, "[2018-03-01..2019-12-31]", english.String())
	assert.Equal(t, read.English(), english.English())
	require.Error(t, read.UnmarshalText([]byte("[2018-03...2019]")))
}
