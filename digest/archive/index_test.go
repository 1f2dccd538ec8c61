package archive_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/story"
	"attache/sources"
)

func TestUnindexedOldestFirst(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		keep(t, a, found("b", "B", "B.", noon.Add(2*time.Minute)))
		indexAll(t, a, "v1", nil)
		keep(t, a, found("a", "A", "A.", noon.Add(time.Minute)), found("c", "C", "C.", noon.Add(3*time.Minute)))
		list := func(stamp string, limit int) (titles string) {
			arts, err := a.Unindexed(ctx, stamp, limit)
			if err != nil {
				t.Fatal(err)
			}
			for _, art := range arts {
				titles += art.Title
			}
			return titles
		}
		for _, tt := range []struct {
			stamp string
			limit int
			want  string
		}{{"v1", 10, "AC"}, {"v2", 10, "ABC"}, {"v2", 2, "AB"}, {"v1", 1, "A"}, {"v1", 0, ""}} {
			if got := list(tt.stamp, tt.limit); got != tt.want {
				t.Errorf("stamp %s, limit %d: %s, want %s", tt.stamp, tt.limit, got, tt.want)
			}
		}
	})
}

// TestUnindexedByPublication holds that of what was seen at once the first
// published comes first, whatever came first into the archive.
func TestUnindexedByPublication(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		for i, title := range []string{"C", "A", "B"} {
			f := found(title, title, title+".", noon)
			f.Article.Published.At = noon.Add(-time.Duration([]int{1, 3, 2}[i]) * time.Hour)
			keep(t, a, f)
		}
		arts, err := a.Unindexed(context.Background(), "v1", 10)
		titles := ""
		for _, art := range arts {
			titles += art.Title
		}
		if titles != "ABC" || err != nil {
			t.Errorf("%s, %v; want ABC", titles, err)
		}
	})
}

func TestRetaggingKeepsNumbersAndStories(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		keep(t, a, found("gas", "Gas", "Gas.", noon))
		first := indexAll(t, a, "v1", azeIsr)
		second := indexAll(t, a, "v2", func(_ sources.Article, in *archive.Indexed) {
			in.Actors = []actor.About{{Actor: "TUR", Weight: 1}}
		})
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("the story changed:\n%s", diff)
		}
		if got := search(t, a, archive.Query{Actors: []string{"AZE"}}); len(got) != 0 {
			t.Errorf("found by a tag it lost")
		}
		e := one(t, a, search(t, a, archive.Query{Actors: []string{"TUR"}})[0])
		if e.Number != 1 || len(e.Actors) != 1 || len(e.Dyads) != 0 || e.Focus != "" {
			t.Errorf("number %d, actors %v, dyads %v, focus %s", e.Number, e.Actors, e.Dyads, e.Focus)
		}
		if _, last, err := a.News(ctx, 1, time.Time{}); last != 1 || err != nil {
			t.Errorf("the last number is %d, %v", last, err)
		}
	})
}

func TestStoriesWithinABatch(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		keep(t, a, found("a", "A", "A.", noon), found("b", "B", "B.", noon.Add(time.Minute)), found("c", "C", "C.", noon.Add(2*time.Minute)))
		arts, err := a.Unindexed(ctx, "v1", 10)
		if err != nil || len(arts) != 3 {
			t.Fatal(len(arts), err)
		}
		batch := make([]archive.Indexed, 3)
		for i, art := range arts {
			batch[i] = archive.Indexed{Article: art.ID, Version: 1, Stamp: "v1"}
		}
		batch[2].Story, batch[2].JoinWhy = -arts[0].ID, "the same pipe"
		batch[1].Copy = &story.Copy{Of: arts[0].ID, Relation: story.Correction, Share: 0.9, Why: "90 % of it"}
		stories, err := a.Index(ctx, batch)
		if err != nil {
			t.Fatal(err)
		}
		if stories[0] == stories[1] || stories[0] != stories[2] {
			t.Errorf("stories %v", stories)
		}
		got, err := a.StoryEntries(ctx, stories)
		if err != nil || len(got[stories[0]]) != 2 || got[stories[0]][0].Title != "A" || got[stories[0]][1].JoinWhy != "the same pipe" {
			t.Errorf("%+v, %v", got, err)
		}
		if c := got[stories[0]][0].CorrectedBy; c != arts[1].ID {
			t.Errorf("corrected by %d, want %d", c, arts[1].ID)
		}
		b := got[stories[1]][0]
		if b.CopyOf != arts[0].ID || b.Relation != story.Correction || b.CopyWhy != "90 % of it" || b.CopyShare != 0.9 {
			t.Errorf("copy of %d, %s, %q, %v", b.CopyOf, b.Relation, b.CopyWhy, b.CopyShare)
		}
		w, err := a.Window(ctx, noon.Add(time.Minute), time.Time{}, 0)
		if err != nil || len(w.Items) != 2 || w.Items[0].Title != "B" || w.Items[0].CopyOf != arts[0].ID || w.Items[1].Story != stories[0] || !w.Newest {
			t.Errorf("window %+v, %v", w, err)
		}
		if w, err = a.Window(ctx, noon.Add(time.Hour), noon.Add(time.Minute), 2); err != nil || len(w.Items) != 2 || !w.Since.Equal(noon) || w.Newest {
			t.Errorf("window of two articles %+v, %v", w, err)
		}
	})
}

func TestIndexOfWhatIsGoneOrOld(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		f := found("a", "A", "A.", noon)
		keep(t, a, f)
		old, err := a.Unindexed(ctx, "v1", 1)
		if err != nil {
			t.Fatal(err)
		}
		f.Article.Text = "A, again."
		keep(t, a, f)
		in := archive.Indexed{Article: old[0].ID, Version: 1, Stamp: "v1"}
		stories, err := a.Index(ctx, []archive.Indexed{{Article: 404, Version: 1, Stamp: "v1"}, in})
		if err != nil || stories[0] != 0 || stories[1] == 0 {
			t.Errorf("stories %v, %v", stories, err)
		}
		// A newer version waits, and an older one does not come back over it.
		if again := indexAll(t, a, "v1", nil); len(again) != 1 || again[0] != stories[1] {
			t.Errorf("the second version is in story %v, want %d", again, stories[1])
		}
		in.Stamp = "v0"
		if _, err := a.Index(ctx, []archive.Indexed{in}); err != nil {
			t.Fatal(err)
		}
		if e := one(t, a, old[0].ID); e.Version != 2 || e.Number != 2 {
			t.Errorf("version %d, number %d", e.Version, e.Number)
		}
		in.Version = 9
		if _, err := a.Index(ctx, []archive.Indexed{in}); err == nil {
			t.Error("a version that is not there was indexed")
		}
	})
}

// TestNumbersCommitInOrder has several indexers at work, each with connections
// of its own, and a reader that follows the numbers: it must never see one
// appear below what it has read.
func TestNumbersCommitInOrder(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		const workers, each = 4, 25
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		var writers sync.WaitGroup
		var tell sync.Mutex
		fail := func(err error) {
			tell.Lock()
			defer tell.Unlock()
			t.Error(err)
			cancel()
		}
		reader, err := archive.Open(ctx, dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer reader.Close()
		for w := range workers {
			writers.Go(func() {
				if err := work(ctx, dsn, w, each); err != nil {
					fail(err)
				}
			})
		}
		read := map[int64]bool{}
		for at := int64(0); at < workers*each && ctx.Err() == nil; {
			news, last, err := reader.News(ctx, at, time.Time{})
			if err != nil {
				fail(err)
				break
			}
			for i, e := range news {
				if e.Number != at+int64(i)+1 || read[e.ID] {
					fail(fmt.Errorf("after %d, number %d came at place %d (read before: %v)", at, e.Number, i, read[e.ID]))
				}
				read[e.ID] = true
			}
			if len(news) != int(last-at) {
				fail(fmt.Errorf("from %d to %d there are %d articles", at, last, len(news)))
			}
			at = last
		}
		writers.Wait()
		if len(read) != workers*each {
			t.Errorf("read %d articles of %d", len(read), workers*each)
		}
	})
}

// work keeps and indexes articles one by one, over connections of its own. All
// workers keep some of the same ones, and try to index them all.
func work(ctx context.Context, dsn string, worker, n int) error {
	a, err := archive.Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer a.Close()
	for i := range n {
		own := found(fmt.Sprint("own-", worker, "-", i), "Own", fmt.Sprint("Own ", worker, i, "."), noon)
		if _, _, err := a.Keep(ctx, wire, ledger, sources.State{}, []sources.Found{own}); err != nil {
			return err
		}
		arts, err := a.Unindexed(ctx, "v1", 3)
		if err != nil {
			return err
		}
		batch := make([]archive.Indexed, len(arts))
		for j, art := range arts {
			batch[j] = archive.Indexed{Article: art.ID, Version: art.Version, Stamp: "v1"}
		}
		if _, err := a.Index(ctx, batch); err != nil {
			return err
		}
	}
	for {
		arts, err := a.Unindexed(ctx, "v1", 10)
		if err != nil || len(arts) == 0 {
			return err
		}
		batch := make([]archive.Indexed, len(arts))
		for j, art := range arts {
			batch[j] = archive.Indexed{Article: art.ID, Version: art.Version, Stamp: "v1"}
		}
		if _, err := a.Index(ctx, batch); err != nil {
			return err
		}
	}
}
