package timeline

// A Scoped payload names the parts of the state that the fold reads or changes
// for its event, in whatever terms suit the state. Names may be paths: a part
// "plants/Tychy" has "plants/Tychy/models" in it, and whatever else is below.
//
// It is a promise about the fold. Two events without a part in common can be
// folded in either order with equal results, and neither decides whether the
// fold refuses the other. Once their windows are over, such events decide
// nothing about each other and cost nothing, where otherwise n of them whose
// windows overlap make 2 to the n worlds on the way. On a day inside their
// windows there still are 2 to the n: each may have happened or not. The scope
// of a payload without the method is [AnyPart].
type Scoped interface {
	Scope() []string
}

// A Mentioner is a payload that speaks of parts which its event neither reads nor
// changes, such as a plan for a plant. A question that names one of them is not about
// something that no event ever mentions.
type Mentioner interface {
	Mentions() []string
}

// AnyPart in a scope says that the event may have to do with any other.
const AnyPart = "*"

// scope returns the parts that the fold of e reads or changes: none for a
// retraction, which is not folded.
func (e *Event[E]) scope() []string {
	if e.Retracts() {
		return nil
	}
	if s, ok := any(e.Data).(Scoped); ok {
		return s.Scope()
	}
	return []string{AnyPart}
}
