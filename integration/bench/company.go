package main

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Company is a state as users write it: slices sorted by name, which are copied when
// something in them changes. There are at most 12 holders, 24 plants and 32 models.
type Company struct {
	Holders []Holder
	Plants  []Named
	Models  []Named
}

// A Holder has a part of a company.
type Holder struct {
	Name    string
	Percent int32
}

// A Named is a plant or a model, with what is made of it.
type Named struct{ Name, Status string }

// A Deed is what happened: one of the things of a company is something from then on.
type Deed struct {
	Thing   Thing
	Name    string
	Percent int32  // of a holder
	Status  string // of a plant or model
}

// A Thing is a kind of thing.
type Thing uint8

// The kinds of things.
const (
	AHolder Thing = iota
	APlant
	AModel
)

var (
	things   = []int{12, 24, 32} // how many there are of each kind
	names    [3][]string
	statuses = strings.Fields("announced building making selling halted closed")
)

func init() {
	for kind, n := range things {
		for i := range n {
			names[kind] = append(names[kind], fmt.Sprintf("%s-%02d", []string{"holder", "plant", "model"}[kind], i))
		}
	}
}

// foldCompany is the general fold.
func foldCompany(c Company, e timeline.Event[Deed]) (Company, error) {
	d := &e.Data
	switch d.Thing {
	case AHolder:
		c.Holders = with(c.Holders, d.Name, holderName, Holder{d.Name, d.Percent})
	case APlant:
		c.Plants = with(c.Plants, d.Name, nameOf, Named{d.Name, d.Status})
	case AModel:
		c.Models = with(c.Models, d.Name, nameOf, Named{d.Name, d.Status})
	}
	return c, nil
}

// applyDeed is the same fold in place.
func applyDeed(c *Company, e *timeline.Event[Deed]) error {
	d := &e.Data
	switch d.Thing {
	case AHolder:
		set(&c.Holders, d.Name, holderName, Holder{d.Name, d.Percent})
	case APlant:
		set(&c.Plants, d.Name, nameOf, Named{d.Name, d.Status})
	case AModel:
		set(&c.Models, d.Name, nameOf, Named{d.Name, d.Status})
	}
	return nil
}

func copyCompany(into, from *Company) {
	into.Holders = append(into.Holders[:0], from.Holders...)
	into.Plants = append(into.Plants[:0], from.Plants...)
	into.Models = append(into.Models[:0], from.Models...)
}

func holderName(h *Holder) string { return h.Name }

func nameOf(n *Named) string { return n.Name }

// placeIn returns where in a sorted list the thing with a name is, or belongs.
func placeIn[T any](list []T, name string, nameOf func(*T) string) (int, bool) {
	low, high := 0, len(list)
	for low < high {
		if middle := int(uint(low+high) / 2); nameOf(&list[middle]) < name {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(list) && nameOf(&list[low]) == name
}

// with returns a copy of list with a thing.
func with[T any](list []T, name string, nameOf func(*T) string, thing T) []T {
	i, there := placeIn(list, name, nameOf)
	if there {
		list = slices.Clone(list)
		list[i] = thing
		return list
	}
	longer := make([]T, len(list)+1)
	copy(longer, list[:i])
	longer[i] = thing
	copy(longer[i+1:], list[i:])
	return longer
}

// set puts a thing into list.
func set[T any](list *[]T, name string, nameOf func(*T) string, thing T) {
	if i, there := placeIn(*list, name, nameOf); there {
		(*list)[i] = thing
	} else {
		*list = slices.Insert(*list, i, thing)
	}
}

// fact returns one fact of c, 0 if it is not there.
func (c *Company) fact(thing Thing, name string) int64 {
	switch thing {
	case AHolder:
		if i, ok := placeIn(c.Holders, name, holderName); ok {
			return int64(c.Holders[i].Percent)
		}
	case APlant:
		if i, ok := placeIn(c.Plants, name, nameOf); ok {
			return statusCode(c.Plants[i].Status)
		}
	case AModel:
		if i, ok := placeIn(c.Models, name, nameOf); ok {
			return statusCode(c.Models[i].Status)
		}
	}
	return 0
}

func statusCode(status string) int64 { return int64(status[0])<<8 | int64(len(status)) }

// code returns the fact that d makes so.
func (d *Deed) code() int64 {
	if d.Thing == AHolder {
		return int64(d.Percent)
	}
	return statusCode(d.Status)
}

// number returns the number in a name, such as 7 of "plant-07".
func number(name string) int {
	n := len(name)
	return int(name[n-2]-'0')*10 + int(name[n-1]-'0')
}

// digest visits every fact of c.
func (c *Company) digest() (sum uint64) {
	for i := range c.Holders {
		sum += mix(int(AHolder), number(c.Holders[i].Name), int64(c.Holders[i].Percent))
	}
	for i := range c.Plants {
		sum += mix(int(APlant), number(c.Plants[i].Name), statusCode(c.Plants[i].Status))
	}
	for i := range c.Models {
		sum += mix(int(AModel), number(c.Models[i].Name), statusCode(c.Models[i].Status))
	}
	return sum
}

// A Record is an event of a company, as it arrives.
type Record struct {
	Stream     int32
	ID         uuid.UUID
	Day, Known edtf.Day
	Deed       Deed
}

const (
	companyYears = 100
	companyFirst = edtf.Day(-25567) // 1900-01-01
	companyDays  = companyYears * 3652 / 10
)

// A companyWorkload is a hundred years of exact days. One record in twenty arrives up to
// ten years after its day; all arrive in the order in which they became known.
type companyWorkload struct {
	keys    []string
	records []Record
	dates   []edtf.Date // by day, from companyFirst on
}

func newCompanyWorkload(streams, records int) *companyWorkload {
	r := rand.New(rand.NewPCG(1900, uint64(streams)<<32|uint64(records)))
	w := &companyWorkload{records: make([]Record, records)}
	for i := range streams {
		w.keys = append(w.keys, fmt.Sprintf("company-%05d", i))
	}
	for day := companyFirst; day < companyFirst+companyDays; day++ {
		w.dates = append(w.dates, day.Date())
	}
	for i := range w.records {
		w.records[i] = w.record(r, companyFirst+edtf.Day(i*companyDays/records))
	}
	return w
}

// record returns a record that becomes known on a day.
func (w *companyWorkload) record(r *rand.Rand, known edtf.Day) Record {
	x := Record{Stream: int32(r.IntN(len(w.keys))), Known: known, Day: known}
	if r.IntN(20) == 0 {
		x.Day = max(companyFirst, known-edtf.Day(r.IntN(3652)))
	}
	binary.LittleEndian.PutUint64(x.ID[:8], r.Uint64())
	binary.LittleEndian.PutUint64(x.ID[8:], r.Uint64())
	x.Deed.Thing, x.Deed.Name = anyThing(r)
	if x.Deed.Thing == AHolder {
		x.Deed.Percent = 1 + r.Int32N(99)
	} else {
		x.Deed.Status = statuses[r.IntN(len(statuses))]
	}
	return x
}

// anyThing returns one of the 68 things.
func anyThing(r *rand.Rand) (Thing, string) {
	n := r.IntN(12 + 24 + 32)
	for kind, most := range things {
		if n < most {
			return Thing(kind), names[kind][n]
		}
		n -= most
	}
	panic("there are no more")
}

// event returns the n-th record as an event.
func (w *companyWorkload) event(n int, x *Record) timeline.Event[Deed] {
	e := timeline.Event[Deed]{ID: x.ID, Seq: int64(n), When: w.dates[x.Day-companyFirst], Data: x.Deed}
	if x.Known != x.Day {
		e.Known = w.dates[x.Known-companyFirst]
	}
	return e
}

func (w *companyWorkload) events(yield func(string, timeline.Event[Deed]) bool) {
	for n := range w.records {
		if !yield(w.keys[w.records[n].Stream], w.event(n, &w.records[n])) {
			return
		}
	}
}

// An Inquiry asks for a fact, or for all, of a stream on a day, as known on another.
type Inquiry struct {
	Stream     int32
	Thing      Thing
	Name       string
	Day, Known edtf.Day
}

func (w *companyWorkload) inquiries(n int) []Inquiry {
	r := rand.New(rand.NewPCG(65536, uint64(len(w.keys))))
	list := make([]Inquiry, n)
	for i := range list {
		x := Inquiry{Stream: int32(r.IntN(len(w.keys))), Day: companyFirst + edtf.Day(r.IntN(companyDays))}
		x.Thing, x.Name = anyThing(r)
		x.Known = x.Day + edtf.Day(r.IntN(3000)-500)
		list[i] = x
	}
	return list
}

// lateRecords returns records that arrive after all others and are up to ten years old.
func (w *companyWorkload) lateRecords(n int) []Record {
	r := rand.New(rand.NewPCG(1999, uint64(len(w.keys))))
	list := make([]Record, n)
	for i := range list {
		list[i] = w.record(r, companyFirst+companyDays-1)
		list[i].Day -= edtf.Day(r.IntN(3652))
		list[i].Day = max(list[i].Day, companyFirst)
	}
	return list
}
