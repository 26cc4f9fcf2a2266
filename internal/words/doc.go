// Package words says in English what the state of a company has as data: dates, the
// parts of a state by their JSON Pointers, and values by their JSON form. The program
// and the page print what it returns, so that both speak alike.
package words
