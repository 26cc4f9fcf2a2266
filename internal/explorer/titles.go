package explorer

// titles are those of the sections, in their order.
var titles = []struct{ key, title string }{
	{"company", "Company"},
	{"brand", "Brand"},
	{"capital", "Capital"},
	{"offices", "Offices"},
	{"listings", "Listings"},
	{"stakes", "Owners"},
	{"ventures", "Joint ventures"},
	{"models", "Models"},
	{"concepts", "Concepts"},
	{"platforms", "Platforms"},
	{"technologies", "Technologies"},
	{"components", "Own components"},
	{"plants", "Plants"},
	{"partnerships", "Partnerships"},
	{"talks", "Talks"},
	{"markets", "Markets"},
	{"plans", "Plans"},
	{"deliveries", "Deliveries"},
	{"figures", "Figures"},
	{"milestones", "Milestones"},
	{"equity", "Shares"},
	{"context", "Context"},
	{"organisations", "Other organisations"},
	{"facts", "Other facts"},
}

// labels are those of fields that do not say what they are.
var labels = map[string]string{
	"percent": "share in %", "agreeing": "agreed in %", "rangeKm": "range in km", "rangeCycle": "test cycle", "powerKW": "power in kW",
	"torqueNm": "torque in Nm", "batteryKWh": "battery in kWh", "inQuestionSince": "in question since", "when": "date", "planned": "in a plan", "rangeApproximate": "range is approximate", "total": "is all so far", "at": "where", "as": "as",
}
