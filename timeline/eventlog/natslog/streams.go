package natslog

import (
	"context"
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Streams is [eventlog.Lister.Streams]. The servers count the messages of each subject, a
// hundred thousand subjects at a time: with more streams than that, it may have to try again
// while somebody appends.
func (l *Log) Streams(ctx context.Context) (list []eventlog.StreamEnd, err error) {
	err = l.patiently(ctx, func() (err error) {
		list, err = l.streams(ctx)
		return err
	})
	return list, err
}

func (l *Log) streams(ctx context.Context) (list []eventlog.StreamEnd, err error) {
	info, err := l.info(ctx)
	if err != nil {
		return nil, err
	}
	var sum uint64
	end := info.State.LastSeq
	seen := map[string]bool{}
	for more := true; more; {
		var page struct {
			Total int `json:"total"`
			State struct {
				LastSeq  uint64            `json:"last_seq"`
				Subjects map[string]uint64 `json:"subjects"`
			} `json:"state"`
		}
		question := map[string]any{"subjects_filter": l.recordSubjects(), "offset": len(list)}
		if err := l.request(ctx, "STREAM.INFO."+l.options.Name, question, &page); err != nil {
			return nil, err
		}
		for subject, count := range page.State.Subjects {
			stream, err := unescape(strings.TrimPrefix(subject, l.options.Name+".s."))
			if err != nil {
				return nil, &eventlog.CorruptError{Err: fmt.Errorf("%w: %s", errAlien, subject)}
			}
			if seen[stream] {
				return nil, errBehind // another subject came between two pages
			}
			seen[stream] = true
			sum += count
			list = append(list, eventlog.StreamEnd{Stream: stream, Revision: int64(count)})
		}
		if page.State.LastSeq != end {
			return nil, errBehind // somebody has appended meanwhile
		}
		more = len(page.State.Subjects) > 0 && len(list) < page.Total
	}
	if 2*sum != end {
		return nil, errBehind // an append is just coming in
	}
	return list, nil
}
