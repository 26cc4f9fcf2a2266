package memlog_test

import (
	"testing"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/logtest"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

func TestLog(t *testing.T) {
	logtest.Test(t, func(testing.TB) logtest.Store {
		var log memlog.Log
		return func() (eventlog.Log, error) { return &log, nil }
	})
}
