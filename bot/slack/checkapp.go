package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"

	api "github.com/slack-go/slack"

	"attache/bot"
)

// Keys are what a workspace has beside the bot's token.
type Keys struct {
	AppToken string // for Socket Mode
	Signed   bool   // there is the secret that requests over HTTP are signed with
}

// CheckApp looks whether the app may do in its workspace what its manifest asks for,
// beside what Check says of each place, and whether what is said there reaches
// attache.
func (a *Adapter) CheckApp(ctx context.Context, app App, keys Keys) []bot.Checkup {
	var who *api.AuthTestResponse
	err := a.call(ctx, func(ctx context.Context, c *api.Client) (err error) {
		who, err = c.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return []bot.Checkup{broken(err, bot.Place{})}
	}
	if keys.AppToken == "" && !keys.Signed {
		return []bot.Checkup{{Verdict: bot.Well, What: fmt.Sprintf("posts to %s; nothing that is said there is heard, as neither slack.app-token nor slack.signing-secret is given", who.Team)}}
	}
	found := lacking(beyondPosting(), who.Header.Get("X-OAuth-Scopes"))
	found = append(found, a.checkWayIn(ctx, app, keys)...)
	if len(found) == 0 {
		found = []bot.Checkup{{Verdict: bot.Well, What: fmt.Sprintf("@%s of %s has all scopes, and is reached %s", who.User, who.Team, app.wayIn())}}
	}
	return found
}

// beyondPosting are the scopes that posting to a channel doesn't need.
func beyondPosting() []Scope {
	posting := scopesOf(bot.Place{})
	return slices.DeleteFunc(Scopes(), func(s Scope) bool {
		return slices.ContainsFunc(posting, func(p Scope) bool { return p.Name == s.Name })
	})
}

func (a App) wayIn() string {
	if a.RequestURL != "" {
		return "at " + a.RequestURL
	}
	return "by Socket Mode"
}

// checkWayIn looks at the key of the way by which requests come in.
func (a *Adapter) checkWayIn(ctx context.Context, app App, keys Keys) []bot.Checkup {
	switch {
	case app.RequestURL != "" && !keys.Signed:
		return []bot.Checkup{{
			Verdict: bot.Doubtful, What: "request-url is given and no signing-secret: nothing that comes there can be taken for Slack's",
			Remedy: "At api.slack.com/apps, under Basic Information, copy the Signing Secret to where the config has it",
		}}
	case app.RequestURL == "" && keys.AppToken == "":
		return []bot.Checkup{{
			Verdict: bot.Doubtful, What: "a signing-secret is given and no request-url: Slack has no address to send to",
			Remedy: "Give slack.request-url and set the app up by attache manifest slack, or give an app-token for Socket Mode",
		}}
	case app.RequestURL != "":
		return nil
	}
	err := a.as(keys.AppToken).call(ctx, func(ctx context.Context, c *api.Client) error {
		_, _, err := c.StartSocketModeContext(ctx)
		return err
	})
	if err == nil {
		return nil
	}
	return []bot.Checkup{wrongAppToken(err)}
}

// as calls with the token of the app in place of the bot's.
func (a *Adapter) as(appToken string) *Adapter {
	return &Adapter{Token: appToken, URL: a.URL, Client: a.Client}
}

// wrongAppToken says what keeps attache from opening a socket.
func wrongAppToken(err error) bot.Checkup {
	const where = "At api.slack.com/apps, under Basic Information, App-Level Tokens, "
	var refused *refusal
	if !errors.As(err, &refused) {
		return bot.Checkup{Verdict: bot.Doubtful, What: "Socket Mode: " + err.Error(), Remedy: "See whether this machine reaches slack.com, and status.slack.com"}
	}
	c := bot.Checkup{Verdict: bot.Doubtful, What: "Slack does not take the app's token (" + refused.code + ")", Remedy: where + "generate one with the scope connections:write, and put it (xapp-) where the config has it"}
	switch refused.code {
	case "missing_scope", "no_permission":
		c.What = "the app's token lacks the scope connections:write (" + refused.code + ")"
	case "forbidden_team", "access_denied", "not_enabled", "socket_mode_not_enabled":
		c.What, c.Remedy = "Socket Mode is off ("+refused.code+")", "At api.slack.com/apps, under Socket Mode, switch Enable Socket Mode on"
	}
	return c
}
