package main

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// A contestant keeps a history and answers questions about it. What it cannot
// do it does not implement; see the interfaces below.
type contestant interface {
	name() string
	load(w *Workload) error
	close() error
}

// What contestants may be asked for.
type (
	oner    interface{ one(q Question) int64 }      // one value as of a day
	everyer interface{ every(q Question) uint64 }   // every value of a stream
	worlder interface{ world(day edtf.Day) int64 }  // one number out of every stream
	visitor interface{ visit(day edtf.Day) uint64 } // every value of every stream
	sweeper interface {
		sweep(days []edtf.Day, sums []int64)
	} // world for ascending days
	knower   interface{ knownOn(q Question) uint64 } // every, as known on a day
	counter  interface{ count(q Question) uint64 }   // the counter of a stream as of a day
	latecome interface{ late(f *Fact) uint64 }       // adds an event, then every on its day
)
