package archive_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/sources"
	"attache/sources/text"
)

func TestExamineLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	h, a, err := archive.Examine(context.Background(), path)
	if err != nil || a != nil || h.File != path || h.Have != 0 || h.Know < 5 || !h.Pending {
		t.Errorf("no file: %+v, %v, %v", h, a, err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
	if _, _, err := archive.Examine(context.Background(), filepath.Join(path, "none", "x.db")); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("no folder: %v", err)
	}
}

func TestExamine(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		made, err := archive.Open(ctx, dsn)
		if err != nil {
			t.Fatal(err)
		}
		if err := made.Close(); err != nil {
			t.Fatal(err)
		}
		h, a, err := archive.Examine(ctx, dsn)
		if err != nil || a == nil || h.Have != h.Know || h.Pending || (h.Server == "") != (h.File != "") {
			t.Fatalf("%+v, %v, %v", h, a, err)
		}
		for what, err := range map[string]error{"write": a.TryWrite(ctx), "read": a.TryRead(ctx)} {
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		if n, err := a.Note(ctx, "check", ""); n != nil || err != nil {
			t.Errorf("the trial left %s, %v", n, err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		execute(t, dsn, "DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)")
		if older, a, err := archive.Examine(ctx, dsn); err != nil || a != nil || older.Have != h.Have-1 || !older.Pending {
			t.Errorf("an older schema: %+v, %v, %v", older, a, err)
		}
		execute(t, dsn, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, TRUE)")
		var newer *archive.NewerSchemaError
		if _, a, err := archive.Examine(ctx, dsn); !errors.As(err, &newer) || a != nil {
			t.Errorf("a newer schema: %v, %v", a, err)
		}
	})
}

func TestTryReadFindsDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "attache.db")
	a, err := archive.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096 * 8; i < 4096*12; i++ {
		data[i] = 0xaa
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	_, a, err = archive.Examine(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.TryRead(context.Background()); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("got %v", err)
	}
}

func TestPaces(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		newest := time.Date(2026, 11, 15, 12, 0, 0, 0, time.UTC)
		var found []sources.Found
		for i, age := range []time.Duration{0, 6 * time.Hour, 48 * time.Hour, 40 * 24 * time.Hour} {
			at := newest.Add(-age)
			url := "https://harbour-post.example/" + string(rune('a'+i))
			found = append(found, sources.Found{
				Article:  sources.Article{URL: url, Outlet: "Harbour Post", Title: url, Text: "Ferry fares rise " + url, Published: text.Date{At: at}, Seen: newest, Changed: newest},
				Sighting: sources.Sighting{Source: "Harbour Post", GUID: url, URL: url, Seen: newest},
			})
		}
		src := sources.Source{Name: "Harbour Post", Outlet: "Harbour Post", URL: "https://harbour-post.example/rss", Kind: sources.Feed}
		if _, _, err := a.Keep(context.Background(), src, sources.Outlet{Name: "Harbour Post"}, sources.State{}, found); err != nil {
			t.Fatal(err)
		}
		all, err := a.Paces(context.Background())
		want := archive.Pace{Articles: 3, First: newest.Add(-48 * time.Hour), Newest: newest}
		if err != nil || len(all) != 1 || all["Harbour Post"] != want {
			t.Errorf("%+v, %v; want %+v", all, err, want)
		}
	})
}
