package webhook

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"attache/bot"
)

// FuzzAnswer: no answer is taken for a yes that isn't one, and none brings the
// secret to light.
func FuzzAnswer(f *testing.F) {
	f.Add(200, "application/json", `{"id":"m1"}`, "")
	f.Add(200, "text/html", "<html>", "")
	f.Add(422, "application/json", `{"error":"`+secret+`"}`, "")
	f.Add(429, "", "", "Tue, 24 Nov 2026 07:30:00 GMT")
	f.Add(503, "", "null", "99999999999999999999")
	f.Add(200, ";", `{"id":1e400}`, "-1")
	f.Fuzz(func(t *testing.T, code int, kind, body, wait string) {
		a := answer{code: code, header: http.Header{"Content-Type": {kind}, "Retry-After": {wait}}, body: []byte(body), secret: secret}
		_, err := a.taken(time.Now())
		if (err == nil) && code/100 != 2 {
			t.Errorf("%d is taken for a yes", code)
		}
		found, _, wrong := a.found()
		if found == bot.There && code != 200 || found == bot.NotThere && (code != 404 || !strings.HasPrefix(strings.TrimSpace(body), "{")) {
			t.Errorf("%d %q: %v", code, body, found)
		}
		for _, err := range []error{err, wrong, a.gone()} {
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Error(err)
			}
		}
		for _, repeatable := range []bool{false, true} {
			if c := a.check(repeatable); c.What == "" || (c.Remedy == "") != (c.Verdict == bot.Well) {
				t.Errorf("%+v", c)
			}
		}
	})
}
