package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"attache/bot"
	"attache/bot/terminal"
	"attache/sources"
)

// leastName is the columns that a source's name has at least, on a terminal.
const leastName = 12

// gatherTable prints a round as a table. On a terminal names are cut and notes
// wrapped to its width, and a line tells how far it has come; elsewhere a source
// is one line.
type gatherTable struct {
	out      io.Writer
	terminal bool
	width    int
	name     int // columns of the names
	zone     *time.Location
	now      time.Time
	started  time.Time
	headed   bool
	timed    bool // a time was printed
}

func newGatherTable(s *streams, r *gatherRound, zone *time.Location) *gatherTable {
	t := &gatherTable{
		out: s.out, terminal: isTerminal(s.out), width: terminalWidth(s.out), name: leastName,
		zone: zone, now: r.started, started: time.Now(),
	}
	for i := range r.all {
		t.name = max(t.name, runewidth.StringWidth(terminal.Plain(r.all[i].source.Name)))
	}
	if t.terminal {
		t.name = min(t.name, max(leastName, t.width/3))
	}
	return t
}

func (t *gatherTable) source(o *gathered) error {
	if !t.headed {
		t.headed = true
		if err := t.row("SOURCE", "NEW", "SEEN", "NOTE"); err != nil {
			return err
		}
	}
	fresh, seen := strconv.Itoa(o.New), strconv.Itoa(o.Seen)
	if o.Trouble != "" {
		fresh, seen = "–", "–"
	} else if o.NotModified {
		seen = "–"
	}
	return t.row(o.source.Name, fresh, seen, strings.Join(t.notes(o), "; "))
}

// row prints the cells, the note wrapped below itself on a terminal.
func (t *gatherTable) row(name, fresh, seen, note string) error {
	name = terminal.Plain(name)
	if t.terminal {
		name = runewidth.Truncate(name, t.name, "…")
	}
	head := fmt.Sprintf("%s %s %s  ", runewidth.FillRight(name, t.name), runewidth.FillLeft(fresh, 5), runewidth.FillLeft(seen, 5))
	lines := []string{terminal.Plain(note)}
	if t.terminal {
		lines = terminal.Wrap(lines[0], max(leastName, t.width-runewidth.StringWidth(head)))
	}
	t.clear()
	for i, line := range append(lines, "")[:max(1, len(lines))] {
		if i > 0 {
			head = strings.Repeat(" ", runewidth.StringWidth(head))
		}
		if _, err := fmt.Fprintln(t.out, strings.TrimRight(head+line, " ")); err != nil {
			return err
		}
	}
	return nil
}

// notes say what a person needs to know of a source's outcome.
func (t *gatherTable) notes(o *gathered) []string {
	var notes []string
	add := func(when bool, format string, args ...any) {
		if when {
			notes = append(notes, fmt.Sprintf(format, args...))
		}
	}
	switch {
	case o.Trouble != "":
		since := ""
		if !o.FailingSince.IsZero() && (o.waiting || o.FailingSince.Before(t.now)) {
			since = " since " + t.hour(o.FailingSince)
		}
		add(true, "%s%s", o.Trouble, since)
		add(!o.NextPoll.IsZero(), "next try %s", t.hour(o.NextPoll))
		add(o.waiting, "not asked now (--source asks)")
		return notes
	case o.NotModified && !o.LastOK.IsZero():
		add(true, "not changed since %s", t.hour(o.LastOK))
	}
	add(o.Changed > 0, "%d changed", o.Changed)
	for _, why := range []sources.Partial{sources.Paywall, sources.Disallowed, sources.Refused, sources.NoArticle, sources.Unreachable} {
		add(o.Partial[why] > 0, "%s %s: kept the feed's summary", bot.Plural(o.Partial[why], "page"), kept[why])
	}
	const most = 2
	for _, n := range o.Notes[:min(most, len(o.Notes))] {
		add(true, "%s", n)
	}
	add(len(o.Notes) > most, "and %d more", len(o.Notes)-most)
	return notes
}

// kept says of pages why only a summary was kept.
var kept = map[sources.Partial]string{
	sources.Paywall:     "behind a paywall",
	sources.Disallowed:  "that robots.txt forbids",
	sources.Refused:     "on a private network",
	sources.NoArticle:   "without an article that could be told apart",
	sources.Unreachable: "not readable now, asked for again next time",
}

func (t *gatherTable) hour(at time.Time) string {
	t.timed = true
	return bot.Hour(t.zone, at, t.now)
}

// progress draws how far the round has come, on a terminal.
func (t *gatherTable) progress(done, total int) {
	if !t.terminal {
		return
	}
	t.clear()
	if done < total {
		fmt.Fprintf(t.out, "%d of %s", done, bot.Plural(total, "source"))
		return
	}
	fmt.Fprint(t.out, "reading what is new")
}

func (t *gatherTable) clear() {
	if t.terminal {
		fmt.Fprint(t.out, "\r\x1b[K")
	}
}

// end prints the sums.
func (t *gatherTable) end(r *gatherRound) error {
	fresh, seen, polled, waiting := 0, 0, 0, r.waiting()
	for i := range r.all {
		o := &r.all[i]
		fresh, seen = fresh+o.New, seen+o.Seen
		if o.done {
			polled++
		}
	}
	facts := []string{bot.Plural(len(r.all), "source")}
	if polled < len(r.all) {
		facts[0] = fmt.Sprintf("%d of %s", polled, facts[0])
	}
	if n := r.failed() - waiting; n > 0 {
		facts = append(facts, fmt.Sprintf("%d failed", n))
	}
	if waiting > 0 {
		facts = append(facts, fmt.Sprintf("%d not asked", waiting))
	}
	if r.indexed.Copies > 0 {
		facts = append(facts, bot.Plural(r.indexed.Copies, "copy"))
	}
	facts = append(facts, fmt.Sprintf("%.1f s", time.Since(t.started).Seconds()))
	if t.timed {
		facts = append(facts, "times: "+t.zone.String())
	}
	return t.row("", strconv.Itoa(fresh), strconv.Itoa(seen), strings.Join(facts, ", "))
}

// gatherLines prints a round as JSON Lines.
type gatherLines struct{ out io.Writer }

// gatherLine is a source's line: times are RFC 3339, null where there is none.
type gatherLine struct {
	Source       string                  `json:"source"`
	Outlet       string                  `json:"outlet"`
	URL          string                  `json:"url"`
	New          int                     `json:"new"`
	Changed      int                     `json:"changed"`
	Seen         int                     `json:"seen"`
	NotModified  bool                    `json:"not_modified"`
	Trouble      string                  `json:"trouble,omitempty"`
	Waiting      bool                    `json:"waiting"` // it was not asked
	Status       int                     `json:"status,omitempty"`
	Partial      map[sources.Partial]int `json:"partial,omitempty"`
	Notes        []string                `json:"notes"`
	Newest       *time.Time              `json:"newest"`
	LastOK       *time.Time              `json:"last_ok"` // before this round
	FailingSince *time.Time              `json:"failing_since"`
	NextPoll     *time.Time              `json:"next_poll"`
}

func (l gatherLines) source(o *gathered) error {
	return writeJSON(l.out, gatherLine{
		Source: o.source.Name, Outlet: o.Outlet, URL: shownURL(o.source.URL), New: o.New, Changed: o.Changed, Seen: o.Seen,
		NotModified: o.NotModified, Trouble: o.Trouble, Waiting: o.waiting, Status: o.Status, Partial: o.Partial,
		Notes: some(o.Notes), Newest: timeOrNull(o.Newest), LastOK: timeOrNull(o.LastOK),
		FailingSince: timeOrNull(o.FailingSince), NextPoll: timeOrNull(o.NextPoll),
	})
}

func (gatherLines) progress(int, int)      {}
func (gatherLines) end(*gatherRound) error { return nil }

// timeOrNull is nil for no time.
func timeOrNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
