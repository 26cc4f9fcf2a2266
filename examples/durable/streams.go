package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A length is how many events a stream has.
type length struct {
	stream string
	events int64
}

// lengthsOf returns the streams of a log, in the order in which they began.
func lengthsOf(ctx context.Context, log eventlog.Log) (list []length, err error) {
	at := map[string]int{}
	for r, err := range log.ReadAll(ctx, 0) {
		if err != nil {
			return nil, err
		}
		n, ok := at[r.Stream]
		if !ok {
			n = len(list)
			at[r.Stream], list = n, append(list, length{stream: r.Stream})
		}
		list[n].events = r.Revision
	}
	return list, nil
}

// streams lists the histories of the log.
func (p *program) streams(ctx context.Context, args []string) error {
	if err := parse(newFlags("streams"), args, 0); err != nil {
		return err
	}
	return p.with(ctx, true, func(log *store) error {
		list, err := lengthsOf(ctx, log)
		for _, l := range list {
			fmt.Fprintf(p.out, "%-32s  %6d events\n", answer.Printable(l.stream), l.events)
		}
		return err
	})
}

// pick returns the history that is meant: the one that is named, or the only one.
func (p *program) pick(ctx context.Context, log eventlog.Log) (string, error) {
	if p.stream != "" {
		return p.stream, nil
	}
	list, err := lengthsOf(ctx, log)
	switch {
	case err != nil:
		return "", err
	case len(list) == 0:
		return leapmotor, nil
	case len(list) == 1:
		return list[0].stream, nil
	}
	var names []string
	for _, l := range list {
		names = append(names, l.stream)
	}
	return "", fmt.Errorf("%s has several histories, so -stream must name one: %s", shown(p.db), strings.Join(names, ", "))
}
