package seeds_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/seeds"
)

// Every one of the 193 facts beyond the article is in the events that the table names,
// none of which cites the article; and every such event has a fact.
func TestEveryOutsideFactIsTold(t *testing.T) {
	text, err := os.ReadFile("testdata/outside.tsv")
	require.NoError(t, err)
	file := seeds.LeapmotorFile()
	facts, named := map[string]bool{}, map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fact, slugs, _ := strings.Cut(line, "\t")
		facts[fact] = slugs != ""
		for _, slug := range strings.Fields(slugs) {
			named[slug] = true
			_, ok := file.Timeline.ByID(file.EventID(slug))
			assert.True(t, ok, "%s: there is no event %s", fact, slug)
		}
	}
	for n := range 193 {
		assert.True(t, facts[fmt.Sprintf("LF-%03d", n+1)], "no event has LF-%03d", n+1)
	}
	cited := map[string]bool{}
	for e := range file.Timeline.Events() {
		ofArticle := false
		for _, c := range e.Cites {
			cited[c.Source] = true
			ofArticle = ofArticle || c.Source == "article"
		}
		assert.NotEqual(t, ofArticle, named[e.Name], "%s is of the article, or has a fact of the table", e.Name)
	}
	for _, s := range file.Sources {
		assert.True(t, cited[s.Key], "nothing cites %s", s.Key)
		assert.True(t, s.Publisher != "" && s.Title != "" && strings.HasPrefix(s.Address, "http"), "%s says who, what and where", s.Key)
	}
}

// What the article tells and another source tells more exactly is replaced, and so only
// the article's own view has it.
func TestTheArticleStandsAlone(t *testing.T) {
	var own []string
	for e := range article().Events() {
		own = append(own, e.Name)
		for _, c := range e.Cites {
			assert.Equal(t, "article", c.Source, e.Name)
		}
	}
	assert.Len(t, own, 43)
	assert.True(t, slices.Contains(own, "stellantis-stake"))
	assert.Equal(t, "2025-10", article().Horizon().String())
	assert.Equal(t, "2026-03", seeds.Leapmotor().Horizon().String())
}

// The file of the article alone, which tests of programs use, has what the view has.
func TestFileOfTheArticle(t *testing.T) {
	file, err := seeds.LoadFS(os.DirFS("testdata"), "article.json")
	require.NoError(t, err)
	var want, got []string
	for e := range article().Events() {
		want = append(want, fmt.Sprint(e.Name, e.When, e.Known, e.Data, e.Note, e.Cites))
	}
	for e := range file.Timeline.Events() {
		got = append(got, fmt.Sprint(e.Name, e.When, e.Known, e.Data, e.Note, e.Cites))
	}
	assert.ElementsMatch(t, want, got, "whatever file each stands in")
}
