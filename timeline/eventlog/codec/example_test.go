package codec_test

import (
	"bytes"
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
)

// Payloads of one Go type need no more than its name. Version 1 of it called
// the amount a sum; an upcaster brings that forward.
func Example() {
	type deposit struct {
		Amount int `json:"amount"`
	}
	c := codec.New(nil, codec.Type[deposit]{Name: "money.deposited", Version: 2}).
		With("money.deposited", 1, func(s eventlog.Stored) (eventlog.Stored, error) {
			s.Version, s.Data = 2, bytes.Replace(s.Data, []byte(`"sum"`), []byte(`"amount"`), 1)
			return s, nil
		})

	stored, err := c.Encode(deposit{100})
	fmt.Println(stored.Type, stored.Version, string(stored.Data), err)

	old, err := c.Decode(eventlog.Stored{Type: "money.deposited", Version: 1, Data: []byte(`{"sum":30}`)})
	fmt.Println(old.Amount, err)
	// Output:
	// money.deposited 2 {"amount":100} <nil>
	// 30 <nil>
}
