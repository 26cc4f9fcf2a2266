package timeline

// Widened returns t with each date of an event that is marked approximate widened by the rule of
// [edtf.Date.Widened]: an event of 2015~ may have happened from 2014 to 2016. Without it ~ moves no bound, as EDTF
// has it. A view stays a view. The errors are those of [New].
func (t *Timeline[S, E]) Widened() (*Timeline[S, E], error) {
	events := make([]Event[E], len(t.all))
	for i, e := range t.all {
		events[i] = *e
		events[i].When, events[i].Known = e.When.Widened(), e.Known.Widened()
	}
	u, err := build(t.rules, nil, events)
	if err != nil {
		return nil, err
	}
	if u, err = u.folded(); err != nil {
		return nil, err
	}
	u = u.viewed(t.view)
	u.effort = t.effort
	return u, nil
}
