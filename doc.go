// Package leapmotor models the history of a car maker as immutable, dated
// events and folds them into the state on any date.
//
// Sources are imprecise: they give months without days, contradict each other,
// announce plans that slip, and report some things long after they happened. So
// an answer is certain, possible or no; there are two time axes, when something
// was so and when it was known; and every event cites its sources.
//
//	history := seeds.Leapmotor()
//	day := edtf.MustDay("2024-06-15")
//
//	fmt.Println(history.At(day).State.StakeOf("Stellantis")) // 21.26 %
//
//	fmt.Println(history.Holds(day, events.Producing("Tychy", "T03"))) // possible: t03-tychy-trial (2024-06)
//	fmt.Println(history.Holds(day, events.OnSale("C10")))             // not recorded: current models of models/C10 (as recorded: no)
//
// The packages, each of which imports only those before it:
//
//   - [github.com/leapmotor-timeline/leapmotor/timeline/edtf] reads dates that
//     are known only in part, and compares them.
//   - [github.com/leapmotor-timeline/leapmotor/timeline] is the engine. It folds
//     events of any kind into a state of any kind, and answers questions. Beside
//     it, immutable has collections for states, chart draws a history, and export
//     writes it as tables, calendars and feeds.
//   - [github.com/leapmotor-timeline/leapmotor/timeline/eventlog] says what a log
//     of events is. Below it are logs in memory and in SQL databases, and tools.
//   - [github.com/leapmotor-timeline/leapmotor/timeline/archive] keeps many
//     histories in memory, in step with a log.
//   - [github.com/leapmotor-timeline/leapmotor/events] has what happens to a car
//     maker, and the company that follows from it.
//   - [github.com/leapmotor-timeline/leapmotor/seeds] has the history of
//     Leapmotor with its sources, and reads histories of your own. Below it,
//     table, wikidata and bods make histories of what others have.
//
// The programs in examples show the library at work; examples/asof prints a
// company on any date, examples/durable keeps a history in a file.
package leapmotor
