package archive

// Most streams have events with dates and a payload, and nothing else. What others have stands
// behind pointers that are nil for these.

// rareParts are what a version may have beside its events. Once they can be seen they are not
// changed.
type rareParts struct {
	extras     column[extra] // of all events, or of none
	details    []details
	components []*component // latest known first
}

// An extra is what few events have beside their dates.
type extra struct {
	details detailsNumber // of its details, or 0
	at      instantNumber // when it was recorded; in the archive of a log, its position there
}

// A detailsNumber is 1 + the place of details among those of the stream, or 0, and a bit that says that the event
// has a Known of its own, though that is the day of Recorded.
type detailsNumber uint32

const ownKnown detailsNumber = 1 << 31

// place returns 1 + the place of the details, 0 if there are none.
func (n detailsNumber) place() int { return int(n &^ ownKnown) }

// behind returns the number of the same details when so many stand before them.
func (n detailsNumber) behind(others int) detailsNumber {
	if n.place() == 0 {
		return n
	}
	return n + detailsNumber(others)
}

// extra returns the extra of the event at slot.
func (v *version[S, E]) extra(slot int32) extra {
	if v.rare == nil || v.rare.extras.len() == 0 {
		return extra{}
	}
	return *v.rare.extras.at(slot)
}

// details returns the details of the event at slot, nil if it has none.
func (v *version[S, E]) details(slot int32) *details {
	if n := v.extra(slot).details.place(); n > 0 {
		return &v.rare.details[n-1]
	}
	return nil
}

// components returns those of v, latest known first.
func (v *version[S, E]) components() []*component {
	if v.rare == nil {
		return nil
	}
	return v.rare.components
}

// ownRare returns the rare parts of tx, to be changed.
func (tx *transaction[S, E]) ownRare() *rareParts {
	if !tx.rareIsOwn {
		own := new(rareParts)
		if tx.rare != nil {
			*own = *tx.rare
		}
		tx.rare, tx.rareIsOwn = own, true
	}
	return tx.rare
}

// addExtra adds what the last event of tx has beside its dates.
func (tx *transaction[S, E]) addExtra(x extra) {
	if x == (extra{}) && (tx.rare == nil || tx.rare.extras.len() == 0) {
		return
	}
	extras := &tx.ownRare().extras
	if missing := tx.events.len() - 1 - extras.len(); missing > 0 {
		extras.rest = append(extras.rest, make([]extra, missing)...)
	}
	extras.add(x)
}

// relations are what a writer knows of the events of a stream that decide about each other.
type relations struct {
	linked    map[int32]linked // the events in components
	rivals    map[string]int32 // one of the events with each key
	imprecise []int32          // the events that are no exact day; only if the archive is Sequenced
}

// relations returns those of s, to be changed.
func (s *stream[S, E]) relations() *relations {
	if s.related == nil {
		s.related = &relations{linked: map[int32]linked{}, rivals: map[string]int32{}}
	}
	return s.related
}

// linked says of the event at slot in which component it is, if it is in one.
func (s *stream[S, E]) linked(slot int32) (linked, bool) {
	if s.related == nil {
		return linked{}, false
	}
	l, ok := s.related.linked[slot]
	return l, ok
}

// rival returns one of the events with a key.
func (s *stream[S, E]) rival(key string) (int32, bool) {
	if s.related == nil {
		return 0, false
	}
	slot, ok := s.related.rivals[key]
	return slot, ok
}

// imprecise returns the events that are no exact day; only if the archive is Sequenced.
func (s *stream[S, E]) imprecise() []int32 {
	if s.related == nil {
		return nil
	}
	return s.related.imprecise
}
