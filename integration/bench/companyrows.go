package main

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A companyTable is what was measured at one size.
type companyTable struct {
	size
	rows  []*row
	first map[string]float64 // nanoseconds of a question of the first pass
	bytes map[string]float64 // an event, beyond the payload
}

// goals of the rows, by their titles.
var companyGoals = map[string]goal{
	"load": {1, 2}, "one fact as of a date": {1 / 1.2, 1.5}, "every fact as of a date": {1.3, 3}, "the world, every fact visited": {1.5, 4},
	"100 ascending dates": {4, 10}, "every fact as of a date, as known": {1.2, 3}, "one late event, one fact of its day": {1 / 1.5, 1},
}

// measureCompanies measures states as users write them.
func (b *bench) measureCompanies() error {
	for _, s := range b.companySizes {
		t, err := b.measureCompany(s)
		if err != nil {
			return err
		}
		b.companies = append(b.companies, t)
	}
	return nil
}

const firstPass = 1 << 16 // random questions, so that what has to be folded first counts

// candidates returns all of them: the first two are ours.
func candidates() []candidate {
	return []candidate{&kept{inPlace: true}, &kept{}, &companySlices{}, &companyVersions{}, &columns{}}
}

func (b *bench) measureCompany(s size) (*companyTable, error) {
	w := newCompanyWorkload(s.streams, s.events)
	all := candidates()
	t := &companyTable{size: s, first: map[string]float64{}, bytes: map[string]float64{}}
	asked := w.inquiries(b.questions)
	load := make([]sample, len(all))
	for i, k := range all {
		b.say("loading %d events: %s", s.events, k.name())
		before := heap()
		start := time.Now()
		if err := k.load(w); err != nil {
			return nil, err
		}
		load[i] = sample{k.name(), []float64{float64(time.Since(start).Nanoseconds())}}
		t.bytes[k.name()] = float64(int64(heap())-int64(before))/float64(s.events) - payloadBytes
		start = time.Now()
		for n := range asked {
			sink += k.fact(&asked[n])
		}
		t.first[k.name()] = float64(time.Since(start).Nanoseconds()) / float64(b.questions)
	}
	if err := checkCompanies(w, all, asked); err != nil {
		return nil, err
	}
	t.rows = append(t.rows, companyRow("load", all, load))
	lates := w.lateRecords(8 * b.questions)
	next := map[candidate]int{}
	var days []edtf.Day
	for i := range 100 {
		days = append(days, companyFirst+edtf.Day(i*companyDays/100))
	}
	sums := make([]uint64, len(days))
	for _, question := range []struct {
		title string
		of    func(k candidate) func(i int)
	}{
		{"one fact as of a date", func(k candidate) func(int) {
			return func(i int) { sink += k.fact(&asked[i%len(asked)]) }
		}},
		{"every fact as of a date", func(k candidate) func(int) {
			return func(i int) { sink += int64(k.every(&asked[i%len(asked)])) }
		}},
		{"the world, every fact visited", func(k candidate) func(int) {
			return func(i int) { sink += int64(k.world(asked[i%len(asked)].Day)) }
		}},
		{"100 ascending dates", func(k candidate) func(int) { return func(int) { k.sweep(days, sums) } }},
		{"every fact as of a date, as known", func(k candidate) func(int) {
			r, ok := k.(remembering)
			if !ok {
				return nil
			}
			return func(i int) { sink += int64(r.known(&asked[i%len(asked)])) }
		}},
		{"one late event, one fact of its day", func(k candidate) func(int) {
			r, ok := k.(insertable)
			if !ok {
				return nil
			}
			return func(int) {
				sink += r.late(&lates[next[k]%len(lates)])
				if next[k]++; next[k]%len(lates) == 0 {
					lates = append(lates, w.lateRecords(len(lates))...)
				}
			}
		}},
	} {
		b.say("timing %d events in %d streams: %s", s.events, s.streams, question.title)
		var tasks []task
		for _, k := range all {
			if do := question.of(k); do != nil {
				tasks = append(tasks, task{k.name(), do})
			}
		}
		t.rows = append(t.rows, companyRow(question.title, all, b.compete(tasks)))
	}
	runtime.KeepAlive(w)
	return t, nil
}

const payloadBytes = 48 // of a Deed

// companyRow makes a row of samples of all: the first two are ours, and the better of them counts.
func companyRow(title string, all []candidate, samples []sample) *row {
	ours := *fastest(samples[:2])
	how := strings.TrimPrefix(ours.name, "archive.Archive, ")
	r := &row{title: title + ", " + how, goal: companyGoals[title], ours: ours, rivals: samples[2:]}
	for _, k := range all[2:] {
		i := slices.IndexFunc(r.rivals, func(s sample) bool { return s.name == k.name() })
		if _, ok := k.(insertable); ok && i >= 0 {
			r.lasting = append(r.lasting, r.rivals[i])
		}
	}
	return r
}

// checkCompanies holds the answers of all candidates against each other and against an
// obvious one.
func checkCompanies(w *companyWorkload, all []candidate, asked []Inquiry) error {
	days := []edtf.Day{companyFirst + 4000, companyFirst + 20_000}
	for _, k := range all {
		for n := range 300 {
			q := &asked[n]
			if got, want := k.fact(q), obviousFact(w, q); got != want {
				return fmt.Errorf("%w: %s, a fact of %+v: %d, want %d", errWrong, k.name(), *q, got, want)
			}
			if got, want := k.every(q), obviousCompany(w, q, edtf.DistantFuture); got != want {
				return fmt.Errorf("%w: %s, every fact of %+v: %d, want %d", errWrong, k.name(), *q, got, want)
			}
			if r, ok := k.(remembering); ok {
				if got, want := r.known(q), obviousCompany(w, q, q.Known); got != want {
					return fmt.Errorf("%w: %s, as known, of %+v: %d, want %d", errWrong, k.name(), *q, got, want)
				}
			}
			if n*len(w.records) > 3_000_000 {
				break
			}
		}
		sums := make([]uint64, len(days))
		k.sweep(days, sums)
		for i, day := range days {
			if got, want := k.world(day), all[2].world(day); got != want || sums[i] != want {
				return fmt.Errorf("%w: %s, the world on %v: %d and in a sweep %d, want %d", errWrong, k.name(), day, got, sums[i], want)
			}
		}
	}
	return nil
}

// obviousFact goes through all records.
func obviousFact(w *companyWorkload, q *Inquiry) (code int64) {
	day := edtf.DistantPast
	for n := range w.records {
		x := &w.records[n]
		if x.Stream == q.Stream && x.Deed.Thing == q.Thing && x.Deed.Name == q.Name && x.Day <= q.Day && x.Day >= day {
			day, code = x.Day, x.Deed.code()
		}
	}
	return code
}

func obviousCompany(w *companyWorkload, q *Inquiry, known edtf.Day) (sum uint64) {
	type fact struct {
		thing Thing
		name  string
	}
	last := map[fact]*Record{}
	for n := range w.records {
		x := &w.records[n]
		f := fact{x.Deed.Thing, x.Deed.Name}
		if x.Stream == q.Stream && x.Day <= q.Day && x.Known <= known && (last[f] == nil || x.Day >= last[f].Day) {
			last[f] = x
		}
	}
	for f, x := range last {
		sum += mix(int(f.thing), number(f.name), x.Deed.code())
	}
	return sum
}
