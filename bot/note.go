package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"attache/digest/archive"
	"attache/sources/text"
)

// longestNote is how many characters a note may have.
const longestNote = 1000

// takenBack is what stands in place of a note to take the last one back.
const takenBack = "-"

// note keeps what a person says of a story, signed, and shows it to everyone in the
// desk's place.
func (k *keeper) note(ctx context.Context, o order, line string) (done, error) {
	if !o.Desk.admits(o.Person, o.Place) {
		return o.tell(o.elsewhere()), nil
	}
	ref, said := firstWord(line)
	said = text.Line(said)
	if storyNumber.FindString(ref) != ref || ref == "" || said == "" {
		return o.tell("Not kept: expected a story's number and what there is to say, as in /attache note 12.1 We doubt the second figure."), nil
	}
	if n := utf8.RuneCountInString(said); n > longestNote {
		return o.tell(fmt.Sprintf("Not kept: a note has at most %d characters, and this one %d.", longestNote, n)), nil
	}
	id, err := k.story(ctx, o, ref)
	if err != nil {
		return done{}, err
	}
	if id == 0 {
		return o.tell(fmt.Sprintf("Not kept: no story of the desk %s has the number %s.", o.Desk.Name, ref)), nil
	}
	if said == takenBack {
		return k.takeNoteBack(ctx, o, ref, id)
	}
	d := o.tell(fmt.Sprintf("Kept with %s. To take it back: /attache note %s %s", ref, ref, takenBack))
	c := Change{Kind: Noting, Story: id, Ref: ref, Text: said}
	d.Changes = append(d.Changes, o.change(c))
	l := o.clock().note(plainName(o.Person.Name), archive.DeskChange{At: o.Now}, c)
	d.announce(o, l.Label+": "+l.Text)
	for _, t := range d.Public {
		t.Message.Blocks[0].Lines[0] = l
	}
	return d, nil
}

// takeNoteBack takes the person's last note on a story back.
func (k *keeper) takeNoteBack(ctx context.Context, o order, ref string, story int64) (done, error) {
	changes, err := k.Archive.DeskChanges(ctx, o.Desk.Name)
	if err != nil {
		return done{}, err
	}
	read, _ := readChanges(changes) // what can't be read was told when the desk was
	if !slices.ContainsFunc(notesIn(read), func(n keptChange) bool { return n.Story == story && n.By == o.Person.ID }) {
		return o.tell("Nothing was taken back: you have no note on " + ref + "."), nil
	}
	d := o.tell("Your last note on " + ref + " is taken back: it is shown no more.")
	d.announce(o, fmt.Sprintf("%s took back a note on %s.", plainName(o.Person.Name), ref))
	d.Changes = append(d.Changes, o.change(Change{Kind: Noting, Story: story, Ref: ref}))
	return d, nil
}

// notesIn are the notes that stand, the first first.
func notesIn(changes []keptChange) []keptChange {
	var all []keptChange
	for _, c := range changes {
		switch {
		case c.Kind != Noting:
		case c.Text != "":
			all = append(all, c)
		default:
			for i, n := range slices.Backward(all) {
				if n.Story == c.Story && n.By == c.By {
					all = slices.Delete(all, i, i+1)
					break
				}
			}
		}
	}
	return all
}

// note is a person's note as a line: who, when and on what stand before it.
func (c clock) note(who string, kept archive.DeskChange, n Change) Line {
	return Line{Kind: Note, Label: fmt.Sprintf("Note by %s, %s, on %s", who, c.minute(kept.At), n.Ref), Text: n.Text}
}

// Notes are the notes that people of a desk wrote on stories, the first first. They
// are for the desk's places alone.
func (d *Desks) Notes(ctx context.Context, desk string, stories ...int64) ([]Line, error) {
	one, ok, err := d.Named(ctx, desk)
	if err != nil || !ok {
		return nil, err
	}
	changes, _, err := d.changed(ctx)
	if err != nil {
		return nil, err
	}
	notes := notesIn(changes[one.Name])
	if len(notes) == 0 || len(stories) == 0 {
		return nil, nil
	}
	ids := slices.Clone(stories)
	for _, n := range notes {
		ids = append(ids, n.Story)
	}
	now, err := d.Archive.StoriesNow(ctx, ids)
	if err != nil {
		return nil, err
	}
	var lines []Line
	for _, n := range notes {
		is := func(story int64) bool { return n.Story == story || now[n.Story] == now[story] && now[story] != 0 }
		if slices.ContainsFunc(stories, is) {
			lines = append(lines, clock{zoneOf(one.Desk, Person{})}.note(strings.TrimSpace(n.kept.Who), n.kept, n.Change))
		}
	}
	return lines, nil
}

// notes are what people of a desk wrote on the stories of an answer, where that is
// read in one of the desk's places.
func (h *Handler) notes(ctx context.Context, a *answer, desk *Desk, at Place) ([]Line, error) {
	var stories []int64
	for _, l := range a.Lines {
		if l.Story != 0 && !slices.Contains(stories, l.Story) {
			stories = append(stories, l.Story)
		}
	}
	return h.notesOn(ctx, desk, at, stories)
}

// withNotes adds to a message what people of the desk wrote on stories, where it is
// read in one of the desk's places.
func (h *Handler) withNotes(ctx context.Context, m *Message, desk string, at Place, stories ...int64) error {
	if h.Desks == nil {
		return nil
	}
	one, ok, err := h.Desks.Named(ctx, desk)
	if err != nil || !ok {
		return err
	}
	lines, err := h.notesOn(ctx, &one, at, stories)
	m.note(lines)
	return err
}

// notesOn are the notes on stories for a place of the desk, and for the terminal of
// whoever has the config.
func (h *Handler) notesOn(ctx context.Context, desk *Desk, at Place, stories []int64) ([]Line, error) {
	if h.Desks == nil || !desk.isAt(at) && at.Platform != "terminal" {
		return nil, nil
	}
	return h.Desks.Notes(ctx, desk.Name, stories...)
}

// note adds notes to a message, where there are any.
func (m *Message) note(lines []Line) {
	if len(lines) > 0 {
		m.Blocks = append(m.Blocks, Block{Kind: Heading, Title: "Notes", Lines: lines})
	}
}
