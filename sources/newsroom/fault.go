package newsroom

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault is a way in which a site fails.
type Fault string

// The faults. Each answers to GET and HEAD alike.
const (
	None         Fault = ""
	Down         Fault = "down"          // 503, with Retry-After: 7200
	TooMany      Fault = "too many"      // 429, with Retry-After: 600
	Slow         Fault = "slow"          // answers after the world's delay
	Half         Fault = "half"          // the document ends in its middle, as if that were all
	Broken       Fault = "broken"        // the connection ends in the middle of the document
	WrongCharset Fault = "wrong charset" // UTF-8 that is declared as ISO 8859-1
	NotAFeed     Fault = "not a feed"    // 200 and an HTML page that says that all is well
	Empty        Fault = "empty"         // 200 and no byte
	PrivateHost  Fault = "private host"  // redirects to [PrivateURL]
	NoArticle    Fault = "no article"    // an HTML page without an article
	Paywall      Fault = "paywall"       // a page that asks for a subscription and shows a sentence
)

// PrivateURL is where [PrivateHost] redirects to: an address that clouds answer
// with credentials, and that no reader of news may follow.
const PrivateURL = "http://169.254.169.254/latest/meta-data/"

const (
	quietPage = `<!doctype html><html><head><title>Welcome</title></head><body><nav><a href="/">Home</a> <a href="/contact">Contact</a></nav></body></html>`
	paidPage  = `<!doctype html><html><head><title>Subscribers only</title><script type="application/ld+json">` +
		`{"@context":"https://schema.org","@type":"NewsArticle","headline":"Subscribers only","isAccessibleForFree":false}</script></head>` +
		`<body><article><h1>Subscribers only</h1><p>This report is for subscribers.</p><div class="paywall"><p>Subscribe to continue reading.</p></div></article></body></html>`
)

// SetFault makes what is at hostPath ("ararat-post.example/feed.json"; all of a
// host without a path) fail until it is set to [None]. It goes before the
// outlets' own failures.
func (w *World) SetFault(hostPath string, f Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if f == None {
		delete(w.faults, hostPath)
		return
	}
	w.faults[hostPath] = f
}

// serve applies the fault. It reports whether that was the whole answer; if not,
// the document may have been changed.
func (f Fault) serve(rw http.ResponseWriter, r *http.Request, a *answer, delay time.Duration) bool {
	switch f {
	case Down:
		refuse(rw, http.StatusServiceUnavailable, 2*time.Hour)
		return true
	case TooMany:
		refuse(rw, http.StatusTooManyRequests, 10*time.Minute)
		return true
	case Slow:
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-timer.C:
			return false
		case <-r.Context().Done():
			return true
		}
	case Half:
		a.body = a.body[:len(a.body)/2]
	case Broken:
		rw.Header().Set("Content-Type", a.contentType)
		rw.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
		_, _ = rw.Write(a.body[:len(a.body)/2])
		_ = http.NewResponseController(rw).Flush() // a recorder can't; the connection is given up in any case
		panic(http.ErrAbortHandler)
	case WrongCharset:
		a.contentType = strings.ReplaceAll(a.contentType, "utf-8", "iso-8859-1")
	case Empty:
		a.body = nil
	case NotAFeed, NoArticle:
		a.body, a.contentType = []byte(quietPage), "text/html; charset=utf-8"
	case Paywall:
		a.body, a.contentType = []byte(paidPage), "text/html; charset=utf-8"
	case PrivateHost:
		http.Redirect(rw, r, PrivateURL, http.StatusFound)
		return true
	}
	return false
}

func refuse(rw http.ResponseWriter, status int, after time.Duration) {
	rw.Header().Set("Retry-After", strconv.Itoa(int(after/time.Second)))
	http.Error(rw, http.StatusText(status), status)
}
