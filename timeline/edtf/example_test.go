package edtf_test

import (
	"errors"
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func ExampleParse() {
	for _, text := range []string{"2017-11", "2019-34", "2018/2021", "[2017-11,2019-06]"} {
		d, err := edtf.Parse(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%-18s %-7s %v to %v\n", d, d.Kind(), d.Earliest(), d.Latest())
	}
	// Output:
	// 2017-11            window  2017-11-01 to 2017-11-30
	// 2019-34            window  2019-04-01 to 2019-06-30
	// 2018/2021          span    2018-01-01 to 2021-12-31
	// [2017-11,2019-06]  set     2017-11-01 to 2019-06-30
}

func ExampleParse_refused() {
	for _, text := range []string{"2018-02-30", "1989-1990", "2018-W10"} {
		_, err := edtf.Parse(text)
		fmt.Println(err)
	}
	// Output:
	// edtf: "2018-02-30": at offset 8: the month has no such day
	// edtf: "1989-1990": at offset 5: two years: write [1989..1990] for one of them, 1989/1990 from one to the other
	// edtf: "2018-W10": at offset 5: a week date, which EDTF does not have: write its days
}

// A program that does not want all of EDTF says how much it takes.
func ExampleLevel_Parse() {
	_, err := edtf.Level1.Parse("156X-12-25")
	fmt.Println(err)
	fmt.Println("it is EDTF:", errors.Is(err, edtf.ErrUnsupported))
	// Output:
	// edtf: "156X-12-25": at offset 0: EDTF of level 2, and not of level 1
	// it is EDTF: true
}

func ExampleDate_Canonical() {
	for _, text := range []string{"2004?-06?-11?", "Y17E3", "[2019,2018]"} {
		fmt.Println(edtf.MustParse(text).Canonical())
	}
	// Output:
	// 2004-06-11?
	// Y17000
	// [2018,2019]
}

// Digits that nobody knows may stand anywhere: it was a Christmas of the 1560s.
func ExampleDate_Ranges() {
	days := edtf.MustParse("156X-12-25")
	for first, last := range days.Ranges() {
		fmt.Println(first, last)
		break
	}
	fmt.Println(days.Contains(edtf.MustDay("1565-12-25")), days.Contains(edtf.MustDay("1565-12-26")))
	// Output:
	// 1560-12-25 1560-12-25
	// true false
}

func ExampleParseEnglish() {
	for _, text := range []string{"Q2 2019", "second half of 2026", "May 11, 2020", "2018 to 2021"} {
		d, _ := edtf.ParseEnglish(text)
		fmt.Println(d)
	}
	// Output:
	// 2019-34
	// 2026-41
	// 2020-05-11
	// 2018/2021
}

func ExampleDate_Before() {
	year, month := edtf.MustParse("2015"), edtf.MustParse("2015-12")
	fmt.Println(year.Before(edtf.MustParse("2016")), year.Before(month), month.Before(year))
	fmt.Println(year.Same(year))
	// Output:
	// certain possible possible
	// possible
}

func ExampleDate_Holds() {
	open, over := edtf.MustParse("2018/.."), edtf.MustParse("2018/")
	day := edtf.MustDay("2020-01-01")
	fmt.Println("still going:", open.Holds(day))
	fmt.Println("over, nobody knows when:", over.Holds(day))
	// Output:
	// still going: certain
	// over, nobody knows when: possible
}

func ExampleDaysBetween() {
	fmt.Println(edtf.DaysBetween(edtf.MustParse("2024-06"), edtf.MustParse("2025-03")))
	// Output: 244 to 303 days
}

func ExampleIntersect() {
	both, ok := edtf.Intersect(edtf.MustParse("2015"), edtf.MustParse("2015-12"))
	fmt.Println(both, ok)
	// Output: 2015-12 true
}
