package fetch

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestRobots(t *testing.T) {
	const rules = "User-agent: *\nDisallow: /\n\nUser-agent: attache\nDisallow: /private\nDisallow: /*?print=\n"
	asked := map[string]int{}
	c := overHandler(func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		if r.URL.Path != "/robots.txt" {
			if r.URL.Path == "/moved" {
				http.Redirect(w, r, "/private/x", http.StatusFound)
			}
			return
		}
		switch r.URL.Hostname() {
		case "a.example":
			_, _ = w.Write([]byte(rules))
		case "none.example":
			http.NotFound(w, r)
		case "busy.example":
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}, Options{Robots: true})
	tests := []struct {
		url    string
		ignore bool
		err    error
		status int
	}{
		{url: "https://a.example/story/1"},
		{url: "https://a.example/private/1", err: ErrRobots},
		{url: "https://a.example/private/1", ignore: true},
		{url: "https://a.example/story/1?print=1", err: ErrRobots},
		{url: "https://a.example/moved", err: ErrRobots},
		{url: "https://none.example/private/1"},
		{url: "https://busy.example/story/1", status: 503},
	}
	for _, test := range tests {
		_, err := c.Get(t.Context(), Request{URL: test.url, Robots: !test.ignore})
		var status *StatusError
		switch {
		case test.status != 0:
			if !errors.As(err, &status) || status.Status != test.status {
				t.Errorf("%s: %v", test.url, err)
			}
		case !errors.Is(err, test.err):
			t.Errorf("%s: %v, want %v", test.url, err, test.err)
		}
	}
	if asked["/robots.txt"] != 3 {
		t.Errorf("robots.txt asked %d times at 3 hosts", asked["/robots.txt"])
	}
}

func TestRobotsAreAskedAgain(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	status, asked := http.StatusBadGateway, 0
	c := overHandler(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked++
			w.WriteHeader(status)
		}
	}, Options{Robots: true, Now: func() time.Time { return now }})
	get := func() error {
		_, err := c.Get(t.Context(), Request{URL: "https://a.example/x", Robots: true})
		return err
	}
	if first, second := get(), get(); first == nil || second == nil || asked != 1 {
		t.Fatalf("asked %d times", asked)
	}
	now, status = now.Add(robotsRetry), http.StatusOK
	if err := get(); err != nil || asked != 2 {
		t.Fatalf("asked %d times: %v", asked, err)
	}
	now = now.Add(robotsLife)
	if err := get(); err != nil || asked != 3 {
		t.Fatalf("asked %d times: %v", asked, err)
	}
}

func TestRobotsDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := overHandler(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				_, _ = w.Write([]byte("User-agent: *\nCrawl-delay: 600\n"))
			}
		}, Options{Robots: true})
		begin := time.Now()
		for range 3 {
			if _, err := c.Get(t.Context(), Request{URL: "https://a.example/x", Robots: true}); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(begin); took != 2*maxCrawlDelay {
			t.Errorf("took %v", took)
		}
	})
}

func TestParseRobotsForgives(t *testing.T) {
	rules := parseRobots([]byte("\ufeffDisallow: /\nUser-Agent: *\nCrawl-delay: soon\nDisallow: /in\nNonsense\n"))
	for path, allowed := range map[string]bool{"/out": true, "/in/1": false} {
		u, err := parseURL("https://a.example" + path)
		if err != nil {
			t.Fatal(err)
		}
		if rules.allows(u) != allowed {
			t.Errorf("%s allowed: %v", path, !allowed)
		}
	}
}

func FuzzParseRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*.pdf$\nCrawl-delay: 1e400\n"))
	f.Add([]byte(strings.Repeat("Disallow: *", 50)))
	f.Fuzz(func(t *testing.T, body []byte) {
		rules := parseRobots(body)
		if rules.delay < 0 || rules.delay > maxCrawlDelay {
			t.Fatalf("delay %v", rules.delay)
		}
		u, err := parseURL("https://a.example/x?y")
		if err != nil {
			t.Fatal(err)
		}
		rules.allows(u)
	})
}
