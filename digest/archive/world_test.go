package archive_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/theme"
	"attache/sources"
	"attache/sources/text"
)

var (
	ledger = sources.Outlet{Name: "Caspian Ledger", Country: "AZE", Rating: "B", Host: "caspian-ledger.example"}
	wire   = sources.Source{Name: "Caspian Ledger", Outlet: "Caspian Ledger", URL: "https://caspian-ledger.example/feed", Kind: sources.Feed}
	noon   = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

// found makes an article that was published and seen at t.
func found(slug, title, body string, t time.Time) sources.Found {
	url := "https://caspian-ledger.example/" + slug
	return sources.Found{
		Article: sources.Article{
			URL: url, Title: title, Text: body, Published: text.Date{At: t}, Seen: t, Lang: "en",
		},
		Sighting: sources.Sighting{GUID: slug, URL: url + "?from=feed", Mark: title, Seen: t},
	}
}

// keep stores what the wire showed and returns how many were new and changed.
func keep(t testing.TB, a *archive.Archive, fs ...sources.Found) (fresh, changed int) {
	t.Helper()
	fresh, changed, err := a.Keep(context.Background(), wire, ledger, sources.State{LastPoll: noon}, fs)
	if err != nil {
		t.Fatal(err)
	}
	return fresh, changed
}

// indexAll indexes whatever lacks the stamp, and tags it by tag.
func indexAll(t testing.TB, a *archive.Archive, stamp string, tag func(sources.Article, *archive.Indexed)) []int64 {
	t.Helper()
	ctx := context.Background()
	arts, err := a.Unindexed(ctx, stamp, 100000)
	if err != nil {
		t.Fatal(err)
	}
	batch := make([]archive.Indexed, len(arts))
	for i, art := range arts {
		batch[i] = archive.Indexed{Article: art.ID, Version: art.Version, Stamp: stamp}
		if tag != nil {
			tag(art, &batch[i])
		}
	}
	stories, err := a.Index(ctx, batch)
	if err != nil {
		t.Fatal(err)
	}
	return stories
}

// azeIsr tags an article as about Azerbaijan and Israel, and gas.
func azeIsr(_ sources.Article, in *archive.Indexed) {
	in.Actors = []actor.About{{Actor: "ISR", Weight: 0.9, Why: "“Israel” in the title"}, {Actor: "AZE", Weight: 0.8, Why: "“Baku” in the first sentence"}}
	in.Dyads = []actor.Acting{{Dyad: actor.Pair("ISR", "AZE"), Weight: 0.7, Why: "“Baku told Israel”"}}
	in.Themes = []theme.Tag{{Theme: "gas", Weight: 0.6, Why: "“gas field”"}, {Theme: "arms-trade", Weight: 0.2, Why: "“drones”"}}
	in.Focus = "AZE"
	in.Mentioned = []string{"AZE", "ISR", "TUR"}
}

// ids searches and fails the test on an error.
func search(t testing.TB, a *archive.Archive, q archive.Query) []int64 {
	t.Helper()
	ids, total, err := a.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("search %+v: %v", q, err)
	}
	if total < len(ids) {
		t.Fatalf("search %+v: %d found of %d", q, len(ids), total)
	}
	return ids
}

// slugs searches and names what was found by the last part of the URL.
func slugs(t testing.TB, a *archive.Archive, q archive.Query) string {
	t.Helper()
	entries, err := a.Entries(context.Background(), search(t, a, q))
	if err != nil {
		t.Fatal(err)
	}
	names := ""
	for _, e := range entries {
		names += " " + e.URL[len("https://caspian-ledger.example/"):]
	}
	return names
}

// one reads one entry by its id.
func one(t testing.TB, a *archive.Archive, id int64) archive.Entry {
	t.Helper()
	es, err := a.Entries(context.Background(), []int64{id})
	if err != nil || len(es) != 1 {
		t.Fatal(fmt.Sprint("entry ", id, ": ", len(es), " found, ", err))
	}
	return es[0]
}

// execute runs a statement on the database behind the archive's back.
func execute(t testing.TB, dsn, statement string) {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(dsn, "postgres:") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
