// Package export writes a history in the forms of other programs: a table of its events or of
// values over time (CSV), a calendar (iCalendar, RFC 5545), a feed (Atom, RFC 4287) and a
// state as Markdown.
//
//	entries := export.Entries(history, day, nil)
//	err := export.ICalendar(file, "Library", entries)
//
// None of these forms knows dates that are known only in part, so that each says it in words beside
// what it can hold: an event of June 2024 is a calendar entry over all of June that says so, and a row
// with a first and a last day. What is possible is called possible.
//
// A history as a diagram is what package chart draws; as JSON Lines it is written by package
// eventlog/jsonl.
package export
