package events_test

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

func TestEveryFieldTellsStatesApart(t *testing.T) {
	all := map[string]events.Company{"": {}}
	for _, p := range full(t) {
		c, err := events.Fold(base(t), events.Event{Name: "z", When: edtf.MustParse("2021"), Data: p})
		require.NoError(t, err, events.TypeOf(p))
		assert.False(t, c.Equal(base(t)), "%v changes nothing", events.TypeOf(p))
		all[events.TypeOf(p).Name] = c
	}
	for a, c := range all {
		for b, d := range all {
			assert.Equal(t, a == b, c.Equal(d), "%s and %s", a, b)
		}
	}
}

// base has what the payloads of full need to follow.
func base(t *testing.T) events.Company {
	return company(t,
		events.ProductionStarted{Plant: "Tychy", Model: "T03"},
		events.ProductionStarted{Plant: "Tychy", Model: "C10"},
		events.ProductionStarted{Plant: "Tychy", Model: "B10"},
		events.ProductionPaused{Plant: "Tychy", Model: "B10"},
		events.ProductionQuestioned{Plant: "Tychy", Model: "C10"},
		events.PlanAnnounced{PlanOutline: outline("moved", "2021")},
		events.PlanAnnounced{PlanOutline: outline("changed", "2021")},
		events.PlanAnnounced{PlanOutline: outline("fewer", "2021")},
		events.PlanAnnounced{PlanOutline: outline("questioned", "2021")},
		events.PlanAnnounced{PlanOutline: outline("doubted", "2021")},
		events.PlanQuestioned{Plan: "doubted"},
		events.PlanAnnounced{PlanOutline: outline("done", "2021")},
		events.PlanAnnounced{PlanOutline: outline("dropped", "2021")},
		events.TalksReported{Talks: "t", With: "F", About: "x"},
	)
}

// full returns a payload of every type with every field set.
func full(t *testing.T) []events.Payload {
	o := events.PlanOutline{
		Plan: "new", Title: "a new plan", By: "L", Basis: events.BasisReported, Window: edtf.MustParse("2024-36"),
		Items: immutable.ListOf(events.NewItem{Item: "B10", Model: true, Platform: "B", Region: "r", IsRegion: true}), AtLeast: 2, Target: events.Exactly(5), Unit: "cars", If: "c",
		Sites: immutable.ListOf(events.NamedSite{Site: "Zaragoza", Country: "Spain"}), Details: immutable.ListOf("for Europe"),
	}
	other := o
	other.Plan = "weighed"
	third, fourth := o, o
	third.Plan, fourth.Plan = "third", "fourth"
	fulfils := immutable.ListOf(events.PlanItem{Plan: "done", Item: "x"})
	list := []events.Payload{
		events.BrandLaunched{Brand: "Leapmotor"},
		events.CapitalRaised{Amount: money("CNY 380000000"), Total: true, About: true, AtLeast: true, Round: "series A", Investors: immutable.ListOf("S")},
		events.CompanyFounded{
			LegalName: "L Ltd", TradeName: "L", Seat: "Hangzhou", Country: "China", Business: "cars",
			Founders: immutable.ListOf(events.Founder{Name: "Zhu", Role: "director"}),
		},
		events.CompanyDelisted{Exchange: "Shanghai"},
		events.CompanyDissolved{Successor: "X"},
		events.CompanyInsolvent{Court: "a court"},
		events.CompanyListed{Exchange: "Hong Kong", Code: "9863", Price: money("HKD 48")},
		events.CompanyMerged{With: "M"},
		events.CompanyMoved{Seat: "Jinhua", Country: "China"},
		events.CompanyRenamed{LegalName: "L2 Ltd", TradeName: "L2"},
		events.ComponentsInsourced{Components: immutable.ListOf("motors")},
		events.ConceptShown{Concept: "C-More", LedTo: "C11"},
		events.ContextNoted{Actor: "Poland", What: "votes"},
		events.DeliveriesRecorded{Model: "T03", Period: edtf.MustParse("2023"), Count: events.Exactly(10)},
		events.FactBegan{Subject: "T03", Property: "recalled", Value: "in March"},
		events.FactEnded{Subject: "T03", Property: "sold by post"},
		events.FigureReported{Figure: "revenue", Of: "T03", Period: edtf.MustParse("2024"), Value: events.About(5), Unit: "CNY", Basis: "unaudited"},
		events.MarketEntered{Market: "Europe", Region: "the world", By: "Stellantis", Fulfils: fulfils},
		events.MarketLeft{Market: "Israel", Reason: "r"},
		events.MarketSellerChanged{Market: "France", By: "N"},
		events.MarketSuspended{Market: "India", Reason: "r"},
		events.MilestoneReached{Milestone: "100,000th car", Plant: "Jinhua", Model: "C11", Count: events.Exactly(100000)},
		events.ModelDelivered{Model: "S01", Market: "China"},
		events.ModelDiscontinued{Model: "S01", Market: "China"},
		events.ModelLaunched{Model: "S01", Body: "coupe", Market: "China", Ordinal: 1, Fulfils: fulfils},
		events.ModelPresold{Model: "S01", Market: "China"},
		events.ModelPriced{Model: "T03", Market: "China", Min: money("CNY 65800.5"), Max: money("CNY 75800"), AfterSubsidy: true},
		events.ModelRecalled{Model: "T03", Count: events.AtLeast(5), Reason: "r", Market: "China"},
		events.ModelRenamed{Model: "A10", Name: "B03X", Market: "Europe"},
		events.ModelUpdated{Model: "C11", Kind: "facelift", Name: "2025", Market: "China"},
		events.ModelRevealed{Model: "S01", Body: "coupe"},
		events.ModelShown{Model: "S01", At: "Guangzhou", As: "prototype"},
		events.ModelSpecified{Model: "T03", Spec: events.Spec{Versions: 3, Battery: 36.5, Range: 403, Cycle: "NEDC", About: true, Motors: 2, Power: 400, Torque: 720}},
		events.OfficeLeft{Office: "president", Person: "Wu"},
		events.OfficeTaken{Office: "chief executive", Person: "Zhu", Acting: true},
		events.OrganisationFounded{Organisation: "Dahua", Founders: immutable.ListOf("Fu", "Zhu")},
		events.PartnershipEnded{Partnership: "old"},
		events.PartnershipSigned{Partnership: "faw", Partner: "FAW", Kind: "memorandum", Fields: immutable.ListOf("parts")},
		events.PlanAffirmed{Plan: "doubted"},
		events.PlanAnnounced{PlanOutline: o},
		events.PlanChanged{Plan: "changed", Title: "t", Target: events.Between(5, 6), AtLeast: 2, If: "c"},
		events.PlanItemDropped{Plan: "fewer", Item: "x"},
		events.PlanConsidered{PlanOutline: other},
		events.PlanDropped{Plan: "dropped", Title: "t", InFavourOf: "third", Instead: immutable.ListOf(third), Reason: "r"},
		events.PlanFulfilled{Plan: "done", Item: "y"},
		events.PlanMoved{Plan: "moved", Window: edtf.MustParse("2025"), Sites: immutable.ListOf(events.NamedSite{Site: "x"}), Reason: "r"},
		events.PlanQuestioned{Plan: "questioned", Reason: "r"},
		events.PlansAnnounced{Plans: immutable.ListOf(fourth)},
		events.PlantOpened{Plant: "Qiantang", City: "Hangzhou", Country: "China"},
		events.PlantRated{Plant: "Jinhua 2", City: "Jinhua", Country: "China", Capacity: events.MoreThan(5)},
		events.PlantRenamed{Plant: "Jinhua 1", Name: "J"},
		events.PlantAcquired{Plant: "Wuyi", City: "Wuyi", Country: "China", From: "F", Price: money("CNY 10")},
		events.PlantBuilding{Plant: "Jinhua", City: "Jinhua", Country: "China"},
		events.ProductionAffirmed{Plant: "Tychy", Model: "C10"},
		events.PlantClosed{Plant: "Tychy", To: "F", Price: money("EUR 5")},
		events.ProductionEnded{Plant: "Tychy", Model: "T03"},
		events.ProductionPaused{Plant: "Tychy", Model: "T03", Reason: "r"},
		events.ProductionResumed{Plant: "Tychy", Model: "B10"},
		events.ProductionQuestioned{Plant: "Tychy", Model: "T03", Reason: "tariffs"},
		events.ProductionStarted{Plant: "Jinhua", City: "Jinhua", Country: "China", Model: "T03", Maker: "M", For: "F", Fulfils: fulfils},
		events.SharesIssued{Shares: events.Exactly(5), Total: true, Price: money("HKD 5"), To: "S"},
		events.SharesSplit{Into: 3, For: 1},
		events.StakeAgreed{Holder: "Stellantis", Percent: events.ExactPercent(20), Shares: events.Exactly(7), Price: money("EUR 1500000000")},
		events.StakeApproved{Holder: "FAW", By: "b"},
		events.StakeClosed{Holder: "Stellantis", Percent: events.ExactPercent(21.26), Votes: events.ExactPercent(5), Shares: events.Exactly(7), Through: "t", Basis: "b", Price: money("EUR 1500000000")},
		events.StakeLapsed{Holder: "Dahua", Reason: "r"},
		events.StakeTransferred{From: "Dahua", To: "FAW", Percent: events.ExactPercent(5), Price: money("CNY 10")},
		events.SubsidiaryAcquired{Organisation: "O", Percent: events.Portion(events.MoreThan(50)), From: "F", Price: money("EUR 5")},
		events.SubsidiarySold{Organisation: "P", To: "T", Price: money("EUR 5")},
		events.TalksEnded{Talks: "t", Outcome: "a deal"},
		events.TalksReported{Talks: "u", With: "FAW-VW", About: "a platform"},
		events.TechnologyAnnounced{
			Technology: "Lingxin 01", Stage: "verification", At: "CES Asia", With: immutable.ListOf("Dahua"),
			Purposes: immutable.ListOf("driving"), Claims: immutable.ListOf("first"),
		},
		events.VentureAgreed{Venture: "V", Shares: immutable.ListOf(events.Share{Holder: "A", Percent: 51}), Task: "sell", Territory: "abroad"},
		events.VentureApproved{Venture: "X", By: "b"},
		events.VentureChanged{Venture: "Y", Shares: immutable.ListOf(events.Share{Holder: "A", Percent: 49})},
		events.VentureEnded{Venture: "Z"},
		events.VentureFormed{Venture: "W"},
	}
	require.Len(t, list, len(events.Prototypes()), "a payload of each type")
	for _, p := range list {
		requireNoZeroField(t, events.TypeOf(p).Name, reflect.ValueOf(p))
	}
	return list
}

func requireNoZeroField(t *testing.T, path string, v reflect.Value) {
	if v.Kind() == reflect.Struct && !strings.HasPrefix(v.Type().Name(), "immutable.List[") && v.Type().PkgPath() == "github.com/leapmotor-timeline/leapmotor/events" && v.Type().Name() != "Money" && v.Type().Name() != "Number" && v.Type().Name() != "Portion" {
		for i := range v.NumField() {
			requireNoZeroField(t, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
		return
	}
	require.False(t, v.IsZero(), "%s is not set: the golden file would not freeze it", path)
}

// The promise of Scope: payloads without a part in common can be folded
// in either order, and neither decides whether the other is refused.
func TestScopeIsKept(t *testing.T) {
	payloads := full(t)
	for _, p := range full(t) { // the same, about other things
		form, err := events.Codec().Encode(p)
		require.NoError(t, err)
		text := strings.NewReplacer(`"T03"`, `"T04"`, `"S01"`, `"S02"`, `"Tychy"`, `"Mirafiori"`, `"new"`, `"newer"`).Replace(string(form.Data))
		form.Data = []byte(text)
		other, err := events.Codec().Decode(form)
		require.NoError(t, err)
		payloads = append(payloads, other)
	}
	fold := func(c events.Company, p events.Payload, name string) (events.Company, error) {
		return events.Fold(c, events.Event{Name: name, When: edtf.MustParse("2021"), Data: p})
	}
	apart := 0
	for i, p := range payloads {
		for j, q := range payloads[:i] {
			common := slices.ContainsFunc(p.Scope(), func(part string) bool { return slices.Contains(q.Scope(), part) })
			if common {
				continue
			}
			apart++
			a, errA := fold(base(t), p, "p")
			b, errB := fold(base(t), q, "q")
			ab, errAB := fold(a, q, "q")
			ba, errBA := fold(b, p, "p")
			if errA == nil && errB == nil {
				require.Equal(t, errAB == nil, errB == nil, "%d %v decides about %d %v", i, p, j, q)
				require.Equal(t, errBA == nil, errA == nil, "%d %v decides about %d %v", j, q, i, p)
				require.True(t, ab.Equal(ba), "%d %v and %d %v", i, p, j, q)
			}
		}
	}
	assert.Greater(t, apart, 1000)
}

// The stored form of every type, frozen. Stored events outlive code: a bug is
// mended without changing this file, and a change of form is a new version.
func TestStoredFormsAreFrozen(t *testing.T) {
	const path = "testdata/stored.golden"
	var b strings.Builder
	codec := events.Codec()
	for _, p := range full(t) {
		form, err := codec.Encode(p)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%s %d %s\n", form.Type, form.Version, form.Data)
		back, err := codec.Decode(form)
		require.NoError(t, err)
		assert.Equal(t, p, back, "law 8: decode(encode(e)) == e")
		assert.NotEmpty(t, p.String())
	}
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())
	for _, line := range strings.Split(strings.TrimSpace(string(want)), "\n") {
		parts := strings.SplitN(line, " ", 3)
		form := eventlog.Stored{Type: parts[0], Data: []byte(parts[2])}
		_, err := fmt.Sscan(parts[1], &form.Version)
		require.NoError(t, err)
		p, err := codec.Decode(form)
		require.NoError(t, err)
		assert.Equal(t, events.Type{Name: form.Type, Version: form.Version}, events.TypeOf(p))
		_, unknown := p.(events.Unknown)
		assert.False(t, unknown, line)
	}
}

func TestUnknownSurvives(t *testing.T) {
	codec := events.Codec()
	for _, typ := range []events.Type{{Name: "rocket.launched", Version: 1}, {Name: "model.launched", Version: 9}} {
		form := eventlog.Stored{Type: typ.Name, Version: typ.Version, Data: []byte(`{"a": [1,  2]}`)}
		p, err := codec.Decode(form)
		require.NoError(t, err)
		assert.Equal(t, typ, events.TypeOf(p))
		back, err := codec.Encode(p)
		require.NoError(t, err)
		assert.Equal(t, form, back, "as it was")
		c, err := events.Fold(events.Company{}, events.Event{Data: p})
		require.NoError(t, err)
		assert.True(t, c.Equal(events.Company{}), "folded as nothing")
	}
	h := history(t, events.BrandLaunched{Brand: "B"}, events.Unknown{Kind: events.Type{Name: "x", Version: 1}, JSON: "{}"})
	var names []string
	for e := range events.Unknowns(h) {
		names = append(names, e.Name+" "+e.Data.String())
	}
	assert.Equal(t, []string{"b unknown event x v1"}, names)
}

func TestDecodeRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`{"holder": "S", "percent": 120}`:                    "120 percent is more than 100",
		`{"holder": "S", "percent": -1}`:                     "-1 is negative",
		`{"holder": "S", "percent": "x"}`:                    `the number "x" is not written like 5, "about 5"`,
		`{"holder": "S", "percent": 20, "colour": "red"}`:    `unknown field "colour"`,
		`{"holder": "S", "percent": 20, "price": "1 EUR"}`:   `money "1 EUR" is not written like`,
		`{"holder": "S", "percent": 20} {"holder": "again"}`: "more than one JSON value",
		`[]`: "cannot unmarshal array",
		``:   "no data",
	} {
		_, err := events.Codec().Decode(eventlog.Stored{Type: "stake.closed", Version: 1, Data: []byte(text)})
		assert.ErrorContains(t, err, want, text)
	}
}

// FuzzDecode holds that no stored form panics, and that what is decoded can be
// encoded and decoded again to the same.
func FuzzDecode(f *testing.F) {
	text, err := os.ReadFile("testdata/stored.golden")
	if err != nil {
		f.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		parts := strings.SplitN(line, " ", 3)
		f.Add(parts[0], 1, []byte(parts[2]))
	}
	f.Add("unknown", 3, []byte(`{}`))
	f.Fuzz(func(t *testing.T, name string, version int, data []byte) {
		codec := events.Codec()
		p, err := codec.Decode(eventlog.Stored{Type: name, Version: version, Data: data})
		if err != nil {
			return
		}
		_ = p.String()
		_, _ = events.Fold(events.Company{}, events.Event{Data: p, When: edtf.MustParse("2020")})
		again, err := codec.Encode(p)
		if err != nil {
			return // a zero amount, which no form has
		}
		back, err := codec.Decode(again)
		if err != nil || !reflect.DeepEqual(p, back) {
			t.Fatalf("%s gives %#v, and that gives %s, which gives %#v, %v", data, p, again.Data, back, err)
		}
	})
}

func TestTypesAreNamedInOrder(t *testing.T) {
	var names []string
	for _, p := range events.Prototypes() {
		typ := events.TypeOf(p)
		assert.Positive(t, typ.Version, typ)
		names = append(names, typ.Name)
	}
	assert.True(t, slices.IsSorted(names), names)
	assert.Len(t, slices.Compact(names), len(events.Prototypes()), "no name stands twice")
	assert.Zero(t, events.TypeOf(nil))
	assert.Equal(t, "model.launched v1", events.TypeOf(events.ModelLaunched{}).String())
}

// Types are found by their names, which are in order.
func TestPrototypeOf(t *testing.T) {
	names := events.TypeNames()
	assert.True(t, slices.IsSorted(names))
	for n, p := range events.Prototypes() {
		found, ok := events.PrototypeOf(names[n])
		assert.True(t, ok)
		assert.Equal(t, events.TypeOf(p), events.TypeOf(found))
	}
	_, ok := events.PrototypeOf("model.lanched")
	assert.False(t, ok)
}
