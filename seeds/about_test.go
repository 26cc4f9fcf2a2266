package seeds_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// document returns the report of c on a day, as JSON.
func document(c events.Company, on string) string {
	text, err := timeline.Document(c, day(on))
	if err != nil {
		panic(err)
	}
	return string(text)
}

// sorted returns JSON with the names of its members in order.
func sorted(text string) string {
	if text == "" {
		return ""
	}
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(err)
	}
	b, _ := json.Marshal(v)
	return string(b)
}

// memberOf returns a member of a section of a report, or the section if the
// name is empty.
func memberOf(text, section, name string) string {
	var sections map[string]json.RawMessage
	_ = json.Unmarshal([]byte(text), &sections)
	if name == "" {
		return string(sections[section])
	}
	var members map[string]json.RawMessage
	_ = json.Unmarshal(sections[section], &members)
	return string(members[name])
}

func asked[V comparable](t *testing.T, h *events.History, on string, q timeline.Question[events.Company, V]) timeline.Answer[V, events.Payload] {
	answer, err := timeline.Ask(h, day(on), q)
	require.NoError(t, err)
	return answer
}

// What events.Parts names is enough to know the value at each address: asked
// about these parts alone, the history answers the same.
func TestPartsAreEnough(t *testing.T) {
	race.SkipLong(t)
	history := article()
	var last map[string]json.RawMessage
	text, err := timeline.Document(history.At(day("2025-10-31")).State, day("2025-10-31"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &last))
	reports := map[string][]string{"2017-11-20": nil, "2024-05-20": nil} // of all worlds
	for on := range reports {
		reports[on] = asked(t, history, on, timeline.Value(func(c events.Company) string { return document(c, on) })).Values()
	}
	narrowed := 0
	for section, value := range last {
		names := []string{""}
		var members map[string]json.RawMessage
		if json.Unmarshal(value, &members) == nil {
			for name := range members {
				names = append(names, name)
			}
		}
		for _, name := range names {
			path := []string{section}
			if name != "" {
				path = append(path, name)
			}
			narrowed++
			for on, texts := range reports {
				want := map[string]bool{}
				for _, text := range texts {
					want[sorted(memberOf(text, section, name))] = true
				}
				got := asked(t, history, on, timeline.Map(events.ValueAt(path...), sorted))
				assert.ElementsMatch(t, slices.Collect(maps.Keys(want)), got.Values(), "%v on %s", path, on)
			}
		}
	}
	assert.Greater(t, narrowed, 40)
	assert.Nil(t, events.Parts())
	assert.Equal(t, []string{"models"}, events.Parts("platforms", "C"), "models name their platforms")
	assert.Equal(t, []string{"stakes/Stellantis/percent"}, events.Parts("stakes", "Stellantis", "percent"))
	assert.Equal(t, []string{"plants/Tychy/place"}, events.Parts("plants", "Tychy", "city"))
}

func TestProspects(t *testing.T) {
	on := day("2025-10-31")
	c := article().At(on).State
	promised := func(p func(events.Company) bool) []string {
		var all []string
		for _, x := range c.Prospects(on, p) {
			all = append(all, x.Key+", "+x.Status.String()+": "+x.By.String())
		}
		slices.Sort(all)
		return all
	}
	assert.Equal(t, []string{"t03-c10-first, planned: C10 is launched"},
		promised(func(c events.Company) bool { return c.OnSale("C10") }))
	assert.Equal(t, []string{"mirafiori, considered: production of the unnamed model starts at Mirafiori"},
		promised(func(c events.Company) bool { _, ok := c.Plants.Get("Mirafiori"); return ok }))
	assert.Equal(t, []string{"b10-poland, dropped: production of the B10 starts at Poland"},
		promised(func(c events.Company) bool { return c.Producing("Poland", "B10") }), "dropped, and says so")
	assert.Equal(t, []string{"b10-europe, planned: production of the B10 starts at Slovakia"},
		promised(func(c events.Company) bool { return c.Producing("Slovakia", "B10") }))
	assert.Equal(t, []string{"south-america-launch, overdue: sales begin in Brazil"},
		promised(func(c events.Company) bool { return c.InMarket("Brazil") == edtf.Certain }))
	assert.Equal(t, []string{"lingxin-01-vehicle-test, overdue: the plan lingxin-01-vehicle-test is carried out"},
		promised(func(c events.Company) bool { return c.Plan("lingxin-01-vehicle-test").Status(on) == events.Fulfilled }))
	assert.Empty(t, promised(func(c events.Company) bool { return c.InMarket("Atlantis") == edtf.Certain }))
	assert.Empty(t, promised(func(c events.Company) bool { return c.InMarket("Europe") == edtf.Certain }), "it is so already")
}
