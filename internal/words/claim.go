package words

import (
	"encoding/json"
	"slices"
	"strings"
)

// A Claim is a statement about a part of the state, which can be said in several
// tenses.
type Claim struct {
	subject, complement string
	verb                verb
}

// A verb has its forms for now, for what is over, and for what has lasted until now.
type verb struct{ is, was, hasBeen string }

var (
	be   = verb{"is", "was", "has been"}
	hold = verb{"holds", "held", "has held"}
	pay  = verb{"paid", "paid", "paid"}
	own  = verb{"is an owner", "was an owner", "has been an owner"}
	sell = verb{"are sold", "were sold", "have been sold"}
)

// Is says that the claim holds: "the T03 is made at Tychy".
func (c Claim) Is() string { return c.say(c.verb.is) }

// Was says that it held: "the T03 was made at Tychy".
func (c Claim) Was() string { return c.say(c.verb.was) }

// HasBeen says that it has held until now: "the T03 has been made at Tychy".
func (c Claim) HasBeen() string { return c.say(c.verb.hasBeen) }

func (c Claim) say(verb string) string {
	return strings.TrimSpace(c.subject + " " + verb + " " + c.complement)
}

// Says returns the claim that the part of the state with the given steps has one of
// some values.
func (t Titler) Says(steps []string, values ...json.RawMessage) Claim {
	var all []string
	for _, v := range values {
		if text := Value(steps[len(steps)-1], v); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return t.SaysText(steps, strings.Join(all, " or "))
}

// SaysText returns the claim that a part of the state is what a text says.
func (t Titler) SaysText(steps []string, value string) Claim {
	last := steps[len(steps)-1]
	one := !strings.Contains(value, " or ")
	switch {
	case value == Nothing:
		return Claim{"nothing", "recorded of " + t.Place(steps), be}
	case value == "recorded":
		return t.Exists(steps)
	case last == "status" && len(steps) > 2 && one:
		return t.status(steps[:len(steps)-1], value)
	case steps[0] == "stakes" && last == "percent":
		return Claim{steps[1], value, hold}
	case steps[0] == "stakes" && last == "price":
		return Claim{steps[1], value, pay}
	case steps[0] == "offices" && last == "holder" && one:
		return Claim{value, steps[1], be}
	case steps[0] == "plans" && len(steps) == 2 && t != nil && t("plans", steps[1]) != "":
		rest, _ := strings.CutPrefix(value, t("plans", steps[1]))
		if date, ok := strings.CutPrefix(rest, ", "); ok && one {
			return Claim{t.Place(steps), "recorded for " + date, be}
		}
		return t.Exists(steps)
	case len(steps) == 2 && !singles[steps[0]]:
		return Claim{t.Place(steps), "recorded: " + value, be}
	}
	return Claim{t.Place(steps), value, be}
}

// status returns the claim that something has a status.
func (t Titler) status(steps []string, status string) Claim {
	if steps[0] == "plants" && len(steps) == 4 {
		model, where := "the "+steps[3], atPlant(steps[1])
		switch status {
		case "producing":
			return Claim{model, "made " + where, be}
		case "ended", "ended, no beginning recorded":
			return Claim{model, "no longer made " + where + strings.TrimPrefix(status, "ended"), be}
		}
		return Claim{"the production of " + model + " " + where, status, be}
	}
	if status == "presale" {
		return Claim{t.Place(steps), "on presale", be}
	}
	return Claim{t.Place(steps), status, be}
}

// Exists returns the claim that a part of the state is there.
func (t Titler) Exists(steps []string) Claim {
	return Claim{t.Place(steps), "recorded", be}
}

// Owns returns the claim that a holder of a stake is an owner.
func Owns(holder string) Claim { return Claim{holder, "", own} }

// Sells returns the claim that cars are sold in a market.
func Sells(market string) Claim { return Claim{"cars", "in " + market, sell} }
