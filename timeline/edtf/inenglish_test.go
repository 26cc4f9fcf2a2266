package edtf_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func TestEnglish(t *testing.T) {
	for _, row := range []struct{ date, want string }{
		{"2020-05-11", "11 May 2020"},
		{"2024-06", "June 2024"},
		{"2018", "2018"},
		{"0044", "0044"},
		{"2024-36", "Q4 2024"},
		{"2026-41", "the second half of 2026"},
		{"2026-37", "the first third of 2026"},
		{"2019-23", "autumn 2019"},
		{"2019-24", "winter 2019-20"},
		{"2099-24", "winter 2099-00"},
		{"199X", "the 1990s"},
		{"200X", "some year of 2000-2009"},
		{"19XX", "some year of 1900-1999"},
		{"2018-XX", "some month of 2018"},
		{"2018-XX-XX", "some day of 2018"},
		{"2018-11-XX", "some day in November 2018"},
		{"2018?", "perhaps 2018"},
		{"1411~", "about 1411"},
		{"2017-03-19%", "perhaps about 19 March 2017"},
		{"2018/2021", "2018 to 2021"},
		{"2024-06/2025-03-30", "June 2024 to 30 March 2025"},
		{"2024-06/2024-08", "June to August 2024"},
		{"2024-05-03/2024-05-09", "3 to 9 May 2024"},
		{"2024-05-03/2024-06-09", "3 May to 9 June 2024"},
		{"2024-05-03?/2024-06-09", "perhaps 3 May 2024 to 9 June 2024"},
		{"2018/..", "from 2018"},
		{"../2018", "until 2018"},
		{"2018/", "from 2018 to an unknown day"},
		{"/2018", "from an unknown day to 2018"},
		{"[2017,2019]", "2017 or 2019"},
		{"[2017,2018,2020-05]", "2017, 2018 or May 2020"},
		{"[2017..2019]", "between 2017 and 2019"},
		{"[2019-06-01..2019-06-20]", "between 1 and 20 June 2019"},
		{"[2019-06..2019-08]", "between June and August 2019"},
		{"[..2015-12]", "by December 2015"},
		{"[2018..]", "2018 or later"},
		{"[..2015,2017,2019..]", "by 2015 or 2017 or 2019 or later"},
		{"[2017?,2019]", "perhaps 2017 or 2019"},
	} {
		d := edtf.MustParse(row.date)
		assert.Equal(t, row.want, d.English(), row.date)
		again, err := edtf.ParseEnglish(d.English())
		require.NoError(t, err, row.date)
		assert.Equal(t, row.date, again.String())
	}
	assert.Empty(t, edtf.Date{}.English())
}

// What is written in English is read as a date of the same days, and as the same
// date unless it is a set of one.
func TestEnglishIsReadAgain(t *testing.T) {
	windows := windowTexts()
	rapid.Check(t, func(t *rapid.T) {
		window := func() string {
			return rapid.SampledFrom(windows).Draw(t, "window") + rapid.SampledFrom([]string{"", "", "?", "~", "%"}).Draw(t, "mark")
		}
		text := window()
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			text += "/" + window()
		case 1:
			text = rapid.SampledFrom([]string{text + "/..", text + "/", "../" + text, "/" + text}).Draw(t, "open")
		case 2:
			text = "[" + rapid.SampledFrom([]string{"..", ""}).Draw(t, "before") + text
			for range rapid.IntRange(0, 3).Draw(t, "members") {
				text += rapid.SampledFrom([]string{",", ",", ".."}).Draw(t, "between") + window()
			}
			text += rapid.SampledFrom([]string{"..]", "]", "]"}).Draw(t, "after")
		}
		d, err := edtf.Parse(text)
		if err != nil {
			t.Skip()
		}
		again, err := edtf.ParseEnglish(d.English())
		require.NoError(t, err, "%s is %q", text, d.English())
		if d != again {
			require.Equal(t, edtf.Set, d.Kind(), "%s is %q is %v", text, d.English(), again)
			require.Equal(t, text, "["+again.String()+"]", "%q", d.English())
		}
	})
}

// windowTexts are windows of every form.
func windowTexts() []string {
	all := []string{"2000", "1999", "2004", "199X", "200X", "19XX", "20XX", "0000", "9999", "2004-XX", "2004-XX-XX"}
	for _, year := range []string{"2003", "2004"} {
		for _, sub := range []string{"01", "02", "05", "09", "12"} {
			all = append(all, year+"-"+sub, year+"-"+sub+"-XX", year+"-"+sub+"-01", year+"-"+sub+"-11", year+"-"+sub+"-28")
		}
		for _, sub := range []string{"21", "22", "23", "24", "33", "34", "35", "36", "37", "38", "39", "40", "41"} {
			all = append(all, year+"-"+sub)
		}
	}
	return slices.Clip(all)
}
