// Package chart draws histories.
//
// A [Chart] is lanes of rows of items over a range of days. It is written as a
// picture by [Chart.SVG], for Mermaid by [Chart.Mermaid], and as plain text by
// [Chart.Text]. A [Plot] shows how figures changed: as lines, as bars, or as parts of
// a hundred.
//
// Imprecise dates are drawn like this: a bar is solid where it is certain and fades
// where its start or end is not, from the earliest to the latest day; an event of which
// the day is not known is a whisker over the days, with a ring. A plan is hollow until it
// is fulfilled, and struck through when it is dropped; its colour says whether it is due
// or overdue, and arrows lead to it from its earlier dates. What is in question is
// hatched. A line connects rivals, of which only one can be true. What went on when the
// record ended, or by when it was known, is drawn no further.
//
// What has no room is cut, numbered, and told in whole under the picture. Texts have a
// contrast of 4.5 and marks one of 3, in light and in dark.
//
// Lanes and items come from the caller; [SpanOf], [InstantOf] and [StepsOf] make
// them of what package timeline answers. The output depends on nothing else: the
// same chart gives the same bytes.
//
// Texts may be anything. They are escaped, cut where they are too long to be
// read, and labels never cover each other.
package chart
