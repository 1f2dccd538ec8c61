package bot

import (
	"context"
	"strings"

	"attache/digest/archive"
	"attache/sources/text"
)

// thread reads the conversation that a request belongs to: the thread's, or what
// a person alone with attache speaks of. A line outside of threads begins one,
// under itself.
func (h *Handler) thread(ctx context.Context, r Request) (thread, error) {
	adapter := r.Place.Adapter() + ":"
	switch {
	case r.Thread != "":
	case r.Alone:
		return recall(ctx, h.Archive, place(r))
	case r.Kind == Said:
		return recall(ctx, h.Archive, adapter+r.Message)
	default:
		return thread{}, nil
	}
	t, err := recall(ctx, h.Archive, adapter+r.Thread)
	if err != nil || t.known {
		return t, err
	}
	root, err := h.Archive.Posted(ctx, r.Place.Adapter(), r.Thread)
	if err != nil || root == nil {
		return t, err
	}
	if root.Parent != "" && root.ParentID != "" { // a later part: its thread is the first one's
		if t, err = recall(ctx, h.Archive, adapter+root.ParentID); err != nil || t.known {
			return t, err
		}
	}
	t.known = true
	t.conversation, err = h.below(ctx, root)
	return t, err
}

// below is what a thread speaks of under what attache posted: an edition, or an
// answer.
func (h *Handler) below(ctx context.Context, root *archive.Delivery) (conversation, error) {
	if root.Edition > 0 {
		d, err := editionOf(ctx, h.Archive, root.Desk, root.Edition)
		if err != nil || d == nil {
			return conversation{}, err
		}
		return under(d), nil
	}
	id, ok := strings.CutPrefix(root.Conversation, answerKey(""))
	if !ok {
		return conversation{}, nil
	}
	k, err := h.recorded(ctx, id)
	return k.Conv, err
}

// said answers a line, or keeps silent, by the rules for threads: a line to
// attache is answered; one to somebody else never; any other only to the last
// asker, where it reads as a question and nobody else wrote since.
func (h *Handler) said(ctx context.Context, r Request) (outcome, error) {
	if r.Addressed && (r.Alone || !r.ToOthers) {
		t, err := h.thread(ctx, r)
		if err != nil {
			return outcome{}, err
		}
		return h.ifAllowed(ctx, r, func(ctx context.Context, r Request) (outcome, error) { return h.addressed(ctx, r, t) })
	}
	if r.Thread == "" {
		return outcome{}, nil
	}
	t, err := h.thread(ctx, r)
	if err != nil || !t.known {
		return outcome{}, err
	}
	if r.ToOthers || t.Asked == nil || t.Asked.Person != r.Person.ID || t.Asked.At.After(r.At) || !h.Engine.Asks(r.Text, t.Slots) {
		return h.heard(r, t)
	}
	if t.interrupted(r.At) {
		return h.wonder(r, t)
	}
	return h.ifAllowed(ctx, r, func(ctx context.Context, r Request) (outcome, error) { return h.spoken(ctx, r, t) })
}

// addressed does what a line to attache says: a command on the desk, or a question.
func (h *Handler) addressed(ctx context.Context, r Request, t thread) (outcome, error) {
	in, ok := h.spokenOrder(r.Text)
	if !ok {
		return h.spoken(ctx, r, t)
	}
	o, err := h.order(ctx, r, t, in)
	if err != nil || !t.known {
		return o, err
	}
	written, err := h.heard(r, t)
	o.Conversations = append(o.Conversations, written.Conversations...)
	return o, err
}

// heard notes that somebody wrote, and says nothing.
func (h *Handler) heard(r Request, t thread) (outcome, error) {
	t.hear(r.Person.ID, r.At)
	c, err := t.keeping()
	return outcome{Settled: archive.Settled{Conversations: []archive.Conversing{c}}}, err
}

// wonder asks the person alone whether a line was a question to attache. It is
// kept until that is said.
func (h *Handler) wonder(r Request, t thread) (outcome, error) {
	k := kept{id: answerID(r.ID), record: record{Thread: t.key, Asker: by(r), Question: r.Text}}
	o, err := h.heard(r, t)
	if err != nil {
		return o, err
	}
	c, err := k.keeping()
	if err != nil {
		return o, err
	}
	o.Request, o.Conversations = r.ID, append(o.Conversations, c)
	m := line(r.Person.Zone, "Asked attache?", Action{Label: "Yes", Do: doYes, On: k.id}, Action{Label: "No", Do: doNo, On: k.id})
	o.say = &m
	return o, nil
}

// by is who makes a request.
func by(r Request) asker { return asker{r.Person.ID, plainName(r.Person.Name)} }

// longestName is how many characters of a person's name are said.
const longestName = 60

// plainName is a name on one line, without what no name has, and not longer than a
// name is.
func plainName(name string) string {
	runes := []rune(text.Line(name))
	return string(runes[:min(len(runes), longestName)])
}
