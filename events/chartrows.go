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
		d.addItem(e, LaneModels, p.Model, d.instant(e, Price{Min: p.Min, Max: p.Max}.String()+inMarket(p.Market)))
	case ModelSpecified:
		d.addItem(e, LaneModels, p.Model, d.instant(e, p.Spec.String()))
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
			label += " to " + p.Window.English()
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
		d.addItem(e, d.planLane(p.Plan), title, d.instant(e, word))
		return
	}
	plan := d.planOn(p.Plan)
	item := d.instant(e, "")
	item.Kind, item.Announced, item.When = chart.Plan, e.When, p.Window
	if e.Rival == "" {
		item.When = plan.Window
	}
	item.InQuestion = plan.InQuestion
	status := plan.Status(d.on)
	item.Outcome = outcomes[status]
	if e.Rival == "" && p.Window != plan.Window {
		item.Moves = d.movesOf(p)
	}
	if item.When.IsZero() {
		item.Until = d.settled(p.Plan)
	}
	item.Label = d.standing(p, item, status)
	item.Text = fmt.Sprintf("%s: %s: %s, %s", e.When.English(), word, p.Title, item.Label)
	if !item.When.IsZero() {
		item.Text += ", for " + item.When.English()
	}
	for n, m := range item.Moves {
		item.Text += fmt.Sprintf("; %s for %s, until another date was told %s", []string{"first", "then"}[min(n, 1)], m.From.English(), m.Told.English())
	}
	d.addItem(e, d.planLane(p.Plan), title, item)
}

// outcomes are those of plans in a picture.
var outcomes = map[PlanStatus]chart.Outcome{Fulfilled: chart.Fulfilled, Dropped: chart.Dropped, Due: chart.Due, Overdue: chart.Overdue}

// movesOf returns the dates that a plan had before its last, by the events that moved it.
func (d *chartBuilder) movesOf(p PlanOutline) (moves []chart.Move) {
	window := p.Window
	for _, e := range d.moves[p.Plan] {
		if next := e.Data.(PlanMoved).Window; next != window {
			if !window.IsZero() {
				moves = append(moves, chart.Move{From: window, Told: e.When})
			}
			window = next
		}
	}
	return moves
}

// standing says where a plan stands, with a sign, and how late it is.
func (d *chartBuilder) standing(p PlanOutline, item chart.Item, status PlanStatus) string {
	first := p.Window
	late := ""
	switch {
	case status == Fulfilled && !first.IsZero():
		late = lateness(first, d.settled(p.Plan))
	case len(item.Moves) > 0 && !item.When.IsZero() && status != Dropped:
		first = item.Moves[0].From
		late = Slip{From: first, To: item.When, Days: int(item.When.Latest() - first.Latest())}.Late()
	}
	text := planSigns[status] + " " + string(status)
	if over := item.When.Latest(); status == Overdue && d.on < edtf.DistantFuture && over < d.on {
		text += " since " + monthOrDay(over+1).English()
	}
	if late != "" {
		text += ", " + late
	}
	return text
}

// monthOrDay returns the month that begins on a day, or the day if none does. What is said
// of a plan on one day is so on the next: that it has been overdue for so long is not.
func monthOrDay(day edtf.Day) edtf.Date {
	if _, _, dayOfMonth := day.Civil(); dayOfMonth != 1 {
		return day.Date()
	}
	return edtf.MustParse(day.String()[:len(day.String())-len("-01")])
}

// planSigns stand for the states of plans, beside their colours.
var planSigns = map[PlanStatus]string{Fulfilled: "✓", Dropped: "×", Due: "•", Overdue: "!", Planned: "○", Considered: "○"}

// lateness says how much later than planned something came, if that is certain.
func lateness(planned, done edtf.Date) string {
	switch {
	case done.IsZero():
		return ""
	case done.Earliest() > planned.Latest():
		return delay(int(done.Earliest()-planned.Latest())) + " late"
	case done.Latest() <= planned.Latest():
		return "in time"
	}
	return ""
}

// planLane returns the lane of a plan, by where it stands.
func (d *chartBuilder) planLane(key string) string { return lanesOfPlans[d.planOn(key).Status(d.on)] }

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
	d.addItem(e, d.planLane(key), d.planTitle(key), item)
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
