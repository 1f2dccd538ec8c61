package fetch

import (
	"net/http"
	"testing"
	"time"
)

func TestResponseTimes(t *testing.T) {
	now := time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC)
	type header map[string]string
	tests := []struct {
		header header
		retry  time.Duration
		asks   bool
		fresh  time.Duration
	}{
		{header{}, 0, false, 0},
		{header{"Retry-After": "90"}, 90 * time.Second, true, 0},
		{header{"Retry-After": "Tue, 24 Nov 2026 03:31:00 GMT"}, time.Minute, true, 0},
		{header{"Retry-After": "Mon, 23 Nov 2026 03:31:00 GMT"}, 0, true, 0},
		{header{"Retry-After": "18446744073709551615"}, maxWait, true, 0},
		{header{"Retry-After": "-5"}, 0, false, 0},
		{header{"Retry-After": "soon"}, 0, false, 0},
		{header{"Cache-Control": "public, max-age=600"}, 0, false, 10 * time.Minute},
		{header{"Cache-Control": `MAX-AGE="600"`, "Age": "500"}, 0, false, 100 * time.Second},
		{header{"Cache-Control": "max-age=600", "Age": "700"}, 0, false, 0},
		{header{"Cache-Control": "max-age=600, no-cache"}, 0, false, 0},
		{header{"Cache-Control": "max-age=0", "Expires": "Tue, 24 Nov 2026 04:30:00 GMT"}, 0, false, 0},
		{header{"Expires": "Tue, 24 Nov 2026 04:30:00 GMT"}, 0, false, time.Hour},
		{header{"Expires": "0"}, 0, false, 0},
	}
	for _, test := range tests {
		r := &Response{Header: http.Header{}}
		for name, value := range test.header {
			r.Header.Set(name, value)
		}
		if got, asks := r.RetryAfter(now); got != test.retry || asks != test.asks {
			t.Errorf("%v: retry after %v %v, want %v %v", test.header, got, asks, test.retry, test.asks)
		}
		if got := r.Fresh(now); got != test.fresh {
			t.Errorf("%v: fresh for %v, want %v", test.header, got, test.fresh)
		}
	}
}
