package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"attache/bot"
	"attache/bot/schedule"
	"attache/config"
	"attache/digest"
	"attache/digest/archive"
)

const (
	freshenFor = time.Minute // an edition's run polls what is due for no longer
	rebuilds   = 5           // times that an edition is built where others come first
)

// morning makes the editions of one desk.
type morning struct {
	*service
	occasion
	given config.Desk
	quiet schedule.Quiet
}

func (sv *service) morning(o occasion) (*morning, error) {
	given := sv.config.Desks[o.desk]
	quiet, err := quietHours(given)
	if err != nil {
		return nil, fmt.Errorf("desk %s: %w", given.Name, err)
	}
	return &morning{sv, o, given, quiet}, nil
}

// current is the desk as it is now, with what was changed of it in chat.
func (m *morning) current(ctx context.Context) (bot.Desk, error) {
	d, ok, err := m.inChat.Named(ctx, m.given.Name)
	if err == nil && !ok {
		err = fmt.Errorf("there is no desk %s any more", m.given.Name)
	}
	return d, err
}

// edition is the run that makes an edition: it polls what is due, builds, and
// stores the edition with its posts and the run's end.
func (m *morning) edition(ctx context.Context, r *archive.Run) (ended bool, err error) {
	if err := m.freshen(ctx, freshenFor); err != nil {
		return false, err
	}
	err = m.publish(ctx, r, r.Due)
	if errors.Is(err, archive.ErrEditionExists) { // of a try whose end was not seen
		return false, nil
	}
	return err == nil, err
}

// publish is build, again where another edition came first.
func (m *morning) publish(ctx context.Context, r *archive.Run, due time.Time) (err error) {
	for range rebuilds {
		if err = m.build(ctx, r, due); !errors.Is(err, archive.ErrStale) {
			return err
		}
	}
	return err
}

// build builds the edition for a due time and stores it with its posts, and with
// the end of its run, which is nil where somebody asked for the edition.
func (m *morning) build(ctx context.Context, r *archive.Run, due time.Time) error {
	desk, err := m.current(ctx)
	if err != nil {
		return err
	}
	now, err := m.archive.Now(ctx)
	if err != nil {
		return err
	}
	w := digest.Window{Due: due, Until: now}
	if own := m.now(); own.After(now) { // by which articles were seen
		w.Until = own
	}
	if m.schedule != nil {
		w.PreviousDue, _ = m.schedule.Last(due.Add(-time.Second))
	}
	d, err := m.builder.Build(ctx, &desk.Desk, w)
	if err != nil {
		return err
	}
	posted := m.quiet.Over(now)
	if r != nil {
		d.Late = m.late(r, posted)
	}
	var notBefore time.Time
	if posted.After(now) {
		notBefore = posted
	}
	return m.publisher.Publish(ctx, r, d, desk.Places, notBefore)
}

// late says why the edition of a run comes late; nil where it doesn't.
func (m *morning) late(r *archive.Run, posted time.Time) *digest.Late {
	if posted.Sub(m.quiet.Over(r.Due)) <= bot.LateAfter {
		return nil
	}
	l := &digest.Late{Posted: posted, Began: r.Started, Trouble: r.Trouble}
	if down := m.runner.Down(); down.From.Before(r.Due.Add(bot.LateAfter)) && down.To.After(r.Due) {
		l.DownFrom, l.DownTo = down.From, down.To
	}
	return l
}

// overdue tells the desk's places, once, that the edition of a run is not there
// yet. In quiet hours nobody waits for it.
func (m *morning) overdue(ctx context.Context, r *archive.Run) error {
	now, err := m.archive.Now(ctx)
	if err != nil {
		return err
	}
	key := fmt.Sprintf("%s/late/%s", m.given.Name, r.Due.UTC().Format(time.RFC3339))
	if now.Sub(m.quiet.Over(r.Due)) < bot.LateAfter || m.quiet.Over(now).After(now) {
		return nil
	}
	if _, told := m.told.Load(key); told {
		return nil
	}
	message := bot.Overdue{
		Desk: m.given.Name, Due: r.Due, Now: now, Until: r.Due.Add(m.grace), Zone: m.given.Zone, Trouble: r.Trouble,
	}.Message()
	desk, err := m.current(ctx)
	if err != nil {
		return err
	}
	for _, place := range desk.Places {
		if m.publisher.Serves(place) != nil {
			continue
		}
		if err := m.publisher.Tell(ctx, key, place, message); err != nil {
			return err
		}
	}
	m.told.Store(key, true)
	m.log.Warn("an edition is late", "run", r.Name, "due", r.Due.UTC().Format(time.RFC3339), "trouble", r.Trouble)
	return nil
}
