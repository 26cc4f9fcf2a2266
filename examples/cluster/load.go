package main

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/nats-io/nats.go"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog/partition"
)

// writersAtOnce is how many append at the same time.
const writersAtOnce = 256

// load appends the histories of cars, each to the log of its partition. It can be repeated.
func load(ctx context.Context, conn *nats.Conn, partitions, cars, steps int, done *atomic.Int64) error {
	logs := make([]*natslog.Log, partitions)
	for p := range logs {
		var err error
		if logs[p], err = natslog.Open(ctx, conn, &natslog.Options{Name: partition.Name("cars", p)}); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var group sync.WaitGroup
	for range writersAtOnce {
		group.Go(func() {
			for n := int(next.Add(1)) - 1; n < cars && ctx.Err() == nil; n = int(next.Add(1)) - 1 {
				if err := loadCar(ctx, logs[partition.Of(carName(n), partitions)], n, steps); err != nil {
					cancel(err)
					return
				}
				done.Add(int64(steps))
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

func loadCar(ctx context.Context, log *natslog.Log, n, steps int) error {
	events, err := eventlog.Encode(carCodec, history(n, steps)...)
	if err == nil {
		_, err = log.Append(ctx, carName(n), eventlog.AnyRevision, events...)
	}
	return err
}
