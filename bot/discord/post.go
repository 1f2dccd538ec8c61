package discord

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"attache/bot"
)

// Post makes one attempt. The id is that of the channel and the message's own,
// "1234567890/2345678901"; of a post in a forum, that of the forum and the thread.
func (a *Adapter) Post(ctx context.Context, p bot.Post) (id string, err error) {
	id, err = a.post(ctx, p)
	var retry *bot.RetryError
	var refused *refusal
	if !errors.As(err, &retry) && errors.As(err, &refused) {
		err = refused.post()
	}
	if err != nil {
		return "", fmt.Errorf("posting to %s: %w", p.Place, err)
	}
	return id, nil
}

func (a *Adapter) post(ctx context.Context, p bot.Post) (id string, err error) {
	var of planned
	if err := json.Unmarshal(p.Payload, &of); err != nil {
		return "", &bot.RefusedError{Err: fmt.Errorf("the message is not one for Discord: %w", err)}
	}
	mark := markOf(p.Key)
	of.Message.mark(mark)
	at, thread, err := a.where(ctx, p)
	if err != nil {
		return "", notSent(err)
	}
	if err := a.pace.Turn(ctx, cmp.Or(thread, at.ID), a.Pace); err != nil {
		return "", err
	}
	switch {
	case thread != "":
		id, err = a.underPost(ctx, at, thread, of, mark)
	case at.isForum():
		id, err = a.begin(ctx, at, of)
	default:
		id, err = a.create(ctx, at.ID, of.Message, mark)
	}
	a.learn(at.ID, thread, err)
	if err == nil && of.Edition {
		a.publish(ctx, at, id)
	}
	return id, err
}

// where is the channel of a post, and the thread in it.
func (a *Adapter) where(ctx context.Context, p bot.Post) (at place, thread string, err error) {
	channel := p.Place.Channel
	if p.Under != "" {
		if channel, thread, err = idParts(p.Under); err != nil {
			return at, "", &bot.RefusedError{Err: err}
		}
	}
	at, err = a.place(ctx, channel)
	switch {
	case at.Kind == directChannel: // where there are no threads
		thread = ""
	case at.isThread() && thread != "": // under what stands in a thread itself
		thread = at.ID
	}
	return at, thread, err
}

// created is what Discord says of what it made: its id.
type created struct {
	ID string `json:"id"`
}

// create posts a message. The nonce lets Discord drop what it got a moment ago.
func (a *Adapter) create(ctx context.Context, channel string, m payload, mark string) (id string, err error) {
	m.Nonce, m.EnforceNonce = mark, true
	var made created
	if err := a.call(ctx, "POST", "/channels/"+channel+"/messages", m, &made); err != nil {
		return "", err
	}
	if made.ID == "" {
		return "", errors.New("it answers without the message's id")
	}
	return channel + "/" + made.ID, nil
}

// begin posts a message that a thread of a forum begins with. There Discord takes no
// nonce.
func (a *Adapter) begin(ctx context.Context, forum place, of planned) (id string, err error) {
	body := struct {
		Name    string   `json:"name"`
		Life    int      `json:"auto_archive_duration"`
		Tags    []string `json:"applied_tags,omitempty"`
		Message payload  `json:"message"`
	}{Name: of.Thread, Life: threadLife, Message: of.Message}
	if forum.Flags&requiresTags != 0 && len(forum.Tags) > 0 {
		body.Tags = []string{forum.Tags[0].ID}
	}
	var made created
	if err := a.call(ctx, "POST", "/channels/"+forum.ID+"/threads", body, &made); err != nil {
		return "", err
	}
	if made.ID == "" {
		return "", errors.New("it answers without the thread's id")
	}
	return forum.ID + "/" + made.ID, nil
}

// underPost posts into the thread that a message has, and opens it where that is
// still to be done, or was done and archived.
func (a *Adapter) underPost(ctx context.Context, at place, thread string, of planned, mark string) (id string, err error) {
	id, err = a.create(ctx, thread, of.Message, mark)
	switch {
	case isRefusal(err, unknownChannel) && !at.isForum() && !at.isThread():
		err = a.openThread(ctx, at.ID, thread, of.Thread)
	case isRefusal(err, archivedThread):
		err = a.reopen(ctx, thread)
	default:
		return id, err
	}
	if err != nil {
		return "", err
	}
	return a.create(ctx, thread, of.Message, mark)
}

// openThread opens the thread of a message, which has that message's id. It may be
// open already.
func (a *Adapter) openThread(ctx context.Context, channel, message, name string) error {
	body := map[string]any{"name": name, "auto_archive_duration": threadLife}
	err := a.call(ctx, "POST", "/channels/"+channel+"/messages/"+message+"/threads", body, nil)
	if isRefusal(err, threadExists) {
		return nil
	}
	return certain(err)
}

// reopen takes a thread out of the archive.
func (a *Adapter) reopen(ctx context.Context, thread string) error {
	return certain(a.call(ctx, "PATCH", "/channels/"+thread, map[string]any{"archived": false}, nil))
}

// certain is an error of a call before the post: what Discord says no to is told by
// who posts.
func certain(err error) error {
	var refused *refusal
	if errors.As(err, &refused) {
		return err
	}
	return bot.Unposted(err)
}

// notSent is an error before anything was posted.
func notSent(err error) error {
	var refused *refusal
	if errors.As(err, &refused) {
		err = refused.post()
	}
	return certain(err)
}

// publish hands a message in an announcement channel to the channels that follow it,
// where that is wished. The message stands all the same where it fails: Discord
// allows about ten an hour.
func (a *Adapter) publish(ctx context.Context, at place, id string) {
	_, message, err := idParts(id)
	if err != nil || !a.Publish || at.Kind != announcements {
		return
	}
	_ = a.call(ctx, "POST", "/channels/"+at.ID+"/messages/"+message+"/crosspost", nil, nil) // whoever follows the channel sees it there
}

// learn keeps what an answer says of what comes next.
func (a *Adapter) learn(channel, thread string, err error) {
	var wait *bot.RetryError
	var l *limited
	switch {
	case errors.As(err, &l) && errors.As(err, &wait) && wait.After > 0:
		at := cmp.Or(thread, channel)
		if l.global {
			at = ""
		}
		a.pace.Wait(at, wait.After)
	case isRefusal(err, unknownChannel, noAccess, noPermission, tagRequired):
		a.places.forget(channel)
		a.servers.clear()
	}
}

// markOf is what a message is found again by: its key, as short as a nonce has to be.
func markOf(key string) string {
	const enough = 15
	sum := sha256.Sum256([]byte(key))
	return base64.RawURLEncoding.EncodeToString(sum[:enough])
}

// idParts reads an id.
func idParts(id string) (channel, message string, err error) {
	channel, message, ok := strings.Cut(id, "/")
	if !ok || !isNumber(channel) || !isNumber(message) {
		return "", "", fmt.Errorf("%q is no message of Discord: expected a channel and a message, as in 1234567890/2345678901", id)
	}
	return channel, message, nil
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// epoch is when Discord's ids begin:
// https://discord.com/developers/docs/reference#snowflakes
const epoch = 1420070400000

// timeOf is when the thing of an id came to be; zero where it is no id.
func timeOf(id string) time.Time {
	n, err := strconv.ParseUint(id, 10, 63)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + epoch).UTC() //nolint:gosec // 41 bits
}

// firstID is one that nothing has that came to be at a time, or later.
func firstID(t time.Time) string {
	return strconv.FormatInt(max(t.UnixMilli()-epoch, 0)<<22, 10)
}
