package slack

import (
	"context"
	"strings"

	api "github.com/slack-go/slack"

	"attache/bot"
)

// pageSize is how many of a list are asked for at once:
// https://docs.slack.dev/apis/web-api/pagination
const pageSize = 200

// channel is the id of a place's channel. What a name stands for is asked once.
func (a *Adapter) channel(ctx context.Context, p bot.Place) (id string, err error) {
	if !strings.HasPrefix(p.Channel, "#") {
		return p.Channel, nil
	}
	a.mu.Lock()
	id = a.channels[p.Channel]
	a.mu.Unlock()
	if id != "" {
		return id, nil
	}
	found, err := a.member(ctx, p.Channel[1:])
	if err != nil {
		return "", err
	}
	if found == nil {
		return "", &refusal{code: "not_in_channel"}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.channels == nil {
		a.channels = map[string]string{}
	}
	a.channels[p.Channel] = found.ID
	return found.ID, nil
}

// forget asks anew what a name stands for.
func (a *Adapter) forget(p bot.Place) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.channels, p.Channel)
}

// member is the channel of that name that attache is in; nil for none. One that is
// archived may have lost its name to another.
func (a *Adapter) member(ctx context.Context, name string) (found *api.Channel, err error) {
	q := &api.GetConversationsForUserParameters{Types: []string{"public_channel", "private_channel"}, Limit: pageSize}
	for {
		var page []api.Channel
		err := a.call(ctx, func(ctx context.Context, c *api.Client) (err error) {
			page, q.Cursor, err = c.GetConversationsForUserContext(ctx, q)
			return err
		})
		if err != nil {
			return nil, err
		}
		for i := range page {
			if strings.EqualFold(page[i].Name, name) && (found == nil || found.IsArchived) {
				found = &page[i]
			}
		}
		if q.Cursor == "" {
			return found, nil
		}
	}
}
