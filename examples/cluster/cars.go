package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
)

// A Step is what happens to a car. Each car is a history of its own.
type Step struct {
	Status string `json:"status"` // built, shipped, sold, serviced
	Place  string `json:"place"`
}

// A Car is what is known of a car on a day.
type Car struct {
	Status string `json:"status"`
	Place  string `json:"place"`
	Steps  int    `json:"steps"`
}

func follow(c Car, e timeline.Event[Step]) (Car, error) {
	return Car{e.Data.Status, e.Data.Place, c.Steps + 1}, nil
}

var carCodec = codec.New(nil, codec.Type[Step]{Name: "car.step", Version: 1})

// carName returns the name of the car n.
func carName(n int) string { return fmt.Sprintf("car-%06d", n) }

var (
	plants  = []string{"Jinhua", "Hangzhou", "Zaragoza"}
	markets = []string{"Amsterdam", "Milan", "Munich", "Paris", "Bangkok", "Brisbane"}
)

// history returns what happened to the car n, always the same: it is built, shipped, sold
// and then serviced.
func history(n, steps int) []timeline.Event[Step] {
	rnd := rand.New(rand.NewPCG(uint64(n), 1))
	day := edtf.MustDay("2025-01-01") + edtf.Day(rnd.IntN(365))
	plant, market := plants[rnd.IntN(len(plants))], markets[rnd.IntN(len(markets))]
	list := make([]timeline.Event[Step], steps)
	for i := range list {
		step := Step{"serviced", market}
		switch i {
		case 0:
			step = Step{"built", plant}
		case 1:
			step = Step{"shipped", market}
		case 2:
			step = Step{"sold", market}
		}
		list[i] = timeline.Event[Step]{
			ID:   uuid.NewSHA1(uuid.NameSpaceOID, fmt.Appendf(nil, "%s/%d", carName(n), i)),
			Name: step.Status, When: day.Date(), Data: step,
		}
		day += edtf.Day(10 + rnd.IntN(50))
	}
	return list
}
