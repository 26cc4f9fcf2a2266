// Package explorer is the program of examples/explorer: a page on which one
// moves through a history, and the same answers as JSON. It is here so that
// programs with more stores can have it too: see examples/durable.
//
// A [Server] serves one history. It reads it anew when its file or its log
// changes, and informs the pages that are open. Every view has an address, all of
// it works without JavaScript, and nothing is asked of anywhere else.
package explorer
