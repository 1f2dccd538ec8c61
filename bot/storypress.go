package bot

import (
	"cmp"
	"context"
	"fmt"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/ask"
)

// pressedEdition does what a button of an edition, or of one of its stories, is
// for. The presser alone reads what comes of it.
func (h *Handler) pressedEdition(ctx context.Context, r Request, on told) (outcome, error) {
	d, err := editionOf(ctx, h.Archive, on.desk, on.number)
	if err != nil {
		return outcome{}, err
	}
	if d == nil || on.story > len(d.Stories) {
		return h.tell(r, fmt.Sprintf("Not found: no brief of the desk %s has %s any more.", on.desk, on.ref())), nil
	}
	switch r.Action.Do {
	case doWhyThese:
		m := Reasons(d)
		err := h.withNotes(ctx, &m, d.Desk, r.Place, storiesOf(d)...)
		return h.show(r, m), err
	case doWhyHere:
		m := reason(d, on.story)
		err := h.withNotes(ctx, &m, d.Desk, r.Place, d.Stories[on.story-1].ID)
		return h.show(r, m), err
	case doStoryMore:
		return h.onStory(ctx, r, d, ask.Question{Text: "more on " + on.ref()})
	case ask.OfferTimeline:
		return h.onStory(ctx, r, d, ask.Question{Text: on.ref(), Mode: ask.Timeline})
	case ask.OfferWhoSaid:
		return h.onStory(ctx, r, d, ask.Question{Text: on.ref(), Mode: ask.WhoSaid})
	case doWrong:
		return h.show(r, wrongWhere(d)), nil
	case doRemark:
		return h.show(r, remarks(d, on)), nil
	case doSources:
		return h.onDesk(ctx, r, on, "sources")
	case doMuteMine:
		return h.onDesk(ctx, r, on, "mute "+on.ref()+" for me "+r.Action.With)
	case doMuteDesk:
		return h.onDesk(ctx, r, on, "mute "+on.ref()+" for the desk "+r.Action.With)
	case doReport:
		return h.onDesk(ctx, r, on, "report "+r.Action.With+" "+on.ref())
	}
	return h.tell(r, unknownButton), nil
}

// storiesOf are the stories of a digest.
func storiesOf(d *digest.Digest) []int64 {
	ids := make([]int64, len(d.Stories))
	for i := range d.Stories {
		ids[i] = d.Stories[i].ID
	}
	return ids
}

const unknownButton = "Nothing was done: that button is none of this version of attache."

// onStory answers a question on a story of an edition, as if nothing was asked
// before. Its citations go on counting in the edition's thread.
func (h *Handler) onStory(ctx context.Context, r Request, d *digest.Digest, q ask.Question) (outcome, error) {
	under := under(d)
	in := r
	if !r.Alone {
		in.Thread = cmp.Or(r.Thread, r.Message)
	}
	t, err := h.thread(ctx, in)
	if err != nil {
		return outcome{}, err
	}
	if !t.known || t.Desk != d.Desk {
		t = thread{}
	}
	return h.ask(ctx, r, t, question{Question: q, id: answerID(r.ID), from: &under, moves: r.Alone})
}

// onDesk does a command on the desk of an edition.
func (h *Handler) onDesk(ctx context.Context, r Request, on told, line string) (outcome, error) {
	r.Action = Action{Do: doCommand, On: on.desk, With: line}
	return h.commanded(ctx, r)
}

// show shows a message to the person alone, once.
func (h *Handler) show(r Request, m Message) outcome {
	return outcome{Settled: archive.Settled{Request: r.ID, Person: r.Person.ID, Place: place(r)}, say: &m}
}

// reason says why a story is in a digest.
func reason(d *digest.Digest, number int) Message {
	e := edition{Digest: d, clock: clock{zoneNamed(d.Zone)}}
	return e.message([]Block{{Kind: Heading, Title: "Why " + digest.Ref(d.Number, number) + " is here"}, e.reasons(&d.Stories[number-1])})
}

// wrongWhere asks in which story of an edition something is wrong.
func wrongWhere(d *digest.Digest) Message {
	e := edition{Digest: d, clock: clock{zoneNamed(d.Zone)}}
	m := line(e.zone, "Something wrong in "+e.name()+": in which story? The menu of each story in the thread asks on. What is missing is told by /attache report missing URL.")
	for i := range d.Stories {
		on := told{d.Desk, d.Number, d.Stories[i].Number}
		if a := (Action{Label: on.ref(), Do: doRemark, On: on.String()}); a.fits() && len(m.Actions) < mostStoryButtons {
			m.Actions = append(m.Actions, a)
		}
	}
	return m
}

// mostStoryButtons is how many stories are offered by buttons.
const mostStoryButtons = 20

// muteTimes are how long a story can be muted by a button.
var muteTimes = []struct{ label, with string }{{"1 day", "1d"}, {"7 days", "7d"}, {"30 days", "30d"}, {"until something new", "new"}}

// reports are what can be wrong with a story.
var reports = []struct{ label, with string }{{"Wrong group", "wrong group"}, {"Not relevant", "not relevant"}, {"Wrong tag", "wrong tag"}}

// remarks asks what is to be done with a story: to mute it, for whom and until
// when, or what is wrong with it.
func remarks(d *digest.Digest, on told) Message {
	m := line(zoneNamed(d.Zone), on.ref()+": mute it for you or for the desk, or say what is wrong with it.")
	add := func(label, do, with string) {
		if a := (Action{Label: label, Do: do, On: on.String(), With: with}); a.fits() {
			m.Actions = append(m.Actions, a)
		}
	}
	for _, t := range muteTimes {
		add("For me, "+t.label, doMuteMine, t.with)
	}
	for _, t := range muteTimes {
		add("For the desk, "+t.label, doMuteDesk, t.with)
	}
	for _, w := range reports {
		add(w.label, doReport, w.with)
	}
	return m
}
