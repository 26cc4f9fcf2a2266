package edtf

import (
	"slices"
	"strings"
)

// listed reads one date, or several with commas, "or" or "and" between them.
func (e *english) listed() (string, fault) {
	both := e.accept("both", "all of")
	members, f := e.member(nil)
	joined := ""
	for f.reason == "" && !e.done() {
		comma := e.accept(",")
		word := e.at(e.i)
		if word == "or" || word == "and" {
			if joined != "" && joined != word {
				return "", e.fault(e.i, "both %q and %q: what is meant is not clear", joined, word)
			}
			joined = word
			e.i++
		} else if !comma {
			return "", e.unexpected()
		}
		members, f = e.member(members)
	}
	if f.reason == "" {
		f = e.checkList(members, joined == "and" && !both && !e.all)
	}
	switch {
	case f.reason != "":
		return "", f
	case len(members) > 1 && joined == "" || both && joined == "or" || e.all && joined == "or":
		return "", fault{reason: unreadable}
	case joined == "and" || both || e.all:
		return "{" + strings.Join(members, ",") + "}", fault{}
	case joined == "or" || strings.Contains(members[0], "..") && !strings.Contains(members[0], "/"):
		return "[" + strings.Join(members, ",") + "]", fault{}
	}
	return members[0], fault{}
}

// checkList refuses lists that have two meanings. Two dates with "and" between them, of which one has a bound,
// may be one day that both bound; and a year before one BC may be one of ours.
func (e *english) checkList(members []string, bounded bool) fault {
	for n, m := range members {
		if bounded && len(members) > 1 && strings.Contains(m, "..") && !strings.Contains(m, "/") {
			return fault{reason: "a bound and another date: for one day between two write between 2010 and 2015, for two days write each alone"}
		}
		if n > 0 && isBareYear(members[n-1]) && strings.HasPrefix(m, "-") && isBareYear(m[1:]) {
			return fault{reason: "BC of one year or of both? Write 1200 BC or 1100 BC"}
		}
	}
	return fault{}
}

func isBareYear(text string) bool { return isDigits(text, 4) }

// member reads one of the members of a set, or the only one, and appends it in EDTF.
func (e *english) member(members []string) ([]string, fault) {
	start := e.i
	switch {
	case e.accept("later", "after", "more recently") && e.atBreak() && len(members) > 0 && !strings.Contains(members[len(members)-1], ".."):
		members[len(members)-1] += ".."
		return members, fault{}
	case e.accept("earlier", "before") && e.atBreak() && len(members) == 1 && !strings.Contains(members[0], ".."):
		return []string{".." + members[0]}, fault{}
	}
	e.i = start
	text, f := e.bound()
	if f.reason == "" {
		members = append(members, text)
	}
	return members, f
}

// atBreak reports whether nothing more is said of a member.
func (e *english) atBreak() bool {
	return e.done() || slices.Contains([]string{",", "or", "and"}, e.at(e.i))
}

// bound reads one date, or one with a bound: "by May 2020", "after 2015", "between 2017 and 2019".
func (e *english) bound() (string, fault) {
	switch {
	case e.accept("all from"):
		return e.allFrom()
	case e.accept("all up to", "all until"):
		e.all = true
		p, f := e.sharp(true)
		return ".." + string(p.append(nil)), f
	case e.accept("between", "some day between"):
		return e.between("and")
	case e.accept("some day from"):
		return e.between("to")
	case e.accept("by", "no later than", "not later than", "not after", "before the end of"):
		p, f := e.sharp(true)
		return ".." + string(p.append(nil)), f
	case e.accept("not before", "no earlier than", "not earlier than", "not until", "after the beginning of", "after the start of"):
		p, f := e.sharp(false)
		return string(p.append(nil)) + "..", f
	case e.accept("before", "prior to", "earlier than"):
		p, f := e.sharp(false)
		if f.reason != "" {
			return "", f
		}
		return e.beyond("..", p.neighbour(-1), "")
	case e.accept("after", "later than"):
		p, f := e.sharp(true)
		if f.reason != "" {
			return "", f
		}
		return e.beyond("", p.neighbour(1), "..")
	}
	return e.oneOrSpan()
}

// allFrom reads the rest of "all from 2018 to 2020" and "all from 2018".
func (e *english) allFrom() (string, fault) {
	e.all = true
	start := e.i
	m, f := e.moment()
	if f.reason != "" {
		return "", f
	}
	if e.isTo() {
		e.i = start
		return e.between("to")
	}
	p, f := e.asEnd(start, m)
	return string(p.append(nil)) + "..", f
}

// beyond returns what comes before or after a date that was read.
func (e *english) beyond(before string, p point, after string) (string, fault) {
	if p == 0 {
		return "", e.fault(e.i-1, outside)
	}
	return before + string(p.append(nil)) + after, fault{}
}

// shareAhead gives m what it lacks from what comes after it in a list: June or July 2019.
func (e *english) shareAhead(start int, m moment, most int) (moment, fault) {
	if m.lacks == nothing || e.done() || most == 0 {
		return m, fault{}
	}
	next := e.i
	e.skip(",", "or", "and")
	second := e.i
	if second == next {
		if e.at(e.i) == "at" { // the latest
			return m, fault{}
		}
		return m, e.unexpected()
	}
	other, f := e.moment()
	if f.reason == "" {
		other, f = e.shareAhead(second, other, most-1)
	}
	if f.reason == "" {
		m, other, f = e.share(start, m, second, other)
	}
	if f.reason == "" && m.lacks == nothing && other.lacks == nothing {
		first, _ := m.from.bounds()
		if second, _ := other.from.bounds(); first > second {
			f = e.fault(start, "it would come after the other: write the year of each")
		}
	}
	e.i = next
	return m, f
}
