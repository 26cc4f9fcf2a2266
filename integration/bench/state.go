package main

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// A State is what the events of a stream lead to, in the form that folding
// without changing anything wants: short sorted slices, copied when something
// in them changes.
type State struct {
	Delivered int64 // of all models
	Stakes    []Stake
	Plants    []Plant
	Models    []Model
}

// A Stake is what a holder has.
type Stake struct {
	Holder uint8
	Points int32
}

// A Plant makes models.
type Plant struct {
	ID       uint8
	Open     bool
	Capacity int32
}

// A Model is revealed, launched and ended, and delivered in the meantime.
type Model struct {
	ID, Status uint8
	Price      int32
	Delivered  int64
}

// fold is the general fold: pure, as package timeline asks for it.
func fold(s State, e timeline.Event[Payload]) (State, error) {
	switch p := e.Data; p.Kind {
	case StakeBought, StakeSold:
		var stake *Stake
		s.Stakes, stake = changed(s.Stakes, p.Item, func(s *Stake) *uint8 { return &s.Holder })
		changeStake(stake, p)
	case PlantOpened, PlantClosed:
		var plant *Plant
		s.Plants, plant = changed(s.Plants, p.Item, func(p *Plant) *uint8 { return &p.ID })
		changePlant(plant, p)
	default:
		var model *Model
		s.Models, model = changed(s.Models, p.Item, func(m *Model) *uint8 { return &m.ID })
		changeModel(model, p)
		if p.Kind == ModelDelivered {
			s.Delivered += int64(p.Value)
		}
	}
	return s, nil
}

// apply is the same fold for those who may change the state: what the rivals
// that replay use.
func (s *State) apply(p Payload) {
	switch p.Kind {
	case StakeBought, StakeSold:
		changeStake(found(&s.Stakes, p.Item, func(s *Stake) *uint8 { return &s.Holder }), p)
	case PlantOpened, PlantClosed:
		changePlant(found(&s.Plants, p.Item, func(p *Plant) *uint8 { return &p.ID }), p)
	default:
		changeModel(found(&s.Models, p.Item, func(m *Model) *uint8 { return &m.ID }), p)
		if p.Kind == ModelDelivered {
			s.Delivered += int64(p.Value)
		}
	}
}

// reset empties s and keeps its memory.
func (s *State) reset() {
	s.Delivered, s.Stakes, s.Plants, s.Models = 0, s.Stakes[:0], s.Plants[:0], s.Models[:0]
}

func changeStake(s *Stake, p Payload) {
	if p.Kind == StakeSold {
		p.Value = -p.Value
	}
	s.Points += p.Value
}

func changePlant(s *Plant, p Payload) {
	s.Open = p.Kind == PlantOpened
	if s.Open {
		s.Capacity = p.Value
	}
}

func changeModel(m *Model, p Payload) {
	switch p.Kind {
	case ModelRevealed:
		m.Status = 1
	case ModelLaunched:
		m.Status, m.Price = 2, p.Value
	case ModelEnded:
		m.Status = 3
	case ModelDelivered:
		m.Delivered += int64(p.Value)
	}
}

// seat returns where in list the thing with the given ID is, or belongs.
func seat[T any](list []T, id uint8, idOf func(*T) *uint8) (int, bool) {
	for i := range list {
		if have := *idOf(&list[i]); have >= id {
			return i, have == id
		}
	}
	return len(list), false
}

// changed returns a copy of list, and the thing in it that may be changed.
func changed[T any](list []T, id uint8, idOf func(*T) *uint8) ([]T, *T) {
	i, ok := seat(list, id, idOf)
	if ok {
		list = slices.Clone(list)
		return list, &list[i]
	}
	longer := make([]T, len(list)+1)
	copy(longer, list[:i])
	copy(longer[i+1:], list[i:])
	*idOf(&longer[i]) = id
	return longer, &longer[i]
}

// found returns the thing in list that may be changed.
func found[T any](list *[]T, id uint8, idOf func(*T) *uint8) *T {
	i, ok := seat(*list, id, idOf)
	if !ok {
		var zero T
		*list = slices.Insert(*list, i, zero)
		*idOf(&(*list)[i]) = id
	}
	return &(*list)[i]
}

// points returns the stake of a holder: one value of the state.
func (s *State) points(holder uint8) int64 {
	for i := range s.Stakes {
		if s.Stakes[i].Holder == holder {
			return int64(s.Stakes[i].Points)
		}
	}
	return 0
}

// The attributes of a state, for those who store values one by one.
const (
	attrStake = iota
	attrPlant
	attrModel
	attrDelivered
)

// each calls yield with every value of s: the attribute, the thing and the
// value as a number.
func (s *State) each(yield func(attr, item int, value int64)) {
	for i := range s.Stakes {
		yield(attrStake, int(s.Stakes[i].Holder), int64(s.Stakes[i].Points))
	}
	for i := range s.Plants {
		yield(attrPlant, int(s.Plants[i].ID), s.Plants[i].code())
	}
	for i := range s.Models {
		m := &s.Models[i]
		yield(attrModel, int(m.ID), m.code())
		yield(attrDelivered, int(m.ID), m.Delivered)
	}
}

func (p *Plant) code() int64 {
	code := int64(p.Capacity) << 1
	if p.Open {
		code++
	}
	return code
}

func (m *Model) code() int64 { return int64(m.Price)<<8 | int64(m.Status) }

// mix makes one number of a value and what it is of. The numbers of a state
// are added up, so that it does not matter in which order they come.
func mix(attr, item int, value int64) uint64 {
	x := uint64(value)*0x9e3779b97f4a7c15 ^ uint64(attr<<8|item+1)*0xd6e8feb86659fd93
	return x ^ x>>29
}

// digest visits everything in s.
func (s *State) digest() uint64 {
	sum := uint64(0)
	for i := range s.Stakes {
		sum += mix(attrStake, int(s.Stakes[i].Holder), int64(s.Stakes[i].Points))
	}
	for i := range s.Plants {
		sum += mix(attrPlant, int(s.Plants[i].ID), s.Plants[i].code())
	}
	for i := range s.Models {
		m := &s.Models[i]
		sum += mix(attrModel, int(m.ID), m.code()) + mix(attrDelivered, int(m.ID), m.Delivered)
	}
	return sum
}

func eventOf(p Payload) timeline.Event[Payload] { return timeline.Event[Payload]{Data: p} }
