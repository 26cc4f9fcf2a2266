package events

import "strings"

// Titled returns the sentence of a payload in which what it speaks of is named as people
// know it: of a plan by its title, of talks and partnerships by the other side. Title finds
// that by the section of the [Report] and the key, and returns nothing if there is none; the
// sentence then has the key, as that of String. An event without a payload has no sentence.
func Titled(p Payload, title func(section, key string) string) string {
	if p == nil {
		return ""
	}
	section, noun, key := subject(p)
	if key == "" {
		return p.String()
	}
	name := title(section, key)
	if name == "" {
		return p.String()
	}
	if noun == "plan" {
		name = "“" + name + "”"
	} else {
		name = "with " + name
	}
	return strings.Replace(p.String(), "the "+noun+" "+key, "the "+noun+" "+name, 1)
}

// subject returns what the sentence of a payload names by a key: the section of the report,
// the noun before the key, and the key.
func subject(p Payload) (section, noun, key string) {
	switch p := p.(type) {
	case PlanChanged:
		return "plans", "plan", p.Plan
	case PlanItemDropped:
		return "plans", "plan", p.Plan
	case PlanMoved:
		return "plans", "plan", p.Plan
	case PlanQuestioned:
		return "plans", "plan", p.Plan
	case PlanAffirmed:
		return "plans", "plan", p.Plan
	case PlanDropped:
		return "plans", "plan", p.Plan
	case PlanFulfilled:
		return "plans", "plan", p.Plan
	case TalksEnded:
		return "talks", "talks", p.Talks
	case PartnershipEnded:
		return "partnerships", "partnership", p.Partnership
	}
	return "", "", ""
}

// TitleIn returns the title of an entry of a report that has one beside its key: the title of
// a plan, the other side of talks or a partnership, the round of capital; nothing if it has
// none.
func (c Company) TitleIn(section, key string) string {
	switch section {
	case "plans":
		return c.Plan(key).Title
	case "partnerships":
		p, _ := c.Partnerships.Get(key)
		return p.Partner
	case "talks":
		t, _ := c.Talks.Get(key)
		return t.With
	case "capital":
		r, _ := c.Capital.Get(key)
		return r.Round
	}
	return ""
}
