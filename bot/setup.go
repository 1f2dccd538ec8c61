package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"attache/bot/schedule"
	"attache/digest"
	"attache/digest/archive"
)

// form is a new desk as it was written, its parts still as they were typed.
type form struct {
	name, follow, schedule, zone, post, mayChange string
}

// formParts are how a line writes the parts of a form, after the desk's name.
const formParts = "follow NAMES; schedule 07:30 Mon-Fri; zone Asia/Baku; post here"

// readForm reads "Caucasus follow AZE-ISR, Armenia; schedule 07:30 Mon-Fri". Wrong
// says what of it is no part of a form.
func readForm(line string) (f form, wrong []Wrong) {
	first, rest, _ := strings.Cut(line, ";")
	f.name = strings.TrimSpace(first)
	if m := followWord.FindStringIndex(first); m != nil {
		f.name, rest = strings.TrimSpace(first[:m[0]]), first[m[0]:]+";"+rest
	}
	for part := range strings.SplitSeq(rest, ";") {
		key, value := firstWord(part)
		switch strings.TrimSuffix(strings.ToLower(key), ":") {
		case "":
		case "follow":
			f.follow = value
		case "schedule":
			f.schedule = value
		case "zone":
			f.zone = value
		case "post":
			f.post = value
		case "may-change":
			f.mayChange = value
		default:
			wrong = append(wrong, Wrong{Text: fmt.Sprintf("%q is no part of a desk. Write: %s.", short(strings.TrimSpace(part)), formParts)})
		}
	}
	return f, wrong
}

var (
	followWord = regexp.MustCompile(`(?i)(?:^|\s)follow:?\s`)
	// deskName leaves room in a button, which carries it.
	deskName = regexp.MustCompile(`^[\pL\pN][\pL\pN _.-]*$`)
)

const longestDeskName = 40

// maySetUp reports whether a person may set up desks in chat.
func (d *Desks) maySetUp(p Person) bool {
	return d != nil && slices.ContainsFunc(d.MaySetUp, func(id string) bool {
		return id == everyone || id == p.ID || slices.Contains(p.Groups, id)
	})
}

// setUp makes a desk of what was written, which waits to be started. All that is
// wrong with it is told at once, by its part.
func (k *keeper) setUp(ctx context.Context, o order, line string) (done, error) {
	if !k.Desks.maySetUp(o.Person) {
		return o.tell("You may not set up a desk: may-set-up in the config names who may, and without it the workspace's admins. Sent to nobody."), nil
	}
	if line == "" && o.Outside {
		return o.tell("Nothing was done: " + outsideHere), nil
	}
	if line == "" {
		d := o.tell("To set up a desk here, write its name, what it follows and when its brief is due: /attache desk new Caucasus follow AZE-ISR, Armenia, energy; schedule 07:30 Mon-Fri. " +
			"You see first what its brief would have; nothing is posted before you start it.")
		f := offered(o.Person)
		if o.Desk.draft != nil {
			f = o.Desk.form()
		}
		d.Form = &f
		return d, nil
	}
	o, wrong, err := k.readDesk(ctx, o, line)
	if err != nil {
		return done{}, err
	}
	if len(wrong) > 0 {
		var lines []string
		for _, w := range wrong {
			lines = append(lines, w.line())
		}
		return done{Message: o.say("", append(lines, "No desk was set up.")...)}, nil
	}
	c := Change{Kind: SettingUp, Follow: o.Desk.Follow, Schedule: o.Desk.Schedule, Zone: o.Desk.Zone.String(), MayChange: o.Desk.MayChange}
	for _, p := range o.Desk.Places {
		c.Place = p.String()
	}
	m, err := k.setUpPreview(ctx, o)
	return done{Message: m, Changes: []archive.DeskChange{o.change(c)}}, err
}

// readDesk reads the desk that was written, and all that is wrong with it.
func (k *keeper) readDesk(ctx context.Context, o order, line string) (order, []Wrong, error) {
	f, wrong := readForm(line)
	o.Desk = Desk{Desk: digest.Desk{Name: f.name}, SetUpBy: plainName(o.Person.Name), MayChange: []string{o.Person.ID}}
	for _, read := range []func(context.Context, *order, form) ([]Wrong, error){k.formName, k.formFollow, k.formTime, k.formPlace, formPeople} {
		more, err := read(ctx, &o, f)
		if err != nil {
			return o, nil, err
		}
		wrong = append(wrong, more...)
	}
	return o, wrong, nil
}

// outsideHere is why a place that attache isn't in can have no desk.
const outsideHere = "attache is not in this place yet. Invite it first, by /invite @attache."

// formName reads the name, which no other desk has.
func (k *keeper) formName(ctx context.Context, o *order, f form) ([]Wrong, error) {
	if !deskName.MatchString(f.name) || len(f.name) > longestDeskName {
		return []Wrong{{NamePart, fmt.Sprintf("%q is none. Write letters and digits, as in: /attache desk new Caucasus %s.", short(f.name), formParts)}}, nil
	}
	taken := slices.ContainsFunc(k.Desks.Taken, func(name string) bool { return strings.EqualFold(name, f.name) })
	there, found, err := k.Desks.Named(ctx, f.name)
	if taken || found && there.draft == nil {
		return []Wrong{{NamePart, f.name + " is taken."}}, err
	}
	if found {
		o.Desk.Name = there.Name // one that waits is written anew
	}
	return nil, err
}

func (k *keeper) formFollow(ctx context.Context, o *order, f form) (wrong []Wrong, err error) {
	var unread []string
	o.Desk.Follow, unread, err = k.subjects(ctx, f.follow)
	for _, text := range unread {
		wrong = append(wrong, Wrong{FollowPart, text})
	}
	return wrong, err
}

// formTime reads the zone, the person's own where none is written, and when the
// desk's editions are due.
func (k *keeper) formTime(_ context.Context, o *order, f form) (wrong []Wrong, err error) {
	o.Desk.Zone = cmp.Or(o.Person.Zone, time.UTC)
	if f.zone != "" {
		zone, err := time.LoadLocation(f.zone)
		if err != nil || f.zone == "Local" {
			zone, wrong = time.UTC, []Wrong{{ZonePart, fmt.Sprintf("no time zone is called %q. Write one such as Asia/Baku or UTC.", short(f.zone))}}
		}
		o.Desk.Zone = zone
	}
	if f.schedule == "" {
		return wrong, nil
	}
	cron, why := o.checkSchedule(f.schedule)
	if why != "" {
		wrong = append(wrong, Wrong{SchedulePart, why})
	}
	o.Desk.Schedule = cron
	return wrong, nil
}

// formPlace reads where the desk posts: here, where nothing else is written. A place
// has one desk that was set up in chat.
func (k *keeper) formPlace(ctx context.Context, o *order, f form) ([]Wrong, error) {
	p, err := k.readTarget(*o, f.post)
	if err != nil {
		return []Wrong{{PostPart, fmt.Sprintf("%v. Write a place, as in: post slack:#caucasus.", err)}}, nil
	}
	if o.Outside && p == o.Place {
		return []Wrong{{PostPart, outsideHere}}, nil
	}
	others, err := k.Desks.Of(ctx, p)
	if len(others) > 0 {
		return []Wrong{{PostPart, p.String() + " has the " + others[0].Name + " desk already."}}, err
	}
	o.Desk.Places = []Place{p}
	return nil, err
}

// formPeople reads who may change the desk beside who sets it up: people and groups by
// their ids, or everyone.
func formPeople(_ context.Context, o *order, f form) (wrong []Wrong, err error) {
	for _, id := range splitNames(f.mayChange) {
		platform, who, _ := strings.Cut(id, ":")
		own, _, _ := strings.Cut(o.Person.ID, ":")
		platform, _, _ = strings.Cut(platform, "/")
		switch {
		case id != everyone && (who == "" || platform != own):
			wrong = append(wrong, Wrong{PeoplePart, fmt.Sprintf("%q is nobody. Write people and groups as the config does, as in slack:U024BE7LH or slack:@caucasus-leads, or everyone.", short(id))})
		case !slices.Contains(o.Desk.MayChange, id):
			o.Desk.MayChange = append(o.Desk.MayChange, id)
		}
	}
	return wrong, nil
}

// setUpPreview shows to who set a desk up what its first brief would have, and
// offers to start it.
func (k *keeper) setUpPreview(ctx context.Context, o order) (Message, error) {
	m := o.say(o.Desk.Name+" desk, not started", "Brief: "+o.whenTold()+", posted to "+o.Desk.Places[0].String()+". Only you see this; nothing is posted before it is started.")
	d, err := k.Builder.Build(ctx, &o.Desk.Desk, digest.Window{Due: o.Now, Until: o.Now})
	if err != nil {
		return m, err
	}
	hours := int(d.Until.Sub(d.Since).Round(time.Hour).Hours())
	m.Blocks[0].Lines = append(m.Blocks[0].Lines, counted(fmt.Sprintf("Its first brief, from the last %s: %s.", Plural(hours, "hour"), countedStories(d))))
	for _, a := range []Action{
		{Label: "Show it whole", Do: doCommand, On: o.Desk.Name, With: "digest"},
		{Label: o.startLabel(), Do: doCommand, On: o.Desk.Name, With: "desk start"},
		{Label: "Change", Do: doCommand, On: o.Desk.Name, With: "desk new"},
	} {
		if a.fits() {
			m.Actions = append(m.Actions, a)
		}
	}
	m.Blocks[0].Lines = append(m.Blocks[0].Lines, counted("To start it: /attache desk start desk: "+o.Desk.Name+". To change it first, set it up again under the same name."))
	return m, nil
}

func (o order) startLabel() string {
	if next, ok := o.Desk.next(o.Now); ok {
		return "Start: first brief " + o.clock().day(next) + " " + o.clock().place()
	}
	return "Start"
}

// countedStories says how many stories a brief has of each subject.
func countedStories(d *digest.Digest) string {
	var parts, none []string
	for _, s := range d.Sections {
		if len(s.Stories) > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", s.Subject.Name, len(s.Stories)))
		}
	}
	for _, c := range d.Counts {
		if c.Articles == 0 {
			none = append(none, c.Subject.Name)
		}
	}
	text := Plural(len(d.Stories), "story")
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	if len(none) > 0 {
		text += " · none on " + enumerate(none)
	}
	return text
}

// start has the editions of a desk that was set up in chat made and posted.
func (o order) start() done {
	if o.Desk.draft == nil {
		return o.tell("Nothing was done: " + o.Desk.Name + " does not wait to be started.")
	}
	o.Desk.started()
	d := o.tell(o.Desk.Name + " is started. Its brief is due " + o.whenTold() + ".")
	d.announce(o, fmt.Sprintf("%s desk set up by %s: %s. Brief: %s. See or change: /attache desk", o.Desk.Name, o.Desk.SetUpBy, o.followWords(), o.whenTold()))
	d.Changes = append(d.Changes, o.change(Change{Kind: Starting}))
	return d
}

// followWords are what the desk follows, in short: "4 pairs, Armenia, energy".
func (o order) followWords() string {
	var names, pairs []string
	for _, s := range o.Desk.Follow {
		if s.Dyad != "" {
			pairs = append(pairs, s.Name)
		} else {
			names = append(names, s.Name)
		}
	}
	if len(pairs) > 1 {
		pairs = []string{Plural(len(pairs), "pair")}
	}
	return strings.Join(append(pairs, names...), ", ")
}

// checkSchedule reads when editions are due, in cron; why says what is wrong.
func (o order) checkSchedule(typed string) (cron, why string) {
	cron, ok := readSchedule(typed)
	if !ok {
		cron = typed
	}
	err := schedule.Check(cron, o.clock().zone, o.Desk.Off, o.Now)
	if err == nil {
		return strings.Join(strings.Fields(cron), " "), ""
	}
	said := err.Error()
	if errors.Is(err, schedule.ErrNever) {
		said = "it is never due"
	}
	return "", fmt.Sprintf(`%q: %s. Write 07:30 Mon-Fri, or five fields of cron, as in "30 7 * * 1-5".`, typed, said)
}

// readTarget reads a place that people may have editions posted to.
func (k *keeper) readTarget(o order, typed string) (Place, error) {
	p, err := o.readPlace(typed)
	if err == nil && !p.talks() {
		err = fmt.Errorf("%s is for the config to set", p)
	}
	if err == nil && k.Serves != nil {
		err = k.Serves(p)
	}
	return p, err
}
