package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/terminal"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// instructions tell the assistant how answers are meant.
const instructions = `The tools answer from a history of dated, sourced events of %s. Keep to what they say:
- "perhaps", "possible" and "undecided" are part of an answer. Never pass on as certain what is possible.
- "not recorded" means that the sources do not say. It is not a "no".
- Cite the sources that an answer names, by title and address. The overview and the drawing name none.
- The record ends on %s. Say so of later days.
Days are written 2024-06-15, "June 2024" or "Q2 2024"; of a month or a year the last day is meant. Places are parts of
the state, such as "Stellantis percent" or "Tychy/T03/status". Ask as_of without a section for what there is.`

// A when is the day that a question is about, and by when the answer could be known.
type when struct {
	On     string `json:"on,omitempty" jsonschema:"the day, such as 2024-06-15 or June 2024; the last day of the record if it is left out"`
	Known  string `json:"known,omitempty" jsonschema:"as it could be known by the end of this day; all is known if it is left out"`
	Source string `json:"source,omitempty" jsonschema:"only what this source says, by its key"`
}

// An always is a when without a day, since the answer is about all days.
type always struct {
	Known  string `json:"known,omitempty" jsonschema:"as it could be known by the end of this day; all is known if it is left out"`
	Source string `json:"source,omitempty" jsonschema:"only what this source says, by its key"`
}

// The questions, by their tools.
type (
	asOf struct {
		Section string `json:"section,omitempty" jsonschema:"one of company, people, owners, ventures, models, technologies, plants, partnerships, markets, plans, deliveries, figures, milestones, context, organisations and facts; an overview if it is left out"`
		Words   string `json:"words,omitempty" jsonschema:"only entries of the section that have these words in them"`
		when
	}
	why struct {
		Place string `json:"place" jsonschema:"a part of the state, such as Stellantis/percent or Tychy/T03/status"`
		when
	}
	whyNot struct {
		Place string `json:"place" jsonschema:"a part of the state, such as models/C10/launched"`
		Value string `json:"value,omitempty" jsonschema:"the value that it would have; any if it is left out"`
		when
	}
	during struct {
		Place string `json:"place" jsonschema:"a part of the state, such as T03 Tychy or stakes/Stellantis"`
		Value string `json:"value,omitempty" jsonschema:"the value that it would have; any if it is left out"`
		always
	}
	track struct {
		Place string `json:"place" jsonschema:"a part of the state, such as Stellantis/percent"`
		always
	}
	changed struct {
		From string `json:"from" jsonschema:"the day to compare with"`
		To   string `json:"to,omitempty" jsonschema:"the other day; the last of the record if it is left out"`
		always
	}
	happened struct {
		From string `json:"from" jsonschema:"the first day"`
		To   string `json:"to,omitempty" jsonschema:"the last day; that of the record if it is left out"`
		always
	}
	found struct {
		Words string `json:"words" jsonschema:"words that an event, its note or its sources have"`
		always
	}
	undecided struct {
		Section string `json:"section,omitempty" jsonschema:"only what would change this section"`
		when
	}
	sources struct {
		Words string `json:"words" jsonschema:"words that the title, the publisher, the address or the key has"`
	}
	draw struct {
		when
	}
)

// newServer returns a server with a tool for each question about a history.
func newServer(h *answer.History) *mcp.Server {
	m := mcp.NewServer(&mcp.Implementation{Name: "timeline", Title: h.File.Title, Version: "v0"}, &mcp.ServerOptions{
		Instructions: fmt.Sprintf(instructions, answer.OneLine(h.File.Title), h.LastDay().Date().English()),
	})
	s := &server{m, h}
	add(s, "as_of", "What was so on a day: an overview, or a section with the events that it rests on and their sources.", s.asOf)
	add(s, "why", "Why a value is what it is on a day: for each value that it may have the events behind it, with sources.", func(ctx context.Context, q why) (string, error) {
		return s.askPlace(ctx, q.when, "why", q.Place, "")
	})
	add(s, "why_not", "Whether something is so on a day, and what is missing for it: undecided, later, unknown or corrected events, and plans.", s.whyNot)
	add(s, "when", "From when to when something was so, with the events that began and ended it.", func(ctx context.Context, q during) (string, error) {
		return s.askPlace(ctx, q.when(), "when", q.Place, q.Value)
	})
	add(s, "track", "The successive values of something, with the events behind them.", func(ctx context.Context, q track) (string, error) {
		return s.askPlace(ctx, q.when(), "track", q.Place, "")
	})
	add(s, "changed", "What changed between the ends of two days: what happened, what became known, and what was corrected.", func(ctx context.Context, q changed) (string, error) {
		w := q.when()
		w.On = q.To
		return s.ask(ctx, w, []string{"changes"}, q.From)
	})
	add(s, "happened", "What happened, and what became known, from one day to another, both included.", func(ctx context.Context, q happened) (string, error) {
		w := q.when()
		w.On = q.To
		return s.ask(ctx, w, []string{"since"}, q.From)
	})
	add(s, "events", "The events that have some words in them, with dates, notes and sources.", func(ctx context.Context, q found) (string, error) {
		return s.ask(ctx, q.when(), []string{"search"}, strings.Fields(q.Words)...)
	})
	add(s, "undecided", "What is undecided on a day, and what each way would change.", func(ctx context.Context, q undecided) (string, error) {
		if q.Section = strings.ToLower(q.Section); q.Section != "" && !slices.Contains(terminal.Sections(), q.Section) {
			return "", fmt.Errorf("there is no section %q; there is %s", q.Section, strings.Join(terminal.Sections(), ", "))
		}
		return s.ask(ctx, q.when, []string{"undecided", q.Section})
	})
	add(s, "sources", "The sources that have some words in them: key, title, publisher and address.", func(ctx context.Context, q sources) (string, error) {
		return s.ask(ctx, when{}, []string{"sources"}, strings.Fields(q.Words)...)
	})
	add(s, "draw", "The history as a diagram in the language of Mermaid, with what is certain and what is not as bars of their own.", s.draw)
	return m
}

// when returns the question as one about a day.
func (a always) when() when { return when{Known: a.Known, Source: a.Source} }

// withValue returns a place with a value that it would have.
func withValue(place, value string) string {
	if value == "" {
		return place
	}
	return place + "=" + value
}

// A server answers questions about a history.
type server struct {
	*mcp.Server
	history *answer.History
}

// most is how long an answer may be, in bytes.
const most = 50_000

// add adds a tool that only reads.
func add[Q any](s *server, name, about string, answer func(context.Context, Q) (string, error)) {
	closed := false
	mcp.AddTool(s.Server, &mcp.Tool{
		Name: name, Description: about,
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
	}, func(ctx context.Context, _ *mcp.CallToolRequest, q Q) (*mcp.CallToolResult, any, error) {
		text, err := answer(ctx, q)
		if err != nil {
			return nil, nil, err
		}
		if len(text) > most {
			text = strings.ToValidUTF8(text[:most], "") + "\n\nThe rest is left out, since it is long: ask for less.\n"
		}
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}, nil, nil
	})
}

// cited is the flag for a section with what it rests on.
const cited = "-cited"

// ask asks as asof does, with words that may be empty or have blanks in them, and returns the answer as
// Markdown. The error is what asof says is wrong.
func (s *server) ask(ctx context.Context, w when, command []string, words ...string) (string, error) {
	args := []string{"-form", "md"}
	for _, word := range slices.Concat(command, words) {
		switch word = strings.TrimSpace(word); {
		case word == "":
		case strings.HasPrefix(word, "-") && word != cited: // what an assistant gives is no flag
			return "", fmt.Errorf("%q begins with a hyphen", word)
		default:
			args = append(args, word)
		}
	}
	for _, f := range []struct{ name, value string }{{"-on", w.On}, {"-known", w.Known}, {"-according", w.Source}} {
		if f.value != "" {
			args = append(args, f.name, f.value)
		}
	}
	var stdout, stderr bytes.Buffer
	if code := terminal.Ask(ctx, s.history, args, terminal.Output{Stdout: &stdout, Stderr: &stderr}); code == terminal.UsageFault {
		text, _, _ := strings.Cut(stderr.String(), "asof -h shows")
		return "", errors.New(asTools(strings.TrimSpace(strings.TrimPrefix(text, "asof: "))))
	}
	return asTools(stdout.String() + stderr.String()), nil
}

// toolNames are the tools that answer what a command of asof does.
var toolNames = map[string]string{"undecided": "undecided", "changes": "changed", "sources": "sources", "why": "why", "events": "events"}

var hint = regexp.MustCompile("asof ([a-z]+)[^\n]*")

// asTools names tools where asof names its commands.
func asTools(text string) string {
	return hint.ReplaceAllStringFunc(text, func(found string) string {
		if tool := toolNames[hint.FindStringSubmatch(found)[1]]; tool != "" {
			return "the tool " + tool
		}
		return found
	})
}

// askPlace asks about a place, or one with a value. The words of the place may be steps of it in any order.
func (s *server) askPlace(ctx context.Context, w when, command, place, value string) (string, error) {
	text, err := s.ask(ctx, w, []string{command, withValue(place, value)})
	if words := strings.Fields(place); err != nil && len(words) > 1 {
		last := len(words) - 1
		words[last] = withValue(words[last], value)
		if other, e := s.ask(ctx, w, []string{command}, words...); e == nil {
			return other, nil
		}
	}
	return text, err
}

// whyNot answers what is missing, or if nothing is, why it is so.
func (s *server) whyNot(ctx context.Context, q whyNot) (string, error) {
	text, err := s.askPlace(ctx, q.when, "why-not", q.Place, q.Value)
	if err != nil || strings.Contains(text, "\n## Sources\n") {
		return text, err
	}
	if why, err := s.askPlace(ctx, q.when, "why", q.Place, ""); err == nil {
		text += "\n" + why
	}
	return text, nil
}

// asOf answers with a section and what it rests on, or with an overview.
func (s *server) asOf(ctx context.Context, q asOf) (string, error) {
	section := strings.ToLower(strings.TrimSpace(q.Section))
	switch {
	case section == "" && q.Words != "":
		return "", errors.New("words are of a section; say which one")
	case section == "":
		return s.overview(ctx, q.when)
	case !slices.Contains(terminal.Sections(), section):
		return "", fmt.Errorf("there is no section %q; there is %s", q.Section, strings.Join(terminal.Sections(), ", "))
	}
	return s.ask(ctx, q.when, []string{section}, append(strings.Fields(q.Words), cited)...)
}

// mostOfState is how long a state may be, in bytes, to be given as a whole.
const mostOfState = 6000

// overview returns a state, or if it is long what it is in short, what is undecided, and which sections it has.
func (s *server) overview(ctx context.Context, w when) (string, error) {
	text, err := s.ask(ctx, w, nil)
	parts := strings.Split(text, "\n## ")
	if err != nil || len(text) <= mostOfState || len(parts) < 3 {
		return text, err
	}
	q, err := s.history.Ask(answer.Query{On: w.On, Known: w.Known, According: w.Source})
	if err != nil {
		return "", err
	}
	text = parts[0] + "\n## " + parts[1]
	if pending := q.WithContext(ctx).Answer().Pending; len(pending) > 0 {
		text += "\n## Undecided\n\n"
		for _, p := range pending {
			text += "- " + export.MarkdownText(p.Brief()) + "\n"
		}
	}
	return text + "\nThere is more on each section: " + strings.Join(terminal.Sections(), ", ") + ". Each names its sources.\n", nil
}

// draw draws the history.
func (s *server) draw(ctx context.Context, q draw) (string, error) {
	asked, err := s.history.Ask(answer.Query{On: q.On, Known: q.Known, According: q.Source})
	if err != nil {
		return "", err
	}
	var text bytes.Buffer
	if err := asked.WithContext(ctx).Mermaid(&text); err != nil {
		return "", err
	}
	return "```mermaid\n" + text.String() + "```\n" + s.history.Credit() + "\n", nil
}
