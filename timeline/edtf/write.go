package edtf

import "strconv"

// append writes p as it was written.
func (p point) append(b []byte) []byte {
	switch {
	case p.is(pointOpen):
		return append(b, ".."...)
	case !p.is(pointValue):
		return b
	case p.form() == formLong:
		return p.appendLong(b)
	}
	if p.reaches() && p&reachBack != 0 {
		b = append(b, ".."...)
	}
	b = p.appendYear(appendMark(b, p.mark(beforeYear)))
	if n := p.significant(); n > 0 {
		b = append(b, 'S', byte('0'+n))
	}
	b = appendMark(b, p.mark(behindYear))
	if sub := p.sub(); sub > 0 {
		b = appendMark(append(b, '-'), p.mark(beforeMonth))
		b = appendMark(appendCode(b, sub, monthTens, monthUnits), p.mark(behindMonth))
	}
	if day := p.day(); day > 0 {
		b = appendMark(append(b, '-'), p.mark(beforeDay))
		b = appendMark(appendCode(b, day, dayTens, dayUnits), p.mark(behindDay))
	}
	switch {
	case p.form() == formClock:
		return p.appendClock(b)
	case p&reachOn != 0:
		return append(b, ".."...)
	}
	return b
}

// appendYear writes a year of four digits.
func (p point) appendYear(b []byte) []byte {
	if p&minus != 0 {
		b = append(b, '-')
	}
	year, x := p.digits(), p.digitsX()
	b = appendTwo(appendTwo(b, year/100), year%100)
	for i := range 4 {
		if x>>i&1 == 1 {
			b[len(b)-1-i] = 'X'
		}
	}
	return b
}

// appendCode writes a month or a day of which digits may be X.
func appendCode(b []byte, n, tens, units int) []byte {
	switch {
	case n == unspecified:
		return append(b, "XX"...)
	case n >= units:
		return append(b, 'X', byte('0'+n-units))
	case n >= tens:
		return append(b, byte('0'+n-tens), 'X')
	}
	return appendTwo(b, n)
}

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

func appendNumber(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) }

func appendMark(b []byte, q int) []byte {
	if q == 0 {
		return b
	}
	return append(b, qualifierMarks[q])
}
