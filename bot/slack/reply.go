package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	api "github.com/slack-go/slack"

	"attache/bot"
)

// mostResponses is how often a response_url may be used, within half an hour:
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
const mostResponses = 5

// answerer answers one request. The response_url stays in it.
type answerer struct {
	l     *Listener
	heard heard
	at    where

	mu   sync.Mutex
	used int // of the response_url
}

// reply shows a message to the person alone.
func (a *answerer) reply(ctx context.Context, m bot.Message) error {
	m = a.l.named(ctx, m)
	for _, p := range messages(&m, notice(&m), false) {
		if err := a.show(ctx, p); err != nil {
			return fmt.Errorf("replying in Slack: %w", err)
		}
	}
	return nil
}

// show shows one payload: in a direct message as any other, to a command by its
// response_url, and to what was said or pressed in its thread.
func (a *answerer) show(ctx context.Context, p payload) error {
	data, err := bot.Encode(p)
	if err != nil {
		return err
	}
	switch {
	case a.at.direct:
		_, err := a.direct(ctx, data)
		return err
	case a.heard.respond != "" && (a.heard.kind == bot.Invoked || !a.at.inside):
		return a.respond(ctx, data, "ephemeral")
	}
	return a.post(ctx, data, func(ctx context.Context, c *api.Client, options []api.MsgOption) error {
		_, err := c.PostEphemeralContext(ctx, a.heard.channel, a.heard.user, options...)
		return err
	})
}

// direct posts a payload to a person who is alone with attache.
func (a *answerer) direct(ctx context.Context, data json.RawMessage) (ts string, err error) {
	err = a.post(ctx, data, func(ctx context.Context, c *api.Client, options []api.MsgOption) (err error) {
		_, ts, err = c.PostMessageContext(ctx, a.heard.channel, options...)
		return err
	})
	return ts, err
}

// post makes a call of the Web API with a payload.
func (a *answerer) post(ctx context.Context, data json.RawMessage, do func(context.Context, *api.Client, []api.MsgOption) error) error {
	options, err := content(data)
	if err != nil {
		return err
	}
	if a.heard.thread != "" {
		options = append(options, api.MsgOptionTS(a.heard.thread))
	}
	return bot.Again(ctx, nil, func(ctx context.Context) error {
		return a.l.Adapter.call(ctx, func(ctx context.Context, c *api.Client) error { return do(ctx, c, options) })
	})
}

// share shows a message to all in a channel that attache isn't in.
func (a *answerer) share(ctx context.Context, m bot.Message) error {
	for _, p := range messages(&m, notice(&m), false) {
		data, err := bot.Encode(p)
		if err != nil {
			return err
		}
		if err := a.respond(ctx, data, "in_channel"); err != nil {
			return fmt.Errorf("sharing in Slack: %w", err)
		}
	}
	return nil
}

// respond posts to the response_url. Its errors don't have that in them.
func (a *answerer) respond(ctx context.Context, data json.RawMessage, kind string) error {
	a.mu.Lock()
	a.used++
	full := a.used > mostResponses
	a.mu.Unlock()
	if full {
		return errors.New("Slack takes no further answer to this") //nolint:staticcheck // a name
	}
	var fields map[string]any
	if err := json.Unmarshal(data, &fields); err != nil {
		return fmt.Errorf("the answer: %w", err)
	}
	fields["response_type"], fields["replace_original"], fields["delete_original"] = kind, false, false
	body, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("the answer: %w", err)
	}
	if !a.l.safe(a.heard.respond) {
		return errors.New("the address for answers is none of Slack's")
	}
	return bot.Again(ctx, nil, func(ctx context.Context) error { return a.l.send(ctx, a.heard.respond, body) })
}

// safe reports whether an address for answers may be one of Slack's.
func (l *Listener) safe(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if own, err := url.Parse(l.Adapter.URL); err == nil && own.Host != "" && u.Host == own.Host && u.Scheme == own.Scheme {
		return true
	}
	return u.Scheme == "https" && (u.Hostname() == "slack.com" || strings.HasSuffix(u.Hostname(), ".slack.com") || strings.HasSuffix(u.Hostname(), ".slack-gov.com"))
}

func (l *Listener) send(ctx context.Context, address string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return errors.New("the address for answers is none")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	res, err := bot.Straight(l.Adapter.Client).Do(req)
	if err != nil {
		return fmt.Errorf("answering by the address of the command: %w", bot.Hide(err))
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16)) // so that the connection is used again
	switch {
	case res.StatusCode == http.StatusTooManyRequests:
		return &bot.RetryError{After: time.Second, Err: errors.New("it asks to wait (ratelimited)")}
	case res.StatusCode/100 != 2:
		return fmt.Errorf("answering by the address of the command: it answers %s", res.Status)
	}
	return nil
}
