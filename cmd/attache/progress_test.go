package main

import (
	"strings"
	"testing"

	"attache/sources"
)

// TestProgressOnATerminalCountsWhatWasRead: the last bar says how many sources were
// read, as the line in a pipe does.
func TestProgressOnATerminalCountsWhatWasRead(t *testing.T) {
	var b strings.Builder
	p := newProgress(&b, true, 3)
	for _, r := range []sources.Report{{Source: "A", New: 2}, {Source: "B", Trouble: "503 Service Unavailable"}, {Source: "C", New: 1}} {
		p.source(r)
	}
	p.end(0)
	drawn := strings.Split(b.String(), "\r\x1b[K")
	if last := drawn[len(drawn)-1]; !strings.Contains(last, "2/3 sources  3 articles") || !strings.Contains(last, strings.Repeat("█", barWidth)) {
		t.Errorf("%q", last)
	}
}
