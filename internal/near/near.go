// Package near finds the names that someone may have meant.
package near

import (
	"cmp"
	"slices"
)

const (
	maxLetters = 100    // longer names are not compared: nobody mistypes them
	maxNames   = 10_000 // so many are compared
)

// To returns those of names that are near to name, the nearest first: at most a
// third of its letters, and at least one, may differ. Names of more than 100
// bytes are near to none, and of more than 10,000 names the first are looked at,
// so that a call takes milliseconds.
func To(name string, names []string) []string {
	if len(name) > maxLetters {
		return nil
	}
	type candidate struct {
		name     string
		distance int
	}
	var found []candidate
	most := max(1, len(name)/3)
	for _, n := range names[:min(len(names), maxNames)] {
		if len(n) < len(name)-most || len(n) > len(name)+most {
			continue
		}
		if d := distance(name, n, most); d <= most {
			found = append(found, candidate{n, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var near []string
	for _, c := range found {
		near = append(near, c.name)
	}
	return near
}

// distance returns how many letters must be added, removed or changed to make
// b of a, or some number above most if these are more than most (Levenshtein,
// row by row).
func distance(a, b string, most int) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		least := row[0]
		for j := range len(b) {
			changed := diagonal
			if a[i] != b[j] {
				changed++
			}
			diagonal = row[j+1]
			row[j+1] = min(changed, row[j]+1, row[j+1]+1)
			least = min(least, row[j+1])
		}
		if least > most {
			return least
		}
	}
	return row[len(b)]
}
