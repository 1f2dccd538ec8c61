package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/sources"
	"attache/sources/fetch"
)

// importApp is the program on an empty archive, at a morning of November 2026.
func importApp(t testing.TB) *app {
	t.Helper()
	now := time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC)
	a, err := newApp(t.Context(), t.TempDir()+"/attache.db", actor.Load(), fetch.New(fetch.Options{}), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// importText imports and returns how many were new, changed, known and wrong.
func importText(t *testing.T, a *app, text string) (imported, [4]int) {
	t.Helper()
	known := []sources.Outlet{{Name: "Caspian Ledger", Country: "AZE", Rating: "B"}, {Name: "Not named", Country: "GEO"}}
	r, err := a.importArticles(context.Background(), strings.NewReader(text), "", known, map[string]int64{})
	if err != nil {
		t.Fatal(err)
	}
	return r, [4]int{r.New, r.Changed, r.Known, r.Wrong}
}

const importedLines = `{"id":"a","url":"https://ledger.example/a","outlet":"Caspian Ledger","title":"Baku opens a pipe","published":"2026-11-20T06:00:00Z","text":"Azerbaijan opened a gas pipe on Friday."}
{"id":"b","publisher":"Levant Wire","title":"Israel buys gas","date":"2026-11-21","text":"Israel bought gas from Azerbaijan."}
no line
{"id":"c","url":"https://ledger.example/a","outlet":"Caspian Ledger","title":"Baku opens a pipe","published":"2026-11-20T06:00:00Z","text":"Azerbaijan opened a gas pipe on Thursday."}
{"id":"a","url":"https://ledger.example/a","outlet":"Caspian Ledger","title":"Baku shuts a pipe"}
`

func TestImportArticles(t *testing.T) {
	a, ctx := importApp(t), context.Background()
	r, n := importText(t, a, importedLines)
	if n != [4]int{2, 1, 0, 2} || r.Indexed.Articles != 2 {
		t.Errorf("new, changed, known, wrong: %v, indexed %+v", n, r.Indexed)
	}
	if got := fmt.Sprint(r.Why); !strings.Contains(got, "line 3: not JSON") || !strings.Contains(got, "line 5: its id is that of line 1 too") {
		t.Errorf("why: %s", got)
	}
	es, err := a.archive.Entries(ctx, []int64{r.IDs["a"], r.IDs["b"]})
	if err != nil || len(es) != 2 || r.IDs["c"] != r.IDs["a"] {
		t.Fatalf("%v of %v, %v", es, r.IDs, err)
	}
	if e := es[0]; !e.Backlog || e.Version != 2 || !strings.Contains(e.Text, "Thursday") || e.Publisher.Country != "AZE" || e.Number == 0 {
		t.Errorf("%+v", e)
	}
	if e := es[1]; !e.Published.Day || e.Linked() || len(e.Dyads) == 0 {
		t.Errorf("%+v", e)
	}
	if all, err := a.archive.Sources(ctx); len(all) != 0 || err != nil {
		t.Errorf("an import is polled: %v, %v", all, err)
	}
	outlets, err := a.archive.Outlets(ctx)
	want := []sources.Outlet{{Name: "Caspian Ledger", Country: "AZE", Rating: "B"}, {Name: "Levant Wire"}}
	if diff := cmp.Diff(want, outlets); diff != "" || err != nil {
		t.Errorf("outlets (-want +got):\n%s%v", diff, err)
	}
}

func TestImportAgain(t *testing.T) {
	a := importApp(t)
	first, _ := importText(t, a, importedLines)
	again, n := importText(t, a, importedLines)
	if n != [4]int{0, 0, 3, 2} || again.Indexed.Articles != 0 {
		t.Errorf("new, changed, known, wrong: %v, indexed %+v", n, again.Indexed)
	}
	if diff := cmp.Diff(first.IDs, again.IDs); diff != "" {
		t.Errorf("ids (-first +again):\n%s", diff)
	}
	_, n = importText(t, a, strings.ReplaceAll(importedLines, "Israel bought gas", "Israel bought no gas"))
	if n != [4]int{0, 1, 2, 2} {
		t.Errorf("a changed text: new, changed, known, wrong: %v", n)
	}
}

// What a source showed was read from its page: a file's rendering of it is no
// change by its outlet.
func TestImportKeepsWhatWasGathered(t *testing.T) {
	a, ctx := importApp(t), context.Background()
	f := sources.Found{Article: sources.Article{URL: "https://ledger.example/a", Title: "Baku opens a pipe", Text: "As the page has it."}}
	src := sources.Source{Name: "Ledger", Outlet: "Caspian Ledger", URL: "https://ledger.example/rss", Kind: sources.Feed}
	if _, _, err := a.archive.Keep(ctx, src, sources.Outlet{Name: "Caspian Ledger"}, sources.State{}, []sources.Found{f}); err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(importedLines, "\n")
	r, n := importText(t, a, line)
	if n != [4]int{0, 0, 1, 0} {
		t.Errorf("new, changed, known, wrong: %v", n)
	}
	es, err := a.archive.Entries(ctx, []int64{r.IDs["a"]})
	if err != nil || len(es) != 1 || es[0].Text != f.Article.Text || es[0].Backlog {
		t.Errorf("%+v, %v", es, err)
	}
}

// An import's dates are told in the archive as it was then.
func TestImportedIsBacklog(t *testing.T) {
	a, ctx := importApp(t), context.Background()
	importText(t, a, importedLines)
	for _, tt := range []struct {
		at   string
		want int
	}{{"2026-11-19T00:00:00Z", 0}, {"2026-11-20T12:00:00Z", 1}, {"2026-11-22T00:00:00Z", 2}} {
		at, err := time.Parse(time.RFC3339, tt.at)
		if err != nil {
			t.Fatal(err)
		}
		_, total, err := a.archive.At(at).Search(ctx, archive.Query{})
		if err != nil || total != tt.want {
			t.Errorf("at %s: %d, %v; want %d", tt.at, total, err, tt.want)
		}
	}
}
