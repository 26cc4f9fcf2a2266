package events

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// add adds the items of e, apart from spans.
func (d *chartBuilder) add(e Event) {
	switch p := e.Data.(type) {
	case CompanyFounded:
		d.addItem(e, LaneCompany, d.company(), d.instant(e, "founded"))
	case BrandLaunched:
		d.addItem(e, LaneCompany, d.company(), d.instant(e, "brand"))
	case CapitalRaised:
		d.addItem(e, LaneCompany, "Capital", d.instant(e, p.Amount.String()))
	case ComponentsInsourced:
		d.addItem(e, LaneCompany, "Own components", d.instant(e, immutable.Enumerate(slices.Collect(p.Components.All()))))
	case OrganisationFounded:
		d.addItem(e, LaneContext, p.Organisation, d.instant(e, "founded"))
	case ContextNoted:
		d.addItem(e, LaneContext, p.Actor, d.instant(e, p.What))
	case StakeAgreed:
		d.addItem(e, LaneOwners, p.Holder, d.instant(e, fmt.Sprintf("%v agreed", p.Percent)))
	case VentureAgreed:
		d.addItem(e, LanePartnerships, p.Venture, d.instant(e, "agreed"))
	case TechnologyAnnounced:
		d.addItem(e, LaneTechnologies, p.Technology, d.instant(e, p.Stage))
	case DeliveriesRecorded:
		d.addItem(e, LaneDeliveries, orAll(p.Model), d.ofPeriod(e, p.Period, p.Count.String()))
	case PlantBuilding:
		d.addItem(e, LanePlants, p.Plant, d.instant(e, "building begun"))
	case Unknown:
		d.addItem(e, LaneContext, "Unknown events", d.instant(e, p.Kind.Name))
	default:
		d.addModel(e)
		d.addPlan(e)
		d.addCompany(e)
		d.addPlace(e)
	}
	d.addDone(e)
}

// addItem adds an item that an event is.
func (d *chartBuilder) addItem(e Event, lane, row string, item chart.Item) {
	d.has(lane, row, e)
	d.put(lane, row, item)
}

// company returns the name of the company, as far as it is known.
func (d *chartBuilder) company() string {
	if name := d.last.State.Identity.TradeName; name != "" {
		return name
	}
	return "Company"
}

func orAll(model string) string {
	if model == "" {
		return "all models"
	}
	return model
}

// ofPeriod returns what was told of a period as what lasted as long.
func (d *chartBuilder) ofPeriod(e Event, period edtf.Date, label string) chart.Item {
	item := d.instant(e, label)
	first, last := period.Bounds()
	item.Kind, item.When, item.Until = chart.Span, first.Date(), (last + 1).Date()
	return item
}

// addModel adds the stages of a model.
func (d *chartBuilder) addModel(e Event) {
	switch p := e.Data.(type) {
	case ModelShown:
		d.addItem(e, LaneModels, p.Model, d.instant(e, "shown"))
	case ModelRevealed:
		d.addItem(e, LaneModels, p.Model, d.instant(e, "revealed"))
	case ModelLaunched:
		if p.Market != "" {
			d.addItem(e, LaneModels, p.Model, d.instant(e, p.Market))
		}
	case ModelPresold:
		d.addItem(e, LaneModels, p.Model, d.instant(e, "presale"))
	case ModelDelivered:
		d.addItem(e, LaneModels, p.Model, d.instant(e, "deliveries"))
	case ModelDiscontinued:
		item := d.instant(e, "discontinued")
		item.Outcome = chart.Dropped
		d.addItem(e, LaneModels, p.Model, item)
	case ModelPriced:
		d.addItem(e, LaneModels, p.Model, d.instant(e, "price"))
	case ModelSpecified:
		d.addItem(e, LaneModels, p.Model, d.instant(e, "figures"))
	case ModelRenamed:
		d.addItem(e, LaneModels, p.Model, d.instant(e, p.Name))
	case ModelUpdated:
		d.addItem(e, LaneModels, p.Model, d.instant(e, p.Kind))
	case ModelRecalled:
		d.addItem(e, LaneModels, p.Model, d.instant(e, "recall"))
	case ConceptShown:
		d.addItem(e, LaneModels, p.Concept, d.instant(e, "concept"))
	}
}

// addOutlines adds plans: each as it was first heard of, and as every rival has
// it; words where it was heard of again.
func (d *chartBuilder) addOutlines(e Event) {
	switch p := e.Data.(type) {
	case PlanConsidered:
		d.outline(e, p.PlanOutline, "considered")
	case PlanAnnounced:
		d.outline(e, p.PlanOutline, "announced")
	case PlansAnnounced:
		for outline := range p.Plans.All() {
			d.outline(e, outline, "announced")
		}
	case PlanDropped:
		for outline := range p.Instead.All() {
			d.outline(e, outline, "announced")
		}
	}
}

// addPlan adds what happened to plans.
func (d *chartBuilder) addPlan(e Event) {
	switch p := e.Data.(type) {
	case PlanMoved:
		label := "moved"
		if !p.Window.IsZero() {
			label += " to " + p.Window.String()
		}
		d.ofPlan(e, p.Plan, label, chart.Open)
	case PlanChanged:
		d.ofPlan(e, p.Plan, "changed", chart.Open)
	case PlanItemDropped:
		d.ofPlan(e, p.Plan, p.Item+" dropped", chart.Open)
	case PlanAffirmed:
		d.ofPlan(e, p.Plan, "affirmed", chart.Open)
	case PlanQuestioned:
		d.ofPlan(e, p.Plan, "in question", chart.Open)
	case PlanDropped:
		d.ofPlan(e, p.Plan, "dropped", chart.Dropped)
	case PlanFulfilled:
		d.ofPlan(e, p.Plan, p.Item, chart.Fulfilled)
	}
}

// outline adds a plan, or a word if it has been heard of.
func (d *chartBuilder) outline(e Event, p PlanOutline, word string) {
	_, known := d.plans[p.Plan]
	title := d.planTitle(p.Plan)
	if known && e.Rival == "" {
		d.addItem(e, LanePlans, title, d.instant(e, word))
		return
	}
	plan := d.planOn(p.Plan)
	item := d.instant(e, "")
	item.Kind, item.Announced, item.When = chart.Plan, e.When, p.Window
	if e.Rival == "" {
		item.When = plan.Window
	}
	item.InQuestion = plan.InQuestion
	switch plan.Status(d.on) {
	case Fulfilled:
		item.Outcome = chart.Fulfilled
	case Dropped:
		item.Outcome = chart.Dropped
	}
	if item.When.IsZero() {
		item.Until = d.settled(p.Plan)
	}
	item.Text = fmt.Sprintf("%s: %s: %s, %v", e.When, word, p.Title, plan.Status(d.on))
	if !item.When.IsZero() {
		item.Text += ", for " + item.When.String()
	}
	d.addItem(e, LanePlans, title, item)
}

// planOn returns the named plan as it is on the day of the chart, or at last if
// it has not been heard of by then.
func (d *chartBuilder) planOn(key string) Plan {
	if p := d.history.At(d.on).State.Plan(key); p.heardOf() {
		return p
	}
	return d.last.State.Plan(key)
}

// planTitle returns the title of a plan's row: its own, with the key if another
// plan has the same.
func (d *chartBuilder) planTitle(key string) string {
	if title, ok := d.plans[key]; ok {
		return title
	}
	p, _ := d.last.State.plans.Get(key)
	title := cmp.Or(p.Title, key)
	if d.titles[title] {
		title += " (" + key + ")"
	}
	d.plans[key], d.titles[title] = title, true
	return title
}

// settled returns when a plan was fulfilled or dropped as a whole, or the zero
// Date.
func (d *chartBuilder) settled(key string) edtf.Date {
	first, last := edtf.DistantPast, edtf.DistantPast
	for name := range d.last.State.Plan(key).EndedBy().All() { // the last of them ends it
		if when, ok := d.when[name]; ok {
			first, last = max(first, when.Earliest()), max(last, when.Latest())
		}
	}
	if last == edtf.DistantPast {
		return edtf.Date{}
	}
	return edtf.Between(first, last)
}

// ofPlan adds what happened to a plan.
func (d *chartBuilder) ofPlan(e Event, key, label string, outcome chart.Outcome) {
	if label == "" {
		label = "fulfilled"
	}
	item := d.instant(e, label)
	item.Outcome = outcome
	d.addItem(e, LanePlans, d.planTitle(key), item)
}

// addDone adds to plans what e carried out of them.
func (d *chartBuilder) addDone(e Event) {
	var items immutable.List[PlanItem]
	switch p := e.Data.(type) {
	case ModelLaunched:
		items = p.Fulfils
	case ProductionStarted:
		items = p.Fulfils
	case MarketEntered:
		items = p.Fulfils
	}
	for ref := range items.All() {
		d.ofPlan(e, ref.Plan, ref.Item, chart.Fulfilled)
	}
}
