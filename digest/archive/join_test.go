package archive_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/story"
)

// threeStories keeps three articles, each with a story of its own.
func threeStories(t *testing.T, a *archive.Archive) (articles, stories []int64) {
	t.Helper()
	keep(t, a, found("a", "A", "A.", noon), found("b", "B", "B.", noon.Add(time.Minute)), found("c", "C", "C.", noon.Add(2*time.Minute)))
	arts, err := a.Unindexed(context.Background(), "v1", 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, art := range arts {
		articles = append(articles, art.ID)
	}
	return articles, indexAll(t, a, "v1", nil)
}

func titles(es []archive.Entry) (all string) {
	for _, e := range es {
		all += e.Title
	}
	return all
}

// TestMergedStoryIsFound holds that whoever has the id of a story that went on in
// others finds it, over two merges, and that its old articles came along.
func TestMergedStoryIsFound(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		_, s := threeStories(t, a)
		for _, m := range []story.Merged{{Story: s[0], Into: s[1]}, {Story: s[1], Into: s[2]}} {
			if _, err := a.IndexBatch(ctx, archive.Batch{Merged: []story.Merged{m}}); err != nil {
				t.Fatal(err)
			}
		}
		got, err := a.StoryEntries(ctx, s)
		if err != nil || len(got) != 3 {
			t.Fatalf("%d stories, %v", len(got), err)
		}
		for _, id := range s {
			if titles(got[id]) != "ABC" {
				t.Errorf("story %d has %q", id, titles(got[id]))
			}
		}
		if e := got[s[0]][0]; e.Story != s[2] || e.JoinWhy == "" {
			t.Errorf("the first is in story %d, %q", e.Story, e.JoinWhy)
		}
		now, err := a.StoriesNow(ctx, []int64{s[0], s[2], 404})
		if diff := cmp.Diff(map[int64]int64{s[0]: s[2], s[2]: s[2], 404: 404}, now); diff != "" || err != nil {
			t.Errorf("now: %s, %v", diff, err)
		}
	})
}

func TestArticlesMove(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		articles, s := threeStories(t, a)
		done, err := a.IndexBatch(ctx, archive.Batch{Moved: []story.Placed{
			{Article: articles[0], Story: -articles[0], Why: "shares: quay"},
			{Article: articles[1], Story: -articles[0], Why: "shares: quay"},
			{Article: articles[2], Story: s[1], Why: "shares: pier"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		begun := done.Begun[articles[0]]
		got, err := a.StoryEntries(ctx, append(s, begun))
		if err != nil || titles(got[begun]) != "AB" || titles(got[s[1]]) != "C" || len(got) != 2 {
			t.Errorf("%v, %v", got, err)
		}
		if why := got[s[1]][0].JoinWhy; why != "shares: pier" {
			t.Errorf("why: %q", why)
		}
	})
}

// TestStaleBatch holds that what was judged by stories that have changed since is
// refused, and leaves nothing behind.
func TestStaleBatch(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		articles, s := threeStories(t, a)
		w, err := a.Window(ctx, time.Time{}, time.Time{}, 0)
		if err != nil {
			t.Fatal(err)
		}
		batch := archive.Batch{Revision: w.Revision, Moved: []story.Placed{{Article: articles[0], Story: s[1], Why: "shares: quay"}}}
		done, err := a.IndexBatch(ctx, batch)
		if err != nil || done.Revision == w.Revision {
			t.Fatalf("revision %d after %d, %v", done.Revision, w.Revision, err)
		}
		batch.Moved[0].Story = s[2]
		if _, err := a.IndexBatch(ctx, batch); !errors.Is(err, archive.ErrStoriesChanged) {
			t.Errorf("stored what was judged before: %v", err)
		}
		if e := one(t, a, articles[0]); e.Story != s[1] {
			t.Errorf("the article is in story %d, want %d", e.Story, s[1])
		}
	})
}
