package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"attache/bot"
)

// skew is how far Discord's clock may be behind the archive's.
const skew = 10 * time.Minute

// Find looks for a message by its mark: a root in the channel's history, a reply in
// its thread, the first of a forum's thread in that. Where attache may not read
// these, it can't tell: Discord would show none.
func (a *Adapter) Find(ctx context.Context, p bot.Post) (found bot.Finding, id string, err error) {
	found, id, err = a.find(ctx, p)
	if isRefusal(err, noAccess, noPermission, unknownGuild, unknownMember) {
		return bot.CannotTell, "", nil
	}
	if err != nil {
		return bot.CannotTell, "", fmt.Errorf("looking in %s: %w", p.Place, told(err))
	}
	return found, id, nil
}

func (a *Adapter) find(ctx context.Context, p bot.Post) (bot.Finding, string, error) {
	at, thread, err := a.where(ctx, p)
	if isRefusal(err, unknownChannel) {
		return bot.CannotTell, "", nil
	}
	if err != nil {
		return bot.CannotTell, "", err
	}
	may, _, err := a.permissions(ctx, at.ID)
	if err != nil || may&viewChannel == 0 || may&readHistory == 0 {
		return bot.CannotTell, "", err
	}
	mark := markOf(p.Key)
	switch {
	case thread != "":
		found, id, err := a.look(ctx, thread, mark, p.Planned)
		if isRefusal(err, unknownChannel) { // it wasn't opened
			return bot.NotThere, "", nil
		}
		return found, id, err
	case at.isForum():
		return a.lookInForum(ctx, at, mark, p.Planned)
	}
	found, id, err := a.look(ctx, at.ID, mark, p.Planned)
	var of planned
	if json.Unmarshal(p.Payload, &of) == nil && of.Edition && found == bot.There {
		a.publish(ctx, at, id)
	}
	return found, id, err
}

// message is one of a history, as far as it is looked at. The library knows not all
// kinds of component, and fails on others.
type message struct {
	ID   string `json:"id"`
	Rows []struct {
		Components []struct {
			CustomID string `json:"custom_id"`
		} `json:"components"`
	} `json:"components"`
	Embeds []struct {
		Footer struct {
			Text string `json:"text"`
		} `json:"footer"`
	} `json:"embeds"`
}

// has reports whether a message has a mark.
func (m *message) has(mark string) bool {
	for _, r := range m.Rows {
		for _, c := range r.Components {
			if strings.HasSuffix(c.CustomID, "~"+mark) {
				return true
			}
		}
	}
	for _, e := range m.Embeds {
		if strings.HasSuffix(e.Footer.Text, "~"+mark) {
			return true
		}
	}
	return false
}

// look goes through what a channel has since a time, oldest first.
func (a *Adapter) look(ctx context.Context, channel, mark string, since time.Time) (bot.Finding, string, error) {
	after := firstID(since.Add(-skew))
	for {
		var page []message
		path := fmt.Sprintf("/channels/%s/messages?limit=%d&after=%s", channel, maxPage, after)
		if err := a.call(ctx, "GET", path, nil, &page); err != nil {
			return bot.CannotTell, "", err
		}
		for i := range page {
			if page[i].has(mark) {
				return bot.There, channel + "/" + page[i].ID, nil
			}
			if later(page[i].ID, after) {
				after = page[i].ID
			}
		}
		if len(page) == 0 {
			return bot.NotThere, "", nil
		}
	}
}

// later reports whether an id is after another.
func later(id, other string) bool {
	return len(id) > len(other) || len(id) == len(other) && id > other
}

// lookInForum looks at the first message of each thread that is new enough.
func (a *Adapter) lookInForum(ctx context.Context, forum place, mark string, since time.Time) (bot.Finding, string, error) {
	threads, err := a.threads(ctx, forum)
	if err != nil {
		return bot.CannotTell, "", err
	}
	first := firstID(since.Add(-skew))
	for _, t := range threads {
		if t.Parent != forum.ID || !later(t.ID, first) {
			continue
		}
		var m message
		err := a.call(ctx, "GET", "/channels/"+t.ID+"/messages/"+t.ID, nil, &m)
		switch {
		case isRefusal(err, unknownMessage, unknownChannel): // deleted
		case err != nil:
			return bot.CannotTell, "", err
		case m.has(mark):
			return bot.There, forum.ID + "/" + t.ID, nil
		}
	}
	return bot.NotThere, "", nil
}

// threads are those of a channel's server that are active, and the newest of the
// channel's that are archived.
func (a *Adapter) threads(ctx context.Context, of place) ([]place, error) {
	var active, archived struct {
		Threads []place `json:"threads"`
	}
	if err := a.call(ctx, "GET", "/guilds/"+of.Guild+"/threads/active", nil, &active); err != nil {
		return nil, err
	}
	if err := a.call(ctx, "GET", "/channels/"+of.ID+"/threads/archived/public?limit=100", nil, &archived); err != nil {
		return nil, err
	}
	return append(active.Threads, archived.Threads...), nil
}

// Withdraw deletes a message.
func (a *Adapter) Withdraw(ctx context.Context, p bot.Place, id string) error {
	channel, message, err := idParts(id)
	if err != nil {
		return fmt.Errorf("withdrawing from %s: %w", p, &bot.RefusedError{Err: err})
	}
	at, err := a.place(ctx, channel)
	if err == nil {
		if at.isForum() { // the first message of a thread is in that
			channel = message
		}
		err = a.call(ctx, "DELETE", "/channels/"+channel+"/messages/"+message, nil, nil)
	}
	var refused *refusal
	switch {
	case err == nil, isRefusal(err, unknownMessage, unknownChannel):
		return nil
	case errors.As(err, &refused):
		err = refused.post()
	}
	return fmt.Errorf("withdrawing from %s: %w", p, err)
}
