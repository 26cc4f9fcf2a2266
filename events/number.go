package events

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// A Number is a number as a source gives it: exactly, as about so much, or only by its
// bounds. The zero value says that no number is told. In JSON it is a number if it is
// exact, and else a text:
//
//	"about 5"   ">50"   ">=50"   "<50"   "<=50"   "25..50"   ">25..50"   "25..<50"
//
// The last three are at least 25 and at most 50, more than 25, and less than 50.
type Number struct {
	told, about      bool
	overMin, overMax bool // the bound is not in it
	min, max         float64
	unit             string // with which it is printed: "%", "cars", or a currency
}

// Exactly returns n.
func Exactly(n float64) Number { return Number{told: true, min: n, max: n} }

// About returns about n.
func About(n float64) Number { return Number{told: true, about: true, min: n, max: n} }

// AtLeast returns n or more.
func AtLeast(n float64) Number { return Between(n, math.Inf(1)) }

// MoreThan returns more than n.
func MoreThan(n float64) Number {
	return Number{told: true, overMin: true, min: n, max: math.Inf(1)}
}

// Between returns a number from lowest to highest, both of which are in it. Lowest must not be
// the higher of them.
func Between(lowest, highest float64) Number { return Number{told: true, min: lowest, max: highest} }

// Told reports whether there is a number at all.
func (n Number) Told() bool { return n.told }

// Exact returns the number, and whether it is told exactly.
func (n Number) Exact() (float64, bool) { return n.min, n.told && !n.about && n.min == n.max }

// Bounds returns the lowest and the highest that n may be: of about 5 that is 5, and of
// a number that is not told everything.
func (n Number) Bounds() (lowest, highest float64) {
	if !n.told {
		return math.Inf(-1), math.Inf(1)
	}
	return n.min, n.max
}

// In returns n with a unit.
func (n Number) In(unit string) Number {
	if n.told {
		n.unit = unit
	}
	return n
}

// isOver reports whether n is certainly more than m.
func (n Number) isOver(m float64) bool { return n.told && (n.min > m || n.min == m && n.overMin) }

// none reports whether n is exactly 0.
func (n Number) none() bool { return n.told && n.min == 0 && n.max == 0 && !n.about }

// plus returns the sum of two numbers, in the unit of n. It is not told if one is not.
func (n Number) plus(m Number) Number {
	if !n.told || !m.told {
		return Number{}
	}
	n.min, n.max = rounded(n.min+m.min), rounded(n.max+m.max)
	n.overMin = (n.overMin || m.overMin) && !math.IsInf(n.min, 0)
	n.overMax = (n.overMax || m.overMax) && !math.IsInf(n.max, 0)
	n.about = (n.about || m.about) && n.min == n.max // of others the bounds are told
	return n
}

// less returns what is left of n without m.
func (n Number) less(m Number) Number {
	m.min, m.max, m.overMin, m.overMax = -m.max, -m.min, m.overMax, m.overMin
	return n.plus(m)
}

// notNegative returns n as far as it is 0 or more.
func (n Number) notNegative() Number {
	if n.told && n.min < 0 {
		n.min, n.overMin = 0, false
	}
	return n
}

// rounded returns n without what is there only because of how sums are kept.
func rounded(n float64) float64 {
	if math.IsInf(n, 0) {
		return n
	}
	return math.Round(n*1e6) / 1e6
}

// String returns n as people write it, with its unit: "20 %", "about 60,000 cars",
// "more than CNY 8.5 billion", or "not recorded".
func (n Number) String() string {
	switch {
	case !n.told:
		return "not recorded"
	case n.about:
		return "about " + n.with(spoken(n.min))
	case n.min == n.max:
		return n.with(spoken(n.min))
	case math.IsInf(n.max, 1) && n.overMin:
		return "more than " + n.with(spoken(n.min))
	case math.IsInf(n.max, 1):
		return n.with(spoken(n.min)) + " or more"
	case math.IsInf(n.min, -1) && n.overMax:
		return "less than " + n.with(spoken(n.max))
	case math.IsInf(n.min, -1):
		return n.with(spoken(n.max)) + " or less"
	}
	from, to := "", ""
	if n.overMin {
		from = "more than "
	}
	if n.overMax {
		to = "less than "
	}
	return from + n.with(spoken(n.min)+" to "+to+spoken(n.max))
}

// with returns a text with the unit of n.
func (n Number) with(text string) string {
	switch {
	case n.unit == "":
		return text
	case isCurrency(n.unit):
		return n.unit + " " + text
	}
	return text + " " + n.unit
}

func isCurrency(unit string) bool {
	return len(unit) == 3 && strings.Trim(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// spoken returns a number with a word for what is large and commas.
func spoken(n float64) string {
	for _, large := range []struct {
		size float64
		word string
	}{{1e9, " billion"}, {1e6, " million"}} {
		if text := plain(n / large.size); math.Abs(n) >= large.size && len(text) < 9 {
			return text + large.word
		}
	}
	whole, decimals, _ := strings.Cut(plain(math.Abs(n)), ".")
	text := whole
	if w, err := strconv.ParseInt(whole, 10, 64); err == nil {
		text = thousands(w)
	}
	if decimals != "" {
		text += "." + decimals
	}
	if n < 0 {
		return "-" + text
	}
	return text
}

func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// errUntold reports a number that is not told where one is needed.
var errUntold = errors.New("no number is given")

// needed returns an error if n is not told.
func (n Number) needed() error {
	if !n.told {
		return errUntold
	}
	return nil
}

// MarshalJSON writes what [Number.UnmarshalJSON] reads. A number that is not told cannot be
// written.
func (n Number) MarshalJSON() ([]byte, error) {
	text := ""
	switch {
	case !n.told:
		return nil, errUntold
	case n.about:
		text = "about " + plain(n.min)
	case n.min == n.max:
		return []byte(plain(n.min)), nil
	case math.IsInf(n.max, 1):
		text = sign(">", n.overMin) + plain(n.min)
	case math.IsInf(n.min, -1):
		text = sign("<", n.overMax) + plain(n.max)
	default:
		text = plain(n.min) + ".." + plain(n.max)
		if n.overMax {
			text = plain(n.min) + "..<" + plain(n.max)
		}
		if n.overMin {
			text = ">" + text
		}
	}
	return []byte(`"` + text + `"`), nil
}

func sign(s string, over bool) string {
	if over {
		return s
	}
	return s + "="
}

// numberForm is how a number that is not exact is written.
var numberForm = regexp.MustCompile(`^(?:(about |>=|<=|<)(-?[0-9]+(?:\.[0-9]+)?)|(>)?(-?[0-9]+(?:\.[0-9]+)?)(?:\.\.(<)?(-?[0-9]+(?:\.[0-9]+)?))?)$`)

// UnmarshalJSON reads a number, or a text like "about 5", ">50" or "25..50".
func (n *Number) UnmarshalJSON(data []byte) error {
	*n = Number{}
	text := string(data)
	if strings.HasPrefix(text, `"`) {
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
		return n.parse(text)
	}
	exact, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(exact) > maxNumber {
		return fmt.Errorf("%s is not a number of at most %v", text, maxNumber)
	}
	*n = Exactly(exact)
	return nil
}

// maxNumber is the largest that is read. Whole numbers up to it are kept exactly.
const maxNumber float64 = 1 << 53

func (n *Number) parse(text string) error {
	m := numberForm.FindStringSubmatch(text)
	if m == nil {
		return fmt.Errorf(`the number %q is not written like 5, "about 5", ">50", ">=50", "<50" or "25..50"`, text)
	}
	var values []float64
	for _, s := range []string{m[2], m[4], m[6]} {
		v, err := strconv.ParseFloat(s, 64)
		if s == "" {
			v = 0
		} else if err != nil || math.Abs(v) > maxNumber {
			return fmt.Errorf("the number %q is more than %v", text, maxNumber)
		}
		values = append(values, v)
	}
	switch {
	case m[1] == "about ":
		*n = About(values[0])
	case m[1] == ">=":
		*n = AtLeast(values[0])
	case m[1] != "":
		*n = Number{told: true, overMax: m[1] == "<", min: math.Inf(-1), max: values[0]}
	case m[6] != "":
		*n = Number{told: true, overMin: m[3] != "", overMax: m[5] != "", min: values[1], max: values[2]}
		if n.min >= n.max {
			return fmt.Errorf("the number %q has bounds that are not in order", text)
		}
	case m[3] != "":
		*n = MoreThan(values[1])
	default:
		return fmt.Errorf("the number %q is exact, and so it is written without quotes", text)
	}
	return nil
}

// A Portion is a number from 0 to 100, in percent: what a payload says of a share. One
// that is not told exactly is made of a [Number]: Portion(MoreThan(50)).
type Portion Number

// ExactPercent returns exactly n percent.
func ExactPercent(n float64) Portion { return Portion(Exactly(n)) }

// String returns p as "20 %", "more than 50 %" or, if nothing is told, "a share".
func (p Portion) String() string {
	if !p.told {
		return "a share"
	}
	return Number(p).In("%").String()
}

// MarshalJSON writes what [Portion.UnmarshalJSON] reads.
func (p Portion) MarshalJSON() ([]byte, error) { return Number(p).MarshalJSON() }

// UnmarshalJSON reads what [Number.UnmarshalJSON] does, from 0 to 100.
func (p *Portion) UnmarshalJSON(data []byte) error {
	if err := (*Number)(p).UnmarshalJSON(data); err != nil {
		return err
	}
	for _, bound := range []float64{p.min, p.max} {
		switch {
		case math.IsInf(bound, 0):
		case bound < 0:
			return fmt.Errorf("%v is negative", bound)
		case bound > 100:
			return fmt.Errorf("%v percent is more than 100", bound)
		}
	}
	return nil
}

// held returns p as a share that is held: above 0 if nothing is told of its size.
func (p Portion) held() Number {
	if !p.told {
		return MoreThan(0).In("%")
	}
	return Number(p).In("%")
}
