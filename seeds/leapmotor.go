package seeds

import (
	"embed"
	"sync"

	"github.com/leapmotor-timeline/leapmotor/events"
)

//go:embed leapmotor.json leapmotor/*.json
var files embed.FS

var leapmotor = sync.OnceValue(func() *File {
	f, err := LoadFS(files, "leapmotor.json")
	if err != nil {
		panic("seeds: the embedded history has faults: " + err.Error())
	}
	return f
})

// Leapmotor returns the history of Leapmotor.
func Leapmotor() *events.History { return leapmotor().Timeline }

// LeapmotorFile returns the history of Leapmotor with its sources.
func LeapmotorFile() File {
	f := *leapmotor()
	f.Sources = append([]Source(nil), f.Sources...)
	return f
}
