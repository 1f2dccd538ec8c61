package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"attache/bot"
	"attache/bot/schedule"
	"attache/config"
)

// The run that polls the sources, and how often it is due.
const (
	gatherName = "gather"
	gatherSpec = "*/10 * * * *"
	gatherGap  = 10 * time.Minute
)

// The run that deletes what is kept no longer, and how late that may be.
const (
	retentionName  = "retention"
	retentionSpec  = "0 3 * * *"
	retentionGrace = 20 * time.Hour
)

// isRun reports whether a name is that of a run that is no desk's.
func isRun(name string) bool {
	return strings.EqualFold(name, gatherName) || strings.EqualFold(name, retentionName)
}

// editionName is the name of a desk's runs.
func editionName(desk string) string { return "edition " + desk }

// occasion is something that happens by a schedule, or by hand.
type occasion struct {
	name     string
	zone     *time.Location
	schedule *schedule.Schedule // nil: only by hand
	spec     string             // all that the schedule comes from
	grace    time.Duration
	desk     int // its place in the config; -1 for none
}

// occasions are all that happens by a config: gathering, retention, and the desks'
// editions.
func (p *program) occasions() ([]occasion, error) {
	gather, err := schedule.Parse(gatherSpec, time.UTC, nil, p.now())
	if err != nil {
		return nil, err
	}
	retention, err := schedule.Parse(retentionSpec, time.UTC, nil, p.now())
	if err != nil {
		return nil, err
	}
	all := []occasion{
		{gatherName, p.zone(), gather, gatherSpec, gatherGap, -1},
		{retentionName, p.zone(), retention, retentionSpec, retentionGrace, -1},
	}
	for i, d := range p.config.Desks {
		s, err := timetable(d, p.now())
		if err != nil {
			return nil, err
		}
		spec := fmt.Sprint(d.Schedule, " ", d.Zone, days(d))
		all = append(all, occasion{editionName(d.Name), d.Zone, s, spec, d.Grace, i})
	}
	return all, nil
}

// timetable is when a desk's editions are due; nil where only by hand.
func timetable(d config.Desk, now time.Time) (*schedule.Schedule, error) {
	if d.Schedule == "" {
		return nil, nil
	}
	s, err := schedule.Parse(d.Schedule, d.Zone, days(d), now)
	if err != nil {
		return nil, fmt.Errorf("desk %s: %w", d.Name, err)
	}
	return s, nil
}

// days are a desk's holidays.
func days(d config.Desk) (off []schedule.Date) {
	for _, h := range d.Holidays {
		off = append(off, schedule.DateOf(h.Day))
	}
	return off
}

// checkHolidays finds holidays that leave a desk without an edition for a year.
func checkHolidays(c *config.Config, d config.Desk) config.Mistakes {
	if len(d.Holidays) == 0 || d.Schedule == "" {
		return nil
	}
	now := time.Now()
	working, err := schedule.Parse(d.Schedule, d.Zone, nil, now)
	if err != nil {
		return nil // the schedule has a mistake of its own
	}
	s, err := timetable(d, now)
	if err == nil {
		const year = 365 * 24 * time.Hour
		first, _ := working.Next(now)
		if due, _ := s.Next(now); due.Sub(first) < year {
			return nil
		}
	}
	return config.Mistakes{c.At(d.Holidays[0].Pos, "the holidays leave no day for the schedule %q within a year", d.Schedule)}
}

// quietHours are those of a desk.
func quietHours(d config.Desk) (schedule.Quiet, error) {
	if d.Quiet == "" {
		return schedule.Quiet{}, nil
	}
	return schedule.ParseQuiet(d.Quiet, d.Zone)
}

// places are where a desk's editions are posted.
func places(d config.Desk) []bot.Place {
	all := make([]bot.Place, len(d.Post))
	for i, p := range d.Post {
		all[i] = placeOf(p)
	}
	return all
}

func placeOf(p config.Place) bot.Place {
	return bot.Place{Platform: p.Platform, Workspace: p.Workspace, Channel: p.Channel}
}

// errInterrupted says that a person stopped attache run, which ended in order.
var errInterrupted = errors.New("interrupted")
