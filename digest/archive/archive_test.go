package archive_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/sources"
)

func TestWayOfAnArticle(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		f := found("gas", "Azerbaijan’s gas reaches Israel", "Baku told Israel that the gas field is open.", noon.Add(1234*time.Microsecond))
		f.Article.Published.At = f.Article.Published.At.In(time.FixedZone("", 4*3600))
		f.Article.Authors = []string{"Leyla M.", "Wire"}
		f.Article.Via = "Levant Wire"
		if fresh, changed := keep(t, a, f); fresh != 1 || changed != 0 {
			t.Fatalf("kept %d new, %d changed; want 1, 0", fresh, changed)
		}
		stories := indexAll(t, a, "v1", azeIsr)
		ids := search(t, a, archive.Query{Actors: []string{"AZE", "ISR"}})
		if len(ids) != 1 || len(stories) != 1 || stories[0] == 0 {
			t.Fatalf("found %v, stories %v", ids, stories)
		}
		e := one(t, a, ids[0])
		want := f.Article
		want.ID, want.Version, want.Number, want.Outlet, want.Changed = ids[0], 1, 1, "Caspian Ledger", want.Seen
		if diff := cmp.Diff(want, e.Article); diff != "" {
			t.Errorf("the article differs (-kept +read):\n%s", diff)
		}
		var in archive.Indexed
		azeIsr(want, &in)
		got := archive.Indexed{Actors: e.Actors, Dyads: e.Dyads, Themes: e.Themes, Focus: e.Focus, Mentioned: e.Mentioned}
		if diff := cmp.Diff(in, got); diff != "" {
			t.Errorf("the tags differ (-indexed +read):\n%s", diff)
		}
		if e.Publisher != ledger || e.Story != stories[0] || e.FirstNumber != 1 || !e.At.Equal(f.Article.Published.At) {
			t.Errorf("publisher %+v, story %d, first number %d, at %v", e.Publisher, e.Story, e.FirstNumber, e.At)
		}
		news, last, err := a.News(ctx, 0, time.Time{})
		if err != nil || last != 1 || len(news) != 1 {
			t.Errorf("news: %d entries up to %d, %v", len(news), last, err)
		}
	})
}

func TestEmptyArchive(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		if got := search(t, a, archive.Query{}); len(got) != 0 {
			t.Errorf("found %v", got)
		}
		if n, begins, err := a.Size(ctx); n != 0 || !begins.IsZero() || err != nil {
			t.Errorf("size %d, %v, %v", n, begins, err)
		}
		if e, err := a.LastEdition(ctx, "caucasus", time.Time{}); e != nil || err != nil {
			t.Errorf("edition %v, %v", e, err)
		}
		if s, _, err := a.Conversation(ctx, "none"); s != nil || err != nil {
			t.Errorf("conversation %s, %v", s, err)
		}
		if st, err := a.SourceState(ctx, "none"); st != (sources.State{}) || err != nil {
			t.Errorf("state %+v, %v", st, err)
		}
		if w, err := a.Window(ctx, time.Time{}, time.Time{}, 9); len(w.Items) != 0 || err != nil {
			t.Errorf("window %v, %v", w, err)
		}
	})
}
