package terminal

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"

	"attache/bot"
)

func sample() bot.Message {
	return bot.Message{
		Zone: "Asia/Baku",
		Blocks: []bot.Block{
			{Kind: bot.Headline, Title: "Harbour desk · brief no. 3"},
			{Kind: bot.Context, Lines: []bot.Line{{Kind: bot.Counted, Text: "all times Baku"}}},
			{Kind: bot.Heading, Title: "First"},
			{
				Kind: bot.Item, Ref: "3.1", State: "New", Facts: "Georgia · energy-oil",
				Lines: []bot.Line{
					{
						Kind: bot.Reported, Text: "The harbour of Port Lume will close for two days in December, its master said.",
						Cite: 1, Marks: []string{"paywall (summary only)"},
					},
					{Kind: bot.Counted, Text: "one origin only"},
					{Kind: bot.Counted, Label: "Figures differ, ships"},
					{Kind: bot.Reported, Text: "Nine ships wait.", Cite: 1, Bullet: true},
				},
			},
		},
		Citations: []bot.Citation{{
			N: 1, Outlet: "Lume Post", URL: "https://lume-post.example/a/1",
			Published: time.Date(2026, 11, 23, 14, 40, 0, 0, time.UTC),
		}},
	}
}

func printed(t *testing.T, p Printer, m bot.Message) string {
	t.Helper()
	var b strings.Builder
	p.W = &b
	if err := p.Message(m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMessage(t *testing.T) {
	const want = `HARBOUR DESK · BRIEF NO. 3
all times Baku

FIRST
3.1 New · Georgia · energy-oil
  The harbour of Port Lume will close for two days in
  December, its master said. Lume Post [1], paywall (summary
  only)
  one origin only
  Figures differ, ships:
  • Nine ships wait. Lume Post [1]

[1] Lume Post, 23 Nov 18:40
    https://lume-post.example/a/1
`
	if diff := cmp.Diff(want, printed(t, Printer{Width: 60}, sample())); diff != "" {
		t.Error(diff)
	}
}

func TestWidthHolds(t *testing.T) {
	for _, width := range []int{40, 60, 80, 100} {
		for line := range strings.Lines(printed(t, Printer{Width: width}, sample())) {
			if n := runewidth.StringWidth(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("width %d: %d columns: %s", width, n, line)
			}
		}
	}
}

func TestColour(t *testing.T) {
	if got := printed(t, Printer{}, sample()); strings.Contains(got, "\x1b") {
		t.Errorf("colour that nobody asked for: %q", got)
	}
	if got := printed(t, Printer{Colour: true}, sample()); !strings.Contains(got, "\x1b[1m") {
		t.Error("no colour")
	}
}

// TestForeignText holds that nothing in an article can move the cursor, ring the
// bell or turn the writing.
func TestForeignText(t *testing.T) {
	m := sample()
	hostile := "a\x1b[2J\x07b\u202ec\u2066d\x9be\u200bf"
	m.Blocks[3].Lines[0].Text = hostile
	m.Citations[0].Outlet = hostile
	m.Citations[0].URL = "https://x.example/" + hostile
	got := printed(t, Printer{}, m)
	for _, r := range got {
		if r != '\n' && (r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0x200b && r <= 0x206f && r != '–') && r != '•' {
			t.Fatalf("%U came through: %q", r, got)
		}
	}
}

func TestThreadTellsNothingTwice(t *testing.T) {
	root := sample()
	reply := sample()
	reply.Blocks = reply.Blocks[2:]
	reply.Blocks[1].Again = true
	var b strings.Builder
	if err := (Printer{W: &b}).Thread(bot.Thread{Root: root, Replies: []bot.Message{reply}}); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"The harbour of Port Lume", "https://lume-post.example/a/1"} {
		if n := strings.Count(b.String(), s); n != 1 {
			t.Errorf("%q is printed %d times", s, n)
		}
	}
}

func TestChoices(t *testing.T) {
	m := bot.Message{Zone: "UTC", Blocks: []bot.Block{
		{Kind: bot.Headline, Title: "Lume"},
		{Kind: bot.Item, Ref: "3.1", State: "New", Menu: []bot.Action{{Label: "Mute", Do: "mute", On: "Harbour/3.1"}}},
	}}
	for _, label := range []string{"Timeline", "Who said what", "Share\x1b[2J here", "Not what I meant"} {
		m.Actions = append(m.Actions, bot.Action{Label: label})
	}
	if got, want := printed(t, Printer{}, m), "LUME\n3.1 New\n"; got != want {
		t.Errorf("choices that nobody asked for: %q", got)
	}
	const want = `LUME
3.1 New

  (1) Timeline  (2) Who said what
  (3) Share[2J here
  (4) Not what I meant
`
	if diff := cmp.Diff(want, printed(t, Printer{Width: 40, Choices: true}, m)); diff != "" {
		t.Error(diff)
	}
}

// TestNote holds that a person's words stand apart from what is counted.
func TestNote(t *testing.T) {
	m := sample()
	m.Blocks[3].Lines = append(m.Blocks[3].Lines, bot.Line{
		Kind: bot.Note, Label: "Note by Rustam, 24 Nov 08:12, on 3.1", Text: "We judge an earlier closure unlikely. Basis: [1].",
	})
	const want = `
  Note by Rustam, 24 Nov 08:12, on 3.1: We judge an earlier
  closure unlikely. Basis: [1].
`
	if got := printed(t, Printer{Width: 60}, m); !strings.Contains(got, want) {
		t.Errorf("the note is missing: %s", got)
	}
	if got := printed(t, Printer{Colour: true}, m); !strings.Contains(got, "\n  Note by Rustam") {
		t.Error("a note looks like what is counted")
	}
}
