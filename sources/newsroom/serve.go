package newsroom

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"strings"
	"time"
)

// answer is a document before faults are applied to it.
type answer struct {
	body        []byte
	contentType string
	modified    time.Time // zero where the document has no date
}

// ServeHTTP answers for the outlet that the Host header names, as of the
// world's clock. Hosts that are no outlet's get 421.
func (w *World) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	o := w.outlet(r.Host)
	if o == nil {
		http.Error(rw, "no such outlet", http.StatusMisdirectedRequest)
		return
	}
	w.mu.Lock()
	now, delay := w.now, w.delay
	fault, ok := w.faults[o.Host+r.URL.Path]
	if !ok {
		fault = w.faults[o.Host]
	}
	w.mu.Unlock()

	// An outlet's network goes on answering for robots.txt when its servers fail.
	if fault == None && o.isDown(now) && r.URL.Path != "/robots.txt" {
		fault = Down
	}
	if fault == None && o.slow && r.URL.Path == o.feedPath {
		fault = Slow
	}
	a, status := w.find(o, r.URL.Path, now)
	if fault.serve(rw, r, &a, delay) {
		return
	}
	if status != http.StatusOK {
		http.Error(rw, http.StatusText(status), status)
		return
	}
	write(rw, r, a)
}

func (w *World) outlet(host string) *outlet {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	for _, o := range w.outlets {
		if strings.EqualFold(o.Host, host) {
			return o
		}
	}
	return nil
}

// find returns the document at a path and 200, or why there is none.
func (w *World) find(o *outlet, path string, now time.Time) (answer, int) {
	const html = "text/html; charset=utf-8"
	switch path {
	case "/robots.txt":
		body := robots
		if o.format == "sitemap" {
			body += "Sitemap: https://" + o.Host + o.feedPath + "\n"
		}
		return answer{body: []byte(body), contentType: "text/plain; charset=utf-8"}, http.StatusOK
	case o.feedPath:
		v := o.view(now)
		body, contentType, err := w.feeds.render(v)
		return answer{body, contentType, v.Updated}, statusOf(err)
	case "/":
		body, err := w.pages.front(o, now)
		return answer{body: []byte(body), contentType: html}, statusOf(err)
	}
	a := w.articles["https://"+o.Host+path]
	if a == nil || a.published.After(now) {
		return answer{}, http.StatusNotFound
	}
	body, err := w.pages.article(a, now)
	return answer{[]byte(body), html, a.changedBy(now)}, statusOf(err)
}

func statusOf(err error) int {
	if err != nil {
		return http.StatusInternalServerError
	}
	return http.StatusOK
}

// write answers with validators, and with 304 to those who have the document.
func write(rw http.ResponseWriter, r *http.Request, a answer) {
	sum := sha256.Sum256(a.body)
	rw.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	rw.Header().Set("Content-Type", a.contentType)
	rw.Header().Set("Cache-Control", "max-age=60")
	http.ServeContent(rw, r, "", a.modified, bytes.NewReader(a.body))
}
