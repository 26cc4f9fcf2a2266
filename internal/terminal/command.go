package terminal

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A command is what the program can be asked, by its name.
type command struct {
	name  string
	args  string // what comes after the name
	about string // one line
	more  string // what else its help says
	like  string // arguments of an example
	take  func(o *options, words []string) error
}

// commands are those that are no sections of the state, in the order of the help.
var commands = []command{
	{
		"why", "PLACE [DATE]", "why a value is what it is that day, with the sources",
		placeHelp, "Stellantis/percent July 2024",
		func(o *options, words []string) error { return o.takePlace("why", &o.why, words, true) },
	},
	{
		"why-not", "PLACE[=VALUE] [DATE]", "what is missing for it to be there, or to be VALUE",
		placeHelp, "Tychy/T03/status=producing 2024-05-01",
		func(o *options, words []string) error { return o.takePlace("why-not", &o.whyNot, words, true) },
	},
	{
		"when", "PLACE[=VALUE]", "from when to when it was there, or was VALUE",
		"Of a model it is when it was on sale, of a car at a plant when it was made there, of an owner when it had a share, and of a market when cars were sold in it.\n" + placeHelp, "T03 Tychy",
		func(o *options, words []string) error { return o.takePlace("when", &o.when, words, false) },
	},
	{
		"track", "PLACE", "the values that it has had", placeHelp + " With -form csv and no PLACE it is every value.", "Stellantis/percent",
		func(o *options, words []string) error { return o.takePlace("track", &o.track, words, false) },
	},
	{
		"since", "DATE [DATE]", "what happened from one day to the other, both included",
		"Without a second DATE it is the last day of the record. What that changed, value by value, is told by changes.", "2023-10-26 2024-06-30",
		(*options).takeSince,
	},
	{
		"changes", "DATE [DATE]", "how the state at the end of one day differs from another",
		"Without a second DATE it is the last day of the record.", "2024-05-01 2024-07-01",
		func(o *options, words []string) error { return o.takeDates("changes", words) },
	},
	{
		"events", "[DATE]", "all events, with dates and citations", "Each is marked as happened, possible, later or left out by DATE.", "2019-06-30",
		func(o *options, words []string) error { o.events, o.words = true, words; return nil },
	},
	{
		"search", "WORDS", "the events that have all of some words in them", "It looks into what happened, notes, names and citations.", "Stellantis agrees",
		(*options).takeSearch,
	},
	{
		"sources", "[WORDS]", "the sources and their keys, or those that have all of some words", "What one of them says alone is asked for with -according and its key.", "Reuters",
		func(o *options, words []string) error { o.listSources, o.narrowed = true, words; return nil },
	},
	{
		"undecided", "[SECTION] [DATE]", "what is undecided that day, and what each way would change", "With a SECTION, such as owners, only what would change that.", "owners 2024-07-01",
		func(o *options, words []string) error {
			o.undecided = true
			if len(words) > 0 {
				if o.of = sectionNamed(words[0]); o.of != nil {
					words = words[1:]
				}
			}
			o.words = words
			return nil
		},
	},
}

const placeHelp = "PLACE is a part of the state, such as stakes/Stellantis/percent: a JSON Pointer into the state of -json. Steps may be left out where it is clear what is meant, and blanks do as well as slashes: Stellantis/percent, T03 Tychy."

// aliases are other names of commands.
var aliases = map[string]string{"diff": "changes", "whynot": "why-not"}

// commandNamed returns the command with a name, or nil.
func commandNamed(name string) *command {
	if other := aliases[name]; other != "" {
		name = other
	}
	for n := range commands {
		if commands[n].name == name {
			return &commands[n]
		}
	}
	return nil
}

// takePlace takes the part of the state that a command is asked about, and the date
// behind it if the command is about a day.
func (o *options) takePlace(name string, asked *string, words []string, dated bool) error {
	if len(words) == 0 && name == "track" && o.form == "csv" {
		*asked = answer.Everything
		return nil
	}
	if len(words) == 0 {
		return fmt.Errorf("%s what? Give a part of the state, such as asof %s stakes/Stellantis", name, name)
	}
	if *asked != "" {
		return fmt.Errorf("%s is asked twice, about %q and %q", name, strings.Join(words, " "), *asked)
	}
	first := len(words)
	for n := 1; dated && n < len(words); n++ {
		if o.isDate(words[n:]) {
			first = n
			break
		}
	}
	o.place, o.words = words[:first], words[first:]
	o.cutValue()
	*asked = strings.Join(o.place, "/") + o.value
	return nil
}

// cutValue takes the value from the words of a place: what is behind the first sign of equality.
func (o *options) cutValue() {
	n := slices.IndexFunc(o.place, func(w string) bool { return strings.Contains(w, "=") })
	if n < 0 {
		return
	}
	last, value, _ := strings.Cut(strings.Join(o.place[n:], " "), "=")
	o.place, o.value = append(slices.Clone(o.place[:n]), last), "="+value
}

// isDate reports whether words are a date.
func (o *options) isDate(words []string) bool {
	_, err := o.reading.Parse(strings.Join(words, " "))
	return err == nil
}

// takeDates takes the day to compare with, and the one that is compared with it.
func (o *options) takeDates(name string, words []string) error {
	if len(words) == 0 {
		return fmt.Errorf("%s since when? Give a day, such as asof %s 2024-05-01", name, name)
	}
	if o.since != "" {
		return fmt.Errorf("%s is asked twice, about %q and %q", name, words[0], o.since)
	}
	text := strings.Join(words, " ")
	if d, err := o.reading.Parse(text); err == nil && d.Kind() == edtf.Span && !d.From().IsZero() && !d.To().IsZero() {
		o.since, o.words = d.From().String(), []string{d.To().String()}
		return nil
	}
	o.since, o.words = text, nil
	for n := 1; n < len(words); n++ {
		if o.isDate(words[:n]) && o.isDate(words[n:]) {
			o.since, o.words = strings.Join(words[:n], " "), words[n:]
		}
	}
	if len(o.words) == 0 && !o.isDate(words) { // which of them is none is said of the first
		o.since, o.words = words[0], words[1:]
	}
	return nil
}

// takeSince takes the days from which and until which it is told what happened.
func (o *options) takeSince(words []string) error {
	o.included = true
	return o.takeDates("since", words)
}

func (o *options) takeSearch(words []string) error {
	if len(words) == 0 {
		return errors.New("search what? Give some words, such as asof search Stellantis agrees")
	}
	o.search = words
	return nil
}

// command takes the command from the words that are no flags, and what it is asked
// about. The words that are left are a date.
func (o *options) command(words []string) error {
	if len(words) == 0 {
		return nil
	}
	name := words[0]
	if o.section = sectionNamed(name); o.section != nil {
		o.given = words[1:]
		return nil
	}
	if c := commandNamed(name); c != nil {
		return c.take(o, words[1:])
	}
	o.words = words
	return o.mistyped(words)
}

// settle decides which of the words behind a section name what it is narrowed to, and which
// are a date. What is the name of something that the history has, such as the model 9-5, is no date, unless
// the section is named by dates, as deliveries are.
func (o *options) settle(h *answer.History) error {
	if o.section == nil || len(o.given) == 0 {
		return nil
	}
	o.takeWords(o.given)
	for n := len(o.given); n > 0 && !slices.Contains(o.section.parts, "deliveries"); n-- {
		if h.HasEntry(strings.Join(o.given[:n], " "), o.section.parts...) && (n == len(o.given) || o.isDate(o.given[n:])) {
			o.narrowed, o.words = o.given[:n], o.given[n:]
			break
		}
	}
	return o.takeDay()
}

// takeWords takes what a section is narrowed to, and the date behind it.
func (o *options) takeWords(words []string) {
	for n := range words {
		if o.isDate(words[n:]) {
			o.narrowed, o.words = words[:n], words[n:]
			return
		}
	}
	o.narrowed = words
	if len(words) > 0 && strings.ContainsAny(words[0][:1], "0123456789") { // a date that is none
		o.narrowed, o.words = nil, words
	}
}

// mistyped says which command was meant, if words are no date.
func (o *options) mistyped(words []string) error {
	if o.isDate(words) {
		return nil
	}
	if near.To(words[0], commandNames()) != nil {
		return noCommand(words[0])
	}
	return nil
}

// noCommand says which command may have been meant, or which there are.
func noCommand(name string) error {
	names := commandNames()
	if found := near.To(name, names); len(found) > 0 {
		return fmt.Errorf("there is no command %q; did you mean %q?", name, found[0])
	}
	return fmt.Errorf("there is no command %q; there is: %s", name, strings.Join(names, ", "))
}

// commandNames returns the names of all commands.
func commandNames() []string {
	names := Sections()
	for _, c := range commands {
		names = append(names, c.name)
	}
	for alias := range aliases {
		names = append(names, alias)
	}
	names = append(names, "help", "version", "completion", "man")
	slices.Sort(names)
	return names
}
