package slack

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	api "github.com/slack-go/slack"

	"attache/bot"
)

// The mark of a message is in its metadata.
const (
	markEvent = "attache_part"
	markField = "key"
)

// Post makes one attempt. The id is that of the channel and the message's own,
// "C0123ABCD/1764055800.000100".
func (a *Adapter) Post(ctx context.Context, p bot.Post) (id string, err error) {
	id, err = a.post(ctx, p)
	var retry *bot.RetryError
	var refused *refusal
	if !errors.As(err, &retry) && errors.As(err, &refused) {
		err = refused.post(p)
	}
	if err != nil {
		return "", fmt.Errorf("posting to %s: %w", p.Place, err)
	}
	return id, nil
}

func (a *Adapter) post(ctx context.Context, p bot.Post) (id string, err error) {
	options, err := options(p)
	if err != nil {
		return "", &bot.RefusedError{Err: err}
	}
	channel, thread, err := a.where(ctx, p)
	if err != nil {
		return "", notSent(p, err)
	}
	if thread != "" {
		options = append(options, api.MsgOptionTS(thread))
	}
	// https://docs.slack.dev/apis/web-api/rate-limits: about one a second
	if err := a.pace.Turn(ctx, channel, a.Pace); err != nil {
		return "", err
	}
	var in, ts string
	var posted api.Message
	err = a.call(ctx, func(ctx context.Context, c *api.Client) (err error) {
		in, ts, posted, err = c.PostMessageWithResponseContext(ctx, channel, options...)
		return err
	})
	a.learn(p.Place, err)
	if err != nil {
		return "", err
	}
	if ts == "" {
		return "", errors.New("it answers without the message's id")
	}
	id = cmp.Or(in, channel) + "/" + ts
	if thread != "" && posted.Timestamp != "" && posted.ThreadTimestamp != thread {
		return "", a.orphan(ctx, p.Place, id)
	}
	return id, nil
}

// where is the channel of a post, and the message that it goes under. A reply is
// where that message is, whatever the place's name stands for by now.
func (a *Adapter) where(ctx context.Context, p bot.Post) (channel, thread string, err error) {
	if p.Under == "" {
		channel, err = a.channel(ctx, p.Place)
		return channel, "", err
	}
	if channel, thread, err = parts(p.Under); err != nil {
		err = &bot.RefusedError{Err: err}
	}
	return channel, thread, err
}

// options are what chat.postMessage is given, wherever it goes.
func options(p bot.Post) ([]api.MsgOption, error) {
	all, err := content(p.Payload)
	return append(all, api.MsgOptionMetadata(api.SlackMetadata{EventType: markEvent, EventPayload: map[string]any{markField: mark(p.Key)}})), err
}

// content is what a message says.
func content(payload json.RawMessage) (all []api.MsgOption, err error) {
	var of struct {
		Text   string     `json:"text"`
		Blocks []rawBlock `json:"blocks"`
	}
	if err := json.Unmarshal(payload, &of); err != nil {
		return nil, fmt.Errorf("the message is not one for Slack: %w", err)
	}
	all = []api.MsgOption{api.MsgOptionText(of.Text, false), api.MsgOptionDisableLinkUnfurl(), api.MsgOptionDisableMediaUnfurl()}
	if len(of.Blocks) > 0 {
		blocks := make([]api.Block, len(of.Blocks))
		for i, b := range of.Blocks {
			blocks[i] = b
		}
		all = append(all, api.MsgOptionBlocks(blocks...))
	}
	return all, nil
}

// rawBlock goes out as it was planned.
type rawBlock struct{ json.RawMessage }

func (rawBlock) BlockType() api.MessageBlockType { return "" }
func (rawBlock) ID() string                      { return "" }

// mark is what a message is found again by: its key, in signs that nobody changes
// on the way.
func mark(key string) string {
	const most = 1000
	var b strings.Builder
	for _, c := range []byte(key) {
		if c < ' ' || c > '~' || c == '%' {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	if b.Len() <= most {
		return b.String()
	}
	sum := sha256.Sum256([]byte(key))
	return "sha256 " + hex.EncodeToString(sum[:])
}

// parts reads an id.
func parts(id string) (channel, ts string, err error) {
	channel, ts, ok := strings.Cut(id, "/")
	if !ok || channel == "" || ts == "" {
		return "", "", fmt.Errorf("%q is no message of Slack: expected a channel and a message, as in C0123ABCD/1764055800.000100", id)
	}
	return channel, ts, nil
}

// notSent is an error before anything was posted.
func notSent(p bot.Post, err error) error {
	var refused *refusal
	if errors.As(err, &refused) {
		err = refused.post(p)
	}
	return bot.Unposted(err)
}

// learn keeps what an answer says of what comes next.
func (a *Adapter) learn(p bot.Place, err error) {
	var wait *bot.RetryError
	switch {
	case errors.As(err, &wait) && wait.After > 0:
		a.pace.Wait("", wait.After)
	case isRefusal(err, "channel_not_found"):
		a.forget(p)
	}
}

// orphan takes back a reply that Slack set into the channel, as what it goes under
// was deleted.
func (a *Adapter) orphan(ctx context.Context, p bot.Place, id string) error {
	text := "the message that it goes under was deleted, so it would stand alone in the channel, and was taken back"
	if err := a.Withdraw(ctx, p, id); err != nil {
		text = "the message that it goes under was deleted, so it stands alone in the channel as " + id
	}
	return &bot.RefusedError{Err: errors.New(text + ". Retry the edition's first message, or drop this one")}
}
