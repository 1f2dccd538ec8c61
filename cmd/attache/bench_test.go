package main

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"attache/digest/actor"
	"attache/digest/ask"
	"attache/sources"
	"attache/sources/fetch"
	"attache/sources/newsroom"
	"attache/sources/text"
)

// BenchmarkFirstAnswer times what a process does until its first answer: it
// opens an archive of 10,000 articles, loads the catalogues, and answers.
func BenchmarkFirstAnswer(b *testing.B) {
	ctx := context.Background()
	path := filepath.Join(b.TempDir(), "attache.db")
	now := newsroom.New().Now()
	fill(b, path, now, 10_000)
	for b.Loop() {
		a, err := newApp(ctx, path, actor.Load(), fetch.New(fetch.Options{}), func() time.Time { return now })
		if err != nil {
			b.Fatal(err)
		}
		m, err := a.converse.Ask(ctx, "bench", "latest on Azerbaijan–Israel", ask.Asker{Zone: time.UTC, Now: now})
		if err != nil || len(m.Citations) == 0 {
			b.Fatalf("no answer: %v, %v", m, err)
		}
		if err := a.close(); err != nil {
			b.Fatal(err)
		}
	}
}

// fill keeps and indexes n articles: those of the sample newsroom, again and
// again, each time a week earlier and with another number in its text.
func fill(b *testing.B, path string, now time.Time, n int) {
	b.Helper()
	ctx := context.Background()
	a, err := newApp(ctx, path, actor.Load(), fetch.New(fetch.Options{}), func() time.Time { return now })
	if err != nil {
		b.Fatal(err)
	}
	defer a.close()
	samples := newsroom.New().Articles()
	found := make([]sources.Found, n)
	for i := range found {
		s := samples[i%len(samples)]
		round := i / len(samples)
		url := fmt.Sprintf("https://bench.example/%d", i)
		body := fmt.Sprintf("%s No. %d.", s.Text[0], round)
		for _, p := range s.Text[1:] {
			body += "\n\n" + p
		}
		found[i] = sources.Found{
			Article: sources.Article{
				URL: url, Outlet: s.Outlet, Title: fmt.Sprintf("%s (%d)", s.Title, round), Text: body, Lang: "en",
				Published: text.Date{At: now.AddDate(0, 0, -7*round).Add(-time.Duration(i%len(samples)) * time.Minute)}, Seen: now, Backlog: true,
			},
			Sighting: sources.Sighting{Source: "bench", GUID: url, URL: url, Seen: now},
		}
	}
	if _, _, err := a.archive.Keep(ctx, sources.Source{Name: "bench", Outlet: "Bench"}, sources.Outlet{Name: "Bench"}, sources.State{}, found); err != nil {
		b.Fatal(err)
	}
	if _, err := a.indexer.Index(ctx); err != nil {
		b.Fatal(err)
	}
}
