package seeds_test

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sentences is how many sentences each paragraph of the article has. Its other
// headings (Products and what is under it, Sales, Partnerships, See also,
// References, External links) have no prose.
var sentences = map[string][]int{
	"Lead":       {3},
	"History":    {3, 5, 1, 5, 3, 3},
	"FAW Group":  {2, 1, 1, 3},
	"Stellantis": {2, 5, 4, 2},
}

// withoutFact lists the sentences that carry no fact, with the reason. There
// are none.
var withoutFact = map[string]string{}

// Every sentence of the article is cited by an event, and every citation names
// a sentence that is there.
func TestEverySentenceIsCited(t *testing.T) {
	cited := map[string]bool{}
	for e := range article().Events() {
		for _, c := range e.Cites {
			if c.Source != "article" {
				continue
			}
			cited[fmt.Sprintf("%s/%d/%d", c.Section, c.Paragraph, c.Sentence)] = true
		}
	}
	count := 0
	for section, paragraphs := range sentences {
		for p, n := range paragraphs {
			for s := range n {
				ref := fmt.Sprintf("%s/%d/%d", section, p+1, s+1)
				assert.NotEqual(t, cited[ref], withoutFact[ref] != "", "%s is either cited or listed as without a fact", ref)
				delete(cited, ref)
				count++
			}
		}
	}
	assert.Equal(t, 43, count)
	assert.Empty(t, cited, "cited, but not in the article")
}

// Every fact is in the event that the table names, which cites the
// sentence it stands in; and every event has a fact.
func TestEveryFactIsTold(t *testing.T) {
	text, err := os.ReadFile("testdata/facts.tsv")
	require.NoError(t, err)
	file := seeds.LeapmotorFile()
	facts, named := map[string]bool{}, map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		e, ok := file.Timeline.ByID(file.EventID(f[1]))
		require.True(t, ok, "%s: there is no event %s", f[0], f[1])
		cites := false
		for _, c := range e.Cites {
			cites = cites || fmt.Sprintf("%s/%d/%d", c.Section, c.Paragraph, c.Sentence) == f[2]
		}
		assert.True(t, cites, "%s: %s does not cite %s", f[0], f[1], f[2])
		facts[f[0]], named[f[1]] = true, true
	}
	for n := range 63 {
		assert.True(t, facts[fmt.Sprintf("SC-%02d", n+1)], "no event has SC-%02d", n+1)
	}
	for e := range article().Events() {
		assert.True(t, named[e.Name], "%s has no fact of the table", e.Name)
	}
}

// The folded state at fixed dates, frozen. A change here is a change of what
// users are to know, and belongs into the changelog.
func TestFoldedStateIsFrozen(t *testing.T) {
	const path = "testdata/states.golden"
	var b strings.Builder
	history := article()
	for _, on := range []string{
		"2015-01-01", "2015-12-31", "2017-11-30", "2018-12-31", "2019-06-30", "2020-05-11", "2020-11-30", "2023-10-31",
		"2024-05-31", "2024-06-30", "2024-11-30", "2025-03-31", "2025-10-31", "2030-01-01",
	} {
		for _, known := range []edtf.Day{day(on), edtf.MaxDay} {
			state, err := json.Marshal(history.KnownOn(known).At(day(on)).State.On(day(on)))
			require.NoError(t, err)
			fmt.Fprintf(&b, "%s %v %x\n", on, known, sha256.Sum256(state))
		}
	}
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())
}

// What is handed out of the embedded history reaches nobody else.
func TestLeapmotorFileIsACopy(t *testing.T) {
	f := seeds.LeapmotorFile()
	f.Sources[0].Key = "changed"
	assert.Equal(t, "article", seeds.LeapmotorFile().Sources[0].Key)
}
