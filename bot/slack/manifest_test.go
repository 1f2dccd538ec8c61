package slack

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"attache/bot"
	"attache/bot/slack/slacktest"
)

// TestManifestGolden holds the manifests to testdata/manifest-*.json.
func TestManifestGolden(t *testing.T) {
	for name, app := range map[string]App{
		"socket": {},
		"http":   {RequestURL: "https://attache.example.org/slack", Short: ShortCommands(), Prefix: "news-"},
	} {
		got, err := app.Manifest()
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", "manifest-"+name+".json")
		if *update {
			if err := os.WriteFile(file, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// TestManifestLimits: Slack refuses a manifest for one text that is too long, or an
// empty one.
func TestManifestLimits(t *testing.T) {
	data, err := App{Short: ShortCommands(), Prefix: strings.Repeat("n", 20)}.Manifest()
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	within := func(what, s string, least, most int) {
		t.Helper()
		if n := bot.Units(s); n < least || n > most {
			t.Errorf("%s has %d signs, not %d to %d: %s", what, n, least, most, s)
		}
	}
	within("name", m.Display.Name, 1, 35)
	within("description", m.Display.Description, 1, 140)
	within("long_description", m.Display.LongDescription, 175, 4000)
	within("display_name", m.Features.Bot.Name, 1, 80)
	if n := len(m.Features.Commands); n != 1+len(ShortCommands()) || n > 50 {
		t.Errorf("%d commands", n)
	}
	for _, c := range m.Features.Commands {
		within(c.Command, c.Command, 2, 32)
		within(c.Command+"'s description", c.Description, 1, 2000)
		within(c.Command+"'s usage", c.Usage, 0, 1000)
	}
}

func TestCheckCommand(t *testing.T) {
	for _, test := range []struct{ prefix, name, want string }{
		{"", "latest", ""},
		{"", "who-said", ""},
		{"news-", "desk", ""},
		{"", "mute", "Slack's own command"},
		{"", "latset", "those that can are latest, digest, timeline, who-said, compare, follow, desk, sources"},
		{"news-", "note", "can't be a short command"},
		{"News ", "latest", "small letters"},
		{strings.Repeat("n", 23), "who-said", ""},
		{strings.Repeat("n", 24), "who-said", "at most 32"},
	} {
		app := App{Prefix: test.prefix, Short: []string{test.name}}
		err := app.CheckCommand(test.name)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s%s: %v", test.prefix, test.name, err)
		}
	}
	for _, name := range ShortCommands() {
		if slices.Contains(reserved(), name) {
			t.Errorf("/%s is Slack's own", name)
		}
	}
}

// calls are the methods of the Web API by the library's names; those without scope
// need none, or, like apps.connections.open, another token.
var calls = map[string]string{
	"AuthTest": "", "StartSocketMode": "", "OpenView": "", "UpdateView": "",
	"PostMessageWithResponse": "chat.postMessage", "DeleteMessage": "chat.delete",
	"PostMessage": "chat.postMessage", "PostEphemeral": "chat.postEphemeral",
	"GetConversationInfo": "conversations.info", "GetConversationsForUser": "users.conversations",
	"GetConversationHistory": "conversations.history", "GetConversationReplies": "conversations.replies",
	"GetUserInfo": "users.info", "GetUserGroups": "usergroups.list",
}

var called = regexp.MustCompile(`\bc\.([A-Z]\w+?)Context\(`)

// TestEachCallHasItsScope reads the code: each call that it makes is in the table of
// scopes, and it makes each call, and hears each event, that a scope is for.
func TestEachCallHasItsScope(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	found := 0
	var made []string
	heard, err := os.ReadFile("heard.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range called.FindAllStringSubmatch(string(code), -1) {
			found++
			method, known := calls[m[1]]
			made = append(made, method)
			has := slices.ContainsFunc(Scopes(), func(s Scope) bool { return slices.Contains(s.uses, method) })
			if !known || method != "" && !has {
				t.Errorf("%s: %sContext has no scope: see scope.go, and the names above", file, m[1])
			}
		}
	}
	if found < 5 {
		t.Errorf("%d calls found in the code", found)
	}
	var names []string
	for _, s := range Scopes() {
		if len(s.uses) == 0 || s.For == "" || s.without == "" || s.verdict == "" || slices.Contains(names, s.Name) {
			t.Errorf("%+v", s)
		}
		names = append(names, s.Name)
		for _, use := range s.uses {
			kind, _, _ := strings.Cut(use, ".")
			hears := use == commandsSent || isEvent(use) && strings.Contains(string(heard), `"`+kind+`"`)
			if !hears && !slices.Contains(made, use) {
				t.Errorf("%s is asked for %s, of which the code makes no use", s.Name, use)
			}
		}
	}
}

// TestScopesAreDocumented: the page for those who run attache gives each scope its
// reason, in the same words.
func TestScopesAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Scopes() {
		if row := "| `" + s.Name + "` | " + s.For + " |"; !strings.Contains(string(page), row) {
			t.Errorf("docs/operations.md lacks the line\n%s", row)
		}
	}
}

// TestCheckApp: what is wrong with an app beside its places, with what to click.
func TestCheckApp(t *testing.T) {
	const appToken = "xapp-test-token"
	overHTTP := App{RequestURL: "https://attache.example.org/slack"}
	for _, test := range []struct {
		name    string
		app     App
		keys    Keys
		answer  string   // of apps.connections.open
		scopes  []string // nil: all
		verdict bot.Verdict
		says    string
	}{
		{"posts alone", App{}, Keys{}, "", nil, bot.Well, "posts to News desk; nothing that is said there is heard"},
		{"socket", App{}, Keys{AppToken: appToken}, `{"ok":true,"url":"wss://x.example/"}`, nil, bot.Well, "@attache of News desk has all scopes, and is reached by Socket Mode"},
		{"http", overHTTP, Keys{Signed: true}, "", nil, bot.Well, "is reached at https://attache.example.org/slack"},
		{"http without secret", overHTTP, Keys{AppToken: appToken}, "", nil, bot.Doubtful, "no signing-secret"},
		{"secret without address", App{}, Keys{Signed: true}, "", nil, bot.Doubtful, "no request-url"},
		{"scope of the app", App{}, Keys{AppToken: appToken}, `{"ok":false,"error":"missing_scope"}`, nil, bot.Doubtful, "lacks the scope connections:write"},
		{"false token", App{}, Keys{AppToken: appToken}, `{"ok":false,"error":"invalid_auth"}`, nil, bot.Doubtful, "does not take the app's token (invalid_auth)"},
		{"not installed anew", overHTTP, Keys{Signed: true}, "", []string{"chat:write", "channels:read", "groups:read", "app_mentions:read", "im:history", "im:read", "users:read", "usergroups:read"},
			bot.Doubtful, "the scope commands is missing: no command reaches attache"},
	} {
		s := slacktest.New(slacktest.Behaviour{})
		s.Grant(test.scopes...)
		if test.scopes == nil {
			for _, scope := range Scopes() {
				test.scopes = append(test.scopes, scope.Name)
			}
			s.Grant(test.scopes...)
		}
		a := &Adapter{Token: slacktest.BotToken, Client: &http.Client{Transport: opening{s.Client().Transport, test.answer, appToken}}}
		got := a.CheckApp(t.Context(), test.app, test.keys)
		if len(got) != 1 || got[0].Verdict != test.verdict || !strings.Contains(got[0].What, test.says) || (got[0].Remedy == "") != (test.verdict == bot.Well) {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}

// opening answers apps.connections.open, with the app's token alone.
type opening struct {
	http.RoundTripper
	answer, token string
}

func (o opening) RoundTrip(req *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(req.URL.Path, "/apps.connections.open") {
		return o.RoundTripper.RoundTrip(req)
	}
	answer := o.answer
	if req.Header.Get("Authorization") != "Bearer "+o.token {
		answer = `{"ok":false,"error":"not_allowed_token_type"}`
	}
	header := http.Header{"Content-Type": {"application/json"}}
	return &http.Response{StatusCode: http.StatusOK, Header: header, Body: io.NopCloser(strings.NewReader(answer)), Request: req}, nil
}
