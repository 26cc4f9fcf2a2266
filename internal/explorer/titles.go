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
