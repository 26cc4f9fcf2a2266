package terminal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// after returns a text behind a word, or nothing if there is no text.
func after(word, text string) string {
	if text == "" {
		return ""
	}
	return word + " " + text
}

// dated returns "word date", or "" if there is no date.
func dated(word string, d edtf.Date) string {
	if d.IsZero() {
		return ""
	}
	if before, ok := strings.CutSuffix(word, "since"); ok {
		return before + words.Since(d)
	}
	if word == "until" {
		return words.Until(d)
	}
	return word + " " + d.English()
}

func companyRows(s events.Report) (rows [][]string) {
	if c := s.Company; c != nil {
		var founders []string
		for f := range c.Founders.All() {
			name := f.Name
			if f.Role != "" {
				name += " (" + f.Role + ")"
			}
			founders = append(founders, name)
		}
		rows = append(rows,
			[]string{"name", c.LegalName},
			[]string{"seat", answer.Join(", ", c.Seat, c.Country)},
			[]string{"business", c.Business},
			[]string{"founded", answer.Join(" by ", c.Founded.English(), strings.Join(founders, ", "))},
			[]string{"insolvent", dated("since", c.Insolvent)},
			[]string{"dissolved", answer.Join(", ", c.Dissolved.English(), after("part of", c.Successor))})
	}
	for exchange, l := range s.Listings.All() {
		rows = append(rows, []string{"listed", answer.Join(", ", answer.Join(" ", exchange, l.Code), dated("since", l.Since), dated("until", l.Until))})
	}
	rows = append(rows, peopleRows(s)...)
	if b := s.Brand; b != nil {
		rows = append(rows, []string{"brand", answer.Join(", ", b.Name, dated("since", b.Launched))})
	}
	for _, r := range s.Capital.All() {
		total := ""
		if r.Total {
			total = " in all"
		}
		amount := r.Amount.String()
		switch {
		case r.About:
			amount = "about " + amount
		case r.AtLeast:
			amount += " or more"
		}
		rows = append(rows, []string{"raised", answer.Join(", ", amount+total, r.Round, after("from", list(r.Investors)), r.When.English())})
	}
	if q := s.Equity; q != nil {
		rows = append(rows, []string{"shares", answer.Join(", ", number(q.Issued, "issued"), answer.Join(" ", after("split", q.Split), q.SplitOn.English()))})
	}
	rows = append(rows, []string{"makes itself", list(s.Components)})
	return slices.DeleteFunc(rows, func(row []string) bool { return row[1] == "" })
}

func peopleRows(s events.Report) (rows [][]string) {
	for office, o := range s.Offices.All() {
		who := o.Holder
		if o.Acting {
			who += " for the time being"
		}
		rows = append(rows, []string{office, answer.Join(", ", who, dated("since", o.Since), dated("vacant since", o.Vacant))})
	}
	return rows
}

// stakeRows returns the owners, the largest first.
func stakeRows(s events.Report) (rows [][]string) {
	shares := map[string]float64{}
	for holder, stake := range s.Stakes.All() {
		if stake.Percent == events.Exactly(0).In("%") && !stake.Agrees.Told() {
			continue // sold
		}
		price, agreed := "", ""
		if !stake.Price.IsZero() {
			price = "for " + stake.Price.String()
		}
		if stake.Agrees.Told() {
			agreed = fmt.Sprintf("%v agreed", stake.Agrees)
			if !stake.AgreedPrice.IsZero() {
				agreed += " for " + stake.AgreedPrice.String()
			}
		}
		least, _ := stake.Percent.Bounds()
		share := stake.Percent.String()
		if stake.Percent == events.Exactly(0).In("%") {
			share = "none yet"
		}
		shares[holder] = least
		rows = append(rows, []string{
			holder, share,
			answer.Join(", ", number(stake.Shares, "shares"), number(stake.Votes, "of the votes"), after("through", stake.Through), stake.Basis, price,
				dated("since", stake.Since), dated("changed", stake.Changed), agreed, dated("agreed", stake.Agreed), dated("approved", stake.Approved)),
		})
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return cmp.Compare(shares[b[0]], shares[a[0]]) })
	return rows
}

func ventureRows(s events.Report) (rows [][]string) {
	for name, v := range s.Ventures.All() {
		var shares []string
		for holder, percent := range v.Shares.All() {
			shares = append(shares, holder+" "+percent.String())
		}
		formed := cmp.Or(dated("set up", v.Formed), "not set up yet for certain")
		rows = append(rows, []string{name, answer.Join("; ", strings.Join(shares, ", "), dated("agreed", v.Agreed), dated("approved", v.Approved), formed, dated("changed", v.Changed), dated("ended", v.Ended),
			answer.Join(" ", v.Task, v.Territory))})
	}
	return rows
}

func modelRows(s events.Report) (rows [][]string) {
	for name, m := range s.Models.All() {
		rows = append(rows, []string{name, string(m.Status), answer.Join("; ", after("called", m.Name), m.Body, after("platform", m.Platform),
			answer.Join(", ", dated("revealed", m.Revealed), dated("presale", m.Presale), dated("launched", m.Launched),
				dated("first deliveries", m.Delivered), dated("discontinued", m.Discontinued)),
			marketsOf(m.Model), updatesOf(m.Model), recallsOf(m.Model), m.Spec.String(), pricesOf(m.Model), firstShown(m.FirstShown))})
	}
	for name, c := range s.Concepts.All() {
		rows = append(rows, []string{name, "concept", answer.Join("; ", dated("shown", c.Shown), after("led to the", c.LedTo))})
	}
	return rows
}

// pricesOf returns the prices of a model, with the markets that they are of.
func pricesOf(m events.Model) string {
	var all []string
	for where, p := range m.Prices.All() {
		price := p.String()
		if p.AfterSubsidy {
			price += " after subsidy"
		}
		if where != p.Min.Currency() {
			price += " in " + where
		}
		all = append(all, price)
	}
	return strings.Join(all, ", ")
}

// marketsOf returns in which markets a model has been sold, as far as they are told.
func marketsOf(m events.Model) string {
	var all []string
	for name, in := range m.Markets.All() {
		all = append(all, answer.Join(" ", name, after("as", in.Name), dated("ordered since", in.Presale), dated("since", in.Launched), dated("until", in.Discontinued)))
	}
	return after("sold in", strings.Join(all, ", "))
}

// updatesOf returns the new forms of a model.
func updatesOf(m events.Model) string {
	var all []string
	for _, u := range m.Updates.All() {
		all = append(all, answer.Join(" ", u.Kind, u.Name, after("in", u.Market), u.When.English()))
	}
	return strings.Join(all, ", ")
}

// recallsOf returns the recalls of a model.
func recallsOf(m events.Model) string {
	var all []string
	for _, r := range m.Recalls.All() {
		all = append(all, answer.Join(" ", "recalled", number(r.Count, ""), after("in", r.Market), r.When.English(), after("for", r.Reason)))
	}
	return strings.Join(all, ", ")
}

func firstShown(s events.Showing) string {
	if s == (events.Showing{}) {
		return ""
	}
	return answer.Join(" ", "first shown", after("as", s.As), after("at", s.At), s.When.English())
}

func technologyRows(s events.Report) (rows [][]string) {
	for name, t := range s.Technologies.All() {
		rows = append(rows, []string{name, answer.Join("; ", t.Stage+" "+t.Since.English(), after("with", list(t.With)), list(t.Purposes))})
	}
	return rows
}

func list(l immutable.List[string]) string {
	return strings.Join(slices.Collect(l.All()), ", ")
}

func plantRows(s events.Report) (rows [][]string) {
	for name, p := range s.Plants.All() {
		place := answer.Join(", ", p.City, p.Country)
		if was := answer.Join(", ", after("called", p.Name), dated("building begun", p.Construction), dated("opened", p.Opened), number(p.Capacity, "a year"), answer.Join(" ", dated("acquired", p.Acquired), after("from", p.From)),
			answer.Join(" ", dated("closed", p.Closed), after("sold to", p.To))); was != "" {
			rows = append(rows, []string{name, place, "", was})
		}
		for model, m := range p.Models.All() {
			made := dated("since", m.Started)
			switch {
			case m.Started.IsZero():
				made = m.Ended.English()
			case !m.Ended.IsZero():
				made = dated("made", m.Started) + " to " + m.Ended.English()
			}
			rows = append(rows, []string{name, place, model, answer.Join(", ", string(m.Status), made, after("by", m.Maker), after("for", m.For),
				dated("paused since", m.Paused), dated("in question since", m.InQuestion))})
		}
	}
	return rows
}

func partnershipRows(s events.Report) (rows [][]string) {
	for _, p := range s.Partnerships.All() {
		rows = append(rows, []string{p.Partner, p.Kind, answer.Join("; ", p.Signed.English(), dated("ended", p.Ended), list(p.Scope))})
	}
	for key, t := range s.Talks.All() {
		rows = append(rows, []string{
			cmp.Or(t.With, key), "talks, " + t.Outcome,
			answer.Join("; ", dated("reported", t.Reported), dated("ended", t.Ended), t.About),
		})
	}
	return rows
}

func marketRows(s events.Report) (rows [][]string) {
	for name, m := range s.Markets.All() {
		rows = append(rows, []string{name, answer.Join(", ", answer.Join(" ", dated("since", m.Since), dated("until", m.Left), after("by", m.By)), dated("seller changed", m.ByOther),
			dated("suspended since", m.Suspended), after("part of", m.Region))})
	}
	return rows
}

func planRows(s events.Report) (rows [][]string) {
	for _, status := range answer.PlanOrder {
		var keys []string
		for key, p := range s.Plans.All() {
			if p.Status == status {
				keys = append(keys, key)
			}
		}
		slices.SortStableFunc(keys, func(a, b string) int {
			p, _ := s.Plans.Get(a)
			q, _ := s.Plans.Get(b)
			return cmp.Compare(opens(p.Window), opens(q.Window))
		})
		for _, key := range keys {
			p, _ := s.Plans.Get(key)
			rows = append(rows, []string{string(status), p.Window.English(), planText(p) + " [" + key + "]"})
		}
	}
	return rows
}

// opens returns the first day of a window; one that is not known comes last.
func opens(window edtf.Date) edtf.Day {
	if window.IsZero() {
		return edtf.DistantFuture
	}
	return window.Earliest()
}

func planText(p events.PlanReport) string {
	var sites []string
	for site := range p.Sites.All() {
		if !strings.Contains(p.Title, site) {
			sites = append(sites, site)
		}
	}
	return answer.Join("; ", p.Title, after("target", number(p.Target, "")), after("if", p.Condition), after("in", strings.Join(sites, " and ")), after("by", p.By), list(p.Details), string(p.Basis), doneText(p), after("in favour of", p.InFavourOf),
		dated("in question since", p.InQuestion), dated("moved", p.Moved))
}

// doneText says what is recorded of carrying out a plan.
func doneText(p events.PlanReport) string {
	ended := p.EndedBy().String()
	done, of := p.Plan.Done()
	switch {
	case p.Status == events.Dropped:
		return "dropped by " + ended
	case p.FulfilledBy != "" && of > 0:
		return fmt.Sprintf("as a whole by %s; recorded one by one: %d of %d", ended, done, of)
	case p.Status == events.Fulfilled:
		return "by " + ended
	case of > 0:
		return fmt.Sprintf("recorded as done: %d of %d", done, of)
	}
	return ""
}

func deliveryRows(s events.Report) (rows [][]string) {
	for d := range answer.DeliveriesByPeriod(s) {
		rows = append(rows, []string{cmp.Or(d.Model, "all models"), d.Period.English(), d.Count.String()})
	}
	return rows
}

func contextRows(s events.Report) (rows [][]string) {
	var all []events.Circumstance
	for _, c := range s.Context.All() {
		all = append(all, c)
	}
	slices.SortFunc(all, events.Circumstance.Compare)
	for _, c := range all {
		rows = append(rows, []string{c.When.English(), c.Actor + " " + c.What})
	}
	return rows
}

func factRows(s events.Report) (rows [][]string) {
	for subject, of := range s.Facts.All() {
		for property, f := range of.All() {
			rows = append(rows, []string{subject, property, answer.Join(", ", f.Value, dated("since", f.Since), dated("until", f.Until))})
		}
	}
	return rows
}

func organisationRows(s events.Report) (rows [][]string) {
	for name, o := range s.Related.All() {
		rows = append(rows, []string{name, answer.Join(", ", answer.Join(" ", dated("founded", o.Founded), after("by", list(o.Founders))), owned(o.Percent),
			answer.Join(" ", dated("since", o.Owned), after("from", o.From)), dated("merged", o.Merged), answer.Join(" ", dated("parted", o.Parted), after("sold to", o.To)))})
	}
	return rows
}

// owned says what the company has of another one.
func owned(share events.Number) string {
	if least, most := share.Bounds(); share.Told() && least == 0 && most >= 100 {
		return "owned, share not recorded"
	}
	return number(share, "owned")
}

// number returns a number with what it is of, or nothing if it is not told.
func number(n events.Number, of string) string {
	if !n.Told() {
		return ""
	}
	return answer.Join(" ", n.String(), of)
}

func figureRows(s events.Report) (rows [][]string) {
	for _, f := range s.Figures.All() {
		rows = append(rows, []string{answer.Join(" of ", f.Figure, f.Of), f.Period.English(), f.Value.String(), f.Basis})
	}
	return rows
}

func milestoneRows(s events.Report) (rows [][]string) {
	for name, m := range s.Milestones.All() {
		rows = append(rows, []string{name, answer.Join(", ", m.Reached.English(), after("at", m.Plant), m.Model)})
	}
	return rows
}
