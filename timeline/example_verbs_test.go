package timeline_test

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// What is asked of the history of Leapmotor in the examples below.
var (
	producing = events.Producing("Tychy", "T03")
	atTychy   = events.StatusOfProduction("Tychy", "T03")
	shownAs   = timeline.Value(func(c events.Company) string { return c.Model("S01").FirstShown.As }).Reading("models/S01")
)

// The values that something has had, each with the window in which it began.
func ExampleTrack() {
	for change := range timeline.Track(seeds.Leapmotor(), atTychy) {
		fmt.Println(change)
		for _, e := range change.Because {
			fmt.Println("   ", e.Name)
		}
	}
	// Output:
	// nothing recorded until 2024-06
	// producing from 2024-06 until 2025-03-30
	//     t03-tychy-trial
	// ended from 2025-03-30
	//     t03-tychy-stopped
}

// Where sources contradict each other, a track does not choose.
func ExampleTrack_undecided() {
	for change := range timeline.Track(seeds.Leapmotor(), shownAs) {
		fmt.Printf("%v, undecided: %v\n", change, change.Undecided)
	}
	// Output:
	// "" until 2017-11-01, undecided: false
	// "" or prototype from 2017-11-01 until 2017-11-30, undecided: true
	// prototype or "" from 2017-11-30 until 2018-01-01, undecided: true
	// prototype or "" or LP-S01 from 2018-01-01 until 2018-12-31, undecided: true
	// prototype or LP-S01 from 2018-12-31, undecided: true
}

// How long something lasted, as far as the dates say.
func ExampleTimeline_Periods() {
	for p := range seeds.Leapmotor().Periods(producing) {
		fmt.Println(p)
		fmt.Println(p.Held, p.Days().Min, p.Days().Max)
	}
	// Output:
	// 2024-06 to 2025-03-30, 273 to 302 days
	// certain 273 302
}

func ExampleTimeline_First() {
	window, verdict := seeds.Leapmotor().First(events.OnSale("S01"))
	fmt.Println(window)
	fmt.Println(verdict)
	// Output:
	// [2019-01-01..2019-06-30]
	// not recorded: current models of models/S01 (as recorded: certain)
}

func ExampleTimeline_Ever() {
	history := seeds.Leapmotor()
	june := edtf.MustParse("2024-06")
	half := edtf.MustDay("2024-06-15")
	fmt.Println(history.Ever(june.Earliest(), half, producing))
	fmt.Println(history.Ever(june.Earliest(), june.Latest(), producing))
	// Output:
	// possible: t03-tychy-trial (2024-06)
	// certain
}

func ExampleTimeline_Always() {
	history := seeds.Leapmotor()
	first, last := edtf.MustDay("2024-07-01"), edtf.MustDay("2025-02-28")
	fmt.Println(history.Always(first, last, producing))
	fmt.Println(history.Always(edtf.MustDay("2024-06-10"), last, producing))
	// Output:
	// certain
	// possible: t03-tychy-trial (2024-06)
}

// Why something is as it is: its end, and the beginning that it takes.
func ExampleWhy() {
	reasons, err := timeline.Why(seeds.Leapmotor(), edtf.MustDay("2025-06-01"), atTychy)
	if err != nil {
		fmt.Println(err)
	}
	for _, reason := range reasons {
		fmt.Println(reason.Value)
		for _, c := range reason.Because {
			fmt.Printf("  %v %v: %v, before it %v (%v)\n", c.Event.When, c.Event.Data, c.To, c.From, c.Event.Cites[0])
		}
	}
	// Output:
	// ended
	//   2025-03-30 production of the T03 ends at Tychy: ended, before it producing (tl04)
	//   2024-06 production of the T03 starts at Tychy: producing, before it nothing recorded (aca06)
}

// What is missing: an undecided event, one that comes later, or one that could
// not be known.
func ExampleTimeline_WhyNot() {
	history := seeds.Leapmotor()
	missing := history.WhyNot(edtf.MustDay("2024-06-15"), producing)
	fmt.Println(missing.Truth, missing.Undecided[0].If[0].Name)

	missing = history.WhyNot(edtf.MustDay("2024-05-15"), producing)
	fmt.Println(missing.Truth, missing.Later, missing.LaterBecause[0].Name)

	missing = history.KnownOn(edtf.MustDay("2024-05-31")).WhyNot(edtf.MustDay("2024-07-15"), producing)
	fmt.Println(missing.Truth, missing.Unknown[0].Name)
	// Output:
	// possible t03-tychy-trial
	// no 2024-06 t03-tychy-trial
	// no t03-tychy-trial
}

// What differs between two points: the world changed, or something became known.
func ExampleTimeline_Diff() {
	history, err := seeds.Leapmotor().About("plants/Tychy")
	if err != nil {
		fmt.Println(err)
	}
	before, after := edtf.MustDay("2024-05-31"), edtf.MustDay("2024-07-01")
	for _, points := range [][2]timeline.Point{
		{timeline.On(before), timeline.On(after)},
		{timeline.On(after).KnownOn(before), timeline.On(after)},
	} {
		differences, err := history.Diff(points[0], points[1])
		if err != nil {
			fmt.Println(err)
		}
		for _, d := range differences {
			fmt.Println(d.Kind, d.Path, string(d.To), d.Because[0].Name)
		}
	}
	// Output:
	// happened /plans/tychy-t03/done 1 t03-tychy-trial
	// happened /plans/tychy-t03/items/T03/done "2024-06" t03-tychy-trial
	// happened /plans/tychy-t03/items/T03/doneBy "t03-tychy-trial" t03-tychy-trial
	// happened /plans/tychy-t03/status "fulfilled" t03-tychy-trial
	// happened /plants {"Tychy":{"country":"Poland","models":{"T03":{"maker":"Stellantis","started":"2024-06","status":"producing"}}}} t03-tychy-trial
	// learned /plans/tychy-t03/done 1 t03-tychy-trial
	// learned /plans/tychy-t03/items/T03/done "2024-06" t03-tychy-trial
	// learned /plans/tychy-t03/items/T03/doneBy "t03-tychy-trial" t03-tychy-trial
	// learned /plans/tychy-t03/status "fulfilled" t03-tychy-trial
	// learned /plants {"Tychy":{"country":"Poland","models":{"T03":{"maker":"Stellantis","started":"2024-06","status":"producing"}}}} t03-tychy-trial
}

// Differences as a JSON Patch.
func ExamplePatch() {
	history := seeds.Leapmotor()
	differences, err := history.Diff(timeline.On(edtf.MustDay("2024-10-31")), timeline.On(edtf.MustDay("2025-03-31")))
	if err != nil {
		fmt.Println(err)
	}
	for _, d := range differences {
		if d.Path == "/plants/Tychy/models/T03/status" {
			fmt.Printf("%s\n", timeline.Patch([]timeline.Difference[events.Payload]{d}))
		}
	}
	// Output: [{"op":"replace","path":"/plants/Tychy/models/T03/status","value":"ended"}]
}

// What the sources say where they disagree.
func ExampleClaims() {
	claims, err := timeline.Claims(seeds.Leapmotor(), edtf.MustDay("2020-01-01"), shownAs)
	if err != nil {
		fmt.Println(err)
	}
	for _, claim := range claims {
		fmt.Println(claim.Answer, claim.Event.Rank, claim.Event.Cites[0])
	}
	// Output:
	// LP-S01 normal article, History/4/4
	// prototype preferred burl
}

func ExampleTimeline_Order() {
	file := seeds.LeapmotorFile()
	id := func(slug string) (id [16]byte) {
		for e := range file.Timeline.Events() {
			if e.Name == slug {
				id = e.ID
			}
		}
		return id
	}
	order := func(a, b string) {
		relation, err := file.Timeline.Order(id(a), id(b))
		fmt.Println(a, relation, b, err)
	}
	order("s01-launched", "t03-launched")
	order("faw-partnership-final-told", "faw-memorandum-2025-03-03")
	order("c10-launched-in-europe", "t03-launched-in-europe")
	order("t03-launched", "t03-priced")
	// Output:
	// s01-launched before t03-launched <nil>
	// faw-partnership-final-told after faw-memorandum-2025-03-03 <nil>
	// c10-launched-in-europe undecided t03-launched-in-europe <nil>
	// t03-launched same day t03-priced <nil>
}

func ExampleTimeline_AccordingTo() {
	history := seeds.Leapmotor()
	article, err := history.AccordingTo("article")
	fmt.Println(article.Len(), "of", history.Len(), err)
	_, err = history.AccordingTo("Article")
	fmt.Println(err)
	// Output:
	// 43 of 369 <nil>
	// timeline: no source is called "Article"; did you mean "article"?
}

// The events that can decide about one part of the state. A question that names
// its parts is answered from these alone, without any call of About.
func ExampleTimeline_About() {
	history, day := seeds.Leapmotor(), edtf.MustDay("2024-06-15")
	tychy, err := history.About("plants/Tychy")
	fmt.Println(history.Len(), tychy.Len(), err)
	fmt.Println(timeline.Ask(history, day, atTychy))
	fmt.Println(timeline.Ask(tychy, day, atTychy))
	_, err = history.About("Tychy")
	fmt.Println(err)
	// Output:
	// 369 6 <nil>
	// nothing recorded or producing <nil>
	// nothing recorded or producing <nil>
	// timeline: no part is called "Tychy"; did you mean "plants/Tychy"?
}

// Which values something had at some time of a year, and which throughout.
func ExampleDuring() {
	history := seeds.Leapmotor()
	year := edtf.MustParse("2023")
	course, err := timeline.During(history, year.Earliest(), year.Latest(), events.StakeOf("Stellantis"))
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(course)
	for _, v := range course.Values {
		fmt.Println(v.Value, "ever:", v.Ever, "always:", v.Always)
	}
	// Output:
	// 0 %, 21.26 %
	// 0 % ever: certain always: no
	// 21.26 % ever: certain always: no
}

// A span, whose last day is in, as the windows of two events.
func ExampleLasting() {
	for _, text := range []string{"2018-03-01/2018-03-31", "2018-03/2021", "2018/..", "../2018-06-30", "2018-03"} {
		began, over, err := timeline.Lasting(edtf.MustParse(text))
		fmt.Printf("%s: began %v, over %v, %v\n", text, began, over, err)
	}
	// Output:
	// 2018-03-01/2018-03-31: began 2018-03-01, over 2018-04-01, <nil>
	// 2018-03/2021: began 2018-03, over [2021-01-02..2022-01-01], <nil>
	// 2018/..: began 2018, over , <nil>
	// ../2018-06-30: began , over 2018-07-01, <nil>
	// 2018-03: began 2018-03-01, over 2018-04-01, <nil>
}
