package archive_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/story"
	"attache/sources"
	"attache/sources/text"
)

// TestChangesOfOthersAreSeen reads everything again after each change that another
// process makes, and holds it against what one reads that remembers nothing.
func TestChangesOfOthersAreSeen(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		reader, writer := opened(t, dsn), opened(t, dsn)
		first, second := found("first", "First", "Four were hurt.", noon), found("second", "Second", "A pipe burst.", noon.Add(time.Hour))
		keep(t, writer, first, second)
		stories := indexAll(t, writer, "v1", azeIsr)
		all := search(t, writer, archive.Query{})
		shown := func(seen sources.Found, at time.Duration, change func(*sources.Article)) {
			seen.Article.Seen = noon.Add(at)
			change(&seen.Article)
			keep(t, writer, seen)
		}
		changes := []struct {
			name   string
			change func()
		}{
			{"nothing", func() {}},
			{"the same again", func() { keep(t, writer, first) }},
			{"authors", func() { shown(first, time.Hour, func(a *sources.Article) { a.Authors = []string{"Leyla Aliyeva"} }) }},
			{"another time", func() {
				shown(second, time.Hour, func(a *sources.Article) { a.Published = text.Date{At: noon.Add(-3 * time.Hour)} })
			}},
			{"a new version", func() { shown(first, 2*time.Hour, func(a *sources.Article) { a.Text = "Six were hurt." }) }},
			{"the new version indexed", func() { indexAll(t, writer, "v1", azeIsr) }},
			{"tags by another stamp", func() { indexAll(t, writer, "v2", nil) }},
			{"moved to another story", func() {
				moved := []story.Placed{{Article: all[0], Story: stories[0], Why: "one event"}, {Article: all[1], Story: stories[0], Why: "one event"}}
				_, err := writer.IndexBatch(context.Background(), archive.Batch{Moved: moved})
				if err != nil {
					t.Fatal(err)
				}
			}},
			{"a correction", func() {
				keep(t, writer, found("third", "Correction", "Seven, not six.", noon.Add(5*time.Hour)))
				indexAll(t, writer, "v2", func(_ sources.Article, in *archive.Indexed) {
					in.Copy = &story.Copy{Of: all[0], Relation: story.Correction}
				})
			}},
			{"the outlet", func() {
				other := ledger
				other.StateLinked = true
				if _, _, err := writer.Keep(context.Background(), wire, other, sources.State{}, nil); err != nil {
					t.Fatal(err)
				}
			}},
		}
		for _, c := range changes {
			readAll(t, reader) // now it remembers
			c.change()
			if diff := cmp.Diff(readAll(t, opened(t, dsn)), readAll(t, reader)); diff != "" {
				t.Errorf("after %s (-read anew +remembered):\n%s", c.name, diff)
			}
		}
	})
}

// opened opens an archive, as another process would.
func opened(t *testing.T, dsn string) *archive.Archive {
	t.Helper()
	a, err := archive.Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

// readAll is what an archive gives of its articles, its stories and its extent, now
// and at times before.
func readAll(t *testing.T, a *archive.Archive) map[string]any {
	t.Helper()
	ctx := context.Background()
	all := map[string]any{}
	for _, at := range []time.Time{{}, noon.Add(-2 * time.Hour), noon, noon.Add(90 * time.Minute), noon.Add(100 * time.Hour)} {
		view := a.At(at)
		ids := search(t, view, archive.Query{AsOf: at})
		entries, err := view.Entries(ctx, ids)
		if err != nil {
			t.Fatal(err)
		}
		var of []int64
		for _, e := range entries {
			of = append(of, e.Story)
		}
		stories, err := view.StoryEntries(ctx, of)
		if err != nil {
			t.Fatal(err)
		}
		extent, err := view.Extent(ctx)
		if err != nil {
			t.Fatal(err)
		}
		all[fmt.Sprint("entries at ", at)], all[fmt.Sprint("stories at ", at)], all[fmt.Sprint("extent at ", at)] = entries, stories, extent
	}
	return all
}

// TestReadWhileItChanges has many read while one writes: who reads after a change
// has it.
func TestReadWhileItChanges(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		reader, writer := opened(t, dsn), opened(t, dsn)
		f := found("toll", "Toll", "0 were hurt.", noon)
		keep(t, writer, f)
		id := indexed(t, writer)
		var all sync.WaitGroup
		done := make(chan struct{})
		for range 4 {
			all.Go(func() {
				for {
					select {
					case <-done:
						return
					default:
						if _, err := reader.Entries(context.Background(), []int64{id}); err != nil {
							t.Error(err)
							return
						}
					}
				}
			})
		}
		for i := 1; i <= 20; i++ {
			f.Article.Text = fmt.Sprint(i, " were hurt.")
			f.Article.Seen = noon.Add(time.Duration(i) * time.Minute)
			keep(t, writer, f)
			indexed(t, writer)
			if got := one(t, reader, id).Text; got != f.Article.Text {
				t.Errorf("read %q; want %q", got, f.Article.Text)
			}
		}
		close(done)
		all.Wait()
	})
}

// indexed indexes what waits, and gives the only article's id.
func indexed(t *testing.T, a *archive.Archive) int64 {
	t.Helper()
	indexAll(t, a, "v1", azeIsr)
	return search(t, a, archive.Query{})[0]
}
