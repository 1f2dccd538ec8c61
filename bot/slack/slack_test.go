package slack

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/slack/slacktest"
)

// open makes a workspace with #caucasus, and an adapter for it.
func open(b slacktest.Behaviour) (*slacktest.Server, *Adapter) {
	s := slacktest.New(b)
	s.Open(slacktest.Channel{ID: "C0CAUCASUS", Name: "caucasus", Private: true, Member: true})
	return s, &Adapter{Token: slacktest.BotToken, Client: s.Client(), Pace: time.Millisecond, Listens: true}
}

func place() bot.Place { return bot.Place{Platform: "slack", Channel: "#caucasus"} }

func TestContract(t *testing.T) {
	bottest.Contract(t, func(*testing.T) bottest.Case {
		s, a := open(slacktest.Behaviour{Page: 3})
		will := func(act slacktest.Act) func(*testing.T, *bot.Post) func() {
			return func(*testing.T, *bot.Post) func() {
				s.Will(act)
				return func() {}
			}
		}
		return bottest.Case{
			Adapter: a, Place: place(),
			Shown: func(*testing.T) []string { return s.State().Keys() },
			Busy:  will(slacktest.Busy), Refuse: will(slacktest.Refuse), Lose: will(slacktest.LoseAfter),
			Harmless: harmless,
		}
	})
}

var links = regexp.MustCompile(`<([^<>|]*)\|([^<>|]*)>`)

// harmless: what isn't a link to a page of the sample is text, and has no sign of
// Slack's mark-up that isn't attache's own.
func harmless(t *testing.T, part bot.Part) {
	t.Helper()
	for _, s := range texts(t, part.Payload) {
		for _, m := range links.FindAllStringSubmatch(s, -1) {
			if !strings.HasPrefix(m[1], "https://ok.example/") {
				t.Errorf("a link to %q", m[1])
			}
		}
		rest := links.ReplaceAllString(s, "$2")
		rest = strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(rest)
		if strings.ContainsAny(rest, "<>&`") {
			t.Errorf("unescaped: %q", rest)
		}
		if regexp.MustCompile(`://|@\w|\bwww\.|(^|\s):\w+:|\n&gt;|(^|\W)[_~]\w`).MatchString(rest) {
			t.Errorf("a link, a mention, an emoji or mark-up: %q", rest)
		}
		for l := range strings.SplitSeq(rest, "\n") {
			if n := strings.Count(l, "*"); n != 0 && n != 2 || n == 2 && !strings.HasPrefix(strings.TrimPrefix(l, "• "), "*") {
				t.Errorf("bold that is not attache's: %q", l)
			}
		}
		if regexp.MustCompile("[\x00-\x09\x0b-\x1f\u0085\u200b\u2028\u202d\u202e\u2066\ufeff]").MatchString(rest) {
			t.Errorf("control characters: %q", rest)
		}
	}
}

// texts are all that a payload shows.
func texts(t *testing.T, data json.RawMessage) []string {
	t.Helper()
	var p map[string]any
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	var all []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range []string{"text", "blocks", "elements", "accessory", "options"} {
				if s, is := v[name].(string); is {
					all = append(all, s)
					continue
				}
				walk(v[name])
			}
		case []any:
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(p)
	return all
}
