package digest_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/sources/text"
)

// refusing makes a database refuse the documents of articles whose address says
// so, as it does what it has no room for.
func refusing(t *testing.T, dsn string) {
	t.Helper()
	driver, statement := "sqlite", `CREATE TRIGGER refuse BEFORE INSERT ON docs
		WHEN (SELECT url FROM articles WHERE id = NEW.article) LIKE '%unfit%' BEGIN SELECT RAISE(ABORT, 'no room for it'); END`
	if strings.HasPrefix(dsn, "postgres:") {
		driver, statement = "pgx", `
			CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
				IF (SELECT url FROM articles WHERE id = NEW.article) LIKE '%unfit%' THEN
					RAISE EXCEPTION 'no room for it' USING ERRCODE = '54000';
				END IF;
				RETURN NEW;
			END $$;
			CREATE TRIGGER refuse BEFORE INSERT ON docs FOR EACH ROW EXECUTE FUNCTION refuse()`
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

// TestAsideGoesOn holds that an article which the archive has no place for is told
// once and recorded, and that the others are indexed.
func TestAsideGoesOn(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		a, err := archive.Open(ctx, dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = a.Close() })
		refusing(t, dsn)
		b := newBench(t, a)
		all := wires()
		b.store(all...)
		for _, slug := range []string{"unfit-1", "unfit-2"} {
			bad := wires()[0]
			bad.Article.URL, bad.Sighting.GUID = "https://wire-0.example/"+slug, slug
			b.store(bad)
		}
		x := b.indexer()
		done, err := x.Index(ctx)
		if err != nil || len(done.Aside) != 2 || done.Articles != len(all) {
			t.Fatalf("%+v, %v", done, err)
		}
		if said := done.Aside[0].String(); !strings.Contains(said, "https://wire-0.example/unfit-") || !strings.Contains(said, "no room for it") {
			t.Errorf("it says %q", said)
		}
		again, err := x.Index(ctx)
		if err != nil || again.Articles != 0 || len(again.Aside) != 0 {
			t.Errorf("again: %+v, %v", again, err)
		}
		b.recorded("https://wire-0.example/unfit-1", 1)
		b.recorded("https://wire-0.example/unfit-2", 1)

		// What it says now is another thing: it is tried again.
		changed := wires()[0]
		changed.Article.URL, changed.Sighting.GUID = "https://wire-0.example/unfit-1", "unfit-1"
		changed.Article.Title, changed.Article.Published = "Quite another title", text.Date{At: morning}
		changed.Article.Text += " And more was said of it, at some length, by the harbour master."
		changed.Article.Seen = morning.Add(time.Hour)
		b.store(changed)
		if done, err = x.Index(ctx); err != nil || len(done.Aside) != 1 {
			t.Errorf("changed: %+v, %v", done, err)
		}
		b.recorded("https://wire-0.example/unfit-1", 2)
	})
}

// recorded checks that the archive has a note of why an article was set aside.
func (b *bench) recorded(url string, version int) {
	b.t.Helper()
	ctx := context.Background()
	ids, err := b.archive.ByURL(ctx, []string{url})
	if err != nil {
		b.t.Fatal(err)
	}
	data, err := b.archive.Note(ctx, "index", fmt.Sprint(ids[url]))
	var note struct {
		Version    int
		Stamp, Why string
	}
	if err == nil {
		err = json.Unmarshal(data, &note)
	}
	if err != nil || note.Version != version || note.Stamp != digest.Stamp() || !strings.Contains(note.Why, "no room for it") {
		b.t.Errorf("the note of %s: %+v, %v", url, note, err)
	}
}
