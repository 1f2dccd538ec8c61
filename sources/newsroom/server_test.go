package newsroom

import (
	"crypto/x509"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestServerOverTLS(t *testing.T) {
	w := quick()
	srv := start(t, w)
	c := srv.Client()
	defer c.CloseIdleConnections()
	for _, o := range w.Outlets() {
		if !strings.HasPrefix(srv.Hosts()[o.Host], "127.0.0.1:") {
			t.Errorf("%s is served at %q", o.Host, srv.Hosts()[o.Host])
		}
		want := http.StatusOK
		if o.Name == "Levant Wire" {
			want = http.StatusServiceUnavailable
		}
		if status, _, _ := get(t, c, o.Feeds[0]); status != want {
			t.Errorf("%s: status %d, want %d", o.Feeds[0], status, want)
		}
	}
	c.Transport.(*http.Transport).TLSClientConfig.RootCAs = x509.NewCertPool()
	c.CloseIdleConnections()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://ararat-post.example/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := c.Do(req); err == nil {
		_, err = readAll(resp)
		t.Errorf("a client that doesn't know the certificate was served: %v", err)
	}
}

// TestCloseLeavesNothing closes while clients still wait for slow answers.
func TestCloseLeavesNothing(t *testing.T) {
	for name, http2 := range map[string]bool{"HTTP/1.1": false, "HTTP/2": true} {
		t.Run(name, func(t *testing.T) {
			before := runtime.NumGoroutine()
			closeWhileAsked(t, http2)
			// The client's own goroutines end in their own time.
			for began := time.Now(); runtime.NumGoroutine() > before && time.Since(began) < 5*time.Second; {
				runtime.Gosched()
			}
			if after := runtime.NumGoroutine(); after > before {
				buf := make([]byte, 1<<16)
				t.Errorf("%d goroutines before, %d after\n%s", before, after, buf[:runtime.Stack(buf, true)])
			}
		})
	}
}

func closeWhileAsked(t *testing.T, http2 bool) {
	w := New()
	w.SetDelay(time.Hour)
	srv, err := w.Start()
	if err != nil {
		t.Fatal(err)
	}
	c := srv.Client()
	c.Transport.(*http.Transport).ForceAttemptHTTP2 = http2
	defer c.CloseIdleConnections()
	var asked sync.WaitGroup
	for range 4 {
		asked.Go(func() {
			resp, err := c.Get("https://tehran-courier.example/index.rdf")
			if err == nil {
				_, err = readAll(resp)
				t.Errorf("an answer came from a server that was closed: %v", err)
			}
		})
	}
	get(t, c, "https://ararat-post.example/feed.json")
	for range 2 {
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	}
	asked.Wait()
}
