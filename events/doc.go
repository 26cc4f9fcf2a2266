// Package events has what happens to a car maker, as events, and the state
// they fold to.
//
// A [Payload] is one kind of event: [ModelLaunched], [StakeClosed],
// [PlanDropped] and so on. Each has a stable name and version under which it
// is stored ("model.launched", 1), which is never the name of its Go type.
// [Codec] turns payloads into JSON and back; types it does not know survive
// as [Unknown] and are folded as nothing.
//
// A [Number] is exact, approximate or between bounds, as its source gives it: shares,
// deliveries, targets, and figures such as the revenue of a year ([FigureReported]). For
// what has no type of its own there is [FactBegan]: a property of anything, which lasts
// until [FactEnded].
//
// A [Company] is the state: identity, owners, models, plants, partnerships,
// plans and more. [Fold] is the function that makes it. [StakeOf], [OnSale],
// [StatusOfPlan] and others are the questions that can be asked of it on any date, and
// [ValueAt] asks for the value at any address:
//
//	history, err := timeline.New(events.Fold, events.Ordered(facts...)...)
//	stake, err := timeline.Ask(history, day, events.StakeOf("Stellantis"))
//	onSale := history.Holds(day, events.OnSale("T03"))
//
// # What is kept apart
//
// Sources blur things that are not the same. A model is shown, revealed, sold
// ahead, launched, delivered and discontinued by different events, and only a
// launch puts it on sale. A stake is agreed, then closed, and held from the
// closing. A plan is considered, announced, moved, put in question, dropped or
// fulfilled: it proves nothing by itself and is never dropped by silence. A
// production goes on while it is in question.
//
// # What does not fit
//
// The fold accepts sources that are incomplete, rounded or late. What does not fit is a
// [Remark] of the state ([Company.Remarks]): stakes of more than a whole, an end without a
// beginning. Fields named first, since or begun keep the earliest date. If dates leave open
// whether an end comes after its beginning, [Ordered] says that it does, so that no world
// has it the other way round.
//
// # Plans and days
//
// Everything in a Company follows from what happened, except what a plan's
// window means on a day. [Plan.Status] takes that day, and [Company.On] gives
// the whole state as it reads on it: a [Report], whose JSON form is stable.
// The addresses of its values are JSON Pointers such as
// /stakes/Stellantis/percent, /models/T03/status,
// /plants/Tychy/models/T03/status and /plans/b10-poland/status.
package events
