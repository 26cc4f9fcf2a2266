// Package edtf reads dates that are known only in part, and compares them
// without pretending to know more.
//
// Sources say "November 2017", "2018", "the second quarter of 2019" or "from
// 2018, still going". Such dates are written in the [Extended Date/Time Format] of ISO
// 8601-2, of which this package reads all levels:
//
//   - A [Day] is one calendar day, without a time zone.
//   - A [Date] is what a source says. It is a window (one day out of some), a span
//     (something that lasts, with an earliest and latest start and an earliest and latest
//     end), a one-of set (one day out of several windows) or an all-of set (several days).
//   - A [Truth] is the answer to a question about such dates: [No], [Possible]
//     or [Certain], with the logic of Kleene.
//
// [Parse] reads EDTF, [ParseEnglish] reads "Q2 2019" and "11 May 2020" as
// people write them. A program that does not want all of EDTF has [Level.Parse].
//
// # Windows
//
//	2018-03-15   a day
//	2018-03      a month
//	2018         a year; -0043 is 44 BC, since the year before 0001 is 0000
//	2018-21      a season: 21 March-May, 22 June-August, 23 September-November,
//	             24 December-February of the next year (meteorological, northern)
//	2018-25      25 to 28 the same, said of the north; 29 to 32 of the south: 29
//	             September-November, 30 December-February, 31 March-May, 32 June-August
//	2018-33      a quarter: 33 to 36
//	2018-37      a third of a year: 37 to 39
//	2018-40      a half: 40, 41
//	201X, 20XX   a decade, a century
//	2018-XX, 2018-03-XX, 2018-XX-XX   digits nobody knows
//	156X-12-25   an X in any place: a Christmas of the 1560s
//	1950S2       significant digits: some year from 1900 to 1999
//	Y170000002, Y-17E7, Y3388E2S3   longer years, with up to eleven digits
//	2018-03-15T23:20:30Z   a time of day, of which only the day counts
//
// The marks ?, ~ and % say that a part is uncertain, approximate or both. A mark after a part
// is meant for that part and all parts to its left, a mark before it for that part alone
// (?2004-06-~11). They are kept and never move a bound.
//
// # Spans and sets
//
// A span is written a/b. An end may be any window, ".." (open: there is no end) or empty
// (unknown: there is an end, but nobody knows when). The start may be a day up to one (..2018),
// and the end one from then on (2018..). A one-of set is written [a], [a,b], [a..b], [..a] or
// [a..], an all-of set with braces; the ends of a range have one precision.
//
// # What is refused
//
// Everything else: impossible days, reversed spans, blanks, anything after the end, and what
// is ISO 8601 and not EDTF, such as week dates and ordinal dates. The error is a
// [*ParseError] with the offset and the reason.
//
// # Bounds
//
// All bounds are inclusive: the days themselves are in. A window that has no
// bound on one side reaches to [DistantPast] or [DistantFuture]. A Day is in one of the years
// -5877640 to 5881579. [Date.Saturated] reports a date that has a bound beyond them.
//
// [Extended Date/Time Format]: https://www.loc.gov/standards/datetime/
package edtf
