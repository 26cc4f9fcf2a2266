package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Query is as of when something is asked, as people write it. What is empty is
// not said.
type Query struct {
	On        string // the day; the last one that is recorded if it is not said
	Known     string // as it could be known by the end of this day
	Since     string // compared with this day
	According string // only what this source says, by its key
	Widened   bool   // approximate dates are taken wider, as [edtf.Date.Widened] has it
	Reading   edtf.Reading

	// SinceKnown is by the end of which day the state at Since could be known, or
	// [All]. If it is not said it is Since itself, but not after Known.
	SinceKnown string
}

// All stands for a day of knowledge by which all is known.
const All = "all"

// A Question is as of when something is asked of which history. It may be used
// from several goroutines.
type Question struct {
	base    *History
	reading edtf.Reading
	file    *seeds.File
	history *events.History
	on      edtf.Day
	known   *edtf.Day
	since   *Point          // the point to compare with
	all     *events.History // the history with all that is known now
	source  string          // the one whose word is taken, if not all are
	widened bool
	remarks []string
	kept    *kept // of this view of the history, for all its days
}

// Ask returns a question about the history of h. The errors say what is wrong
// with the terms.
func (h *History) Ask(t Query) (*Question, error) {
	q := &Question{base: h, reading: t.Reading, file: h.File, history: h.File.Timeline, kept: newKept()}
	if t.Widened {
		wider, err := q.history.Widened()
		if err != nil {
			return nil, err
		}
		q.history, q.widened = wider, true
	}
	if t.According != "" {
		if err := q.accordingTo(t.According); err != nil {
			return nil, err
		}
	}
	q.all = q.history
	if t.Known != "" {
		known, err := q.readDate(t.Known)
		if err != nil {
			return nil, err
		}
		q.known, q.history = &known, q.history.KnownOn(known)
		if q.history.PastHorizon(known) {
			q.remarks = append(q.remarks, fmt.Sprintf("The record ends on %s; what became known after it is not in it.", words.Day(q.history.Horizon().Latest())))
		}
	}
	return q.At(t)
}

// At returns the question with the days of t, but as it was known and according
// to whom q asks. That costs less than to ask anew. The errors say what is
// wrong with the days.
func (q *Question) At(t Query) (*Question, error) {
	other := *q
	other.remarks = slices.Clone(q.remarks)
	other.on, other.since = q.base.LastDay(), nil
	var err error
	if t.On != "" {
		if other.on, err = other.readDate(t.On); err != nil {
			return nil, err
		}
	}
	if t.Since != "" {
		if other.since, err = other.compareWith(t.Since, t.SinceKnown); err != nil {
			return nil, err
		}
	}
	return &other, nil
}

// compareWith returns the point to compare with.
func (q *Question) compareWith(day, known string) (*Point, error) {
	since, err := q.readDate(day)
	if err != nil {
		return nil, err
	}
	if since > q.on {
		return nil, fmt.Errorf("the day to compare with, %v, comes after %v", words.Day(since), words.Day(q.on))
	}
	p := &Point{On: since, Known: &since}
	switch {
	case known == All:
		p.Known = nil
	case known != "":
		by, err := q.readDate(known)
		if err != nil {
			return nil, err
		}
		p.Known = &by
	case q.known != nil:
		p.Known = new(edtf.Day)
		*p.Known = min(since, *q.known)
	}
	return p, nil
}

// WithContext returns q, which ends when the context is done: what is answered then
// is not all.
func (q *Question) WithContext(ctx context.Context) *Question {
	other := *q
	other.history, other.all = q.history.WithContext(ctx), q.all.WithContext(ctx)
	return &other
}

// On returns the day that is asked about.
func (q *Question) On() edtf.Day { return q.on }

// History returns the history that is asked, as it was known and according to
// whom.
func (q *Question) History() *events.History { return q.history }

// Why explains the value at a pointer. The errors say what is wrong with it.
func (q *Question) Why(pointer string) (*Explanation, error) {
	a, err := q.findAddress(pointer)
	if err != nil {
		return nil, err
	}
	return q.why(a), nil
}

// WhyNot says what is missing for POINTER or POINTER=VALUE. The errors are
// those of [Question.Why].
func (q *Question) WhyNot(target string) (*Missing, error) {
	t, err := q.findTarget(target)
	if err != nil {
		return nil, err
	}
	return q.whyNot(t), nil
}

// When says in which periods POINTER or POINTER=VALUE was so. The errors are
// those of [Question.Why].
func (q *Question) When(target string) (*Periods, error) {
	t, err := q.findTarget(target)
	if err != nil {
		return nil, err
	}
	return q.periods(t.asMeant()), nil
}

// Track follows the value at a pointer. The errors are those of [Question.Why].
func (q *Question) Track(pointer string) (*Track, error) {
	a, err := q.findAddress(pointer)
	if err != nil {
		return nil, err
	}
	return q.track(a), nil
}

// Title returns the title of the history with what is asked: "Leapmotor on
// 1 July 2024, as known on 31 May 2024". The day is left out if the question is
// about all times.
func (q *Question) Title(allTimes bool) string {
	title := OneLine(q.file.Title)
	switch {
	case q.since != nil:
		title += fmt.Sprintf(" on %s, since %s", words.Day(q.on), words.Day(q.since.On))
	case !allTimes:
		title += " on " + words.Day(q.on)
	}
	if q.source != "" {
		title += ", according to " + q.source
	}
	if q.widened {
		title += ", approximate dates taken wider"
	}
	if q.known != nil {
		title += ", as known on " + words.Day(*q.known)
	}
	return title + q.base.recorded
}

// SpanTitle returns the title of a story: "Leapmotor, from 26 October 2023 to 31 March
// 2026".
func (q *Question) SpanTitle() string {
	title := q.Title(true)
	if q.since == nil {
		return title
	}
	whole := fmt.Sprintf(" on %s, since %s", words.Day(q.on), words.Day(q.since.On))
	return strings.Replace(title, whole, fmt.Sprintf(", from %s to %s", words.Day(q.since.On+1), words.Day(q.on)), 1)
}

// Remarks returns what to know about the question itself: how its dates were
// read, and whose word is taken.
func (q *Question) Remarks() []string { return slices.Clone(q.remarks) }

// errNoSince reports a question about changes without a day to compare with.
var errNoSince = errors.New("no day is given to compare with")

// Diff says what changed since the point to compare with.
func (q *Question) Diff() (*Diff, error) {
	if q.since == nil {
		return nil, errNoSince
	}
	return q.diff()
}

// readDate returns the last day of a date, and remarks on it if there are
// others.
func (q *Question) readDate(text string) (edtf.Day, error) {
	d, err := q.reading.Parse(text)
	if err != nil {
		var e *edtf.ParseError
		errors.As(err, &e)
		return 0, fmt.Errorf("%q cannot be read as a date: %s", text, e.Reason)
	}
	last := d.Latest()
	switch {
	case last == edtf.DistantFuture:
		return 0, fmt.Errorf("%q has no last day", text)
	case last > edtf.MaxDay:
		return 0, fmt.Errorf("%q ends after the year 9999, the last that can be asked for", text)
	case last < edtf.MinDay:
		return 0, fmt.Errorf("%q ends before the year -9999, the first that can be asked for", text)
	}
	if d.Precision() != edtf.PrecisionDay {
		q.remarks = append(q.remarks, fmt.Sprintf("%s is read as its last day, %s.", text, words.Day(last)))
	}
	return last, nil
}

// accordingTo leaves only the events that cite a source.
func (q *Question) accordingTo(key string) error {
	history, err := q.history.AccordingTo(key)
	if err != nil {
		return q.noSource(key)
	}
	q.source, q.history = key, history
	q.remarks = append(q.remarks, fmt.Sprintf("According to the source %q alone.", key))
	return nil
}

// allRemarks returns what else to know about an answer for the day with some caveats.
func (q *Question) allRemarks(c timeline.Caveats[events.Payload]) []string {
	remarks := append([]string{}, q.remarks...)
	if q.history.PastHorizon(q.on) {
		remarks = append(remarks, q.horizonRemark())
	}
	return withGaps(remarks, c)
}

// withGaps returns remarks with what is not recorded of what was asked, each once.
func withGaps(remarks []string, c timeline.Caveats[events.Payload]) []string {
	add := func(remark string) {
		if !slices.Contains(remarks, remark) {
			remarks = append(remarks, remark)
		}
	}
	for _, s := range c.NotRecorded {
		add(Join(" ", "Not recorded: "+subjectOf(s)+".", s.Note))
	}
	for _, name := range c.NeverMentioned {
		add(fmt.Sprintf("No event mentions %v.", name))
	}
	return remarks
}

// withIncomplete returns remarks with why an answer is incomplete, once.
func withIncomplete(remarks []string, incomplete error) []string {
	if incomplete == nil {
		return remarks
	}
	text := "Incomplete: " + incomplete.Error() + "."
	if slices.Contains(remarks, text) {
		return remarks
	}
	return append(remarks, text)
}

func (q *Question) horizonRemark() string {
	return fmt.Sprintf("The record ends on %s; what happened later may be missing.", words.Day(q.history.Horizon().Latest()))
}

// ErrNoSource reports a source that a history does not have.
var ErrNoSource = errors.New("there is no source")

// mostSources is how many sources an error lists.
const mostSources = 12

// noSource says which sources there are, or if they are many, which may have been
// meant: those with a similar key, or with the word in their title or publisher.
func (q *Question) noSource(key string) error {
	sources := q.file.Sources
	var keys, meant []string
	for _, s := range sources {
		keys = append(keys, s.Key)
		if strings.Contains(strings.ToLower(s.Title+" "+s.Publisher), strings.ToLower(key)) {
			meant = append(meant, s.Key)
		}
	}
	if len(keys) <= mostSources {
		return fmt.Errorf("%w %q; there is: %s", ErrNoSource, key, strings.Join(keys, ", "))
	}
	meant = append(meant, near.To(key, keys)...)
	if len(meant) == 0 {
		return fmt.Errorf("%w %q among %d", ErrNoSource, key, len(keys))
	}
	return fmt.Errorf("%w %q among %d; did you mean: %s?", ErrNoSource, key, len(keys), strings.Join(meant[:min(len(meant), mostSources)], ", "))
}

// Sources returns all sources of the history, in the order of its file.
func (q *Question) Sources() []seeds.Source { return q.file.Sources }

// Source says what the key of a source stands for: "Title, publisher, address".
func (q *Question) Source(key string) string {
	for _, s := range q.file.Sources {
		if s.Key == key {
			return Join(", ", s.Title, s.Publisher, s.Address)
		}
	}
	return key
}

// titles names what a reader does not know by its key, such as a plan, by what the
// state of the day says of it, or else by what is recorded in the end.
func (q *Question) titles() words.Titler {
	return func(section, key string) string {
		title := q.history.At(q.on).State.TitleIn(section, key)
		if title == "" {
			title = q.titleInTheEnd(section, key)
		}
		return title
	}
}

// titleInTheEnd names what a reader does not know by its key, by what is recorded in the end. What became known
// after the day of knowledge names nothing.
func (q *Question) titleInTheEnd(section, key string) string {
	title := titleIn(q.history, section, key)
	if title == "" && q.known == nil {
		title = q.base.title(section, key)
	}
	return title
}

// refOf returns an event as answers name it.
func (q *Question) refOf(e events.Event) EventRef { return refOf(e, q.titleInTheEnd) }

func (q *Question) refsOf(list []events.Event) []EventRef {
	all := []EventRef{}
	for _, e := range list {
		all = append(all, q.refOf(e))
	}
	return all
}
