package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/bottest/backstage"
	"attache/bot/discord/discordtest"
)

// guild is Discord as a stage.
type guild struct {
	*discordtest.Server
	listener *Listener
	behind   *backstage.Backstage
	posts    *noted

	mu    sync.Mutex
	twice bool
	seen  map[string]bottest.Seen // what was told of, by channel and id
}

// The channels, the people and the role of the stage.
func stageID(name string) string {
	return map[string]string{
		"#caucasus": caucasus, "#energy": "300000000000000003", "#cabinet": "300000000000000004",
		"Leyla": "200000000000000001", "Rustam": "200000000000000002", "Murad": "200000000000000003",
		"to Leyla": "400000000000000001", "to Rustam": "400000000000000002", "to Murad": "400000000000000003",
		"@caucasus-leads": "600000000000000001",
	}[name]
}

// TestScripts: the conversations that every platform passes, in Discord.
func TestScripts(t *testing.T) {
	files, err := os.ReadDir("../bottest/scripts")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".txt"); name != "unreachable" { // its words are the hall's
			names = append(names, name)
		}
	}
	bottest.Scripts(t, func(t *testing.T) bottest.Stage { return newStage(t) }, names...)
}

func newStage(t *testing.T) bottest.Stage {
	g := &guild{Server: discordtest.New(discordtest.Behaviour{}), seen: map[string]bottest.Seen{}}
	g.Content = true // what is said in threads without a mention is read too
	for _, name := range []string{"#caucasus", "#energy", "#cabinet"} {
		c := discordtest.Channel{ID: stageID(name), Name: name[1:]}
		if name == "#cabinet" {
			c.Denied = discordtest.SendMessages
		}
		g.Open(c)
	}
	g.AddRole(discordtest.Role{ID: stageID("@caucasus-leads"), Name: "caucasus-leads"})
	for _, name := range people {
		u := discordtest.User{ID: stageID(name), Name: name}
		if name == "Leyla" {
			u.Roles = []string{stageID("@caucasus-leads")}
		}
		g.Add(u)
		g.Open(discordtest.Channel{ID: stageID("to " + name), Kind: discordtest.Direct, Recipient: u.ID})
	}
	a := &Adapter{Token: discordtest.Token, Client: g.Client(), Pace: time.Nanosecond, Listens: true}
	g.posts = &noted{Adapter: a}
	g.behind = backstage.Open(t, "", backstage.Platform{
		Name: "discord", Adapter: g.posts, Channels: [2]string{stageID("#caucasus"), stageID("#energy")},
		ID: func(name string) string { return "discord:" + stageID(name) },
	})
	g.Clock = g.behind.Now
	g.listener = &Listener{
		Adapter: a, PlainText: true, Log: slog.New(slog.DiscardHandler), Now: g.behind.Now, busy: time.Minute,
		Handle: func(_ context.Context, r bot.Request) error {
			g.mu.Lock()
			twice := g.twice
			g.mu.Unlock()
			if twice {
				g.behind.HandleTwice(t, r)
			} else {
				g.behind.Handle(t, r)
			}
			return nil
		},
	}
	if _, err := a.Register(t.Context()); err != nil {
		t.Fatal(err)
	}
	g.Direct(func(name string, data []byte) { // one after the other, as the script tells them
		g.listener.take(event{name, data})
		g.listener.acks.Idle()
		g.listener.crew.Idle()
	})
	return bottest.Stage{Platform: g, Behind: g.behind}
}

var people = []string{"Leyla", "Rustam", "Murad"}

// at are the channel of an act, and the message that it is under.
func (g *guild) at(a bottest.Act) (channel, root string) {
	channel = stageID("to " + a.Who)
	if a.Channel != "" {
		channel = stageID(a.Channel)
	}
	if a.Thread == "" {
		return channel, ""
	}
	_, root, _ = strings.Cut(a.Thread, "/")
	// What is under a message is in its thread; where that isn't open yet, it is a reply.
	for _, c := range g.State().Channels {
		if c.ID == root {
			return root, ""
		}
	}
	return channel, root
}

// Do has a person do something.
func (g *guild) Do(t *testing.T, a bottest.Act) string {
	t.Helper()
	g.mu.Lock()
	g.twice = a.Twice
	g.mu.Unlock()
	g.listener.recent = bot.Recent{} // what comes again is dropped by the archive, as on another replica
	channel, root := g.at(a)
	who, said := stageID(a.Who), ""
	var to []string
	if root != "" {
		to = []string{root}
	}
	switch a.Kind {
	case bottest.Says:
		said = channel + "/" + g.Say(who, channel, a.Text, to...)
	case bottest.Unsays:
		said = channel + "/" + g.Unsay(who, channel, a.Text)
	case bottest.Invokes:
		name, sub, options := typed(a.Text)
		g.Invoke(who, channel, name, sub, options...)
	case bottest.Edits:
		in, id, _ := strings.Cut(a.Message, "/")
		g.Edit(in, id, a.Text)
	case bottest.Deletes:
		in, id, _ := strings.Cut(a.Message, "/")
		g.Delete(in, id)
	case bottest.Repeats:
		g.Repeat()
	case bottest.Presses:
		g.press(t, a)
	}
	g.behind.Deliver(t)
	return said
}

// typed is a line of a script as one types it in Discord: the options apart, or under
// /attache ask.
func typed(line string) (name, sub string, options []discordtest.Option) {
	name, rest, _ := strings.Cut(strings.TrimPrefix(line, "/"), " ")
	desk := ""
	if before, of, ok := strings.Cut(rest, "desk: "); ok {
		rest, desk = strings.TrimSpace(before), of
	}
	first := map[string]string{"latest": "about", "timeline": "about", "who-said": "about", "follow": "name", "sources": "outlet"}
	switch {
	case name == "compare" && strings.Contains(rest, " with "):
		one, other, _ := strings.Cut(rest, " with ")
		return name, "", []discordtest.Option{{Name: "about", Value: one}, {Name: "with", Value: other}}
	case name == "digest":
	case first[name] != "" && (rest != "" || name == "sources"):
		if rest != "" {
			options = append(options, discordtest.Option{Name: first[name], Value: rest})
		}
	case name == appName:
		return name, askName, []discordtest.Option{{Name: askOption, Value: strings.TrimPrefix(line, "/attache ")}}
	default:
		return appName, askName, []discordtest.Option{{Name: askOption, Value: strings.TrimPrefix(line, "/")}}
	}
	if desk != "" {
		options = append(options, discordtest.Option{Name: "desk", Value: desk})
	}
	return name, "", options
}

// press finds the message with the button, or that of the thread which has the item.
func (g *guild) press(t *testing.T, a bottest.Act) {
	t.Helper()
	channel, id, err := idParts(a.Message)
	if err != nil {
		t.Fatal(err)
	}
	state := g.State()
	for _, m := range append(state.Messages, state.Private...) {
		if (m.Channel == channel && m.ID == id || m.Channel == id) && g.Press(stageID(a.Who), m.Channel, m.ID, a.Item, a.Label) {
			return
		}
	}
	for _, m := range slices.Backward(state.Private) { // in another part of what one person sees
		if m.Channel == channel && g.Press(stageID(a.Who), m.Channel, m.ID, a.Item, a.Label) {
			return
		}
	}
	t.Fatalf("no button is called %q", a.Label)
}

// Seen is what was shown since the last call, and then what was taken away.
func (g *guild) Seen(t *testing.T) []bottest.Seen {
	t.Helper()
	state := g.State()
	var all []bottest.Seen
	there := map[string]bool{}
	whole := map[string]int{}
	for _, m := range append(state.Messages, state.Private...) {
		id := m.Channel + "/" + m.ID
		there[id] = true
		if was, told := g.seen[id]; told && was.Text != "" || m.Author != discordtest.AppID || m.Thinking {
			continue
		}
		one := bottest.Seen{ID: id, To: g.reader(state, m)}
		one.Text, one.Buttons = read(t, m)
		for _, c := range state.Channels {
			if c.ID == m.Channel && c.Parent != "" {
				one.Thread = c.Parent + "/" + c.ID
			}
		}
		g.seen[id] = one
		key := g.posts.read([]string{m.Mark()})[0]
		key = key[:max(strings.LastIndex(key, "/"), 0)]
		if one.To != "" {
			key = "to " + one.To
		}
		if i, ok := whole[key]; ok && key != "" {
			all[i].Text += "\n" + one.Text
			all[i].Buttons = append(all[i].Buttons, one.Buttons...)
			continue
		}
		whole[key] = len(all)
		all = append(all, one)
	}
	for id, one := range g.seen {
		if !there[id] && !one.Withdrawn {
			one.Withdrawn = true
			g.seen[id] = one
			all = append(all, one)
		}
	}
	return all
}

// reader is who alone sees a message.
func (g *guild) reader(state discordtest.State, m discordtest.Message) string {
	i := slices.IndexFunc(state.Channels, func(c discordtest.Channel) bool { return c.ID == m.Channel })
	for _, name := range people {
		if m.Ephemeral == stageID(name) || state.Channels[i].Recipient == stageID(name) {
			return name
		}
	}
	return ""
}

var (
	bolded = regexp.MustCompile(`\*\*([^*\n]+)\*\*( ·)?`)
	signs  = regexp.MustCompile(`(?m)^-# |^#+ |\(<[^<>]*>\)`)
)

// read is what a message says, as it is seen.
func read(t *testing.T, m discordtest.Message) (text string, labels []string) {
	t.Helper()
	text = strings.NewReplacer(`\[`, "\x01", `\]`, "\x02").Replace(m.Content)
	text = bolded.ReplaceAllString(text, "$1")
	text = strings.NewReplacer("[", "", "]", "").Replace(signs.ReplaceAllString(text, ""))
	text = strings.NewReplacer("\x01", "[", "\x02", "]", joiner, "", `\`, "").Replace(text)
	var rows []row
	if err := json.Unmarshal(m.Components, &rows); err != nil && len(m.Components) > 0 {
		t.Fatal(err)
	}
	for _, r := range rows {
		for _, c := range r.Components {
			if c.Type == buttonType && c.Label != "Follow up" && c.Label != "Ask" {
				labels = append(labels, c.Label)
				text += fmt.Sprintf("\n(%s)", c.Label)
			}
		}
	}
	return text, labels
}
