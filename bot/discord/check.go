package discord

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"attache/bot"
)

// Check looks whether the token is taken, and whether attache has the permissions
// that it needs in a place's channel.
func (a *Adapter) Check(ctx context.Context, p bot.Place) []bot.Checkup {
	me, err := a.self(ctx)
	if err != nil {
		return []bot.Checkup{broken(err)}
	}
	may, at, err := a.permissions(ctx, p.Channel)
	if err != nil {
		return []bot.Checkup{broken(err)}
	}
	name := at.Name
	if name == "" {
		name = "the channel"
	} else {
		name = "#" + name
	}
	found := lacking(may, at, name)
	if at.isForum() && at.Flags&requiresTags != 0 && len(at.Tags) == 0 {
		what, remedy := (&refusal{code: tagRequired}).why()
		found = append(found, bot.Checkup{Verdict: bot.Broken, What: what, Remedy: remedy})
	}
	switch at.Kind {
	case textChannel, directChannel, announcements, forumChannel, mediaChannel:
	default:
		found = append(found, bot.Checkup{Verdict: bot.Broken, What: name + " is no channel for text", Remedy: "Name a text, an announcement or a forum channel"})
	}
	if len(found) > 0 {
		return found
	}
	what := fmt.Sprintf("%s may post in %s", me.Name, name)
	if at.Kind == announcements && !a.Publish {
		what += "; channels that follow it get nothing (discord.publish is not set)"
	}
	return []bot.Checkup{{Verdict: bot.Well, What: what}}
}

// lacking says which permissions attache has not in a channel.
func lacking(may int64, at place, name string) []bot.Checkup {
	var found []bot.Checkup
	for _, p := range Permissions() {
		if may&p.Bit != 0 || at.Kind == directChannel || at.isForum() && p.Bit == createThreads {
			continue
		}
		verdict := bot.Broken
		if p.Bit == readHistory {
			verdict = bot.Doubtful
		}
		found = append(found, bot.Checkup{
			Verdict: verdict, What: fmt.Sprintf("the permission %s is missing in %s: %s", p.Name, name, p.For), Remedy: permit(p.Name),
		})
	}
	return found
}

// broken is a call that failed, with what to do about it.
func broken(err error) bot.Checkup {
	var refused *refusal
	if errors.As(err, &refused) {
		what, remedy := refused.why()
		return bot.Checkup{Verdict: bot.Broken, What: fmt.Sprintf("%s (%s)", what, refused.name()), Remedy: remedy}
	}
	return bot.Checkup{Verdict: bot.Broken, What: err.Error(), Remedy: "See whether this machine reaches discord.com, and discordstatus.com"}
}

// Ears are how what people do is heard.
type Ears struct {
	PublicKey  string // of the application, for requests over HTTP; empty: by the gateway
	RequestURL string // where these are taken; empty where it isn't known
	PlainText  bool   // what is said in threads without a mention is read too
}

// application is attache as its owner sees it:
// https://discord.com/developers/docs/resources/application#application-object
type application struct {
	ID        string `json:"id"`
	Flags     int64  `json:"flags"`
	VerifyKey string `json:"verify_key"`
	Endpoint  string `json:"interactions_endpoint_url"`
	Public    bool   `json:"bot_public"`
}

func (a *Adapter) application(ctx context.Context) (of application, err error) {
	err = a.call(ctx, "GET", "/applications/@me", nil, &of)
	return of, err
}

// CheckApp looks at the application: whether what people do reaches attache, and
// whether its commands are registered.
func (a *Adapter) CheckApp(ctx context.Context, e Ears) []bot.Checkup {
	of, err := a.application(ctx)
	if err != nil {
		return []bot.Checkup{broken(err)}
	}
	found := e.wrong(of)
	switch known, err := a.isRegistered(ctx, of); {
	case err != nil:
		found = append(found, broken(err))
	case !known:
		found = append(found, bot.Checkup{Verdict: bot.Doubtful, What: "the commands are not registered as this attache has them", Remedy: "attache run registers them when it starts"})
	}
	if len(found) > 0 {
		return found
	}
	how := "by the gateway"
	if e.PublicKey != "" {
		how = "over HTTP"
	}
	return []bot.Checkup{{Verdict: bot.Well, What: "the app is heard " + how + ", and its commands are registered"}}
}

// wrong is what of an application doesn't fit how it is to be heard.
func (e Ears) wrong(of application) []bot.Checkup {
	var found []bot.Checkup
	add := func(v bot.Verdict, what, remedy string) {
		found = append(found, bot.Checkup{Verdict: v, What: what, Remedy: remedy})
	}
	const general = "At discord.com/developers/applications, under General Information, "
	overHTTP := e.PublicKey != ""
	switch {
	case overHTTP && of.VerifyKey != "" && !strings.EqualFold(of.VerifyKey, e.PublicKey):
		add(bot.Broken, "public-key is not that of the app", general+"copy the Public Key")
	case overHTTP && of.Endpoint == "":
		add(bot.Broken, "the app has no Interactions Endpoint URL: nothing that people do arrives", general+"set it to the address of attache, while attache run is at work")
	case overHTTP && e.RequestURL != "" && of.Endpoint != e.RequestURL:
		add(bot.Doubtful, "the app's Interactions Endpoint URL is another than request-url", general+"set it to "+e.RequestURL)
	case !overHTTP && of.Endpoint != "":
		add(bot.Broken, "the app has an Interactions Endpoint URL, so commands don't come by the gateway", general+"delete it; or give public-key, to take them over HTTP")
	}
	if of.Public {
		add(bot.Doubtful, "anybody may add the app to a server of theirs, and have its rights there", "At discord.com/developers/applications, under Installation, set Install Link to None; then, under Bot, switch Public Bot off")
	}
	if e.PlainText && of.Flags&(messageContent|limitedContent) == 0 {
		add(bot.Broken, "plain-text is set, and the app has not the Message Content Intent: the gateway refuses attache", "At discord.com/developers/applications, under Bot, switch Message Content Intent on, or unset plain-text")
	}
	if e.PlainText && overHTTP {
		add(bot.Doubtful, "plain-text has no effect over HTTP", "Unset it, or leave public-key out")
	}
	return found
}

// Invite is the link by which an admin of a server lets attache in, with the
// permissions that it needs and no more.
func (a *Adapter) Invite(ctx context.Context) (string, error) {
	of, err := a.application(ctx)
	if err != nil {
		return "", told(err)
	}
	return invite(of.ID), nil
}

// invite is https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
func invite(application string) string {
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d", application, needed())
}
