package main

import (
	"context"
	"fmt"
	"time"

	"attache/bot"
	"attache/bot/schedule"
	"attache/config"
	"attache/digest/archive"
)

// checkDesks says of each desk when its next edition is due, and what became of
// the last one.
func (d *doctor) checkDesks(ctx context.Context) error {
	posted := map[string]time.Time{}
	if d.archive != nil {
		var err error
		if posted, err = d.archive.LastPosted(ctx); err != nil {
			d.report.fail("schedule", err.Error(), "")
			return nil
		}
	}
	for i, desk := range d.config.Desks {
		if d.isWrong(fmt.Sprintf("desks[%d]", i)) {
			d.report.warn("schedule", fmt.Sprintf("%s: not checked, as the config has a mistake there", desk.Name), "")
			continue
		}
		if err := d.checkDesk(ctx, desk, posted[desk.Name]); err != nil {
			d.report.fail("schedule", err.Error(), "")
		}
	}
	return ctx.Err()
}

func (d *doctor) checkDesk(ctx context.Context, desk config.Desk, posted time.Time) error {
	if desk.Schedule == "" {
		d.report.ok("schedule", desk.Name+": none; its digest is made by hand")
		return nil
	}
	s, err := timetable(desk, d.now)
	if err != nil {
		return err
	}
	next, ok := s.Next(d.now)
	if !ok {
		return fmt.Errorf("%s: %w", desk.Name, schedule.ErrNever)
	}
	d.report.ok("schedule", fmt.Sprintf("%s: next brief %s (in %s)", desk.Name, bot.Day(desk.Zone, next), span(next.Sub(d.now))))
	last, ok := s.Last(d.now)
	if !ok || d.archive == nil {
		return nil
	}
	return d.checkEditions(ctx, desk, last, posted)
}

// checkEditions looks at the runs of a desk's last editions.
func (d *doctor) checkEditions(ctx context.Context, desk config.Desk, due, posted time.Time) error {
	const some = 20
	runs, err := d.archive.Runs(ctx, editionName(desk.Name), some)
	if err != nil || len(runs) == 0 {
		return err
	}
	quiet, err := quietHours(desk)
	if err != nil {
		return err
	}
	last := runs[0]
	when := bot.Day(desk.Zone, last.Due)
	switch over := d.now.Sub(last.Due); {
	case last.State == archive.RunFailed:
		d.report.fail("schedule", fmt.Sprintf("%s: the brief of %s failed: %s", desk.Name, when, last.Trouble), "Make it by hand: attache digest --post --desk "+quoted(desk.Name))
	case last.State == archive.RunMissed:
		d.report.warn("schedule", fmt.Sprintf("%s: the brief of %s was missed; the next one covers it", desk.Name, when), "See that attache run goes on.")
	case (last.State == archive.RunDue || last.State == archive.RunRunning) && over > bot.LateAfter:
		d.report.warn("schedule", fmt.Sprintf("%s: the brief of %s is %s late%s", desk.Name, when, span(over), because(last.Trouble)), "")
	case last.State == archive.RunDone && len(desk.Post) > 0 && posted.Before(due) && d.now.Sub(quiet.Over(due)) > bot.LateAfter:
		what := "nothing was posted yet"
		if !posted.IsZero() {
			what = "nothing was posted since " + bot.Day(desk.Zone, posted)
		}
		d.report.warn("schedule", fmt.Sprintf("%s: %s, and the brief of %s was made", desk.Name, what, when), "Look at: attache deliveries")
	}
	return nil
}

// because adds why, where that is known.
func because(trouble string) string {
	if trouble == "" {
		return ""
	}
	return ": " + trouble
}
