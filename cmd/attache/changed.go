package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"attache/bot"
	"attache/config"
	"attache/digest"
	"attache/digest/archive"
)

// changeable are the desks of a config as chat changes them.
func changeable(store *archive.Archive, c *config.Config, desks []*digest.Desk) *bot.Desks {
	all := make([]bot.Desk, len(desks))
	for i, d := range desks {
		given := c.Desks[i]
		all[i] = bot.Desk{Desk: *d, Schedule: given.Schedule, Off: days(given), Places: places(given)}
		for _, who := range given.MayChange {
			all[i].MayChange = append(all[i].MayChange, who.Value)
		}
	}
	return &bot.Desks{Archive: store, Base: all}
}

// merge puts what was changed in chat over the desks of the config.
func (p *program) merge(ctx context.Context) (err error) {
	p.config, p.desks, p.wrong, err = merged(ctx, p.config, p.inChat, p.now())
	return err
}

// merged is a config with what was changed of its desks in chat, and the desks.
// Wrong is what of it can't be: a schedule then stays that of the config.
func merged(ctx context.Context, c *config.Config, inChat *bot.Desks, now time.Time) (sum *config.Config, desks []*digest.Desk, wrong []error, err error) {
	all, err := inChat.All(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	copied := *c
	sum = &copied
	sum.Desks = slices.Clone(c.Desks)
	for i := range all {
		desks = append(desks, &all[i].Desk)
		d := &sum.Desks[i]
		d.Post = postsTo(&c.Desks[i], all[i].Places)
		d.Schedule = all[i].Schedule
		if _, err := timetable(*d, now); err != nil {
			wrong = append(wrong, fmt.Errorf("the schedule that was set in chat can't be kept, and the config's stays: %w", err))
			d.Schedule = inChat.Base[i].Schedule
		}
	}
	return sum, desks, wrong, nil
}

// postsTo are places as the config has them. One that isn't there stands where its
// desk does.
func postsTo(d *config.Desk, all []bot.Place) []config.Place {
	var posts []config.Place
	for _, p := range all {
		at := slices.IndexFunc(d.Post, func(c config.Place) bool { return placeOf(c) == p })
		if at >= 0 {
			posts = append(posts, d.Post[at])
			continue
		}
		posts = append(posts, config.Place{Platform: p.Platform, Workspace: p.Workspace, Channel: p.Channel, Pos: d.Pos})
	}
	return posts
}

// deskThen is a desk as it was at a time.
func (p *program) deskThen(ctx context.Context, name string, at time.Time) (*digest.Desk, error) {
	i, err := p.config.FindDesk(name)
	if err != nil {
		return nil, usageError{err}
	}
	base := p.inChat.Base[i]
	changes, err := p.archive.DeskChanges(ctx, base.Name)
	if err != nil {
		return nil, err
	}
	changes = slices.DeleteFunc(changes, func(c archive.DeskChange) bool { return c.At.After(at) })
	then, _ := base.With(changes, at) // what can't be read was told
	return &then.Desk, nil
}
