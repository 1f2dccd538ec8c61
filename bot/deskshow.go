package bot

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"attache/digest"
)

// desk shows the desk, or changes when and where it is told.
func (k *keeper) desk(ctx context.Context, o order, line string) (done, error) {
	what, rest := firstWord(line)
	what = strings.ToLower(what)
	switch what {
	case "":
		if o.Desk.Name != "" && !o.Desk.admits(o.Person, o.Place) {
			return o.tell(o.elsewhere()), nil
		}
		return done{Message: o.shownDesk()}, nil
	case "history":
		return k.history(ctx, o, rest)
	case "new":
		return k.setUp(ctx, o, rest)
	case "settings", "schedule", "post", "unpost", "start":
	default:
		return o.tell(fmt.Sprintf("Nothing was done: %q is nothing that can be done with a desk. There are settings, schedule, post, unpost, history, new and start; /attache help desk tells how.", what)), nil
	}
	if !o.Desk.allows(o.Person) {
		return o.tell(o.Desk.refusal()), nil
	}
	switch {
	case what == "start":
		return o.start(), nil
	case o.Desk.draft != nil:
		return o.tell("Not changed: " + o.Desk.Name + " is not started. Start it by /attache desk start desk: " + o.Desk.Name + ", or set it up again under the same name."), nil
	case what == "settings":
		return k.settings(ctx, o, rest)
	case what == "schedule":
		return o.reschedule(rest), nil
	case what == "post":
		return k.post(o, rest), nil
	}
	return o.unpost(rest), nil
}

// shownDesk tells all that a desk is.
func (o order) shownDesk() Message {
	d := &o.Desk
	waits := d.draft != nil
	d.started() // here alone
	var follows, places []string
	for _, s := range d.Follow {
		follows = append(follows, s.Name)
	}
	for _, p := range d.Places {
		places = append(places, p.String())
	}
	m := o.say(d.Name + " desk")
	add := func(label, text string) {
		m.Blocks[0].Lines = append(m.Blocks[0].Lines, Line{Kind: Counted, Label: label, Text: text})
	}
	add("Follows", cmp.Or(strings.Join(follows, ", "), "nothing"))
	m.Blocks[0].Lines = append(m.Blocks[0].Lines, o.say("", o.mutes()...).Blocks[0].Lines...)
	add("Brief", o.whenTold())
	if waits {
		add("Not started", "nothing is made or posted before /attache desk start desk: "+d.Name)
	}
	add("Posts to", cmp.Or(strings.Join(places, ", "), "nowhere"))
	switch names := d.changers(); {
	case len(names) == 0:
		add("May change it", "nobody in chat")
	default:
		add("May change it", strings.Join(names, ", "))
	}
	if a := (Action{Label: "Change settings", Do: doCommand, On: d.Name, With: "desk settings"}); d.allows(o.Person) && !waits && a.fits() {
		m.Actions = append(m.Actions, a)
	}
	return m
}

// whenTold says when the desk's editions are due, and the next one.
func (o order) whenTold() string {
	d := &o.Desk
	if d.Schedule == "" {
		return "only by hand"
	}
	if _, err := d.parsed(o.Now); err != nil {
		return fmt.Sprintf("never: its schedule %q can't be read (%v). To set it: /attache desk schedule 07:30 Mon-Fri", d.Schedule, err)
	}
	text := scheduleWords(d.Schedule) + " " + o.clock().place()
	if next, ok := d.next(o.Now); ok {
		return text + ", the next one " + o.clock().day(next)
	}
	return text + ", which is never due"
}

// reschedule sets when the desk's editions are due.
func (o order) reschedule(typed string) done {
	typed = strings.Trim(strings.TrimSpace(typed), `"'“”`)
	if typed == "" {
		return o.tell("The brief is due " + o.whenTold() + `. To change that: /attache desk schedule 07:30 Mon-Fri, or five fields of cron, as in "30 7 * * 1-5".`)
	}
	cron, why := o.checkSchedule(typed)
	if why != "" {
		return o.tell("Not changed: " + why)
	}
	o.Desk.Schedule = cron
	d := o.tell("The brief is due " + o.whenTold() + ".")
	d.announce(o, fmt.Sprintf("%s set this desk's brief: %s.", plainName(o.Person.Name), o.whenTold()))
	d.Changes = append(d.Changes, o.change(Change{Kind: Scheduling, Schedule: o.Desk.Schedule}))
	return d
}

// readPlace reads a place as it is typed: "here", or as the config has it.
func (o order) readPlace(typed string) (Place, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" || strings.EqualFold(typed, "here") {
		return o.Place, nil
	}
	return ParsePlace(typed)
}

// post has the desk's editions posted in one place more.
func (k *keeper) post(o order, typed string) done {
	p, err := k.readTarget(o, typed)
	switch {
	case err != nil:
		return o.tell("Not changed: " + err.Error() + ".")
	case o.Desk.isAt(p):
		return o.tell("The brief is posted to " + p.String() + " already.")
	}
	d := o.tell(fmt.Sprintf("%s is posted to %s too. Who reads that place may mute for themselves, write notes and report.", o.nextEdition(), p))
	d.announce(o, fmt.Sprintf("%s has this desk's brief posted to %s too.", plainName(o.Person.Name), p))
	d.Public = append(d.Public, announcement{p, o.say("", fmt.Sprintf("%s has the brief of the desk %s posted here. %s is the first. See or change: /attache desk",
		plainName(o.Person.Name), o.Desk.Name, o.nextEdition()))})
	d.Changes = append(d.Changes, o.change(Change{Kind: Posting, Place: p.String()}))
	return d
}

// unpost has the desk's editions posted to a place no longer.
func (o order) unpost(typed string) done {
	p, err := o.readPlace(typed)
	switch {
	case err != nil:
		return o.tell("Not changed: " + err.Error() + ".")
	case !o.Desk.isAt(p):
		return o.tell("Not changed: the brief is not posted to " + p.String() + ".")
	}
	text := "The brief is posted to " + p.String() + " no longer. What was posted stays."
	if len(o.Desk.Places) == 1 {
		text += " It is posted nowhere now: no edition is made."
	}
	d := o.tell(text)
	d.announce(o, fmt.Sprintf("%s has this desk's brief posted to %s no longer.", plainName(o.Person.Name), p))
	d.Changes = append(d.Changes, o.change(Change{Kind: Unposting, Place: p.String()}))
	return d
}

// shownHistory is how many changes are told where no number is named.
const shownHistory = 10

// history tells who changed what of the desk and when, the last first. What others
// did for themselves alone is theirs.
func (k *keeper) history(ctx context.Context, o order, typed string) (done, error) {
	if !o.Desk.admits(o.Person, o.Place) {
		return o.tell(o.elsewhere()), nil
	}
	most := shownHistory
	if typed != "" {
		n, err := strconv.Atoi(typed)
		if err != nil || n < 1 {
			return o.tell(fmt.Sprintf("Nothing was told: %q is no number of changes, as in /attache desk history 20.", typed)), nil
		}
		most = min(n, 5*shownHistory)
	}
	changes, err := k.Archive.DeskChanges(ctx, o.Desk.Name)
	if err != nil {
		return done{}, err
	}
	read, _ := readChanges(changes) // what can't be read was told when the desk was
	was := k.schedules(o.Desk.Name, read)
	var lines []string
	for i := len(read) - 1; i >= 0 && len(lines) < most; i-- {
		c := read[i]
		if c.For != "" && c.For != o.Person.ID {
			continue
		}
		said, err := k.changeWords(ctx, o, c, was[i])
		if err != nil {
			return done{}, err
		}
		lines = append(lines, o.clock().minute(c.kept.At)+" · "+c.kept.Who+" "+said)
	}
	if len(lines) == 0 {
		lines = []string{"Nothing was changed in chat."}
	}
	return done{Message: o.say(o.Desk.Name+" desk, what was changed", lines...)}, nil
}

// schedules are those that a desk had before each of its changes.
func (k *keeper) schedules(name string, changes []keptChange) []string {
	var now, draft string
	if k.Desks != nil {
		for _, base := range k.Desks.Base {
			if base.Name == name {
				now = base.Schedule
			}
		}
	}
	all := make([]string, len(changes))
	for i, c := range changes {
		all[i] = now
		switch c.Kind {
		case Scheduling:
			now = c.Schedule
		case SettingUp:
			draft = c.Schedule
		case Starting:
			now = cmp.Or(now, draft)
		}
	}
	return all
}

// changeWords says what somebody changed, from what to what; was is the schedule
// before it.
func (k *keeper) changeWords(ctx context.Context, o order, c keptChange, was string) (string, error) {
	on, whose := c.Ref, " for the desk"
	if c.Subject != nil {
		on = c.Subject.Name
	}
	if c.For != "" {
		whose = " for themselves"
	}
	switch c.Kind {
	case Follow:
		return "follows " + on, nil
	case Unfollow:
		return "follows " + on + " no longer", nil
	case Muting:
		return "muted " + on + whose + " " + o.until(digest.Mute{Until: c.Until, UntilNew: c.UntilNew}), nil
	case Unmuting:
		return "has " + on + " back" + whose, nil
	case Scheduling:
		return "set the brief: " + cmp.Or(scheduleWords(c.Schedule), "only by hand") + ", before " + cmp.Or(scheduleWords(was), "only by hand"), nil
	case Zoning:
		return "set the zone: " + c.Zone, nil
	case Posting:
		return "has the brief posted to " + c.Place + " too", nil
	case Unposting:
		return "has the brief posted to " + c.Place + " no longer", nil
	case SettingUp:
		return "set the desk up: " + (order{Desk: Desk{Desk: digest.Desk{Follow: c.Follow}}}).followWords() + ". Brief: " + scheduleWords(c.Schedule) + ", to " + c.Place, nil
	case Starting:
		return "started the desk", nil
	case Noting:
		if c.Text == "" {
			return "took back a note on " + on, nil
		}
		return "wrote a note on " + on + ": " + c.Text, nil
	}
	return k.reportWords(ctx, o, c)
}

// reportWords says what somebody reported, on what, and whether it applies.
func (k *keeper) reportWords(ctx context.Context, o order, c keptChange) (string, error) {
	said := "reported " + strings.TrimSpace(c.Text+" "+c.Ref)
	if c.Article == 0 {
		return said, nil
	}
	name, err := k.cited(ctx, o, c.Article)
	if name != "" {
		said += ", " + name
	}
	if waits := strings.HasPrefix(c.Text, wrongGroup) || strings.HasPrefix(c.Text, wrongTag); waits && !c.Applied {
		said += ", which was not applied by that"
	}
	return said, err
}
