package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
)

// order is one command on a desk, as it was read.
type order struct {
	Person  Person
	Desk    Desk // as it is now, of the place or named
	Place   Place
	Now     time.Time
	Outside bool              // attache isn't in the place
	Args    map[string]string // by option; what was written after the command's name under ""
	About   *digest.Digest    // the edition that the thread is under; nil for none
	Refs    map[string]int64  // stories by their number in the thread, "12.1"
	Cited   map[int]int64     // articles by [n] in the thread
}

// done is what became of an order.
type done struct {
	Message  Message              // to the person alone
	Public   []announcement       // to everyone in a place
	Changes  []archive.DeskChange // kept in the transaction of the request, as are these:
	Verdicts []archive.Verdict
	Lifted   []int64 // verdicts
	Form     *Form   // for the person, instead of the message where the platform has forms
}

// announcement is what everyone in a place reads.
type announcement struct {
	At      Place
	Message Message
}

// keeper does what people order of their desks.
type keeper struct {
	Archive  *archive.Archive
	Builder  *digest.Builder
	Actors   *actor.Catalogue
	Names    *nameCache
	Desks    *Desks            // among which new ones are set up; nil: none can be
	Serves   func(Place) error // says why nothing can be posted in a place; nil: anything can
	Operator string            // who looks after attache; may be empty
}

// do does a command on a desk, or tells why not.
func (k *keeper) do(ctx context.Context, name string, o order) (done, error) {
	c, ok := command(name)
	if !ok {
		return done{}, fmt.Errorf("a command %q is none", name)
	}
	in := invocation{command: c, args: o.Args}
	line := in.line("desk")
	if what, _ := firstWord(line); o.Desk.Name == "" && name != "help" && name != "sources" && !(name == "desk" && strings.EqualFold(what, "new")) {
		text := "Nothing was done: no desk posts here. Say it in a place of one, or name the desk."
		if k.Desks.maySetUp(o.Person) {
			text += " To set one up here: /attache desk new NAME " + formParts + "."
		}
		return o.tell(text), nil
	}
	if c.Changes && !o.Desk.allows(o.Person) {
		return o.tell(o.Desk.refusal()), nil
	}
	switch name {
	case "follow":
		return k.follow(ctx, o, line)
	case "unfollow":
		return k.unfollow(ctx, o, line)
	case "mute":
		return k.mute(ctx, o, line)
	case "unmute":
		return k.unmute(ctx, o, line)
	case "note":
		return k.note(ctx, o, line)
	case "desk":
		return k.desk(ctx, o, line)
	case "sources":
		return k.sources(ctx, o, line)
	case "report":
		return k.report(ctx, o, line)
	case "help":
		return k.help(o, line), nil
	}
	return done{}, fmt.Errorf("the command %q is not one on a desk", name)
}

// tell answers an order with lines to the person alone.
func (o order) tell(lines ...string) done { return done{Message: o.say("", lines...)} }

// say is a message of counted lines, under a heading where there is one.
func (o order) say(heading string, lines ...string) Message {
	m := Message{Zone: o.clock().zone.String(), Notice: cmp.Or(heading, strings.Join(lines[:min(1, len(lines))], ""))}
	b := Block{Kind: Context}
	if heading != "" {
		b.Kind, b.Title = Heading, heading
	}
	for _, text := range lines {
		b.Lines = append(b.Lines, counted(text))
	}
	m.Blocks = []Block{b}
	return m
}

// clock is that of the desk.
func (o order) clock() clock { return clock{zoneOf(o.Desk.Desk, o.Person)} }

// announce says something to everyone: where it was done, if that is a place of the
// desk's, else in each of the desk's places.
func (d *done) announce(o order, text string) {
	if o.Desk.isAt(o.Place) {
		d.Public = append(d.Public, announcement{o.Place, o.say("", text)})
		return
	}
	for _, p := range o.Desk.Places {
		if p.talks() {
			d.Public = append(d.Public, announcement{p, o.say("", text)})
		}
	}
}

// nextEdition says when what was changed shows.
func (o order) nextEdition() string {
	next, ok := o.Desk.next(o.Now)
	if _, err := o.Desk.parsed(o.Now); err != nil && o.Desk.Schedule != "" {
		return "The next edition, which is not due before the desk's schedule is mended,"
	}
	if !ok {
		return "The next edition, which is made by hand,"
	}
	return "The next edition, " + o.clock().day(next) + " " + o.clock().place() + ","
}

// story finds a story by its number, in the thread or in an edition of the desk; 0
// where there is none.
func (k *keeper) story(ctx context.Context, o order, ref string) (int64, error) {
	if id := o.Refs[ref]; id != 0 {
		return id, nil
	}
	c := Converser{Archive: k.Archive}
	return c.storyOf(ctx, o.Desk.Name, ref, o.Now)
}

// unknownName says that nothing has a name, or that several have.
func unknownName(err error) string {
	s := err.Error()
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// lowerFirst is a sentence as it stands within another.
func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// splitNames splits what was typed at commas.
func splitNames(s string) []string {
	var names []string
	for name := range strings.SplitSeq(s, ",") {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
