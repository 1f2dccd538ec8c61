package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxWait is the longest time that a server's word on waiting is taken for.
const maxWait = 30 * 24 * time.Hour

// Response is an answer: content, or the word that it has not changed.
type Response struct {
	Status int
	URL    string // after redirects; without user and fragment
	Header http.Header
	Body   []byte // unpacked; in the charset it came in
}

// NotModified reports whether the content is still what the request's ETag or
// LastModified stood for. The body is then empty.
func (r *Response) NotModified() bool { return r.Status == http.StatusNotModified }

// ContentType returns the header with its parameters; empty when not given.
func (r *Response) ContentType() string { return r.Header.Get("Content-Type") }

// ETag returns the validator for the next request; empty when not given.
func (r *Response) ETag() string { return r.Header.Get("ETag") }

// LastModified returns the validator for the next request, as it was written.
func (r *Response) LastModified() string { return r.Header.Get("Last-Modified") }

// RetryAfter returns how long the server asks to wait from now, 30 days at most,
// and whether it asks at all (RFC 9110, 10.2.3).
func (r *Response) RetryAfter(now time.Time) (time.Duration, bool) {
	return retryAfter(r.Header, now)
}

// Fresh returns how long from now the answer may be used without asking again,
// 30 days at most; 0 when it says nothing of it (RFC 9111, 4.2.1).
func (r *Response) Fresh(now time.Time) time.Duration {
	life, known := time.Duration(0), false
	for _, directive := range strings.Split(strings.Join(r.Header.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(directive)), "=")
		switch name {
		case "no-store", "no-cache":
			return 0
		case "max-age":
			if seconds, ok := parseSeconds(strings.Trim(value, `"`)); ok {
				life, known = seconds, true
			}
		}
	}
	if known {
		age, _ := parseSeconds(r.Header.Get("Age"))
		return max(0, life-age)
	}
	until, err := http.ParseTime(r.Header.Get("Expires"))
	if err != nil {
		return 0
	}
	return within(until.Sub(now))
}

func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, ok := parseSeconds(value); ok {
		return seconds, true
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return within(until.Sub(now)), true
}

func parseSeconds(s string) (time.Duration, bool) {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return 0, false
	}
	return within(time.Duration(min(n, uint64(maxWait/time.Second))) * time.Second), true
}

func within(d time.Duration) time.Duration { return max(0, min(d, maxWait)) }
