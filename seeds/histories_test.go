package seeds_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
)

// historyFile reads one of the histories of other companies. Nothing in it is left that
// does not fit.
func historyFile(t *testing.T, name string) *events.History {
	t.Helper()
	f, err := os.Open(filepath.Join("../examples/histories", name))
	require.NoError(t, err)
	defer f.Close()
	file, err := seeds.Load(f, name)
	require.NoError(t, err)
	h := file.Timeline
	for e := range h.Events() {
		day := e.When.Latest()
		for path, r := range h.At(day).State.Remarks() {
			assert.Fail(t, r.String(), "%s on %v", path, day)
		}
	}
	return h
}

// A company that was sold three times, and came to an end.
func TestHistoryOfSaab(t *testing.T) {
	h := historyFile(t, "saab.json")
	on := func(date string) events.Company { return h.At(day(date)).State }
	for date, want := range map[string]string{
		"1995-01-01": "50 % 50 % 0 %", "2000-12-31": "100 % 0 % 0 %", "2009-12-31": "100 % 0 % 0 %", "2010-02-23": "0 % 0 % 100 %",
	} {
		c := on(date)
		assert.Equal(t, want, fmt.Sprint(c.StakeOf("General Motors"), " ", c.StakeOf("Investor"), " ", c.StakeOf("Spyker Cars")), date)
	}
	agreed, _ := on("2009-10-01").Stakes.Get("Koenigsegg Group")
	lapsed, _ := on("2009-12-31").Stakes.Get("Koenigsegg Group")
	assert.Equal(t, "100 % not recorded 2009-11-24", fmt.Sprint(agreed.Agrees, " ", lapsed.Agrees, " ", lapsed.Lapsed))
	assert.Equal(t, "Subaru", h.At(day("2005-01-01")).State.FactOf("9-2X", "made by").Value)
	for date, want := range map[string]string{"2011-03-31": "on sale producing", "2011-06-01": "on sale paused", "2012-01-01": "discontinued ended", "2014-01-01": "discontinued producing"} {
		c := on(date)
		assert.Equal(t, want, fmt.Sprint(events.StatusOfModel("9-3").Read(c, day(date)), " ", events.StatusOfProduction("Trollhättan", "9-3").Read(c, day(date))), date)
	}
	assert.False(t, on("2012-01-01").Founded())
}

// A company that took another name and moved.
func TestHistoryOfTesla(t *testing.T) {
	h := historyFile(t, "tesla.json")
	c := h.At(day("2025-10-31")).State
	i := c.Identity
	assert.Equal(t, "Tesla, Inc., Tesla, Austin, United States, 2003-07-01", fmt.Sprint(i.LegalName, ", ", i.TradeName, ", ", i.Seat, ", ", i.Country, ", ", i.Founded))
	assert.Equal(t, "Tesla Motors, Palo Alto", func() string {
		i := h.At(day("2016-01-01")).State.Identity
		return i.TradeName + ", " + i.Seat
	}())
	assert.Equal(t, "Ze'ev Drori", h.At(day("2008-06-01")).State.HolderOf("chief executive"))
	assert.Equal(t, "6 % 4 %", fmt.Sprint(h.At(day("2009-12-31")).State.StakeOf("Daimler"), " ", h.At(day("2009-12-31")).State.StakeOf("Aabar")))
	prices := c.Model("Model 3").Prices
	us, _ := prices.Get("United States")
	china, _ := prices.Get("China")
	assert.Equal(t, "USD 35,000 CNY 299,050", fmt.Sprint(us.Min, " ", china.Min))
	assert.Equal(t, "certain", h.Holds(day("2010-06-29"), events.ListedIn("Nasdaq")).String())
	assert.Equal(t, events.Fulfilled, c.Plan("semi").Status(day("2025-01-01")))
	fremont, _ := c.Plants.Get("Fremont")
	assert.Equal(t, "Toyota", fremont.From)
	solar, _ := c.Related.Get("SolarCity")
	assert.Equal(t, "2016-11-21 more than 0 %", fmt.Sprint(solar.Owned, " ", solar.Percent))
	assert.Equal(t, "5 for 1 2020-08-31", fmt.Sprint(c.Equity.Split, " ", c.Equity.SplitOn))
	update, _ := c.Model("Model S").Updates.Get("model-s-face")
	assert.Equal(t, "facelift", update.Kind)
}
