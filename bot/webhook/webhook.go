// Package webhook posts messages to receivers of the team's own: a signed POST of
// JSON for each message, once.
//
// Begin with [Adapter]. What a receiver gets and what it is to answer is told in
// docs/webhook.md.
package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"attache/bot"
)

// Receiver is what takes messages.
type Receiver struct {
	URL        string
	Secret     string // signs what is sent
	Repeatable bool   // it drops a message whose key it has; without, it offers a look-up
}

// Adapter posts to receivers. It is a [bot.Adapter].
type Adapter struct {
	Client    *http.Client        // guards which addresses are dialled
	Receivers map[string]Receiver // by the channel of their places
	Now       func() time.Time    // for signatures; nil is time.Now
}

// body is what a receiver gets.
type body struct {
	Version int             `json:"version"`
	Key     string          `json:"key"`             // the message's own, the same however often it comes
	Place   string          `json:"place"`           // "webhook:site"
	Under   string          `json:"under,omitempty"` // the receiver's id of the message that it goes under
	Message json.RawMessage `json:"message"`
}

// version is that of body: it changes when a receiver has to.
const version = 1

// Post makes one attempt. What the receiver answers without an id is known by its
// key.
func (a *Adapter) Post(ctx context.Context, p bot.Post) (id string, err error) {
	to, err := a.receiver(p.Place)
	if err != nil {
		return "", &bot.RetryError{Err: err}
	}
	data, err := json.Marshal(body{version, p.Key, p.Place.String(), p.Under, p.Payload})
	if err != nil {
		return "", &bot.RefusedError{Err: fmt.Errorf("the message is no JSON: %w", err)}
	}
	answer, err := a.send(ctx, to, request{method: http.MethodPost, address: to.URL, body: data, signed: string(data), key: p.Key})
	if err != nil {
		return "", fmt.Errorf("posting to %s: %w", p.Place, err)
	}
	id, err = answer.taken(a.now())
	if err != nil {
		return "", fmt.Errorf("posting to %s: %w", p.Place, err)
	}
	if id == "" {
		id = p.Key
	}
	return id, nil
}

// Find looks a message up, unless the receiver takes it again without harm. A
// receiver that offers no look-up can't tell.
func (a *Adapter) Find(ctx context.Context, p bot.Post) (found bot.Finding, id string, err error) {
	to, err := a.receiver(p.Place)
	if err != nil {
		return bot.CannotTell, "", err
	}
	if to.Repeatable {
		return bot.Repeatable, "", nil
	}
	answer, err := a.ask(ctx, to, http.MethodGet, "key", p.Key)
	if err != nil {
		return bot.CannotTell, "", fmt.Errorf("looking in %s: %w", p.Place, err)
	}
	found, id, err = answer.found()
	if err != nil {
		return bot.CannotTell, "", fmt.Errorf("looking in %s: %w", p.Place, err)
	}
	if found == bot.There && id == "" {
		id = p.Key
	}
	return found, id, nil
}

// Withdraw has the receiver delete a message.
func (a *Adapter) Withdraw(ctx context.Context, place bot.Place, id string) error {
	to, err := a.receiver(place)
	if err != nil {
		return err
	}
	answer, err := a.ask(ctx, to, http.MethodDelete, "id", id)
	if err == nil {
		err = answer.gone()
	}
	if err != nil {
		return fmt.Errorf("withdrawing from %s: %w", place, err)
	}
	return nil
}

func (a *Adapter) receiver(p bot.Place) (Receiver, error) {
	to, ok := a.Receivers[p.Channel]
	if !ok || p.Workspace != "" {
		return Receiver{}, fmt.Errorf("no webhook is called %q: add it to webhooks in the config, or drop this delivery", p.Channel)
	}
	return to, nil
}

// ask sends a request without a body that names a message.
func (a *Adapter) ask(ctx context.Context, to Receiver, method, name, value string) (*answer, error) {
	u, err := url.Parse(to.URL)
	if err != nil {
		return nil, errAddress
	}
	query := u.Query()
	query.Set(name, value)
	u.RawQuery = query.Encode()
	return a.send(ctx, to, request{method: method, address: u.String(), signed: method + " " + value})
}

func (a *Adapter) now() time.Time {
	if a.Now == nil {
		return time.Now()
	}
	return a.Now()
}

// errAddress doesn't repeat the address: there may be a token in it.
var errAddress = errors.New("its url is no address")
