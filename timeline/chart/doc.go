// Package chart draws histories.
//
// A [Chart] is lanes of rows of items over a range of days. It is written as a
// picture by [Chart.SVG], for Mermaid by [Chart.Mermaid], and as plain text by
// [Chart.Text]. A [Plot] shows how figures changed, as steps.
//
// Imprecise dates are drawn like this: a bar fades where its start or end is
// uncertain, from the earliest to the latest day; an event is as wide as its window.
// A plan is hollow until it is fulfilled, and struck through when it is dropped.
// What is in question is hatched. A line connects rivals, of which only one can be
// true.
//
// Lanes and items come from the caller; [SpanOf], [InstantOf] and [StepsOf] make
// them of what package timeline answers. The output depends on nothing else: the
// same chart gives the same bytes.
//
// Texts may be anything. They are escaped, cut where they are too long to be
// read, and labels never cover each other.
package chart
