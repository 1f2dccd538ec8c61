package newsroom

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const aFeed = "https://caspian-ledger.example/rss"

func TestNotModified(t *testing.T) {
	w := quick()
	c := client(w)
	for _, url := range []string{aFeed, "https://ararat-post.example/feed.json", "https://tehran-courier.example/news/118231"} {
		_, first, _ := get(t, c, url)
		for _, validator := range [][]string{
			{"If-None-Match", first.Get("ETag")},
			{"If-Modified-Since", first.Get("Last-Modified")},
		} {
			status, _, body := get(t, c, url, validator...)
			if status != http.StatusNotModified || body != "" {
				t.Errorf("%s with %s: status %d, %d bytes", url, validator[0], status, len(body))
			}
		}
		w.SetDay(2)
		status, _, _ := get(t, c, aFeed, "If-None-Match", first.Get("ETag"))
		if status != http.StatusOK {
			t.Errorf("%s on the next day: status %d", url, status)
		}
		w.SetDay(1)
	}
}

func TestUnknown(t *testing.T) {
	w := quick()
	for url, want := range map[string]int{
		"https://elsewhere.example/":                            http.StatusMisdirectedRequest,
		"https://caspian-ledger.example/2026/11/24/8841":        http.StatusNotFound, // not out yet
		"https://caspian-ledger.example/no/such":                http.StatusNotFound,
		"https://caspian-ledger.example:8443/2026/11/23/8812?a": http.StatusOK,
	} {
		if status, _, _ := get(t, client(w), url); status != want {
			t.Errorf("%s: %d, want %d", url, status, want)
		}
	}
}

func TestFaults(t *testing.T) {
	_, whole, feed := get(t, client(quick()), aFeed)
	for _, x := range []struct {
		fault  Fault
		status int
		is     func(http.Header, string) bool
	}{
		{Down, 503, func(h http.Header, _ string) bool { return h.Get("Retry-After") == "7200" }},
		{TooMany, 429, func(h http.Header, _ string) bool { return h.Get("Retry-After") == "600" }},
		{Slow, 200, func(_ http.Header, b string) bool { return b == feed }},
		{Half, 200, func(_ http.Header, b string) bool { return b == feed[:len(feed)/2] }},
		{WrongCharset, 200, func(h http.Header, b string) bool {
			return h.Get("Content-Type") == "application/rss+xml; charset=iso-8859-1" && b == feed
		}},
		{NotAFeed, 200, func(h http.Header, b string) bool { return strings.HasPrefix(b, "<!doctype html>") }},
		{Empty, 200, func(_ http.Header, b string) bool { return b == "" }},
		{PrivateHost, 302, func(h http.Header, _ string) bool { return h.Get("Location") == PrivateURL }},
		{NoArticle, 200, func(_ http.Header, b string) bool { return !strings.Contains(b, "<p>") }},
		{Paywall, 200, func(_ http.Header, b string) bool { return strings.Contains(b, `"isAccessibleForFree":false`) }},
		{None, 200, func(h http.Header, b string) bool { return b == feed && h.Get("ETag") == whole.Get("ETag") }},
	} {
		w := quick()
		w.SetFault("caspian-ledger.example/rss", x.fault)
		status, header, body := get(t, client(w), aFeed)
		if status != x.status || !x.is(header, body) {
			t.Errorf("%s: status %d, header %v, %d bytes", x.fault, status, header, len(body))
		}
		if status, _, _ := get(t, client(w), "https://caspian-ledger.example/2026/11/23/8812"); status != 200 {
			t.Errorf("%s: another path: status %d", x.fault, status)
		}
		w.SetFault("caspian-ledger.example/rss", None)
		w.SetFault("caspian-ledger.example", Down)
		if status, _, _ := get(t, client(w), aFeed); status != 503 {
			t.Errorf("%s: the whole host: status %d", x.fault, status)
		}
	}
}

func TestBroken(t *testing.T) {
	w := quick()
	w.SetFault("caspian-ledger.example/rss", Broken)
	overSocket := start(t, w).Client()
	defer overSocket.CloseIdleConnections()
	for name, c := range map[string]*http.Client{"socket": overSocket, "none": client(w)} {
		resp, err := c.Get(aFeed)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		body, err := readAll(resp)
		if !errors.Is(err, io.ErrUnexpectedEOF) || len(body) == 0 {
			t.Errorf("%s: %d bytes, then %v", name, len(body), err)
		}
	}
}

// TestSlow runs on a clock that isn't real.
func TestSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New()
		const feed = "https://tehran-courier.example/index.rdf"
		began := time.Now()
		get(t, client(w), feed)
		if took := time.Since(began); took != 700*time.Millisecond {
			t.Errorf("the slow outlet took %v", took)
		}
		w.SetDelay(time.Hour)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, feed, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Transport().RoundTrip(req)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("want a deadline that was missed, got %v", err)
		}
	})
}
