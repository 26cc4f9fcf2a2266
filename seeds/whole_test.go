package seeds_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// ofAll returns what an answer of the whole history says.
func ofAll[V comparable](on string, q timeline.Question[events.Company, V]) string {
	return ask(seeds.Leapmotor(), day(on), q).String()
}

// then is ofAll as known on a day.
func then[V comparable](on, known string, q timeline.Question[events.Company, V]) string {
	return ask(seeds.Leapmotor().KnownOn(day(known)), day(on), q).String()
}

// stakes asks who has what, and what is agreed.
func stakes() timeline.Question[events.Company, string] {
	return timeline.Value(func(c events.Company) string {
		var all []string
		for holder, s := range c.Stakes.All() {
			switch {
			case s.Agrees.Told():
				all = append(all, fmt.Sprintf("%s %v and %v agreed", holder, s.Percent, s.Agrees))
			case !s.Since.IsZero() && s.Sold.IsZero():
				all = append(all, fmt.Sprintf("%s %v", holder, s.Percent))
			}
		}
		return strings.Join(all, "; ")
	}).Reading("stakes")
}

// Who held what: agreed and closed apart.
func TestHolders(t *testing.T) {
	recorded := func(on string) string { return stakes().Read(seeds.Leapmotor().At(day(on)).State, day(on)) }
	before := "CICC Capital 1.79 %; Dahua Technology 8.89 %; Guosen 5.7 %; Jinhua CRRC fund 5.06 %; Sequoia China 3.7 %; Shanghai Electric Hong Kong 4.03 %"
	assert.Equal(t, before, recorded("2022-09-28"))
	assert.Equal(t, before, recorded("2022-09-30"))
	assert.Equal(t, "CICC Capital 1.79 %; Guosen 5.7 %; Jinhua CRRC fund 5.06 %; Sequoia China 3.7 %; Shanghai Electric Hong Kong 4.03 %; Stellantis 21.26 %; "+
		"Zhu Jiangming, Fu Liquan and spouses 23.47 %", recorded("2023-11-21"))
	assert.Equal(t, "CICC Capital 1.79 %; FAW Group 0 % and about 5 % agreed; Guosen 5.7 %; Jinhua CRRC fund 5.06 %; "+
		"Jinhua Industrial Fund and Wuyi County 0 % and more than 0 % agreed; Sequoia China 3.7 %; Shanghai Electric Hong Kong 4.03 %; Stellantis 20 %; "+
		"Zhu Jiangming, Fu Liquan and spouses 23.8 %", recorded("2026-01-15"))
	assert.Equal(t, "no", seeds.Leapmotor().Holds(day("2022-09-28"), events.ListedIn("Hong Kong")).String())
	assert.Equal(t, "certain", seeds.Leapmotor().Holds(day("2022-09-30"), events.ListedIn("Hong Kong")).String())
	assert.Equal(t, "0 %", ofAll("2023-10-31", events.StakeOf("Stellantis")), "agreed is not held")
	assert.Equal(t, "20 % or 21.26 %", ofAll("2026-01-15", events.StakeOf("Stellantis")), "two newspapers")
	assert.Equal(t, "20 %", ask(article(), day("2023-10-31"), events.StakeOf("Stellantis")).String())
}

func TestDeliveries(t *testing.T) {
	const on = "2026-02-28"
	for period, want := range map[string]string{
		"2020": "8,050 or 10,266", "2021": "43,748", "2022": "about 111,200", "2023": "144,155", "2024": "293,724", "2025": "596,555",
		"2025-06": "about 48,000", "2019": "not recorded",
	} {
		assert.Equal(t, want, ofAll(on, events.DeliveriesOf("", edtf.MustParse(period))), period)
	}
	assert.Equal(t, "2024-11, 2025-05, 2025-06, 2025-07, 2025-08, 2025-09, 2025-10, 2025-11 and 2025-12", ofAll(on, events.MonthsAbove(40_000)))
	assert.Equal(t, "2024-11", then("2025-01-31", "2025-01-31", events.MonthsAbove(40_000)))
	assert.Equal(t, "2024-11 or 2025-04", ofAll(on, events.MilestoneOf("first month above 40,000")))
	assert.Equal(t, "not recorded", then("2024-01-10", "2024-01-10", events.DeliveriesOf("", edtf.MustParse("2023"))), "not published yet")
}

func TestFigures(t *testing.T) {
	figure := func(name, period string) string {
		return ofAll("2026-02-28", events.FigureOf(name, "", edtf.MustParse(period)))
	}
	assert.Equal(t, "CNY 33 million", figure("profit", "2025-40"), "a slip of the unit is deprecated")
	assert.Equal(t, "CNY 24.25 billion", figure("revenue", "2025-40"))
	assert.Equal(t, "CNY -5.1 billion", figure("profit", "2022"))
	assert.Equal(t, "-15.4 %", figure("gross margin", "2022"))
	assert.Equal(t, "more than CNY 0", figure("profit", "2024-36"))
	assert.Equal(t, "CNY -2.85 billion or CNY -2.84 billion", figure("adjusted profit", "2021"))
	assert.Equal(t, "not recorded", figure("revenue", "2017"))
	assert.Equal(t, "HKD 48", ofAll("2022-09-30", events.FigureOf("listing price", "", edtf.MustParse("2022-09-29"))))
}

func TestMarkets(t *testing.T) {
	const on = "2025-06-01"
	for market, want := range map[string]string{"Europe": "C10 and T03", "France": "T03", "China": "B10, C16 and S01", "Australia": "C10", "Brazil": "none"} {
		assert.Equal(t, want, strings.Replace(ask(seeds.Leapmotor(), day(on), events.ModelsSoldIn(market)).Values()[0].String(), ", and", " and", 1), market)
	}
	assert.Equal(t, "possible", ofAll("2024-12-31", events.InMarket("Germany")))
	assert.Equal(t, "possible", ask(article(), day("2024-12-31"), events.InMarket("Germany")).String())
	assert.Equal(t, "certain", ofAll("2024-12-31", events.InMarket("Europe")))
	assert.Equal(t, "no", ofAll("2024-12-31", events.InMarket("Brazil")))
	assert.Equal(t, "certain", ofAll("2023-01-01", events.InMarket("Europe")), "in France")
	assert.Equal(t, "no", ask(article(), day("2023-01-01"), events.InMarket("Europe")).String())
}

func TestPeople(t *testing.T) {
	president := events.HolderOf("president")
	assert.Equal(t, "Wu Baojun", then("2024-01-31", "2024-01-20", president), "he had left, and nobody knew")
	assert.Equal(t, `""`, fmt.Sprintf("%q", ask(seeds.Leapmotor(), day("2024-01-31"), president).Values()[0]))
	assert.Equal(t, "Zhu Jiangming", ofAll("2025-04-30", events.HolderOf("chairman")))
	assert.Equal(t, "Zhu Jiangming", ask(article(), day("2025-04-30"), events.HolderOf("chairman")).String())
}

// Where the B10 for Europe was to be made, to a reader of the day.
func TestPlantOfTheB10(t *testing.T) {
	where := events.SitesOfPlan("b10-europe")
	for known, want := range map[string]string{
		"2024-10-31": "none", "2024-11-30": "Eisenach and Trnava or Germany and Slovakia", "2025-04-01": "Zaragoza", "2025-12-31": "Zaragoza",
	} {
		assert.Equal(t, want, then(known, known, where), known)
	}
	first := ask(seeds.Leapmotor().KnownOn(day("2024-11-15")), day("2024-11-15"), where)
	assert.Contains(t, first.Values(), immutable.NamesOf("Eisenach", "Trnava"))
	when := events.WindowOfPlan("b10-europe")
	assert.Equal(t, "2026-33", then("2025-04-01", "2025-04-01", when))
	assert.Equal(t, "2026-08", then("2025-11-01", "2025-11-01", when))
	assert.Equal(t, "2026-08 or 2026-36", then("2025-12-31", "2025-12-31", when))
}

func TestPlansOfTheWholeHistory(t *testing.T) {
	assert.Equal(t, "possible", ofAll("2025-06-01", events.PlanCovers("six-models", "T03")))
	assert.Equal(t, "possible", ask(article(), day("2025-06-01"), events.PlanCovers("six-models", "T03")).String())
	var named []string
	for _, plan := range []string{"india-asia-pacific-launch", "middle-east-africa-launch", "south-america-launch"} {
		named = append(named, strings.Split(strings.ReplaceAll(ask(article(), day("2025-06-01"), events.MarketsOfPlan(plan)).String(), " and ", ", "), ", ")...)
	}
	slices.Sort(named)
	assert.Equal(t, []string{"Brazil", "Chile", "French Overseas Territories", "India", "Israel", "Turkey"}, named)
	window := events.WindowOfPlan("malaysia-assembly")
	assert.Equal(t, "2025", then("2025-06-01", "2025-06-01", window))
	assert.Equal(t, "2026-40", ofAll("2026-01-01", window))
	overdue := ask(seeds.Leapmotor(), day("2026-03-31"), events.PlansThatAre(events.Overdue))
	require.NotEmpty(t, overdue.Values())
	for _, plan := range []string{"lingxin-01-vehicle-test", "star-market", "deliveries-2023", "brazil-launch", "d19-deliveries"} {
		assert.Equal(t, "overdue, as far as recorded, to 2026-03", ofAll("2026-04-01", events.StatusOfPlan(plan)), plan)
	}
	assert.Equal(t, "fulfilled", ofAll("2026-03-01", events.StatusOfPlan("deliveries-2025")))
	target := func(c events.Company) events.Number { return c.Plan("deliveries-2025").Target }
	assert.Equal(t, "500,000 cars", then("2025-01-01", "2025-01-01", timeline.Value(target).Reading("plans/deliveries-2025")))
	assert.Equal(t, "580,000 to 650,000 cars", ofAll("2025-09-01", timeline.Value(target).Reading("plans/deliveries-2025")))
}

// A report that was taken back counts for who had not heard of that.
func TestFerrari(t *testing.T) {
	talks := timeline.Value(func(c events.Company) bool { _, ok := c.Talks.Get("ferrari"); return ok }).Reading("talks/ferrari")
	assert.Equal(t, "true", then("2025-04-24", "2025-04-24", talks))
	assert.Equal(t, "false", then("2025-04-25", "2025-04-25", talks))
	assert.Equal(t, "false", ofAll("2025-04-24", talks))
}

// Where the shares are listed is no matter of the article.
func TestListingIsNotOfTheArticle(t *testing.T) {
	listed := events.ListedIn("Hong Kong")
	assert.Equal(t, "not recorded: listing (as recorded: no)", article().Holds(day("2024-01-01"), listed).String())
	assert.Equal(t, "certain", seeds.Leapmotor().Holds(day("2024-01-01"), listed).String())
}

// That the first deliveries came after the launch of the same month is not told.
func TestOrderOfTheS01(t *testing.T) {
	delivered := timeline.Value(func(c events.Company) string {
		m := c.Model("S01")
		return fmt.Sprint("launched ", !m.Launched.IsZero(), ", delivered ", !m.Delivered.IsZero())
	}).Reading("models/S01")
	assert.Equal(t, 4, len(ask(article(), day("2019-06-15"), delivered).Values()))
}

// A chart that takes what lasted from one of another day is the same chart.
func TestChartLikeAnother(t *testing.T) {
	h := seeds.Leapmotor()
	like := events.Chart(h, events.ChartOptions{On: edtf.MustParse("2019-01-01"), MaxRows: 9})
	for _, date := range []string{"2016-06-01", "2021-07-01", "2024-09-15", "2026-01-15"} {
		o := events.ChartOptions{On: edtf.MustParse(date), MaxRows: 9}
		want := events.Chart(h, o)
		o.Like = like
		got := events.Chart(h, o)
		assert.Equal(t, want, got, date)
		like = got
	}
}
