package bot

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/ask"
	"attache/digest/summary"
	"attache/digest/theme"
	"attache/sources/text"
)

// A story is asked for by its number in any edition of the thread's desk; a
// number of nothing is said to be that.
func TestStoriesOfEarlierEditions(t *testing.T) {
	ctx := t.Context()
	a, err := archive.Open(ctx, filepath.Join(t.TempDir(), "attache.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	morning := time.Date(2026, 11, 23, 7, 30, 0, 0, time.UTC)
	var last *digest.Digest
	for i, ids := range [][]int64{{71, 72}, {72, 73}} {
		until := morning.AddDate(0, 0, i)
		last = &digest.Digest{Desk: "Straits", Number: i + 1, Until: until}
		for n, id := range ids {
			last.Stories = append(last.Stories, digest.Story{ID: id, Number: n + 1})
		}
		body, err := json.Marshal(last)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.SaveEdition(ctx, archive.Edition{Desk: "Straits", Due: until, Since: until.AddDate(0, 0, -1), Until: until, Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	c := actor.Load()
	conv := Converser{Archive: a, Engine: &ask.Engine{Archive: a, Actors: c, Themes: theme.NewTagger(c)}, Theme: func(id string) string { return id }}
	if err := conv.Begin(ctx, "thread", last); err != nil {
		t.Fatal(err)
	}
	ask := func(q string, now time.Time) string {
		m, err := conv.Ask(ctx, "thread", q, ask.Asker{Now: now})
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		var said []string
		for _, b := range m.Blocks {
			said = append(said, b.Title)
			for _, l := range b.Lines {
				said = append(said, l.Text)
			}
		}
		return strings.Join(said, " ")
	}
	noon := morning.AddDate(0, 0, 1).Add(5 * time.Hour)
	for q, want := range map[string]string{
		"timeline of 1.1": "1.1 timeline", // only the first edition has it
		"timeline of 1.2": "2.1 timeline", // goes on in the second
		"timeline of 2.2": "2.2 timeline",
		"timeline of 1.3": "No story 1.3 in the briefs of this desk. Nothing was searched.",
		"timeline of 3.1": "No story 3.1 in",
	} {
		if got := ask(q, noon); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
}

// The origins that are counted are those of the story, which a sentence's own may
// not be.
func TestOriginsAreTheStorys(t *testing.T) {
	a := answer{refs: map[int64]string{7: "2.7"}}
	for want, l := range map[string]ask.Line{
		"story 2.7: 3 origins (6 outlets)": {Story: 7, Origins: 3, Outlets: 6},
		"its story: 2 origins (2 outlets)": {Story: 8, Origins: 2, Outlets: 2},
		"2.7 · one origin only":            {Story: 7, Origins: 1, Outlets: 4},
		"one origin only":                  {Story: 8, Origins: 1, Outlets: 1},
		"2.7":                              {Story: 7},
	} {
		if got := a.tail(&l); got != want {
			t.Errorf("%+v: %q, want %q", l, got, want)
		}
	}
}

// A figure is its speaker's, whoever prints it.
func TestFiguresNameTheirSpeakers(t *testing.T) {
	side := func(article int64, s, figure string) (summary.Sentence, summary.Figure) {
		start := strings.Index(s, figure)
		return summary.Sentence{Citation: summary.Citation{Article: article}, Text: s}, summary.Figure{Span: text.Span{Start: start, End: start + len(figure)}}
	}
	d := summary.Difference{Of: "price"}
	d.A, d.FigureA = side(1, "The ferry costs 4 million euros, the harbour ministry said.", "4 million euros")
	d.B, d.FigureB = side(2, "The ferry costs 6 million euros.", "6 million euros")
	a := answer{Answer: &ask.Answer{Sources: []ask.Source{{Article: 1, Outlet: "Lume Post"}, {Article: 2, Outlet: "Isle TV"}}}, numbers: map[int64]int{1: 1, 2: 2}}
	want := "“4 million euros” said by the harbour ministry, Lume Post [1] · “6 million euros” Isle TV [2]"
	if got := a.differ(d).Text; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The head of an answer says a period so that it can be told from any other.
func TestPeriodOfAnAnswer(t *testing.T) {
	at := func(s string) time.Time {
		got, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	now := at("2026-11-24 08:02")
	for name, c := range map[string]struct {
		from, to string
		then     bool
		want     string
	}{
		"of this year":         {"2026-11-20 00:00", "2026-11-21 00:00", false, "20 Nov 00:00 to 21 Nov 00:00"},
		"up to now":            {"2026-11-17 08:02", "", false, "17 Nov 08:02 to now"},
		"past now":             {"2026-11-24 00:00", "2026-11-25 00:00", false, "24 Nov 00:00 to now"},
		"as of another time":   {"2026-11-17 08:02", "2026-11-24 08:02", true, "17 Nov 08:02 to 24 Nov 08:02"},
		"another year":         {"2024-01-01 00:00", "2025-01-01 00:00", false, "1 Jan 2024 00:00 to 1 Jan 2025 00:00"},
		"from another year on": {"2025-12-31 00:00", "", true, "31 Dec 2025 00:00 to 24 Nov 2026 08:02"},
		"open at its start":    {"", "2026-03-01 00:00", false, "before 1 Mar 00:00"},
		"none":                 {"", "", true, "whole archive"},
	} {
		t.Run(name, func(t *testing.T) {
			var p ask.Period
			if c.from != "" {
				p.Start = at(c.from)
			}
			if c.to != "" {
				p.End = at(c.to)
			}
			a := answer{Answer: &ask.Answer{Head: ask.Head{Period: p}}, clock: clock{time.UTC}, now: now, then: c.then}
			if got := a.period(); got != c.want {
				t.Errorf("period: %q, want %q", got, c.want)
			}
		})
	}
}
