package main

import (
	"io"
	"os"
	"strings"
	"testing"
)

// The calendar has an entry over June that says so. Its lines end as those of a calendar do.
func TestCalendar(t *testing.T) {
	stdout := os.Stdout
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout = w
	main()
	os.Stdout = stdout
	w.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"SUMMARY:production of the T03 starts at Tychy (June 2024)\r\n", "DTSTART;VALUE=DATE:20240601\r\nDTEND;VALUE=DATE:20240701\r\n", "STATUS:TENTATIVE\r\n",
		"SUMMARY:production of the T03 ends at Tychy\r\n", "DTSTART;VALUE=DATE:20250330\r\nDTEND;VALUE=DATE:20250331\r\n",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the calendar lacks %q:\n%s", want, text)
		}
	}
}
