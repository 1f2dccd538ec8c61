package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// freshness is how old a signed request may be, as Slack wants it:
// https://docs.slack.dev/authentication/verifying-requests-from-slack
const freshness = 5 * time.Minute

// ServeHTTP takes what Slack sends over HTTP: events, commands and what is pressed,
// all at one address. What isn't signed by the workspace's secret is not read.
func (l *Listener) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if req.Method != http.MethodPost || l.SigningSecret == "" {
		http.Error(w, "not here", http.StatusNotFound)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, biggest))
	if err != nil {
		http.Error(w, "not readable", http.StatusBadRequest)
		return
	}
	if !signed(req.Header, body, l.SigningSecret, l.now()) {
		http.Error(w, "not signed", http.StatusUnauthorized)
		return
	}
	e, challenge, ok := posted(req.Header.Get("Content-Type"), body)
	switch {
	case !ok:
		http.Error(w, "not understood", http.StatusBadRequest)
	case challenge != "":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, challenge) // whoever asked may be gone
	case waits(e):
		if of := l.answer(e); of != nil {
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			_ = json.NewEncoder(w).Encode(of) // whoever asked may be gone
		}
	case !l.take(e):
		http.Error(w, "too much at once", http.StatusServiceUnavailable)
	}
}

// signed reports whether a request is Slack's, and not an old one.
func signed(h http.Header, body []byte, secret string, now time.Time) bool {
	stamp := h.Get("X-Slack-Request-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return false
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > freshness || age < -freshness {
		return false
	}
	return hmac.Equal([]byte(h.Get("X-Slack-Signature")), []byte(signature(stamp, body, secret)))
}

// signature is what Slack signs a request with.
func signature(stamp string, body []byte, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write([]byte("v0:" + stamp + ":")) // a hash takes everything
	_, _ = mac.Write(body)                        // likewise
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// posted makes of a request what comes by a socket too, or gives the challenge by
// which Slack finds out whether attache is there.
func posted(kind string, body []byte) (e envelope, challenge string, ok bool) {
	kind, _, err := mime.ParseMediaType(kind)
	if err != nil {
		return e, "", false
	}
	if kind == "application/json" {
		var of struct{ Type, Challenge string }
		if json.Unmarshal(body, &of) != nil {
			return e, "", false
		}
		if of.Type == "url_verification" {
			return e, of.Challenge, of.Challenge != ""
		}
		return envelope{Type: "events_api", Payload: body}, "", true
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return e, "", false
	}
	if payload := form.Get("payload"); payload != "" {
		return envelope{Type: "interactive", Payload: json.RawMessage(payload)}, "", json.Valid([]byte(payload))
	}
	fields := map[string]string{}
	for name := range form {
		fields[name] = form.Get(name)
	}
	payload, err := json.Marshal(fields)
	return envelope{Type: "slash_commands", Payload: payload}, "", err == nil && fields["command"] != ""
}
