package edtf

// A clock is a time of day with its zone, of which a Date keeps what was written and uses
// nothing: what happened at 23:20 happened on that day, in whatever zone it is told.
//
//	bits 19-20  the zone: none, Z, ±hh or ±hh:mm
//	bits 35-39  the hour
//	bits 40-45  the minute
//	bits 46-51  the second; 60 in a leap second
//	bits 52-62  how many minutes the zone is ahead, and maxOffset
const (
	zoneNone = iota
	zoneUTC
	zoneHours
	zoneMinutes
)

const maxOffset = 14 * 60 // in minutes

// clock reads the time of day behind w.
func (p *parser) clock(w point) (point, fault) {
	if !w.isPlainDay() {
		return 0, p.fault("a time of day belongs to a whole day without marks")
	}
	p.i++
	at := p.i
	hour, minute, second := p.figures(), -1, -1
	if p.next(':') {
		minute = p.figures()
	}
	if p.next(':') {
		second = p.figures()
	}
	switch {
	case hour < 0 || minute < 0 || second < 0:
		return 0, fault{at: at, reason: "expected a time of day as 23:20:30"}
	case hour > 23 || minute > 59 || second > 60:
		return 0, fault{at: at, reason: "there is no such time of day"}
	case p.i+1 < len(p.s) && (p.s[p.i] == '.' || p.s[p.i] == ',') && p.s[p.i+1] >= '0' && p.s[p.i+1] <= '9':
		return 0, p.fault("a part of a second, which EDTF does not have")
	}
	zone, offset, f := p.zone()
	w |= formClock<<2 | point(zone)<<19 | point(hour)<<35 | point(minute)<<40 | point(second)<<46 | point(offset+maxOffset)<<52
	return w, f
}

// zone reads the zone of a time of day, if there is one.
func (p *parser) zone() (form, offset int, f fault) {
	at, sign := p.i, 1
	switch p.peek() {
	case 'Z':
		p.i++
		return zoneUTC, 0, fault{}
	case '-':
		sign = -1
	case '+':
	default:
		return zoneNone, 0, fault{}
	}
	p.i++
	hours, minutes := p.figures(), 0
	form = zoneHours
	if p.next(':') {
		form, minutes = zoneMinutes, p.figures()
	}
	if hours < 0 || minutes < 0 || minutes > 59 || hours*60+minutes > maxOffset {
		return 0, 0, fault{at: at, reason: "expected a zone as Z, +04 or -04:30"}
	}
	if sign < 0 && hours == 0 && minutes == 0 {
		return 0, 0, fault{at: at, reason: "a zone of no offset is Z or +00:00"}
	}
	return form, sign * (hours*60 + minutes), fault{}
}

// figures reads two digits, or returns -1.
func (p *parser) figures() int {
	if len(p.s)-p.i < 2 {
		return -1
	}
	n := digits(p.s[p.i], p.s[p.i+1])
	if n > 99 {
		return -1
	}
	p.i += 2
	return int(n)
}

// appendClock writes the time of day of p as it was written.
func (p point) appendClock(b []byte) []byte {
	b = appendTwo(append(b, 'T'), int(p>>35&31))
	b = appendTwo(append(b, ':'), int(p>>40&63))
	b = appendTwo(append(b, ':'), int(p>>46&63))
	offset, sign := int(p>>52&2047)-maxOffset, byte('+')
	if offset < 0 {
		offset, sign = -offset, '-'
	}
	switch p >> 19 & 3 {
	case zoneUTC:
		return append(b, 'Z')
	case zoneHours:
		return appendTwo(append(b, sign), offset/60)
	case zoneMinutes:
		return appendTwo(append(appendTwo(append(b, sign), offset/60), ':'), offset%60)
	}
	return b
}
