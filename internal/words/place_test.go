package words_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// code is what no reader should see: a field of the data, or a date in EDTF.
var code = regexp.MustCompile(`\b[a-z]+[A-Z][a-z]|\b\d{4}-\d{2}\b|\[\.\.|/\w+/`)

// Every part of the state of the histories has a name and a value in English.
func TestEverythingHasWords(t *testing.T) {
	parts := 0
	for _, file := range []string{"../../seeds/leapmotor.json", "../../examples/histories/saab.json", "../../examples/histories/tesla.json"} {
		f, err := seeds.LoadFile(file)
		require.NoError(t, err)
		for _, day := range []string{"2005-06-30", "2012-12-31", "2019-03-01", "2024-07-01", "2026-01-15"} {
			on := edtf.MustDay(day)
			text, err := json.Marshal(f.Timeline.At(on).State.On(on))
			require.NoError(t, err)
			visit(nil, json.RawMessage(text), func(steps []string, value json.RawMessage) {
				parts++
				place := words.Titler(nil).Place(steps)
				assert.NotEmpty(t, place)
				if len(steps) < 2 || code.MatchString(keyIn(steps)) {
					return // names may be anything
				}
				assert.NotRegexp(t, code, place, strings.Join(steps, "/"))
				said := strings.ReplaceAll(words.Titler(nil).Says(steps, value).Is(), "kWh", "")
				assert.NotRegexp(t, code, said, strings.Join(steps, "/"))
			})
		}
	}
	assert.Greater(t, parts, 3000)
}

// keyIn returns the names of things that steps have in them.
func keyIn(steps []string) string {
	var keys []string
	for n := 1; n < len(steps); n += 2 {
		keys = append(keys, steps[n])
	}
	return strings.Join(keys, " ")
}

// visit calls f for everything in a value but keys of events, which are names.
func visit(steps []string, value json.RawMessage, f func([]string, json.RawMessage)) {
	var members map[string]json.RawMessage
	if len(steps) > 0 {
		f(steps, value)
	}
	if json.Unmarshal(value, &members) != nil {
		return
	}
	for name, member := range members {
		switch name {
		case "remarks", "doneBy", "droppedBy", "fulfilledBy":
			continue
		}
		visit(append(steps[:len(steps):len(steps)], name), member, f)
	}
}

func TestPlaces(t *testing.T) {
	titles := words.Titler(func(section, key string) string {
		if section == "plans" && key == "india" {
			return "entry into India"
		}
		return ""
	})
	for path, want := range map[string]string{
		"/stakes/Stellantis/percent":         "the share of Stellantis",
		"/plants/Tychy/models/T03/status":    "the status of the production of the T03 at Tychy",
		"/plants/first plant/capacity":       "the capacity of the first plant",
		"/models/T03/launched":               "the launch of the T03",
		"/models/T03/prices/China/min":       "the lowest of the price of the T03 in China",
		"/models/T03/specification/rangeKm":  "the range of the T03",
		"/plans/india/window":                "the date of the plan “entry into India”",
		"/plans/other/status":                "the status of the plan other",
		"/deliveries/2023-12/count":          "the deliveries in December 2023",
		"/deliveries/B10 2025-05":            "the deliveries of the B10 in May 2025",
		"/company/legalName":                 "the legal name of the company",
		"/ventures/LI/shares/Stellantis":     "the share of Stellantis in the joint venture LI",
		"/facts/Fu Liquan/position/since":    "the beginning of position of Fu Liquan",
		"/stakes":                            "all owners",
		"/offices/chairman/holder":           "the holder of the office of chairman",
		"/markets/Europe":                    "sales in Europe",
		"/listings/Hong Kong/price":          "the price of the listing in Hong Kong",
		"/models/C10/markets/China/launched": "the launch of the C10 in China",
	} {
		steps := strings.Split(strings.TrimPrefix(path, "/"), "/")
		for n := range steps {
			steps[n] = jsontree.Unescape(steps[n])
		}
		assert.Equal(t, want, titles.Place(steps), path)
	}
}

func TestClaims(t *testing.T) {
	says := func(value string, steps ...string) words.Claim {
		return words.Titler(nil).Says(steps, json.RawMessage(value))
	}
	assert.Equal(t, "the T03 is made at Tychy", says(`"producing"`, "plants", "Tychy", "models", "T03", "status").Is())
	assert.Equal(t, "the T03 was made at Tychy", says(`"producing"`, "plants", "Tychy", "models", "T03", "status").Was())
	assert.Equal(t, "the T03 is no longer made at Tychy", says(`"ended"`, "plants", "Tychy", "models", "T03", "status").Is())
	assert.Equal(t, "Stellantis has held 21.26 %", says(`21.26`, "stakes", "Stellantis", "percent").HasBeen())
	assert.Equal(t, "Stellantis paid EUR 1.5 billion", says(`"EUR 1500000000"`, "stakes", "Stellantis", "price").Is())
	assert.Equal(t, "Zhu Jiangming is chairman", says(`"Zhu Jiangming"`, "offices", "chairman", "holder").Is())
	assert.Equal(t, "the T03 is on sale", says(`"on sale"`, "models", "T03", "status").Is())
	assert.Equal(t, "nothing is recorded of the share of Stellantis", says(``, "stakes", "Stellantis", "percent").Is())
}

func TestValues(t *testing.T) {
	for _, row := range []struct{ field, value, want string }{
		{"window", `"2024-36"`, "Q4 2024"},
		{"since", `"[..2015-12]"`, "by December 2015"},
		{"price", `"EUR 1500000000"`, "EUR 1.5 billion"},
		{"status", `""`, "not told"},
		{"percent", `20`, "20 %"},
		{"percent", `"about 5"`, "about 5 %"},
		{"capacity", `"<=250000"`, "250,000 or less"},
		{"count", `60423`, "60,423"},
		{"afterSubsidy", `true`, "yes"},
		{"with", `["Dahua", "Zhu"]`, "Dahua, Zhu"},
		{"", `{"title": "a plant", "window": "2018", "status": "due"}`, "a plant, 2018"},
		{"", `{"since": "2016", "percent": 1.79}`, "1.79 %, since 2016"},
		{"", `{}`, "recorded"},
		{"", ``, "nothing"},
		{"name", `"T03"`, "T03"},
		{"code", `"9863"`, "9863"},
	} {
		assert.Equal(t, row.want, words.Value(row.field, json.RawMessage(row.value)), row.value)
	}
}
