package bods

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// entity makes events of the statements about the company itself.
func (r *reader) entity(versions []*Statement) {
	var before Details
	founded, dissolved := "", ""
	listed := map[string]bool{}
	for n, s := range versions {
		d := s.Details
		seat, country := seatOf(&d)
		switch {
		case n == 0 || d.Founded != before.Founded && d.Founded != "":
			when := r.date(s, "/recordDetails/foundingDate", d.Founded)
			if when.IsZero() {
				when = r.by(s, nil)
			}
			name := cmp.Or(d.name(), r.name(s.Record))
			founded = r.instead(s, founded, "founded", when, events.CompanyFounded{LegalName: name, TradeName: name, Seat: seat, Country: country})
		case country != "" && seat == "":
			if _, was := seatOf(&before); country != was {
				r.left(s, "another jurisdiction, %s, of which no seat is told", country)
			}
		}
		if n > 0 {
			r.changed(s, versions[n-1], &before, &d)
		}
		switch {
		case d.Dissolved != "" && d.Dissolved != before.Dissolved:
			dissolved = r.instead(s, dissolved, "dissolved", r.date(s, "/recordDetails/dissolutionDate", d.Dissolved), events.CompanyDissolved{})
		case d.Dissolved == "" && dissolved != "":
			r.instead(s, dissolved, "not dissolved", r.known(s), nil)
			dissolved = ""
		}
		r.listings(s, previous(versions, n), &d, listed)
		if s.Status == "closed" {
			r.left(s, "the record of the company is closed, which says nothing of the company")
		}
		before = d
	}
}

// instead makes an event, in place of one before it if there is one.
func (r *reader) instead(s *Statement, old, title string, when edtf.Date, p events.Payload) string {
	name := r.event(s, title, when, p)
	if name != "" && old != "" {
		r.lastEvent().Replaces = []string{old}
	}
	return name
}

// listings makes events of the exchanges on which the company is listed, or not any more.
func (r *reader) listings(s, earlier *Statement, d *Details, listed map[string]bool) {
	now := map[string]bool{}
	if d.Listing == nil {
		return // nothing is said of it
	}
	for _, l := range d.Listing.Listings {
		now[l.Exchange] = true
		if !listed[l.Exchange] {
			r.event(s, "listed "+l.Exchange, r.by(s, earlier), events.CompanyListed{Exchange: l.Exchange, Code: l.Security.Ticker})
			listed[l.Exchange] = true
		}
	}
	for _, exchange := range slices.Sorted(maps.Keys(listed)) {
		if !now[exchange] {
			r.event(s, "delisted "+exchange, r.by(s, earlier), events.CompanyDelisted{Exchange: exchange})
			delete(listed, exchange)
		}
	}
}

// changed makes events of what a statement says of the company otherwise than the one before.
func (r *reader) changed(s, earlier *Statement, before, d *Details) {
	if d.Name != "" && d.Name != before.Name {
		r.event(s, "renamed "+d.Name, r.by(s, earlier), events.CompanyRenamed{LegalName: d.Name})
	}
	seat, country := seatOf(d)
	if was, _ := seatOf(before); seat != "" && seat != was {
		r.event(s, "moved "+seat, r.by(s, earlier), events.CompanyMoved{Seat: seat, Country: country})
	}
}

func seatOf(d *Details) (seat, country string) {
	if d.Country != nil {
		country = d.Country.Name
	}
	if len(d.Addresses) > 0 {
		seat = d.Addresses[0].Address
		if c := d.Addresses[0].Country; c != nil {
			country = cmp.Or(country, c.Name)
		}
	}
	return seat, country
}

func previous(versions []*Statement, n int) *Statement {
	if n == 0 {
		return nil
	}
	return versions[n-1]
}

// by returns the days on which something that a statement is the first to say may have happened: from
// the statement before, if there is one, up to its own.
func (r *reader) by(s, earlier *Statement) edtf.Date {
	known := r.known(s)
	if known.IsZero() {
		return edtf.Date{}
	}
	from := ""
	if earlier != nil {
		if d := r.known(earlier); !d.IsZero() && d.Latest() <= known.Latest() {
			from = d.Latest().String()
		}
	}
	if from == known.Latest().String() {
		return known
	}
	return edtf.MustParse("[" + from + ".." + known.Latest().String() + "]")
}

// A told interest is one as a statement has it, and the events that were made of it.
type told struct {
	interest    Interest
	votes       *Share
	start, end  edtf.Date
	began, over string // slugs
	further     string // behind the name of the holder, if it is another holding of the same
}

// sameKind reports whether two are about the same kind of interest.
func (a *told) sameKind(b *told) bool {
	return a.interest.Type == b.interest.Type && a.interest.Direct == b.interest.Direct
}

func (a *told) sameShare(b *told) bool {
	return shareText(a.interest.Share) == shareText(b.interest.Share) && shareText(a.votes) == shareText(b.votes)
}

// relationship makes events of the statements about what someone has in the company, or the
// company in someone.
func (r *reader) relationship(versions []*Statement) {
	d := &versions[0].Details
	if r.company != d.OfCompany.Record && r.company != d.Interested.Record {
		r.between++
		return
	}
	var before []told
	var last *Statement
	for _, s := range versions {
		switch {
		case s.Details.OfCompany.Record == "" || s.Details.Interested.Record == "":
			p := s.Details.Interested
			if p.Record != "" {
				p = s.Details.OfCompany
			}
			r.left(s, "it names no party: %s", cmp.Or(p.Description, p.Reason, "nothing is said"))
		case last != nil && s.ID == last.ID:
			r.left(s, "there is a statement with this ID already")
		default:
			before = r.version(s, last, before)
			last = s
		}
	}
}

// version makes the events by which a statement differs from what was told before, and returns what is told now.
func (r *reader) version(s, earlier *Statement, before []told) []told {
	now := r.interests(s)
	matched := make([]bool, len(before))
	for n := range now {
		one := &now[n]
		if m := match(before, matched, one); m >= 0 {
			matched[m] = true
			r.again(s, earlier, &before[m], one)
		} else {
			when := one.start
			if when.IsZero() {
				when = r.by(s, earlier)
			}
			one.began = r.began(s, one, when)
		}
	}
	for n := range now {
		one := &now[n]
		switch {
		case one.over != "" || goesOn(now, one):
		case !one.end.IsZero():
			r.ended(s, one, one.end)
		case s.Status == "closed":
			r.ended(s, one, r.by(s, earlier))
		}
	}
	for m := range before {
		if old := before[m]; !matched[m] {
			if old.over == "" && old.end.IsZero() {
				r.ended(s, &old, r.by(s, earlier))
			}
			now = append(now, old) // it may be told again
		}
	}
	return now
}

// goesOn reports whether a holding is followed by another one of the same holder on the day of its end, so that there is no
// day without any.
func goesOn(now []told, one *told) bool {
	if one.interest.Type != "shareholding" || one.end.IsZero() {
		return false
	}
	return slices.ContainsFunc(now, func(next told) bool {
		return next.sameKind(one) && next.further == one.further && next.start == one.end
	})
}

// match returns which of the interests that were told before one is, or -1: the same, or one whose share
// or start is told otherwise.
func match(before []told, matched []bool, one *told) int {
	for _, same := range []func(a *told) bool{
		func(a *told) bool { return a.start == one.start && a.sameShare(one) },
		func(a *told) bool { return a.start == one.start && !one.start.IsZero() },
		func(a *told) bool { return a.sameShare(one) && (a.over == "" || a.end == one.end && !one.end.IsZero()) },
		func(a *told) bool { return a.start.IsZero() && one.start.IsZero() && a.over == "" },
	} {
		for m := range before {
			if !matched[m] && before[m].sameKind(one) && same(&before[m]) {
				return m
			}
		}
	}
	return -1
}

// again tells an interest again: what is told otherwise is corrected, and a share of which no start is told has changed.
func (r *reader) again(s, earlier *Statement, old, one *told) {
	one.began, one.over, one.further = old.began, old.over, old.further
	undated := old.start.IsZero() && one.start.IsZero()
	if one.start.IsZero() {
		one.start = old.start
	}
	switch {
	case undated && !old.sameShare(one):
		if one.began = r.began(s, one, r.by(s, earlier)); one.began != "" && old.began != "" {
			r.lastEvent().After = []string{old.began}
		}
	case old.start != one.start || !old.sameShare(one):
		if one.began = r.began(s, one, one.start); one.began != "" && old.began != "" {
			r.lastEvent().Replaces = []string{old.began}
		}
	}
	switch {
	case old.over == "":
	case one.end.IsZero() && s.Status != "closed": // it goes on, after all
		r.instead(s, old.over, "no end of "+old.over, r.known(s), nil)
		one.over = ""
	case one.end.IsZero() || old.end == one.end:
	default:
		wrong := old.over
		if r.ended(s, one, one.end); one.over != "" {
			r.lastEvent().Replaces = []string{wrong}
		}
	}
}

// interests returns the interests of a statement, with the votes of a holding of the same time.
func (r *reader) interests(s *Statement) []told {
	var all []told
	for n, i := range s.Details.Interests {
		pointer := fmt.Sprintf("/recordDetails/interests/%d", n)
		one := told{interest: i, start: r.date(s, pointer+"/startDate", i.Start), end: r.date(s, pointer+"/endDate", i.End)}
		if _, err := number(i.Share); err != nil {
			r.left(s, "%s/share: %v", pointer, err)
			one.interest.Share = nil
		}
		all = append(all, one)
	}
	var merged []told
	for _, one := range all {
		if one.interest.Type == "votingRights" && one.interest.Direct != "indirect" {
			if holding := holdingOf(all, &one); holding {
				continue
			}
		}
		if one.interest.Type == "shareholding" {
			for _, v := range all {
				if v.interest.Type == "votingRights" && v.interest.Direct == one.interest.Direct && v.start == one.start && v.end == one.end {
					one.votes = v.interest.Share
				}
			}
		}
		merged = append(merged, one)
	}
	slices.SortStableFunc(merged, func(a, b told) int { return cmp.Compare(a.start.Latest(), b.start.Latest()) })
	r.tellApart(s, merged)
	return merged
}

// tellApart numbers holdings of one holder at one time, of which each is a stake of its own: those that begin before another
// one is over, and those of another relationship.
func (r *reader) tellApart(s *Statement, all []told) {
	holder := s.Details.Interested.Record + "\n" + s.Details.OfCompany.Record
	if first := r.held[holder]; first == "" {
		r.held[holder] = s.Record
	}
	var ends []edtf.Date // of the last holding of each number
	for n := range all {
		one := &all[n]
		if one.interest.Type != "shareholding" {
			continue
		}
		number := slices.IndexFunc(ends, func(end edtf.Date) bool { return !end.IsZero() && end.Latest() <= one.start.Latest() })
		if number < 0 {
			number, ends = len(ends), append(ends, edtf.Date{})
		}
		ends[number] = one.end
		if number > 0 {
			one.further = fmt.Sprintf(", holding %d", number+1)
		}
		if r.held[holder] != s.Record {
			one.further += ", by " + s.Record
		}
	}
}

// holdingOf reports whether there is a holding of the time of some votes.
func holdingOf(all []told, votes *told) bool {
	for _, h := range all {
		if h.interest.Type == "shareholding" && h.interest.Direct == votes.interest.Direct && h.start == votes.start && h.end == votes.end {
			return true
		}
	}
	return false
}

// began makes the event of the beginning of an interest.
func (r *reader) began(s *Statement, one *told, when edtf.Date) string {
	holder, of := r.name(s.Details.Interested.Record), r.name(s.Details.OfCompany.Record)
	share := shareIn(&one.interest)
	votes, _ := number(one.votes) // it was looked at
	i := &one.interest
	switch {
	case s.Details.Interested.Record == r.company:
		if i.Type == "shareholding" {
			return r.event(s, "subsidiary "+of, when, events.SubsidiaryAcquired{Organisation: of, Percent: events.Portion(share)})
		}
	case i.Type == "shareholding" && i.Direct != "indirect":
		holder += one.further
		return r.event(s, "stake "+holder, when, events.StakeClosed{Holder: holder, Percent: events.Portion(share), Votes: events.Portion(votes)})
	case i.Type == "boardChair":
		return r.event(s, "chair "+holder, when, events.OfficeTaken{Office: "chair", Person: holder})
	}
	value := cmp.Or(i.Details, "yes")
	if share.Told() {
		value = share.In("%").String()
	}
	return r.event(s, i.Type+" "+holder, when, events.FactBegan{Subject: holder, Property: r.property(s, i), Value: value})
}

// property names an interest that is no stake: "voting rights in Example Ltd".
func (r *reader) property(s *Statement, i *Interest) string {
	p := spaced(i.Type) + " in " + r.name(s.Details.OfCompany.Record)
	if i.Direct == "indirect" {
		p = "indirect " + p
	}
	return p
}

// spaced returns a name such as votingRights as words.
func spaced(name string) string {
	var b strings.Builder
	for _, c := range name {
		if 'A' <= c && c <= 'Z' {
			b.WriteByte(' ')
			c += 'a' - 'A'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// ended makes the event of the end of an interest.
func (r *reader) ended(s *Statement, one *told, when edtf.Date) {
	holder, of := r.name(s.Details.Interested.Record), r.name(s.Details.OfCompany.Record)
	i := &one.interest
	var p events.Payload = events.FactEnded{Subject: holder, Property: r.property(s, i)}
	slug := i.Type + " ended " + holder
	switch {
	case s.Details.Interested.Record == r.company:
		if i.Type == "shareholding" {
			p, slug = events.SubsidiarySold{Organisation: of}, "sold "+of
		}
	case i.Type == "shareholding" && i.Direct != "indirect":
		holder += one.further
		p, slug = events.StakeClosed{Holder: holder, Percent: events.ExactPercent(0)}, "stake ended "+holder
	case i.Type == "boardChair":
		p, slug = events.OfficeLeft{Office: "chair", Person: holder}, "chair left "+holder
	}
	if one.over = r.event(s, slug, when, p); one.over != "" && one.began != "" {
		r.lastEvent().After = []string{one.began}
	}
}
