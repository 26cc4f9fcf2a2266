package bods

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// entity makes events of the statements about the company itself.
func (r *reader) entity(versions []*Statement) {
	var before Details
	for n, s := range versions {
		d := s.Details
		seat, country := seatOf(&d)
		if n == 0 {
			when := r.date(s, "/recordDetails/foundingDate", d.Founded)
			if when.IsZero() {
				when = r.by(s, nil)
			}
			name := cmp.Or(d.Name, r.name(s.Record))
			r.event(s, "founded", when, events.CompanyFounded{LegalName: name, TradeName: name, Seat: seat, Country: country})
		} else {
			r.changed(s, versions[n-1], &before, &d)
		}
		if d.Dissolved != "" && d.Dissolved != before.Dissolved {
			r.event(s, "dissolved", r.date(s, "/recordDetails/dissolutionDate", d.Dissolved), events.CompanyDissolved{})
		}
		if d.Listing != nil && (before.Listing == nil || len(before.Listing.Listings) == 0) {
			for _, l := range d.Listing.Listings {
				r.event(s, "listed "+l.Exchange, r.by(s, previous(versions, n)), events.CompanyListed{Exchange: l.Exchange, Code: l.Security.Ticker})
			}
		}
		before = d
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
	s := versions[0]
	d := &s.Details
	if r.company != d.OfCompany.Record && r.company != d.Interested.Record {
		return // it is between others
	}
	for _, p := range []Party{d.OfCompany, d.Interested} {
		if p.Record == "" {
			r.left(s, "it names no party: %s", cmp.Or(p.Description, p.Reason, "nothing is said"))
			return
		}
	}
	var before []told
	for n, s := range versions {
		if n > 0 && s.ID == versions[n-1].ID {
			r.left(s, "there is a statement with this ID already")
			continue
		}
		before = r.version(s, previous(versions, n), before)
	}
}

// version makes the events by which a statement differs from what was told before.
func (r *reader) version(s, earlier *Statement, before []told) []told {
	now := r.interests(s)
	matched := make([]bool, len(before))
	for n := range now {
		one := &now[n]
		if m := match(before, matched, one); m >= 0 {
			matched[m] = true
			r.again(s, &before[m], one)
		} else {
			when := one.start
			if when.IsZero() {
				when = r.by(s, earlier)
			}
			one.began = r.began(s, one, when)
		}
		if one.over == "" && !one.end.IsZero() {
			r.ended(s, one, one.end)
		}
		if one.over == "" && s.Status == "closed" {
			r.ended(s, one, r.by(s, earlier))
		}
	}
	for m := range before {
		if old := &before[m]; !matched[m] && old.over == "" {
			r.ended(s, old, r.by(s, earlier))
		}
	}
	return now
}

// match returns which of the interests that were told before one is, or -1: the same, or one whose share
// or start is told otherwise.
func match(before []told, matched []bool, one *told) int {
	for _, same := range []func(a *told) bool{
		func(a *told) bool { return a.start == one.start && a.sameShare(one) },
		func(a *told) bool { return a.start == one.start && !one.start.IsZero() },
		func(a *told) bool { return a.sameShare(one) },
	} {
		for m := range before {
			if !matched[m] && before[m].sameKind(one) && same(&before[m]) {
				return m
			}
		}
	}
	return -1
}

// again tells an interest again: what is told otherwise is corrected.
func (r *reader) again(s *Statement, old, one *told) {
	one.began, one.over = old.began, old.over
	if one.start.IsZero() {
		one.start = old.start
	}
	if old.start != one.start || !old.sameShare(one) {
		when := one.start
		if when.IsZero() {
			when = r.by(s, nil)
		}
		if one.began = r.began(s, one, when); one.began != "" && old.began != "" {
			r.lastEvent().Replaces = []string{old.began}
		}
	}
	switch {
	case old.over == "" || old.end == one.end:
	case one.end.IsZero(): // it goes on, after all
		if taken := r.event(s, "no end of "+old.over, r.known(s), nil); taken != "" {
			r.lastEvent().Replaces = []string{old.over}
		}
		one.over = ""
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
	return merged
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
	share, _ := number(one.interest.Share) // it was looked at
	votes, _ := number(one.votes)
	i := &one.interest
	switch {
	case s.Details.Interested.Record == r.company:
		if i.Type == "shareholding" {
			return r.event(s, "subsidiary "+of, when, events.SubsidiaryAcquired{Organisation: of, Percent: events.Portion(share)})
		}
	case i.Type == "shareholding" && i.Direct != "indirect":
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
		p, slug = events.StakeClosed{Holder: holder, Percent: events.ExactPercent(0)}, "stake ended "+holder
	case i.Type == "boardChair":
		p, slug = events.OfficeLeft{Office: "chair", Person: holder}, "chair left "+holder
	}
	if one.over = r.event(s, slug, when, p); one.over != "" && one.began != "" {
		r.lastEvent().After = []string{one.began}
	}
}
