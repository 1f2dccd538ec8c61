package bot

import (
	"context"
	"strings"

	"attache/digest/archive"
)

// order does a command that is about a desk, and says to the person alone what
// came of it; to all only what changed for all.
func (h *Handler) order(ctx context.Context, r Request, t thread, in invocation) (outcome, error) {
	if in.args["desk"] != "" {
		r.Options = map[string]string{"desk": in.args["desk"]}
	}
	desk, err := h.deskOf(ctx, r, &t.conversation)
	if err != nil {
		return outcome{}, err
	}
	if text, err := h.noSuchDesk(ctx, r, desk); err != nil || text != "" {
		return h.tell(r, text), err
	}
	if in.command.Name == "digest" {
		return h.preview(ctx, r, desk)
	}
	o := order{
		Person: r.Person, Desk: desk, Place: r.Place, Now: h.now(), Outside: r.Unreachable != "", Args: in.args, Refs: map[string]int64{}, Cited: map[int]int64{},
	}
	if t.Edition > 0 {
		if o.About, err = editionOf(ctx, h.Archive, t.Desk, t.Edition); err != nil {
			return outcome{}, err
		}
	}
	for id, ref := range t.Stories {
		o.Refs[ref] = id
	}
	for id, n := range t.numbers() {
		o.Cited[n] = id
	}
	d, err := h.keeper().do(ctx, in.command.Name, o)
	if err != nil {
		return outcome{}, err
	}
	if h.Then && len(d.Changes) > 0 {
		return h.tell(r, o.looksBack()), nil
	}
	return h.done(r, d)
}

// looksBack says that nothing is changed in a conversation as of another time.
func (o order) looksBack() string {
	return "Not changed: this conversation is held as of " + o.clock().day(o.Now) + " " + o.clock().place() + ". Changes are made now."
}

// done is what a command on a desk comes to.
func (h *Handler) done(r Request, d done) (outcome, error) {
	out := outcome{ask: d.Form, Settled: archive.Settled{
		Request: r.ID, Person: r.Person.ID, Place: place(r), Changes: d.Changes, Verdicts: d.Verdicts, Lifted: d.Lifted,
	}}
	if len(d.Message.Blocks) > 0 {
		out.say = &d.Message
	}
	for _, t := range d.Public {
		parts, err := h.announced(r, t)
		if err != nil {
			return out, err
		}
		out.Deliveries = append(out.Deliveries, parts...)
	}
	return out, nil
}

// announced plans what everyone in a place reads: where the request was made, under
// that. A place where nothing can be posted hears nothing.
func (h *Handler) announced(r Request, t announcement) ([]archive.Delivery, error) {
	if t.At == r.Place && !r.Alone {
		if h.barred(r) != "" {
			return nil, nil
		}
		return h.deliver(r, answerID(r.ID), t.Message)
	}
	r.Place, r.Thread, r.Message, r.Unreachable = t.At, "", "", ""
	if h.barred(r) != "" {
		return nil, nil
	}
	return h.deliver(r, answerID(r.ID), t.Message)
}

func (h *Handler) keeper() *keeper {
	k := &keeper{
		Archive: h.Archive, Builder: h.Builder, Actors: h.Engine.Actors, Names: &h.names, Desks: h.Desks, Operator: h.Operator,
	}
	if h.Publisher != nil {
		k.Serves = h.Publisher.Serves
	}
	return k
}

// spokenOrder reads a line to attache that is a command on a desk rather than a
// question: "help", "mute 12.4". A name that begins questions as well, as in "note
// what Baku said", is a command where what follows can be its.
func (h *Handler) spokenOrder(line string) (invocation, bool) {
	in := invocationOf(h.Engine.Actors, Request{Command: ownName, Text: line})
	rest := in.args[""]
	switch {
	case !in.known || in.asks() || strings.HasSuffix(strings.TrimSpace(line), "?"):
		return in, false
	case rest == "":
		return in, true
	}
	first, _ := firstWord(rest)
	switch in.command.Name {
	case "mute", "unmute", "unfollow", "desk":
		return in, true
	case "follow":
		return in, !strings.EqualFold(first, "up")
	case "note":
		return in, storyNumber.MatchString(first)
	case "report":
		kind, _ := readReport(rest)
		return in, kind != ""
	case "help":
		_, known := command(strings.ToLower(rest))
		return in, known
	}
	return in, false
}
