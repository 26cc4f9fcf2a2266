package terminal

import (
	"fmt"
	"strings"
)

const usage = `Usage: asof [COMMAND] [FLAGS] [DATE]
Prints the state of Leapmotor at the end of DATE, such as 2024-07-01, July 2024,
Q3 2024 or yesterday. If it is left out, that is the last day of the record.
  owners, company, people, ventures, models, technologies, plants, partnerships,
  markets, plans, deliveries, figures, milestones, context, organisations, facts
                       one section of the state, or what has a WORD in it
  why PLACE            why a value is what it is that day, with the sources
  why-not PLACE=VALUE  what is missing for it to be there, or to be VALUE
  when PLACE           from when to when it was so
  track PLACE          the values that it has had
  since DATE [DATE]    what happened from one day to the other
  changes DATE [DATE]  how the state of one day differs from that of another
  events, search WORDS, sources, undecided: more of asof help COMMAND
Flags: -known DATE, as it could be known by then; -according SOURCE, by its word
alone; -file FILE or -log FILE, another history; -form md, csv, ics and others,
-json; of a section -cited, with its sources, -on-sale, -making, -abroad,
-overdue, -slipped, -count; -width N, -color WHEN, -version.
Exit codes: 0 answered, 1 a fault in the data, 2 a fault in the use.
Examples:
  asof owners -known 2024-05-31 2024-07-01
  asof why Stellantis/percent July 2024
  asof when T03 Tychy
  asof since 2023-10-26 2024-06-30
`

// helpOf returns the help of a command, or that of the program.
func helpOf(name string) (string, error) {
	if name == "" {
		return usage, nil
	}
	if s := sectionNamed(name); s != nil {
		return commandHelp(s.asCommand()), nil
	}
	if c := commandNamed(name); c != nil {
		return commandHelp(*c), nil
	}
	switch name {
	case "completion":
		return "Usage: asof completion bash|fish|zsh\nPrints a script that completes commands and flags. Write it to a file that the\nshell reads at its start, or read it at once: source <(asof completion bash)\n", nil
	case "man":
		return "Usage: asof man\nPrints the manual page: asof man > asof.1, and then man ./asof.1\n", nil
	case "version", "help":
		return "Usage: asof " + name + "\n", nil
	}
	return "", noCommand(name)
}

func commandHelp(c command) string {
	p := &page{width: 80}
	p.write("Usage: asof " + c.name + " [FLAGS] " + c.args)
	for _, text := range []string{sentence(c.about), c.more} {
		for line := range strings.SplitSeq(text, "\n") {
			if line != "" {
				p.paragraph(0, "", line)
			}
		}
	}
	p.section("Flags", flagRows(c.name))
	p.write("")
	p.write("Example: asof " + c.name + " " + c.like)
	return p.text.String()
}

func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }

// flagRows returns the flags that a command has, or all of them.
func flagRows(name string) (rows [][]string) {
	for _, f := range flagTexts {
		only := ""
		if n := strings.LastIndexByte(f.about, '('); n > 0 && f.name != "log" {
			only = f.about[n+1 : len(f.about)-1]
		}
		switch {
		case name != "" && only == "a section":
			if sectionNamed(name) != nil {
				rows = append(rows, []string{"-" + f.name, f.about[:strings.LastIndexByte(f.about, '(')-1]})
			}
		case name != "" && only != "" && !strings.Contains(only, name):
		case (name == "when" || name == "track") && f.name == "on": // they cover all days
		case name != "" && (f.name == "version" || f.name == "count" && sectionNamed(name) == nil):
		default:
			rows = append(rows, []string{strings.TrimSpace("-" + f.name + " " + f.value), f.about})
		}
	}
	return rows
}

// manual returns the manual page, in the language of man.
func manual() string {
	var b strings.Builder
	b.WriteString(".TH ASOF 1\n.SH NAME\nasof \\- what was so at a company on a day, and why\n.SH SYNOPSIS\n.B asof\n[COMMAND] [FLAGS] [DATE]\n.SH DESCRIPTION\n")
	b.WriteString(escaped("Prints the state of Leapmotor, or of another company, at the end of a day: what is certain, what is undecided, and what is not recorded. "+
		"DATE is such as 2024-07-01, July 2024, Q3 2024 or yesterday; an imprecise one is read as its last day. If it is left out, that is the last day of the record.") + "\n.SH COMMANDS\n")
	for _, s := range sections {
		writeManual(&b, s.asCommand())
	}
	for _, c := range commands {
		writeManual(&b, c)
	}
	b.WriteString(".SH FLAGS\n")
	for _, f := range flagTexts {
		fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", escaped(strings.TrimSpace("-"+f.name+" "+f.value)), escaped(sentence(f.about)))
	}
	b.WriteString(".SH ENVIRONMENT\n.TP\n.B COLUMNS\nThe width of the page, if there is no terminal.\n.TP\n.B PAGER\nThe program that shows what does not fit the terminal; less if it is not set, and none if it is empty.\n.TP\n.B NO_COLOR\nIf it is set, there is no colour.\n")
	b.WriteString(".SH EXIT STATUS\n0 answered, 1 a fault in the data, 2 a fault in the use.\n.SH EXAMPLES\n.nf\n")
	for _, c := range commands {
		b.WriteString(escaped("asof "+c.name+" "+c.like) + "\n")
	}
	b.WriteString(".fi\n")
	return b.String()
}

func writeManual(b *strings.Builder, c command) {
	fmt.Fprintf(b, ".TP\n.B %s\n%s\n", escaped(strings.TrimSpace(c.name+" "+c.args)), escaped(strings.TrimSpace(sentence(c.about)+" "+strings.ReplaceAll(c.more, "\n", " "))))
}

// escaped returns text that man shows as it is.
func escaped(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\e`), "-", `\-`)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}
