package config

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Slack is the Slack app, in one workspace or in several.
type Slack struct {
	Workspace              // where there is one
	Workspaces []Workspace // where there are several, each with a name
}

// Workspace is the app as it is installed in one workspace of Slack.
type Workspace struct {
	Name          string // empty where there is one
	BotToken      Secret // xoxb-…
	AppToken      Secret // xapp-…, for Socket Mode
	SigningSecret Secret // for requests over HTTP
	RequestURL    string // where they come in; empty: Socket Mode
	ShortCommands []Name // commands that are registered beside /attache, or AllCommands
	CommandPrefix string // stands before their names
	Pos           Pos
}

// AllCommands stands in a list of short commands for all of them.
const AllCommands = "all"

// Discord is the Discord app.
type Discord struct {
	Token      Secret
	PublicKey  string // of requests over HTTP, in hexadecimal; empty: the gateway
	RequestURL string // where they come in
	PlainText  bool   // what is said in threads without a mention is read too
	Publish    bool   // editions in announcement channels go to those that follow them
}

// Webhook is a receiver of the team's own.
type Webhook struct {
	Name       string
	URL        Secret // there may be a token in it
	Secret     Secret // signs what is posted
	Repeatable bool   // the receiver drops a key that it has
	Pos        Pos
}

func slackShape() shape[Slack] {
	var f fields[Slack]
	for _, w := range workspaceFields() {
		f = append(f, field[Slack]{
			Key:  w.Key,
			read: func(r *reader, n node, to *Slack) { w.read(r, n, &to.Workspace) },
			show: func(from *Slack) any { return w.show(&from.Workspace) },
		})
	}
	f = append(f, named(Key{
		name: "workspaces", Type: "workspaces by their names",
		Doc: "Several workspaces, instead of the tokens of one. A place is then written `slack/NAME:#channel`.",
	}, workspaceShape(), func(w *Workspace) *string { return &w.Name }, func(s *Slack) *[]Workspace { return &s.Workspaces }))
	return shape[Slack]{fields: f, begin: beginSlack, end: (*reader).checkSlack}
}

func beginSlack(n node, s *Slack) { s.Pos = n.pos() }

func workspaceShape() shape[Workspace] {
	return shape[Workspace]{
		fields: workspaceFields(),
		begin:  func(n node, w *Workspace) { w.Pos = n.pos() },
		rule:   oneOf("bot-token", "bot-token-file"),
		end: func(r *reader, n node, w *Workspace) {
			if w.BotToken.Value() == "" {
				r.mistake(n, "expected a bot-token")
			}
			if !workspaceName.MatchString(w.Name) {
				r.mistake(node{ast: n.key, path: n.path}, "expected a name of letters, digits, - and _")
			}
		},
	}
}

var workspaceName = regexp.MustCompile(`^[\pL\pN_-]+$`)

func workspaceFields() fields[Workspace] {
	return slices.Concat(
		secretFields(tokenForm(notToken("xapp-", "the token of an app (xapp-)", "the bot's (xoxb-)")), Key{
			name: "bot-token", Example: "${SLACK_BOT_TOKEN}", also: []string{"SLACK_BOT_TOKEN"},
			Doc: "The bot's token, `xoxb-…`: from OAuth & Permissions.",
		}, func(w *Workspace) *Secret { return &w.BotToken }),
		secretFields(tokenForm(notToken("xoxb-", "the token of a bot (xoxb-)", "the app's (xapp-)")), Key{
			name: "app-token", Example: "${SLACK_APP_TOKEN}", also: []string{"SLACK_APP_TOKEN"},
			Doc: "The app's token, `xapp-…`, for Socket Mode: no address of yours has to be reachable.",
		}, func(w *Workspace) *Secret { return &w.AppToken }),
		secretFields(tokenForm(anyToken), Key{
			name: "signing-secret", Example: "${SLACK_SIGNING_SECRET}", also: []string{"SLACK_SIGNING_SECRET"},
			Doc: "The app's signing secret, for requests over HTTP instead of Socket Mode.",
		}, func(w *Workspace) *Secret { return &w.SigningSecret }),
		appFields(),
	)
}

// appFields are the keys of how the app is set up in the workspace: the manifest is
// made from them.
func appFields() fields[Workspace] {
	return fields[Workspace]{
		value(textLike("an address that begins with https://", "^https://", (*reader).requestURL), Key{
			name: "request-url", Example: "https://attache.example.org/slack",
			Doc: "The public address at which Slack reaches attache over HTTP. `attache manifest slack` writes it into the manifest; when left out, that is for Socket Mode.",
		}, func(w *Workspace) *string { return &w.RequestURL }),
		value(namesKind("all, or a list of commands"), Key{
			name: "short-commands", Example: "[latest, digest]",
			Doc: "Commands that Slack knows by themselves, `/latest` beside `/attache latest`: `all` that may be, or some of latest, digest, timeline, who-said, compare, follow, desk, sources. Where another app has the same name, one of the two hides the other.",
		}, func(w *Workspace) *[]Name { return &w.ShortCommands }),
		value(textLike("small letters, digits, - and _", commandPrefix, (*reader).commandPrefix), Key{
			name: "command-prefix", Example: "news-", Doc: "Stands before the names of the short commands: `/news-latest`.",
		}, func(w *Workspace) *string { return &w.CommandPrefix }),
	}
}

// commandPrefix leaves room for a command's name in the 32 signs that Slack takes.
const commandPrefix = `^[a-z0-9][a-z0-9_-]{0,19}$`

var commandPrefixForm = regexp.MustCompile(commandPrefix)

func (r *reader) commandPrefix(n node) string {
	s := r.text(n)
	if s != "" && !commandPrefixForm.MatchString(s) {
		r.mistake(n, "expected at most 20 small letters, digits, - and _, as in news-")
	}
	return s
}

func (r *reader) requestURL(n node) string {
	s := r.text(n)
	u, err := url.Parse(s)
	if s != "" && (err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "") {
		r.mistake(n, "expected the public address of attache, as in https://attache.example.org/slack")
	}
	return s
}

func anyToken(*reader, node, string) {}

// notToken refuses a token that was put in the place of another.
func notToken(prefix, is, want string) func(*reader, node, string) {
	return func(r *reader, n node, text string) {
		if strings.HasPrefix(text, prefix) {
			r.mistake(n, "this is %s; expected %s", is, want)
		}
	}
}

func discordShape() shape[Discord] {
	return shape[Discord]{fields: append(
		secretFields(tokenForm(anyToken), Key{
			name: "token", Example: "${DISCORD_TOKEN}", also: []string{"DISCORD_TOKEN"},
			Doc: "The bot's token: from the application's page Bot.",
		}, func(d *Discord) *Secret { return &d.Token }),
		value(textLike("64 hexadecimal digits", "^[0-9A-Fa-f]{64}$", (*reader).publicKey), Key{
			name: "public-key", Example: "${DISCORD_PUBLIC_KEY}", also: []string{"DISCORD_PUBLIC_KEY"},
			Doc: "The application's public key, for requests over HTTP instead of the gateway: commands and buttons then come by `listen`, on any replica, and nothing that is said in a channel is heard.",
		}, func(d *Discord) *string { return &d.PublicKey }),
		value(textLike("an address that begins with https://", "^https://", (*reader).requestURL), Key{
			name: "request-url", Example: "https://attache.example.org/discord",
			Doc: "The public address at which Discord reaches attache over HTTP: the app's Interactions Endpoint URL. Its path tells requests apart from those of Slack.",
		}, func(d *Discord) *string { return &d.RequestURL }),
		value(switchKind(), Key{
			name: "plain-text", Example: "true",
			Doc: "In threads that attache began, what is said without a mention or a reply is read too. The app needs the Message Content Intent for it, which Discord may have to grant.",
		}, func(d *Discord) *bool { return &d.PlainText }),
		value(switchKind(), Key{
			name: "publish", Example: "true",
			Doc: "Editions in announcement channels go to the channels that follow those, in other servers too. Discord takes about ten an hour.",
		}, func(d *Discord) *bool { return &d.Publish }),
	)}
}

func webhookShape() shape[Webhook] {
	return shape[Webhook]{
		fields: append(slices.Concat(
			secretFields(webhookAddress(), Key{
				name: "url", Example: "https://desk.example.org/briefs",
				Doc: "Where messages are posted to. A receiver in a private network has to be in `fetch.allow-private` too.",
			}, func(w *Webhook) *Secret { return &w.URL }),
			secretFields(tokenForm(anyToken), Key{
				name: "secret", Example: "${WEBHOOK_SECRET}",
				Doc: "Signs what is posted, so that the receiver can tell who sent it.",
			}, func(w *Webhook) *Secret { return &w.Secret }),
		), value(switchKind(), Key{
			name: "repeatable", Example: "true",
			Doc: "The receiver drops a message whose `Idempotency-Key` it has. Otherwise it must offer a look-up, by which attache finds out after a doubt whether a message landed.",
		}, func(w *Webhook) *bool { return &w.Repeatable })),
		begin: func(n node, w *Webhook) { w.Pos = n.pos() },
		rule:  schema{"allOf": []any{oneOf("url", "url-file"), oneOf("secret", "secret-file")}},
		end:   (*reader).checkWebhook,
	}
}

func (r *reader) checkWebhook(n node, w *Webhook) {
	if !workspaceName.MatchString(w.Name) {
		r.mistake(node{ast: n.key, path: n.path}, "expected a name of letters, digits, - and _")
	}
	if w.URL.Value() == "" {
		r.mistake(n, "expected a url")
	}
	if w.Secret.Value() == "" {
		r.mistake(n, "expected a secret")
	}
}

// webhookAddress is the form of a receiver's address, of which only the host is
// ever printed.
func webhookAddress() secretForm {
	return secretForm{"an address", (*reader).text, (*reader).checkReceiver, func(s Secret) any {
		u, err := url.Parse(s.Value())
		if err != nil || u.Host == "" {
			return orNothing(s.String())
		}
		return escape(u.Scheme + "://" + u.Host + "/…")
	}}
}

// checkReceiver doesn't repeat the address: there may be a token in it.
func (r *reader) checkReceiver(n node, address string) {
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Hostname() == "", u.Scheme != "https" && u.Scheme != "http":
		r.mistake(n, "expected an address, as in https://desk.example.org/briefs")
	case u.User != nil, u.Fragment != "":
		r.mistake(n, "expected an address without a user's name and without #")
	}
}

var hexKey = regexp.MustCompile(`^[0-9A-Fa-f]{64}$`)

func (r *reader) publicKey(n node) string {
	s := r.text(n)
	if s != "" && !hexKey.MatchString(s) {
		r.mistake(n, "expected 64 hexadecimal digits")
	}
	return s
}

// checkSlack finds tokens of one workspace beside those of several, and tokens
// without the bot's. Where there are several, the variables of the environment
// that stand for the tokens of one may be meant for ${…}.
func (r *reader) checkSlack(n node, s *Slack) {
	own := slices.ContainsFunc(values(n.ast), func(v *ast.MappingValueNode) bool { return v.Key.GetToken().Value != "workspaces" })
	switch {
	case len(s.Workspaces) > 0 && own:
		r.mistake(n, "expected the tokens of one workspace, or workspaces; there are both")
	case len(s.Workspaces) > 0:
		s.Workspace = Workspace{Pos: s.Pos}
	case s.BotToken.Value() == "" && (s.AppToken.Value() != "" || s.SigningSecret.Value() != ""):
		r.mistake(n, "expected a bot-token")
	}
}
