package main

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A row is one line of what is to be reached: a question, and how often faster
// than the best rival ours must answer it.
type row struct {
	goal

	title   string
	ours    sample
	rivals  []sample
	limits  []sample
	lasting []sample // of the rivals, those that take late events
}

// A goal is how many times as fast as the best rival ours must be, and should be.
// There is none if it is zero.
type goal struct{ reach, aim float64 }

func (r *row) best() *sample { return fastest(r.rivals) }

func fastest(samples []sample) *sample {
	best := &samples[0]
	for i := range samples {
		if samples[i].median() < best.median() {
			best = &samples[i]
		}
	}
	return best
}

// ratio returns how often faster ours is than the best rival that takes late events, or
// than the best if none does.
func (r *row) ratio() float64 { return r.judged().median() / r.ours.median() }

// A field is who takes part.
type field struct {
	ours   contestant
	rivals []contestant
}

func (f field) all() []contestant { return slices.Concat([]contestant{f.ours}, f.rivals) }

// An arena is a workload with everybody who has loaded it.
type arena struct {
	field

	w       *Workload
	oracle  *oracle
	limits  *limits
	pace    pace
	say     func(format string, args ...any)
	sweeps  []edtf.Day
	days    []edtf.Day
	asked   []Question
	lateTo  map[contestant]int
	lates   []Fact
	checked int
}

func newArena(w *Workload, pace pace, f field, say func(string, ...any)) (*arena, error) {
	a := &arena{
		w: w, field: field{ours: f.ours}, pace: pace, say: say, limits: newLimits(w), oracle: newOracle(w),
		asked: w.questions(1, 1<<17), lates: w.late(1, 1<<20), lateTo: map[contestant]int{},
	}
	for i := range 100 {
		a.sweeps = append(a.sweeps, firstDay+edtf.Day(i*days/100))
	}
	for _, q := range a.asked[:1<<10] {
		a.days = append(a.days, q.Day)
	}
	for _, c := range f.all() {
		say("loading %d events: %s", len(w.Facts), c.name())
		start := time.Now()
		if err := c.load(w); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name(), err)
		}
		say("loaded %d events: %s, %v", len(w.Facts), c.name(), time.Since(start).Round(time.Millisecond))
		if c != f.ours {
			a.rivals = append(a.rivals, c)
		}
	}
	return a, nil
}

func (a *arena) close() {
	for _, c := range a.all() {
		c.close()
	}
}

// errWrong says that a contestant gave a wrong answer.
var errWrong = errors.New("wrong answer")

func wrongAnswer(c contestant, question string, got, want any) error {
	return fmt.Errorf("%w: %s, %s: %v, want %v", errWrong, c.name(), question, got, want)
}

// check holds the answers of every contestant against the oracle.
func (a *arena) check(samples int) error {
	var errs []error
	wrong := func(c contestant, what string, q any, got, want any) {
		if got != want {
			errs = append(errs, wrongAnswer(c, fmt.Sprintf("%s of %+v", what, q), got, want))
		}
		a.checked++
	}
	for _, q := range a.asked[len(a.asked)-samples:] {
		one, every, known := a.oracle.one(q), a.oracle.every(q.Stream, q.Day, edtf.DistantFuture), a.oracle.every(q.Stream, q.Day, q.Known)
		for _, c := range a.all() {
			if c, ok := c.(oner); ok {
				wrong(c.(contestant), "one value", q, c.one(q), one)
			}
			if c, ok := c.(everyer); ok {
				wrong(c.(contestant), "every value", q, c.every(q), every)
			}
			if c, ok := c.(knower); ok {
				wrong(c.(contestant), "as known", q, c.knownOn(q), known)
			}
		}
	}
	for _, day := range a.days[:3] {
		number, everything := a.oracle.world(day)
		for _, c := range a.all() {
			if c, ok := c.(worlder); ok {
				wrong(c.(contestant), "the world", day, c.world(day), number)
			}
			if c, ok := c.(visitor); ok {
				wrong(c.(contestant), "all of the world", day, c.visit(day), everything)
			}
		}
	}
	sums, want := make([]int64, len(a.sweeps)), make([]int64, len(a.sweeps))
	for i := 0; i < len(a.sweeps); i += 20 {
		want[i], _ = a.oracle.world(a.sweeps[i])
	}
	for _, c := range a.all() {
		if c, ok := c.(sweeper); ok {
			c.sweep(a.sweeps, sums)
			for i := 0; i < len(a.sweeps); i += 20 {
				wrong(c.(contestant), "the world in the course", a.sweeps[i], sums[i], want[i])
			}
		}
	}
	for i := range a.lates[:samples] {
		f := &a.lates[i]
		a.oracle.add(*f)
		every := a.oracle.every(f.Stream, f.Day, edtf.DistantFuture)
		for _, c := range a.all() {
			if c, ok := c.(latecome); ok {
				wrong(c.(contestant), "a late event", f.ID, c.late(f), every)
			}
		}
	}
	for _, c := range a.all() {
		a.lateTo[c] = samples
	}
	return errors.Join(errs...)
}

var sink int64 // what is answered must not be optimised away

// compare times what all contestants that can do it take for one thing.
func (a *arena) compare(title string, to goal, of func(contestant) (func(i int), bool), limits ...task) *row {
	a.say("timing: %s", title)
	var tasks []task
	for _, c := range a.all() {
		if do, ok := of(c); ok {
			tasks = append(tasks, task{c.name(), do})
		}
	}
	samples := a.pace.compete(append(tasks, limits...))
	r := &row{title: title, goal: to, ours: samples[0], rivals: samples[1:len(tasks)], limits: samples[len(tasks):]}
	r.lasting = takingLate(a.rivals, r.rivals)
	return r
}

// takingLate returns the samples of those who take late events.
func takingLate(contestants []contestant, samples []sample) []sample {
	var lasting []sample
	for _, c := range contestants {
		i := slices.IndexFunc(samples, func(s sample) bool { return s.name == c.name() })
		if _, ok := c.(latecome); ok && i >= 0 {
			lasting = append(lasting, samples[i])
		}
	}
	return lasting
}

func (a *arena) search() task {
	return task{"limit: binary search", func(i int) { sink += int64(a.limits.search(a.asked[i%len(a.asked)])) }}
}

func (a *arena) one() *row {
	return a.compare("one value as of a date", goal{3, 6}, func(c contestant) (func(int), bool) {
		o, ok := c.(oner)
		return func(i int) { sink += o.one(a.asked[i%len(a.asked)]) }, ok
	}, task{"a loop by hand for this value only", func(i int) { sink += a.limits.byHand(a.asked[i%len(a.asked)]) }}, a.search())
}

func (a *arena) every(title string, to goal) *row {
	return a.compare(title, to, func(c contestant) (func(int), bool) {
		o, ok := c.(everyer)
		return func(i int) { sink += int64(o.every(a.asked[i%len(a.asked)])) }, ok
	}, a.search())
}

func (a *arena) known() *row {
	return a.compare("as of a day, as known on a day", goal{3, 4}, func(c contestant) (func(int), bool) {
		o, ok := c.(knower)
		return func(i int) { sink += int64(o.knownOn(a.asked[i%len(a.asked)])) }, ok
	})
}

func (a *arena) scan() task {
	return task{"limit: scan of packed events", func(i int) { sink += a.limits.scan(a.days[i%len(a.days)]) }}
}

func (a *arena) world() *row {
	return a.compare("the whole world as of a date, one number of each stream", goal{30, 60}, func(c contestant) (func(int), bool) {
		o, ok := c.(worlder)
		return func(i int) { sink += o.world(a.days[i%len(a.days)]) }, ok
	}, a.scan())
}

func (a *arena) visit() *row {
	return a.compare("the whole world as of a date, everything visited", goal{}, func(c contestant) (func(int), bool) {
		o, ok := c.(visitor)
		return func(i int) { sink += int64(o.visit(a.days[i%len(a.days)])) }, ok
	}, a.scan())
}

// undecided times a visit of the world and of what is undecided, beside that of the world alone.
func (a *arena) undecided(c *ours) *row {
	a.say("timing: the whole world, and what is undecided")
	samples := a.pace.compete([]task{
		{"All and AllPending", func(i int) { sink += int64(c.visit(a.days[i%len(a.days)])) + c.pending(a.days[i%len(a.days)]) }},
		{"All alone", func(i int) { sink += int64(c.visit(a.days[i%len(a.days)])) }},
	})
	return &row{title: "the whole world as of a date, everything visited, and what is undecided", goal: goal{0.5, 1}, ours: samples[0], rivals: samples[1:]}
}

func (a *arena) sweep() *row {
	sums := make([]int64, len(a.sweeps))
	return a.compare("100 ascending dates over the whole world", goal{6, 20}, func(c contestant) (func(int), bool) {
		o, ok := c.(sweeper)
		return func(int) { o.sweep(a.sweeps, sums) }, ok
	}, a.scan())
}

func (a *arena) late() *row {
	return a.compare("one late event, then as of its day", goal{1.5, 2.5}, func(c contestant) (func(int), bool) {
		o, ok := c.(latecome)
		return func(int) {
			n := a.lateTo[c]
			if n == len(a.lates) {
				a.lates = append(a.lates, a.w.late(uint64(n), 1<<20)...)
			}
			a.lateTo[c]++
			sink += int64(o.late(&a.lates[n]))
		}, ok
	})
}

// loads times how long each contestant takes to load w, and how many bytes an
// event then takes in it, less the payload's eight.
func loads(w *Workload, rounds int, f field, say func(string, ...any)) (r *row, bytes map[string]float64, err error) {
	all := f.all()
	samples := make([]sample, len(all))
	bytes = map[string]float64{}
	for range rounds {
		for i, c := range all {
			before := heap()
			say("loading %d events: %s", len(w.Facts), c.name())
			start := time.Now()
			if err := c.load(w); err != nil {
				return nil, nil, err
			}
			took := time.Since(start)
			bytes[c.name()] = float64(int64(heap())-int64(before))/float64(len(w.Facts)) - 8
			samples[i].name = c.name()
			samples[i].rounds = append(samples[i].rounds, float64(took.Nanoseconds()))
			c.close()
		}
	}
	runtime.KeepAlive(w)
	return &row{title: fmt.Sprintf("load of %s", count(len(w.Facts))), goal: goal{1.2, 2}, ours: samples[0], rivals: samples[1:], lasting: takingLate(f.rivals, samples[1:])}, bytes, nil
}

// count writes a number of events for people.
func count(n int) string {
	switch {
	case n >= 1_000_000 && n%1_000_000 == 0:
		return fmt.Sprintf("%dM", n/1_000_000)
	case n >= 1000 && n%1000 == 0:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprint(n)
}

// verdict says whether a row is reached.
func (r *row) verdict() string {
	switch {
	case r.reach == 0:
		return ""
	case r.ratio() < r.reach:
		return "not reached"
	case r.aim > 0 && r.ratio() >= r.aim:
		return "aim"
	}
	return "reached"
}
