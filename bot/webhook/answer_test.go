package webhook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"attache/bot"
	"attache/bot/webhook/webhooktest"
)

func post() bot.Post {
	return bot.Post{Key: "Harbour/12/webhook:site/1", Place: place(), Payload: []byte(`{"notice":"a"}`)}
}

// answering is a receiver that gives one answer to all.
func answering(code int, kind, body string, header ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	})
}

// outcome tells an error's type and text.
func outcome(err error) string {
	var retry *bot.RetryError
	var refused *bot.RefusedError
	switch {
	case err == nil:
		return "posted"
	case errors.As(err, &retry):
		return fmt.Sprintf("retry after %s: %v", retry.After, err)
	case errors.As(err, &refused):
		return "refused: " + err.Error()
	}
	return "doubt: " + err.Error()
}

func TestAnswers(t *testing.T) {
	const jsonType, page = "application/json", "text/html; charset=utf-8"
	now := time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC)
	tests := []struct {
		name    string
		handler http.Handler
		id      string
		want    string // its beginning
	}{
		{"an id", answering(201, jsonType, `{"id":"m1"}`), "m1", "posted"},
		{"an id that is a number", answering(200, jsonType, `{"id":12345678901234567}`), "12345678901234567", "posted"},
		{"no id", answering(200, jsonType, `{"ok":true}`), post().Key, "posted"},
		{"nothing", answering(204, "", ""), post().Key, "posted"},
		{"an id of another kind", answering(200, jsonType, `{"id":["m1"]}`), "", "doubt: posting to webhook:site: it answers with an id"},
		{"a list", answering(200, jsonType, `["m1"]`), "", "doubt: posting to webhook:site: it answers 200 OK with what is no JSON object"},
		{"a text", answering(200, "text/plain", "ok"), "", "doubt: "},
		{"JSON that is cut off", answering(200, jsonType, `{"id":"m1`), "", "doubt: "},
		{"more than anybody reads", answering(200, jsonType, `{"id":"`+strings.Repeat("m", maxAnswer)+`"}`), "", "doubt: "},
		{"a page", answering(200, page, "<!doctype html>"), "", "refused: posting to webhook:site: it answers 200 OK with a web page and not with JSON: check the url in the config"},
		{"a page that says it is JSON", answering(200, jsonType, " <html>"), "", "refused: "},
		{"a redirect", answering(302, page, "", "Location", "https://evil.example/"), "", "refused: posting to webhook:site: it leads elsewhere"},
		{"a permanent redirect", answering(308, page, "", "Location", "https://evil.example/"), "", "refused: "},
		{"with a reason", answering(422, jsonType, `{"error":"no\n such \u001b[2J desk"}`), "", "refused: posting to webhook:site: it refuses the message (422 Unprocessable Entity: no  such  [2J desk)"},
		{"with the secret in its reason", answering(400, jsonType, `{"error":"not `+secret+`"}`), "", "refused: posting to webhook:site: it refuses the message (400 Bad Request: not …)"},
		{"wrong secret", answering(401, jsonType, ""), "", "refused: posting to webhook:site: it refuses the message (401 Unauthorized): compare the secret"},
		{"wrong address", answering(404, page, "<html>"), "", "refused: posting to webhook:site: nothing there takes messages"},
		{"conflict", answering(409, jsonType, ""), "", "doubt: "},
		{"request time-out", answering(408, jsonType, ""), "", "doubt: "},
		{"too early", answering(425, jsonType, ""), "", "retry after 0s: "},
		{"too many", answering(429, jsonType, ""), "", "retry after 0s: "},
		{"too many, with seconds", answering(429, jsonType, "", "Retry-After", "17"), "", "retry after 17s: posting to webhook:site: it asks to wait"},
		{"too many, with a date", answering(429, jsonType, "", "Retry-After", now.Add(time.Minute).Format(http.TimeFormat)), "", "retry after 1m0s: "},
		{"too many, with a date that is over", answering(429, jsonType, "", "Retry-After", now.Add(-time.Minute).Format(http.TimeFormat)), "", "retry after 0s: "},
		{"too many, for years", answering(429, jsonType, "", "Retry-After", "999999999999"), "", "retry after 24h0m0s: "},
		{"too many, for less than nothing", answering(429, jsonType, "", "Retry-After", "-5"), "", "retry after 0s: "},
		{"away for a while", answering(503, page, "", "Retry-After", "5"), "", "retry after 5s: "},
		{"away", answering(503, page, ""), "", "doubt: "},
		{"failed", answering(500, page, ""), "", "doubt: posting to webhook:site: it answers 500 Internal Server Error"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := serve(t, tt.handler)
			a.Now = func() time.Time { return now }
			id, err := a.Post(t.Context(), post())
			if got := outcome(err); !strings.HasPrefix(got, tt.want) || id != tt.id {
				t.Errorf("id %q, %s\nwant %q, %s", id, got, tt.id, tt.want)
			}
			keepsSecrets(t, err)
		})
	}
}

func keepsSecrets(t *testing.T, err error) {
	t.Helper()
	for _, s := range []string{secret, "t0ken"} {
		if err != nil && strings.Contains(err.Error(), s) {
			t.Errorf("%q is in: %v", s, err)
		}
	}
}

func TestLookUps(t *testing.T) {
	const jsonType = "application/json"
	tests := []struct {
		name    string
		handler http.Handler
		found   bot.Finding
		id      string
		fails   bool
	}{
		{"there", answering(200, jsonType, `{"id":"m1"}`), bot.There, "m1", false},
		{"there without an id", answering(200, jsonType, `{}`), bot.There, post().Key, false},
		{"not there", answering(404, jsonType, `{"id":null}`), bot.NotThere, "", false},
		{"a server that knows no look-up", answering(404, "text/plain", "404 page not found"), bot.CannotTell, "", false},
		{"nor the method", answering(405, "text/plain", ""), bot.CannotTell, "", false},
		{"a page", answering(200, "text/html", "<html>"), bot.CannotTell, "", false},
		{"an error", answering(500, jsonType, `{}`), bot.CannotTell, "", true},
		{"wrong secret", answering(401, jsonType, `{}`), bot.CannotTell, "", true},
		{"busy", answering(429, jsonType, `{}`), bot.CannotTell, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found, id, err := serve(t, tt.handler).Find(t.Context(), post())
			if found != tt.found || id != tt.id || (err != nil) != tt.fails {
				t.Errorf("%v, %q, %v; want %v, %q", found, id, err, tt.found, tt.id)
			}
			keepsSecrets(t, err)
		})
	}
}

func TestRepeatable(t *testing.T) {
	r := webhooktest.New(webhooktest.Behaviour{Secret: secret, Dedupe: true, NoLookUp: true})
	a := serve(t, r)
	to := a.Receivers["site"]
	to.Repeatable = true
	a.Receivers["site"] = to
	r.Will(webhooktest.LoseAfter)
	if _, err := a.Post(t.Context(), post()); err == nil {
		t.Fatal("the answer was lost, and there is no error")
	}
	if found, _, err := a.Find(t.Context(), post()); found != bot.Repeatable || err != nil {
		t.Fatal(found, err)
	}
	if _, err := a.Post(t.Context(), post()); err != nil || len(r.State().Messages) != 1 {
		t.Fatal(err, r.State().Keys())
	}
}

// TestNothingListens: what was never connected may be tried again.
func TestNothingListens(t *testing.T) {
	a := serve(t, answering(200, "", ""))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String() + "/?token=t0ken"
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	a.Receivers["site"] = Receiver{URL: address, Secret: secret}
	_, err = a.Post(t.Context(), post())
	if got := outcome(err); !strings.HasPrefix(got, "retry after 0s: posting to webhook:site: it could not be reached") {
		t.Error(got)
	}
	keepsSecrets(t, err)
}

// TestConnectionBreaks: a request is not sent again unasked on a connection that was
// kept and broke.
func TestConnectionBreaks(t *testing.T) {
	var posts atomic.Int32
	a := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if posts.Add(1) == 1 {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		panic(http.ErrAbortHandler)
	}))
	if _, err := a.Post(t.Context(), post()); err != nil {
		t.Fatal(err)
	}
	_, err := a.Post(t.Context(), post())
	if got := outcome(err); !strings.HasPrefix(got, "doubt: ") || posts.Load() != 2 {
		t.Errorf("%s, after %d posts; want a doubt after 2", got, posts.Load())
	}
	keepsSecrets(t, err)
}

func TestNoAnswerInTime(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	a := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		cancel()
		<-r.Context().Done()
	}))
	_, err := a.Post(ctx, post())
	if got := outcome(err); !strings.HasPrefix(got, "doubt: ") {
		t.Error(got)
	}
	keepsSecrets(t, err)
}

// TestRequest holds what docs/webhook.md tells of a request.
func TestRequest(t *testing.T) {
	var got *http.Request
	var body string
	a := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		got, body = r, string(data)
		w.WriteHeader(http.StatusNoContent)
	}))
	a.Now = func() time.Time { return time.Unix(1795491000, 0) }
	p := post()
	p.Key, p.Under = "Hafen ü%/12/webhook:site/2", "m1"
	if _, err := a.Post(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	const want = `{"version":1,"key":"Hafen ü%/12/webhook:site/2","place":"webhook:site","under":"m1","message":{"notice":"a"}}`
	if body != want {
		t.Errorf("body %s\nwant %s", body, want)
	}
	for name, want := range map[string]string{
		"Content-Type":      "application/json",
		"Idempotency-Key":   "Hafen%20%C3%BC%25/12/webhook:site/2",
		"Attache-Timestamp": "1795491000",
		"Attache-Signature": Sign(secret, "1795491000", want),
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s: %q; want %q", name, got.Header.Get(name), want)
		}
	}
	if got.URL.RawQuery != "token=t0ken" {
		t.Errorf("the address lost its query: %s", got.URL)
	}
}

func TestSign(t *testing.T) {
	const want = "v1=4ded00791431a9668126f77f9371c2a8d60ae66b3dbd8a785ef50aef7c97bc4a" // printf '1795491000.{}' | openssl dgst -sha256 -hmac secret
	if got := Sign("secret", "1795491000", "{}"); got != want {
		t.Errorf("%s; want %s", got, want)
	}
}

func TestUnknownReceiver(t *testing.T) {
	a := &Adapter{}
	_, err := a.Post(t.Context(), post())
	if got := outcome(err); !strings.HasPrefix(got, `retry after 0s: no webhook is called "site": add it`) {
		t.Error(got)
	}
}
