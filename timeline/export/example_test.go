package export_test

import (
	"fmt"
	"os"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// salaries is a history of one number.
func salaries() *timeline.Timeline[int, int] {
	raise := func(n int, when, known string) timeline.Event[int] {
		return timeline.Event[int]{
			ID: uuid.NewSHA1(uuid.Nil, []byte(when)), Name: fmt.Sprint("raise-", n), Seq: int64(n),
			When: edtf.MustParse(when), Known: edtf.MustParse(known), Data: 1000 * n,
		}
	}
	h, err := timeline.New(func(_ int, e timeline.Event[int]) (int, error) { return e.Data, nil },
		raise(1, "2020-01-01", "2020-01-01"), raise(2, "2021-03", "2021-04-02"))
	if err != nil {
		panic(err)
	}
	return h
}

func ExampleCSV() {
	day := edtf.MustDay("2021-03-15")
	if err := export.CSV(os.Stdout, export.Entries(salaries(), day, nil), day); err != nil {
		panic(err)
	}
	// Output:
	// event,type,first day,last day,when,edtf,known,what,by 2021-03-15,sources,note
	// raise-1,,2020-01-01,2020-01-01,1 January 2020,2020-01-01,1 January 2020,1000,happened,,
	// raise-2,,2021-03-01,2021-03-31,March 2021,2021-03,2 April 2021,2000,possible,,
}

func ExamplePeriods() {
	periods, err := export.Track(salaries(), "salary", timeline.Value(func(n int) int { return n }))
	if err == nil {
		err = export.Periods(os.Stdout, periods)
	}
	if err != nil {
		panic(err)
	}
	// Output:
	// of,value,from first day,from last day,over first day,over last day,from,over,certain,others,because
	// salary,0,,,2020-01-01,2020-01-01,,2020-01-01,certain,,
	// salary,1000,2020-01-01,2020-01-01,2021-03-01,2021-03-31,2020-01-01,2021-03,certain,,raise-1
	// salary,2000,2021-03-01,2021-03-31,,,2021-03,,certain,,raise-2
}

func ExampleAtom() {
	entries := export.Entries(salaries(), edtf.MustDay("2021-12-31"), nil)
	if err := export.Atom(os.Stdout, export.Feed{Title: "Salary", Items: export.Items(entries)[:1]}); err != nil {
		panic(err)
	}
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?>
	// <feed xmlns="http://www.w3.org/2005/Atom">
	//   <id>urn:uuid:396afdc3-ec9e-587f-9469-0f99cafff34b</id>
	//   <title>Salary</title>
	//   <updated>2020-01-01T00:00:00Z</updated>
	//   <author>
	//     <name>Salary</name>
	//   </author>
	//   <entry>
	//     <id>urn:uuid:2b940c25-daa9-5540-8f99-60f29a081668</id>
	//     <title>1000</title>
	//     <updated>2020-01-01T00:00:00Z</updated>
	//     <content type="text">When: 1 January 2020</content>
	//   </entry>
	// </feed>
}
