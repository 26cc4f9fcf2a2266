package main

import (
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// parse times reading a day.
func (b *bench) parse() *row {
	const text = "2018-03-15"
	samples := b.compete([]task{
		{"edtf.Parse", func(int) {
			d, err := edtf.Parse(text)
			must(err)
			sink += int64(d.Precision())
		}},
		{"time.Parse", func(int) {
			t, err := time.Parse(time.DateOnly, text)
			must(err)
			sink += int64(t.Day())
		}},
	})
	return &row{title: "parse of an EDTF day", goal: goal{2, 4}, ours: samples[0], rivals: samples[1:]}
}

// ask times Ask on days on which nothing is undecided, beside At and the
// selector.
func (b *bench) ask() (*row, error) {
	w := newWorkload(1, 100, b.progress)
	for i := range w.Facts {
		w.Facts[i].When, w.Facts[i].WhenKnown = w.Facts[i].Day.Date(), edtf.Date{}
	}
	c := &single{}
	if err := c.load(w); err != nil {
		return nil, err
	}
	asked := w.questions(1, 1<<12)
	delivered := func(s State) int64 { return s.Delivered }
	q := timeline.Value(delivered)
	samples := b.compete([]task{
		{"timeline.Ask", func(i int) {
			answer, _ := timeline.Ask(c.t, asked[i%len(asked)].Day, q)
			v, ok := answer.Certain()
			if !ok {
				panic("undecided")
			}
			sink += v
		}},
		{"At and the selector", func(i int) { sink += delivered(c.t.At(asked[i%len(asked)].Day).State) }},
	})
	return &row{title: "Ask with nothing undecided, on one history of 100", ours: samples[0], rivals: samples[1:]}, nil
}
