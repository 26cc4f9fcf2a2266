// Package archive keeps many timelines, one for each stream key, in memory.
//
// An [Archive] takes events as they come: late, out of order, from many
// goroutines. It answers the most frequent questions at once: the state on a
// day, as known on a day, and of all streams on a day. [Archive.Timeline] gives
// the timeline of a stream for all other questions.
//
//	a, err := archive.New(fold, nil)
//	err = a.Append("leapmotor", events...)
//	snapshot := a.At("leapmotor", day)
//	for key, snapshot := range a.All(day) { ... }
//
// Start with a fold as package timeline asks for it, which copies what it changes. For
// states of a kilobyte or more that are asked for often there is a second form, which
// changes the state it is given: see [Archive.FoldInPlace] and [Reader].
//
// A [Live] archive follows a log: see [Archive.Open]. It holds what any program appends
// to the log, and [Live.Append] appends to it.
//
// # How it works
//
// A stream has versions, which are never changed: a reader loads one pointer and
// needs no lock. Events are stored compactly, with dates stored once. Their order
// in the baseline is a B-tree, whose leaves cache states.
//
// A late event marks the later children of each branch on its path as changed; it does not
// visit them. When a state behind it is asked for, events are folded again, until the
// state at the start of a leaf is what it was: the states that are cached from there on
// are right again. A large batch builds the tree anew.
//
// Events that decide about each other, such as rivals, form a component, whose
// positions are worked out together.
//
// What is in which files:
//
//   - archive, view, changed, allon, pending, stats: what can be asked;
//   - append, bulkload, transaction: how events come in;
//   - stream, packedevents, rare, idindex, intern: how they are stored;
//   - linker, component, extend: which of them decide about each other;
//   - btree, cursor, place: their order;
//   - findstate, accumulator, chain: how a state is found, and which are right again after a late event;
//   - cachedstates, statecache, statesize: which states are kept, for how long, and what they take;
//   - known, recomputed: the second time axis;
//   - all, daysnapshot, daysnapshots, block: all streams on one day;
//   - undecided, pendingblock: what may be true besides, or instead;
//   - inplace, reader, running: a fold that changes its state, and memory that is used again;
//   - live, readlog, decide: in step with a log; parked, lacking: what of it cannot be used;
//   - lazy: a log of which each stream is read when it is first asked for;
//   - past, instants: what the log held at a position or at an instant.
package archive
