package bot

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"attache/digest"
)

// muteDays is for how many days something is muted where nothing else is said.
const muteDays = 7

// mostMuteDays is the most of them.
const mostMuteDays = 365

// muting is what is to be muted, as it was read.
type muting struct {
	what     string
	desk     bool
	until    time.Time
	untilNew bool
}

var (
	muteWhose = regexp.MustCompile(`(?i)(?:^|\s+)for (me|the desk|us|all)(?:\s|$)`)
	muteNew   = regexp.MustCompile(`(?i)(?:^|\s+)(?:until (?:there is )?(?:something|anything) (?:is )?new|until new|new)\s*$`)
	muteSpan  = regexp.MustCompile(`(?i)(?:^|\s+)(?:for )?(\d{1,4})\s?(d|days?|w|weeks?)\s*$`)
	muteUntil = regexp.MustCompile(`(?i)(?:^|\s+)until (.+)$`)
)

// readMuting reads "protest for the desk 30 days". Words that can't be a time are
// told by the error.
func readMuting(line string, now time.Time, zone *time.Location) (muting, error) {
	m := muting{what: strings.TrimSpace(line), until: now.AddDate(0, 0, muteDays)}
	if at := muteWhose.FindStringSubmatchIndex(m.what); at != nil {
		m.desk = !strings.EqualFold(m.what[at[2]:at[3]], "me")
		m.what = strings.TrimSpace(m.what[:at[0]] + " " + m.what[at[1]:])
	}
	if at := muteNew.FindStringIndex(m.what); at != nil {
		m.what, m.untilNew, m.until = strings.TrimSpace(m.what[:at[0]]), true, time.Time{}
		return m, nil
	}
	if at := muteSpan.FindStringSubmatchIndex(m.what); at != nil {
		days, _ := strconv.Atoi(m.what[at[2]:at[3]]) // at most four digits
		if strings.EqualFold(m.what[at[4]:at[4]+1], "w") {
			days *= 7
		}
		if days < 1 || days > mostMuteDays {
			return m, fmt.Errorf("something is muted for 1 to %d days, not for %d", mostMuteDays, days)
		}
		m.what, m.until = strings.TrimSpace(m.what[:at[0]]), now.AddDate(0, 0, days)
		return m, nil
	}
	if at := muteUntil.FindStringSubmatchIndex(m.what); at != nil {
		day, ok := readDay(m.what[at[2]:at[3]], now.In(zone))
		if !ok {
			return m, fmt.Errorf("no day to come is called %q; write until 1 Dec, until 2026-12-01 or until Monday", m.what[at[2]:at[3]])
		}
		m.what, m.until = strings.TrimSpace(m.what[:at[0]]), day
	}
	return m, nil
}

// readDay reads a day to come: "1 Dec", "2026-12-01", "Monday".
func readDay(s string, now time.Time) (time.Time, bool) {
	s = strings.TrimSpace(strings.TrimSuffix(s, "."))
	y, m, d := now.Date()
	midnight := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, now.Location())
	}
	for i := 1; i <= 7; i++ {
		day := time.Date(y, m, d+i, 0, 0, 0, 0, now.Location())
		name := day.Weekday().String()
		if strings.EqualFold(s, name) || strings.EqualFold(s, name[:3]) || i == 1 && strings.EqualFold(s, "tomorrow") {
			return day, true
		}
	}
	limit := now.AddDate(0, 0, mostMuteDays)
	for _, form := range []string{time.DateOnly, "2 Jan 2006", "2 January 2006"} {
		if t, err := time.Parse(form, s); err == nil {
			t = midnight(t)
			return t, t.After(now) && !t.After(limit)
		}
	}
	for _, form := range []string{"2 Jan 2006", "2 January 2006"} {
		for _, year := range []int{y, y + 1} {
			t, err := time.Parse(form, s+" "+strconv.Itoa(year))
			if err == nil && midnight(t).After(now) {
				return midnight(t), !midnight(t).After(limit)
			}
		}
	}
	return time.Time{}, false
}

// mute leaves something out for a time, for the person or for the desk. Without a
// name it lists what is muted.
func (k *keeper) mute(ctx context.Context, o order, line string) (done, error) {
	if line == "" {
		return o.tell(o.mutes()...), nil
	}
	m, err := readMuting(line, o.Now, o.clock().zone)
	if err != nil {
		return o.tell("Not muted: " + err.Error() + ". As in /attache mute 12.4 for the desk 30 days."), nil
	}
	if refused := o.muteRefused(m.desk, "mute "+m.what); refused != nil {
		return *refused, nil
	}
	c, name, why, err := k.muted(ctx, o, m.what)
	if err != nil || why != "" {
		return o.tell(why), err
	}
	if m.untilNew && c.Story == 0 {
		return o.tell("Not muted: until something new is for stories, by their number. Name days for " + name + ", as in 7 days."), nil
	}
	c.Kind, c.Until, c.UntilNew = Muting, m.until, m.untilNew
	if m.untilNew {
		size, err := k.Builder.StorySize(ctx, c.Story)
		if err != nil {
			return done{}, err
		}
		c.Origins = size.Origins
	}
	return o.muting(c, name, m.desk), nil
}

// muting is what muting comes to.
func (o order) muting(c Change, name string, desk bool) done {
	until := o.until(digest.Mute{Until: c.Until, UntilNew: c.UntilNew})
	if !desk {
		c.For = o.Person.ID
		d := o.tell(fmt.Sprintf("%s is muted for you %s: your previews of the brief leave it out. The desk's editions have it.", name, until))
		d.Changes = append(d.Changes, o.change(c))
		return d
	}
	d := o.tell(fmt.Sprintf("%s is muted for the desk %s. The desk's editions count what is held back.", name, until))
	d.announce(o, fmt.Sprintf("%s muted %s for this desk %s.", plainName(o.Person.Name), name, until))
	d.Changes = append(d.Changes, o.change(c))
	return d
}

// muteRefused says that the person may not mute or unmute, for themselves or for
// the desk; nil where they may.
func (o order) muteRefused(desk bool, instead string) *done {
	switch {
	case desk && !o.Desk.allows(o.Person):
		d := o.tell(o.Desk.refusal())
		if a := (Action{Label: "For me only", Do: doOrder, On: o.Desk.Name, With: instead}); a.fits() && o.Desk.admits(o.Person, o.Place) {
			d.Message.Actions = append(d.Message.Actions, a)
		}
		return &d
	case !desk && !o.Desk.admits(o.Person, o.Place):
		d := o.tell(o.elsewhere())
		return &d
	}
	return nil
}

// elsewhere says that somebody is in no place of the desk.
func (o order) elsewhere() string {
	return fmt.Sprintf("Nothing was done: the desk %s is for those in the places that it posts to.", o.Desk.Name)
}

// muted finds what is to be muted or to come back; why says that there is none.
func (k *keeper) muted(ctx context.Context, o order, what string) (c Change, name, why string, err error) {
	if ref := storyNumber.FindString(what); ref != "" && ref == what {
		c.Ref = ref
		if c.Story, err = k.story(ctx, o, ref); err == nil && c.Story == 0 {
			why = fmt.Sprintf("No story of the desk %s has the number %s.", o.Desk.Name, ref)
		}
		return c, ref, why, err
	}
	outlets, err := k.Names.known(ctx, k.Archive)
	if err != nil {
		return c, "", "", err
	}
	s, err := digest.ResolveSubject(k.Actors, outlets, what)
	if err != nil {
		return c, "", unknownName(err), nil
	}
	return Change{Subject: &s}, s.Name, "", nil
}

// unmute lifts mutes of the person, and of the desk where that is said or is all
// that there is.
func (k *keeper) unmute(ctx context.Context, o order, line string) (done, error) {
	m, err := readMuting(line, o.Now, o.clock().zone)
	if err != nil || m.what == "" {
		return o.tell(append([]string{"Nothing was named to have back."}, o.mutes()...)...), nil
	}
	c, name, why, err := k.muted(ctx, o, m.what)
	if err != nil || why != "" {
		return o.tell(why), err
	}
	c.Kind = Unmuting
	is := digest.Mute{Story: c.Story}
	if c.Subject != nil {
		is.Subject = *c.Subject
	}
	mine, desks := containsMute(o.Desk.mutesOf(o.Person), is), containsMute(o.Desk.Mute, is)
	switch {
	case !m.desk && mine:
		c.For = o.Person.ID
		d := o.tell(name + " is muted for you no longer.")
		d.Changes = append(d.Changes, o.change(c))
		return d, nil
	case !desks:
		return o.tell(append([]string{name + " is not muted."}, o.mutes()...)...), nil
	}
	if refused := o.muteRefused(true, ""); refused != nil {
		refused.Message.Actions = nil
		return *refused, nil
	}
	d := o.tell(name + " is muted for the desk no longer.")
	d.announce(o, fmt.Sprintf("%s has %s back for this desk.", plainName(o.Person.Name), name))
	d.Changes = append(d.Changes, o.change(c))
	return d, nil
}

func containsMute(all []digest.Mute, m digest.Mute) bool {
	for _, o := range all {
		if sameMute(o, m) {
			return true
		}
	}
	return false
}

// mutes lists what is muted: for the person, then for the desk.
func (o order) mutes() []string {
	var lines []string
	for _, m := range o.Desk.mutesOf(o.Person) {
		lines = append(lines, "Muted for you: "+o.mutedName(m)+".")
	}
	for _, m := range o.Desk.Mute {
		if !o.Desk.admits(o.Person, o.Place) { // it is no affair of theirs
			break
		}
		by := m.By
		if by == "" {
			by = "the config"
		}
		lines = append(lines, "Muted for the desk: "+o.mutedName(m)+", by "+by+".")
	}
	if len(lines) == 0 {
		lines = []string{"Nothing is muted."}
	}
	return lines
}

// mutedName names what is muted, and until when.
func (o order) mutedName(m digest.Mute) string {
	name := m.Subject.Name
	if m.Story != 0 {
		name = m.Ref
	}
	return name + " " + o.until(m)
}

// until says until when a mute is in force.
func (o order) until(m digest.Mute) string {
	switch {
	case m.UntilNew:
		return "until it has something new: another origin, or a correction"
	case m.Until.IsZero():
		return "until it is lifted"
	}
	return "until " + o.clock().day(m.Until) + " " + o.clock().place()
}
