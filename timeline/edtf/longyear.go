package edtf

import "math"

// A long year is a year of more than four digits, or one with an exponent: Y-17E7, Y171010000S3.
//
//	bits  4-40  the digits as a number, before the exponent
//	bit  41     the year has a minus
//	bit  42     it has an exponent
//	bits 43-52  the exponent
//	bits 53-58  how many digits are significant; 0 all
//	bits 59-60  the qualifier behind it

const (
	longMinus    point = 1 << 41
	longExponent point = 1 << 42

	maxLongDigits  = 11 // what is longer is written with an exponent
	maxExponent    = 999
	maxSignificant = 63
)

func (p point) mantissa() int64      { return int64(p >> 4 & (1<<37 - 1)) }
func (p point) exponent() int        { return int(p >> 43 & (1<<10 - 1)) }
func (p point) longSignificant() int { return int(p >> 53 & 63) }
func (p point) longMark() int        { return int(p >> 59 & 3) }

// longYear reads a year with a Y before it.
func (p *parser) longYear() (point, fault) {
	p.i++
	w := pointValue | formLong<<2
	if p.next('-') {
		w |= longMinus
	}
	at := p.i
	digits, n := p.number(maxLongDigits)
	switch {
	case n == 0:
		return 0, p.fault("expected the digits of a year")
	case n > maxLongDigits:
		return 0, fault{at: at, reason: "a year of more than eleven digits; write it with an exponent, as Y17E7"}
	case p.s[at] == '0':
		return 0, fault{at: at, reason: "a year with a Y does not begin with 0"}
	}
	w |= point(digits) << 4
	exponent := int64(0)
	if p.next('E') {
		var length int
		at := p.i
		if exponent, length = p.number(3); length == 0 || exponent == 0 || exponent > maxExponent || length > 3 {
			return 0, fault{at: at, reason: "expected an exponent from 1 to 999"}
		}
		if p.s[at] == '0' {
			return 0, fault{at: at, reason: "an exponent does not begin with 0"}
		}
		w |= longExponent | point(exponent)<<43
	} else if n <= 4 {
		return 0, fault{at: at, reason: "a year of up to four digits is written without a Y"}
	}
	if p.next('S') {
		at := p.i
		s, length := p.number(2)
		if length == 0 || length > 2 || p.s[at] == '0' || s > min(int64(n)+exponent, maxSignificant) {
			return 0, fault{at: at, reason: "expected how many digits of the year are significant"}
		}
		w |= point(s) << 53
	}
	return w | point(p.mark())<<59, fault{}
}

// number reads digits, and returns how many there are. Of more than most the number is not
// right.
func (p *parser) number(most int) (value int64, n int) {
	for ; p.peek() >= '0' && p.peek() <= '9'; p.i++ {
		if n++; n <= most {
			value = value*10 + int64(p.peek()-'0')
		}
	}
	return value, n
}

// farYear stands for every year that is farther away than a Day reaches.
const farYear = math.MaxInt32

// magnitude returns the year without its minus; farYear if it is larger than that.
func (p point) magnitude() int {
	y := p.mantissa()
	for range p.exponent() {
		if y >= farYear {
			break
		}
		y *= 10
	}
	return int(min(y, farYear))
}

// least and most return the bounds of a long year that may be farther away than a Day reaches, about.
func (p point) least() float64 {
	if p&longMinus != 0 {
		return -p.farthest()
	}
	return p.nearest()
}

func (p point) most() float64 {
	if p&longMinus != 0 {
		return -p.nearest()
	}
	return p.farthest()
}

// nearest returns the year of p, with 0 for each digit that is lost, without its minus; farthest has 9 for
// each.
func (p point) nearest() float64 {
	unit := math.Pow10(max(0, min(p.longLostDigits(), 300)))
	year := float64(p.mantissa()) * math.Pow10(min(p.exponent(), 280))
	return math.Floor(year/unit) * unit
}

func (p point) farthest() float64 {
	return p.nearest() + math.Pow10(max(0, min(p.longLostDigits(), 300))) - 1
}

// longLostDigits returns how many of the last digits of a long year are not significant.
func (p point) longLostDigits() int {
	if p.longSignificant() == 0 {
		return 0
	}
	n := p.exponent()
	for m := p.mantissa(); m > 0; m /= 10 {
		n++
	}
	return n - p.longSignificant()
}

// appendLong writes a long year as it was written.
func (p point) appendLong(b []byte) []byte {
	b = append(b, 'Y')
	if p&longMinus != 0 {
		b = append(b, '-')
	}
	b = appendNumber(b, p.mantissa())
	if p&longExponent != 0 {
		b = appendNumber(append(b, 'E'), int64(p.exponent()))
	}
	if n := p.longSignificant(); n > 0 {
		b = appendNumber(append(b, 'S'), int64(n))
	}
	return appendMark(b, p.longMark())
}
