package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/ask"
)

// Handler does what people ask of attache, wherever they do. It is safe for
// concurrent use, and replicas may have the same archive: a request is handled
// once.
type Handler struct {
	Archive   *archive.Archive
	Engine    *ask.Engine
	Theme     func(id string) string // the name of a theme; nil: its id
	Desks     *Desks                 // nil: there are none
	Publisher *Publisher             // plans what everyone reads; nil: all goes to the asker alone
	Builder   *digest.Builder        // of previews
	Indexer   *digest.Indexer        // understands anew what reports say nothing of any more
	Operator  string                 // who looks after attache; may be empty
	Limits    Limits
	Log       *slog.Logger
	Now       func() time.Time // nil: time.Now
	Then      bool             // Now is another time than the present

	names nameCache
	turns turns
}

// How long a request may take, and how long its failure may take to be told.
const (
	patience = 10 * time.Second
	telling  = 5 * time.Second
)

// tries is how often a request is handled anew as its conversation went on, or the
// stories that it judges changed, meanwhile.
const tries = 8

// outcome is what a request comes to: what is kept of it in one transaction, and
// what is said to the person alone once that is kept.
type outcome struct {
	archive.Settled
	say  *Message
	open *Message // shown to all where the place is unreachable, instead of a delivery
	ask  *Form    // for the person alone, where there are forms; then nothing is said
}

// Handle does what a request asks for: what everyone reads is planned as a
// delivery, what is for the person alone is shown by the request's Reply. A
// failure is told to the person too, under a code that is in the log. The error is
// the platform's, or that ctx ended.
func (h *Handler) Handle(ctx context.Context, r Request) error {
	o, err := h.within(ctx, r)
	say, open := o.say, o.open
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return fmt.Errorf("handling %s: %w", r.ID, errors.Join(ctx.Err(), err))
	case r.Kind != Invoked && r.Kind != Pressed && !r.Addressed:
		return fmt.Errorf("handling %s, which asked nothing of attache: %w", r.ID, err)
	default:
		m := h.fail(r, err)
		say = &m
	}
	ctx, cancel := context.WithTimeout(ctx, telling)
	defer cancel()
	if open != nil {
		if err := r.Share(ctx, *open); err != nil {
			m := h.fail(r, fmt.Errorf("sharing: %w", err))
			say = &m
		}
	}
	if o.ask != nil && r.Ask != nil && err == nil {
		err := r.Ask(ctx, *o.ask)
		if err == nil {
			return nil
		}
		h.Log.Warn("a form can't be shown, and is said in words", "request", r.ID, "error", err)
	}
	if say == nil || r.Reply == nil {
		return nil
	}
	if err := r.Reply(ctx, *say); err != nil {
		return fmt.Errorf("replying to %s: %w", r.ID, err)
	}
	return nil
}

// within handles a request in the time that it has. A panic is an error of it.
func (h *Handler) within(ctx context.Context, r Request) (o outcome, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if r.Thread != "" || r.Alone {
		defer h.turns.take(ctx, place(r)+" "+r.Thread)()
	}
	for try := range tries {
		if try > 0 {
			breathe(ctx)
		}
		o, err = h.handle(ctx, r)
		if err != nil {
			return outcome{}, err
		}
		err = h.settle(ctx, o)
		if errors.Is(err, archive.ErrHandled) {
			return outcome{}, nil
		}
		if !changedMeanwhile(err) {
			return o, err
		}
	}
	return outcome{}, err
}

// changedMeanwhile reports whether a request is to be handled anew, as what it was
// handled by is so no longer.
func changedMeanwhile(err error) bool {
	return errors.Is(err, archive.ErrConversationChanged) || errors.Is(err, archive.ErrStoriesChanged) || errors.Is(err, archive.ErrTooMany)
}

// breathe waits a moment, by chance, so that two replicas don't meet again.
func breathe(ctx context.Context) {
	select {
	case <-time.After(rand.N(30 * time.Millisecond)):
	case <-ctx.Done():
	}
}

// settle keeps what became of a request, where there is something to keep.
func (h *Handler) settle(ctx context.Context, o outcome) error {
	s := o.Settled
	if s.Request == "" && len(s.Conversations)+len(s.Deliveries)+len(s.Changes)+len(s.Withdraw) == 0 {
		return nil
	}
	if err := h.Archive.Settle(ctx, s); err != nil || len(s.Lifted) == 0 {
		return err
	}
	if err := h.Indexer.Anew(ctx); err != nil { // whoever indexes next does
		h.Log.Warn("what a lifted report was about could not be understood anew", "request", s.Request, "error", err)
	}
	return nil
}

// handle works out what a request comes to.
func (h *Handler) handle(ctx context.Context, r Request) (outcome, error) {
	switch r.Kind {
	case Deleted:
		return h.deleted(ctx, r)
	case Edited:
		return outcome{}, nil // what was asked is answered; or it wasn't asked
	}
	seen, err := h.Archive.Handled(ctx, r.ID)
	if err != nil || seen {
		return outcome{}, err
	}
	switch r.Kind {
	case Invoked:
		return h.ifAllowed(ctx, r, h.invoked)
	case Said:
		return h.said(ctx, r)
	case Pressed:
		return h.ifAllowed(ctx, r, h.pressed)
	case Joined:
		return h.joined(ctx, r)
	}
	return outcome{}, fmt.Errorf("a request of kind %q is none", r.Kind)
}

func (h *Handler) now() time.Time {
	if h.Now == nil {
		return time.Now()
	}
	return h.Now()
}

func (h *Handler) converser() *Converser {
	c := &Converser{Archive: h.Archive, Engine: h.Engine, Theme: h.Theme}
	if c.Theme == nil {
		c.Theme = func(id string) string { return id }
	}
	return c
}

// place is where a request is made, as the archive counts it.
func place(r Request) string { return r.Place.String() }

// line is a message of one counted line.
func line(zone *time.Location, text string, actions ...Action) Message {
	return Message{Notice: text, Zone: cmp.Or(zone, time.UTC).String(), Blocks: []Block{said(text)}, Actions: actions}
}

// turns lets the requests of one thread be handled one after the other in this
// process: each would find that the conversation went on.
type turns struct {
	mu   sync.Mutex
	each map[string]*turn
}

type turn struct {
	free  chan struct{} // has room while nobody has the turn
	users int
}

// take waits for the turn in a thread, and returns how to end it. Where ctx ends
// before, the request goes on to see that by itself.
func (t *turns) take(ctx context.Context, thread string) (done func()) {
	t.mu.Lock()
	if t.each == nil {
		t.each = map[string]*turn{}
	}
	one := t.each[thread]
	if one == nil {
		one = &turn{free: make(chan struct{}, 1)}
		t.each[thread] = one
	}
	one.users++
	t.mu.Unlock()
	taken := false
	select {
	case one.free <- struct{}{}:
		taken = true
	case <-ctx.Done():
	}
	return func() {
		if taken {
			<-one.free
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		if one.users--; one.users == 0 {
			delete(t.each, thread)
		}
	}
}
