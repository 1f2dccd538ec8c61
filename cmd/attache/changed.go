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

// setUpGrace is how late an edition of a desk that was set up in chat is still made.
const setUpGrace = 6 * time.Hour

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
	return &bot.Desks{Archive: store, Base: all, MaySetUp: maySetUp(c), Taken: []string{gatherName, retentionName}}
}

// maySetUp are those who may set up desks in chat: whom the config names, else the
// admins of each workspace and server.
func maySetUp(c *config.Config) (ids []string) {
	for _, who := range c.MaySetUp {
		ids = append(ids, who.Value)
	}
	if len(ids) > 0 {
		return ids
	}
	ids = []string{"slack:admins", "discord:admins"}
	for _, w := range c.Slack.Workspaces {
		ids = append(ids, "slack/"+w.Name+":admins")
	}
	return ids
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
	sum.Desks = slices.Clone(c.Desks[:len(inChat.Base)]) // the rest was set up in chat too
	for i := range all {
		desks = append(desks, &all[i].Desk)
		if i >= len(sum.Desks) {
			sum.Desks = append(sum.Desks, setUpDesk(c, all[i]))
		}
		d := &sum.Desks[i]
		instead := ""
		if i < len(inChat.Base) {
			instead = inChat.Base[i].Schedule
			d.Post = postsTo(&c.Desks[i], all[i].Places)
			d.Schedule = all[i].Schedule
		}
		if _, err := timetable(*d, now); err != nil {
			wrong = append(wrong, fmt.Errorf("the schedule that was set in chat can't be kept, and the config's stays: %w", err))
			d.Schedule = instead
		}
	}
	return sum, desks, wrong, nil
}

// setUpDesk is a desk that was set up in chat, as a config would have it.
func setUpDesk(c *config.Config, d bot.Desk) config.Desk {
	set := config.Desk{Name: d.Name, Schedule: d.Schedule, Zone: d.Zone, Grace: setUpGrace}
	for _, s := range d.Follow {
		set.Follow = append(set.Follow, config.Name{Value: s.Name})
	}
	own := slices.DeleteFunc(slices.Clone(d.MayChange), func(id string) bool { return slices.Contains(maySetUp(c), id) })
	for _, id := range own {
		set.MayChange = append(set.MayChange, config.Name{Value: id})
	}
	set.Post = postsTo(&set, d.Places)
	return set
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
	then, err := p.inChat.Then(ctx, p.config.Desks[i].Name, at)
	return &then.Desk, err
}
