package bot

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"attache/bot/schedule"
	"attache/digest"
	"attache/digest/archive"
)

// Desk is what a team follows, when and where it is told, and who may change that.
type Desk struct {
	digest.Desk
	Schedule  string          // five fields of cron, in its zone; empty: only by hand
	Off       []schedule.Date // nothing is due on these days
	Places    []Place
	MayChange []string // ids of people and of groups, or "everyone"
	SetUpBy   string   // who set it up in chat, by name; empty where the config has it

	mine  []ownMute         // what people muted for themselves alone
	names map[string]string // of the people who changed it, by id

	inChat bool    // the config doesn't have it
	draft  *Change // as it was set up, where it wasn't started

	draftPlace Place
}

// ownMute is a mute that is for one person.
type ownMute struct {
	person string
	digest.Mute
}

// With is the desk with what was changed of it in chat, the first change first, as
// it is at a time. The error tells the changes that this version of attache can't
// read; the desk is then without them.
func (d Desk) With(changes []archive.DeskChange, now time.Time) (Desk, error) {
	read, unread := readChanges(changes)
	d, err := d.with(read, now)
	return d, errors.Join(unread, err)
}

// with is [Desk.With] for changes that were read.
func (d Desk) with(changes []keptChange, now time.Time) (Desk, error) {
	d.Follow, d.Mute = slices.Clone(d.Follow), slices.Clone(d.Mute)
	d.Places, d.mine = slices.Clone(d.Places), slices.Clone(d.mine)
	d.names = maps.Clone(d.names)
	if d.names == nil {
		d.names = map[string]string{}
	}
	var unread []error
	for _, c := range changes {
		if err := d.apply(c.Change, c.kept); err != nil {
			unread = append(unread, err)
			continue
		}
		d.names[c.By] = c.kept.Who
	}
	over := func(m digest.Mute) bool { return !m.Until.IsZero() && !m.Until.After(now) }
	d.Mute = slices.DeleteFunc(d.Mute, over)
	d.mine = slices.DeleteFunc(d.mine, func(m ownMute) bool { return over(m.Mute) })
	return d, errors.Join(unread...)
}

// apply changes the desk. A change twice is one.
func (d *Desk) apply(c Change, kept archive.DeskChange) error {
	switch c.Kind {
	case Follow, Unfollow:
		if c.Subject == nil {
			return fmt.Errorf("change %d of desk %s: it has no subject", kept.ID, kept.Desk)
		}
		i := followed(d.Follow, *c.Subject)
		switch {
		case c.Kind == Follow && i < 0:
			d.Follow = append(d.Follow, *c.Subject)
		case c.Kind == Unfollow && i >= 0:
			d.Follow = slices.Delete(d.Follow, i, i+1)
		}
	case Muting, Unmuting:
		d.applyMute(c, kept)
	case Scheduling:
		d.Schedule = c.Schedule
	case Zoning:
		if err := d.zoned(c.Zone); err != nil {
			return fmt.Errorf("change %d of desk %s: %w", kept.ID, kept.Desk, err)
		}
	case SettingUp:
		return d.setUp(c, kept)
	case Starting:
		d.started()
	case Posting, Unposting:
		p, err := ParsePlace(c.Place)
		if err != nil {
			return fmt.Errorf("change %d of desk %s: %w", kept.ID, kept.Desk, err)
		}
		d.Places = slices.DeleteFunc(d.Places, func(q Place) bool { return p == q })
		if c.Kind == Posting {
			d.Places = append(d.Places, p)
		}
	}
	return nil
}

// setUp sets what a desk is at first, until it is started. One of the config stays as
// it is there.
func (d *Desk) setUp(c Change, kept archive.DeskChange) error {
	if !d.inChat || d.SetUpBy != "" && d.draft == nil {
		return nil
	}
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return fmt.Errorf("change %d of desk %s: %w", kept.ID, kept.Desk, err)
	}
	p, err := ParsePlace(c.Place)
	if err != nil {
		return fmt.Errorf("change %d of desk %s: %w", kept.ID, kept.Desk, err)
	}
	d.Follow, d.Zone, d.MayChange, d.SetUpBy = slices.Clone(c.Follow), zone, slices.Clone(c.MayChange), kept.Who
	d.draft, d.draftPlace = &c, p
	return nil
}

// started has the editions of a desk that was set up made and posted.
func (d *Desk) started() {
	if d.draft != nil {
		d.Schedule, d.Places, d.draft = d.draft.Schedule, []Place{d.draftPlace}, nil
	}
}

// applyMute puts a mute in the place of an earlier one of the same, or lifts that.
func (d *Desk) applyMute(c Change, kept archive.DeskChange) {
	m := digest.Mute{Story: c.Story, Ref: c.Ref, Since: kept.At, Until: c.Until, UntilNew: c.UntilNew, Origins: c.Origins, By: kept.Who}
	if c.Subject != nil {
		m.Subject = *c.Subject
	}
	if c.For != "" {
		d.mine = slices.DeleteFunc(d.mine, func(o ownMute) bool { return o.person == c.For && sameMute(o.Mute, m) })
		if c.Kind == Muting {
			d.mine = append(d.mine, ownMute{c.For, m})
		}
		return
	}
	d.Mute = slices.DeleteFunc(d.Mute, func(o digest.Mute) bool { return sameMute(o, m) })
	if c.Kind == Muting {
		d.Mute = append(d.Mute, m)
	}
}

func sameMute(a, b digest.Mute) bool {
	return a.Story == b.Story && (a.Story != 0 || sameSubject(a.Subject, b.Subject))
}

// sameSubject reports whether two subjects are one, whatever they are called.
func sameSubject(a, b digest.Subject) bool {
	return a.Dyad == b.Dyad && a.Actor == b.Actor && strings.EqualFold(a.Outlet, b.Outlet) && slices.Equal(a.Themes, b.Themes)
}

// followed is the place of a subject in a list; -1 for none.
func followed(list []digest.Subject, s digest.Subject) int {
	return slices.IndexFunc(list, func(o digest.Subject) bool { return sameSubject(o, s) })
}

// For is the desk as one person reads it: without what that person muted.
func (d *Desk) For(p Person) digest.Desk {
	own := d.Desk
	own.Mute = slices.Concat(d.Mute, d.mutesOf(p))
	return own
}

// mutesOf are the mutes that are one person's.
func (d *Desk) mutesOf(p Person) []digest.Mute {
	var all []digest.Mute
	for _, m := range d.mine {
		if m.person == p.ID {
			all = append(all, m.Mute)
		}
	}
	return all
}

// next is when the desk's next edition is due; false where only by hand, or never.
func (d *Desk) next(now time.Time) (time.Time, bool) {
	s, err := d.parsed(now)
	if d.Schedule == "" || err != nil {
		return time.Time{}, false
	}
	return s.Next(now)
}

// parsed is the desk's schedule; the error says what is wrong with it.
func (d *Desk) parsed(now time.Time) (*schedule.Schedule, error) {
	return schedule.Parse(d.Schedule, zoneOf(d.Desk, Person{}), d.Off, now)
}

// isAt reports whether a place is one of the desk's.
func (d *Desk) isAt(p Place) bool { return slices.Contains(d.Places, p) }
