//go:build steppedclock

// Command stepped is a server whose clock can be set, for [natsserver.StartStepped], which
// builds it with another package time.
package main

import (
	"time"

	"github.com/leapmotor-timeline/leapmotor/integration/natslog/natsserver"
)

func main() {
	natsserver.RunNodeWithClock(func(seconds int64) { time.Step = seconds })
}
