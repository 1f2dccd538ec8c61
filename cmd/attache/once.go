package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/bot"
	"attache/config"
	"attache/digest/archive"
)

const (
	runWithin  = 10 * time.Minute // how long a run that was asked for is waited for
	postWithin = time.Minute      // and then its posts
	lookEvery  = 100 * time.Millisecond
)

// once does one run now, here or by the attache that runs on the archive, and
// waits for its posts.
func (c runCommand) once(ctx context.Context, s *streams, p *program) error {
	sv, err := newService(p, s.logger(p.config))
	if err != nil {
		return err
	}
	job, err := sv.named(c.Once)
	if err != nil {
		return err
	}
	here, err := sv.here(ctx)
	if err != nil {
		return err
	}
	due, err := p.archive.Now(ctx)
	if err != nil {
		return err
	}
	if _, err := p.archive.PlanRun(ctx, job.name, due, archive.RunDue); err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, runWithin)
	defer cancel()
	run, err := sv.ended(limited, job.name, due, here)
	if err != nil {
		return errors.Join(err, ctx.Err())
	}
	if run.State != archive.RunDone {
		return fmt.Errorf("%s %s: %s", run.Name, run.State, run.Trouble)
	}
	if job.desk < 0 {
		_, err := fmt.Fprintf(s.out, "%s: done\n", run.Name)
		return err
	}
	return sv.posted(ctx, s, job.desk, due, here)
}

// named is the occasion of a name: its own, or that of its desk.
func (sv *service) named(name string) (occasion, error) {
	all, err := sv.occasions()
	if err != nil {
		return occasion{}, err
	}
	var names []string
	for _, o := range all {
		short := strings.TrimPrefix(o.name, editionName(""))
		if strings.EqualFold(name, o.name) || strings.EqualFold(name, short) {
			return o, nil
		}
		names = append(names, short)
	}
	if near := config.Nearest(name, names); near != "" {
		return occasion{}, wrongUse("--once: nothing is called %q; did you mean %q?", name, near)
	}
	return occasion{}, wrongUse("--once: nothing is called %q; there are %s", name, strings.Join(names, ", "))
}

// here reports whether this process may do the work itself: on SQLite another
// attache may be doing it.
func (sv *service) here(ctx context.Context) (bool, error) {
	err := sv.archive.Alone(ctx)
	if errors.Is(err, archive.ErrNotAlone) {
		return false, nil
	}
	return true, err
}

// ended waits for the end of a run, and does what is due where it may.
func (sv *service) ended(ctx context.Context, name string, due time.Time, here bool) (archive.Run, error) {
	for {
		if here {
			if _, err := sv.runner.Step(ctx); err != nil {
				return archive.Run{}, err
			}
		}
		last, err := sv.archive.Runs(ctx, name, 100)
		if err != nil {
			return archive.Run{}, err
		}
		at := slices.IndexFunc(last, func(r archive.Run) bool { return r.Due.Equal(due.Truncate(time.Microsecond)) })
		if at < 0 {
			return archive.Run{}, fmt.Errorf("the run %s is gone", name)
		}
		if r := last[at]; r.State != archive.RunDue && r.State != archive.RunRunning {
			return r, nil
		}
		if err := pauseFor(ctx, lookEvery); err != nil {
			return archive.Run{}, fmt.Errorf("%s is not done yet: %s", name, cmp.Or(last[at].Trouble, "attache schedule tells when it is"))
		}
	}
}

// pauseFor waits, unless ctx ends.
func pauseFor(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// posted delivers the posts of a desk's edition, or waits for who does, and
// prints what became of them.
func (sv *service) posted(ctx context.Context, s *streams, desk int, due time.Time, here bool) error {
	given := sv.config.Desks[desk]
	e, err := sv.archive.LastEdition(ctx, given.Name, time.Time{})
	if err != nil {
		return err
	}
	if e == nil || !e.Due.Equal(due.Truncate(time.Microsecond)) {
		return fmt.Errorf("desk %s has no edition of %s", given.Name, due.Format(time.RFC3339))
	}
	limited, cancel := context.WithTimeout(ctx, postWithin)
	defer cancel()
	if here {
		work, stop := context.WithCancel(limited)
		done := make(chan struct{})
		go func() {
			defer close(done)
			sv.deliverer.Run(work)
		}()
		defer func() { stop(); <-done }()
	}
	parts, err := sv.arrived(limited, given.Name, e.Number)
	if err != nil {
		return errors.Join(err, ctx.Err())
	}
	return sv.printPosts(s, given, e, parts)
}

// arrived waits until each part of an edition is posted, given up, or has to
// wait for long; or until ctx ends.
func (sv *service) arrived(ctx context.Context, desk string, edition int) ([]archive.Delivery, error) {
	for {
		parts, err := sv.archive.EditionDeliveries(context.WithoutCancel(ctx), desk, edition)
		if err != nil || !slices.ContainsFunc(parts, open) {
			return parts, err
		}
		now, err := sv.archive.Now(context.WithoutCancel(ctx))
		if err != nil {
			return parts, err
		}
		held := func(d archive.Delivery) bool { return !open(d) || d.NotBefore.Sub(now) > postWithin }
		if !slices.ContainsFunc(parts, func(d archive.Delivery) bool { return !held(d) }) || pauseFor(ctx, lookEvery) != nil {
			return parts, nil
		}
	}
}

// open reports whether a delivery is still to be posted.
func open(d archive.Delivery) bool {
	return d.State == archive.Planned || d.State == archive.Sending
}

// printPosts prints a line for each place. Its error says that not all of them
// got all.
func (sv *service) printPosts(s *streams, given config.Desk, e *archive.Edition, parts []archive.Delivery) error {
	fmt.Fprintf(s.out, "%s brief no. %d\n", given.Name, e.Number)
	if len(given.Post) == 0 {
		fmt.Fprintln(s.out, "  stored; the desk has no place to post to (desks: post)")
	}
	failed := 0
	for _, place := range places(given) {
		outcome, ok := sv.outcome(place, parts)
		fmt.Fprintf(s.out, "  %s: %s\n", place, outcome)
		if !ok {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %s did not get brief no. %d", failed, bot.Plural(len(given.Post), "place"), e.Number)
	}
	return nil
}

// outcome tells of one place, and whether all is well or will be.
func (sv *service) outcome(place bot.Place, parts []archive.Delivery) (text string, ok bool) {
	sent, held, trouble := 0, time.Time{}, ""
	mine := slices.DeleteFunc(slices.Clone(parts), func(d archive.Delivery) bool { return d.Place != place.String() })
	for _, d := range mine {
		switch {
		case d.State == archive.Sent:
			sent++
		case d.State == archive.Planned && d.Trouble == "" && !d.NotBefore.IsZero():
			held = d.NotBefore
		case trouble == "":
			trouble = cmp.Or(d.Trouble, string(d.State))
		}
	}
	count := fmt.Sprintf("%d of %s posted", sent, bot.Plural(len(mine), "part"))
	switch {
	case len(mine) == 0:
		if err := sv.publisher.Serves(place); err != nil {
			return err.Error(), false
		}
		return "nothing was planned; the log says why", false
	case trouble != "":
		return count + "; " + bot.Brief(trouble), false
	case !held.IsZero():
		return fmt.Sprintf("%s; the others wait for the end of the quiet hours, %s", count, held.In(sv.zone()).Format(minuteForm)), true
	}
	return bot.Plural(sent, "part") + " posted", true
}
