// Package edtf reads dates that are known only in part, and compares them
// without pretending to know more.
//
// Sources say "November 2017", "2018", "the second quarter of 2019" or "from
// 2018, still going". Such dates are written in the Extended Date/Time Format
// of ISO 8601-2, of which this package reads a [profile]:
//
//   - A [Day] is one calendar day, without a time zone.
//   - A [Date] is what a source says. It is a window (one day, somewhere in a
//     range), a span (something that lasts, with an earliest and latest start
//     and an earliest and latest end) or a one-of set (one day out of several
//     ranges, with gaps).
//   - A [Truth] is the answer to a question about such dates: [No], [Possible]
//     or [Certain], with the logic of Kleene.
//
// [Parse] reads EDTF, [ParseEnglish] reads "Q2 2019" and "11 May 2020" as
// people write them.
//
// # The profile
//
// Years run from 0000 to 9999. A window is written in one of these ways:
//
//	2018-03-15   a day
//	2018-03      a month
//	2018         a year
//	2018-21      a season: 21 March-May, 22 June-August, 23 September-November,
//	             24 December-February of the next year (meteorological, northern)
//	2018-33      a quarter: 33 to 36
//	2018-37      a third of a year: 37 to 39
//	2018-40      a half: 40, 41
//	201X, 20XX   a decade, a century
//	2018-XX, 2018-03-XX, 2018-XX-XX   digits nobody knows
//
// One trailing ?, ~ or % marks it as uncertain, approximate or both. The marks
// are kept and never move a bound. A span is written a/b; either end may be
// any window, and one end may be ".." (open: there is no end) or empty
// (unknown: there is an end, but nobody knows when). A one-of set is written
// [a], [a,b], [a..b], [..a] or [a..].
//
// Everything else in EDTF is refused with a [*ParseError] that names the
// feature and its offset: date-times, years of more than four digits,
// qualifiers on single components, all-of sets, and so on. So are impossible
// days, reversed spans, blanks and anything after the end.
//
// # Bounds
//
// All bounds are inclusive: the days themselves are in. A window that has no
// bound on one side reaches to [DistantPast] or [DistantFuture].
//
// [profile]: https://www.loc.gov/standards/datetime/
package edtf
