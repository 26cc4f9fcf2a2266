// Package wikidata makes a history of an item of Wikidata, in the JSON of
// https://www.wikidata.org/wiki/Special:EntityData.
//
// [Read] returns it as a [seeds.HistoryForm], with a list of what it does not understand, each
// with its place and the reason. Nothing is left out in silence.
//
// # What becomes of statements
//
//	inception (P571)                       company.founded, with founder (P112), country (P17), industry (P452)
//	                                       and location of formation (P740)
//	official name (P1448)                  company.renamed
//	headquarters location (P159)           company.moved
//	stock exchange (P414)                  company.listed, company.delisted
//	owned by (P127), proportion (P1107)    stake.closed
//	chief executive (P169), chair (P488), manager (P1037)    office.taken, office.left
//	has subsidiary (P355), owner of (P1830)    subsidiary.acquired, subsidiary.sold
//	revenue (P2139), profit (P2295), employees (P1128)    figure.reported
//	dissolved (P576), replaced by (P1366)  company.dissolved
//	merged into (P7888)                    company.merged
//	named after (P138), product (P1056), parent (P749), replaces (P1365)    fact.began, fact.ended
//
// The start (P580), end (P582) and point in time (P585) of a statement are when it was so, and earliest
// and latest dates (P1319, P1326, P8554, P8555) bound these. An end that is known to be, but not when,
// is a day from the start on; "no value" as an end says that it goes on. A statement without a start
// was so on some day up to the last revision of the item.
//
// Where a value is unknown ("somevalue") the event says "unknown", and where there is none
// ("novalue") "none". Several inceptions or dissolutions, seats or names without a date, and figures of one period
// are rivals, with the ranks that they have. A deprecated statement of another kind is listed and left out, since nothing is
// its rival. A seat or a name has no end of its own: it goes on until another is told, and if none is, that is listed.
//
// # Dates
//
// Precision 6 to 11, of a thousand years to a day, "before" and "after", and the calendar: a day of
// the Julian calendar becomes that of ours, and a year or month of it the days that it had. Years BC are counted
// without a year 0 there, and with one here. "Circa" (P1480) makes a date approximate.
//
// # Names
//
// The JSON of an item has the names of other items only if it was asked for with them. Further
// files of items may be given for that; what has no name is called by its number, such as Q42.
package wikidata
