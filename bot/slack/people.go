package slack

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	api "github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"

	"attache/bot"
)

// How long it is held true what Slack said of people and channels.
const (
	personKept  = 30 * time.Minute
	groupsKept  = 5 * time.Minute
	channelKept = 5 * time.Minute
)

// mostKept is of how many people or channels that is.
const mostKept = 10000

// people is what is known of a workspace.
type people struct {
	mu       sync.Mutex
	me       self
	persons  map[string]known[*api.User]
	channels map[string]known[where]
	groups   known[[]api.UserGroup]
	told     bool      // that the groups can't be read
	until    time.Time // nothing is looked up before, as Slack asks
	once     singleflight.Group
}

// known is what Slack said, and until when it is taken for true.
type known[T any] struct {
	is    T
	until time.Time
}

// where is a channel.
type where struct {
	name   string // empty where it has none
	direct bool   // a conversation of one person with attache
	inside bool   // attache can post there
}

// self is who attache is in the workspace.
func (l *Listener) self(ctx context.Context) (self, error) {
	found, err, _ := l.people.once.Do("self", func() (any, error) {
		l.people.mu.Lock()
		me := l.people.me
		l.people.mu.Unlock()
		if me.user != "" {
			return me, nil
		}
		err := l.patiently(ctx, func(ctx context.Context, c *api.Client) error {
			who, err := c.AuthTestContext(ctx)
			if err == nil {
				me = self{user: who.UserID, name: who.User, team: who.TeamID}
			}
			return err
		})
		l.people.mu.Lock()
		defer l.people.mu.Unlock()
		l.people.me = me
		return me, err
	})
	return found.(self), err
}

// patiently makes a call again where Slack was not reached, or asks to wait.
func (l *Listener) patiently(ctx context.Context, do func(context.Context, *api.Client) error) error {
	const tries = 4
	pause := 500 * time.Millisecond
	for i := 1; ; i++ {
		err := l.Adapter.call(ctx, do)
		var said *refusal
		if err == nil || i == tries || ctx.Err() != nil || errors.As(err, &said) {
			return err
		}
		var asked *bot.RetryError
		if errors.As(err, &asked) {
			pause = max(pause, asked.After)
		}
		if end, limited := ctx.Deadline(); limited && time.Until(end) < pause {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
		pause *= 2
	}
}

// look is patiently for what attache can do without: where Slack asks to wait, nothing
// is looked up until then.
func (l *Listener) look(ctx context.Context, do func(context.Context, *api.Client) error) error {
	l.people.mu.Lock()
	until := l.people.until
	l.people.mu.Unlock()
	if wait := time.Until(until); wait > 0 {
		return &bot.RetryError{After: wait, Err: errors.New("it asks to wait (ratelimited)")}
	}
	err := l.patiently(ctx, do)
	var asked *bot.RetryError
	if errors.As(err, &asked) && asked.After > 0 {
		l.people.mu.Lock()
		defer l.people.mu.Unlock()
		l.people.until = time.Now().Add(asked.After)
	}
	return err
}

// place is where something was done, by the name that the desks have for it.
func (l *Listener) place(ctx context.Context, h heard) (bot.Place, where) {
	p := bot.Place{Platform: "slack", Workspace: l.Workspace, Channel: h.channel}
	at := where{direct: h.direct, inside: true}
	if !h.direct {
		at = l.channel(ctx, h)
	}
	if at.direct || at.name == "" || l.Posts != nil && l.Posts(ctx, p) {
		return p, at
	}
	p.Channel = "#" + at.name
	return p, at
}

// channel looks at a channel. Events come only from those that attache is in.
func (l *Listener) channel(ctx context.Context, h heard) where {
	found, err, _ := l.people.once.Do("channel "+h.channel, func() (any, error) { return l.lookAtChannel(ctx, h.channel) })
	if err == nil {
		return found.(where)
	}
	if !isRefusal(err, "channel_not_found") {
		l.Log.Warn("looking at a channel of Slack", "channel", h.channel, "error", err)
	}
	return where{name: h.channelName, inside: h.kind != bot.Invoked && h.kind != bot.Pressed}
}

func (l *Listener) lookAtChannel(ctx context.Context, id string) (at where, err error) {
	l.people.mu.Lock()
	kept, ok := l.people.channels[id]
	l.people.mu.Unlock()
	if ok && l.now().Before(kept.until) {
		return kept.is, nil
	}
	err = l.look(ctx, func(ctx context.Context, c *api.Client) error {
		found, err := c.GetConversationInfoContext(ctx, &api.GetConversationInfoInput{ChannelID: id})
		if err == nil {
			at = where{name: found.Name, direct: found.IsIM, inside: (found.IsMember || found.IsIM) && !found.IsArchived}
		}
		return err
	})
	if err != nil || !at.inside { // it may be invited at any moment
		return at, err
	}
	l.people.mu.Lock()
	defer l.people.mu.Unlock()
	l.people.channels = keep(l.people.channels, id, at, l.now().Add(channelKept))
	return at, nil
}

// keep keeps what is known, in a map that doesn't grow for ever.
func keep[T any](in map[string]known[T], id string, is T, until time.Time) map[string]known[T] {
	if in == nil || len(in) >= mostKept {
		in = map[string]known[T]{}
	}
	in[id] = known[T]{is, until}
	return in
}

// person is who did something. What Slack doesn't tell of them is left out: then
// they may do less.
func (l *Listener) person(ctx context.Context, h heard, me self) bot.Person {
	p := bot.Person{ID: "slack:" + h.user, Name: h.userName}
	u := l.user(ctx, h.user)
	if u == nil {
		return p
	}
	p.Name = orElse(nameOf(u), p.Name)
	if zone, err := time.LoadLocation(u.TZ); err == nil && u.TZ != "" {
		p.Zone = zone
	}
	if u.TeamID != me.team || u.IsStranger || u.Deleted { // a guest of another workspace has its rights there
		return p
	}
	if u.IsAdmin || u.IsOwner || u.IsPrimaryOwner {
		p.Groups = append(p.Groups, "slack:admins")
		if l.Workspace != "" {
			p.Groups = append(p.Groups, l.name("slack")+":admins")
		}
	}
	for _, g := range l.groups(ctx) {
		if slices.Contains(g.Users, h.user) && g.Handle != "" {
			p.Groups = append(p.Groups, l.name("slack")+":@"+strings.TrimPrefix(g.Handle, "@"))
		}
	}
	return p
}

// nameOf is what others call a person.
func nameOf(u *api.User) string {
	return cmp.Or(u.Profile.DisplayName, u.RealName, u.Profile.RealName, u.Name)
}

// user is what Slack knows of a person; nil where it doesn't tell.
func (l *Listener) user(ctx context.Context, id string) *api.User {
	found, err, _ := l.people.once.Do("person "+id, func() (any, error) { return l.lookAtUser(ctx, id) })
	if err != nil {
		l.Log.Warn("looking at a person of Slack", "person", id, "error", err)
		return nil
	}
	return found.(*api.User)
}

func (l *Listener) lookAtUser(ctx context.Context, id string) (u *api.User, err error) {
	l.people.mu.Lock()
	kept, ok := l.people.persons[id]
	l.people.mu.Unlock()
	if ok && l.now().Before(kept.until) {
		return kept.is, nil
	}
	err = l.look(ctx, func(ctx context.Context, c *api.Client) (err error) {
		u, err = c.GetUserInfoContext(ctx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	l.people.mu.Lock()
	defer l.people.mu.Unlock()
	l.people.persons = keep(l.people.persons, id, u, l.now().Add(personKept))
	return u, nil
}

// groups are the user groups of the workspace, none where attache may not read
// them.
func (l *Listener) groups(ctx context.Context) []api.UserGroup {
	found, _, _ := l.people.once.Do("groups", func() (any, error) { return l.lookAtGroups(ctx), nil })
	return found.([]api.UserGroup)
}

// lookAtGroups asks Slack for the groups. That it may not is kept too.
func (l *Listener) lookAtGroups(ctx context.Context) []api.UserGroup {
	l.people.mu.Lock()
	kept := l.people.groups
	l.people.mu.Unlock()
	if l.now().Before(kept.until) {
		return kept.is
	}
	var all []api.UserGroup
	err := l.look(ctx, func(ctx context.Context, c *api.Client) (err error) {
		all, err = c.GetUserGroupsContext(ctx, api.GetUserGroupsOptionIncludeUsers(true))
		return err
	})
	l.people.mu.Lock()
	defer l.people.mu.Unlock()
	var refused *refusal
	if err != nil {
		if !l.people.told {
			l.Log.Warn("the user groups of Slack can't be read, so nobody has rights by them", "error", err)
		}
		l.people.told = true
		if !errors.As(err, &refused) { // it is asked again with the next request
			return nil
		}
	}
	l.people.groups = known[[]api.UserGroup]{all, l.now().Add(groupsKept)}
	return all
}
