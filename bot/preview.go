package bot

import (
	"context"
	"slices"
	"time"

	"attache/digest"
	"attache/digest/archive"
)

// preview builds the brief of a desk as it would be now, for the person alone. It
// stores none.
func (h *Handler) preview(ctx context.Context, r Request, desk Desk) (outcome, error) {
	if desk.Name == "" || h.Builder == nil {
		return h.tell(r, "No desk is set up here: there is no brief to preview."), nil
	}
	now := h.now()
	own := desk.For(r.Person)
	d, err := h.Builder.Build(ctx, &own, digest.Window{Due: now, Until: now})
	if err != nil {
		return outcome{}, err
	}
	m := previewed(d, now)
	if err := h.withNotes(ctx, &m, desk.Name, r.Place, storiesOf(d)...); err != nil {
		return outcome{}, err
	}
	if !desk.admits(r.Person, r.Place) {
		m = forOthers(m)
	}
	k, err := h.previewToShare(ctx, r, &desk, d)
	if err != nil {
		return outcome{}, err
	}
	if !r.Alone {
		share := Action{Label: "Share here", Do: doShare, On: k.id}
		m.Actions, k.Message.Actions = []Action{share}, []Action{share}
	}
	c, err := k.keeping()
	if err != nil {
		return outcome{}, err
	}
	only := "Only you see it; nothing is stored or posted."
	if len(own.Mute) > len(desk.Mute) && !r.Alone {
		only += " What you muted for yourself is left out here, and is not when you share it."
	}
	o := h.show(r, alone(m, only))
	o.Conversations = []archive.Conversing{c}
	return o, nil
}

// previewToShare is the preview as others may read it, kept for when it is shared:
// what one person muted is left out for that person alone.
func (h *Handler) previewToShare(ctx context.Context, r Request, desk *Desk, own *digest.Digest) (kept, error) {
	d := own
	if len(desk.mutesOf(r.Person)) > 0 {
		var err error
		if d, err = h.Builder.Build(ctx, &desk.Desk, digest.Window{Due: own.Due, Until: own.Until}); err != nil {
			return kept{}, err
		}
	}
	m := previewed(d, d.Due)
	if err := h.withNotes(ctx, &m, desk.Name, r.Place, storiesOf(d)...); err != nil {
		return kept{}, err
	}
	k := kept{id: answerID(r.ID), record: record{Conv: under(d), Message: &m, Asker: by(r)}}
	k.Conv.Edition, k.Conv.Stories = 0, nil // none has these numbers yet
	k.Conv.Asked = &writing{r.Person.ID, r.At}
	return k, nil
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
