package bot

import (
	"context"
	"slices"

	"attache/digest/archive"
)

// share posts a private answer as it was seen, once. Its thread goes on from it.
func (h *Handler) share(ctx context.Context, r Request, t thread, k kept) (outcome, error) {
	switch {
	case k.Missed && k.Shared != "" && !k.Open:
		return h.tell(r, "It was shared, and taken back: to share it, ask again."), nil
	case k.Public || k.Shared != "":
		return h.tell(r, "Shared already."), nil
	case k.Message == nil || k.Asker.ID != r.Person.ID:
		return h.tell(r, "Not shared: that answer is not yours."), nil
	}
	who := by(r)
	m := shared(*k.Message, who.Name)
	home, err := h.atHome(ctx, &k, r.Place)
	if err != nil {
		return outcome{}, err
	}
	if !home {
		m = forOthers(m)
	}
	o := outcome{Settled: archive.Settled{Request: r.ID, Person: r.Person.ID, Place: place(r)}}
	switch barred := h.barred(r); {
	case barred == "":
		if o.Deliveries, err = h.deliver(r, k.id, m); err != nil {
			return o, err
		}
	case r.Unreachable != "" && r.Share != nil:
		o.open, k.Open = &m, true
	default:
		return h.tell(r, "Not shared: "+barred), nil
	}
	k.Shared = who.Name
	k.Conv.asks(r.Person.ID, r.At)
	k.Conv.Wrote = nil
	if t.key != "" {
		k.Before = &before{t.Slots, t.Set, t.Answer, t.Asked}
		t.Slots, t.Set, t.Answer = k.Conv.Slots, k.Conv.Set, k.id
		t.asks(r.Person.ID, r.At)
		c, err := t.keeping()
		if err != nil {
			return o, err
		}
		o.Conversations = append(o.Conversations, c)
	}
	c, err := k.keeping()
	o.Conversations = append(o.Conversations, c)
	return o, err
}

// atHome reports whether a place is one of the desk that an answer is of.
func (h *Handler) atHome(ctx context.Context, k *kept, at Place) (bool, error) {
	if h.Desks == nil {
		return false, nil
	}
	desk, ok, err := h.Desks.Named(ctx, k.Conv.Desk)
	return ok && desk.isAt(at), err
}

// shared is a message as all may read it: by whom it was shared, and without the
// button that did.
func shared(m Message, name string) Message {
	m.Blocks = append([]Block{said("Shared by " + name)}, m.Blocks...)
	m.Actions = slices.DeleteFunc(slices.Clone(m.Actions), func(a Action) bool { return a.Do == doShare })
	return m
}

// forOthers is a message without what is the desk's own affair: its notes, and
// what it has muted.
func forOthers(m Message) Message {
	var blocks []Block
	for _, b := range m.Blocks {
		had := len(b.Lines)
		b.Lines = slices.DeleteFunc(slices.Clone(b.Lines), func(l Line) bool { return l.Kind == Note || l.Label == mutedLabel })
		if had == 0 || len(b.Lines) > 0 {
			blocks = append(blocks, b)
		}
	}
	m.Blocks = blocks
	return m
}
