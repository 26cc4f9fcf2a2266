package terminal

import (
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func writeWhy(p *page, x *answer.Explanation) {
	p.blank()
	p.prose(0, x.Summary())
	for n, r := range x.Reasons {
		p.blank()
		p.paragraph(2, "", x.Opening(n))
		for m, c := range r.Because {
			p.eventRef(4, c.EventRef, c.Effects(m == 0)...)
		}
	}
	p.happenings("It could not be known yet:", x.Unknown)
	p.corrections(x.Corrected)
	p.comes(x.Comes)
	p.claims(x)
}

func (p *page) claims(x *answer.Explanation) {
	var rows [][]string
	for _, c := range x.Claims {
		rank := ""
		if c.Rank != timeline.RankNormal {
			rank = ", " + c.Rank.String()
		}
		rows = append(rows, []string{answer.Alternatives(x.Field(), c.Values), c.Event + rank, "according to " + strings.Join(c.Sources, ", ")})
	}
	p.section("Told differently", rows)
}

func writeWhyNot(p *page, m *answer.Missing) {
	p.blank()
	p.prose(0, m.Summary())
	p.scenarios(m.Undecided, [2]string{"It is so if:", "Or if:"}, m.How)
	p.scenarios(m.Unless, [2]string{"It is so unless:", "Or unless:"}, m.How)
	if m.Has {
		if m.Holds == edtf.Certain {
			p.paragraph(2, "", "Nothing is missing.")
		}
		return
	}
	if m.Was != nil {
		p.blank()
		p.paragraph(2, "", "It was so"+m.Was.Span()+".")
		p.happenings("It was over:", m.Was.Ended)
	}
	p.comes(m.Comes)
	p.happenings("It could not be known yet:", m.Unknown)
	p.corrections(m.Corrected)
	p.prospects(m.Prospects)
	if len(m.Undecided)+len(m.Unknown)+len(m.Prospects)+len(m.Corrected) == 0 && m.Comes == nil && m.Was == nil {
		p.paragraph(2, "", "Nothing that is recorded makes it so, nor would any plan that was certain by then.")
	}
}

// scenarios says in which ways things may have been otherwise.
func (p *page) scenarios(all []answer.Scenario, captions [2]string, how func(answer.EventRef) string) {
	for n, w := range all {
		p.caption(captions[min(n, 1)])
		for _, m := range w.If {
			p.eventRef(4, m, how(m))
		}
		for _, m := range w.Without {
			p.eventRef(4, m, "is not true")
		}
	}
}

func (p *page) prospects(all []answer.Prospect) {
	if len(all) == 0 {
		return
	}
	p.heading("Plans that would make it so")
	for _, pr := range all {
		p.paragraph(2, string(pr.Status), ": "+answer.Join(", ", pr.Title, pr.Window.English())+" ["+pr.Plan+"]")
		for _, m := range pr.Because {
			p.eventRef(6, m)
		}
	}
}
