package discord

import (
	"context"
	"fmt"
	"sync"
	"time"

	"attache/bot"
)

// response is the first answer to an interaction:
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
type response struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// answerer answers one interaction. Its token stays in it.
type answerer struct {
	l *Listener
	i *interaction

	mu     sync.Mutex
	acked  int  // the type of what it was acknowledged by; zero: it wasn't
	filled bool // what was deferred was answered
}

// deferral is how an interaction is acknowledged that is answered later: to the
// person alone.
func (a *answerer) deferral() response {
	if a.i.Type == pressed {
		return response{Type: deferredOn}
	}
	return response{deferred, map[string]any{"flags": onlyOneSees}}
}

// acknowledge gives the first answer, once. That Discord has one already may be by a
// call of which the answer was lost.
func (a *answerer) acknowledge(ctx context.Context, r response) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.acked != 0 {
		return nil
	}
	err := bot.Again(ctx, isDoubt, func(ctx context.Context) error {
		return a.l.Adapter.hook(ctx, "POST", a.i.callback(), r, nil)
	})
	if err != nil && !isRefusal(err, answeredAlready) {
		return err
	}
	a.acked = r.Type
	return nil
}

// hooks is where further answers go.
func (a *answerer) hooks() string { return "/webhooks/" + a.i.Application + "/" + a.i.Token }

// reply shows a message to the person alone.
func (a *answerer) reply(ctx context.Context, m bot.Message) error {
	m = a.l.named(ctx, a.i.Guild, m)
	c := composer{listens: true, private: true}
	for _, p := range c.messages(&m, false) {
		p.Flags |= onlyOneSees
		if err := a.show(ctx, p); err != nil {
			return fmt.Errorf("replying in Discord: %w", err)
		}
	}
	return nil
}

// show shows one payload: in the place of what was deferred, or after that.
func (a *answerer) show(ctx context.Context, p payload) error {
	if err := a.acknowledge(ctx, response{showing, p}); err != nil {
		return err
	}
	a.mu.Lock()
	first, instead := !a.filled, a.acked == deferred
	shown := a.acked == showing
	a.filled = true
	a.mu.Unlock()
	switch {
	case first && shown:
		return nil
	case first && instead:
		p.Flags &^= onlyOneSees // as it was deferred
		return bot.Again(ctx, isDoubt, func(ctx context.Context) error {
			return a.l.Adapter.hook(ctx, "PATCH", a.hooks()+"/messages/@original", p, nil)
		})
	}
	return bot.Again(ctx, nil, func(ctx context.Context) error { return a.l.Adapter.hook(ctx, "POST", a.hooks(), p, nil) })
}

// end takes away that an answer is awaited, where none was for the person alone; it
// is called when the request is handled. Until then, what waits for a form is
// acknowledged in time.
func (a *answerer) end(ctx context.Context) (handled func()) {
	timer := time.AfterFunc(time.Until(timeOf(a.i.ID).Add(formsWithin)), func() { a.wait(ctx) })
	return func() {
		timer.Stop()
		a.wait(ctx)
		a.mu.Lock()
		unanswered := a.acked == deferred && !a.filled
		a.mu.Unlock()
		if !unanswered {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, looking)
		defer cancel()
		err := bot.Again(ctx, isDoubt, func(ctx context.Context) error {
			return a.l.Adapter.hook(ctx, "DELETE", a.hooks()+"/messages/@original", nil, nil)
		})
		if err != nil && !isRefusal(err, unknownMessage, unknownWebhook) {
			a.l.Log.Warn("taking away that attache answers", "error", err)
		}
	}
}

// wait acknowledges what was not yet.
func (a *answerer) wait(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, acknowledging)
	defer cancel()
	if err := a.acknowledge(ctx, a.deferral()); err != nil {
		a.l.Log.Warn("acknowledging an interaction of Discord", "error", err)
	}
}

// ask has the person fill in the settings of a desk.
func (a *answerer) ask(ctx context.Context, f bot.Form) error {
	a.mu.Lock()
	late := a.acked != 0
	a.mu.Unlock()
	if late {
		return fmt.Errorf("the form was ready too late for Discord")
	}
	return a.acknowledge(ctx, response{formShown, settingsForm(f)})
}

// tooMuch is told where nothing more is taken.
func tooMuch() bot.Message {
	return bot.Message{Zone: "UTC", Blocks: []bot.Block{{Kind: bot.Item, Lines: []bot.Line{{Kind: bot.Counted, Text: "Not answered: too much is asked at once. Try again in a minute."}}}}}
}
