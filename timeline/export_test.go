package timeline

import "iter"

// PeriodsOf is periodsOf for tests.
func PeriodsOf[E any](track iter.Seq[Change[bool, E]]) iter.Seq[Period[E]] { return periodsOf(track) }
