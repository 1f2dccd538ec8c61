package config

import (
	"fmt"
	"strings"
	"time"
)

// Desk is what a team follows, and when and where it is told.
type Desk struct {
	Name      string
	Follow    []Name // actors, pairs of actors, themes, outlets
	Mute      []Name
	Schedule  string         // five fields of cron, in Zone; empty: only by hand
	Zone      *time.Location // UTC where none is given
	Holidays  []Holiday      // nothing is due on them
	Quiet     string         // hours such as "22:00-06:30" in which nothing is posted; empty for none
	Grace     time.Duration  // how late an edition is still made
	Post      []Place
	MayChange []Name // who may change the desk in chat: people, groups, roles, or Everyone
	Pos       Pos
}

func deskShape() shape[Desk] {
	return shape[Desk]{
		fields: append(subjectFields(), timeFields()...),
		begin:  func(n node, d *Desk) { d.Pos, d.Zone = n.pos(), time.UTC },
		rule:   schema{"required": []string{"name"}},
		end: func(r *reader, n node, d *Desk) {
			if d.Name == "" {
				r.mistake(n, "expected a name")
			}
		},
	}
}

// subjectFields are the keys of what a desk follows.
func subjectFields() fields[Desk] {
	const names = "a list of actors, pairs, themes or outlets"
	return fields[Desk]{
		value(textKind(), Key{
			name: "name", Example: "Caucasus", Doc: "What the desk is called; unique. `--desk` takes it.",
		}, func(d *Desk) *string { return &d.Name }),
		value(namesKind(names), Key{
			name: "follow", Example: "[AZE-ISR, Armenia, energy]",
			Doc: "What the desk follows, in the order of the digest's sections: an actor by its name or code, a pair of actors (`AZE-ISR`, `Azerbaijan–Israel`), a theme or a group of themes, an outlet of the sources.",
		}, func(d *Desk) *[]Name { return &d.Follow }),
		value(namesKind(names), Key{
			name: "mute", Example: "[protest]", Doc: "What the desk never wants to see, by the same names.",
		}, func(d *Desk) *[]Name { return &d.Mute }),
	}
}

// timeFields are the keys of when and where a desk is told.
func timeFields() fields[Desk] {
	return fields[Desk]{
		value(textLike("five fields of cron", `^\s*\S+(\s+\S+){4}\s*$`, (*reader).schedule), Key{
			name: "schedule", Example: `"30 7 * * 1-5"`,
			Doc: "When the desk's edition is due, in its zone: minute, hour, day of month, month, day of week (0 is Sunday). When left out, only by hand.",
		}, func(d *Desk) *string { return &d.Schedule }),
		value(zoneKind(), Key{
			name: "zone", Default: "UTC", Example: "Asia/Baku", Doc: "The time zone of the schedule and of every time that the desk reads.",
		}, func(d *Desk) **time.Location { return &d.Zone }),
		value(holidaysKind(), Key{
			name: "holidays", Example: "[2026-12-31, 2027-01-01]", Doc: "Days on which no edition is due. The next edition covers them.",
		}, func(d *Desk) *[]Holiday { return &d.Holidays }),
		value(textLike("hours such as 22:00-06:30", quietHours, (*reader).quiet), Key{
			name: "quiet", Example: `"22:00-06:30"`,
			Doc: "Hours of each day, in the desk's zone, in which nothing is posted: what falls in them waits for their end.",
		}, func(d *Desk) *string { return &d.Quiet }),
		value(durationKind(time.Minute, 7*24*time.Hour), Key{
			name: "grace", Default: "6h", Doc: "How long after its due time an edition is still made, where attache was not running or could not make it. Later than that, the next edition covers it.",
		}, func(d *Desk) *time.Duration { return &d.Grace }),
		value(placesKind(), Key{
			name: "post", Example: `["slack:#caucasus", "discord:1234567890"]`,
			Doc: "Where editions are posted: `slack:#channel` (with several workspaces `slack/NAME:#channel`), `discord:CHANNEL-ID`, `webhook:NAME`, `file:FOLDER` (from the config's folder on). For the bot.",
		}, func(d *Desk) *[]Place { return &d.Post }),
		value(peopleKind(), Key{
			name: "may-change", Example: `["slack:@caucasus-leads", "discord:1234567890"]`,
			Doc: "Who may change the desk in chat (what it follows, mutes, its schedule and places): people and groups of Slack (`slack:U024BE7LH`, `slack:@group`; with several workspaces `slack/NAME:@group`; `slack:admins`), people and roles of Discord by their numbers (`discord:NUMBER`; `discord:admins`), or `everyone`. When left out, nobody.",
		}, func(d *Desk) *[]Name { return &d.MayChange }),
	}
}

// compareDesks finds desks of one name.
func (r *reader) compareDesks(all []Desk) {
	first := make(map[string]Pos)
	for _, d := range all {
		key := strings.ToLower(d.Name)
		if pos, ok := first[key]; ok && key != "" {
			r.repeated(d.Pos, pos, "the name "+quote(d.Name))
			continue
		}
		first[key] = d.Pos
	}
}

// FindDesk is the place in Desks of the desk with a name, in any case; without a
// name, that of the only desk.
func (c *Config) FindDesk(name string) (int, error) {
	names := make([]string, len(c.Desks))
	for i, d := range c.Desks {
		names[i] = d.Name
		if strings.EqualFold(d.Name, strings.TrimSpace(name)) {
			return i, nil
		}
	}
	switch near := Nearest(name, names); {
	case len(names) == 0:
		return 0, fmt.Errorf("%s has no desk: write one under desks, with a name and what it follows", c.file)
	case name == "" && len(names) == 1:
		return 0, nil
	case name == "":
		return 0, fmt.Errorf("there are several desks: choose one with --desk (%s)", strings.Join(names, ", "))
	case near != "":
		return 0, fmt.Errorf("no desk is called %q; did you mean %q?", name, near)
	}
	return 0, fmt.Errorf("no desk is called %q; there are %s", name, strings.Join(names, ", "))
}
