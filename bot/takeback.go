package bot

import (
	"context"
	"errors"
	"strings"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/ask"
)

// deleted takes back the answer to a line that was deleted. Where the line itself
// is still to come, it will not be answered.
func (h *Handler) deleted(ctx context.Context, r Request) (outcome, error) {
	k, err := h.recorded(ctx, answerID(r.ID))
	if err != nil {
		return outcome{}, err
	}
	if k.revision == 0 {
		err := h.Archive.Settle(ctx, archive.Settled{Request: r.ID})
		if err == nil {
			return outcome{}, nil
		}
		if !errors.Is(err, archive.ErrHandled) {
			return outcome{}, err
		}
		if k, err = h.recorded(ctx, k.id); err != nil || k.revision == 0 {
			return outcome{}, err // it was not answered for others to read
		}
	}
	if k.Gone {
		return outcome{}, nil
	}
	t, err := h.threadOf(ctx, &k)
	if err != nil {
		return outcome{}, err
	}
	return takeBack(t, k, record{Thread: k.Thread, Asker: k.Asker, Gone: true})
}

// takeBack withdraws an answer, and has its thread go back to what it spoke of
// before, where nothing was asked since. Left is what stays of its record.
func takeBack(t thread, k kept, left record) (outcome, error) {
	o := outcome{Settled: archive.Settled{Withdraw: []string{answerKey(k.id)}}}
	if t.key != "" && t.Answer == k.id && k.Before != nil {
		t.Slots, t.Set, t.Answer = k.Before.Slots, k.Before.Set, k.Before.Answer
		if t.Asked != nil && t.Asked.Person == k.Asker.ID {
			t.Asked = k.Before.Asked
		}
		c, err := t.keeping()
		if err != nil {
			return o, err
		}
		o.Conversations = append(o.Conversations, c)
	}
	k.record = left
	c, err := k.keeping()
	o.Conversations = append(o.Conversations, c)
	return o, err
}

// mistaken says to the person alone how a question was read, and how else it may
// be asked. Where it was theirs and all read the answer, that is taken back, once.
func (h *Handler) mistaken(ctx context.Context, r Request, t thread, k kept) (outcome, error) {
	texts := []string{"Not what was meant."}
	own, first := k.Asker.ID == r.Person.ID, !k.Missed
	k.Missed = k.Missed || own
	var o outcome
	var err error
	switch {
	case !own || !first || !k.Public && k.Shared == "":
	case k.Open:
		texts = append(texts, "The answer stays where it was shared: attache can take nothing back there.")
	default:
		left := k.record // its buttons go on
		left.Before = nil
		if o, err = takeBack(t, k, left); err != nil {
			return outcome{}, err
		}
		texts = append(texts, "The answer is taken back.")
	}
	if own && first && len(o.Conversations) == 0 {
		c, err := k.keeping()
		if err != nil {
			return outcome{}, err
		}
		o.Conversations = append(o.Conversations, c)
	}
	if read := readAs(k.Message); read != "" {
		texts = append(texts, "It was read as: "+read+".")
	}
	texts = append(texts, askable)
	m := line(zoneNamed(k.zone()), strings.Join(texts, " "), append(otherwise(&k), Action{Label: "What can be asked", Do: doHelp})...)
	o.say = &m
	o.Request, o.Person, o.Place = r.ID, r.Person.ID, place(r)
	if own && first {
		o.Changes, err = h.missed(ctx, r, &k)
	}
	return o, err
}

// missed notes with the desk that an answer was not what was meant, where that was
// in one of its places: that it was, and not what was asked.
func (h *Handler) missed(ctx context.Context, r Request, k *kept) ([]archive.DeskChange, error) {
	home, err := h.atHome(ctx, k, r.Place)
	if err != nil || !home {
		return nil, err
	}
	desk := Desk{Desk: digest.Desk{Name: k.Conv.Desk}}
	return []archive.DeskChange{order{Person: r.Person, Desk: desk}.change(Change{Kind: Feedback, Text: "that an answer was not what was meant"})}, nil
}

// readAs is how an answer's head says what was understood.
func readAs(m *Message) string {
	if m == nil {
		return ""
	}
	for _, b := range m.Blocks {
		if b.Kind == Heading && len(b.Lines) > 0 {
			return b.Title + " · " + b.Lines[0].Text
		}
	}
	return ""
}

// otherwise are the buttons of what else may have been meant.
func otherwise(k *kept) []Action {
	s := k.Conv.Slots
	if s == nil {
		return nil
	}
	var all []Action
	for _, one := range []struct {
		when      bool
		label, do string
	}{
		{k.Borrowed && k.Text != "", "Without what was asked before", doFresh},
		{len(s.Themes) > 0, "All themes", ask.OfferAllThemes},
		{len(s.Outlets) > 0, "All outlets", ask.OfferOutlets},
		{true, "30 days", ask.OfferMonth},
	} {
		if one.when {
			all = append(all, Action{Label: one.label, Do: one.do, On: k.id})
		}
	}
	return all
}
