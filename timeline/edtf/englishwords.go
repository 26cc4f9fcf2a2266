package edtf

import (
	"maps"
	"strconv"
	"strings"
	"time"
)

// The words of the calendar, and their numbers.
var (
	months   = namesOf(12, func(n int) string { return time.Month(n).String() }, map[string]int{"sept": 9})
	weekdays = namesOf(7, func(n int) string { return time.Weekday(n % 7).String() }, map[string]int{"tues": 2, "thur": 4, "thurs": 4})
	seasons  = map[string]int{"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
	ordinals = numbered("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth " +
		"thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")
	numbers = numbered("one two three four five six seven eight nine ten eleven twelve")
)

// namesOf returns the numbers from 1 to n of names and of their first three letters, and
// others.
func namesOf(n int, name func(int) string, others map[string]int) map[string]int {
	all := maps.Clone(others)
	for i := 1; i <= n; i++ {
		word := strings.ToLower(name(i))
		all[word], all[word[:3]] = i, i
	}
	return all
}

// numbered returns the numbers of words, from 1.
func numbered(words string) map[string]int {
	all := map[string]int{}
	for n, word := range strings.Fields(words) {
		all[word] = n + 1
	}
	return all
}

// ordinal returns 17 for "17th" or "seventeenth", or 0.
func ordinal(w string) int {
	if n := ordinals[w]; n > 0 {
		return n
	}
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if digits, ok := strings.CutSuffix(w, end); ok && isDigits(digits, 2) {
			n, _ := strconv.Atoi(digits)
			return n
		}
	}
	return 0
}

// number returns 9 for "nine" or "9", or 0.
func number(w string) int {
	if isDigits(w, 2) {
		n, _ := strconv.Atoi(w)
		return n
	}
	return numbers[w]
}

// day reads the number of a day at i: "11", "11th", "eleventh", "twenty-first". It returns how many
// tokens that is, or 0.
func (e *english) day(i int) (day, length int) {
	w := e.at(i)
	switch {
	case (w == "twenty" || w == "thirty") && e.at(i+1) == "-" && ordinals[e.at(i+2)] >= 1 && ordinals[e.at(i+2)] < 10:
		return map[string]int{"twenty": 20, "thirty": 30}[w] + ordinals[e.at(i+2)], 3
	case w == "thirtieth":
		return 30, 1
	case isDigits(w, 2):
		day, _ = strconv.Atoi(w)
		return day, 1
	}
	if day = ordinal(w); day > 0 {
		return day, 1
	}
	return 0, 0
}
