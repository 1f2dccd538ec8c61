package discord

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/discord/discordtest"
)

// caucasus is the channel of the tests.
const caucasus = "300000000000000002"

// open makes a server with a channel #caucasus, and an adapter for it.
func open(b discordtest.Behaviour) (*discordtest.Server, *Adapter) {
	s := discordtest.New(b)
	s.Open(discordtest.Channel{ID: caucasus, Name: "caucasus"})
	return s, &Adapter{Token: discordtest.Token, Client: s.Client(), Pace: time.Millisecond, Listens: true}
}

// harbour is the place of the tests.
func harbour() bot.Place { return bot.Place{Platform: "discord", Channel: caucasus} }

// noted is an adapter whose marks can be read.
type noted struct {
	*Adapter
	mu   sync.Mutex
	keys map[string]string
}

func (n *noted) Post(ctx context.Context, p bot.Post) (string, error) {
	n.mu.Lock()
	if n.keys == nil {
		n.keys = map[string]string{}
	}
	n.keys[markOf(p.Key)] = p.Key
	n.mu.Unlock()
	return n.Adapter.Post(ctx, p)
}

func (n *noted) read(marks []string) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	keys := make([]string, len(marks))
	for i, m := range marks {
		keys[i] = n.keys[m]
	}
	return keys
}

func TestContract(t *testing.T) {
	kinds := map[string]discordtest.Channel{
		"text": {ID: caucasus, Kind: discordtest.Text}, "announcements": {ID: caucasus, Kind: discordtest.Announcements},
		"forum": {ID: caucasus, Kind: discordtest.Forum, RequireTag: true, Tags: []string{"500000000000000001"}},
	}
	for name, channel := range kinds {
		for _, listens := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				bottest.Contract(t, func(*testing.T) bottest.Case {
					s, a := open(discordtest.Behaviour{})
					s.Open(channel)
					a.Listens = listens
					n := &noted{Adapter: a}
					will := func(act discordtest.Act) func(*testing.T, *bot.Post) func() {
						return func(*testing.T, *bot.Post) func() {
							s.Will(act)
							return func() {}
						}
					}
					return bottest.Case{
						Adapter: n, Place: harbour(),
						Shown: func(*testing.T) []string { return n.read(s.State().Marks()) },
						Busy:  will(discordtest.Busy), Refuse: will(discordtest.Refuse), Lose: will(discordtest.LoseAfter),
						Harmless: harmless,
					}
				})
			})
		}
	}
}

var (
	escaped = regexp.MustCompile(`\\.`)
	links   = regexp.MustCompile(`\[([^\[\]]*)\]\(<([^<>]*)>\)`) // where nothing is escaped
)

// harmless: what isn't a link to a page of the sample is text, and has no sign of
// Discord's mark-up that isn't attache's own.
func harmless(t *testing.T, part bot.Part) {
	t.Helper()
	var p planned
	if err := json.Unmarshal(part.Payload, &p); err != nil {
		t.Fatal(err)
	}
	rest := escaped.ReplaceAllString(p.Message.Content, "")
	for _, m := range links.FindAllStringSubmatch(rest, -1) {
		if !strings.HasPrefix(m[2], "https://ok.example/") {
			t.Errorf("a link to %q", m[2])
		}
	}
	rest = links.ReplaceAllString(rest, "$1")
	if regexp.MustCompile("[<`\\[\\]_~|\\\\]").MatchString(rest) {
		t.Errorf("unescaped: %q", rest)
	}
	for l := range strings.SplitSeq(rest, "\n") {
		l = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(l, "- "), "### "), "-# ")
		if regexp.MustCompile(`://|@\w|\bwww\.|discord\.gg|^([#>]|[-+*] |\d+[.)] )`).MatchString(l) {
			t.Errorf("a link, a mention or mark-up: %q", l)
		}
		if n := strings.Count(l, "**"); n != 0 && n != 2 || strings.Count(strings.ReplaceAll(l, "**", ""), "*") > 0 {
			t.Errorf("bold that is not attache's: %q", l)
		}
	}
	for _, r := range p.Message.Components {
		for _, c := range r.Components {
			rest += c.Label + c.Placeholder
			for _, e := range c.Options {
				rest += e.Label
			}
		}
	}
	if regexp.MustCompile("[\x00-\x09\x0b-\x1f\u0085\u200b\u2028\u202d\u202e\u2066\ufeff]").MatchString(rest + p.Thread) {
		t.Errorf("control characters: %q", rest)
	}
}
