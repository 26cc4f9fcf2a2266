// Package timeline keeps a history as immutable, dated events and folds them
// into the state on any date, without claiming to know more than the dates do.
//
// An [Event] is a record that something happened: it has an ID, a day on which
// it happened, a day on which that became known, a typed payload, and the
// citations it rests on. Both days may be imprecise. A [Fold] is a pure
// function from a state and the next event to the next state. A [Timeline] is
// one history: events, and the states they fold to. It is an immutable value,
// made by [New] and extended by [Timeline.With].
//
//	history, err := timeline.New(fold, events...)
//	snapshot := history.At(day)                    // the state at the end of that day
//	answer := timeline.Ask(history, day, selector) // every value something may have had
//	truth := timeline.Holds(history, day, test)    // certain, possible or no
//
// Beside what was so on a day, a history can be asked
//
//   - how something went: [Track] for its values one after the other, [Periods]
//     for how long it held, [First], [Ever] and [Always];
//   - for reasons: [Why] for the events behind a value, [WhyNot] for what is
//     missing, [Claims] for what rival sources say;
//   - what changed: [Diff] between two points on both axes, and [Patch];
//   - which of two events came first: [Timeline.Order].
//
// [Timeline.KnownOn] is the history as it could be known on some day,
// [Timeline.Where] and [Timeline.AccordingTo] the history according to some of
// its events, and [Timeline.About] what matters to some parts of the state. All
// are timelines, and everything can be asked of them.
//
// An [Archive] keeps many histories, one for each stream key, and takes events
// as they come: late, out of order, from many goroutines. It answers the most
// frequent questions, the state on a day, as known on a day, and of all streams
// on a day, at once; [Archive.Timeline] gives the timeline of a stream for the
// others.
//
// # Possible worlds
//
// Everything follows from this definition. A world picks, for every event, one
// day inside its When window and one inside its Known window, such that every
// After holds, and of each set of rivals one that is true: never a deprecated
// one while another is left. Asked about day D as known on day K, a world
//
//   - leaves out every event that is not known by K, or that a correction known
//     by K replaces, whenever it happened;
//   - counts the others whose picked day is D or earlier;
//   - folds them in the order of their days, and those of one day in the order
//     of the telling: by [Event].Seq, but each behind all it comes after.
//
// A world whose fold returns an error cannot have been. [Ask] gives the
// distinct values of a selector over all worlds. If there is one, it is
// certain. So an event counts for certain if its latest day is D or earlier,
// cannot count if its earliest day is later, and is undecided in between; and
// two events whose windows overlap have no order unless After gives one.
//
// [Snapshot].State is the cautious reading: the world in which everything
// happened, and became known, as late as it may. States are kept: to ask for
// one that has been folded allocates nothing and replays nothing.
//
// After also tightens windows: what comes before an event cannot be later than
// that event's latest day, nor the event earlier than what comes before it. It
// does so even when one of the two is replaced. An event that cannot have been
// known by K is not there at all, with everything it says about others.
//
// # Cost
//
// Worlds are not gone through one by one. Between the days on which a window
// begins or ends only this matters: which events can have happened first, and
// which states that can have led to; equal states are one, by the state's own
// method Equal(S) bool if it has one, else by [reflect.DeepEqual]. What was
// found for one day is kept for later questions. [MaxWorlds] bounds how many
// worlds are told apart; past it an answer is incomplete and never certain.
//
// That bound is soon reached where many windows overlap: n events of one month
// can have happened in part in 2 to the n ways. Payloads that say what their
// events have to do with, as a [Toucher], take those that have nothing to do
// with each other out of this once the month is over. [Timeline.About] leaves
// out what does not matter to a part, on all days.
//
// What is asked about all time, such as a [Track], and a [Diff] or [Why] with
// many possible values, goes through all worlds of each day on which something
// may change: with a thousand worlds on hundreds of days it takes many seconds.
//
// # Faults
//
// [New] and [Timeline.With] refuse events that cannot be taken, all faults at
// once, each with the name of its event; see [Faults]. If the fold refuses an
// event in the cautious reading the error is a [*FoldError]. A view made by
// [Timeline.KnownOn] or [Timeline.Where] may lack what an event needs; its
// snapshots and answers then carry the error, and no answer is certain.
//
// Timelines come from [New], archives from [NewArchive]; the zero Timeline, the
// zero Archive and the zero Snapshot cannot be asked anything.
//
// The package is pure: it knows no clock, no randomness and no files, and
// methods of a Timeline or an Archive may be called from any number of
// goroutines.
package timeline
