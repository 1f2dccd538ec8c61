package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/bot"
	"attache/digest/archive"
)

// checkRuns says whether attache run is at work, and what of its other work failed.
func (d *doctor) checkRuns(ctx context.Context) error {
	if d.archive == nil {
		return nil
	}
	alive, err := bot.LastAlive(ctx, d.archive)
	if err != nil {
		d.report.fail("run", err.Error(), "")
		return nil
	}
	now, err := d.archive.Now(ctx)
	if err != nil {
		d.report.fail("run", err.Error(), "")
		return nil
	}
	if !d.archive.Replicas() {
		now = d.now
	}
	d.alive(alive, now)
	return d.otherRuns(ctx)
}

func (d *doctor) alive(alive, now time.Time) {
	scheduled := 0
	for _, desk := range d.config.Desks {
		if desk.Schedule != "" {
			scheduled++
		}
	}
	const lately = 2 * time.Minute
	remedy := "Start it, for the desks' schedules: attache run"
	switch {
	case now.Sub(alive) < lately:
		d.report.ok("run", "attache run is at work")
	case scheduled == 0:
	case alive.IsZero():
		d.report.warn("run", "attache run was never started", remedy)
	default:
		d.report.warn("run", "attache run is not at work; it was last seen "+bot.Day(d.zone(), alive), remedy)
	}
}

// otherRuns tells what, beside editions, failed when it last ran.
func (d *doctor) otherRuns(ctx context.Context) error {
	const latest = 300
	runs, err := d.archive.Runs(ctx, "", latest)
	if err != nil {
		d.report.fail("run", err.Error(), "")
		return nil
	}
	var seen []string
	for _, r := range runs {
		over := r.State == archive.RunDone || r.State == archive.RunFailed
		if strings.HasPrefix(r.Name, editionName("")) || !over || slices.Contains(seen, r.Name) {
			continue
		}
		seen = append(seen, r.Name)
		if r.State == archive.RunFailed {
			d.report.warn("run", fmt.Sprintf("%s of %s failed%s", r.Name, bot.Day(d.zone(), r.Due), because(r.Trouble)), "Look into the log of attache run.")
		}
	}
	return ctx.Err()
}

// checkDeliveries tells what was given up, and which places are held back.
func (d *doctor) checkDeliveries(ctx context.Context) error {
	if d.archive == nil {
		return nil
	}
	all, err := d.archive.Queues(ctx)
	if err != nil {
		d.report.fail("deliveries", err.Error(), "")
		return nil
	}
	dead := 0
	for _, q := range all {
		dead += q.Dead
		d.held(q)
	}
	if dead > 0 {
		is := map[bool]string{true: " was", false: " were"}[dead == 1]
		d.report.warn("deliveries", bot.Plural(dead, "delivery")+is+" given up", "See them: attache deliveries list --state dead")
	}
	return nil
}

// held tells that a place has not taken what goes there.
func (d *doctor) held(q archive.Queue) {
	if q.Head == nil || q.Head.Trouble == "" {
		return
	}
	until := ""
	if q.Head.NotBefore.After(d.now) {
		until = " until " + d.hour(q.Head.NotBefore)
	}
	d.report.warn("deliveries", fmt.Sprintf("%s is held back%s, with %s waiting, after %s: %s", q.Place, until, bot.Plural(q.Open, "part"), tries(q.Head.Attempts), q.Head.Trouble),
		"See it: attache deliveries show "+quoted(q.Head.Key))
}
