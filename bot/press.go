package bot

import (
	"context"
	"strings"

	"attache/digest/archive"
	"attache/digest/ask"
)

// pressed does what a button is for. A button of an answer goes on from that
// answer, whatever its thread went on to.
func (h *Handler) pressed(ctx context.Context, r Request) (outcome, error) {
	if r.Action.Do == doTryAgain {
		return h.again(ctx, r)
	}
	switch r.Action.Do {
	case doHelp, doCommand, doOrder:
		return h.commanded(ctx, r)
	}
	if on, ok := toldBy(r.Action.On); ok {
		return h.pressedEdition(ctx, r, on)
	}
	k, err := h.recorded(ctx, r.Action.On)
	if err != nil {
		return outcome{}, err
	}
	if k.revision == 0 || k.Gone {
		return h.tell(r, "That answer is kept no longer: ask for it again."), nil
	}
	if !k.readBy(r.Person) {
		return h.tell(r, "Nothing was done: that answer is not yours."), nil
	}
	t, err := h.threadOf(ctx, &k)
	if err != nil {
		return outcome{}, err
	}
	switch r.Action.Do {
	case doYes, doNo:
		return h.wondered(ctx, r, t, k)
	case doShare:
		return h.share(ctx, r, t, k)
	case doMine:
		return h.mistaken(ctx, r, t, k)
	case doAsk:
		return h.onward(ctx, r, t, k, ask.Question{Text: r.Action.With})
	case ask.OfferFollow:
		return h.follow(ctx, r, &k)
	case doFresh:
		k.Conv.Slots, k.Conv.Set = nil, nil
		return h.onward(ctx, r, t, k, ask.Question{Text: k.Text})
	case doReading:
		return h.onward(ctx, r, t, k, ask.Question{Reading: r.Action.With})
	case ask.OfferMore, ask.OfferTogether, ask.OfferAllThemes, ask.OfferOutlets, ask.OfferSteps, ask.OfferTimeline, ask.OfferWhoSaid, ask.OfferMonth:
		return h.onward(ctx, r, t, k, ask.Question{Offer: r.Action.Do})
	}
	return h.tell(r, unknownButton), nil
}

// commanded does the command that is written in a button: on the desk that it is
// on, where it names one.
func (h *Handler) commanded(ctx context.Context, r Request) (outcome, error) {
	line := r.Action.With
	if r.Action.Do == doHelp {
		line = "help"
	}
	again := r
	again.Kind, again.Command, again.Text, again.Options = Invoked, ownName, line, nil
	if r.Action.On != "" {
		again.Options = map[string]string{"desk": r.Action.On}
	}
	return h.invoked(ctx, again)
}

// onward answers what a button asks for to the person alone, from the answer that
// it stands under.
func (h *Handler) onward(ctx context.Context, r Request, t thread, k kept, q ask.Question) (outcome, error) {
	return h.ask(ctx, r, t, question{Question: q, id: answerID(r.ID), from: &k.Conv, moves: r.Alone})
}

// follow has the desk follow what an answer was about.
func (h *Handler) follow(ctx context.Context, r Request, k *kept) (outcome, error) {
	var names []string
	if s := k.Conv.Slots; s != nil {
		for _, id := range s.Actors {
			names = append(names, h.Engine.Actors.Name(id))
		}
		if s.Dyad != nil {
			names = []string{h.Engine.Actors.DyadName(*s.Dyad)}
		}
	}
	r.Action = Action{Do: doCommand, With: strings.TrimSpace("follow " + strings.Join(names, ", "))}
	return h.commanded(ctx, r)
}

// threadOf reads the thread that an answer is in; one without a key for none.
func (h *Handler) threadOf(ctx context.Context, k *kept) (thread, error) {
	if k.Thread == "" {
		return thread{}, nil
	}
	return recall(ctx, h.Archive, k.Thread)
}

// wondered answers a line whose asker says that it was a question, or lets it be.
func (h *Handler) wondered(ctx context.Context, r Request, t thread, k kept) (outcome, error) {
	if k.Question == "" || k.Asker.ID != r.Person.ID {
		return outcome{}, nil
	}
	if r.Action.Do == doNo {
		k.record = record{Thread: k.Thread, Asker: k.Asker, Gone: true}
		c, err := k.keeping()
		return outcome{Settled: archive.Settled{Request: r.ID, Conversations: []archive.Conversing{c}}}, err
	}
	return h.ask(ctx, r, t, question{Question: ask.Question{Text: k.Question}, id: k.id, kept: &k, public: true, moves: true})
}

// tell says something to the person alone, once.
func (h *Handler) tell(r Request, text string, actions ...Action) outcome {
	m := line(r.Person.Zone, text, actions...)
	return outcome{Settled: archive.Settled{Request: r.ID, Person: r.Person.ID, Place: place(r)}, say: &m}
}
