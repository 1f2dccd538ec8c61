package newsroom

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func client(w *World) *http.Client {
	return &http.Client{
		Transport:     w.Transport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// get returns the status, the header and the body of a document.
func get(t *testing.T, c *http.Client, url string, header ...string) (int, http.Header, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatalf("GET %s: %v", url, err)
	}
	body, err := readAll(resp)
	if err != nil {
		t.Fatalf("GET %s: reading: %v", url, err)
	}
	return resp.StatusCode, resp.Header, body
}

func readAll(resp *http.Response) (string, error) {
	body, err := io.ReadAll(resp.Body)
	return string(body), errors.Join(err, resp.Body.Close())
}

// start serves a world until the test ends.
func start(t *testing.T, w *World) *Server {
	t.Helper()
	srv, err := w.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	return srv
}

func quick() *World {
	w := New()
	w.SetDelay(0)
	return w
}

func TestEveryArticleAnswers(t *testing.T) {
	w := quick()
	w.SetDay(2)
	c := client(w)
	for _, a := range w.Articles() {
		status, header, body := get(t, c, a.URL)
		if status != http.StatusOK || header.Get("ETag") == "" || header.Get("Last-Modified") == "" {
			t.Errorf("%s: status %d, header %v", a.URL, status, header)
		}
		whole := unescape(body)
		if strings.Contains(a.URL, "/video/") {
			if strings.Contains(whole, a.Text[0]) {
				t.Errorf("%s: a page without an article shows its text", a.URL)
			}
			continue
		}
		for i, p := range a.Text {
			shown := !a.Paywalled || i == 0
			// A link may stand after the first sentence.
			sentence, _, _ := strings.Cut(p, ". ")
			if strings.Contains(whole, sentence) != shown {
				t.Errorf("%s: paragraph %d: shown is not %v", a.URL, i+1, shown)
			}
		}
	}
}

func unescape(s string) string {
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&amp;", "&", "&#43;", "+").Replace(s)
}

func TestEveryFeedHasWhatIsOut(t *testing.T) {
	for day := 1; day <= 2; day++ {
		w := quick()
		w.SetDay(day)
		c := client(w)
		for _, o := range w.outlets {
			if day == 1 && o.Name == "Levant Wire" {
				continue
			}
			status, _, body := get(t, c, "https://"+o.Host+o.feedPath)
			if status != http.StatusOK {
				t.Errorf("day %d: %s: status %d", day, o.Name, status)
			}
			for _, a := range o.articles {
				out := !a.published.After(w.Now())
				if strings.Contains(body, a.url()) != out {
					t.Errorf("day %d: %s: in the feed: not %v", day, a.url(), out)
				}
			}
		}
	}
}

func TestFrontPagesNameTheFeed(t *testing.T) {
	w := quick()
	w.SetDay(2)
	c := client(w)
	for _, o := range w.Outlets() {
		_, _, body := get(t, c, "https://"+o.Host+"/")
		_, _, robots := get(t, c, "https://"+o.Host+"/robots.txt")
		if o.Kind == "sitemap" {
			if !strings.Contains(robots, "Sitemap: "+o.Feeds[0]) || strings.Contains(body, "alternate") {
				t.Errorf("%s: the sitemap is not named by robots.txt alone", o.Name)
			}
			continue
		}
		if !strings.Contains(body, `rel="alternate"`) {
			t.Errorf("%s: the front page names no feed", o.Name)
		}
		if !strings.Contains(robots, "Disallow: /live/") {
			t.Errorf("%s: robots.txt: %q", o.Name, robots)
		}
	}
}

// TestCounts holds what the demo promises.
func TestCounts(t *testing.T) {
	w := New()
	day1 := w.Articles()
	w.SetDay(2)
	day2 := w.Articles()
	since := Start().AddDate(0, 0, -1)

	var recent, followed, copies, pair, arms, pairRecent int
	events := map[string]Event{}
	for _, e := range w.Events() {
		events[e.Name] = e
	}
	for _, a := range day1 {
		if a.Outlet == "Levant Wire" {
			continue // it doesn't answer that morning
		}
		e := events[a.Event]
		isRecent := !a.Published.Before(since)
		israel := slices.Contains(e.Dyads, "AZE-ISR")
		count(&recent, isRecent)
		count(&followed, isRecent && isFollowed(e))
		count(&copies, a.CopyOf != "")
		count(&pair, israel)
		count(&pairRecent, israel && isRecent)
		count(&arms, israel && slices.Contains(e.Themes, "arms-trade"))
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"outlets", len(w.Outlets()), 9},
		{"articles on day 1", len(day1), 66},
		{"articles on day 2", len(day2) - len(day1), 14},
		{"in the last day", recent, 26},
		{"of the last day, about what is followed", followed, 12},
		{"copies", copies, 12},
		{"on Azerbaijan and Israel", pair, 6},
		{"of them since yesterday", pairRecent, 2},
		{"of them on arms sales", arms, 3},
	} {
		if c.got < c.want {
			t.Errorf("%s: %d, want at least %d", c.what, c.got, c.want)
		}
		t.Logf("%s: %d", c.what, c.got)
	}
}

func count(n *int, really bool) {
	if really {
		*n++
	}
}

func isFollowed(e Event) bool {
	for _, d := range e.Dyads {
		if slices.Contains([]string{"AZE-ISR", "AZE-TUR", "AZE-IRN", "ARM-AZE", "ISR-TUR"}, d) {
			return true
		}
	}
	return slices.Contains(e.Themes, "energy-oil") || slices.Contains(e.Themes, "gas")
}

func TestArticlesAreWhole(t *testing.T) {
	w := New()
	w.SetDay(2)
	events := map[string]int{}
	for _, e := range w.Events() {
		events[e.Name] = 0
		if len(e.Themes) == 0 {
			t.Errorf("event %s has no theme", e.Name)
		}
	}
	host := regexp.MustCompile(`^https://[a-z-]+\.example/`)
	for _, a := range w.Articles() {
		if !host.MatchString(a.URL) {
			t.Errorf("%s: not a host of the sample newsroom", a.URL)
		}
		if _, ok := events[a.Event]; !ok {
			t.Errorf("%s: event %q is not in events.csv", a.URL, a.Event)
		}
		events[a.Event]++
		if a.Published.Before(Start().AddDate(0, 0, -5)) || a.Published.After(Start().AddDate(0, 0, 1)) {
			t.Errorf("%s: published %s", a.URL, a.Published)
		}
		for _, p := range a.Text {
			if strings.Contains(p, "\n") || strings.Contains(p, "  ") {
				t.Errorf("%s: paragraph is not one line: %q", a.URL, p)
			}
		}
	}
	for name, n := range events {
		if n == 0 {
			t.Errorf("event %s has no article", name)
		}
	}
}

// TestNothingLeavesTheWorld looks for URLs of real sites in all that is served.
func TestNothingLeavesTheWorld(t *testing.T) {
	w := quick()
	w.SetDay(2)
	c := client(w)
	var urls []string
	for _, o := range w.outlets {
		urls = append(urls, "https://"+o.Host+"/", "https://"+o.Host+o.feedPath)
	}
	for _, a := range w.Articles() {
		urls = append(urls, a.URL)
	}
	// Names of formats look like URLs.
	formats := []string{"schema.org", "www.w3.org", "purl.org", "www.sitemaps.org", "www.google.com", "jsonfeed.org", "ogp.me"}
	for _, from := range urls {
		_, _, body := get(t, c, from)
		for _, found := range regexp.MustCompile(`https?:[^\s"'<>]+`).FindAllString(strings.ReplaceAll(body, `\/`, "/"), -1) {
			u, err := url.Parse(found)
			if err != nil || !strings.HasSuffix(u.Host, ".example") && !slices.Contains(formats, u.Host) {
				t.Errorf("%s: %s", from, found)
			}
		}
	}
}

func TestLevantWireIsDownOnTheFirstMorning(t *testing.T) {
	w := New()
	c := client(w)
	for _, step := range []struct {
		at   time.Time
		want int
	}{
		{Start().Add(-4 * time.Hour), 200},
		{Start(), 503},
		{Start().AddDate(0, 0, 1), 200},
	} {
		w.At(step.at)
		for _, path := range []string{"/", "/wire.xml", "/s/55071"} {
			status, header, _ := get(t, c, "https://levant-wire.example"+path)
			if status != step.want {
				t.Errorf("%s at %s: %d, want %d", path, step.at, status, step.want)
			}
			if (header.Get("Retry-After") != "") != (step.want == 503) {
				t.Errorf("%s at %s: Retry-After %q", path, step.at, header.Get("Retry-After"))
			}
		}
		if status, _, _ := get(t, c, "https://levant-wire.example/robots.txt"); status != http.StatusOK {
			t.Errorf("robots.txt at %s: %d", step.at, status)
		}
	}
}

func TestChangeInPlace(t *testing.T) {
	w := quick()
	c := client(w)
	for _, x := range []struct{ page, feed, before, after string }{
		{
			"https://baku-energy-review.example/oil/2304", "https://baku-energy-review.example/feeds/all.atom",
			"rose to 92,000 barrels a day", "rose to 82,000 barrels a day",
		},
		{
			"https://bosphorus-daily.example/a/40108", "https://bosphorus-daily.example/syndication/latest",
			"will invest 1.1 billion dollars", "will invest 1.3 billion dollars",
		},
	} {
		for _, from := range []string{x.page, x.feed} {
			w.SetDay(1)
			_, header, body := get(t, c, from)
			if !strings.Contains(body, x.before) || strings.Contains(body, x.after) {
				t.Errorf("%s, day 1: not the first version", from)
			}
			w.SetDay(2)
			status, _, body := get(t, c, from, "If-None-Match", header.Get("ETag"))
			if status != http.StatusOK || strings.Contains(body, x.before) || !strings.Contains(body, x.after) {
				t.Errorf("%s, day 2: status %d, not the second version", from, status)
			}
		}
	}
	if !strings.Contains(mustChanged(t, w), "2026-11-24T10:20:00+04:00") {
		t.Errorf("the feed doesn't say when the article was changed")
	}
}

func mustChanged(t *testing.T, w *World) string {
	t.Helper()
	_, _, body := get(t, client(w), "https://baku-energy-review.example/feeds/all.atom")
	return body
}

func TestReprintsCreditTheirOrigin(t *testing.T) {
	w := quick()
	w.SetDay(2)
	names := map[string]string{}
	for _, a := range w.Articles() {
		names[a.URL] = a.Outlet
	}
	for _, a := range w.Articles() {
		if a.CopyOf == "" {
			continue
		}
		_, _, body := get(t, client(w), a.URL)
		if of := names[a.CopyOf]; of == "" || of == a.Outlet || !strings.Contains(body, of) {
			t.Errorf("%s: copies %s and doesn't name %q", a.URL, a.CopyOf, of)
		}
	}
}
