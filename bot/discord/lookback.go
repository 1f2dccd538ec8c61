package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// How far back what was missed is looked for, and how much of it.
const (
	farthestBack = time.Hour
	mostPages    = 5 // of a channel
)

// lookBack handles what was said while nobody heard: in the channels and threads that
// attache sees, and in which something was said since. What was handled is not handled
// again. What people pressed or invoked meanwhile Discord has told them was not heard.
func (l *Listener) lookBack(ctx context.Context, since time.Time) {
	const grace = 30 * time.Second
	since = since.Add(-grace)
	if far := time.Now().Add(-farthestBack); since.Before(far) {
		since = far
	}
	guilds, err := l.guilds(ctx)
	if err != nil {
		l.Log.Warn("looking for what was said while nobody heard", "error", err)
		return
	}
	for _, g := range guilds {
		if err := l.lookBackIn(ctx, g, since); err != nil && ctx.Err() == nil {
			l.Log.Warn("looking for what was said while nobody heard", "server", g, "error", err)
		}
	}
}

// spoken is a channel, and the last that was said in it.
type spoken struct {
	ID   string `json:"id"`
	Last string `json:"last_message_id"`
}

func (l *Listener) lookBackIn(ctx context.Context, guild string, since time.Time) error {
	var channels []spoken
	if err := l.Adapter.call(ctx, "GET", "/guilds/"+guild+"/channels", nil, &channels); err != nil {
		return err
	}
	var active struct {
		Threads []spoken `json:"threads"`
	}
	if err := l.Adapter.call(ctx, "GET", "/guilds/"+guild+"/threads/active", nil, &active); err != nil {
		return err
	}
	first := firstID(since)
	for _, c := range append(channels, active.Threads...) {
		if c.Last == "" || !later(c.Last, first) {
			continue
		}
		may, _, err := l.Adapter.permissions(ctx, c.ID)
		if err != nil || may&viewChannel == 0 || may&readHistory == 0 {
			continue // it is not seen
		}
		if err := l.missed(ctx, guild, c.ID, first); err != nil {
			return err
		}
	}
	return nil
}

// missed takes what was said in a channel after an id.
func (l *Listener) missed(ctx context.Context, guild, channel, after string) error {
	for range mostPages {
		var page []map[string]json.RawMessage
		path := fmt.Sprintf("/channels/%s/messages?limit=%d&after=%s", channel, maxPage, after)
		if err := l.Adapter.call(ctx, "GET", path, nil, &page); err != nil {
			return err
		}
		for i := len(page) - 1; i >= 0; i-- { // the newest is first
			m := page[i]
			var id string
			if json.Unmarshal(m["id"], &id) != nil {
				continue
			}
			if later(id, after) {
				after = id
			}
			m["guild_id"], _ = json.Marshal(guild) // a text
			data, err := json.Marshal(m)
			if err == nil {
				l.take(event{messageCreated, data})
			}
		}
		if len(page) < maxPage {
			return nil
		}
	}
	return nil
}
