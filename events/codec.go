package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
)

// Codec returns the codec of the payloads of this package: for logs, and for
// history files. What it does not know it reads as an [Unknown]. It has no
// upcasters yet, since no form has changed so far; [codec.Codec.With] adds some.
func Codec() codec.Codec[Payload] { return stored }

// stored is never written to.
var stored = func() codec.Codec[Payload] {
	var known []codec.Type[Payload]
	for _, t := range types {
		known = append(known, codec.Type[Payload]{Name: t.name.Name, Version: t.name.Version, Zero: t.zero})
	}
	return codec.New(keep, known...)
}()

func keep(s eventlog.Stored) Payload {
	return Unknown{Type{s.Type, s.Version}, string(s.Data)}
}
