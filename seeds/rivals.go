package seeds

import "github.com/leapmotor-timeline/leapmotor/internal/jsontree"

// checkRivals reports a correction of one of several rivals that is no rival itself: what it says would then
// stand beside the others, or behind them, as if the dispute had been settled by it.
func (l *loader) checkRivals() {
	rivals := map[string][]string{} // slugs, by the key
	keys := map[string]string{}     // of the events that have one
	for e := range l.each("events") {
		if key := e.Get("rival").Text(); key != "" {
			slug := e.Get("slug").Text()
			rivals[key], keys[slug] = append(rivals[key], slug), key
		}
	}
	for e := range l.each("events") {
		if e.Get("type") == nil {
			continue // it takes them back
		}
		replaced := map[string]bool{}
		for _, ref := range e.List("replaces") {
			replaced[ref.Text()] = true
		}
		for _, ref := range e.List("replaces") {
			if key := keys[ref.Text()]; key != "" && key != e.Get("rival").Text() {
				l.checkRival(ref, key, rivals[key], replaced)
			}
		}
	}
}

func (l *loader) checkRival(ref *jsontree.Node, key string, rivals []string, replaced map[string]bool) {
	for _, other := range rivals {
		if !replaced[other] {
			l.fault(ref, "%q has rivals, such as %q; give the correction their rival %q too, or let it replace them all", ref.Text(), other, key)
			return
		}
	}
}
