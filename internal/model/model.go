// Package model is the slow and obvious meaning of a timeline. It picks a day for
// every event, one way after another, and folds. Nothing in it is clever; tests
// hold the engine against it on small histories.
package model

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A History is what a timeline is made of. Its events must have short windows.
type History[S, E any] struct {
	Fold      timeline.Fold[S, E]
	Events    []timeline.Event[E]
	Known     edtf.Day // what could be known by then; DistantFuture for all
	Sequenced bool
	Chosen    map[string]uuid.UUID // for some rival keys, the only event that may be true
	// Related reports whether two events have a part of the state in common; nil if
	// all have. It changes no world, only what deviates from the baseline.
	Related func(a, b timeline.Event[E]) bool
}

// A World is one way in which things can have been.
type World[S any] struct {
	State S
	// Deviations are the events whose part in this world is another than in the
	// baseline: they are earlier than something that it has before them and that
	// they are related to, or count in only one of the two.
	Deviations map[uuid.UUID]bool
	// Corrections are the events that replace others.
	Corrections map[uuid.UUID]bool
}

// shown returns the events that could be known, in sequence order: by Seq
// and ID, but each behind all that it comes after.
func (h History[S, E]) shown() []timeline.Event[E] {
	var left, sorted []timeline.Event[E]
	for _, e := range h.Events {
		if e.KnowledgeTime().Earliest() <= h.Known {
			left = append(left, e)
		}
	}
	for len(left) > 0 {
		best := -1
		for i, e := range left {
			waits := slices.ContainsFunc(left, func(f timeline.Event[E]) bool { return slices.Contains(e.After, f.ID) })
			if !waits && (best < 0 || bySeq(e, left[best])) {
				best = i
			}
		}
		sorted = append(sorted, left[best])
		left = slices.Delete(left, best, best+1)
	}
	return sorted
}

// bySeq reports whether a comes before b in sequence order.
func bySeq[E any](a, b timeline.Event[E]) bool {
	return cmp.Or(cmp.Compare(a.Seq, b.Seq), bytes.Compare(a.ID[:], b.ID[:])) < 0
}

// Worlds lists the worlds on day that the fold allows.
func (h History[S, E]) Worlds(day edtf.Day) []World[S] {
	events := h.shown()
	late := h.late(events)
	var worlds []World[S]
	h.each(events, day, func(order []int) {
		if s, err := h.foldAll(events, order); err == nil {
			worlds = append(worlds, World[S]{s, h.deviations(events, order, late, day), corrections(events)})
		}
	})
	return worlds
}

// Happened says of each event whether it counts on day in every way that things
// can have been, whether or not the fold allows it, in some, or in none.
func (h History[S, E]) Happened(day edtf.Day) map[uuid.UUID]edtf.Truth {
	events := h.shown()
	ways, in := 0, make([]int, len(events))
	h.each(events, day, func(order []int) {
		ways++
		for _, i := range order {
			in[i]++
		}
	})
	happened := map[uuid.UUID]edtf.Truth{}
	for i, e := range events {
		switch in[i] {
		case 0:
			happened[e.ID] = edtf.No
		case ways:
			happened[e.ID] = edtf.Certain
		default:
			happened[e.ID] = edtf.Possible
		}
	}
	return happened
}

// Baseline returns the state of the baseline on day, and the error if the fold
// refuses it.
func (h History[S, E]) Baseline(day edtf.Day) (S, error) {
	events := h.shown()
	return h.foldAll(events, h.late(events).order(day))
}

// late returns the way of the baseline: each event on the latest day that it has
// in any way and, of all ways to choose among rivals, the best.
func (h History[S, E]) late(events []timeline.Event[E]) way {
	late := way{when: make([]edtf.Day, len(events))}
	for i := range late.when {
		late.when[i] = edtf.DistantPast
	}
	for _, when := range h.whens(events) {
		for i, day := range when {
			late.when[i] = max(late.when[i], day)
		}
	}
	var known []edtf.Day
	for _, e := range events {
		known = append(known, e.KnowledgeTime().Latest())
	}
	for _, choice := range h.truths(events, known) {
		if late.isTrue == nil || better(events, late.when, choice, late.isTrue) {
			late.isTrue = choice
		}
	}
	return late
}

func (h History[S, E]) foldAll(events []timeline.Event[E], order []int) (S, error) {
	var s S
	for _, i := range order {
		var err error
		if s, err = h.Fold(s, events[i]); err != nil {
			return s, err
		}
	}
	return s, nil
}

// deviations returns the events in which the order of a world differs from that of
// the baseline.
func (h History[S, E]) deviations(events []timeline.Event[E], got []int, late way, day edtf.Day) map[uuid.UUID]bool {
	out := map[uuid.UUID]bool{}
	baseline, all := late.order(day), late.order(edtf.DistantFuture)
	for i := range events {
		if slices.Contains(got, i) != slices.Contains(baseline, i) {
			out[events[i].ID] = true
		}
	}
	for n, i := range got {
		for _, j := range got[n+1:] {
			a, b := slices.Index(all, i), slices.Index(all, j)
			related := h.Related == nil || h.Related(events[i], events[j])
			if a >= 0 && b >= 0 && a > b && related {
				out[events[i].ID] = true
			}
		}
	}
	return out
}

func corrections[E any](events []timeline.Event[E]) map[uuid.UUID]bool {
	out := map[uuid.UUID]bool{}
	for _, e := range events {
		if len(e.Replaces) > 0 {
			out[e.ID] = true
		}
	}
	return out
}

// Folded lists, for each world on day that the fold allows, the events that count,
// in order.
func (h History[S, E]) Folded(day edtf.Day) [][]timeline.Event[E] {
	events := h.shown()
	var all [][]timeline.Event[E]
	h.each(events, day, func(order []int) {
		if _, err := h.foldAll(events, order); err != nil {
			return
		}
		var in []timeline.Event[E]
		for _, i := range order {
			in = append(in, events[i])
		}
		all = append(all, in)
	})
	return all
}
