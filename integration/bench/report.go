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
		"Rows": matrix("archive", b.rows), "Alone": matrix("ours", b.alone), "Hot": matrix("archive", b.hotRows), "Companies": companies(b.companies),
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
