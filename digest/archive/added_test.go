package archive_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/sources"
)

func TestAddedSources(t *testing.T) {
	post := archive.AddedSource{
		Source: sources.Source{Name: "Ararat Post", Outlet: "Ararat Post", URL: "https://ararat-post.example/feed/", Kind: sources.Feed},
		Facts:  sources.Outlet{Country: "ARM", Rating: "C", StateLinked: true},
		Every:  90 * time.Minute, Added: noon,
	}
	bare := archive.AddedSource{Source: sources.Source{Name: "Bare", URL: "https://bare.example", Kind: sources.Site}, Added: noon}
	sameName, sameAddress := bare, bare
	sameName.URL = "https://other.example"
	sameAddress.Name, sameAddress.URL = "Other", "https://BARE.example:443/"
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		for i, want := range []int{2, 0} {
			n, err := a.AddSources(ctx, []archive.AddedSource{post, bare, sameName, sameAddress})
			if n != want || err != nil {
				t.Errorf("time %d: %d added, %v; want %d", i+1, n, err, want)
			}
		}
		got, err := a.AddedSources(ctx)
		if diff := cmp.Diff([]archive.AddedSource{post, bare}, got); diff != "" || err != nil {
			t.Errorf("(-want +got):\n%s%v", diff, err)
		}
		for _, want := range []bool{true, false} {
			if on, err := a.RemoveSource(ctx, "Bare"); on != want || err != nil {
				t.Errorf("removed: %t, %v; want %t", on, err, want)
			}
		}
		if got, err = a.AddedSources(ctx); len(got) != 1 || err != nil {
			t.Errorf("left: %v, %v", got, err)
		}
	})
}

func TestImport(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		gathered, brought := found("one", "One", "As the page has it.", noon), found("two", "Two", "Two.", noon)
		keep(t, a, gathered)
		gathered.Article.Text, gathered.Article.Outlet = "As a file has it.", ledger.Name
		brought.Article.Outlet, brought.Article.Backlog = "Levant Wire", true
		facts := sources.Outlet{Name: "Levant Wire", Country: "ISR", Rating: "C"}
		other := sources.Outlet{Name: "Not in the file", Country: "GEO"}
		for i, want := range [][2]int{{1, 0}, {0, 0}, {0, 1}} {
			if i == 2 {
				brought.Article.Text = "Two, put right."
			}
			fresh, changed, err := a.Import(ctx, []sources.Outlet{facts, other}, []sources.Found{gathered, brought})
			if got := [2]int{fresh, changed}; got != want || err != nil {
				t.Errorf("time %d: new and changed %v, %v; want %v", i+1, got, err, want)
			}
		}
		outlets, err := a.Outlets(ctx)
		if diff := cmp.Diff([]sources.Outlet{ledger, facts}, outlets); diff != "" || err != nil {
			t.Errorf("outlets (-want +got):\n%s%v", diff, err)
		}
		all, err := a.Sources(ctx)
		if len(all) != 1 || all[0].Name != wire.Name || err != nil {
			t.Errorf("sources: %v, %v", all, err)
		}
		ids, err := a.ByURL(ctx, []string{gathered.Article.URL, brought.Article.URL, "https://never.example/"})
		if len(ids) != 2 || ids[brought.Article.URL] == 0 || err != nil {
			t.Errorf("ids: %v, %v", ids, err)
		}
		counts, err := a.SourceArticles(ctx)
		if diff := cmp.Diff(map[string]int{wire.Name: 1, sources.ImportSource: 2}, counts); diff != "" || err != nil {
			t.Errorf("articles (-want +got):\n%s%v", diff, err)
		}
	})
}

func TestListSources(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		poll := func(name string) {
			t.Helper()
			src := sources.Source{Name: name, URL: "https://" + name + ".example", Kind: sources.Feed}
			if _, _, err := a.Keep(ctx, src, sources.Outlet{Name: name}, sources.State{LastPoll: noon}, nil); err != nil {
				t.Fatal(err)
			}
		}
		list := func(names ...string) {
			t.Helper()
			if err := a.ListSources(ctx, names); err != nil {
				t.Fatal(err)
			}
		}
		want := func(names ...string) {
			t.Helper()
			all, err := a.Sources(ctx)
			var got []string
			for _, s := range all {
				got = append(got, s.Name)
			}
			if diff := cmp.Diff(names, got); diff != "" || err != nil {
				t.Errorf("(-want +got):\n%s%v", diff, err)
			}
		}
		for _, name := range []string{"one", "three", "two"} {
			poll(name)
		}
		want("one", "three", "two")
		list("two", "never polled")
		want("two")
		poll("one")
		want("one", "two")
		list("three", "two")
		want("three", "two")
		two := archive.AddedSource{Source: sources.Source{Name: "two", URL: "https://two.example", Kind: sources.Feed}, Added: noon}
		if _, err := a.AddSources(ctx, []archive.AddedSource{two}); err != nil {
			t.Fatal(err)
		}
		if on, err := a.RemoveSource(ctx, "two"); !on || err != nil {
			t.Errorf("removed: %t, %v", on, err)
		}
		want("three")
		list()
		want()
	})
}

// TestLongAddress holds that an address may be longer than an index takes, and is
// told from others all the same.
func TestLongAddress(t *testing.T) {
	path := ""
	for i := range 400 { // nothing that could be packed
		sum := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
		path += hex.EncodeToString(sum[:])
	}
	long := archive.AddedSource{Source: sources.Source{Name: "Long", URL: "https://bare.example/" + path, Kind: sources.Feed}, Added: noon}
	same, other := long, long
	same.Name = "Same"
	other.Name, other.URL = "Other", long.URL+"0"
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		if n, err := a.AddSources(context.Background(), []archive.AddedSource{long, same, other}); n != 2 || err != nil {
			t.Errorf("%d added, %v; want 2", n, err)
		}
		// An error names what it is about, and not at length.
		bad := sources.Outlet{Name: path}
		_, _, err := a.Keep(context.Background(), wire, bad, sources.State{}, nil)
		if err != nil && len(err.Error()) > 600 {
			t.Errorf("the error has %d bytes: %v", len(err.Error()), err)
		}
	})
}
