package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"attache/bot"
	"attache/bot/terminal"
	"attache/digest/archive"
)

// scheduleWidth is the columns of attache schedule, which fits beside other
// things.
const scheduleWidth = 60

// scheduleCommand lists what comes and what was.
type scheduleCommand struct {
	JSON bool `name:"json" help:"Print one JSON object for each run that is scheduled."`
}

// Help is printed under the command's flags.
func (scheduleCommand) Help() string {
	return `Times are in the desk's zone. A run is due, running, done, failed, missed (its time
was too long ago when attache came back, and the next one stands for it), or
before: its time was before the schedule was set.

Example:
  attache schedule
  attache schedule --json`
}

// Run lists each occasion with its next and its last run.
func (c scheduleCommand) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	all, err := p.occasions()
	if err != nil {
		return err
	}
	now, err := p.archive.Now(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		line, err := p.scheduled(ctx, o, now)
		if err != nil {
			return err
		}
		if c.JSON {
			err = writeJSON(s.out, line)
		} else {
			_, err = fmt.Fprint(s.out, line.text(o.zone, now))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// scheduledRun is an occasion as it is listed. Times are RFC 3339.
type scheduledRun struct {
	Name     string     `json:"name"`
	Zone     string     `json:"zone"`
	Next     *time.Time `json:"next"` // null: only by hand
	Last     *time.Time `json:"last"` // its due time; null: none yet
	State    string     `json:"state,omitempty"`
	Ended    *time.Time `json:"ended"`
	Attempts int        `json:"attempts,omitempty"`
	Trouble  string     `json:"trouble,omitempty"`
}

func (p *program) scheduled(ctx context.Context, o occasion, now time.Time) (scheduledRun, error) {
	line := scheduledRun{Name: o.name, Zone: o.zone.String()}
	if o.schedule != nil {
		if next, ok := o.schedule.Next(now); ok {
			line.Next = timeOrNull(next.In(o.zone))
		}
	}
	last, err := p.archive.Runs(ctx, o.name, 1)
	if err != nil || len(last) == 0 {
		return line, err
	}
	r := last[0]
	line.Last, line.State, line.Attempts, line.Trouble = timeOrNull(r.Due.In(o.zone)), string(r.State), r.Attempts, r.Trouble
	if r.State != archive.RunDue && r.State != archive.RunRunning && !r.Ended.IsZero() {
		line.Ended = timeOrNull(r.Ended.In(o.zone))
	}
	return line, nil
}

// text is the occasion on a few lines.
func (l scheduledRun) text(zone *time.Location, now time.Time) string {
	var b strings.Builder
	row := func(head, text string) {
		for _, line := range terminal.Wrap(terminal.Plain(text), scheduleWidth-len("  next  ")) {
			fmt.Fprintf(&b, "  %-4s  %s\n", head, line)
			head = ""
		}
	}
	fmt.Fprintln(&b, terminal.Plain(l.Name))
	next := "only by hand: attache run --once"
	if l.Next != nil {
		next = bot.Day(zone, *l.Next) + " (in " + span(l.Next.Sub(now)) + ")"
	}
	row("next", next)
	if l.Last == nil {
		row("last", "none yet")
		return b.String()
	}
	last := bot.Day(zone, *l.Last) + " · " + l.State
	if l.Ended != nil && l.Ended.Sub(*l.Last) >= time.Minute {
		last += " " + bot.Hour(zone, *l.Ended, *l.Last)
	}
	if l.Attempts > 1 {
		last += fmt.Sprintf(", at the %d. try", l.Attempts)
	}
	row("last", last)
	if l.Trouble != "" {
		row("", bot.Brief(l.Trouble))
	}
	return b.String()
}

// span writes "3 d 4 h", "21 h 12 min", "5 min".
func span(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	switch days, hours := minutes/(24*60), minutes/60%24; {
	case days > 0:
		return fmt.Sprintf("%d d %d h", days, hours)
	case hours > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes%60)
	}
	return fmt.Sprintf("%d min", minutes)
}
