package events_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
)

func TestNumbers(t *testing.T) {
	for form, want := range map[string]string{
		`20`: "20", `21.26`: "21.26", `-15.4`: "-15.4", `0`: "0", `111200`: "111,200", `24250000000`: "24.25 billion", `2500000`: "2.5 million",
		`-5100000000`: "-5.1 billion", `"about 60000"`: "about 60,000", `">50"`: "more than 50", `">=50"`: "50 or more", `"<50"`: "less than 50",
		`"<=50"`: "50 or less", `"25..50"`: "25 to 50", `">25..50"`: "more than 25 to 50", `"25..<50"`: "25 to less than 50",
	} {
		var n events.Number
		require.NoError(t, json.Unmarshal([]byte(form), &n), form)
		assert.Equal(t, want, n.String(), form)
		back, err := n.MarshalJSON()
		require.NoError(t, err)
		assert.Equal(t, form, string(back))
	}
	assert.Equal(t, "not recorded", events.Number{}.String())
	_, err := json.Marshal(events.Number{})
	require.ErrorContains(t, err, "no number is given")
	assert.Equal(t, "CNY 24.25 billion", events.Exactly(24.25e9).In("CNY").String())
	assert.Equal(t, "about 800 cars", events.About(800).In("cars").String())
	for _, form := range []string{`"x"`, `""`, `"50.."`, `"50..25"`, `"25..25"`, `"about"`, `">>5"`, `1e300`, `"9999999999999999999"`, `true`, `"5 "`, `"20"`} {
		assert.Error(t, json.Unmarshal([]byte(form), new(events.Number)), form)
	}
	for _, form := range []string{`101`, `">100.5"`, `-1`, `"90..110"`} {
		assert.Error(t, json.Unmarshal([]byte(form), new(events.Portion)), form)
	}
}

// FuzzNumber holds that what is read as a number is written as it was read, or as an
// equal one, and that its bounds are in order.
func FuzzNumber(f *testing.F) {
	for _, form := range []string{`20`, `"about 5"`, `">25..<50"`, `"25..50"`, `-3.5`, `"<=0.1"`} {
		f.Add([]byte(form))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var n events.Number
		if n.UnmarshalJSON(data) != nil {
			return
		}
		if low, high := n.Bounds(); low > high {
			t.Fatalf("%s: from %v to %v", data, low, high)
		}
		text, err := n.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var again events.Number
		if err := again.UnmarshalJSON(text); err != nil || again != n {
			t.Fatalf("%s is written %s and read as %v, %v", data, text, again, err)
		}
	})
}
