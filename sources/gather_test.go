package sources_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/sources"
	"attache/sources/fetch"
)

// memory is a Store that keeps what it was given.
type memory struct {
	mu       sync.Mutex
	states   map[string]sources.State
	marks    map[string]string // by source and guid
	articles map[string]sources.Article
	outlets  map[string]string // by source
	last     []sources.Found
	fails    error
}

func newMemory() *memory {
	return &memory{states: map[string]sources.State{}, marks: map[string]string{}, articles: map[string]sources.Article{}, outlets: map[string]string{}}
}

func (m *memory) SourceState(_ context.Context, source string) (sources.State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.states[source], m.fails
}

func (m *memory) Sighted(_ context.Context, source string, guids []string) (map[string]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	marks := map[string]string{}
	for _, guid := range guids {
		if mark, ok := m.marks[source+" "+guid]; ok {
			marks[guid] = mark
		}
	}
	return marks, nil
}

func (m *memory) Keep(_ context.Context, src sources.Source, outlet sources.Outlet, state sources.State, found []sources.Found) (fresh, changed int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.states[src.Name], m.outlets[src.Name], m.last = state, outlet.Name, found
	for _, f := range found {
		m.marks[src.Name+" "+f.Sighting.GUID] = f.Sighting.Mark
		old, ok := m.articles[f.Article.URL]
		switch {
		case !ok:
			fresh++
		case old.Title != f.Article.Title || old.Text != f.Article.Text:
			changed++
		}
		m.articles[f.Article.URL] = f.Article
	}
	return fresh, changed, nil
}

// web answers by URL, without a socket, and counts what it is asked for.
type web struct {
	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	asked map[string]int
}

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	address := r.URL.String()
	w.mu.Lock()
	answer, ok := w.pages[address]
	w.asked[address]++
	w.mu.Unlock()
	if !ok {
		answer = http.NotFound
	}
	if address == "https://inside.example/secret" {
		return nil, &fetch.PrivateAddressError{Host: "inside.example", Addr: netip.MustParseAddr("10.0.0.7")}
	}
	rec := httptest.NewRecorder()
	answer(rec, r)
	answered := rec.Result()
	answered.Request = r
	return answered, nil
}

func (w *web) set(address, body string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[address] = func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", contentType(body))
		_, _ = fmt.Fprint(rw, body)
	}
}

func (w *web) handle(address string, h http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[address] = h
}

func contentType(body string) string {
	if strings.HasPrefix(body, "<?xml") {
		return "application/xml"
	}
	return "text/html; charset=utf-8"
}

// world is a gatherer over a web and a memory, at a time that tests set.
type world struct {
	*web
	store    *memory
	gatherer *sources.Gatherer
	now      time.Time
}

func newWorld() *world {
	w := &world{web: &web{pages: map[string]http.HandlerFunc{}, asked: map[string]int{}}, store: newMemory(), now: time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)}
	now := func() time.Time { return w.now }
	w.gatherer = &sources.Gatherer{Client: fetch.New(fetch.Options{Transport: w.web, Robots: true, Now: now}), Store: w.store, Now: now}
	return w
}

var (
	source = sources.Source{Name: "Harbour Post", Outlet: "Harbour Post", URL: "https://harbour-post.example/rss", Kind: sources.Feed}
	outlet = sources.Outlet{Name: "Harbour Post", Host: "harbour-post.example"}
)

func (w *world) gather(t *testing.T) sources.Report {
	t.Helper()
	return w.gatherFrom(t, source, outlet)
}

func (w *world) gatherFrom(t *testing.T, src sources.Source, out sources.Outlet) sources.Report {
	t.Helper()
	report, err := w.gatherer.Gather(t.Context(), src, out)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// item is one item of an RSS feed.
func item(path, title, summary string) string {
	return fmt.Sprintf("<item><guid>%s</guid><title>%s</title><link>https://harbour-post.example/%s</link><description>%s</description><pubDate>Mon, 23 Nov 2026 18:00:00 +0400</pubDate></item>", path, title, path, summary)
}

func rss(items ...string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><link>https://harbour-post.example/</link>` + strings.Join(items, "") + "</channel></rss>"
}

const body = `<p>The port authority will dredge the northern channel before winter, its director said on Monday after a meeting with pilots and shipowners in the harbour office.</p>
<p>Two cutters and a survey ship are to begin work next week. The channel silted up after the spring floods, and larger vessels have had to wait for the tide since then.</p>
<p>Shipowners had asked for the work since May. They expect that waiting times will fall by a third once the channel is back to a depth of eleven metres.</p>`

func article(title, body string) string {
	return `<!DOCTYPE html><html lang="en"><head><title>` + title + ` | Harbour Post</title><meta property="og:site_name" content="Harbour Post"></head><body><nav><a href="/">Home</a></nav><article><h1>` + title + "</h1>" + body + "</article></body></html>"
}

func TestGather(t *testing.T) {
	w := newWorld()
	w.set(source.URL, rss(item("a", "Port to dredge channel", "The channel is to be dredged."), item("b", "Ferry fares rise", "Fares rise by a tenth.")))
	w.set("https://harbour-post.example/a", article("Port to dredge northern channel", body))

	first := w.gather(t)
	if first.New != 2 || first.Seen != 2 || first.Trouble != "" || first.Status != 200 {
		t.Errorf("first poll: %+v", first)
	}
	if len(first.Notes) != 1 || !strings.Contains(first.Notes[0], "404") {
		t.Errorf("notes of the first poll are %q, want the page that is not there", first.Notes)
	}
	whole := w.store.articles["https://harbour-post.example/a"]
	if whole.Title != "Port to dredge northern channel" || whole.Partial != sources.Whole || !strings.Contains(whole.Text, "Two cutters") || !whole.Backlog || whole.Lang != "en" {
		t.Errorf("article with a page: %+v", whole)
	}
	if want := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC); !whole.Published.At.Equal(want) || !first.Newest.Equal(want) {
		t.Errorf("published %s, newest %s; want %s", whole.Published, first.Newest, want)
	}
	lost := w.store.articles["https://harbour-post.example/b"]
	if lost.Text != "Fares rise by a tenth." || lost.Partial != sources.Unreachable || lost.Title != "Ferry fares rise" {
		t.Errorf("article without a page: %+v", lost)
	}

	w.set(source.URL, rss(item("c", "Pilots strike", "Pilots went on strike."), item("a", "Port to dredge channel", "The channel is to be dredged.")))
	w.set("https://harbour-post.example/c", article("Pilots strike over rest hours", body))
	second := w.gather(t)
	if second.New != 1 || second.Changed != 0 || w.asked["https://harbour-post.example/a"] != 1 {
		t.Errorf("second poll: %+v; page a was fetched %d times", second, w.asked["https://harbour-post.example/a"])
	}
	if w.store.articles["https://harbour-post.example/c"].Backlog {
		t.Error("an article of the second poll is backlog")
	}

	w.set(source.URL, rss(item("a", "Port to dredge channel", "Corrected: it will be dredged in spring.")))
	w.set("https://harbour-post.example/a", article("Port to dredge northern channel", strings.Replace(body, "before winter", "in spring", 1)))
	if third := w.gather(t); third.New != 0 || third.Changed != 1 {
		t.Errorf("poll after a change: %+v", third)
	}
}

func TestGatherNotModified(t *testing.T) {
	w := newWorld()
	w.handle(source.URL, func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("ETag", `"7"`)
		rw.Header().Set("Cache-Control", "max-age=1200")
		if r.Header.Get("If-None-Match") == `"7"` {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = fmt.Fprint(rw, rss())
	})
	if first := w.gather(t); first.NotModified || first.Seen != 0 {
		t.Errorf("first poll: %+v", first)
	}
	second := w.gather(t)
	if !second.NotModified || second.Trouble != "" || !second.NextPoll.Equal(w.now.Add(20*time.Minute)) {
		t.Errorf("second poll: %+v", second)
	}
	if tag := w.store.states[source.Name].ETag; tag != `"7"` {
		t.Errorf("validator after 304 is %s", tag)
	}
}

func TestGatherTrouble(t *testing.T) {
	w := newWorld()
	w.handle(source.URL, func(rw http.ResponseWriter, _ *http.Request) {
		rw.WriteHeader(http.StatusServiceUnavailable)
	})
	began := w.now
	var waits []time.Duration
	for range 9 {
		report := w.gather(t)
		if report.Status != 503 || !strings.Contains(report.Trouble, "503") {
			t.Fatalf("report: %+v", report)
		}
		waits = append(waits, report.NextPoll.Sub(w.now))
		w.now = report.NextPoll
	}
	for i := 1; i < 7; i++ {
		if waits[i] != 2*waits[i-1] && i < 6 {
			t.Errorf("wait %d is %s after %s", i, waits[i], waits[i-1])
		}
	}
	if last := waits[8]; last < 5*time.Hour || last > 7*time.Hour {
		t.Errorf("the longest wait is %s", last)
	}
	state := w.store.states[source.Name]
	if !state.FailingSince.Equal(began) || state.Failures != 9 || !state.FirstPoll.IsZero() {
		t.Errorf("state after failures: %+v", state)
	}

	w.handle(source.URL, func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Retry-After", "86400")
		rw.WriteHeader(http.StatusTooManyRequests)
	})
	if report := w.gather(t); !report.NextPoll.Equal(w.now.Add(24 * time.Hour)) {
		t.Errorf("Retry-After of a day gives %s", report.NextPoll.Sub(w.now))
	}

	w.set(source.URL, rss())
	if report := w.gather(t); report.Trouble != "" {
		t.Errorf("it answers again: %+v", report)
	}
	if state := w.store.states[source.Name]; state.Failures != 0 || !state.FailingSince.IsZero() || state.Trouble != "" || !state.FirstPoll.Equal(w.now) {
		t.Errorf("state once it answers: %+v", state)
	}
}

func TestGatherWhatIsNoFeed(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"a page that names its feed": {`<html><head><link rel="alternate" type="application/rss+xml" href="https://harbour-post.example/feed.xml?key=s3cret"></head><body><p>Welcome.</p></body></html>`, "https://harbour-post.example/feed.xml"},
		"a page that names none":     {`<html><body><p>Welcome.</p></body></html>`, "page"},
		"nothing":                    {"", "nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.set(source.URL, c.body)
			report := w.gather(t)
			if !strings.Contains(report.Trouble, c.want) || strings.Contains(report.Trouble, "s3cret") {
				t.Errorf("trouble is %q, want %q in it", report.Trouble, c.want)
			}
		})
	}
}

func TestGatherSite(t *testing.T) {
	w := newWorld()
	site := sources.Source{Name: "front", URL: "https://harbour-post.example/", Kind: sources.Site}
	w.set(site.URL, `<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="https://harbour-post.example/rss"></head><body><p>Welcome to the paper.</p></body></html>`)
	w.set(source.URL, rss(item("a", "Port to dredge channel", "It is to be dredged.")))
	w.set("https://harbour-post.example/a", article("Port to dredge northern channel", body))
	report := w.gatherFrom(t, site, sources.Outlet{})
	if report.New != 1 || report.Outlet != "Harbour Post" {
		t.Errorf("report: %+v", report)
	}
	w.set(source.URL, rss())
	again := w.gatherFrom(t, site, sources.Outlet{})
	if again.Outlet != "Harbour Post" || again.Trouble != "" || w.asked[site.URL] != 1 {
		t.Errorf("second poll: %+v; the front page was fetched %d times", again, w.asked[site.URL])
	}
	w.set(site.URL, "<html><body><p>Nothing here.</p></body></html>")
	w.handle(source.URL, http.NotFound)
	if broken := w.gatherFrom(t, site, sources.Outlet{}); !strings.Contains(broken.Trouble, "names no feed") {
		t.Errorf("trouble is %q", broken.Trouble)
	}
}

func TestGatherPagesThatRefuse(t *testing.T) {
	w := newWorld()
	w.set(source.URL, rss(
		item("in", "Leads inside", "A summary."),
		item("live/x", "Live blog", "A live summary."),
		item("home", "Gone to the front page", "A lost summary."),
		item("thin", "Thin page", "A thin summary."),
	))
	w.set("https://harbour-post.example/robots.txt", "User-agent: *\nDisallow: /live/\n")
	redirect := func(to string) http.HandlerFunc {
		return func(rw http.ResponseWriter, r *http.Request) { http.Redirect(rw, r, to, http.StatusFound) }
	}
	w.handle("https://harbour-post.example/in", redirect("https://inside.example/secret"))
	w.handle("https://harbour-post.example/home", redirect("https://harbour-post.example/"))
	w.set("https://harbour-post.example/", "<html><body><p>Front.</p></body></html>")
	w.set("https://harbour-post.example/thin", "<html><body><p>Loading.</p></body></html>")
	report := w.gather(t)
	got := map[string]sources.Partial{}
	for url, a := range w.store.articles {
		got[strings.TrimPrefix(url, "https://harbour-post.example/")] = a.Partial
		if !strings.HasSuffix(a.Text, "summary.") {
			t.Errorf("text of %s is %q", url, a.Text)
		}
	}
	want := map[string]sources.Partial{"in": sources.Refused, "live/x": sources.Disallowed, "home": sources.NoArticle, "thin": sources.NoArticle}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if notes := strings.Join(report.Notes, "\n"); !strings.Contains(notes, "10.0.0.7") {
		t.Errorf("notes do not say that the page was refused: %q", notes)
	}
}

// A page that does not answer is asked for again, but not for ever.
func TestGatherAsksAgain(t *testing.T) {
	w := newWorld()
	w.set(source.URL, rss(item("a", "Port to dredge channel", "It is to be dredged.")))
	const address = "https://harbour-post.example/a"
	for range 6 {
		w.gather(t)
	}
	if w.asked[address] != 3 {
		t.Errorf("a page that never answers was asked for %d times", w.asked[address])
	}
	w.set(source.URL, rss(item("a", "Port to dredge channel", "It is to be dredged soon.")))
	w.gather(t)
	w.set(address, article("Port to dredge northern channel", body))
	if report := w.gather(t); report.Changed != 1 || w.store.articles[address].Partial != sources.Whole {
		t.Errorf("once it answers: %+v", report)
	}
}

func TestGatherEnds(t *testing.T) {
	w := newWorld()
	ctx, cancel := context.WithCancel(t.Context())
	w.set(source.URL, rss(item("a", "A", "a"), item("b", "B", "b")))
	w.handle("https://harbour-post.example/a", func(http.ResponseWriter, *http.Request) { cancel() })
	if _, err := w.gatherer.Gather(ctx, source, outlet); err == nil {
		t.Error("no error though the context ended")
	}
	if len(w.store.states) != 0 {
		t.Errorf("something was kept: %+v", w.store.states)
	}
}

func TestGatherSitemapIndex(t *testing.T) {
	w := newWorld()
	src := sources.Source{Name: "map", Outlet: "Harbour Post", URL: "https://harbour-post.example/sitemap.xml", Kind: sources.Sitemap}
	w.set(src.URL, `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://harbour-post.example/gone.xml</loc><lastmod>2026-11-24</lastmod></sitemap>
<sitemap><loc>https://harbour-post.example/2019.xml</loc><lastmod>2019-12-31</lastmod></sitemap>
<sitemap><loc>https://harbour-post.example/2018.xml</loc><lastmod>2018-12-31</lastmod></sitemap>
<sitemap><loc>https://harbour-post.example/news.xml</loc></sitemap></sitemapindex>`)
	urlset := func(path string) string {
		return `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://harbour-post.example/` + path +
			`</loc><n:news><n:publication><n:name>Harbour Post</n:name><n:language>en</n:language></n:publication><n:publication_date>2026-11-23T18:00:00+04:00</n:publication_date><n:title>Port to dredge channel</n:title></n:news></url></urlset>`
	}
	w.set("https://harbour-post.example/news.xml", urlset("a"))
	w.set("https://harbour-post.example/2019.xml", urlset("b"))
	w.set("https://harbour-post.example/a", article("Port to dredge northern channel", body))
	report := w.gatherFrom(t, src, outlet)
	if report.Trouble != "" || report.Seen != 2 || w.asked["https://harbour-post.example/2018.xml"] != 0 {
		t.Errorf("report: %+v", report)
	}
	if a := w.store.articles["https://harbour-post.example/a"]; a.Title == "" || a.Published.IsZero() {
		t.Errorf("article: %+v", a)
	}
}

// TestNameAndFeedOfASiteAreKept holds that another process knows the feed that
// was found for a site, sends its validators, and doesn't rename the outlet.
func TestNameAndFeedOfASiteAreKept(t *testing.T) {
	w := newWorld()
	site := sources.Source{Name: "front", URL: "https://harbour-post.example/", Kind: sources.Site}
	w.set(site.URL, `<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body></body></html>`)
	feed := rss(item("a", "Port to dredge channel", "The channel is to be dredged."))
	w.pages["https://harbour-post.example/rss"] = func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		rw.Header().Set("Content-Type", "application/rss+xml")
		_, _ = rw.Write([]byte(feed))
	}
	w.set("https://harbour-post.example/a", article("Port to dredge channel", body))
	if r := w.gatherFrom(t, site, sources.Outlet{}); r.New != 1 || r.Outlet != "Harbour Post" {
		t.Fatalf("first: %+v", r)
	}
	w.gatherer = &sources.Gatherer{Client: w.gatherer.Client, Store: w.store, Now: w.gatherer.Now}
	r := w.gatherFrom(t, site, sources.Outlet{})
	if !r.NotModified || r.Outlet != "Harbour Post" || !r.LastOK.Equal(w.now) {
		t.Errorf("second: %+v", r)
	}
	if n := w.asked[site.URL]; n != 1 {
		t.Errorf("the front page is asked for %d times", n)
	}

	moved := site
	moved.URL = "https://harbour-post.example/en/"
	w.set(moved.URL, `<html><head><link rel="alternate" type="application/rss+xml" href="/en/rss"></head><body></body></html>`)
	w.set("https://harbour-post.example/en/rss", rss(item("b", "Ferry fares rise", "Fares rise by a tenth.")))
	w.set("https://harbour-post.example/b", article("Ferry fares rise", body))
	if r := w.gatherFrom(t, moved, sources.Outlet{}); r.New != 1 || r.NotModified {
		t.Errorf("at another address: %+v", r)
	}
}

// TestLongNamesAreCut holds that no title is too long for a name.
func TestLongNamesAreCut(t *testing.T) {
	long := strings.Repeat("Harbour & Sea ", 1000)
	w := newWorld()
	w.set("https://harbour-post.example/rss", strings.Replace(rss(item("a", "Port", "The channel is to be dredged.")), "Harbour Post", strings.ReplaceAll(long, "&", "&amp;"), 1))
	src := source
	src.Outlet = ""
	if r := w.gatherFrom(t, src, sources.Outlet{}); r.New != 1 || len(r.Outlet) > 800 || !strings.HasPrefix(r.Outlet, "Harbour & Sea ") {
		t.Errorf("the outlet is called %.60q, in %d bytes; %+v", r.Outlet, len(r.Outlet), r.Trouble)
	}
	line := fmt.Sprintf(`{"id":"a","outlet":%q,"title":"Port"}`, long)
	for l, err := range sources.ReadArticles(strings.NewReader(line), "") {
		if err != nil || len(l.Article.Outlet) > 800 || len(l.Article.URL) > 2000 {
			t.Errorf("a line's outlet has %d bytes, its name %d, %v", len(l.Article.Outlet), len(l.Article.URL), err)
		}
	}
}
