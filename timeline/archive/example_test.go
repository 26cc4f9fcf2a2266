package archive_test

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/foldtest"
)

// A small domain: where a library's books are.
type book struct{ Holder string }

type loan struct {
	Reader string // empty: it came back
}

var loanCodec = codec.New(nil, codec.Type[loan]{Name: "book.lent", Version: 1})

var errOut = errors.New("the book is out")

func lend(b book, e timeline.Event[loan]) (book, error) {
	if e.Data.Reader != "" && b.Holder != "" {
		return b, errOut
	}
	return book{Holder: e.Data.Reader}, nil
}

func loanEvent(seq int64, slug, when, known, reader string) timeline.Event[loan] {
	e := timeline.Event[loan]{
		ID:   uuid.NewSHA1(uuid.NameSpaceOID, []byte(slug)),
		Name: slug,
		Seq:  seq,
		When: edtf.MustParse(when),
		Data: loan{reader},
	}
	if known != "" {
		e.Known = edtf.MustParse(known)
	}
	return e
}

func holder(b book) string {
	if b.Holder == "" {
		return "on the shelf"
	}
	return "with " + b.Holder
}

// What certainly happened is in the snapshots; what may have happened is pending.
func ExampleArchive_AllPending() {
	books, err := archive.New(lend, nil)
	if err != nil {
		panic(err)
	}
	err = errors.Join(
		books.Append("emma", loanEvent(1, "lent to Anna", "2024-03-04", "", "Anna")),
		books.Append("dracula", loanEvent(1, "lent to Ben", "2024-03", "", "Ben")), // some day in March
	)
	if err != nil {
		panic(err)
	}
	on := edtf.MustParse("2024-03-20").Earliest()
	for key, s := range books.All(on) {
		fmt.Println(key, "as far as is certain:", holder(s.State))
	}
	for key, u := range books.AllPending(on) {
		for _, e := range u.Events {
			fmt.Println(key, "may have been", e.Name)
		}
	}
	// Output:
	// emma as far as is certain: with Anna
	// dracula as far as is certain: on the shelf
	// dracula may have been lent to Ben
}

// An archive keeps many histories, here one for each book.
func ExampleArchive() {
	books, err := archive.New(lend, nil)
	if err != nil {
		panic(err)
	}
	_ = books.Append("Dune", loanEvent(1, "lent to Ann", "2024-03-01", "", "Ann"))
	_ = books.Append("Emma", loanEvent(1, "lent to Cleo", "2024-04", "", "Cleo"))
	_ = books.Append("Dune", loanEvent(3, "lent to Ben", "2024-06-10", "", "Ben"))

	day := edtf.MustDay("2024-06-15")
	fmt.Println(books.At("Dune", day).Err)

	// What was missing turns up later.
	_ = books.Append("Dune", loanEvent(2, "back from Ann", "2024-05", "2024-07-01", ""))
	for title, s := range books.All(day) {
		fmt.Println(title, holder(s.State))
	}
	fmt.Println("as known then: Dune", holder(books.KnownOn(day).At("Dune", day).State))

	// Everything else can be asked of the timeline of a stream.
	dune, _ := books.Timeline("Dune")
	fmt.Println(timeline.Ask(dune, edtf.MustDay("2024-05-15"), timeline.Value(holder)))
	// Output:
	// timeline: lent to Ben on 2024-06-10: the book is out
	// Dune with Ben
	// Emma with Cleo
	// as known then: Dune with Ann
	// with Ann or on the shelf <nil>
}

// A program that starts loads what its log holds in one step.
func ExampleArchive_Load() {
	books, err := archive.New(lend, &archive.Options[book]{CacheBytes: 64 << 20})
	if err != nil {
		panic(err)
	}
	err = books.Load(func(yield func(string, timeline.Event[loan]) bool) {
		_ = yield("Dune", loanEvent(1, "lent to Ann", "2024-03-01", "", "Ann")) &&
			yield("Dune", loanEvent(2, "back from Ann", "2024-05", "", "")) &&
			yield("Emma", loanEvent(1, "lent to Cleo", "2024-04/2024-05", "", "Cleo"))
	})
	fmt.Println(err)
	fmt.Println(books.Stats().Events, "events")
	// Output:
	// stream "Emma": timeline: a fault in the events given:
	// 	lent to Cleo: an event happens on one day, and a span is no window: When is 2024-04/2024-05; for one day out of a range write [a..b]
	// 0 events
}

// An archive follows a log: what any program appends appears, dated before what
// is there or not.
func ExampleArchive_Open() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var log memlog.Log
	loans, _ := archive.New(lend, nil)
	live, err := loans.Open(ctx, &log, loanCodec)
	fmt.Println(err)
	go live.Follow(ctx)

	day := edtf.MustDay("2024-06-01")
	_, _ = live.Append(ctx, "faust", eventlog.AnyRevision, loanEvent(2, "lent to Bob", "2024-05", "", "Bob"))
	fmt.Println(live.At("faust", day).State)

	late, _ := eventlog.Encode(loanCodec, loanEvent(1, "back from Ann", "2024-03-01", "", ""))
	b, _ := log.Append(ctx, "faust", eventlog.AnyRevision, late...) // by another program, perhaps
	live.Wait(ctx, b.Position)
	fmt.Println(live.At("faust", day).State, live.At("faust", edtf.MustDay("2024-04-01")).State)
	// Output:
	// <nil>
	// {Bob}
	// {Bob} {}
}

// A shelf is a state that is large. Copies of it have an empty slice where it had none.
type shelf struct{ Books []string }

func (s shelf) Equal(o shelf) bool { return slices.Equal(s.Books, o.Books) }

// For states that are large there is a fold that changes the state it is given, and a
// Reader whose memory is used again.
func ExampleArchive_FoldInPlace() {
	event := func(n int64, book, when string) timeline.Event[string] {
		return timeline.Event[string]{ID: uuid.UUID{15: byte(n)}, Seq: n, When: edtf.MustParse(when), Data: book}
	}
	pure := func(s shelf, e timeline.Event[string]) (shelf, error) {
		s.Books = append(slices.Clone(s.Books), e.Data)
		return s, nil
	}
	apply := func(s *shelf, e *timeline.Event[string]) error {
		s.Books = append(s.Books, e.Data)
		return nil
	}
	copied := func(into, from *shelf) { into.Books = append(into.Books[:0], from.Books...) }
	fmt.Println(foldtest.CheckInPlace(pure, apply, copied, event(1, "Faust", "2024"), event(2, "Emma", "2024"))) // in a test

	shelves, _ := archive.New(pure, nil)
	_ = shelves.FoldInPlace(archive.InPlace[shelf, string]{Apply: apply, Copy: copied})
	_ = shelves.Append("north", event(1, "Faust", "2024-03-01"), event(2, "Emma", "2024-06-01"))
	_ = shelves.Append("south", event(3, "Dubliners", "2024-05-01"))
	reader := shelves.Reader()
	for _, day := range []string{"2024-05-31", "2024-06-01"} {
		for key, s := range reader.All(edtf.MustDay(day)) { // s is valid until the next one
			fmt.Println(s.On, key, s.State.Books)
		}
	}
	// Output:
	// <nil>
	// 2024-05-31 north [Faust]
	// 2024-05-31 south [Dubliners]
	// 2024-06-01 north [Faust Emma]
	// 2024-06-01 south [Dubliners]
}

// How many books were out at the end of each quarter, of all shelves together.
func ExampleReader_AllOn() {
	out := func(n int, e timeline.Event[int]) (int, error) { return n + e.Data, nil }
	event := func(n int64, more int, when string) timeline.Event[int] {
		return timeline.Event[int]{ID: uuid.UUID{15: byte(n)}, Seq: n, When: edtf.MustParse(when), Data: more}
	}
	shelves, _ := archive.New(out, nil)
	_ = shelves.Append("north", event(1, 1, "2024-02-03"), event(2, 1, "2024-05-20"), event(3, -1, "2024-08-09"))
	_ = shelves.Append("south", event(4, 1, "2024-06-30"))
	quarters := []edtf.Day{edtf.MustDay("2024-03-31"), edtf.MustDay("2024-06-30"), edtf.MustDay("2024-09-30")}
	total := map[edtf.Day]int{}
	for _, s := range shelves.Reader().AllOn(quarters...) {
		total[s.On] += s.State
	}
	for _, day := range quarters {
		fmt.Println(day, total[day])
	}
	// Output:
	// 2024-03-31 1
	// 2024-06-30 3
	// 2024-09-30 2
}

// A long log need not be read before the first answer: each stream is read when it is first
// asked for.
func ExampleArchive_OpenLazily() {
	ctx := context.Background()
	var log memlog.Log // or SQLite, PostgreSQL or JetStream
	events, _ := eventlog.Encode(loanCodec, loanEvent(1, "lent to Ann", "2024-03-01", "", "Ann"))
	_, _ = log.Append(ctx, "faust", 0, events...)

	loans, _ := archive.New(lend, nil)
	live, err := loans.OpenLazily(ctx, &log, loanCodec)
	fmt.Println(err, loans.Stats().Events)
	fmt.Println(live.At("faust", edtf.MustDay("2024-04-01")).State, loans.Stats().Events)
	// Output:
	// <nil> 0
	// {Ann} 1
}

// What the log held at a position does not change, whatever comes in since and whatever day
// it is about: an answer that was given can be given again.
func ExampleLive_AsOf() {
	ctx := context.Background()
	var log memlog.Log
	loans, _ := archive.New(lend, nil)
	live, _ := loans.Open(ctx, &log, loanCodec)

	lent, _ := live.Append(ctx, "faust", 0, loanEvent(1, "lent to Ann", "2024-03-01", "", "Ann"))
	_, _ = live.Append(ctx, "faust", 1, loanEvent(2, "back from Ann, by a late note", "2024-03-02", "", ""))

	day := edtf.MustDay("2024-04-01")
	then, _ := live.AsOf(lent.Position)
	fmt.Println(live.At("faust", day).State, then.At("faust", day).State)
	_, err := live.AsOf(3)
	fmt.Println(err)
	// Output:
	// {} {Ann}
	// archive: no such position: 3, and the archive is at 2
}

// A command reads the state, checks what may be done, and records what follows. Whatever
// others append meanwhile, the book is lent to one of them.
func ExampleLive_Decide() {
	ctx := context.Background()
	var log memlog.Log // or SQLite, or PostgreSQL
	loans, _ := archive.New(lend, nil)
	live, _ := loans.Open(ctx, &log, loanCodec)

	lendTo := func(n int64, reader string) error {
		_, err := live.Decide(ctx, "faust", func(t *timeline.Timeline[book, loan]) ([]timeline.Event[loan], error) {
			if with := t.At(edtf.MustDay("2024-06-01")).State.Holder; with != "" {
				return nil, fmt.Errorf("it is with %s", with)
			}
			return []timeline.Event[loan]{loanEvent(n, "lent to "+reader, "2024-06-01", "", reader)}, nil
		})
		return err
	}
	fmt.Println(lendTo(1, "Ann"))
	fmt.Println(lendTo(2, "Ben"))
	// Output:
	// <nil>
	// it is with Ann
}
