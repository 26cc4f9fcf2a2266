package worlds

import "context"

// A Work is how much may be done to answer one question: folds, comparisons of states
// and what else grows with the worlds, in steps of about the same length. Once it is
// spent, or its context is done, an engine follows the baseline alone, and says that
// what it found is incomplete. A nil Work is without bounds. It is for one goroutine.
type Work struct {
	left int
	ctx  context.Context
	err  error
}

// NewWork returns a work of so many steps.
func NewWork(ctx context.Context, steps int) *Work { return &Work{left: steps, ctx: ctx} }

// checkEvery is after how many steps the context is looked at.
const checkEvery = 1 << 10

// Spend takes steps, and reports whether they were still there.
func (w *Work) Spend(steps int) bool {
	if w == nil {
		return true
	}
	if before := w.left; before/checkEvery != (before-steps)/checkEvery && w.err == nil && w.ctx != nil {
		w.err = w.ctx.Err()
	}
	w.left -= steps
	return !w.Spent()
}

// Spent reports whether nothing more may be done.
func (w *Work) Spent() bool { return w != nil && (w.left < 0 || w.err != nil) }

// Err returns the error of the context if that has ended the work.
func (w *Work) Err() error {
	if w == nil {
		return nil
	}
	return w.err
}
