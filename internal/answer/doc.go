// Package answer answers questions that people ask of a history, as data: each
// answer has a JSON form, which is stable, and methods that put it into words.
//
// A [Place] says where a history is, [Place.Load] reads it, and [History.Ask] makes
// a [Question] of a [Query]: of which day, as known when, according to whom. A
// question gives the state ([Question.Answer]), the events ([Question.Events]),
// what changed ([Question.Diff]), and of the value at a JSON Pointer why it is so,
// what is missing, when it was so, and its course ([Question.Why],
// [Question.WhyNot], [Question.When], [Question.Track]).
//
// Package terminal shows answers as text, package explorer as pages.
package answer
