// Package terminal shows the answers of package answer as text: in sections of
// aligned columns, with colour if it is wanted. Run is the program of
// examples/asof, so that programs with more stores can have it too: see
// examples/durable.
package terminal
