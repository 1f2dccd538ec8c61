package bot_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"attache/bot"
	"attache/bot/terminal"
	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/ask"
	"attache/digest/theme"
	"attache/sources"
	"attache/sources/text"
)

// printed is an article of the answers' world, by day and hour of November 2026.
type printed struct{ outlet, country, at, title, text string }

var paper = []printed{
	{"Lume Post", "ARM", "2 09:00", "Armenia in talks with India on radars", "Armenia is in talks with India on six radars, Armenia's defence ministry said on Monday."},
	{"Lume Post", "ARM", "16 09:00", "Armenia orders six radars from India", "Armenia ordered six radars from India, Armenia's defence ministry said on Monday. The ministry put the price of the radars at 90 million dollars. They will be built near Pune."},
	{"Isle TV", "GBR", "16 12:00", "Armenia orders six radars from India", "Armenia ordered six radars from India, Armenia's defence ministry said on Monday. The ministry put the price of the radars at 90 million dollars. They will be built near Pune, Lume Post reported."},
	{"Strait Wire", "IND", "16 18:30", "India's radars for Armenia cost more, officials say", "The contract for six radars that Armenia ordered from India is worth 140 million dollars, two Indian officials told Strait Wire on Monday. That includes training in India, the officials said. Armenia's defence ministry did not comment."},
	{"Strait Wire", "IND", "17 08:00", "India's minister visits Armenia", "India's foreign minister arrived in Yerevan on Tuesday for talks with Armenia's foreign minister, India's foreign ministry said."},
	{"Lume Post", "ARM", "17 15:00", "Armenia and Iran plan a second gas line", "Armenia and Iran will build a second gas pipeline across the Aras, Armenia's energy ministry said on Tuesday."},
	{"Isle TV", "GBR", "17 17:00", "Armenia, Iran to talk of a free port", "Iran's trade minister will meet his Armenian counterpart in Meghri, Iran's trade ministry said."},
	{"Strait Wire", "IND", "3 08:00", "A show of maps", "A museum in Kochi shows maps of Brazil. Maps of Chile hang beside them."},
}

// kept fills an archive with the paper, and with an article a week that tells what
// is usual.
func kept(t *testing.T) *bot.Converser {
	t.Helper()
	ctx := t.Context()
	a, err := archive.Open(ctx, filepath.Join(t.TempDir(), "attache.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	keep := func(p printed, at time.Time) {
		url := fmt.Sprintf("https://%s.example/%d", strings.ReplaceAll(strings.ToLower(p.outlet), " ", "-"), at.Unix())
		_, _, err := a.Keep(ctx, sources.Source{Name: p.outlet, Outlet: p.outlet, Kind: sources.Feed}, sources.Outlet{Name: p.outlet, Country: p.country},
			sources.State{FirstPoll: at, LastPoll: at, LastOK: at}, []sources.Found{{
				Article:  sources.Article{URL: url, Outlet: p.outlet, Title: p.title, Text: p.text, Lang: "en", Published: text.Date{At: at}, Seen: at, Changed: at},
				Sighting: sources.Sighting{Source: p.outlet, GUID: url, URL: url, Seen: at},
			}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for week := 3; week < 12; week++ {
		at := time.Date(2026, 11, 17-7*week, 12, 0, 0, 0, time.UTC)
		keep(printed{outlet: "Lume Post", country: "ARM", title: fmt.Sprintf("Tea, week %d", week),
			text: fmt.Sprintf("India sold Armenia %d tons of tea, traders said on Tuesday.", 10+week)}, at)
	}
	for _, p := range paper {
		at, err := time.Parse("2 15:04 Jan 2006", p.at+" Nov 2026")
		if err != nil {
			t.Fatal(err)
		}
		keep(p, at)
	}
	actors := actor.Load()
	x := digest.Indexer{Archive: a, Actors: actors, Themes: theme.NewTagger(actors)}
	if _, err := x.Index(ctx); err != nil {
		t.Fatal(err)
	}
	name := func(id string) string {
		if th, ok := theme.Lookup(id); ok {
			return th.Name
		}
		return id
	}
	return &bot.Converser{Archive: a, Engine: &ask.Engine{Archive: a, Actors: actors, Themes: theme.NewTagger(actors)}, Theme: name}
}

// What an answer of each sort says, word by word.
func TestAnswersInTheTerminal(t *testing.T) {
	c := kept(t)
	leyla := ask.Asker{Name: "Leyla", Zone: time.UTC, Now: time.Date(2026, 11, 18, 8, 2, 0, 0, time.UTC), Follows: []string{"GEO"}}
	for name, thread := range map[string][]string{
		"latest":           {"latest on Armenia–India"},
		"more":             {"latest since 1 September", "more", "more"},
		"timeline":         {"timeline of Armenia–India since 1 November"},
		"all-steps":        {"timeline since 1 September", "all steps"},
		"who-said":         {"who said what on Armenia–India?", "who said 140?"},
		"who-said-nothing": {"what did Narendra Modi say on Armenia?"},
		"compare":          {"compare Armenia–India with Armenia–Iran"},
		"compare-themes":   {"compare arms trade with gas on Armenia since 1 November"},
		"compare-periods":  {"compare this week with last week on Armenia"},
		"compare-one":      {"compare Armenia–India"},
		"compare-actors":   {"compare Iran and India"},
		"why":              {"latest on Armenia–Iran", "why is [1] here?"},
		"nothing":          {"Georgia–India", "Brazil–Chile since 1 November", "Armenia–India on 5 November"},
		"refused":          {"Zembla–India", "asdf", "tell me a joke", "🙂", "why is 4.2 here?"},
		"ambiguous":        {"latest on Georgia", "latest on Korea", "Armenai–Indai"},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for _, q := range thread {
				m, err := c.Ask(t.Context(), name, q, leyla)
				if err != nil {
					t.Fatalf("%s: %v", q, err)
				}
				fmt.Fprintf(&b, "> %s\n", q)
				if err := (terminal.Printer{W: &b}).Message(m); err != nil {
					t.Fatal(err)
				}
				b.WriteByte('\n')
			}
			golden(t, "answer-"+name+".txt", b.String())
		})
	}
}
