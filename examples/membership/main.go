// Membership asks which companies were in an index on a day, and when their joining was known: what a test of a
// strategy needs, so that it does not know the future.
//
// Days are those of the announcements of S&P Dow Jones Indices: Tesla joined the S&P 500 on 21 December 2020,
// announced on 16 November; General Motors left on 8 June 2009 and joined again after the close of 6 June 2013.
package main

import (
	"fmt"
	"log"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A change says that a company is a member, or is not any more.
type change struct {
	Company string
	Left    bool
}

// Scope says which part of the state a change is about, so that other companies decide nothing about it.
func (c change) Scope() []string { return []string{c.Company} }

type members = immutable.Table[bool]

func fold(m members, e timeline.Event[change]) (members, error) {
	return m.With(e.Data.Company, !e.Data.Left), nil
}

func changed(company, when, known string, left bool) timeline.Event[change] {
	name := company + " " + when
	return timeline.Event[change]{
		ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)), Name: name,
		When: edtf.MustParse(when), Known: edtf.MustParse(known), Data: change{company, left},
	}
}

// in asks whether a company is a member.
func in(company string) timeline.Question[members, bool] {
	return timeline.Question[members, bool]{
		Name:  company + " is in the index",
		Parts: []string{company},
		Read: func(m members, _ edtf.Day) bool {
			member, _ := m.Get(company)
			return member
		},
	}
}

func main() {
	index, err := timeline.New(fold,
		changed("GM", "[..1957]", "1957", false),
		changed("GM", "2009-06-08", "2009-06-02", true),
		changed("GM", "2013-06-07", "2013-06-03", false),
		changed("TSLA", "2020-12-21", "2020-11-16", false))
	if err != nil {
		log.Fatal(err)
	}

	for _, on := range []string{"2009-06-05", "2010-01-04", "2013-06-07", "2020-12-18", "2020-12-21"} {
		day := edtf.MustDay(on)
		fmt.Println(on, "GM:", index.Holds(day, in("GM")).Truth, " Tesla:", index.Holds(day, in("TSLA")).Truth)
	}
	for period := range index.Periods(in("GM")) {
		fmt.Println("GM was in", period)
	}
	joined, _ := index.First(in("TSLA"))
	fmt.Println("Tesla joined", joined)
	christmas := edtf.MustDay("2020-12-25")
	fmt.Println("known on 10 November, by Christmas:", index.KnownOn(edtf.MustDay("2020-11-10")).Holds(christmas, in("TSLA")).Truth)
	fmt.Println("known on 17 November, by Christmas:", index.KnownOn(edtf.MustDay("2020-11-17")).Holds(christmas, in("TSLA")).Truth)
}
