package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/slack/slacktest"
)

// decoded is a payload as it was planned.
type decoded struct {
	Text   string
	Blocks []struct {
		Type      string
		Text      struct{ Text string }
		Elements  []struct{ Text any }
		Accessory struct{ Options []any }
	}
}

// plan plans a message, and has Slack take each part.
func plan(t testing.TB, m bot.Message) []decoded {
	t.Helper()
	parts, err := (&Adapter{Listens: true}).Plan(place(), bot.Thread{Root: m})
	if err != nil {
		t.Fatal(err)
	}
	s, a := open(slacktest.Behaviour{})
	a.Pace = 1
	all := make([]decoded, len(parts))
	for i, p := range parts {
		if _, err := a.Post(t.Context(), bot.Post{Key: fmt.Sprint(i), Place: place(), Payload: p.Payload}); err != nil {
			t.Fatalf("part %d: %v", i+1, err)
		}
		if err := json.Unmarshal(p.Payload, &all[i]); err != nil {
			t.Fatal(err)
		}
		if all[i].Text == "" {
			t.Errorf("part %d has no text", i+1)
		}
	}
	if len(s.State().Messages) != len(parts) {
		t.Errorf("%d parts, %d posted", len(parts), len(s.State().Messages))
	}
	return all
}

// glyphs are signs by how many units they take when sent.
var glyphs = map[string]int{"a": 1, "ə": 1, "語": 1, "😀": 2, "&": 5, "<": 4}

// TestLimits: at each limit a text stands where it belongs, and one sign past it
// elsewhere, with nothing lost.
func TestLimits(t *testing.T) {
	headline := func(s string) bot.Block { return bot.Block{Kind: bot.Headline, Title: s} }
	line := func(kind bot.BlockKind) func(string) bot.Block {
		return func(s string) bot.Block {
			return bot.Block{Kind: kind, Lines: []bot.Line{{Kind: bot.Counted, Text: s}}}
		}
	}
	for _, test := range []struct {
		name  string
		most  int
		block func(string) bot.Block
		got   func([]decoded) bool // it has room where it belongs
	}{
		{"header", maxHeader, headline, func(p []decoded) bool { return p[0].Blocks[0].Type == "header" }},
		{"section", maxSection, line(bot.Item), func(p []decoded) bool { return len(p[0].Blocks) == 1 }},
		{"context", maxContext, line(bot.Context), func(p []decoded) bool { return len(p[0].Blocks[0].Elements) == 1 }},
	} {
		for sign, size := range glyphs {
			for past, want := range []bool{true, false} {
				text := strings.Repeat(sign, test.most/size+past)
				got := plan(t, bot.Message{Blocks: []bot.Block{test.block(text), line(bot.Item)("last")}[:1+map[bool]int{true: 1}[test.name == "context"]]})
				if test.got(got) != want {
					t.Errorf("%s with %d %s: %v", test.name, test.most/size+past, sign, !want)
				}
				if all := whole(got); !strings.Contains(all, literal(text)) {
					t.Errorf("%s with %d %s: something is lost", test.name, test.most/size+past, sign)
				}
			}
		}
	}
}

// whole is all that payloads show in their blocks, without spaces.
func whole(all []decoded) string {
	var b strings.Builder
	for _, p := range all {
		for _, block := range p.Blocks {
			b.WriteString(block.Text.Text)
			for _, e := range block.Elements {
				if s, is := e.Text.(string); is {
					b.WriteString(s)
				}
			}
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, b.String())
}

// TestMessageLimits: what one message has no room for goes on in the next.
func TestMessageLimits(t *testing.T) {
	small := func(n int) (all []bot.Block) {
		for i := range n {
			all = append(all, bot.Block{Kind: bot.Heading, Title: fmt.Sprint("Heading ", i)})
		}
		return all
	}
	long := func(n, size int) (all []bot.Block) {
		for range n {
			all = append(all, bot.Block{Kind: bot.Heading, Title: strings.Repeat("a", size)})
		}
		return all
	}
	for _, test := range []struct {
		name   string
		blocks []bot.Block
		want   int
	}{
		{"50 blocks", small(50), 1},
		{"51 blocks", small(51), 2},
		{"9,999 characters", append(long(3, 3000), long(1, 999)...), 1},
		{"10,000 characters", append(long(3, 3000), long(1, 1000)...), 2},
	} {
		if got := plan(t, bot.Message{Notice: "n", Blocks: test.blocks}); len(got) != test.want {
			t.Errorf("%s: %d messages; want %d", test.name, len(got), test.want)
		}
	}
}

// TestStoriesStayWhole: a message ends between stories, and a heading is with the
// first story under it.
func TestStoriesStayWhole(t *testing.T) {
	story := func(n int) bot.Block {
		b := bot.Block{Kind: bot.Item, Ref: fmt.Sprint("1.", n), State: "New"}
		for range 2 {
			b.Lines = append(b.Lines, bot.Line{Kind: bot.Reported, Text: strings.Repeat("word ", 300) + "end."})
		}
		return b
	}
	var blocks []bot.Block
	for i := range 6 {
		if i == 3 {
			blocks = append(blocks, bot.Block{Kind: bot.Heading, Title: "Second"})
		}
		blocks = append(blocks, story(i+1))
	}
	got := plan(t, bot.Message{Notice: "n", Blocks: blocks})
	if len(got) != 2 {
		t.Fatalf("%d messages", len(got))
	}
	if first := got[1].Blocks[0].Text.Text; !strings.HasPrefix(first, "*Second*\n*1.4 New*") {
		t.Errorf("the second message begins with %.40q", first)
	}
	for _, p := range got {
		for _, b := range p.Blocks {
			if !strings.HasSuffix(b.Text.Text, "end.") {
				t.Errorf("a section ends within a sentence: %q", b.Text.Text[len(b.Text.Text)-20:])
			}
		}
	}
}

// TestNothingLost: a sentence that no section has room for stands in several, whole.
func TestNothingLost(t *testing.T) {
	for _, sentence := range append(bottest.HostileTexts(),
		strings.Repeat("&", 5000), strings.Repeat("<&> ", 5000), strings.Repeat("ə😀", 7000), strings.Repeat("a word of many ", 4000),
		strings.Repeat("x", 2999)+"&"+strings.Repeat("y", 2999),
	) {
		got := plan(t, bot.Message{Blocks: []bot.Block{
			{Kind: bot.Item, Ref: "1.1", Lines: []bot.Line{{Kind: bot.Reported, Text: sentence, Cite: 1, Tail: sentence}}},
		}, Citations: []bot.Citation{{N: 1, Outlet: sentence, URL: "https://ok.example/" + strings.Repeat("a", 1900)}}})
		want := strings.Join(strings.Fields(literal(sentence)), "")
		if all := whole(got); strings.Count(all, want) < 2 {
			t.Errorf("%.30q is not there whole", sentence)
		}
		for _, p := range got {
			for _, b := range p.Blocks {
				rest := strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(links.ReplaceAllString(b.Text.Text, "$2"))
				if strings.ContainsAny(rest, "&<>") {
					t.Fatalf("%.30q: an escape is broken", sentence)
				}
			}
		}
	}
}

// TestLinkLimit: an address that is too long is left out, and its text stays.
func TestLinkLimit(t *testing.T) {
	for past, want := range map[int]bool{0: true, 1: false, 1000: false} {
		address := "https://ok.example/" + strings.Repeat("a", maxLink-len("https://ok.example/")+past)
		got := whole(plan(t, bot.Message{
			Blocks:    []bot.Block{{Kind: bot.Item, Lines: []bot.Line{{Kind: bot.Reported, Text: strings.Repeat("a ", 1000), Cite: 1}}}},
			Citations: []bot.Citation{{N: 1, Outlet: strings.Repeat("o", maxWhole), URL: address}},
		}))
		if strings.Contains(got, "<"+address+"|[1]>") != want || !strings.Contains(got, strings.Repeat("o", maxWhole)) || strings.Contains(got, "<https") != want {
			t.Errorf("an address of %d is no link, or is one: %.60q", len(address), got[len(got)-400:])
		}
	}
}

// TestActionLimits: rows of 25 buttons, menus of 5 entries, labels that are cut, and
// without what Slack can't carry.
func TestActionLimits(t *testing.T) {
	action := func(label, do, on string) bot.Action { return bot.Action{Label: label, Do: do, On: on} }
	var many []bot.Action
	for range 26 {
		many = append(many, action("More", "more", "x"))
	}
	rows := buttons(many)
	if len(rows) != 2 || len(rows[0].Elements) != 25 || len(rows[1].Elements) != 1 {
		t.Errorf("26 buttons are %d rows", len(rows))
	}
	if m := newMenu(many); len(m.Options) != 5 {
		t.Errorf("a menu of %d entries", len(m.Options))
	}
	for sign, size := range glyphs {
		for past, cut := range []bool{false, true} {
			text := strings.Repeat(sign, maxLabel/size+past)
			if got := newButton(action(text, "do", "")).Text.Text; strings.HasSuffix(got, "…") != cut || bot.Units(got) > maxLabel {
				t.Errorf("a label of %d %s: %q", maxLabel/size+past, sign, got)
			}
		}
	}
	if newButton(action("More", "more", strings.Repeat("x", maxValue))) != nil || newButton(action("More", "more", strings.Repeat("x", maxValue-len(`{"on":""}`)))) == nil {
		t.Error("a button's value has another limit")
	}
	if newButton(action("", "more", "")) != nil || newButton(action("More", "", "")) != nil || newMenu([]bot.Action{action(" ", "more", "")}) != nil {
		t.Error("a button without a label, or that does nothing")
	}
	if newMenu([]bot.Action{{Label: "x", Do: "mute", With: strings.Repeat("x", maxEntry-len("mute "))}}) == nil ||
		newMenu([]bot.Action{{Label: "x", Do: "mute", With: strings.Repeat("x", maxEntry-len("mute ")+1)}}) != nil {
		t.Error("an entry's value has another limit")
	}
	blocks := []bot.Block{{Kind: bot.Item, Ref: "1.1", Menu: many, Lines: []bot.Line{{Text: "a"}}}}
	plan(t, bot.Message{Notice: "n", Blocks: blocks, Actions: many})
}

// TestNobodyListens: then there is nothing to press, and the thread stays as it is.
func TestNobodyListens(t *testing.T) {
	thread := bot.Thread{Root: bot.Message{
		Blocks:  []bot.Block{{Kind: bot.Item, Ref: "1.1", Menu: []bot.Action{{Label: "More", Do: "more"}}}},
		Actions: []bot.Action{{Label: "Sources", Do: "sources"}},
	}}
	for listens, want := range map[bool]int{false: 0, true: 2} {
		parts, err := (&Adapter{Listens: listens}).Plan(place(), thread)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(parts[0].Payload), "action_id"); n != want {
			t.Errorf("listens %v: %d controls", listens, n)
		}
	}
	if thread.Root.Blocks[0].Menu == nil {
		t.Error("the thread was changed")
	}
}

// TestNotice: it is cut at its limit, and never empty.
func TestNotice(t *testing.T) {
	for sign, size := range glyphs {
		for past, cut := range []bool{false, true} {
			got := notice(&bot.Message{Notice: strings.Repeat(sign, maxText/size+past)})
			if strings.HasSuffix(got, "…") != cut || bot.Units(got) > maxText {
				t.Errorf("%d %s: %d units, cut %v", maxText/size+past, sign, bot.Units(got), !cut)
			}
		}
	}
	if got := plan(t, bot.Message{})[0].Text; got == "" {
		t.Error("nothing to say")
	}
}

// FuzzPlan: whatever stands in a message, Slack takes each part, and the sentence
// is there whole.
func FuzzPlan(f *testing.F) {
	for i, s := range bottest.HostileTexts() {
		f.Add(s, s, "https://ok.example/a?b=1&c", i)
	}
	f.Add(strings.Repeat("&", 5000), strings.Repeat("<", 400), "https://ok.example/"+strings.Repeat("<", 900), 3)
	f.Add(strings.Repeat("😀 ", 2000), "*", "javascript:alert(1)", 6)
	f.Fuzz(func(t *testing.T, sentence, name, address string, n int) {
		m := bot.Message{Notice: name, Zone: name, Citations: []bot.Citation{{N: 1, Outlet: name, URL: address}}}
		m.Blocks = append(m.Blocks, bot.Block{Kind: bot.Headline, Title: name}, bot.Block{Kind: bot.Context, Lines: []bot.Line{{Text: sentence}}})
		actions := []bot.Action{{Label: name, Do: "do", On: name, With: sentence}, {Label: sentence, Do: name, On: sentence}}
		for range min(max(n, 0), 12) {
			m.Blocks = append(m.Blocks, bot.Block{Kind: bot.Heading, Title: name, Lines: []bot.Line{{Kind: bot.Counted, Text: name}}}, bot.Block{
				Kind: bot.Item, Ref: "1.1", State: name, Facts: name, Menu: actions,
				Lines: []bot.Line{{Kind: bot.Reported, Label: name, Text: sentence, Cite: 1, Marks: []string{name}, Tail: name, Bullet: n%2 == 0}},
			})
		}
		m.Actions = actions
		if len(sentence)+len(name)+len(address) > 10_000 {
			t.Skip("tried by other tests")
		}
		got := plan(t, m)
		if want := strings.Join(strings.Fields(literal(sentence)), ""); !strings.Contains(whole(got), want) {
			t.Errorf("%q is not there whole", sentence)
		}
	})
}
