package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	api "github.com/slack-go/slack"

	"attache/bot"
)

// skew is how far Slack's clock may be behind the archive's.
const skew = 10 * time.Minute

// Find looks for a message by its mark: a root in the channel's history, a reply in
// its thread. Where attache may not read these, it can't tell.
func (a *Adapter) Find(ctx context.Context, p bot.Post) (found bot.Finding, id string, err error) {
	found, id, err = a.find(ctx, p)
	if isRefusal(err, "missing_scope", "no_permission", "access_denied", "not_in_channel", "channel_not_found", "not_allowed_token_type") {
		return bot.CannotTell, "", nil
	}
	if err != nil {
		return bot.CannotTell, "", fmt.Errorf("looking in %s: %w", p.Place, told(err, p.Place))
	}
	return found, id, nil
}

// told is an error with what to do about it.
func told(err error, p bot.Place) error {
	var refused *refusal
	if !errors.As(err, &refused) {
		return err
	}
	what, remedy := refused.why(p)
	return fmt.Errorf("%s (%s). %s", what, refused.code, remedy)
}

func (a *Adapter) find(ctx context.Context, p bot.Post) (bot.Finding, string, error) {
	channel, thread, err := a.where(ctx, p)
	if err != nil {
		return bot.CannotTell, "", err
	}
	if thread == "" {
		return a.look(ctx, a.history(channel, p.Planned), channel, p.Key)
	}
	found, id, err := a.look(ctx, a.replies(channel, thread, p.Planned), channel, p.Key)
	if isRefusal(err, "thread_not_found") { // a reply whose root is gone stands in the channel
		return a.look(ctx, a.history(channel, p.Planned), channel, p.Key)
	}
	return found, id, err
}

// pages gives the messages of one page, and where the next one begins.
type pages func(ctx context.Context, cursor string) (messages []api.Message, next string, err error)

func (a *Adapter) history(channel string, since time.Time) pages {
	return func(ctx context.Context, cursor string) (messages []api.Message, next string, err error) {
		err = a.call(ctx, func(ctx context.Context, c *api.Client) error {
			page, err := c.GetConversationHistoryContext(ctx, &api.GetConversationHistoryParameters{
				ChannelID: channel, Oldest: oldest(since), Inclusive: true, IncludeAllMetadata: true, Limit: pageSize, Cursor: cursor,
			})
			if err != nil {
				return err
			}
			messages, next = page.Messages, page.ResponseMetaData.NextCursor
			return nil
		})
		return messages, next, err
	}
}

func (a *Adapter) replies(channel, thread string, since time.Time) pages {
	return func(ctx context.Context, cursor string) (messages []api.Message, next string, err error) {
		err = a.call(ctx, func(ctx context.Context, c *api.Client) (err error) {
			messages, _, next, err = c.GetConversationRepliesContext(ctx, &api.GetConversationRepliesParameters{
				ChannelID: channel, Timestamp: thread, Oldest: oldest(since), Inclusive: true, IncludeAllMetadata: true, Limit: pageSize, Cursor: cursor,
			})
			return err
		})
		return messages, next, err
	}
}

// oldest is what a message's id is not less than that was posted since.
func oldest(since time.Time) string {
	if since.IsZero() {
		return ""
	}
	since = since.Add(-skew)
	return fmt.Sprintf("%d.%06d", since.Unix(), since.Nanosecond()/1000)
}

// look goes through all pages.
func (a *Adapter) look(ctx context.Context, of pages, channel, key string) (bot.Finding, string, error) {
	want := mark(key)
	for cursor := ""; ; {
		messages, next, err := of(ctx, cursor)
		if err != nil {
			return bot.CannotTell, "", err
		}
		for i := range messages {
			if m := &messages[i]; m.Metadata.EventType == markEvent && m.Metadata.EventPayload[markField] == want {
				return bot.There, channel + "/" + m.Timestamp, nil
			}
		}
		if next == "" {
			return bot.NotThere, "", nil
		}
		cursor = next
	}
}

// Withdraw deletes a message.
func (a *Adapter) Withdraw(ctx context.Context, p bot.Place, id string) error {
	channel, ts, err := parts(id)
	if err != nil {
		return fmt.Errorf("withdrawing from %s: %w", p, &bot.RefusedError{Err: err})
	}
	err = a.call(ctx, func(ctx context.Context, c *api.Client) error {
		_, _, err := c.DeleteMessageContext(ctx, channel, ts)
		return err
	})
	var refused *refusal
	switch {
	case err == nil, isRefusal(err, "message_not_found"):
		return nil
	case errors.As(err, &refused):
		if err = refused.post(bot.Post{Place: p}); refused.code == "cant_delete_message" {
			err = &bot.RefusedError{Err: fmt.Errorf("attache may not delete it (%s). Delete it in Slack", refused.code)}
		}
	}
	return fmt.Errorf("withdrawing from %s: %w", p, err)
}
