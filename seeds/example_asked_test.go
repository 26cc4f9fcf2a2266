package seeds_test

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Who held what: agreed and closed apart.
func ExampleLeapmotor_owners() {
	for _, on := range []string{"2022-09-30", "2023-11-21", "2026-01-15"} {
		fmt.Println(on)
		for holder, s := range seeds.Leapmotor().At(edtf.MustDay(on)).State.Stakes.All() {
			least, _ := s.Percent.Bounds()
			switch {
			case s.Agrees.Told():
				fmt.Printf("  %s %v, %v agreed\n", holder, s.Percent, s.Agrees)
			case least >= 8:
				fmt.Printf("  %s %v\n", holder, s.Percent)
			}
		}
	}
	// Output:
	// 2022-09-30
	//   Dahua Technology 8.89 %
	// 2023-11-21
	//   Stellantis 21.26 %
	//   Zhu Jiangming, Fu Liquan and spouses 23.47 %
	// 2026-01-15
	//   FAW Group 0 %, about 5 % agreed
	//   Jinhua Industrial Fund and Wuyi County 0 %, more than 0 % agreed
	//   Stellantis 20 %
	//   Zhu Jiangming, Fu Liquan and spouses 23.8 %
}

// Which models were on sale in which market.
func ExampleLeapmotor_markets() {
	history, on := seeds.Leapmotor(), edtf.MustDay("2025-06-01")
	for _, market := range []string{"China", "Europe", "France", "Australia"} {
		answer, err := timeline.Ask(history, on, events.ModelsSoldIn(market))
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s: %v\n", market, answer.Values()[0])
	}
	// Output:
	// China: B10, C16 and S01
	// Europe: C10 and T03
	// France: T03
	// Australia: C10
}

// What a newspaper reader of the day could know: a president who had left, and where the
// B10 for Europe was to be made.
func ExampleLeapmotor_asKnown() {
	history := seeds.Leapmotor()
	president, err := timeline.Ask(history.KnownOn(edtf.MustDay("2024-01-20")), edtf.MustDay("2024-01-31"), events.HolderOf("president"))
	if err != nil {
		panic(err)
	}
	fmt.Println(president)
	for _, known := range []string{"2024-11-15", "2025-04-01", "2025-12-31"} {
		day := edtf.MustDay(known)
		sites, err := timeline.Ask(history.KnownOn(day), day, events.SitesOfPlan("b10-europe"))
		if err != nil {
			panic(err)
		}
		fmt.Println(known, sites)
	}
	// Output:
	// Wu Baojun
	// 2024-11-15 Eisenach and Trnava or Germany and Slovakia
	// 2025-04-01 Zaragoza
	// 2025-12-31 Zaragoza
}

// Which plans slipped, by how much, and what is overdue.
func ExampleLeapmotor_plans() {
	history, on := seeds.Leapmotor(), edtf.MustDay("2026-01-15")
	for _, s := range events.Slips(history, on) {
		fmt.Printf("%s: from %v to %v, %d days\n", s.Plan, s.From, s.To, s.Days)
	}
	overdue, err := timeline.Ask(history, on, events.PlansThatAre(events.Overdue))
	if err != nil {
		panic(err)
	}
	fmt.Println(overdue.Values()[0])
	// Output:
	// malaysia-assembly: from 2025 to 2026-40, 181 days
	// b10-europe: from 2026-33 to 2026-08, 153 days
	// united-kingdom-launch: from 2025-03 to 2024-12, -90 days
	// brazil-launch, deliveries-2019, deliveries-2023, european-network-2024, first-plant, five-global-models, founders-purchase, germany-europe-2024, india-asia-pacific-launch, india-entry, jinhua-welding-shop, lingxin-01-vehicle-test, middle-east-africa-launch, qiantang, series-a, south-america-launch, star-market, tenth-of-china-2025, top-three-2023 and united-kingdom-launch
}
