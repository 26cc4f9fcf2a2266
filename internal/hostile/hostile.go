// Package hostile makes history files that try to get out of where their texts
// stand, for tests.
package hostile

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Text is what is put into every text: markup, script, and what ends an
// attribute.
const Text = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&</svg>`

// LongLabel is how many letters the name of one model has.
const LongLabel = 100_000

// File returns a history file of so many events, three at least, on days and in
// months from 2000 to 2024.
func File(size int) []byte {
	f := &file{}
	f.add("2000-01-01", "company.founded", object{
		"legalName": Text, "tradeName": Text, "seat": Text, "founders": []object{{"name": Text, "role": Text}},
	})
	f.add("2001-05", "model.launched", object{"model": strings.Repeat("W", LongLabel)})
	for n := len(f.events); n < size; n++ {
		when := fmt.Sprintf("%d-%02d-%02d", 2000+n%25, 1+n%12, 1+n%28)
		if n%3 == 0 {
			when = when[:7]
		}
		name := fmt.Sprintf("%s %d", Text, n)
		switch n % 4 {
		case 0:
			f.add(when, "model.launched", object{"model": name, "body": Text})
		case 1:
			f.add(when, "plan.announced", object{"plan": fmt.Sprintf("p%d", n), "title": name, "basis": "announced", "window": "2026"})
		case 2:
			f.add(when, "market.entered", object{"market": name, "by": Text})
		default:
			f.add(when, "partnership.signed", object{"partnership": fmt.Sprintf("q%d", n), "partner": name, "kind": Text, "scope": []string{Text}})
		}
	}
	text, err := json.Marshal(object{
		"format": 1, "title": Text, "namespace": "https://example.org/hostile", "horizon": "2026",
		"sources": []object{{"key": "s", "title": Text, "publisher": Text, "address": "javascript:alert(3)", "licence": Text}},
		"silent":  []object{{"topic": Text, "note": Text}}, "events": f.events,
	})
	if err != nil {
		panic(err) // all of it can be written
	}
	return text
}

type object = map[string]any

type file struct{ events []object }

// add adds an event named e0, e1 and so on.
func (f *file) add(when, kind string, data object) {
	f.events = append(f.events, object{
		"slug": fmt.Sprintf("e%d", len(f.events)), "type": kind, "version": 1, "when": when, "data": data,
		"cites": []object{{"source": "s", "section": Text, "paragraph": 1}}, "note": Text,
	})
}
