package discord

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"attache/bot"
)

// How long it is held true what Discord said of people.
const (
	nameKept   = 12 * time.Hour
	memberKept = 5 * time.Minute
	directKept = 24 * time.Hour
)

// admins are those who manage a server.
const admins = "discord:admins"

// groupsOf are what a member belongs to.
func groupsOf(roles []string, may int64) []string {
	var all []string
	for _, id := range roles {
		all = append(all, "discord:"+id)
	}
	if may&(administrator|manageGuild) != 0 {
		all = append(all, admins)
	}
	return all
}

// meet sets who did something by an interaction. Outside of servers a person has the
// rights that the members of those have in which attache is.
func (l *Listener) meet(ctx context.Context, i *interaction, r *bot.Request) {
	ctx, cancel := context.WithTimeout(ctx, looking)
	defer cancel()
	u := i.person()
	r.Person = bot.Person{ID: "discord:" + u.ID, Name: u.name()}
	if m := i.Member; m != nil {
		r.Person.Name = cmp.Or(m.Nick, r.Person.Name)
		var may int64
		if m.Permissions != nil {
			may = int64(*m.Permissions)
		}
		r.Person.Groups = groupsOf(m.Roles, may)
	} else {
		r.Person.Groups = l.groupsAnywhere(ctx, u.ID)
	}
	l.names.set(u.ID, r.Person.Name, nameKept)
}

// groupsAnywhere are what a person belongs to in the servers that attache is in.
func (l *Listener) groupsAnywhere(ctx context.Context, person string) []string {
	var all []string
	guilds, err := l.guilds(ctx)
	if err != nil {
		l.Log.Warn("looking at a person of Discord", "person", person, "error", err)
		return nil
	}
	for _, g := range guilds {
		all = append(all, l.groupsIn(ctx, g, person, nil)...)
	}
	return all
}

// guilds are the servers that attache is in.
func (l *Listener) guilds(ctx context.Context) ([]string, error) {
	return l.inside.get(ctx, "", serverKept, func(ctx context.Context) ([]string, error) {
		var all []created
		err := l.Adapter.call(ctx, "GET", "/users/@me/guilds", nil, &all)
		ids := make([]string, len(all))
		for i, g := range all {
			ids[i] = g.ID
		}
		return ids, err
	})
}

// groupsIn are what a person belongs to in a server. What Discord doesn't tell of
// them is left out: then they may do less.
func (l *Listener) groupsIn(ctx context.Context, guild, person string, m *member) []string {
	if m == nil {
		found, err := l.member(ctx, guild, person)
		if err != nil {
			if !isRefusal(err, unknownMember) {
				l.Log.Warn("looking at a person of Discord", "person", person, "error", err)
			}
			return nil
		}
		m = &found
	}
	var may int64
	s, err := l.Adapter.server(ctx, guild)
	if err != nil {
		l.Log.Warn("looking at a server of Discord", "server", guild, "error", err)
	} else {
		may = s.allowedAnywhere(person, m.Roles)
	}
	return groupsOf(m.Roles, may)
}

// member is a person in a server.
func (l *Listener) member(ctx context.Context, guild, person string) (member, error) {
	return l.members.get(ctx, guild+"/"+person, memberKept, func(ctx context.Context) (m member, err error) {
		err = bot.Again(ctx, isDoubt, func(ctx context.Context) error {
			return l.Adapter.call(ctx, "GET", "/guilds/"+guild+"/members/"+person, nil, &m)
		})
		return m, err
	})
}

// numbers are ids as they stand in what the bot says of who may do something.
var numbers = regexp.MustCompile(`\b\d{17,20}\b`)

// named is a message that calls people and roles by their names where the bot knows
// only their numbers. What outlets say stays as it is.
func (l *Listener) named(ctx context.Context, guild string, m bot.Message) bot.Message {
	return m.Counting(func(text string) string {
		if strings.Contains(text, "://") {
			return text
		}
		return numbers.ReplaceAllStringFunc(text, func(id string) string { return l.nameOf(ctx, guild, id) })
	})
}

// nameOf is what a person or a role of a server is called; the number itself where
// that can't be found out.
func (l *Listener) nameOf(ctx context.Context, guild, id string) string {
	if name, ok := l.names.known(id); ok {
		return name
	}
	if guild == "" {
		return id
	}
	if s, err := l.Adapter.server(ctx, guild); err == nil {
		if i := slices.IndexFunc(s.Roles, func(r role) bool { return r.ID == id }); i >= 0 {
			return "@" + s.Roles[i].Name
		}
	}
	name := id
	if m, err := l.member(ctx, guild, id); err == nil && m.User != nil {
		name = cmp.Or(m.Nick, m.User.name())
	}
	l.names.set(id, name, memberKept)
	return name
}
