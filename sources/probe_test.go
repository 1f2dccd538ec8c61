package sources_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestProbe(t *testing.T) {
	w := newWorld()
	answer := func(rw http.ResponseWriter, body string, headers ...string) {
		for i := 0; i+1 < len(headers); i += 2 {
			rw.Header().Set(headers[i], headers[i+1])
		}
		_, _ = fmt.Fprint(rw, body)
	}
	date := func(ago time.Duration) string { return w.now.Add(-ago).Format(http.TimeFormat) }
	feed := rss(item("a", "Port to dredge channel", "It is to be dredged."), item("b", "Ferry fares rise", "By a tenth."))
	tests := []struct {
		name      string
		serve     func(rw http.ResponseWriter)
		robots    string
		trouble   string
		entries   int
		forbidden bool
		ahead     time.Duration
		clocked   bool
	}{
		{name: "well", serve: func(rw http.ResponseWriter) { answer(rw, feed) }, entries: 2},
		{name: "clock", serve: func(rw http.ResponseWriter) { answer(rw, feed, "Date", date(time.Minute)) }, entries: 2, ahead: time.Minute - time.Second/2, clocked: true},
		{name: "from a cache", serve: func(rw http.ResponseWriter) { answer(rw, feed, "Date", date(time.Hour), "Age", "3600") }, entries: 2, ahead: -time.Second / 2, clocked: true},
		{name: "no clock", serve: func(rw http.ResponseWriter) { answer(rw, feed, "Date", "today") }, entries: 2},
		{name: "robots", serve: func(rw http.ResponseWriter) { answer(rw, feed) }, robots: "User-agent: *\nDisallow: /", entries: 2, forbidden: true},
		{name: "a page", serve: func(rw http.ResponseWriter) {
			answer(rw, "<!DOCTYPE html><html><body>News</body></html>", "Content-Type", "text/html")
		}, trouble: "it is a page, not a feed, and names none"},
		{name: "down", serve: func(rw http.ResponseWriter) { http.Error(rw, "", http.StatusServiceUnavailable) }, trouble: "503 Service Unavailable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld()
			w.handle(source.URL, func(rw http.ResponseWriter, _ *http.Request) { tt.serve(rw) })
			if tt.robots != "" {
				w.handle("https://harbour-post.example/robots.txt", func(rw http.ResponseWriter, _ *http.Request) { answer(rw, tt.robots) })
			}
			got, err := w.gatherer.Probe(t.Context(), source)
			if err != nil || got.Trouble != tt.trouble || (got.Err != nil) != (tt.trouble != "") || got.Entries != tt.entries || got.Forbidden != tt.forbidden ||
				got.Ahead != tt.ahead || got.Clocked != tt.clocked || got.Newest.IsZero() != (tt.entries == 0) {
				t.Errorf("%+v, %v", got, err)
			}
			if len(w.store.states) != 0 || len(w.store.articles) != 0 || w.asked["https://harbour-post.example/a"] != 0 {
				t.Errorf("kept %v %v, asked %v", w.store.states, w.store.articles, w.asked)
			}
		})
	}
}
