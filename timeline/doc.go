// Package timeline keeps a history as immutable, dated events and folds them
// into the state on any date, without claiming to know more than the dates do.
//
// Time is counted in calendar days, on both axes; what happens on one day has an
// order, but no time of day.
//
// An [Event] is a record that something happened: it has an ID, the day on which
// it happened (valid time), the day on which that became known (transaction or
// knowledge time), a typed payload, and the citations it rests on. Both days may
// be imprecise. A [Fold] is a pure function from a state and the next event to
// the next state. A [Timeline] is one history: events, and the states they fold
// to. It is an immutable value, made by [New] and extended by [Timeline.With].
//
//	history, err := timeline.New(fold, events...)
//	snapshot := history.At(day)                       // the state at the end of that day
//	verdict := history.Holds(day, question)           // certain, possible or no
//	answer, err := timeline.Ask(history, day, question) // every value something may have had
//
// A [Question] is a value: how to read something from the state, which parts of it
// that takes, and what it is about. [Value] makes one of any function. A history can
// also be asked
//
//   - how a value developed: [Track] for its successive values, [Timeline.Periods] for
//     how long something held, [Timeline.First], [Timeline.Ever] and [Timeline.Always];
//   - for reasons: [Why] for the events behind a value, [Timeline.WhyNot] for what is
//     missing, [Claims] for what rival sources say;
//   - what changed: [Timeline.Diff] between two points on both time axes, and [Patch];
//   - which of two events came first: [Timeline.Order].
//
// Every answer has [Caveats]: why it is not certain, or not all. What is certainly a
// mistake of the program, such as a topic that the history does not have, is an error.
//
// [Timeline.KnownOn] is the history as it could be known on some day,
// [Timeline.RecordedBy] and [Timeline.AsOfSeq] as a log had it, [Timeline.Where]
// and [Timeline.AccordingTo] restrict it to some events, and [Timeline.About] to what
// matters to some parts of the state. All of them are timelines, and everything
// can be asked of them.
//
// Package eventlog stores events durably, package archive keeps many timelines
// in step with a log, package chart draws one, and package edtf has the dates.
//
// # Possible worlds
//
// Everything follows from this definition. A world assigns each event one day in
// its When window and one day in its Known window, such that every After holds,
// and picks one event of each set of rivals: never a deprecated one while another
// is left. Asked about day D as known on day K, a world
//
//   - leaves out every event that is not known by K, or that a correction known
//     by K replaces, whenever it happened;
//   - counts the others whose assigned day is D or earlier;
//   - folds them in the order of their days. Events of one day are folded by
//     [Event].Seq, but never before an event named in their After. This is the
//     sequence order.
//
// A world is impossible if its fold returns an error by day D. An error after D does
// not rule it out. [Ask] returns the distinct values of a question over all worlds. If
// there is one, it is certain. So an event certainly counts if its latest day is D or
// earlier, cannot count if its earliest day is later, and is undecided in between. Two
// events whose windows overlap have no order unless After gives one.
//
// [Snapshot].State is the baseline: the world in which everything happened, and
// became known, as late as it may. States are kept: asking for one that has been
// folded before replays nothing, and allocates nothing unless S has a method Clone.
//
// After also tightens windows. If B is After A, A's window ends no later than B's,
// and B's begins no earlier than A's, even if one of the two is corrected later. An event that cannot have been
// known by K does not exist in the view as known on K, nor does anything it says
// about others.
//
// # Cost
//
// Worlds are not tried one by one. Between window boundaries only the set of
// events so far and the resulting state are tracked. Equal states merge, by the
// state's own method Equal(S) bool if it has one, else by [reflect.DeepEqual].
// What was found for one day is kept for later questions. [MaxWorlds] bounds how
// many worlds that differ are followed; past it an answer is incomplete and never certain.
//
// Many overlapping windows soon reach that bound: on a day of that month, each of n
// events of one month may have happened or not, which makes 2 to the n cases. If
// payloads implement [Scoped], unrelated events no longer multiply worlds once their
// windows have ended, and a question that names its parts is answered from the events
// that can decide about these.
//
// A question about all time, such as a [Track], goes through all worlds of each day
// on which something may change: with a thousand worlds on hundreds of days that is
// a second or more. Past [DefaultEffort] an answer is incomplete, and says so.
//
// # Faults
//
// [New] and [Timeline.With] refuse events that cannot be taken, all faults at
// once, each with the name of its event; see [Faults]. If the fold refuses an
// event of the baseline the error is a [*FoldError]. A view made by
// [Timeline.KnownOn] or [Timeline.Where] may lack what an event needs, and
// [NewLenient] accepts what the fold refuses; their snapshots and answers then
// carry the error, and no answer is certain.
//
// Timelines come from [New] and [NewLenient]; the zero Timeline cannot be asked
// anything.
//
// The package is pure: it uses no clock, no randomness and no files. All methods
// of a Timeline may be called from any number of goroutines.
package timeline
