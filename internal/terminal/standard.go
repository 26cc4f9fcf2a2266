package terminal

import (
	"os"
	"os/exec"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// Standard returns the output of a program that writes to its standard output: in
// colour and with a pager if that is a terminal, unless NO_COLOR or PAGER say
// otherwise. COLUMNS is the width if there is no terminal.
func Standard() Output {
	out := Output{Stdout: os.Stdout, Stderr: os.Stderr}
	out.Width, _ = strconv.Atoi(os.Getenv("COLUMNS"))
	fd := int(os.Stdout.Fd())
	if !term.IsTerminal(fd) || os.Getenv("TERM") == "dumb" {
		return out
	}
	out.Colour = os.Getenv("NO_COLOR") == ""
	if width, height, err := term.GetSize(fd); err == nil {
		out.Width, out.Height = width, height
	}
	if pager := pagerOf(os.LookupEnv("PAGER")); len(pager) > 0 {
		out.Pager = func(text string) error { return runPager(pager, text) }
	}
	return out
}

// pagerOf returns the command line of the pager that PAGER names: less if it is not set,
// and none if it is empty.
func pagerOf(pager string, set bool) []string {
	if !set {
		return []string{"less"}
	}
	return strings.Fields(pager)
}

// runPager shows text with a pager. The error says that there is no such program: what
// the reader does with the text is no fault.
func runPager(pager []string, text string) error {
	path, err := exec.LookPath(pager[0])
	if err != nil {
		return err
	}
	cmd := exec.Command(path, pager[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(text), os.Stdout, os.Stderr
	cmd.Env = os.Environ()
	if os.Getenv("LESS") == "" {
		cmd.Env = append(cmd.Env, "LESS=FRX") // leave what fits, show colour, keep the screen
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	_ = cmd.Wait()
	return nil
}
