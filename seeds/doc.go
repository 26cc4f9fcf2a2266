// Package seeds has the history of Leapmotor as data, and reads the histories
// of others in the same form.
//
// A history is one JSON file: its sources, the last day they cover, the topics
// they are silent about, and the events, each with its dates and the places in
// the sources that report it. The form is described by a JSON Schema,
// history.schema.json, which stands beside the file and which editors can use.
//
//	history := seeds.Leapmotor()
//	snapshot := history.At(edtf.MustDay("2024-07-01"))
//
// [Load] reads a file. A file with faults is refused whole, and the error, a
// [Faults], lists every one of them with its line, its column, its JSON
// Pointer and the reason. Faults in the order of events, and events that cannot
// follow others, are looked for once there are no faults in the form.
//
// # Identity
//
// An event has a readable slug in the file. Its ID is the UUID of version 5 of
// that slug in the history's namespace, so that the same file always gives the
// same IDs.
//
// # Sources
//
// The facts of leapmotor.json come from the article "Leapmotor" of Wikipedia
// (CC BY-SA 4.0), as the file cites it: by section, paragraph of the section,
// and sentence of the paragraph, all counted from 1. The wording is ours.
package seeds
