package sources

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"attache/sources/fetch"
)

// Probe is what a source answers when it is only looked at.
type Probe struct {
	Source    string
	Err       error  // why it could not be read; nil where it could
	Trouble   string // the same, for people
	Entries   int
	Newest    time.Time // the latest date of publication shown
	Forbidden bool      // robots.txt forbids the newest page, so that only summaries are kept
	Ahead     time.Duration
	Clocked   bool // Ahead is how far this machine's clock is before the source's
}

// Probe asks a source as a poll does, and reads its list whole. It fetches no page
// and stores nothing. The error is that the store failed or that ctx ended.
func (g *Gatherer) Probe(ctx context.Context, src Source) (Probe, error) {
	p := poll{Gatherer: g, src: src, report: &Report{Source: src.Name}, began: g.now()}
	probe := Probe{Source: src.Name}
	answer, err := p.list(ctx)
	if ctx.Err() != nil {
		return probe, ctx.Err()
	}
	if err != nil {
		probe.Err, probe.Trouble = err, trouble(err)
		return probe, nil
	}
	probe.Ahead, probe.Clocked = ahead(answer, g.now())
	entries := p.entries()
	probe.Entries, probe.Newest = len(entries), p.newest(entries)
	if len(entries) > 0 {
		probe.Forbidden = errors.Is(g.Client.Allowed(ctx, entries[0].Link), fetch.ErrRobots)
	}
	return probe, nil
}

// ahead is how far now is before the clock of the server that has just answered,
// to about a second. What a cache kept is as old as it says.
func ahead(answer *fetch.Response, now time.Time) (time.Duration, bool) {
	served, err := http.ParseTime(answer.Header.Get("Date"))
	if err != nil {
		return 0, false
	}
	age, err := strconv.Atoi(answer.Header.Get("Age"))
	if err == nil && age > 0 {
		served = served.Add(time.Duration(age) * time.Second)
	}
	const half = time.Second / 2 // the header has whole seconds
	return now.Sub(served.Add(half)), true
}
