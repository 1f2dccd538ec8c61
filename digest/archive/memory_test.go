package archive_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/actor"
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

// TestSearchesAgain asks one archive for periods and views of many times, one after
// the other.
func TestSearchesAgain(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		a := opened(t, dsn)
		var all []sources.Found
		for i := range 6 {
			f := found(fmt.Sprint("n", i), "News", fmt.Sprintf("%d were hurt.", i), noon.Add(time.Duration(i)*7*time.Hour))
			f.Article.Seen = f.Article.Published.At.Add(time.Duration(i%2) * 5 * time.Hour)
			all = append(all, f)
		}
		keep(t, a, all...)
		indexAll(t, a, "v1", nil)
		newest := search(t, a, archive.Query{})
		times := []time.Time{{}, noon, noon.Add(time.Second), noon.Add(13 * time.Hour), noon.Add(14 * time.Hour), noon.Add(28 * time.Hour), noon.Add(60 * time.Hour)}
		for _, at := range times {
			for _, since := range times {
				for _, until := range times {
					want := []int64{}
					for i, f := range slices.Backward(all) {
						published := f.Article.Published.At
						seen := at.IsZero() || !published.After(at) && !f.Article.Seen.After(at)
						if seen && !published.Before(since) && (until.IsZero() || published.Before(until)) {
							want = append(want, newest[len(all)-1-i])
						}
					}
					q := archive.Query{Words: []string{"hurt"}, Since: since, Until: until, AsOf: at, Limit: 2}
					got, err := a.Find(context.Background(), q)
					if err != nil {
						t.Fatal(err)
					}
					first, total, err := a.Search(context.Background(), q)
					if err != nil {
						t.Fatal(err)
					}
					if few := want[:min(2, len(want))]; !slices.Equal(got, few) || !slices.Equal(first, few) || total != len(want) {
						t.Errorf("as of %v, from %v to %v: %v and %v of %d, want %v", at, since, until, got, first, total, want)
					}
				}
			}
		}
	})
}

// TestSearchWithinAnHour asks for what came before a minute of an hour that has more
// articles after it than a search gives.
func TestSearchWithinAnHour(t *testing.T) {
	a := archivetest.Open(t)
	var all []sources.Found
	for i := range 120 {
		all = append(all, found(fmt.Sprint("n", i), "Rain", fmt.Sprintf("It rained %d times.", i), noon.Add(time.Duration(i)*30*time.Second)))
	}
	keep(t, a, all...)
	indexAll(t, a, "v1", nil)
	newest := search(t, a, archive.Query{})
	for minute := range 61 {
		got, err := a.Find(context.Background(), archive.Query{Until: noon.Add(time.Duration(minute) * time.Minute), Limit: 20})
		if err != nil {
			t.Fatal(err)
		}
		want := newest[120-2*minute:]
		if want = want[:min(20, len(want))]; !slices.Equal(got, want) {
			t.Errorf("up to minute %d: %v, want %v", minute, got, want)
		}
	}
}

// TestHeld reads for one answer after the other, between which another process keeps
// an article.
func TestHeld(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		reader, writer := opened(t, dsn), opened(t, dsn)
		for n := range 3 {
			keep(t, writer, found(fmt.Sprint("n", n), "News", fmt.Sprintf("%d were hurt.", n), noon.Add(time.Duration(n)*time.Minute)))
			indexAll(t, writer, "v1", nil)
			held, err := reader.Held(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			ids := search(t, held, archive.Query{Words: []string{"hurt"}, AsOf: noon.Add(time.Hour)})
			entries, err := held.Entries(context.Background(), ids)
			if err != nil {
				t.Fatal(err)
			}
			size, _, err := held.At(noon.Add(time.Hour)).Size(context.Background())
			if now := search(t, held, archive.Query{}); len(now) != n+1 || len(ids) != n+1 || len(entries) != n+1 || size != n+1 || err != nil {
				t.Errorf("after %d articles: %d found, %d read, of %d, %v", n+1, len(ids), len(entries), size, err)
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
		week := archive.Query{Since: noon.Add(-90 * time.Minute), Until: noon.Add(2 * time.Hour), AsOf: at}
		hurt, ofLedger, tagged := week, week, week
		hurt.Words, ofLedger.Outlets, tagged.Dyad = []string{"hurt"}, []string{ledger.Name}, &actor.Dyad{A: "AZE", B: "ISR"}
		for i, q := range []archive.Query{week, hurt, ofLedger, tagged} {
			all[fmt.Sprint("search ", i, " at ", at)] = search(t, a, q)
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
