package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"attache/sources"
)

// progress shows how far gathering has come: a bar that is drawn anew on a
// terminal, a line for each source elsewhere.
type progress struct {
	w        io.Writer
	terminal bool
	total    int
	started  time.Time

	done     int
	failed   int
	articles int
	troubles []string
}

// barWidth is the bar's columns; a terminal under leastBar columns gets lines.
const (
	barWidth = 28
	leastBar = 80
)

func newProgress(w io.Writer, terminal bool, total int) *progress {
	p := &progress{w: w, total: total, started: time.Now()}
	if p.terminal = terminal && terminalWidth(w) >= leastBar; p.terminal {
		p.draw(0, "")
	}
	return p
}

// source counts one source in.
func (p *progress) source(r sources.Report) {
	p.done++
	p.articles += r.New + r.Changed
	if r.Trouble != "" {
		p.failed++
		p.troubles = append(p.troubles, fmt.Sprintf("%s: %s", r.Source, r.Trouble))
	}
	for _, n := range r.Notes {
		p.troubles = append(p.troubles, fmt.Sprintf("%s: %s", r.Source, n))
	}
	if p.terminal {
		p.draw(p.done, "")
		return
	}
	fmt.Fprintf(p.w, "  %-22s %s\n", r.Source, outcome(r))
}

// outcome says in a few words what polling a source brought.
func outcome(r sources.Report) string {
	switch {
	case r.Trouble != "":
		return r.Trouble
	case r.NotModified:
		return "not changed"
	case r.Changed > 0:
		return fmt.Sprintf("%d new, %d changed", r.New, r.Changed)
	}
	return fmt.Sprintf("%d new", r.New)
}

// end prints the sum, and what went wrong.
func (p *progress) end(copies int) {
	sum := fmt.Sprintf("%d articles  %d copies  %.1f s", p.articles, copies, time.Since(p.started).Seconds())
	if p.terminal {
		p.draw(p.done-p.failed, sum)
		fmt.Fprintln(p.w)
	} else {
		fmt.Fprintf(p.w, "Gathered  %d/%d sources  %s\n", p.done-p.failed, p.total, sum)
	}
	for _, t := range p.troubles {
		fmt.Fprintf(p.w, "           %s\n", t)
	}
	if len(p.troubles) > 0 {
		fmt.Fprintln(p.w, "           The others went on.")
	}
}

// draw draws the bar with a count of sources: those asked so far, in the end those
// that were read.
func (p *progress) draw(count int, sum string) {
	full := barWidth * p.done / max(1, p.total)
	bar := strings.Repeat("█", full) + strings.Repeat("░", barWidth-full)
	if sum == "" {
		sum = fmt.Sprintf("%d articles", p.articles)
	}
	fmt.Fprintf(p.w, "\r\x1b[KGathering  %s %d/%d sources  %s", bar, count, p.total, sum)
}
