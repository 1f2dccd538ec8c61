package sources_test

import (
	"testing"
	"time"

	"attache/sources"
	"attache/sources/fetch"
	"attache/sources/newsroom"
)

// The sample newsroom has an outlet for each kind of source and one that is down
// on the first morning.
func TestGatherNewsroom(t *testing.T) {
	room := newsroom.New()
	store := newMemory()
	g := &sources.Gatherer{
		Client: fetch.New(fetch.Options{Transport: room.Transport(), Robots: true, Now: room.Now, Pace: time.Nanosecond}),
		Store:  store,
		Now:    room.Now,
	}
	want := map[string]newsroom.Article{}
	for _, a := range room.Articles() {
		want[a.URL] = a
	}
	for _, o := range room.Outlets() {
		outlet := sources.Outlet{Name: o.Name, Host: o.Host}
		for _, address := range o.Feeds {
			src := sources.Source{Name: o.Name, Outlet: o.Name, URL: address, Kind: sources.Kind(o.Kind)}
			report, err := g.Gather(t.Context(), src, outlet)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%+v", report)
			if report.Trouble != "" && o.Name != "Levant Wire" {
				t.Errorf("%s: %s", o.Name, report.Trouble)
			}
		}
	}
	if len(store.articles) == 0 {
		t.Fatal("nothing was gathered")
	}
	for url, got := range store.articles {
		a, ok := want[url]
		switch {
		case !ok:
			t.Errorf("%s is no article of the newsroom", url)
		case got.Title != a.Title || got.Outlet != a.Outlet:
			t.Errorf("%s: title %q, outlet %q; want %q, %q", url, got.Title, got.Outlet, a.Title, a.Outlet)
		case (got.Partial == sources.Paywall) != a.Paywalled:
			t.Errorf("%s: partial %q, paywalled %t", url, got.Partial, a.Paywalled)
		case got.Via != "" && want[a.CopyOf].Outlet != got.Via && want[a.CopyOf].Outlet != "":
			t.Errorf("%s: via %q, copied from %q", url, got.Via, want[a.CopyOf].Outlet)
		case got.Published.IsZero() || !got.Published.At.Equal(a.Published):
			t.Errorf("%s: published %s, want %s", url, got.Published, a.Published)
		}
	}
}
