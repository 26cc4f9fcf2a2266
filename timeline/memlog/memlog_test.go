package memlog_test

import (
	"testing"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/logtest"
	"github.com/leapmotor-timeline/leapmotor/timeline/memlog"
)

func TestLog(t *testing.T) {
	logtest.Test(t, func(testing.TB) logtest.Store {
		var log memlog.Log
		return func() (timeline.Log, error) { return &log, nil }
	})
}
