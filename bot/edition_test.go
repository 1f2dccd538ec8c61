package bot_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/bot"
	"attache/bot/terminal"
	"attache/digest"
	"attache/digest/story"
	"attache/digest/summary"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var due = time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC)

func quote(n int, article int64, s string) digest.Quote {
	return digest.Quote{N: n, Sentence: summary.Sentence{
		Text: s, Alone: true, Citation: summary.Citation{Article: article, Version: 1},
	}}
}

// morning is an edition with one of everything that an edition can have.
func morning() *digest.Digest {
	pair := digest.Subject{Name: "Norland–Sudmark", Dyad: "NOR-SUD"}
	ferries := digest.Subject{Name: "ferries", Themes: []string{"transport-shipping"}}
	return &digest.Digest{
		Desk: "Straits", Number: 12, Previous: 11, Zone: "Asia/Baku",
		Due: due, Since: due.Add(-24 * time.Hour), Until: due, First: []int{1, 2},
		Stories: []digest.Story{
			{
				Number: 1, ID: 7, State: digest.New, Subject: pair,
				Actors: []string{"Norland", "Sudmark"}, Themes: []string{"arms trade"},
				Lead: quote(1, 71, "Norland ordered nine patrol boats from Sudmark, its navy said on Monday."),
				Figures: []digest.Difference{{
					Of: "price",
					A:  quote(1, 71, "The boats cost 40 million crowns, the navy said."),
					B:  quote(2, 72, "The order is worth 55 million crowns, a shipyard's clerk said."),
				}},
				Origins:     []story.Origin{{Name: "Lume Post", First: 71, Outlets: []string{"Lume Post", "Isle TV"}}, {Name: "Strait Wire", First: 72}},
				Outlets:     3,
				Ratings:     map[string]string{"Lume Post": "B"},
				StateLinked: []string{"Isle TV"},
			},
			{
				Number: 2, ID: 4, State: digest.MoreOrigins, Was: "11.3", WasOrigins: 1, Subject: ferries,
				Themes: []string{"transport and shipping"},
				Lead:   quote(3, 81, "Ferries between the two isles stopped at noon, the port said."),
				Origins: []story.Origin{
					{Name: "Isle TV", First: 80}, {Name: "Lume Post", First: 81},
				},
				Outlets: 2,
			},
			{
				Number: 3, ID: 5, State: digest.Corrected, Was: "11.1", Subject: ferries,
				Lead:    quote(4, 91, "The ferry carried 29 cars, the owner said."),
				Changes: []digest.Change{{Edition: 11, Had: quote(4, 91, "The ferry carried 92 cars, the owner said.")}},
				Origins: []story.Origin{{Name: "Strait Wire", First: 91}}, Outlets: 1,
			},
		},
		Sections: []digest.Section{
			{Subject: pair, Stories: []int{1}, Articles: 3, From: []digest.CountryCount{{Country: "Norland", Outlets: 2}, {Outlets: 1}}},
			{Subject: ferries, Stories: []int{2, 3}, Articles: 2},
		},
		Ahead: []digest.Ahead{
			{Day: due.Add(48 * time.Hour), Story: 1, Quote: quote(1, 71, "unused")},
			{Day: due.Add(72 * time.Hour), Quote: quote(3, 81, "The ports will reopen on Friday, the master said.")},
		},
		Counts: []digest.Count{
			{Subject: pair, Articles: 3, Usual: 1},
			{Subject: ferries, Articles: 2, Usual: 4},
			{Subject: digest.Subject{Name: "Norland–Estmark"}, Usual: 2, Last: due.Add(-100 * time.Hour)},
		},
		Gaps: []digest.Gap{
			{Subject: &digest.Subject{Name: "Norland–Estmark"}, Last: due.Add(-100 * time.Hour)},
			{Source: "Quay Herald", Trouble: "503 Service Unavailable", Next: due.Add(time.Hour)},
		},
		Muted: morningMutes(),
		Coverage: digest.Coverage{
			Sources: 5, NotRead: []digest.NotRead{{Source: "Quay Herald", Trouble: "503 Service Unavailable", Since: due.Add(-3 * time.Hour)}},
			Articles: 9, Reprints: 1, Matching: 5, Newest: due.Add(-30 * time.Minute), Languages: []string{"en", "az"},
			Partial: []digest.PartialText{{Outlet: "Lume Post", Why: "paywall", Articles: 2}},
		},
		Cited: []digest.Cited{
			{Article: 71, Version: 1, Outlet: "Lume Post", Rating: "B", URL: "https://lume-post.example/71", Lang: "en", Published: due.Add(-9 * time.Hour), Partial: "paywall"},
			{Article: 72, Version: 1, Outlet: "Strait Wire", URL: "https://strait-wire.example/72", Lang: "en", Published: due.Add(-8 * time.Hour)},
			{Article: 81, Version: 1, Outlet: "Isle TV", StateLinked: true, URL: "https://isle-tv.example/81", Lang: "az", Published: due.Add(-7 * time.Hour)},
			{Article: 91, Version: 2, Outlet: "Strait Wire", URL: "https://strait-wire.example/91", Lang: "en", Published: due.Add(-6 * time.Hour), Day: true},
		},
	}
}

// muted is a quiet day of a desk that has muted something.
func muted() *digest.Digest {
	d := quiet()
	d.Coverage.NotRead = nil
	d.Muted = morningMutes()
	return d
}

func morningMutes() []digest.HeldBack {
	return []digest.HeldBack{
		{Name: "11.2", Until: due.Add(7 * 24 * time.Hour), By: "Leyla", Articles: []int64{95, 96}},
		{Name: "9.1", UntilNew: true, By: "Rustam", Articles: []int64{97}},
		{Name: "protest"},
	}
}

func quiet() *digest.Digest {
	d := morning()
	d.Stories, d.Sections, d.First, d.Ahead, d.Muted = nil, nil, nil, d.Ahead[1:], nil
	return d
}

// late is an edition after a weekend and an outage.
func late() *digest.Digest {
	d := morning()
	d.Since, d.Until = due.Add(-72*time.Hour), due.Add(99*time.Minute)
	d.Late = &digest.Late{
		Posted: due.Add(101 * time.Minute), Began: due.Add(98 * time.Minute),
		DownFrom: due.Add(-38 * time.Minute), DownTo: due.Add(98 * time.Minute),
	}
	return d
}

func TestLateSaysWhy(t *testing.T) {
	const covers = "Covers Sat 21 Nov 07:30 to Tue 24 Nov 09:09; no time is left out, and no. 13 follows at its usual hour."
	down := digest.Late{DownFrom: due.Add(-26 * time.Hour), DownTo: due.Add(98 * time.Minute), Trouble: "unused"}
	for want, l := range map[string]digest.Late{
		"attache was not running from 23 Nov 05:30 to 09:08. ":      down,
		"An earlier try failed: the disk is full. ":                 {Trouble: "the disk is full\nand more"},
		"An earlier try failed: " + strings.Repeat("x", 200) + "… ": {Trouble: strings.Repeat("x", 300)},
		"Its making began at 07:36. ":                               {Began: due.Add(6 * time.Minute)},
		"":                                                          {Began: due.Add(4 * time.Minute)},
	} {
		d := late()
		l.Posted = due.Add(101 * time.Minute)
		d.Late = &l
		if got := bot.Edition(d).Root.Blocks[1].Lines[0].Text; got != "Late: due 07:30, posted 09:11. "+want+covers {
			t.Errorf("%s", got)
		}
	}
}

// TestUpdateSaysWhatIsNew holds that a story which goes on is told apart from one
// that two origins put differently.
func TestUpdateSaysWhatIsNew(t *testing.T) {
	d := morning()
	s := &d.Stories[0]
	s.State, s.Was, s.Articles, s.Figures[0].New = digest.Update, "11.1", 3, true
	thread := bot.Edition(d)
	var text strings.Builder
	for _, m := range []bot.Message{thread.Root, thread.Replies[0]} {
		for _, b := range m.Blocks {
			text.WriteString(b.State + "\n")
			for _, l := range b.Lines {
				text.WriteString(l.Label + "\n" + l.Text + "\n")
			}
		}
	}
	for _, want := range []string{"Update 3 new articles, 1 new figure (11.1)\n", "New figure, price\n", "2 origins (3 outlets) · a new figure for the price\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in:\n%s", want, text.String())
		}
	}
	if strings.Contains(strings.ToLower(text.String()), "figures differ") {
		t.Error("it is said to differ between origins")
	}
}

func TestOverdue(t *testing.T) {
	baku, err := time.LoadLocation("Asia/Baku")
	if err != nil {
		t.Fatal(err)
	}
	o := bot.Overdue{Desk: "Straits", Due: due, Now: due.Add(5 * time.Minute), Until: due.Add(6 * time.Hour), Zone: baku}
	for trouble, want := range map[string]string{
		"":                 "it is being made. It follows when it is done.",
		"the disk is full": "the disk is full. It follows when a try succeeds; it is tried until 13:30.",
	} {
		o.Trouble = trouble
		if got := o.Message().Blocks[0].Lines[0].Text; got != "Late: the Straits brief due 07:30 is not here yet: "+want {
			t.Errorf("%s", got)
		}
	}
}

func TestEditionInTheTerminal(t *testing.T) {
	for name, d := range map[string]*digest.Digest{"edition": morning(), "quiet": quiet(), "muted": muted(), "late": late()} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := (terminal.Printer{W: &b}).Thread(bot.Edition(d)); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".txt", b.String())
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}

func TestNotice(t *testing.T) {
	const want = "Straits brief no. 12, Tue 24 Nov. First: Norland ordered nine patrol boats from Sudmark, " +
		"its navy said on Monday. 4 of 5 sources read."
	if got := bot.Edition(morning()).Root.Notice; got != want {
		t.Errorf("notice: %s", got)
	}
}

// TestEveryLineHasItsCitation holds the law: no reported line without an article.
func TestEveryLineHasItsCitation(t *testing.T) {
	thread := bot.Edition(morning())
	for _, m := range append(thread.Replies, thread.Root) {
		for _, b := range m.Blocks {
			for _, l := range b.Lines {
				if l.Kind == bot.Reported && m.Citation(l.Cite).URL == "" {
					t.Errorf("no citation: %q", l.Text)
				}
			}
		}
	}
}
