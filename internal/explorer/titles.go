package explorer

// titles are those of the sections, those that matter most first.
var titles = []struct{ key, title string }{
	{"stakes", "Owners"},
	{"models", "Models"},
	{"plants", "Plants"},
	{"markets", "Markets"},
	{"plans", "Plans"},
	{"deliveries", "Deliveries"},
	{"figures", "Figures"},
	{"ventures", "Joint ventures"},
	{"partnerships", "Partnerships"},
	{"talks", "Talks"},
	{"offices", "Offices"},
	{"listings", "Listings"},
	{"company", "Company"},
	{"brand", "Brand"},
	{"capital", "Capital"},
	{"equity", "Shares"},
	{"concepts", "Concepts"},
	{"platforms", "Platforms"},
	{"technologies", "Technologies"},
	{"components", "Own components"},
	{"milestones", "Milestones"},
	{"context", "Context"},
	{"organisations", "Other organisations"},
	{"facts", "Other facts"},
}
