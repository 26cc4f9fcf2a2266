package edtf_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// FuzzParse holds that Parse never panics, that String is its inverse, that
// bounds are those of the days that fit the text, and that a day is held by a
// date only within its bounds.
func FuzzParse(f *testing.F) {
	for _, row := range specRows(f) {
		f.Add(row.text)
	}
	for _, text := range []string{"..2018?-0X/Y-17E7S3", "{-0044-03-15,..}", "2018-03-15T23:59:60-11:30", "%X0X1-X2-3X", "2018-XX-XX%", "2019-24?", "[..2018-03,2019..]", "99XX", "00XX", "0000/..", "2018-37/2018-41"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := edtf.Parse(text)
		if err != nil {
			_ = err.Error()
			return
		}
		if d.String() != text {
			t.Fatalf("Parse(%q).String() = %q", text, d)
		}
		again, err := edtf.Parse(d.String())
		if err != nil || again != d {
			t.Fatalf("parsing %q again gives %v, %v", text, again, err)
		}
		checkBounds(t, d)
		checkCanonical(t, d)
	})
}

func checkBounds(t *testing.T, d edtf.Date) {
	t.Helper()
	earliest, latest := d.Bounds()
	if earliest > latest {
		t.Fatalf("%v: earliest %v is after latest %v", d, earliest, latest)
	}
	for _, edge := range []edtf.Day{earliest, latest} {
		if edge == edtf.DistantPast || edge == edtf.DistantFuture {
			continue
		}
		for day := edge - 3; day <= edge+3; day++ {
			in := earliest <= day && day <= latest
			if d.Kind() == edtf.Window && !strings.Contains(d.String(), "Y") && fits(d.String(), day) != (in && d.Contains(day)) {
				t.Fatalf("%v: whether %v is in = %v by its bounds, %v by its text", d, day, in, !in)
			}
			if d.Holds(day) != edtf.No && !in {
				t.Fatalf("%v holds on %v, outside its bounds", d, day)
			}
		}
		if d.Holds(edge) == edtf.No {
			t.Fatalf("%v does not hold on its own bound %v", d, edge)
		}
	}
}

// FuzzParseEnglish holds that no input panics and that what is read can be
// written and read again.
func FuzzParseEnglish(f *testing.F) {
	for _, text := range []string{
		"November 2017", "Q2 2019", "second half of 2026", "11 May 2020", "May 11, 2020", "2018 to 2021",
		"from 2018", "until may 2020", "2017 or 2019", "between 2017 and 2019", "about 2015", "the 1990s", "winter 2020",
		"by May 2020", "2017, May 2018 or later", "some day in May 2020", "some year of 1900-1999", "3 to 9 May 2020", "winter 2019-20", "perhaps about 2015", "some day of 20-29 in some month of October-December of some year of the 1560s", "the year 170,000,001 BC", "all from 2018 to 2020", "2018 or earlier to 2020 or later",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := edtf.ParseEnglish(text)
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Fatal("an error without a word")
			}
			return
		}
		if again, err := edtf.Parse(d.String()); err != nil || again != d {
			t.Fatalf("ParseEnglish(%q) = %v, which Parse reads as %v, %v", text, d, again, err)
		}
		if again, err := edtf.ParseEnglish(d.English()); err != nil || !slices.Equal(rangesOf(again), rangesOf(d)) {
			t.Fatalf("ParseEnglish(%q) = %v, whose English %q is read as %v, %v", text, d, d.English(), again, err)
		}
	})
}

func rangesOf(d edtf.Date) (all []edtf.Day) {
	for first, last := range d.Ranges() {
		all = append(all, first, last)
	}
	return all
}
