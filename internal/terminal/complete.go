package terminal

import (
	"fmt"
	"strings"
)

// completions are the scripts that complete commands and flags, by shell.
var completions = map[string]func() string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}

func bashCompletion() string {
	return fmt.Sprintf(`_asof() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  case $before in
    -file|-log) COMPREPLY=($(compgen -f -- "$word")); return;;
    -form) COMPREPLY=($(compgen -W "`+strings.Join(formNames, " ")+`" -- "$word")); return;;
    -color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return;;
    -dates) COMPREPLY=($(compgen -W "day-first month-first" -- "$word")); return;;
    help) COMPREPLY=($(compgen -W "%[1]s" -- "$word")); return;;
    completion) COMPREPLY=($(compgen -W "bash fish zsh" -- "$word")); return;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "%[2]s" -- "$word"))
  elif ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "%[1]s" -- "$word"))
  fi
}
complete -o default -F _asof asof
`, strings.Join(commandNames(), " "), strings.Join(flagNames(), " "))
}

func zshCompletion() string {
	var b strings.Builder
	b.WriteString("#compdef asof\n_asof() {\n  local -a names flags\n  names=(\n")
	for _, c := range allCommands() {
		fmt.Fprintf(&b, "    '%s:%s'\n", c.name, quotedForShell(c.about))
	}
	b.WriteString("  )\n  flags=(\n")
	for _, f := range flagTexts {
		fmt.Fprintf(&b, "    '-%s:%s'\n", f.name, quotedForShell(f.about))
	}
	b.WriteString(`  )
  case $words[CURRENT-1] in
    -file|-log) _files; return;;
    -form) compadd ` + strings.Join(formNames, " ") + `; return;;
    -color) compadd auto always never; return;;
    -dates) compadd day-first month-first; return;;
    completion) compadd bash fish zsh; return;;
  esac
  if [[ $words[CURRENT] == -* ]]; then
    _describe -o flag flags
  elif ((CURRENT == 2)) || [[ $words[2] == help ]]; then
    _describe command names
  fi
}
compdef _asof asof
`)
	return b.String()
}

func fishCompletion() string {
	var b strings.Builder
	b.WriteString("complete -c asof -f\n")
	for _, c := range allCommands() {
		fmt.Fprintf(&b, "complete -c asof -n '__fish_use_subcommand' -a %s -d '%s'\n", c.name, quotedForShell(c.about))
	}
	for _, f := range flagTexts {
		value := ""
		switch {
		case f.value == "FILE":
			value = " -r -F"
		case f.name == "form":
			value = " -x -a '" + strings.Join(formNames, " ") + "'"
		case f.name == "color":
			value = " -x -a 'auto always never'"
		case f.name == "dates":
			value = " -x -a 'day-first month-first'"
		case f.value != "":
			value = " -x"
		}
		fmt.Fprintf(&b, "complete -c asof -o %s%s -d '%s'\n", f.name, value, quotedForShell(f.about))
	}
	b.WriteString("complete -c asof -n '__fish_seen_subcommand_from completion' -a 'bash fish zsh'\n")
	return b.String()
}

// quotedForShell returns text as it stands between single quotes.
func quotedForShell(text string) string { return strings.ReplaceAll(text, "'", `'\''`) }

func flagNames() []string {
	var names []string
	for _, f := range flagTexts {
		names = append(names, "-"+f.name)
	}
	return names
}

// allCommands returns the sections and the commands.
func allCommands() []command {
	var all []command
	for _, s := range sections {
		all = append(all, s.asCommand())
	}
	return append(all, commands...)
}
