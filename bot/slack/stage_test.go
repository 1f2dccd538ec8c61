package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/http"
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
	"attache/bot/slack/slacktest"
)

// workspace is Slack as a stage. What people do reaches attache as signed requests.
type workspace struct {
	*slacktest.Server
	listener *Listener
	behind   *backstage.Backstage

	mu    sync.Mutex
	twice bool
	seen  map[string]bottest.Seen // what was told of, by channel and ts
}

// TestScripts: the conversations that every platform passes, in Slack.
func TestScripts(t *testing.T) {
	files, err := os.ReadDir("../bottest/scripts")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".txt")
		// An answer can be shared where attache isn't, and there are no commands in threads.
		if name != "unreachable" && name != "thread_command" {
			names = append(names, name)
		}
	}
	bottest.Scripts(t, func(t *testing.T) bottest.Stage { return newStage(t) }, names...)
}

func newStage(t *testing.T) bottest.Stage {
	w := &workspace{Server: slacktest.New(slacktest.Behaviour{}), seen: map[string]bottest.Seen{}}
	for name, member := range map[string]bool{"caucasus": true, "energy": true, "cabinet": false} {
		w.Open(slacktest.Channel{ID: "C0" + strings.ToUpper(name), Name: name, Member: member})
	}
	for _, name := range []string{"Leyla", "Rustam", "Murad"} {
		w.Add(slacktest.User{ID: userID(name), Name: name, Zone: "Asia/Baku"})
		w.Open(slacktest.Channel{ID: "D0" + strings.ToUpper(name), Direct: true})
	}
	w.Form(slacktest.Group{Handle: "caucasus-leads", Users: []string{userID("Leyla")}})
	a := &Adapter{Token: slacktest.BotToken, URL: w.Address + "/api", Client: w.Client(), Pace: time.Nanosecond, Listens: true}
	w.behind = backstage.Open(t, "", backstage.Platform{
		Name: "slack", Adapter: a, Channels: [2]string{"#caucasus", "#energy"},
		ID: func(name string) string {
			if strings.HasPrefix(name, "@") {
				return "slack:" + name
			}
			return "slack:" + userID(name)
		},
	})
	w.Clock = w.behind.Now
	w.listener = &Listener{
		Adapter: a, SigningSecret: "signing-test-secret", Log: slog.New(slog.DiscardHandler), Now: w.behind.Now,
		Handle: func(_ context.Context, r bot.Request) error {
			w.mu.Lock()
			twice := w.twice
			w.mu.Unlock()
			if twice {
				w.behind.HandleTwice(t, r)
			} else {
				w.behind.Handle(t, r)
			}
			return nil
		},
	}
	w.Signed("signing-test-secret", http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		w.listener.ServeHTTP(rw, req)
		w.listener.crew.Idle()
	}))
	return bottest.Stage{Platform: w, Behind: w.behind}
}

// userID is a person's name, as a refusal names by their ids those who may change a
// desk.
func userID(name string) string { return name }

// Do has a person do something.
func (w *workspace) Do(t *testing.T, a bottest.Act) string {
	t.Helper()
	w.mu.Lock()
	w.twice = a.Twice
	w.mu.Unlock()
	w.listener.recent = bot.Recent{} // what comes again is dropped by the archive, as on another replica
	channel := "D0" + strings.ToUpper(a.Who)
	if a.Channel != "" {
		channel = "C0" + strings.ToUpper(a.Channel[1:])
	}
	ts := func(id string) string { return id[strings.Index(id, "/")+1:] }
	said := ""
	switch a.Kind {
	case bottest.Says:
		said = channel + "/" + w.Say(userID(a.Who), channel, ts(a.Thread), a.Text)
	case bottest.Unsays:
		said = channel + "/" + w.Unsay(userID(a.Who), channel, ts(a.Thread), a.Text)
	case bottest.Invokes:
		if _, command, own := strings.Cut(a.Text, "/attache "); own && a.Thread != "" { // Slack has no commands in threads
			return w.Do(t, bottest.Act{Kind: bottest.Says, Who: a.Who, Channel: a.Channel, Thread: a.Thread, Text: "@attache " + command, Twice: a.Twice})
		}
		line := a.Text
		if name, _, _ := strings.Cut(line[1:], " "); name != "attache" && !slices.Contains(ShortCommands(), name) {
			line = "/attache " + line[1:]
		}
		w.Invoke(userID(a.Who), channel, line)
	case bottest.Edits:
		w.Edit(channel, ts(a.Message), a.Text)
	case bottest.Deletes:
		w.Delete(channel, ts(a.Message))
	case bottest.Repeats:
		w.Repeat()
	case bottest.Presses:
		w.press(t, a)
	}
	w.behind.Deliver(t)
	return said
}

// press finds the message with the button, or that of the thread which has the item.
func (w *workspace) press(t *testing.T, a bottest.Act) {
	t.Helper()
	channel, ts, err := parts(a.Message)
	if err != nil {
		t.Fatal(err)
	}
	state := w.State()
	for _, m := range append(state.Messages, state.Private...) {
		if m.Channel == channel && (m.TS == ts || m.Thread == ts) && w.Press(userID(a.Who), channel, m.TS, a.Item, a.Label) {
			return
		}
	}
	t.Fatalf("no button is called %q", a.Label)
}

// Seen is what was shown since the last call, and then what was taken away.
func (w *workspace) Seen(t *testing.T) []bottest.Seen {
	t.Helper()
	state := w.State()
	var all []bottest.Seen
	there := map[string]bool{}
	whole := map[string]int{}
	for _, m := range append(state.Messages, state.Private...) {
		id := m.Channel + "/" + m.TS
		there[id] = true
		if _, told := w.seen[id]; told || m.User != "" {
			continue
		}
		one := bottest.Seen{ID: id, To: w.reader(m)}
		one.Text, one.Buttons = readBlocks(t, m.Blocks)
		if m.Thread != "" {
			one.Thread = m.Channel + "/" + m.Thread
		}
		w.seen[id] = one
		key, _, _ := cutLast(m.Key(), "/")
		if i, ok := whole[key]; ok && key != "" {
			all[i].Text += "\n" + one.Text
			continue
		}
		whole[key] = len(all)
		all = append(all, one)
	}
	for id, one := range w.seen {
		if !there[id] && !one.Withdrawn {
			one.Withdrawn = true
			w.seen[id] = one
			all = append(all, one)
		}
	}
	return all
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// reader is who alone sees a message.
func (w *workspace) reader(m slacktest.Message) string {
	for _, name := range []string{"Leyla", "Rustam", "Murad"} {
		if m.Ephemeral == userID(name) || m.Channel == "D0"+strings.ToUpper(name) {
			return name
		}
	}
	return ""
}

var (
	linked = regexp.MustCompile(`<[^<>|]*\|([^<>]*)>`)
	bolded = regexp.MustCompile(`(?m)\*([^*\n]+)\*( ·)?`)
)

// readBlocks are the words of blocks, as they are seen.
func readBlocks(t *testing.T, data json.RawMessage) (words string, buttons []string) {
	t.Helper()
	type element struct {
		Type string
		Text json.RawMessage
	}
	var blocks []struct {
		element
		Elements []element
	}
	if err := json.Unmarshal(data, &blocks); err != nil && len(data) > 0 {
		t.Fatal(err)
	}
	var lines []string
	add := func(e element) string {
		var plain string
		if json.Unmarshal(e.Text, &plain) != nil {
			var of struct{ Text string }
			if json.Unmarshal(e.Text, &of) != nil {
				return ""
			}
			plain = of.Text
		}
		plain = bolded.ReplaceAllString(linked.ReplaceAllString(plain, "$1"), "$1")
		return strings.NewReplacer(joiner, "", "\u00ad", "").Replace(html.UnescapeString(plain))
	}
	for _, b := range blocks {
		lines = append(lines, add(b.element))
		for _, e := range b.Elements {
			text := add(e)
			if e.Type == "button" {
				buttons = append(buttons, text)
				text = fmt.Sprintf("(%s)", text)
			}
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n"), buttons
}
