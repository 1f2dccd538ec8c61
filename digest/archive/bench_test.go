package archive_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/theme"
	"attache/sources"
)

// fill puts n articles of about a kilobyte into an archive, a minute apart, over
// 60 actors and 2,000 words of which some are common, and returns what it took.
func fill(tb testing.TB, a *archive.Archive, n int) time.Duration {
	tb.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	words := rand.NewZipf(r, 1.1, 3, 2000)
	began := time.Now()
	for i := 0; i < n; i += 500 {
		batch := make([]sources.Found, 0, 500)
		for j := i; j < min(i+500, n); j++ {
			var b strings.Builder
			for range 170 {
				fmt.Fprintf(&b, "w%d ", words.Uint64())
			}
			batch = append(batch, found(fmt.Sprint("a", j), fmt.Sprintf("Title w%d of w%d", words.Uint64(), words.Uint64()), b.String(),
				noon.Add(time.Duration(j-n)*time.Minute)))
		}
		keep(tb, a, batch...)
		indexAll(tb, a, "v1", func(_ sources.Article, in *archive.Indexed) {
			x, y := fmt.Sprintf("A%02d", r.IntN(60)), fmt.Sprintf("B%02d", r.IntN(60))
			in.Actors = []actor.About{{Actor: x, Weight: 1, Why: "the title"}, {Actor: y, Weight: 0.5, Why: "the text"}}
			in.Dyads = []actor.Acting{{Dyad: actor.Pair(x, y), Weight: 1, Why: "a sentence"}}
			in.Themes = []theme.Tag{{Theme: fmt.Sprint("t", r.IntN(20)), Weight: 1, Why: "a word"}}
			in.Mentioned = []string{x, y}
		})
	}
	return time.Since(began)
}

// BenchmarkFirstAnswer is what a command has to do before it can answer, on an
// archive of 10,000 articles: open, migrate nothing, search the pair, read the
// articles that are found.
func BenchmarkFirstAnswer(b *testing.B) {
	ctx := context.Background()
	path := filepath.Join(b.TempDir(), "attache.db")
	a, err := archive.Open(ctx, path)
	if err != nil {
		b.Fatal(err)
	}
	took := fill(b, a, 10_000)
	if err := a.Close(); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		a, err := archive.Open(ctx, path)
		if err != nil {
			b.Fatal(err)
		}
		answer(b, a, archive.Query{Actors: []string{"A01", "B02"}})
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
	}
	if info, err := os.Stat(path); err == nil {
		b.ReportMetric(float64(info.Size())/10_000, "bytes/article")
	}
	b.ReportMetric(10_000/took.Seconds(), "articles-kept/s")
}

// BenchmarkSearch is searching an open archive of 10,000 articles.
func BenchmarkSearch(b *testing.B) {
	a, err := archive.Open(context.Background(), filepath.Join(b.TempDir(), "attache.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	fill(b, a, 10_000)
	for _, bb := range []struct {
		name string
		q    archive.Query
	}{
		{"pair", archive.Query{Actors: []string{"A01", "B02"}}},
		{"actor and word", archive.Query{Actors: []string{"A01"}, Words: []string{"w20"}}},
		{"common word", archive.Query{Words: []string{"w1"}}},
		{"week", archive.Query{Since: noon.AddDate(0, 0, -7)}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			for range b.N {
				search(b, a, bb.q)
			}
		})
	}
}

// answer searches and reads what was found.
func answer(b *testing.B, a *archive.Archive, q archive.Query) {
	b.Helper()
	ids := search(b, a, q)
	entries, err := a.Entries(context.Background(), ids)
	if err != nil || len(entries) == 0 {
		b.Fatal(len(entries), err)
	}
}
