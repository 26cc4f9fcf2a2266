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
// A [Live] archive follows a log: see [Open]. It holds what any program appends
// to the log, and [Live.Append] appends to it.
//
// # How it works
//
// A stream has versions, which are never changed: a reader loads one pointer and
// needs no lock. Events are stored compactly, with dates stored once. Their order
// in the baseline is a B-tree. The states are cached in its leaves, and a late
// event outdates those behind it by marking, in each branch on the way, every later
// child as changed, without visiting it. When states behind it are asked for, events are
// folded until the state at the start of a leaf is what it was: those kept behind that are
// right again. A large batch builds the tree anew.
// Events that decide about each other, such as rivals, form a component, whose
// positions are worked out together.
//
//   - append, bulkload, transaction: how events come in;
//   - packedevents, idindex, intern: how they are stored;
//   - linker, component: which of them decide about each other;
//   - btree, cursor: their order;
//   - cachedstates, statecache: which states are kept, and for how long;
//   - chain: which of them are right again after a late event;
//   - pending, pendingblock, undecided: what may be true besides, or instead;
//   - known: the second time axis; daysnapshot, block, changed, allon: all streams on one day, two or more;
//   - inplace, reader: a fold that changes its state, and memory that is used again;
//   - live, parked: in step with a log, and what of it cannot be used;
//   - lazy: a log of which each stream is read when it is first asked for;
//   - past, instants: what the log held at a position or at an instant.
package archive
