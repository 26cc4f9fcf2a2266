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
	Count  Number    `json:"count"`
}

// isMonth reports whether d is of a month, and of all models.
func (d Delivery) isMonth() bool {
	return d.Model == "" && d.Period.Kind() == edtf.Window && d.Period.Precision() == edtf.PrecisionMonth
}

// DeliveriesRecorded says how many cars were handed over in a period.
type DeliveriesRecorded struct {
	Model  string    `json:"model,omitzero"`
	Period edtf.Date `json:"period"`
	Count  Number    `json:"count"`
}

func (p DeliveriesRecorded) String() string {
	return strings.TrimSpace(fmt.Sprintf("%v %s", p.Count, p.Model)) + " delivered in " + p.Period.English()
}

func (p DeliveriesRecorded) check() error {
	if least, _ := p.Count.Bounds(); p.Count.Told() && least < 0 {
		return fmt.Errorf("deliveries: %v", p.Count)
	}
	return p.Count.needed()
}

func (p DeliveriesRecorded) apply(c *Company, _ origin) {
	c.Deliveries = c.Deliveries.With(deliveryKey(p.Model, p.Period), Delivery(p))
}

func deliveryKey(model string, period edtf.Date) string {
	if model == "" {
		return period.String()
	}
	return model + " " + period.String()
}
