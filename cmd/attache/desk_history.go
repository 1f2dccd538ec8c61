package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"attache/bot"
	"attache/bot/terminal"
	"attache/digest/archive"
)

type deskHistory struct {
	deskChoice
	JSON bool `name:"json" help:"Print one JSON object for each change."`
}

// Help is printed under the command's flags.
func (deskHistory) Help() string {
	return `The oldest change comes first; times are in the desk's zone.

Example:
  attache desk history --desk Caucasus
  attache desk history --json`
}

// Run lists the changes.
func (c deskHistory) Run(ctx context.Context, s *streams, g *settings) error {
	return c.each(ctx, s, g, func(p *program, desk int) error {
		d := p.desks[desk]
		changes, err := p.archive.DeskChanges(ctx, d.Name)
		if err != nil {
			return err
		}
		for _, change := range changes {
			if err := c.print(s, change, d.Zone); err != nil {
				return err
			}
		}
		return nil
	})
}

// changedDesk is a change as --json gives it. Times are RFC 3339.
type changedDesk struct {
	Desk   string          `json:"desk"`
	At     time.Time       `json:"at"`
	Who    string          `json:"who"`
	What   string          `json:"what"` // in words
	Change json.RawMessage `json:"change"`
}

func (c deskHistory) print(s *streams, change archive.DeskChange, zone *time.Location) error {
	what := changedWhat(change, zone)
	if c.JSON {
		return writeJSON(s.out, changedDesk{change.Desk, change.At.In(zone), change.Who, what, change.Change})
	}
	_, err := fmt.Fprintf(s.out, "%s · %s · %s · %s\n", terminal.Plain(change.Desk), bot.Day(zone, change.At), terminal.Plain(change.Who), terminal.Plain(what))
	return err
}

// changedWhat says a change in words.
func changedWhat(kept archive.DeskChange, zone *time.Location) string {
	var c bot.Change
	if err := json.Unmarshal(kept.Change, &c); err != nil {
		return "a change that this version of attache can't read"
	}
	on := c.Ref
	if c.Subject != nil {
		on = c.Subject.Name
	}
	mine := ""
	if c.For != "" {
		mine = ", for themselves"
	}
	switch c.Kind {
	case bot.Follow:
		return "follows " + on
	case bot.Unfollow:
		return "no longer follows " + on
	case bot.Muting:
		return "mutes " + shownMute{Name: on, Until: timeOrNull(c.Until), UntilNew: c.UntilNew}.text(zone) + mine
	case bot.Unmuting:
		return "mutes " + on + " no longer" + mine
	case bot.Scheduling:
		return "schedule " + cmp.Or(c.Schedule, "none: by hand")
	case bot.Zoning:
		return "zone " + c.Zone
	case bot.Posting:
		return "posts to " + c.Place
	case bot.Unposting:
		return "no longer posts to " + c.Place
	case bot.Noting:
		if c.Text == "" {
			return "note on " + on + " taken back"
		}
		return "note on " + on + ": " + c.Text
	case bot.SettingUp:
		return "set up: follows " + orNone(subjectNames(c.Follow)) + "; schedule " + cmp.Or(c.Schedule, "none: by hand") + "; posts to " + c.Place
	case bot.Starting:
		return "started"
	case bot.Feedback:
		return "report on " + cmp.Or(on, "an edition") + ": " + c.Text
	}
	return fmt.Sprintf("%q, which this version of attache does not know", c.Kind)
}
