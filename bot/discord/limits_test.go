package discord

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/discord/discordtest"
)

// plan plans a thread, and has Discord take each part.
func plan(t testing.TB, listens bool, thread bot.Thread) []payload {
	t.Helper()
	s, a := open(discordtest.Behaviour{})
	a.Pace, a.Listens = 1, listens
	parts, err := a.Plan(harbour(), thread)
	if err != nil {
		t.Fatal(err)
	}
	root := ""
	all := make([]payload, len(parts))
	for i, p := range parts {
		id, err := a.Post(t.Context(), bot.Post{Key: fmt.Sprint("a/", i), Place: harbour(), Payload: p.Payload, Under: root})
		if err != nil {
			t.Fatalf("part %d: %v", i+1, err)
		}
		if i == 0 {
			root = id
		}
		var of planned
		if err := json.Unmarshal(p.Payload, &of); err != nil {
			t.Fatal(err)
		}
		all[i] = of.Message
	}
	for i, m := range s.State().Messages {
		if m.Mark() != markOf(fmt.Sprint("a/", i)) {
			t.Errorf("part %d has the mark %q", i+1, m.Mark())
		}
	}
	return all
}

// TestLimits: at the limit of a message a text stands in one, one sign past it in two,
// with nothing lost; for signs of several bytes, and those that grow when escaped.
func TestLimits(t *testing.T) {
	for sign, size := range map[string]int{"a": 1, "ə": 1, "語": 1, "😀": 2, "*": 2, "[": 2, "_": 2} {
		for past, want := range []int{1, 2} {
			text := strings.Repeat(sign, maxContent/size+past)
			got := plan(t, true, bot.Thread{Root: one(text)})
			whole := ""
			for _, p := range got {
				whole += p.Content
			}
			if len(got) != want || whole != literal(text) {
				t.Errorf("%d %s: %d messages, %d of %d units", maxContent/size+past, sign, len(got), bot.Units(whole), bot.Units(literal(text)))
			}
		}
	}
}

// TestNothingLost: what is too long for a message goes on between stories.
func TestNothingLost(t *testing.T) {
	for _, thread := range []bot.Thread{bottest.Long(), bottest.Thread(), bottest.Hostile(), bottest.Line()} {
		for _, listens := range []bool{true, false} {
			all := plan(t, listens, thread)
			for i, p := range all {
				if bot.Units(p.Content) > maxContent || p.Content == "" {
					t.Errorf("part %d has %d units", i+1, bot.Units(p.Content))
				}
				if !listens && len(p.Components) > 0 {
					t.Errorf("part %d has buttons that nobody hears", i+1)
				}
			}
		}
	}
	var m bot.Message
	for i := range 12 {
		var menu []bot.Action
		for j := range 5 {
			menu = append(menu, bot.Action{Label: fmt.Sprint("Entry ", j), Do: fmt.Sprint("do", j), On: fmt.Sprint("Caucasus/1.", i)})
		}
		m.Blocks = append(m.Blocks, bot.Block{Kind: bot.Item, Ref: fmt.Sprint("1.", i), State: "New", Menu: menu, Lines: []bot.Line{{Kind: bot.Counted, Text: "short"}}})
	}
	entries := 0
	for _, p := range plan(t, true, bot.Thread{Root: m}) {
		stories := strings.Count(p.Content, "New")
		if n := len(p.Components[0].Components[0].Options); n != 5*stories {
			t.Errorf("%d entries for %d stories", n, stories)
		}
		entries += len(p.Components[0].Components[0].Options)
	}
	if entries != 60 {
		t.Errorf("%d entries of 60", entries)
	}
}

// TestActionLimits: an action that Discord can't carry is left out, at each limit and
// one past it; what it carries is read again as it was.
func TestActionLimits(t *testing.T) {
	room := maxID - len("#25") - len("do||")
	for past, want := range []bool{true, false} {
		a := bot.Action{Label: strings.Repeat("ə", maxLabel+past), Do: "do", On: "x", With: strings.Repeat("ə", room-1+past)}
		b, ok := newButton(a, origin{})
		if ok != want || bot.Units(b.Label) > maxLabel {
			t.Errorf("past %d: %v, a label of %d", past, ok, bot.Units(b.Label))
		}
		menu := entries(&bot.Block{Ref: "1.2", Menu: []bot.Action{{Label: strings.Repeat("ə", 200), Do: "do", On: "x", With: strings.Repeat("ə", maxEntry-len("do|x|")+past)}}})
		if (len(menu) == 1) != want {
			t.Errorf("an entry, past %d: %d", past, len(menu))
		}
	}
	many := make([]bot.Action, 30)
	for i := range many {
		many[i] = bot.Action{Label: "Same", Do: "do"}
	}
	seen := map[string]bool{}
	rows := buttons(many, origin{}, maxRows)
	for _, r := range rows {
		for _, c := range r.Components {
			seen[c.CustomID] = true
		}
	}
	if len(rows) != maxRows || len(seen) != maxRows*maxButtons {
		t.Errorf("%d rows, %d buttons", len(rows), len(seen))
	}
}

// TestThreadName: a thread has a name that Discord takes, whatever the message is.
func TestThreadName(t *testing.T) {
	for _, title := range []string{"", " ", strings.Repeat("語", 101), strings.Repeat("😀", 60), "\u202e\n"} {
		if n := bot.Units(threadName(&bot.Message{Notice: title})); n < 1 || n > maxThread {
			t.Errorf("%q: %d", title, n)
		}
	}
}

// TestPermissionsAreDocumented: the page for those who run attache gives each
// permission its reason, in the same words.
func TestPermissionsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range Permissions() {
		if row := "| " + p.Name + " | " + p.For + " |"; !strings.Contains(string(page), row) {
			t.Errorf("docs/operations.md lacks the line\n%s", row)
		}
	}
}

// FuzzHear: whatever comes over HTTP or the gateway is read without a fault, and an
// action is read as it was written.
func FuzzHear(f *testing.F) {
	f.Add(`{"id":"1","token":"t","type":2,"channel_id":"3","member":{"user":{"id":"4"}},"data":{"name":"attache","options":[{"name":"ask","type":1,"options":[{"name":"line","type":3,"value":"x"}]}]}}`, "do", "on", "with")
	f.Add(`{"id":"1","token":"t","type":3,"channel_id":"3","user":{"id":"4"},"message":{"id":"5"},"data":{"custom_id":"a|b|c~d","component_type":3,"values":["x|y"]}}`, "a|b", "%7C", "~#")
	f.Add(`{"id":"1","channel_id":"2","author":{"id":"3"},"content":"<@1> <#2> </a:3> <a:b:4>","mentions":[{"id":"1"}]}`, "", "|", "")
	f.Fuzz(func(t *testing.T, data, do, on, with string) {
		var i interaction
		l := &Listener{}
		if json.Unmarshal([]byte(data), &i) == nil {
			_, _, _ = l.read(&i)
			_ = l.completions(t.Context(), &i)
		}
		var s said
		if json.Unmarshal([]byte(data), &s) == nil {
			_, _ = s.mention("1")
			_ = s.words("1") + s.answers("1")
		}
		a := bot.Action{Do: do, On: on, With: with}
		if got, _, ok := decodeAction(encodeAction(a, origin{})); ok != (do != "") || ok && got != a {
			t.Errorf("%+v is read as %+v", a, got)
		}
	})
}
