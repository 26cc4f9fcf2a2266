package words

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Nothing is what a value is said to be that is not there.
const Nothing = "nothing"

// Value returns a JSON value in English, as the field with the given name has it: dates
// and amounts of money in words, numbers with their unit and commas. Of an object
// there is each member with its label, the most important first; of one with a title
// only that and its date. There is nothing of no value, and "recorded" of an empty object.
func Value(field string, raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return Nothing
	}
	switch raw[0] {
	case '[':
		var items []json.RawMessage
		_ = json.Unmarshal(raw, &items) // it is JSON
		var all []string
		for _, item := range items {
			all = append(all, Value(field, item))
		}
		return strings.Join(all, ", ")
	case '{':
		var members map[string]json.RawMessage
		_ = json.Unmarshal(raw, &members)
		return object(members)
	case '"':
		var text string
		_ = json.Unmarshal(raw, &text)
		if text == "" { // such as the status of a model of which only a price is told
			return "not told"
		}
		return scalar(field, text)
	case 't':
		return "yes"
	case 'f':
		return "no"
	case 'n':
		return Nothing
	}
	return number(field, raw)
}

// scalar returns a text, which may be an amount of money, a date or a number that is
// not exact.
func scalar(field, text string) string {
	if money, err := events.ParseMoney(text); err == nil {
		return money.String()
	}
	if date, err := edtf.Parse(text); err == nil {
		return date.English()
	}
	if !strings.HasPrefix(text, "about ") && !strings.ContainsAny(text, "<>") && !strings.Contains(text, "..") {
		return text
	}
	var n events.Number
	if quoted, err := json.Marshal(text); err != nil || json.Unmarshal(quoted, &n) != nil {
		return text
	}
	return n.In(units[field]).String()
}

func number(field string, raw json.RawMessage) string {
	var n events.Number
	if json.Unmarshal(raw, &n) != nil {
		return string(raw)
	}
	return n.In(units[field]).String()
}

// units are those of numbers, by the field that has them.
var units = map[string]string{
	"percent": "%", "agreeing": "%", "rangeKm": "km", "powerKW": "kW", "torqueNm": "Nm", "batteryKWh": "kWh",
}

// object returns the members of an object.
func object(members map[string]json.RawMessage) string {
	if len(members) == 0 {
		return "recorded"
	}
	if title := members["title"]; title != nil {
		parts := []string{Value("title", title)}
		if window := members["window"]; window != nil {
			parts = append(parts, Value("window", window))
		}
		return strings.Join(parts, ", ")
	}
	if name, role := members["name"], members["role"]; name != nil && len(members) == 2 && role != nil {
		return Value("name", name) + " (" + Value("role", role) + ")"
	}
	if count := members["count"]; count != nil && members["period"] != nil {
		return Value("count", count) // of which model and period is what it is called by
	}
	var all []string
	for _, field := range slices.SortedFunc(maps.Keys(members), CompareFields) {
		value := strings.TrimRight(Value(field, members[field]), ", ")
		switch {
		case value == "yes":
			all = append(all, Label(field))
		case value == "": // there is nothing to say
		case unlabelled[field]:
			all = append(all, value)
		default:
			all = append(all, Named(Label(field), field, members[field]))
		}
	}
	return strings.Join(all, ", ")
}

// Named returns the value of a field behind its name: "battery 82 kWh", "since some day between May and
// August 2021".
func Named(name, field string, raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if date, err := edtf.Parse(text); err == nil {
			if before, ok := strings.CutSuffix(name, "since"); ok {
				return before + Since(date)
			}
			if before, ok := strings.CutSuffix(name, "until"); ok {
				return before + Until(date)
			}
		}
	}
	return name + " " + strings.TrimRight(Value(field, raw), ", ")
}

// unlabelled are the fields whose values say what they are.
var unlabelled = map[string]bool{"name": true, "status": true, "percent": true, "what": true}

// CompareFields orders the fields of an object: what it is first, and dates behind
// the rest.
func CompareFields(a, b string) int { return cmp.Or(rank(a)-rank(b), cmp.Compare(a, b)) }

func rank(field string) int {
	if n := slices.Index([]string{"title", "name", "status", "partner", "with", "holder", "figure", "count", "amount", "percent", "value", "actor", "what", "kind"}, field); n >= 0 {
		return n
	}
	if slices.Contains(dateFields, field) {
		return 200
	}
	return 100
}

var dateFields = []string{
	"acquired", "agreed", "announced", "approved", "changed", "closed", "considered", "constructionStarted", "discontinued", "dropped", "ended", "firstDeliveries", "formed",
	"founded", "fulfilled", "inQuestionSince", "lapsed", "launched", "moved", "opened", "ownedSince", "pausedSince", "period", "presale", "reached", "reported",
	"revealed", "shown", "signed", "since", "sold", "started", "until", "vacantSince", "when", "window",
}
