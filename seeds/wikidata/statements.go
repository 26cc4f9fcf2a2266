package wikidata

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// kinds are the properties that become events, in the order of these.
var kinds = []struct {
	property string
	take     func(r *reader, s *statement)
}{
	{"P571", (*reader).inception},
	{"P1448", (*reader).officialName},
	{"P159", (*reader).headquarters},
	{"P414", (*reader).exchange},
	{"P127", (*reader).owner},
	{"P169", office("chief executive")},
	{"P488", office("chair")},
	{"P1037", office("manager")},
	{"P355", (*reader).subsidiary},
	{"P1830", (*reader).subsidiary},
	{"P2139", figure("revenue")},
	{"P2295", figure("profit")},
	{"P1128", figure("employees")},
	{"P138", fact("named after")},
	{"P1056", fact("product")},
	{"P749", fact("parent organization")},
	{"P1365", fact("replaces")},
	{"P7888", (*reader).merged},
	{"P576", (*reader).dissolved},
}

// absorbed are properties whose values are part of the founding, or with P1366 of the end.
var absorbed = []string{"P112", "P17", "P452", "P740", "P1366"}

// qualifiers are those that are understood; others are listed.
var qualifiers = []string{
	pStart, pEnd, pPoint, pEarliest, pLatest, pEarliestEnd, pLatestStart, pCircumstances, pDeprecated, pPreferred,
	pProportion, pTicker, "P17",
}

// qualifiersOf are the properties with which some qualifiers are understood.
var qualifiersOf = map[string][]string{
	pProportion: {"P127", "P355", "P1830"}, pTicker: {"P414"}, "P17": {"P159"},
}

// propertyNames are the names of all these, for an item that comes without them.
var propertyNames = map[string]string{
	"P571": "inception", "P1448": "official name", "P159": "headquarters location", "P414": "stock exchange", "P127": "owned by",
	"P169": "chief executive officer", "P488": "chairperson", "P1037": "director or manager", "P355": "has subsidiary", "P1830": "owner of",
	"P2139": "total revenue", "P2295": "net profit", "P1128": "employees", "P138": "named after", "P1056": "product", "P749": "parent organization",
	"P1365": "replaces", "P7888": "merged into", "P576": "dissolved", "P112": "founded by", "P17": "country", "P452": "industry",
	"P740": "location of formation", "P1366": "replaced by", pStart: "start time", pEnd: "end time", pPoint: "point in time",
	pEarliest: "earliest date", pLatest: "latest date", pEarliestEnd: "earliest end date", pLatestStart: "latest start date",
	pCircumstances: "sourcing circumstances", pProportion: "proportion", pTicker: "ticker symbol",
}

// value returns the name of what a statement says, "unknown" or "none".
func (r *reader) value(s *snak) string {
	switch s.Type {
	case "somevalue":
		return "unknown"
	case "novalue":
		return "none"
	}
	if id, ok := s.item(); ok {
		return r.name(id)
	}
	return s.written()
}

// ofItem returns the names of the values of a property of the item.
func (r *reader) ofItem(property string) []string {
	var all []string
	for _, s := range r.statementsOf(property) {
		all = append(all, r.value(&s.Main))
	}
	return all
}

// oneOfItem returns the name of the one value of a property that is the best: a preferred one before others, and one that
// has not ended. Others are listed.
func (r *reader) oneOfItem(property string) string {
	var best *statement
	better := func(s *statement) bool {
		ended := func(s *statement) bool { return len(s.Qualifiers[pEnd]) > 0 && s.Qualifiers[pEnd][0].Type != "novalue" }
		if (s.Rank == "preferred") != (best.Rank == "preferred") {
			return s.Rank == "preferred"
		}
		return ended(best) && !ended(s)
	}
	for _, s := range r.statementsOf(property) {
		switch {
		case best == nil:
			best = s
		case better(s):
			r.left(best, "another one is taken")
			best = s
		default:
			r.left(s, "another one is taken")
		}
	}
	if best == nil {
		return ""
	}
	return r.value(&best.Main)
}

// statementsOf returns the statements of a property that have a value and are not deprecated; others are listed.
func (r *reader) statementsOf(property string) []*statement {
	var all []*statement
	for n := range r.item.Claims[property] {
		s := &r.item.Claims[property][n]
		s.Main.Property = property
		switch {
		case s.Rank == "deprecated":
			r.left(s, "it is deprecated")
		case s.Main.Type != "value" || r.value(&s.Main) == "":
			r.left(s, "it has no value that is known")
		default:
			all = append(all, s)
		}
	}
	return all
}

// dated returns the date that a statement is itself, such as an inception.
func (r *reader) dated(s *statement) (edtf.Date, bool) {
	l := r.lasting(s)
	switch s.Main.Type {
	case "novalue":
		r.left(s, "it says that there was no such day, for which there is no event")
		return edtf.Date{}, false
	case "somevalue":
		if !l.start.IsZero() {
			return l.start, true
		}
		return r.upTo(r.modified), true
	}
	d, err := s.Main.date()
	if err != nil {
		r.left(s, strings.TrimPrefix(err.Error(), "edtf: "))
		return edtf.Date{}, false
	}
	if r.isCirca(s) {
		d = approximate(d)
	}
	earliest, _ := r.date(s, pEarliest)
	latest, _ := r.date(s, pLatest)
	return r.within(s, d, earliest, latest), true
}

func (r *reader) inception(s *statement) {
	when, ok := r.dated(s)
	if !ok {
		return
	}
	name := r.title()
	p := events.CompanyFounded{LegalName: name, TradeName: name, Seat: r.oneOfItem("P740"), Country: r.oneOfItem("P17"), Business: strings.Join(r.ofItem("P452"), ", ")}
	var founders []events.Founder
	for _, f := range r.ofItem("P112") {
		founders = append(founders, events.Founder{Name: f})
	}
	p.Founders = immutable.ListOf(founders...)
	r.rival(r.event(s, "founded", when, p), "inception", s)
}

func (r *reader) dissolved(s *statement) {
	if when, ok := r.dated(s); ok {
		r.rival(r.event(s, "dissolved", when, events.CompanyDissolved{Successor: r.oneOfItem("P1366")}), "dissolution", s)
	}
}

func (r *reader) officialName(s *statement) {
	name := r.value(&s.Main)
	r.instead(s, "name", r.event(s, "named-"+name, r.begins(r.lasting(s)), events.CompanyRenamed{LegalName: name}))
}

// followed reports whether another statement of a property begins when one may end.
func (r *reader) followed(s *statement, end edtf.Date) bool {
	all := r.item.Claims[s.Main.Property]
	for n := range all {
		start, _ := r.date(&all[n], pStart)
		if &all[n] != s && touches(end, start) {
			return true
		}
	}
	return false
}

// touches reports whether what begins at a date may follow at once on what ends at another; not if one of them is
// not told.
func touches(end, start edtf.Date) bool {
	return !start.IsZero() && !end.IsZero() && start.Earliest() <= end.Latest().Next() && end.Earliest() <= start.Latest()
}

// goesOn reports whether another statement with the same value begins when one may end, and ends later.
func (r *reader) goesOn(s *statement) bool {
	end, _ := r.date(s, pEnd)
	if end.IsZero() {
		return false
	}
	all := r.item.Claims[s.Main.Property]
	for n := range all {
		other := &all[n]
		if other == s || other.Rank == "deprecated" || other.Main.Type != "value" || r.value(&other.Main) != r.value(&s.Main) {
			continue
		}
		from, _ := r.date(other, pStart)
		to, _ := r.date(other, pEnd)
		if touches(end, from) && (to.IsZero() || to.Latest() > end.Latest()) {
			return true
		}
	}
	return false
}

// instead notes of an event that it holds until another one of its kind: that it has an end is listed. Those without a date
// are rivals, with their ranks.
func (r *reader) instead(s *statement, about, slug string) {
	l := r.lasting(s)
	if l.ended && !r.followed(s, l.end) {
		r.left(s, "its end is no event of its own; it goes on until another is told")
	}
	if l.start.IsZero() && l.point.IsZero() && !l.ended {
		r.rival(slug, about, s)
	}
}

func (r *reader) headquarters(s *statement) {
	p := events.CompanyMoved{Seat: r.value(&s.Main)}
	if q := s.Qualifiers["P17"]; len(q) > 0 {
		p.Country = r.value(&q[0])
	}
	r.instead(s, "seat", r.event(s, "seat-"+p.Seat, r.begins(r.lasting(s)), p))
}

func (r *reader) merged(s *statement) {
	if r.leftNone(s) {
		return
	}
	r.event(s, "merged", r.begins(r.lasting(s)), events.CompanyMerged{With: r.value(&s.Main)})
}

// leftNone lists a statement that there is none of something, for which there is no event.
func (r *reader) leftNone(s *statement) bool {
	if s.Main.Type != "novalue" {
		return false
	}
	r.left(s, "it says that there is none, for which there is no event")
	return true
}

func (r *reader) exchange(s *statement) {
	if r.leftNone(s) {
		return
	}
	p := events.CompanyListed{Exchange: r.value(&s.Main)}
	if q := s.Qualifiers[pTicker]; len(q) > 0 {
		p.Code = q[0].written()
	}
	r.lasts(s, "listed-"+p.Exchange, p, "delisted-"+p.Exchange, events.CompanyDelisted{Exchange: p.Exchange})
}

// lasts makes the event of a beginning and, if there is one, that of the end. There is none where another
// statement goes on with the same: an owner has another share then, and did not leave.
func (r *reader) lasts(s *statement, slug string, begin events.Payload, endSlug string, end events.Payload) {
	l := r.lasting(s)
	began := r.event(s, slug, r.begins(l), begin)
	if !l.ended || began == "" || r.goesOn(s) {
		return
	}
	if r.ends(l).Latest() < r.begins(l).Earliest() {
		r.left(s, "it ends before it begins")
		return
	}
	r.event(s, endSlug, r.ends(l), end)
	r.lastEvent().After = []string{began}
}

func (r *reader) owner(s *statement) {
	holder := r.value(&s.Main)
	zero := events.StakeClosed{Holder: holder, Percent: events.ExactPercent(0)}
	if s.Main.Type == "novalue" {
		r.event(s, "no-owner", r.begins(r.lasting(s)), events.FactBegan{Subject: r.title(), Property: "owned by", Value: "none"})
		return
	}
	r.lasts(s, "stake-"+holder, events.StakeClosed{Holder: holder, Percent: r.portion(s)}, "stake-ended-"+holder, zero)
}

func (r *reader) subsidiary(s *statement) {
	name := r.value(&s.Main)
	if r.owned[name] {
		r.left(s, name+" is told by another statement already")
		return
	}
	r.owned[name] = true
	if r.leftNone(s) {
		return
	}
	r.lasts(s, "subsidiary-"+name, events.SubsidiaryAcquired{Organisation: name, Percent: r.portion(s)}, "sold-"+name, events.SubsidiarySold{Organisation: name})
}

// portion returns the share that a statement speaks of; none is told if it does not say.
func (r *reader) portion(s *statement) events.Portion {
	all := s.Qualifiers[pProportion]
	if len(all) > 1 {
		r.left(s, "proportion: it has several; the first is taken")
	}
	if len(all) == 0 || all[0].Type != "value" {
		return events.Portion{} // which is unknown
	}
	amount, lower, upper, unit, ok := all[0].quantity()
	percent := unit == "Q11229"
	if !ok || unit != "" && !percent {
		r.left(s, "proportion: it is neither a number nor in percent")
		return events.Portion{}
	}
	n, err := numberOf(amount, lower, upper, map[bool]float64{false: 100, true: 1}[percent])
	if low, high := n.Bounds(); err != nil || low < 0 || high > 100 {
		r.left(s, fmt.Sprintf("proportion: %s is no share", amount))
		return events.Portion{}
	}
	return events.Portion(n)
}

func office(name string) func(*reader, *statement) {
	return func(r *reader, s *statement) {
		person := r.value(&s.Main)
		if s.Main.Type == "novalue" { // nobody had it
			fact(name)(r, s)
			return
		}
		r.lasts(s, name+"-"+person, events.OfficeTaken{Office: name, Person: person}, name+"-left-"+person, events.OfficeLeft{Office: name, Person: person})
	}
}

func fact(property string) func(*reader, *statement) {
	return func(r *reader, s *statement) {
		value := r.value(&s.Main)
		subject := r.title()
		name := property
		if len(r.item.Claims[s.Main.Property]) > 1 {
			name += " (" + value + ")" // each begins and ends by itself
		}
		r.lasts(s, property+"-"+value, events.FactBegan{Subject: subject, Property: name, Value: value}, property+"-ended-"+value, events.FactEnded{Subject: subject, Property: name})
	}
}

// units are the units of figures: currencies by item.
var units = map[string]string{
	"Q4917": "USD", "Q4916": "EUR", "Q39099": "CNY", "Q25224": "GBP", "Q8146": "JPY", "Q202040": "KRW", "Q25344": "CHF", "Q31015": "HKD", "Q122922": "SEK", "Q80524": "INR",
}

func figure(name string) func(*reader, *statement) {
	return func(r *reader, s *statement) {
		amount, lower, upper, unit, ok := s.Main.quantity()
		n, err := numberOf(amount, lower, upper, 1)
		period := r.period(s)
		known := units[unit]
		if name == "employees" {
			known = "people"
		}
		switch {
		case !ok || err != nil:
			r.left(s, "it has no amount")
			return
		case period.IsZero():
			r.left(s, "it does not say of when it is")
			return
		case unit != "" && (units[unit] == "" || name == "employees"):
			r.left(s, fmt.Sprintf("the unit %s is not known", r.name(unit)))
			return
		}
		last := min(period.Latest(), r.modified) // it was told by then
		slug := r.event(s, name+"-"+period.String(), edtf.Between(last, last), events.FigureReported{Figure: name, Period: period, Value: n, Unit: known})
		r.rival(slug, name+" "+period.String(), s)
	}
}

// period returns of when a figure is: its point in time, or from its start to its end.
func (r *reader) period(s *statement) edtf.Date {
	l := r.lasting(s)
	if l.point.IsZero() && !l.start.IsZero() && !l.end.IsZero() {
		if d, err := edtf.Parse(l.start.String() + "/" + l.end.String()); err == nil {
			return d
		}
	}
	return cmp.Or(l.point, l.start)
}

// understood reports qualifiers that are not.
func (r *reader) understood(s *statement) {
	var unknown []string
	for _, p := range sortedKeys(s.Qualifiers) {
		of := qualifiersOf[p]
		if !slices.Contains(qualifiers, p) || of != nil && !slices.Contains(of, s.Main.Property) {
			unknown = append(unknown, r.name(p))
		}
	}
	if slices.Sort(unknown); len(unknown) > 0 {
		r.left(s, "its qualifiers are not understood: "+strings.Join(unknown, ", "))
	}
}
