package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"text/template"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
)

//go:embed performance.md.tmpl
var page string

// write writes docs/performance.md and its picture into the repository at root.
func (b *bench) write(root string) error {
	t, err := template.New("performance").Parse(page)
	if err != nil {
		return err
	}
	var text strings.Builder
	err = t.Execute(&text, map[string]string{
		"Date": time.Now().Format(time.DateOnly), "Machine": machine(), "Copy": fmt.Sprintf("%.1f GB/s", b.copied/1e9),
		"Summary": summary(b.rows, b.bytes), "Rows": table(b.rows), "Hot": table(b.hotRows),
		"Growth": growthTable(b.grown, b.single), "States": b.states, "Memory": memory(b.bytes),
	})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, "docs", "performance.md"), []byte(text.String()), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, "docs", "growth.svg"), []byte(picture(b.grown, b.single)), 0o644)
}

func machine() string {
	cpu := runtime.GOARCH
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, ok := strings.CutPrefix(line, "model name"); ok {
				cpu = strings.TrimLeft(strings.TrimSpace(name), ": \t")
				break
			}
		}
	}
	return fmt.Sprintf("%s, %d processors, %s, %s", cpu, runtime.NumCPU(), runtime.GOOS, runtime.Version())
}

// summary is one line for each row that has a target.
func summary(rows []*row, bytes map[string]float64) string {
	var b strings.Builder
	b.WriteString("| | ours | best rival | ratio | reach | aim | | over the best that takes late events |\n|---|--:|---|--:|--:|--:|---|--:|\n")
	for _, r := range rows {
		if r.reach == 0 {
			continue
		}
		aim := ""
		if r.aim > 0 {
			aim = fmt.Sprintf("%gx", r.aim)
		}
		lasting := ""
		if len(r.lasting) > 0 {
			lasting = fmt.Sprintf("%.2fx", fastest(r.lasting).median()/r.ours.median())
		}
		fmt.Fprintf(&b, "| %s | %s | %s, %s | %.2fx | %gx | %s | %s | %s |\n",
			r.title, duration(r.ours.median()), r.best().name, duration(r.best().median()), r.ratio(), r.reach, aim, r.verdict(), lasting)
	}
	if n, ok := bytes["archive.Archive"]; ok {
		verdict := "not reached"
		if n <= 64 {
			verdict = "aim"
		} else if n <= 120 {
			verdict = "reached"
		}
		fmt.Fprintf(&b, "| bytes an event, beyond the payload | %.1f | | | 120 | 64 | %s | |\n", n, verdict)
	}
	b.WriteString("\n")
	return b.String()
}

// memory is what an event takes in each contestant, before any question.
func memory(bytes map[string]float64) string {
	var b strings.Builder
	b.WriteString("| | bytes an event |\n|---|--:|\n")
	for _, c := range []contestant{&ours{}, &streams{}, &sorted{}, &versions{}} {
		fmt.Fprintf(&b, "| %s | %.1f |\n", c.name(), bytes[c.name()])
	}
	return b.String()
}

func describe(s archive.Stats) string {
	return fmt.Sprintf("%d states in %.0f MB, for %d events in %.0f MB", s.States, float64(s.StateBytes)/1e6, s.Events, float64(s.EventBytes)/1e6)
}
