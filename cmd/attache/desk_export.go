package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"attache/bot"
	"attache/bot/terminal"
	"attache/config"
	"attache/digest"
)

type deskExport struct{ deskChoice }

// Help is printed under the command's flags.
func (deskExport) Help() string {
	return `The block stands for the desks of attache.yaml, as attache config check reads it.
What the config has no words for, such as a mute that ends, is told in a comment;
what people muted for themselves, notes and reports stay in the archive.

Example:
  attache desk export > desks.yaml`
}

// Run prints the desks.
func (c deskExport) Run(ctx context.Context, s *streams, g *settings) error {
	var desks []config.Desk
	var left []string
	err := c.each(ctx, s, g, func(p *program, desk int) error {
		d, without := p.exported(desk)
		desks, left = append(desks, d), append(left, without...)
		return nil
	})
	if err != nil {
		return err
	}
	data, err := config.DesksYAML(desks)
	if err != nil {
		return err
	}
	for _, text := range left {
		if _, err := fmt.Fprintln(s.out, "#", terminal.Plain(text)); err != nil {
			return err
		}
	}
	_, err = s.out.Write(data)
	return err
}

// exported is a desk as a config would have it, and what of it no config can.
func (p *program) exported(desk int) (d config.Desk, without []string) {
	d, now := p.config.Desks[desk], p.desks[desk]
	var base bot.Desk // nothing of one that was set up in chat
	if desk < len(p.inChat.Base) {
		base = p.inChat.Base[desk]
	}
	stays, passing := lasting(now.Mute)
	muted, mutedThen := make([]digest.Subject, len(stays)), make([]digest.Subject, len(base.Mute))
	for i, m := range stays {
		muted[i] = m.Subject
	}
	for i, m := range base.Mute {
		mutedThen[i] = m.Subject
	}
	name := func(subjects, then []digest.Subject, given []config.Name, what string) (names []config.Name) {
		for _, s := range subjects {
			written, ok := p.written(s, then, given)
			if !ok {
				without = append(without, fmt.Sprintf("%s %s %s: no name of the config", now.Name, what, s.Name))
				continue
			}
			names = append(names, written)
		}
		return names
	}
	d.MayChange = slices.DeleteFunc(slices.Clone(d.MayChange), func(who config.Name) bool {
		unwritten := !config.IsPeople(who.Value)
		if unwritten {
			without = append(without, fmt.Sprintf("%s may be changed by %s: no name of the config", now.Name, who.Value))
		}
		return unwritten
	})
	d.Follow = name(now.Follow, base.Follow, d.Follow, "follows")
	d.Mute = name(muted, mutedThen, d.Mute, "mutes")
	for _, m := range passing {
		shown := shownMute{Name: muteName(m), Until: timeOrNull(m.Until), UntilNew: m.UntilNew, By: m.By}
		without = append(without, fmt.Sprintf("%s mutes %s", now.Name, shown.text(now.Zone)))
	}
	return d, without
}

// written is the name by which a config means a subject: the one that it has, else
// one that is understood as that subject. It is false where none is.
func (p *program) written(s digest.Subject, then []digest.Subject, given []config.Name) (config.Name, bool) {
	same := func(o digest.Subject) bool {
		return o.Dyad == s.Dyad && o.Actor == s.Actor && strings.EqualFold(o.Outlet, s.Outlet) && slices.Equal(o.Themes, s.Themes)
	}
	if i := slices.IndexFunc(then, same); i >= 0 && i < len(given) {
		return given[i], true
	}
	for _, name := range []string{s.Dyad, s.Name, s.Actor, s.Outlet} {
		if found, err := digest.ResolveSubject(p.actors, outletNames(p.config), name); name != "" && err == nil && same(found) {
			return config.Name{Value: name}, true
		}
	}
	return config.Name{}, false
}
