package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"attache/bot"
	"attache/digest/archive"
)

// checkChanges says what was changed of the desks in chat. What is checked after
// it goes by the sum.
func (d *doctor) checkChanges(ctx context.Context) error {
	if d.archive == nil {
		return nil
	}
	inChat := changeable(d.archive, d.config, d.desks)
	c, desks, wrong, err := merged(ctx, d.config, inChat, d.now)
	if err != nil {
		d.report.fail("desks", err.Error(), "")
		return ctx.Err()
	}
	d.config, d.desks = c, desks
	for _, base := range inChat.Base {
		changes, err := d.archive.DeskChanges(ctx, base.Name)
		if err != nil {
			d.report.fail("desks", err.Error(), "")
			return ctx.Err()
		}
		if slices.ContainsFunc(changes, isSetUp) {
			d.report.warn("desks", base.Name+": set up in chat too; the desk of the config stands, with what was changed of it since", "")
		}
		if n := standing(changes); n > 0 {
			stand := map[bool]string{true: "stands", false: "stand"}[n == 1]
			d.report.ok("desks", fmt.Sprintf("%s: %s made in chat %s over the config", base.Name, bot.Plural(n, "change"), stand))
		}
		if _, err := base.With(changes, d.now); err != nil {
			d.report.warn("desks", base.Name+": left out, as it can't be read: "+err.Error(), "A later version of attache may have made it. See it: attache desk history --desk "+quoted(base.Name))
		}
	}
	for _, desk := range c.Desks[len(inChat.Base):] {
		d.report.ok("desks", desk.Name+": set up in chat. For the config, attache desk export prints it")
	}
	for _, w := range wrong {
		d.report.warn("desks", w.Error(), "Set another one in chat: /desk")
	}
	return ctx.Err()
}

// isSetUp reports whether a change is one by which a desk came to be.
func isSetUp(kept archive.DeskChange) bool {
	var c bot.Change
	err := json.Unmarshal(kept.Change, &c)
	return err == nil && (c.Kind == bot.SettingUp || c.Kind == bot.Starting)
}

// standing counts the changes that are of the desk itself: a note is not, nor what
// somebody muted for themselves.
func standing(changes []archive.DeskChange) int {
	n := 0
	for _, kept := range changes {
		var c bot.Change
		if err := json.Unmarshal(kept.Change, &c); err != nil || c.For != "" || c.Kind == bot.Noting || c.Kind == bot.Feedback || isSetUp(kept) {
			continue
		}
		n++
	}
	return n
}
