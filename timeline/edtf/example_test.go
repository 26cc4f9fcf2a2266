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
	_, err := edtf.Parse("2004-06~-11")
	fmt.Println(err)
	fmt.Println("outside the profile:", errors.Is(err, edtf.ErrUnsupported))
	_, err = edtf.Parse("2018-02-30")
	fmt.Println(err)
	// Output:
	// edtf: "2004-06~-11": at offset 7: a qualifier on a single component is outside the supported profile
	// outside the profile: true
	// edtf: "2018-02-30": at offset 8: the month has no such day
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
