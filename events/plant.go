package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Plant is a place where cars are made, or where its building has begun.
type Plant struct {
	Name         string                      `json:"name,omitzero"` // what it is called now, if it was renamed
	City         string                      `json:"city,omitzero"`
	Country      string                      `json:"country,omitzero"`
	Construction edtf.Date                   `json:"constructionStarted,omitzero"`
	Opened       edtf.Date                   `json:"opened,omitzero"`
	Capacity     Number                      `json:"capacity,omitzero"` // in cars a year
	Acquired     edtf.Date                   `json:"acquired,omitzero"`
	From         string                      `json:"from,omitzero"` // who had it before
	Closed       edtf.Date                   `json:"closed,omitzero"`
	To           string                      `json:"to,omitzero"` // who has it now, if it was sold
	Models       immutable.Table[Production] `json:"models,omitzero"`
}

func (p Plant) equal(q Plant) bool {
	return p.Name == q.Name && p.Opened == q.Opened && p.Capacity == q.Capacity && p.City == q.City && p.Country == q.Country && p.Construction == q.Construction && p.Acquired == q.Acquired &&
		p.From == q.From && p.Closed == q.Closed && p.To == q.To && p.Models.EqualFunc(q.Models, same)
}

// at notes where p is. What is left out stays.
func (p *Plant) at(city, country string) {
	set(&p.City, city)
	set(&p.Country, country)
}

// PlantBuilding says that the building of a plant had begun.
type PlantBuilding struct {
	Plant   string `json:"plant"`
	City    string `json:"city,omitzero"`
	Country string `json:"country,omitzero"`
}

func (p PlantBuilding) String() string { return "the building of " + p.Plant + " has begun" }

func (p PlantBuilding) apply(c *Company, o origin) {
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		fill(&pl.Construction, o.when)
		pl.at(p.City, p.Country)
	})
}

// PlantAcquired says that the company bought a plant, or took it over.
type PlantAcquired struct {
	Plant   string `json:"plant"`
	City    string `json:"city,omitzero"`
	Country string `json:"country,omitzero"`
	From    string `json:"from,omitzero"`
	Price   Money  `json:"price,omitzero"`
}

func (p PlantAcquired) String() string {
	s := p.Plant + " is bought"
	if p.From != "" {
		s += " from " + p.From
	}
	return s + forPrice(p.Price)
}

func (p PlantAcquired) apply(c *Company, o origin) {
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		if pl.Acquired.IsZero() || !pl.Closed.IsZero() {
			pl.Acquired, pl.From = o.when, p.From
		}
		pl.Closed, pl.To = edtf.Date{}, ""
		pl.at(p.City, p.Country)
	})
}

// PlantClosed says that the company closed a plant, or sold it. What is made there ends
// by events of its own.
type PlantClosed struct {
	Plant string `json:"plant"`
	To    string `json:"to,omitzero"` // who bought it
	Price Money  `json:"price,omitzero"`
}

func (p PlantClosed) String() string {
	if p.To != "" {
		return p.Plant + " is sold to " + p.To + forPrice(p.Price)
	}
	return p.Plant + " is closed"
}

func (p PlantClosed) apply(c *Company, o origin) {
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		fill(&pl.Closed, o.when)
		set(&pl.To, p.To)
	})
}

// PlantOpened says that a plant is ready to make cars.
type PlantOpened struct {
	Plant   string `json:"plant"`
	City    string `json:"city,omitzero"`
	Country string `json:"country,omitzero"`
}

func (p PlantOpened) String() string { return p.Plant + " is opened" }

func (p PlantOpened) apply(c *Company, o origin) {
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		if pl.Opened.IsZero() || !pl.Closed.IsZero() {
			pl.Opened, pl.Closed, pl.To = o.when, edtf.Date{}, ""
		}
		pl.at(p.City, p.Country)
	})
}

// PlantRenamed says that a plant has another name. Events go on calling it what they
// called it first.
type PlantRenamed struct {
	Plant string `json:"plant"`
	Name  string `json:"name"`
}

func (p PlantRenamed) String() string { return p.Plant + " is called " + p.Name }

func (p PlantRenamed) apply(c *Company, _ origin) {
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) { pl.Name = p.Name })
}

// PlantRated says how many cars a plant can make in a year.
type PlantRated struct {
	Plant    string `json:"plant"`
	City     string `json:"city,omitzero"`
	Country  string `json:"country,omitzero"`
	Capacity Number `json:"capacity"`
}

func (p PlantRated) String() string {
	return p.Plant + " can make " + p.Capacity.In("cars").String() + " a year"
}

func (p PlantRated) check() error { return p.Capacity.needed() }

func (p PlantRated) apply(c *Company, _ origin) {
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		pl.Capacity = p.Capacity.In("cars")
		pl.at(p.City, p.Country)
	})
}
