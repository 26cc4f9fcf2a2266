package events_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// The history of a company is made of events with payloads of this package.
func ExampleFold() {
	plan := events.PlanOutline{
		Plan: "first-car", Title: "a first car", Basis: events.BasisAnnounced, Window: edtf.MustParse("2019"),
		Items: immutable.ListOf(events.NewItem{Item: "One", Model: true}),
	}
	launch := events.ModelLaunched{Model: "One", Fulfils: immutable.ListOf(events.PlanItem{Plan: "first-car", Item: "One"})}
	var list []events.Event
	for i, e := range []struct {
		name, when string
		payload    events.Payload
	}{
		{"announced", "2018-05", events.PlanAnnounced{PlanOutline: plan}},
		{"launched", "2020-03", launch},
	} {
		list = append(list, events.Event{
			ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(e.name)), Name: e.name, Seq: int64(i),
			When: edtf.MustParse(e.when), Data: e.payload,
		})
	}
	history, err := timeline.New(events.Fold, list...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, on := range []string{"2018-05-31", "2019-06-01", "2020-02-01", "2020-03-15", "2020-03-31"} {
		day := edtf.MustDay(on)
		answer, err := timeline.Ask(history, day, events.StatusOfPlan("first-car"))
		if err != nil {
			panic(err)
		}
		fmt.Println(on, answer)
	}
	// Output:
	// 2018-05-31 planned
	// 2019-06-01 due
	// 2020-02-01 overdue
	// 2020-03-15 overdue or fulfilled
	// 2020-03-31 fulfilled
}

// The JSON form of a company on a day has stable addresses.
func ExampleCompany_On() {
	c, err := events.Fold(events.Company{}, events.Event{
		When: edtf.MustParse("2023-10"),
		Data: events.StakeClosed{Holder: "Stellantis", Percent: events.ExactPercent(20), Price: events.NewMoney(1_500_000_000, "EUR")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := json.Marshal(c.On(edtf.MustDay("2024-01-01")))
	fmt.Println(string(text), err)
	// Output:
	// {"stakes":{"Stellantis":{"percent":20,"price":"EUR 1500000000","since":"2023-10"}}} <nil>
}

// A type that is not known survives as it is.
func ExampleCodec() {
	codec := events.Codec()
	p, err := codec.Decode(eventlog.Stored{Type: "model.launched", Version: 1, Data: []byte(`{"model":"T03"}`)})
	fmt.Println(p, err)
	p, err = codec.Decode(eventlog.Stored{Type: "rocket.launched", Version: 1, Data: []byte(`{"to":"Mars"}`)})
	fmt.Println(p, err)
	stored, err := codec.Encode(p)
	fmt.Println(string(stored.Data), err)
	// Output:
	// T03 is launched <nil>
	// unknown event rocket.launched v1 <nil>
	// {"to":"Mars"} <nil>
}

// The owners and plants of Leapmotor, as text for a terminal.
func ExampleChart() {
	c := events.Chart(seeds.Leapmotor(), events.ChartOptions{Title: "Leapmotor", On: edtf.MustParse("2024-07-01")})
	c.Lanes = slices.DeleteFunc(c.Lanes, func(l chart.Lane) bool { return l.Title != events.LaneOwners && l.Title != events.LanePlants })
	c.Range = edtf.MustParse("2023/2025")
	if err := c.Text(os.Stdout, 72); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Leapmotor
	// on 1 July 2024
	//                      2023             2024             2025
	// OWNERS
	//   Dahua Technology   ░░░░░░░░░░░░░░░░ 8.89 %  │
	//   Jinhua CRRC fund   ███████████████████████████████████████████████████
	//   CICC Capital       ███████████████████████████████████████████████████
	//   Guosen             ███████████████████████████████████████████████████
	//   Sequoia China      ███████████████████████████████████████████████████
	//   Shanghai Electric… ███████████████████████████████████████████████████
	//   Stellantis                      ? ███████████████████████████████░░░░░
	//                                               │              20 % ??????
	//   Zhu Jiangming, Fu… ░░░░░░░░░░░░░░█████████████████████░░░░░░░░░░??????
	//                                               │23.59 % ░░░░░░░░░░░█░░░░░
	//                                               │            23.8 % ??????
	//   Jinhua Industrial…                  ◆  a share agreed
	//   FAW Group                                   │       about 5 % agreed ◆
	// PLANTS
	//   Jinhua             █████████████████████████◇█████?███████████████████
	//   Tychy                                      ░██████◇▒▒▒▒▒▒× T03
	//   ◆ happened that day   ◇ on one day of these   █ lasted
	//   ░ may have begun or ended   ▒ in question   ? undecided or disputed
	//   × dropped
	//   left out: 17 labels without room
}

// A month is all that a source tells of a sale and the purchase before it. Nobody can
// sell what they have not bought, so that the order is known all the same.
func ExampleOrdered() {
	event := func(n byte, p events.Payload) events.Event {
		return events.Event{ID: uuid.UUID{n}, When: edtf.MustParse("2010-02"), Data: p}
	}
	sold := event(1, events.StakeClosed{Holder: "A", Percent: events.ExactPercent(0)})
	bought := event(2, events.StakeClosed{Holder: "A", Percent: events.ExactPercent(30)})
	for _, told := range [][]events.Event{{sold, bought}, events.Ordered(sold, bought)} {
		history, err := timeline.New(events.Fold, told...)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(timeline.Ask(history, edtf.MustDay("2010-12-31"), events.StakeOf("A")))
	}
	// Output:
	// 30 % or 0 % <nil>
	// 0 % <nil>
}

// No source says who sold when C bought its half.
func ExampleCompany_Remarks() {
	history, err := timeline.New(events.Fold,
		events.Event{ID: uuid.UUID{1}, Name: "a-buys", When: edtf.MustParse("2010"), Data: events.StakeClosed{Holder: "A", Percent: events.ExactPercent(100)}},
		events.Event{ID: uuid.UUID{2}, Name: "c-buys", When: edtf.MustParse("2019"), Data: events.StakeClosed{Holder: "C", Percent: events.ExactPercent(50)}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	for path, remark := range history.At(edtf.MustDay("2020-01-01")).State.Remarks() {
		fmt.Println(path+":", remark)
	}
	// Output:
	// /stakes: the stakes add up to 150 % (c-buys); missing: who sold, or a share that is less
}

// A new chief executive takes office on a day in October.
func ExampleHolderOf() {
	chief := func(n byte, when, person string) events.Event {
		return events.Event{ID: uuid.UUID{n}, Name: person, When: edtf.MustParse(when), Data: events.OfficeTaken{Office: "chief executive", Person: person}}
	}
	history, err := timeline.New(events.Fold, chief(1, "2007-12", "Drori"), chief(2, "2008-10", "Musk"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []string{"2008-09-30", "2008-10-15", "2008-10-31"} {
		fmt.Println(timeline.Ask(history, edtf.MustDay(day), events.HolderOf("chief executive")))
	}
	// Output:
	// Drori <nil>
	// Drori or Musk <nil>
	// Musk <nil>
}

// What no type fits is a property with a beginning and an end.
func ExampleFactOf() {
	history, err := timeline.New(events.Fold,
		events.Event{ID: uuid.UUID{1}, When: edtf.MustParse("2004"), Data: events.FactBegan{Subject: "9-2X", Property: "made by", Value: "Subaru"}},
		events.Event{ID: uuid.UUID{2}, When: edtf.MustParse("2006"), Data: events.FactEnded{Subject: "9-2X", Property: "made by"}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(timeline.Ask(history, edtf.MustDay("2005-06-01"), events.FactOf("9-2X", "made by")))
	// Output:
	// Subaru <nil>
}
