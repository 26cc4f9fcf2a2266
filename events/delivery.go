package events

import (
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Delivery is how many cars were handed over in a period.
type Delivery struct {
	Model  string    `json:"model,omitzero"` // empty for all models
	Period edtf.Date `json:"period"`
	Count  int       `json:"count"`
}

// DeliveriesRecorded says how many cars were handed over in a period.
type DeliveriesRecorded struct {
	Model  string    `json:"model,omitzero"`
	Period edtf.Date `json:"period"`
	Count  int       `json:"count"`
}

// Type returns deliveries.recorded v1.
func (DeliveriesRecorded) Type() Type { return Type{"deliveries.recorded", 1} }

// String says what happened, without a date.
func (p DeliveriesRecorded) String() string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", p.Count, p.Model)) + fmt.Sprintf(" delivered in %v", p.Period)
}

func (p DeliveriesRecorded) apply(c *Company, _ origin) error {
	if p.Count < 0 {
		return fmt.Errorf("%d deliveries", p.Count)
	}
	c.Deliveries = c.Deliveries.With(deliveryKey(p.Model, p.Period), Delivery(p))
	return nil
}

func deliveryKey(model string, period edtf.Date) string {
	if model == "" {
		return period.String()
	}
	return model + " " + period.String()
}
