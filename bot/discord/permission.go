package discord

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Permission is a right that attache asks of a server.
type Permission struct {
	Name string // as Discord's settings call it
	Bit  int64  // https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
	For  string // what it is needed for, as the documentation tells it
}

const (
	administrator  = 1 << 3
	manageGuild    = 1 << 5
	viewChannel    = 1 << 10
	sendMessages   = 1 << 11
	embedLinks     = 1 << 14
	readHistory    = 1 << 16
	createThreads  = 1 << 35
	sendInThreads  = 1 << 38
	allOfThem      = -1
	messageContent = 1 << 18 // of an application's flags: granted
	limitedContent = 1 << 19 // granted without review
)

// Permissions are those that attache needs. There is none that nothing needs.
func Permissions() []Permission {
	return []Permission{
		{"View Channel", viewChannel, "seeing the channel at all"},
		{"Send Messages", sendMessages, "posting the brief, and what is shared; in a forum, beginning a post"},
		{"Read Message History", readHistory, "finding out after a lost answer whether a message landed, and what was asked while attache was away"},
		{"Create Public Threads", createThreads, "the thread under a brief or an answer"},
		{"Send Messages in Threads", sendInThreads, "the brief's sections, and answers in threads"},
	}
}

// needed are the bits of all permissions.
func needed() int64 {
	var all int64
	for _, p := range Permissions() {
		all |= p.Bit
	}
	return all
}

func allNeeded() string {
	var names []string
	for _, p := range Permissions() {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

// The kinds of channel:
// https://discord.com/developers/docs/resources/channel#channel-object-channel-types
const (
	textChannel    = 0
	directChannel  = 1
	announcements  = 5
	forumChannel   = 15
	mediaChannel   = 16
	announceThread = 10
	publicThread   = 11
	privateThread  = 12
)

// place is a channel, as Discord tells it.
type place struct {
	ID         string      `json:"id"`
	Kind       int         `json:"type"`
	Guild      string      `json:"guild_id"`
	Name       string      `json:"name"`
	Parent     string      `json:"parent_id"`
	Owner      string      `json:"owner_id"`
	Flags      int         `json:"flags"`
	Overwrites []overwrite `json:"permission_overwrites"`
	Tags       []struct {
		ID string `json:"id"`
	} `json:"available_tags"`
}

type overwrite struct {
	ID    string `json:"id"`
	Kind  int    `json:"type"` // 0 a role, 1 a member
	Allow bits   `json:"allow"`
	Deny  bits   `json:"deny"`
}

// bits are permissions, which Discord writes as text.
type bits int64

// UnmarshalJSON implements [json.Unmarshaler].
func (b *bits) UnmarshalJSON(data []byte) error {
	n, err := strconv.ParseInt(strings.Trim(string(data), `"`), 10, 64)
	if err != nil {
		return fmt.Errorf("%s are no permissions", data)
	}
	*b = bits(n)
	return nil
}

func (p *place) isThread() bool {
	return slices.Contains([]int{announceThread, publicThread, privateThread}, p.Kind)
}

func (p *place) isForum() bool { return p.Kind == forumChannel || p.Kind == mediaChannel }

// server is a guild with attache in it.
type server struct {
	ID    string `json:"id"`
	Owner string `json:"owner_id"`
	Roles []role `json:"roles"`

	mine []string // the roles of attache
}

type role struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Permissions bits   `json:"permissions"`
}

// self is attache as an application.
type self struct {
	ID, Name string
}

// How long it is held true what Discord said.
const (
	placeKept  = 5 * time.Minute
	serverKept = time.Minute
	selfKept   = 24 * time.Hour
)

// place is the channel of an id.
func (a *Adapter) place(ctx context.Context, id string) (place, error) {
	return a.places.get(ctx, id, placeKept, func(ctx context.Context) (p place, err error) {
		err = a.call(ctx, "GET", "/channels/"+id, nil, &p)
		return p, err
	})
}

// self is who attache is.
func (a *Adapter) self(ctx context.Context) (self, error) {
	return a.me.get(ctx, "", selfKept, func(ctx context.Context) (self, error) {
		var me struct {
			ID   string `json:"id"`
			Name string `json:"username"`
		}
		err := a.call(ctx, "GET", "/users/@me", nil, &me)
		return self{me.ID, me.Name}, err
	})
}

// server is the guild of an id.
func (a *Adapter) server(ctx context.Context, id string) (server, error) {
	return a.servers.get(ctx, id, serverKept, func(ctx context.Context) (s server, err error) {
		me, err := a.self(ctx)
		if err != nil {
			return s, err
		}
		if err := a.call(ctx, "GET", "/guilds/"+id, nil, &s); err != nil {
			return s, err
		}
		var member struct{ Roles []string }
		err = a.call(ctx, "GET", "/guilds/"+id+"/members/"+me.ID, nil, &member)
		s.mine = member.Roles
		return s, err
	})
}

// permissions are what attache may do in a channel; in a thread, what it may in the
// channel that the thread is of.
func (a *Adapter) permissions(ctx context.Context, id string) (int64, place, error) {
	p, err := a.place(ctx, id)
	if err != nil {
		return 0, p, err
	}
	if p.isThread() && p.Parent != "" {
		return a.permissions(ctx, p.Parent)
	}
	if p.Guild == "" {
		return allOfThem, p, nil
	}
	me, err := a.self(ctx)
	if err != nil {
		return 0, p, err
	}
	s, err := a.server(ctx, p.Guild)
	if err != nil {
		return 0, p, err
	}
	return s.allowed(p, me.ID, s.mine), p, nil
}

// allowed is what a member with some roles may do in a channel:
// https://discord.com/developers/docs/topics/permissions#permission-overwrites
func (s *server) allowed(in place, member string, roles []string) int64 {
	all := s.allowedAnywhere(member, roles)
	if all == allOfThem {
		return all
	}
	apply := func(is func(overwrite) bool) {
		var allow, deny int64
		for _, o := range in.Overwrites {
			if is(o) {
				allow, deny = allow|int64(o.Allow), deny|int64(o.Deny)
			}
		}
		all = all&^deny | allow
	}
	apply(func(o overwrite) bool { return o.ID == s.ID })
	apply(func(o overwrite) bool { return o.Kind == 0 && o.ID != s.ID && slices.Contains(roles, o.ID) })
	apply(func(o overwrite) bool { return o.Kind == 1 && o.ID == member })
	return all
}

// allowedAnywhere is what a member may do where no channel says otherwise.
func (s *server) allowedAnywhere(member string, roles []string) int64 {
	if member == s.Owner {
		return allOfThem
	}
	var all int64
	for _, r := range s.Roles {
		if r.ID == s.ID || slices.Contains(roles, r.ID) {
			all |= int64(r.Permissions)
		}
	}
	if all&administrator != 0 {
		return allOfThem
	}
	return all
}
