package newsroom

import (
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestServerOverTLS(t *testing.T) {
	w := quick()
	srv, err := w.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
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
	if _, err := http.Get("https://" + srv.Hosts()["ararat-post.example"] + "/"); err == nil {
		t.Error("a client that doesn't know the certificate was served")
	}
}

// TestCloseLeavesNothing closes while clients still wait for slow answers.
func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	w := New()
	w.SetDelay(time.Hour)
	srv, err := w.Start()
	if err != nil {
		t.Fatal(err)
	}
	c := srv.Client()
	var asked sync.WaitGroup
	for range 4 {
		asked.Go(func() {
			resp, err := c.Get("https://tehran-courier.example/index.rdf")
			if err == nil {
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				t.Error("an answer came from a server that was closed")
			}
		})
	}
	get(t, c, "https://ararat-post.example/feed.json")
	if err := srv.Close(); err != nil {
		t.Fatal(err)
	}
	asked.Wait()
	c.CloseIdleConnections()
	// The client's own goroutines end in their own time.
	for range 1000 {
		if runtime.NumGoroutine() <= before {
			break
		}
		runtime.Gosched()
		time.Sleep(time.Millisecond)
	}
	if after := runtime.NumGoroutine(); after > before {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines before, %d after\n%s", before, after, buf[:runtime.Stack(buf, true)])
	}
	if err := srv.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}
