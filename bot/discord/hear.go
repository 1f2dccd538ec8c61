package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/bot"
)

// takeEvent handles what the gateway tells beside interactions.
func (l *Listener) takeEvent(ctx context.Context, e event) {
	switch e.Name {
	case guildCreated:
		l.joined(ctx, e.Data)
	case messageDeleted:
		l.deleted(ctx, e.Data)
	case messagesGone:
		var all struct {
			IDs     []string `json:"ids"`
			Channel string   `json:"channel_id"`
		}
		if json.Unmarshal(e.Data, &all) == nil {
			for _, id := range all.IDs {
				l.gone(ctx, all.Channel, id)
			}
		}
	case messageCreated, messageUpdated:
		var s said
		if json.Unmarshal(e.Data, &s) == nil && s.ID != "" && s.Channel != "" && s.isByPerson() {
			l.hear(ctx, e.Name, &s)
		}
	}
}

// hear handles what a person said, or made of what they said, where it may be
// attache's affair: it is to attache, or in a thread.
func (l *Listener) hear(ctx context.Context, name string, s *said) {
	looked, cancel := context.WithTimeout(ctx, looking)
	defer cancel()
	me, err := l.self(looked)
	if err != nil {
		l.Log.Error("who attache is in Discord can't be found out, so something was not heard", "error", err)
		return
	}
	kind := bot.Said
	if name == messageUpdated {
		if kind = bot.Edited; s.Edited == nil { // a preview was added
			return
		}
	}
	r := bot.Request{ID: "discord:" + s.ID, Kind: kind, At: timeOf(s.ID), Text: s.words(me.ID), Alone: s.Guild == ""}
	r.Addressed, r.ToOthers = s.mention(me.ID)
	r.Addressed = r.Addressed || r.Alone
	answered := s.answers(me.ID)
	if !r.Addressed && s.Guild != "" && !l.PlainText && answered == "" || !l.recent.First(string(kind)+" "+s.ID) {
		return
	}
	at, err := l.placeOf(looked, s)
	if err != nil {
		l.Log.Error("where something was said in Discord can't be found out, so it was not heard", "channel", s.Channel, "error", err)
		return
	}
	r.Place, r.Thread = spot(at)
	if r.Thread == "" && answered != "" && !r.Alone {
		r.Thread = at.ID + "/" + answered
	}
	r.Message = messageID(at, s.ID)
	if !r.Addressed && r.Thread == "" {
		return
	}
	if kind == bot.Said {
		l.speaker(looked, s, &r, at)
	}
	l.handleSaid(ctx, s, r)
}

// self is who attache is, for which it is asked again where Discord doesn't answer.
func (l *Listener) self(ctx context.Context) (me self, err error) {
	err = bot.Again(ctx, isDoubt, func(ctx context.Context) error {
		me, err = l.Adapter.self(ctx)
		return err
	})
	return me, err
}

// placeOf is the channel that something was said in.
func (l *Listener) placeOf(ctx context.Context, s *said) (at place, err error) {
	if s.Guild == "" {
		return place{ID: s.Channel, Kind: directChannel}, nil
	}
	err = bot.Again(ctx, isDoubt, func(ctx context.Context) error {
		at, err = l.Adapter.place(ctx, s.Channel)
		return err
	})
	return at, err
}

// speaker sets who said it, how they are told something alone, and whether they can
// be answered there.
func (l *Listener) speaker(ctx context.Context, s *said, r *bot.Request, at place) {
	r.Person = bot.Person{ID: "discord:" + s.Author.ID, Name: s.Author.name()}
	if s.Guild != "" {
		if s.Member != nil && s.Member.Nick != "" {
			r.Person.Name = s.Member.Nick
		}
		r.Person.Groups = l.groupsIn(ctx, s.Guild, s.Author.ID, s.Member)
		if may, _, err := l.Adapter.permissions(ctx, at.ID); err == nil {
			r.Unreachable = outside(may, at)
		}
	}
	l.names.set(s.Author.ID, r.Person.Name, nameKept)
	r.Reply = func(ctx context.Context, m bot.Message) error { return l.whisper(ctx, s, *r, m) }
}

// handleSaid has it done, while the person sees that an answer is being written where
// that takes longer.
func (l *Listener) handleSaid(ctx context.Context, s *said, r bot.Request) {
	if r.Kind == bot.Said && r.Addressed && r.Unreachable == "" {
		defer l.writing(ctx, s.Channel)()
	}
	if err := l.Handle(ctx, r); err != nil {
		l.Log.Error("handling what was done in Discord", "request", r.ID, "error", err)
	}
}

// writing shows that an answer is being written, once a second went by before the
// function that it returns is called.
func (l *Listener) writing(ctx context.Context, channel string) (written func()) {
	ctx, cancel := context.WithTimeout(ctx, looking)
	busy := l.busy
	if busy == 0 {
		busy = time.Second
	}
	timer := time.AfterFunc(busy, func() {
		if err := l.Adapter.call(ctx, "POST", "/channels/"+channel+"/typing", nil, nil); err != nil && ctx.Err() == nil {
			l.Log.Warn("showing that an answer is being written", "error", err)
		}
	})
	return func() {
		timer.Stop()
		cancel()
	}
}

// whisper tells a person something alone: Discord shows nothing in a channel to one
// who said something there, so it is a direct message. Its buttons do what they do
// where it was said.
func (l *Listener) whisper(ctx context.Context, s *said, r bot.Request, m bot.Message) error {
	m = l.named(ctx, s.Guild, m)
	c := composer{listens: true, private: true}
	channel := s.Channel
	if !r.Alone {
		c.from = origin{channel: r.Place.Channel}
		if r.Thread != "" {
			_, c.from.thread, _ = idParts(r.Thread)
		}
		var err error
		if channel, err = l.directly(ctx, s.Author.ID); err != nil {
			return l.closed(ctx, s, err)
		}
	}
	for n, p := range c.messages(&m, false) {
		if n == 0 && !r.Alone {
			p.Content = fittingBefore("-# On what you said in <#"+s.Channel+">\n", p.Content)
		}
		if err := l.say(ctx, channel, p); err != nil {
			return l.closed(ctx, s, err)
		}
	}
	return nil
}

// fittingBefore sets a line before a text that has room for it.
func fittingBefore(line, text string) string {
	if bot.Units(line)+bot.Units(text) > maxContent {
		return text
	}
	return line + text
}

// directly is the conversation of a person with attache.
func (l *Listener) directly(ctx context.Context, person string) (string, error) {
	return l.direct.get(ctx, person, directKept, func(ctx context.Context) (string, error) {
		var made created
		err := l.Adapter.call(ctx, "POST", "/users/@me/channels", map[string]string{"recipient_id": person}, &made)
		if err == nil && made.ID == "" {
			err = errors.New("it answers without the channel's id")
		}
		return made.ID, err
	})
}

func (l *Listener) say(ctx context.Context, channel string, p payload) error {
	return bot.Again(ctx, nil, func(ctx context.Context) error {
		return l.Adapter.call(ctx, "POST", "/channels/"+channel+"/messages", p, nil)
	})
}

// closed says, where a person takes no direct messages, how they get their answer.
func (l *Listener) closed(ctx context.Context, s *said, err error) error {
	if !isRefusal(err, userClosed) {
		return fmt.Errorf("replying in Discord: %w", told(err))
	}
	p := newPayload()
	p.Content = "-# This can be told to you alone only, and you take no direct messages from here: use /attache ask."
	p.Reference = &reference{Message: s.ID}
	if err := l.say(ctx, s.Channel, p); err != nil {
		return fmt.Errorf("replying in Discord: %w", told(err))
	}
	return nil
}

// deleted handles what was taken away.
func (l *Listener) deleted(ctx context.Context, data json.RawMessage) {
	var of struct {
		ID      string `json:"id"`
		Channel string `json:"channel_id"`
	}
	if json.Unmarshal(data, &of) == nil && of.ID != "" {
		l.gone(ctx, of.Channel, of.ID)
	}
}

func (l *Listener) gone(ctx context.Context, channel, id string) {
	if !l.recent.First("gone " + id) {
		return
	}
	at, err := l.Adapter.place(ctx, channel)
	if err != nil {
		at = place{ID: channel}
	}
	r := bot.Request{ID: "discord:" + id, Kind: bot.Deleted, At: l.now(), Message: messageID(at, id)}
	r.Place, r.Thread = spot(at)
	if err := l.Handle(ctx, r); err != nil {
		l.Log.Error("handling what was taken away in Discord", "request", r.ID, "error", err)
	}
}

func (l *Listener) now() time.Time {
	if l.Now == nil {
		return time.Now()
	}
	return l.Now()
}

// joined introduces attache to a server that it was let into just now.
func (l *Listener) joined(ctx context.Context, data json.RawMessage) {
	const justNow = 24 * time.Hour
	var g struct {
		ID       string    `json:"id"`
		Joined   time.Time `json:"joined_at"`
		System   string    `json:"system_channel_id"`
		Channels []place   `json:"channels"`
	}
	if json.Unmarshal(data, &g) != nil || g.Joined.IsZero() || l.now().Sub(g.Joined) > justNow {
		return
	}
	slices.SortStableFunc(g.Channels, func(a, b place) int { return strings.Compare(rank(a, g.System), rank(b, g.System)) })
	for _, c := range g.Channels {
		if c.Kind != textChannel {
			continue
		}
		may, _, err := l.Adapter.permissions(ctx, c.ID)
		if err != nil || outside(may, c) != "" {
			continue
		}
		r := bot.Request{ID: "discord:joined/" + g.ID, Kind: bot.Joined, At: g.Joined, Place: bot.Place{Platform: "discord", Channel: c.ID}}
		if err := l.Handle(ctx, r); err != nil {
			l.Log.Error("introducing attache in Discord", "server", g.ID, "error", err)
		}
		return
	}
}

// rank has the channel first in which a server tells its news.
func rank(p place, system string) string {
	if p.ID == system {
		return "0"
	}
	return "1"
}
