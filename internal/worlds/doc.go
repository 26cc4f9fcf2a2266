// Package worlds finds every state that a history may have been in, when the
// days of its events are imprecise and some events contradict each other.
//
// It knows items, which are events by number: their windows, which of them come
// before others, which replace others, which are rivals. It knows neither
// payloads nor IDs nor citations. Package timeline makes items of events and
// puts answers together from what this package finds.
//
// A world gives each item one day of its window and one day on which it became
// known, and picks one item of each set of rivals. The baseline is the world in
// which everything happens, and becomes known, as late as it may.
//
// # How it works
//
// Worlds are not tried day by day. Windows cut the history:
//
//	           Jan       Feb       Mar       Apr
//	item 0      ##########                          January
//	item 1           ##########                     15 January to 15 February
//	item 2                          x               10 March, an exact day
//	item 3                                ######    April, independent of the others
//	            '-------------'     '               one region, then a fixed item
//	            '----'----'---'                     segments of the region
//
// A region is a stretch of days on which something is undecided. Outside of
// regions the order of items is fixed. A region is cut into segments, in which
// no window begins or ends, so that all days of a segment are alike for every
// item: only the order in which items happen matters, and who has happened.
//
// The engine carries a frontier from left to right: the distinct worlds at the end
// of a day. In a segment it places one item after the other
// in each of them; worlds in which the same items have happened, and whose
// states are equal, become one. A frontier of one world without deviations is
// the baseline again, whose states are kept.
//
// # Where things are
//
//   - arrange, windows, sequence: the order of items and the days each may have;
//   - conflicts, alternatives: rivals and corrections, and which combinations of
//     them can be true;
//   - parts: how parts of a state are named, and which have something in common;
//   - baseline: the states of the baseline;
//   - region: regions and segments;
//   - independent: items whose order decides nothing, and which need no place
//     in a segment;
//   - engine, frontier, segmentstep, worldset: how worlds are carried on;
//   - observer, trace, sighting: what was seen in each world on the way.
//
// MaxWorlds bounds how many worlds that differ are followed, and a Work (work) how many
// steps are done for one question. Past either a frontier is incomplete, and says so.
package worlds
