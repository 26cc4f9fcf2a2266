package main

import (
	"fmt"
	"time"
)

// A bar shows how far something has got, on a terminal. In a pipe it is silent.
type bar struct {
	p     *program
	what  string
	total int // 0 if it is not known
	shown time.Time
}

func (p *program) progress(what string, total int) *bar { return &bar{p: p, what: what, total: total} }

// show shows a number, some times a second.
func (b *bar) show(n int) {
	if !b.p.terminal || n < b.total && time.Since(b.shown) < 100*time.Millisecond {
		return
	}
	b.shown = time.Now()
	if b.total > 0 {
		fmt.Fprintf(b.p.err, "\r%d of %d %s (%d %%)\x1b[K", n, b.total, b.what, 100*n/b.total)
		return
	}
	fmt.Fprintf(b.p.err, "\r%d %s\x1b[K", n, b.what)
}

// done clears the line.
func (b *bar) done() {
	if b.p.terminal && !b.shown.IsZero() {
		fmt.Fprint(b.p.err, "\r\x1b[K")
	}
}
