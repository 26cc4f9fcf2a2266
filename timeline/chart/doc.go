// Package chart draws histories.
//
// A [Chart] is lanes of rows of items over a range of days. It is written as a
// picture by [Chart.SVG], for Mermaid by [Chart.Mermaid], and as plain text by
// [Chart.Text]. A [Plot] shows how figures changed, as steps.
//
// What is not known for sure looks so: a span whose beginning is a window fades
// in from the earliest to the latest day of it, something that happened on one
// of several days is as wide as those days, a plan is hollow until it is
// fulfilled and struck through when it is dropped, and what is in question is
// hatched. Rivals, of which only one can be true, are tied together.
//
// Lanes and items come from the caller; [SpanOf], [InstantOf] and [StepsOf] make
// them of what package timeline answers. The output depends on nothing else: the
// same chart gives the same bytes.
//
// Texts may be anything. They are escaped, cut where they are too long to be
// read, and labels never cover each other.
package chart
