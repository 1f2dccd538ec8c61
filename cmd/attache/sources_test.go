package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/sources"
	"attache/sources/feed"
	"attache/sources/fetch"
)

// siteServer serves a small site: its feeds, a sitemap, and pages that name them.
func siteServer(t *testing.T) *httptest.Server {
	t.Helper()
	const rss = `<rss version="2.0"><channel><title>Ararat &amp; Post</title><item><title>One</title><link>https://ararat.example/1</link></item></channel></rss>`
	link := func(href, title string) string {
		return fmt.Sprintf(`<link rel="alternate" type="application/rss+xml" href="%s" title="%s">`, href, title)
	}
	page := func(links ...string) string {
		return "<!DOCTYPE html><html><head>" + strings.Join(links, "\n") + "</head><body>News</body></html>"
	}
	bodies := map[string]string{
		"/rss":      rss,
		"/news.xml": `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://ararat.example/1</loc></url></urlset>`,
		"/main":     page(link("/rss", "Ararat RSS 2.0"), link("/atom", "Ararat Atom"), link("/comments", "Comments")),
		"/several":  page(link("/rss", "World"), link("/sport?a=1&amp;b=2", "Sport"), link("/comments", "Comments")),
		"/none":     page(),
		"/broken":   page(link("/not-there", "Gone")),
		"/empty":    "",
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := bodies[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	return server
}

func TestSourcesAdd(t *testing.T) {
	site := siteServer(t).URL
	tests := []struct {
		path string
		want sourcesAdd
		name string
		kind sources.Kind
		url  string
		err  string
	}{
		{path: "/rss", name: "Ararat & Post", kind: sources.Feed, url: "/rss"},
		{path: "/rss", want: sourcesAdd{Outlet: "Ararat Post", Country: "ARM", Every: "2h"}, name: "Ararat Post", kind: sources.Feed, url: "/rss"},
		{path: "/main", want: sourcesAdd{Name: "Ararat"}, name: "Ararat", kind: sources.Feed, url: "/rss"},
		{path: "/news.xml", name: "127.0.0.1", kind: sources.Sitemap, url: "/news.xml"},
		{path: "/several", err: "names 2 feeds; add one of them:\n  attache sources add SITE/rss   (World)\n  attache sources add 'SITE/sport?a=1&b=2'   (Sport)"},
		{path: "/none", err: "it is no feed, and names none: look on the site for a link named RSS"},
		{path: "/broken", err: "the page names SITE/not-there as its feed: fetch SITE/not-there: status 404"},
		{path: "/not-there", err: "404"},
		{path: "/empty", err: "the feed is empty"},
		{path: "/rss", want: sourcesAdd{Every: "1s"}, err: "every: expected a time from 1m to 7d"},
		{path: "/rss", want: sourcesAdd{Country: "Armenia"}, err: "country: expected three capital letters"},
		{path: "/rss", want: sourcesAdd{Country: "XXX"}, err: `country: no country has the code "XXX"`},
	}
	for _, tt := range tests {
		t.Run(tt.path+" "+tt.err, func(t *testing.T) {
			a, ctx := importApp(t), context.Background()
			a.gatherer.Client = fetch.New(fetch.Options{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
			tt.want.URL = site + tt.path
			c := parsed(t, "database: x.db\n")
			one, err := a.addSource(ctx, c, tt.want)
			all, listErr := a.archive.AddedSources(ctx)
			if listErr != nil {
				t.Fatal(listErr)
			}
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), strings.ReplaceAll(tt.err, "SITE", site)) || len(all) != 0 {
					t.Errorf("%v, %d added; want %s", err, len(all), tt.err)
				}
				return
			}
			if err != nil || !strings.HasPrefix(one.Name, tt.name) || one.Kind != tt.kind || one.URL != site+tt.url || len(all) != 1 {
				t.Errorf("%+v, %v, %d added", one, err, len(all))
			}
			if one.Outlet != tt.want.Outlet || one.Facts.Country != tt.want.Country || (one.Every == 2*time.Hour) != (tt.want.Every != "") {
				t.Errorf("%+v", one)
			}
			tt.want.Name = "" // taken now
			if _, err := a.addSource(ctx, c, tt.want); err == nil || !strings.Contains(err.Error(), "is polled already: it is "+one.Name+" (added)") {
				t.Errorf("for the second time: %v", err)
			}
		})
	}
}

// TestSourcesAddOfANameThatIsTaken: a name that was chosen is not changed in silence.
func TestSourcesAddOfANameThatIsTaken(t *testing.T) {
	a := importApp(t)
	c := parsed(t, "sources: [{feed: https://ledger.example/rss, name: Ledger}]\n")
	_, err := a.addSource(t.Context(), c, sourcesAdd{URL: "https://other.example/rss", Name: "Ledger"})
	if err == nil || !strings.Contains(err.Error(), `--name: a source is called "Ledger" already`) {
		t.Error(err)
	}
}

// A private address is not asked unless the config allows it.
func TestSourcesAddIsGuarded(t *testing.T) {
	a := importApp(t)
	_, err := a.addSource(context.Background(), parsed(t, "database: x.db\n"), sourcesAdd{URL: siteServer(t).URL + "/rss"})
	if err == nil || !strings.Contains(err.Error(), "private") {
		t.Errorf("%v", err)
	}
}

func TestImportFiveThousandFeeds(t *testing.T) {
	var list []feed.Outline
	for i := range 5000 {
		n := i
		if i%20 == 19 {
			n = i - 1 // every twentieth is a duplicate, in another spelling
		}
		o := feed.Outline{Line: i + 1, URL: fmt.Sprintf("https://feeds.example/%d", n), Title: "News"}
		if n != i {
			o.URL = fmt.Sprintf("HTTPS://Feeds.Example:443/%d/#top", n)
		}
		list = append(list, o)
	}
	a, ctx := importApp(t), context.Background()
	c := parsed(t, "sources: [{feed: 'https://feeds.example/0'}]\n")
	began := time.Now()
	for _, want := range []importedFeeds{{New: 4749, Known: 251}, {Known: 5000}} {
		got, err := a.importFeeds(ctx, c, list)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("(-want +got):\n%s%v", diff, err)
		}
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
	all, err := a.sources(ctx, c)
	names := map[string]bool{}
	for _, p := range all {
		names[p.source.Name] = true
	}
	if len(all) != 4750 || len(names) != 4750 || err != nil {
		t.Errorf("%d sources, %d names, %v", len(all), len(names), err)
	}
}

func TestPrintSourcesFits(t *testing.T) {
	poll := time.Date(2026, 11, 24, 3, 20, 0, 0, time.UTC)
	list := []listedSource{
		{Name: "Caspian Ledger", Kind: "feed", Outlet: "Caspian Ledger", Country: "AZE", Rating: "B", From: "attache.yaml:12", LastPoll: &poll, Articles: 1234, State: "ok"},
		{Name: "Levant Wire world", Kind: "site", Outlet: "Levant Wire", Rating: "F", StateLinked: true, From: "added", State: "503 Service Unavailable since 2026-11-24 00:10"},
	}
	var b bytes.Buffer
	if err := printSources(&b, list, 60, time.UTC); err != nil {
		t.Fatal(err)
	}
	want := `Caspian Ledger
  feed · attache.yaml:12 · B AZE · 1,234 articles
  polled 2026-11-24 03:20 · ok
Levant Wire world
  Levant Wire · site · added · F, state-linked · 0 articles
  polled – · 503 Service Unavailable since 2026-11-24 00:10
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b.Reset()
	if err := printSources(&b, list, 0, time.UTC); err != nil || strings.Count(b.String(), "\n") != 3 {
		t.Errorf("%v\n%s", err, b.String())
	}
}

func TestTellWrongCountsTheRest(t *testing.T) {
	var b bytes.Buffer
	tellWrong(&b, "feeds.opml", []error{&sources.LineError{Number: 7, Why: "it is no feed"}}, 1322)
	if want := "feeds.opml: line 7: it is no feed\nfeeds.opml: 1,321 more lines not read\n"; b.String() != want {
		t.Errorf("%s, want %s", b.String(), want)
	}
}

// TestNoPasswordOfASource holds that an address with a password is refused, and
// that one that is stored is never shown.
func TestNoPasswordOfASource(t *testing.T) {
	for _, address := range []string{"https://me:hunter2@a.example/rss", "ftp://me:hunter2@a.example/rss", "feed:https://me:hunter2@a.example", "https://me:hunter2@ a.example/"} {
		s, err := newAdded(address, "", feed.Facts{}, time.Now())
		if err == nil || strings.Contains(err.Error(), "hunter2") || strings.Contains(s.URL, "hunter2") {
			t.Errorf("%s: %+v, %v", address, s, err)
		}
	}
	for address, want := range map[string]string{
		"https://me:hunter2@a.example/rss?x=1": "https://a.example/rss?x=1",
		"https://a.example/@me/rss":            "https://a.example/@me/rss",
	} {
		if got := shownURL(address); got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
		old := polled{source: sources.Source{Name: "Old", URL: address, Kind: sources.Feed}}
		if got := outlinesOf(&listing{all: []polled{old}})[0].URL; got != want {
			t.Errorf("%s is exported as %s", address, got)
		}
		var b bytes.Buffer
		if err := (gatherLines{&b}).source(&gathered{polled: old}); err != nil || !strings.Contains(b.String(), want) || !strings.Contains(b.String(), `"notes":[]`) {
			t.Errorf("%s is told as %s, %v", address, b.String(), err)
		}
	}
}

// TestExportIsInOrder holds that two exports of the same sources are the same.
func TestExportIsInOrder(t *testing.T) {
	var names []string
	l := &listing{}
	for _, name := range []string{"b", "c", "a"} {
		l.all = append(l.all, polled{source: sources.Source{Name: name, URL: "https://a.example/" + name, Kind: sources.Feed}})
	}
	for _, o := range outlinesOf(l) {
		names = append(names, o.Title)
	}
	if got := strings.Join(names, ""); got != "abc" {
		t.Errorf("exported as %s", got)
	}
}
