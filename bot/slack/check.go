package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	api "github.com/slack-go/slack"

	"attache/bot"
)

// scopesOf are those of posting to a place. Without the rights to read, all goes
// well until a post is in doubt.
func scopesOf(p bot.Place) []Scope {
	names := []string{"channels:history", "channels:read", "chat:write", "groups:history", "groups:read"}
	if isDirect(p) {
		names = []string{"chat:write", "im:history"}
	}
	return slices.DeleteFunc(Scopes(), func(s Scope) bool { return !slices.Contains(names, s.Name) })
}

// isDirect reports whether a place is a conversation with one person.
func isDirect(p bot.Place) bool { return strings.HasPrefix(p.Channel, "D") }

// Check looks whether the token is taken, has the scopes it needs, and is of a
// member of the place's channel.
func (a *Adapter) Check(ctx context.Context, p bot.Place) []bot.Checkup {
	var who *api.AuthTestResponse
	err := a.call(ctx, func(ctx context.Context, c *api.Client) (err error) {
		who, err = c.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return []bot.Checkup{broken(err, p)}
	}
	found := lacking(scopesOf(p), who.Header.Get("X-OAuth-Scopes"))
	if isDirect(p) {
		return orWell(found, who)
	}
	at, err := a.at(ctx, p)
	var refused *refusal
	switch {
	case errors.As(err, &refused) && (refused.code == "not_in_channel" || refused.code == "channel_not_found"):
		return append(found, bot.Checkup{Verdict: bot.Broken, What: fmt.Sprintf("@%s is not a member, or %s has no such channel", who.User, who.Team), Remedy: invite(p, who.User)})
	case err != nil && len(found) > 0: // said already, in better words
		return found
	case err != nil:
		return append(found, broken(err, p))
	case at.IsArchived:
		return append(found, broken(&refusal{code: "is_archived"}, p))
	case !at.IsMember && !strings.HasPrefix(p.Channel, "#"):
		return append(found, bot.Checkup{Verdict: bot.Broken, What: fmt.Sprintf("@%s is not a member", who.User), Remedy: invite(p, who.User)})
	}
	return orWell(found, who)
}

// orWell says that all is well where nothing was found.
func orWell(found []bot.Checkup, who *api.AuthTestResponse) []bot.Checkup {
	if len(found) > 0 {
		return found
	}
	return []bot.Checkup{{Verdict: bot.Well, What: fmt.Sprintf("@%s of %s may post there", who.User, who.Team)}}
}

// at is the channel of a place.
func (a *Adapter) at(ctx context.Context, p bot.Place) (at *api.Channel, err error) {
	if name, is := strings.CutPrefix(p.Channel, "#"); is {
		at, err = a.member(ctx, name)
		if err == nil && at == nil {
			err = &refusal{code: "not_in_channel"}
		}
		return at, err
	}
	err = a.call(ctx, func(ctx context.Context, c *api.Client) (err error) {
		at, err = c.GetConversationInfoContext(ctx, &api.GetConversationInfoInput{ChannelID: p.Channel})
		return err
	})
	return at, err
}

// lacking says which scopes a token has not. Where Slack doesn't tell, none.
func lacking(needed []Scope, header string) []bot.Checkup {
	var has []string
	for s := range strings.SplitSeq(header, ",") {
		if s = strings.TrimSpace(s); s != "" {
			has = append(has, s)
		}
	}
	var found []bot.Checkup
	for _, s := range needed {
		if len(has) > 0 && !slices.Contains(has, s.Name) {
			_, remedy := (&refusal{code: "missing_scope"}).why(bot.Place{})
			found = append(found, bot.Checkup{Verdict: s.verdict, What: "the scope " + s.Name + " is missing: " + s.without, Remedy: remedy})
		}
	}
	return found
}

// broken is a call that failed, with what to do about it.
func broken(err error, p bot.Place) bot.Checkup {
	var refused *refusal
	if errors.As(err, &refused) {
		what, remedy := refused.why(p)
		return bot.Checkup{Verdict: bot.Broken, What: what + " (" + refused.code + ")", Remedy: remedy}
	}
	return bot.Checkup{Verdict: bot.Broken, What: err.Error(), Remedy: "See whether this machine reaches slack.com, and status.slack.com"}
}
