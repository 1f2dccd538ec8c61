package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/digest"
	"attache/digest/archive"
)

// settings changes several things of a desk at once, as its form has them. Without a
// line the form is offered.
func (k *keeper) settings(ctx context.Context, o order, line string) (done, error) {
	if line == "" {
		d := o.tell("To change the desk: /attache follow, /attache unfollow, /attache desk schedule 07:30 Mon-Fri; or all at once, where it holds the whole of each: " +
			"/attache desk settings follow " + strings.Join(subjectNames(o.Desk.Follow), ", ") + "; schedule 07:30 Mon-Fri.")
		f := o.Desk.form()
		if f.Of = o.Desk.Name; o.Desk.SetUpBy == "" {
			f.Zone = ""
		}
		d.Form = &f
		return d, nil
	}
	after, wrong, err := k.readSettings(ctx, o, line)
	if err != nil {
		return done{}, err
	}
	if len(wrong) > 0 {
		var lines []string
		for _, w := range wrong {
			lines = append(lines, w.line())
		}
		return done{Message: o.say("", append(lines, "Nothing was changed.")...)}, nil
	}
	changes, words := o.settled(after)
	if len(changes) == 0 {
		return o.tell("Nothing was changed: all is as it was."), nil
	}
	o.Desk = after
	d := o.tell(append(words, "The brief is due "+o.whenTold()+".")...)
	d.Changes = changes
	d.announce(o, plainName(o.Person.Name)+" changed this desk: "+strings.Join(words, " "))
	return d, nil
}

// readSettings reads the desk as a line has it; what the line leaves out stays.
func (k *keeper) readSettings(ctx context.Context, o order, line string) (Desk, []Wrong, error) {
	f, wrong := readForm(";" + line) // what stands before is a new desk's name
	if f.name != "" || f.post != "" {
		wrong = append(wrong, Wrong{Text: "A desk's name stays, and its places are changed by /attache desk post and unpost. Write: follow NAMES; schedule 07:30 Mon-Fri."})
	}
	if o.Desk.SetUpBy == "" && f.zone != "" {
		wrong = append(wrong, Wrong{ZonePart, "that of " + o.Desk.Name + " is for the config to set."})
	}
	if f.mayChange != "" {
		wrong = append(wrong, Wrong{PeoplePart, "who may change a desk is said as it is set up, or in the config."})
	}
	was := o.Desk
	if f.follow != "" {
		more, err := k.formFollow(ctx, &o, f)
		if err != nil {
			return was, nil, err
		}
		wrong = append(wrong, more...)
	}
	schedule, zone := o.Desk.Schedule, o.Desk.Zone
	more, err := k.formTime(ctx, &o, f)
	if err != nil {
		return was, nil, err
	}
	wrong = append(wrong, more...)
	switch {
	case strings.EqualFold(f.schedule, byHand):
		o.Desk.Schedule, wrong = "", slices.DeleteFunc(wrong, func(w Wrong) bool { return w.Part == SchedulePart })
	case f.schedule == "":
		o.Desk.Schedule = schedule
	}
	if f.zone == "" {
		o.Desk.Zone = zone
	}
	return o.Desk, wrong, nil
}

// byHand is written for a schedule where editions are made by hand only.
const byHand = "none"

// settled is what was changed from the desk to the one after, and how it is told.
func (o order) settled(after Desk) (changes []archive.DeskChange, words []string) {
	add := func(text string, c Change) {
		changes = append(changes, o.change(c))
		if text != "" {
			words = append(words, text)
		}
	}
	for kind, between := range map[ChangeKind][2][]digest.Subject{Follow: {o.Desk.Follow, after.Follow}, Unfollow: {after.Follow, o.Desk.Follow}} {
		var names []string
		for _, s := range between[1] {
			if followed(between[0], s) < 0 {
				names = append(names, s.Name)
				add("", Change{Kind: kind, Subject: &s})
			}
		}
		switch {
		case len(names) == 0:
		case kind == Follow:
			words = append(words, "Follows "+enumerate(names)+".")
		default:
			words = append(words, "No longer follows "+enumerate(names)+".")
		}
	}
	slices.Sort(words)
	if after.Zone.String() != o.Desk.Zone.String() {
		add("Its zone is "+after.Zone.String()+".", Change{Kind: Zoning, Zone: after.Zone.String()})
	}
	if after.Schedule != o.Desk.Schedule {
		add("Its brief: "+cmp.Or(scheduleWords(after.Schedule), "only by hand")+".", Change{Kind: Scheduling, Schedule: after.Schedule})
	}
	return changes, words
}

func subjectNames(all []digest.Subject) []string {
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = s.Name
	}
	return names
}

// zoned sets the zone of a desk that was set up in chat.
func (d *Desk) zoned(name string) error {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return fmt.Errorf("its zone: %w", err)
	}
	d.Zone = zone
	return nil
}
