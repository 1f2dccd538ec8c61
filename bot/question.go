package bot

import (
	"cmp"
	"context"
	"unicode"

	"strings"

	"attache/digest/archive"
	"attache/digest/ask"
)

// question is what is asked in a request.
type question struct {
	ask.Question
	id     string        // of its answer
	kept   *kept         // the record of that id, where there is one already
	from   *conversation // what it goes on from; nil: the thread's
	public bool          // everyone in the place reads the answer
	moves  bool          // the thread goes on from it
	fresh  bool          // it goes on from nothing

	notes  []Line   // what people of the desk wrote on its stories
	other  string   // what of it another desk has
	others []Action // to go there
}

// spoken answers a line.
func (h *Handler) spoken(ctx context.Context, r Request, t thread) (outcome, error) {
	return h.ask(ctx, r, t, question{Question: ask.Question{Text: r.Text}, id: answerID(r.ID), public: true, moves: true})
}

// ask answers a question of a request: what was understood is searched, said and
// recorded.
func (h *Handler) ask(ctx context.Context, r Request, t thread, q question) (outcome, error) {
	conv := t.conversation
	if q.from != nil {
		conv = *q.from
	}
	desk, err := h.deskOf(ctx, r, &conv)
	if err != nil {
		return outcome{}, err
	}
	if text, err := h.noSuchDesk(ctx, r, desk); err != nil || text != "" {
		return h.tell(r, text), err
	}
	zone := zoneOf(desk.Desk, r.Person)
	if r.Kind != Pressed && blank(q.Text) && q.Mode == "" && q.Offer == "" {
		return h.tell(r, refusals["nothing asked"], Action{Label: "What can be asked", Do: doHelp}), nil
	}
	if q.from != nil && t.key != "" { // the thread's numbers go on, whatever the question goes on from
		conv.Past, conv.Cited, conv.Stories = t.Past, t.Cited, t.Stories
	}
	if q.fresh {
		conv.Slots, conv.Set = nil, nil
	}
	conv.Desk = cmp.Or(conv.Desk, desk.Name)
	if conv.Edition > 0 || q.Mode == ask.Latest && blank(q.Text) {
		q.Within = within(desk.Desk)
	}
	who := ask.Asker{Zone: zone, Follows: desk.IDs(), Now: h.now(), Then: h.Then}
	a, after, err := h.converser().answer(ctx, conv, q.Question, who, by(r))
	if err != nil {
		return outcome{}, err
	}
	if q.other, q.others, err = h.elsewhere(ctx, &a, desk, who.Now); err != nil {
		return outcome{}, err
	}
	if q.notes, err = h.notes(ctx, &a, &desk, r.Place); err != nil {
		return outcome{}, err
	}
	return h.record(r, t, q, a, after)
}

// record says an answer, to everyone or to the asker alone, and keeps what its
// thread speaks of afterwards.
func (h *Handler) record(r Request, t thread, q question, a answer, after conversation) (outcome, error) {
	k := kept{id: q.id}
	if q.kept != nil {
		k = *q.kept
	}
	barred := h.barred(r)
	public := q.public && !r.Alone && barred == "" && a.understood()
	if public {
		a.Head.Asker = by(r).Name
	}
	m := a.message()
	m.Actions = h.actions(k.id, &a, q, r, public)
	m.note(q.notes)
	if q.other != "" {
		m.Blocks = append(m.Blocks, said(q.other))
	}
	shown := m
	k.record = record{
		Thread: t.key, Conv: after, Message: &shown, Asker: by(r), Public: public,
		Text: q.Text, Borrowed: len(a.Head.Inherited) > 0,
	}
	moves := q.moves && (public || r.Alone || barred != "" || a.Head.Status != ask.OK)
	o, err := h.goOn(r, t, k, after, moves)
	if err != nil {
		return o, err
	}
	if !public {
		if q.public && !r.Alone && barred != "" {
			m = alone(m, "Only you see this: "+barred)
		}
		o.say = &m
		return o, nil
	}
	o.Deliveries, err = h.deliver(r, k.id, m)
	return o, err
}

// goOn keeps an answer, and what its thread speaks of afterwards: of one that moves
// it all, of any other only the numbers that it gave.
func (h *Handler) goOn(r Request, t thread, k kept, after conversation, moves bool) (outcome, error) {
	o := outcome{Settled: archive.Settled{Request: r.ID, Person: r.Person.ID, Place: place(r)}}
	k.Conv.Asked, k.Conv.Wrote, k.Conv.Answer = &writing{r.Person.ID, r.At}, nil, k.id
	if t.key != "" {
		if moves {
			k.Before = &before{t.Slots, t.Set, t.Answer, t.Asked}
			after.Answer = k.id
		} else {
			after.Slots, after.Set, after.Answer = t.Slots, t.Set, t.Answer
		}
		after.Asked, after.Wrote = t.Asked, t.Wrote
		if r.Kind == Said || moves { // what others don't see makes nobody the last asker
			after.asks(r.Person.ID, r.At)
		}
		t.conversation = after
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

// understood reports whether an answer is one to what was asked: doubts, and what
// names nothing that is known, are for the asker alone.
func (a *answer) understood() bool {
	return a.Head.Status == ask.OK && (a.Answered() || !wordsAlone(a.Head.Asked))
}

// deliver plans a message of an answer in the place of a request: in its thread,
// or under what was said, so that it opens one.
func (h *Handler) deliver(r Request, id string, m Message) ([]archive.Delivery, error) {
	parts, err := h.Publisher.plan(answerKey(id), r.Place, Thread{Root: m})
	if err != nil {
		return nil, err
	}
	for i := range parts {
		parts[i].Conversation = answerKey(id)
		if parts[i].Parent != "" {
			continue
		}
		parts[i].Under = r.Thread
		if r.Thread == "" && r.Kind == Said {
			parts[i].Under = r.Message
		}
	}
	return parts, nil
}

// barred says why nothing can be posted in the place of a request, and what to do
// about it; empty where something can.
func (h *Handler) barred(r Request) string {
	if r.Unreachable != "" {
		return r.Unreachable
	}
	if h.Publisher == nil {
		return "nothing is posted here."
	}
	if err := h.Publisher.Serves(r.Place); err != nil {
		return err.Error() + "."
	}
	return ""
}

// blank reports whether a text has no letter and no digit: nothing can be asked by
// it.
func blank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
