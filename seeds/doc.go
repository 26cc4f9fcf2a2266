// Package seeds has the history of Leapmotor as data, and reads the histories
// of others in the same form.
//
// A history is a JSON file: its sources, the last day they cover, the topics
// they are silent about, and the events, each with its dates and the places in
// the sources that report it. A long one names further files with events, by topic. The
// forms are described by JSON Schemas, history.schema.json and part.schema.json, which
// editors can use.
//
//	history := seeds.Leapmotor()
//	snapshot := history.At(edtf.MustDay("2024-07-01"))
//
// [LoadFile] reads a history, and [LoadFS] and [Load] do so from elsewhere. One with
// faults is refused whole, and the error, a [Faults], lists every one of them with its
// file, line, column, JSON Pointer and reason. Faults in the order of events, and events that cannot
// follow others, are looked for once there are no faults in the form.
//
// Packages table, wikidata and bods below this one make histories of tables, of items of Wikidata and of registers of owners,
// as a [HistoryForm].
//
// # Identity
//
// An event has a readable slug in the file. Its ID is the UUID of version 5 of
// that slug in the history's namespace, so that the same file always gives the
// same IDs.
//
// # Sources
//
// The history of Leapmotor is leapmotor.json, which has the sources, and the files in the
// folder leapmotor. It has 63 facts of the article "Leapmotor" of Wikipedia (CC BY-SA 4.0), which
// it cites by section, paragraph of the section, and sentence of the paragraph, all counted
// from 1, and 193 facts of 193 news pages, broker notes and company reports, each with
// publisher, title, address and, where it is shown, the day of publication. The wording is
// ours. The article alone is the view AccordingTo("article"), with its own horizon and
// silences. In the whole history a more exact event of another source replaces that of the
// article.
//
// A "?" marks a date that one page alone gives, or that the page does not state itself.
// Deliveries and results are dated to the last day of their period, and known since their
// publication. Sources that contradict each other are rivals: "preferred" is the claim that
// more or better sources make, "deprecated" a misprint. The record covers events to March 2026.
package seeds
