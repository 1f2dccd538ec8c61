package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/ask"
)

// invoked does what a command is for. Outside of threads it goes on from nothing;
// the answer is the person's alone.
func (h *Handler) invoked(ctx context.Context, r Request) (outcome, error) {
	t, err := h.thread(ctx, r)
	if err != nil {
		return outcome{}, err
	}
	if r.Command == "digest" {
		return h.preview(ctx, r, t)
	}
	q := question{id: answerID(r.ID), moves: r.Alone}
	q.Text, q.Mode = asked(r)
	if r.Command == "more" && blank(q.Text) {
		q.Offer = ask.OfferMore
	}
	if r.Thread == "" && !blank(q.Text) {
		q.fresh = true
	}
	return h.ask(ctx, r, t, q)
}

// asked is what a command asks: its text, and what its options say, in an order
// that reads as a question.
func asked(r Request) (text string, mode ask.Mode) {
	words := []string{r.Text}
	for _, o := range []struct{ name, before string }{
		{"pair", ""}, {"about", ""}, {"story", ""}, {"with", "with"}, {"theme", "on"}, {"on", "on"}, {"outlet", "by"}, {"since", "since"}, {"period", ""},
	} {
		value := strings.TrimSpace(r.Options[o.name])
		if value == "" {
			continue
		}
		if o.before != "" && !strings.HasPrefix(strings.ToLower(value), o.before+" ") {
			value = o.before + " " + value
		}
		words = append(words, value)
	}
	text = strings.TrimSpace(strings.Join(words, " "))
	switch r.Command {
	case "latest":
		mode = ask.Latest
	case "timeline":
		mode = ask.Timeline
	case "who-said":
		mode = ask.WhoSaid
	case "compare":
		mode = ask.Compare
	case "why":
		mode = ask.Why
	case "more":
		if text != "" {
			text = "more on " + text
		}
	}
	return text, mode
}

// preview builds the brief of a desk as it would be now, for the person alone. It
// stores none.
func (h *Handler) preview(ctx context.Context, r Request, t thread) (outcome, error) {
	desk, err := h.deskOf(ctx, r, &t.conversation)
	if err != nil {
		return outcome{}, err
	}
	if text := h.noSuchDesk(r, desk); text != "" || desk.Name == "" {
		return h.tell(r, cmp.Or(text, "No desk is set up: there is no brief to preview.")), nil
	}
	if m, err := h.limited(ctx, r, zoneOf(desk.Desk, r.Person)); err != nil || m != nil {
		return outcome{say: m}, err
	}
	now := h.now()
	own := desk.For(r.Person)
	d, err := h.Builder.Build(ctx, &own, digest.Window{Due: now, Until: now})
	if err != nil {
		return outcome{}, err
	}
	m := previewed(d, now)
	k := kept{id: answerID(r.ID), record: record{Conv: under(d), Message: &m, Asker: by(r)}}
	k.Conv.Edition, k.Conv.Stories = 0, nil // none has these numbers yet
	k.Conv.Asked = &writing{r.Person.ID, r.At}
	if !r.Alone {
		m.Actions = []Action{{Label: "Share here", Do: doShare, On: k.id}}
	}
	c, err := k.keeping()
	if err != nil {
		return outcome{}, err
	}
	o := h.show(r, alone(m, "Only you see it; nothing is stored or posted."))
	o.Conversations = []archive.Conversing{c}
	return o, nil
}

// previewed is an edition that isn't one yet, as one message.
func previewed(d *digest.Digest, now time.Time) Message {
	c := clock{zoneNamed(d.Zone)}
	t := Edition(d)
	m := Message{Zone: t.Root.Zone, Notice: "Preview of the " + d.Desk + " brief."}
	m.Blocks = append(m.Blocks, said("Preview of the brief, as it would be "+c.day(now)+" "+c.place()+"."))
	for _, part := range append([]Message{t.Root}, t.Replies...) {
		for _, b := range part.Blocks {
			b.Menu = nil
			m.Blocks = append(m.Blocks, b)
		}
		for _, cited := range part.Citations {
			if m.Citation(cited.N).N == 0 {
				m.Citations = append(m.Citations, cited)
			}
		}
	}
	slices.SortFunc(m.Citations, func(a, b Citation) int { return a.N - b.N })
	return m
}

// alone is a message that says on top that one person reads it.
func alone(m Message, text string) Message {
	m.Blocks = append([]Block{said(text)}, m.Blocks...)
	return m
}
