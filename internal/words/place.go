package words

import (
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Titler returns what a reader knows an entry of a section by, such as the title of a
// plan, or "" if that is its key.
type Titler func(section, key string) string

// Place names a part of the state, whose steps are given, as a noun: "the share of
// Stellantis", "the status of the T03 at Tychy".
func (t Titler) Place(steps []string) string {
	switch {
	case len(steps) == 0:
		return "the state"
	case len(steps) == 1 && !singles[steps[0]]:
		return "all " + plural(steps[0])
	case singles[steps[0]]:
		return fieldsOf(steps[1:], singleNouns[steps[0]])
	}
	section, key, rest := steps[0], steps[1], steps[2:]
	if section == "facts" {
		return factPlace(key, rest)
	}
	if section == "plants" && len(rest) >= 2 && rest[0] == "models" {
		return fieldsOf(rest[2:], "the production of the "+rest[1]+" "+atPlant(key))
	}
	return fieldsOf(rest, t.entry(section, key))
}

// singles are the sections that are about one thing.
var singles = map[string]bool{"company": true, "brand": true, "components": true, "equity": true}

var singleNouns = map[string]string{
	"company": "the company", "brand": "the brand", "components": "what the company makes itself", "equity": "the shares of the company",
}

func plural(section string) string {
	switch section {
	case "stakes":
		return "owners"
	case "capital":
		return "capital"
	}
	return strings.ReplaceAll(section, "ventures", "joint ventures")
}

// entry names an entry of a section.
func (t Titler) entry(section, key string) string {
	title := ""
	if t != nil {
		title = t(section, key)
	}
	switch section {
	case "plans":
		if title == "" {
			return "the plan " + key
		}
		return "the plan “" + title + "”"
	case "plants":
		return plant(key)
	case "deliveries":
		return "the deliveries " + ofPeriod(key)
	case "figures":
		return "the figure " + figure(key)
	case "organisations":
		return key
	}
	if title != "" {
		key = title
	}
	return entryNouns[section] + key
}

// entryNouns stand before the key of an entry.
var entryNouns = map[string]string{
	"capital": "the capital raised in ", "offices": "the office of ", "listings": "the listing in ", "stakes": "the stake of ",
	"ventures": "the joint venture ", "models": "the ", "concepts": "the concept ", "platforms": "the models on platform ",
	"technologies": "the technology ", "partnerships": "the partnership with ", "talks": "the talks with ", "markets": "sales in ",
	"figures": "the figure ", "milestones": "the milestone ", "context": "the circumstance ",
}

// plant names a plant: "the Tychy plant", or "the first plant" if that is its name.
func plant(key string) string {
	if isPlant(key) {
		return "the " + key
	}
	return "the " + key + " plant"
}

func isPlant(key string) bool {
	return strings.Contains(key, "plant") || strings.Contains(key, "factory")
}

func atPlant(key string) string {
	if isPlant(key) {
		return "at the " + key
	}
	return "at " + key
}

// ofPeriod returns "in December 2023" for a key of deliveries, "2023-12", and "of the
// B10 in May 2025" for "B10 2025-05".
func ofPeriod(key string) string {
	model, period := "", key
	if n := strings.LastIndexByte(key, ' '); n >= 0 {
		model, period = "of the "+key[:n]+" ", key[n+1:]
	}
	if date, err := edtf.Parse(period); err == nil {
		return model + In(date)
	}
	return "of " + key
}

// figure returns "gross margin (Q4 2024)" for the key "gross margin 2024-36".
func figure(key string) string {
	n := strings.LastIndexByte(key, ' ')
	if period, err := edtf.Parse(key[n+1:]); n > 0 && err == nil {
		return key[:n] + " (" + period.English() + ")"
	}
	return key
}

func factPlace(subject string, rest []string) string {
	if len(rest) == 0 {
		return "what is recorded of " + subject
	}
	return fieldsOf(rest[1:], rest[0]+" of "+subject)
}

// fieldsOf names a field of what a noun names, or a field in it.
func fieldsOf(steps []string, noun string) string {
	for n := 0; n < len(steps); n++ {
		if n+1 < len(steps) {
			if form := keyedFields[steps[n]]; form != "" {
				noun = strings.NewReplacer("KEY", steps[n+1], "NOUN", noun).Replace(form)
				n++
				continue
			}
		}
		switch share, isStake := strings.CutPrefix(noun, "the stake of "); {
		case steps[n] == "specification" && n+1 < len(steps), steps[n] == "count", steps[n] == "value":
		case steps[n] == "percent" && isStake:
			noun = "the share of " + share
		default:
			noun = Noun(steps[n]) + " of " + noun
		}
	}
	return noun
}

// keyedFields are the fields that have things by their keys, with how one is named.
var keyedFields = map[string]string{
	"markets": "NOUN in KEY", "prices": "the price of NOUN in KEY", "shares": "the share of KEY in NOUN", "items": "KEY in NOUN",
	"updates": "the update KEY of NOUN", "recalls": "the recall KEY of NOUN", "sites": "the site KEY of NOUN",
}

// Noun names a field by a noun: "the launch" for "launched".
func Noun(field string) string {
	if noun := nouns[field]; noun != "" {
		return "the " + noun
	}
	return "the " + Label(field)
}

// nouns are those of fields whose label is none.
var nouns = map[string]string{
	"acquired": "purchase", "agreed": "agreement", "agreeing": "agreed share", "announced": "announcement", "approved": "approval", "by": "maker",
	"changed": "last change", "closed": "closing", "considered": "first thought", "constructionStarted": "start of building", "discontinued": "end of sale", "dissolved": "end",
	"done": "completion", "doneBy": "completing event", "droppedBy": "ending event", "fulfilledBy": "fulfilling event", "dropped": "end", "ended": "end", "formed": "formation", "founded": "foundation", "fulfilled": "fulfilment",
	"inQuestionSince": "doubt about the future", "insolvent": "insolvency", "lapsed": "lapse", "launched": "launch", "moved": "last move", "opened": "opening", "ownedSince": "purchase",
	"pausedSince": "pause", "reached": "date", "renamed": "renaming", "reported": "report", "revealed": "first presentation", "shown": "showing", "signed": "signing",
	"since": "beginning", "sold": "sale", "started": "start", "until": "end", "vacantSince": "vacancy", "shares": "number of shares", "firstShown": "first showing",
	"to": "buyer", "from": "seller", "for": "customer", "with": "partners", "about": "subject", "inFavourOf": "replacement", "body": "body type", "ordinal": "number in the line-up", "code": "stock code",
	"as": "name", "at": "place", "when": "date", "min": "lowest", "max": "highest", "window": "date",
}
