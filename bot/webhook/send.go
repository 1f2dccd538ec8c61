package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"attache/bot"
)

// The headers of a request. The key is written in ASCII, its other bytes as in
// an address: "%C3%BC".
const (
	headerKey       = "Idempotency-Key"
	headerTimestamp = "Attache-Timestamp" // seconds since 1970
	headerSignature = "Attache-Signature" // "v1=" and an HMAC-SHA256 in hexadecimal
)

// maxAnswer is the most that is read of an answer, in bytes.
const maxAnswer = 64 << 10

// request is what is sent to a receiver.
type request struct {
	method, address string
	body            []byte
	signed          string // what the signature covers, after the time
	key             string
}

// Sign gives the signature of a text that was sent at a time: of a POST its body,
// of a GET "GET KEY", of a DELETE "DELETE ID".
func Sign(secret, timestamp, text string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(timestamp + "." + text))
	return "v1=" + hex.EncodeToString(mac.Sum(nil))
}

// send makes one attempt. It is a [bot.RetryError] where the receiver was certainly
// not reached.
func (a *Adapter) send(ctx context.Context, to Receiver, r request) (*answer, error) {
	ctx, missed := bot.Reach(ctx)
	req, err := a.request(ctx, to, r)
	if err != nil {
		return nil, &bot.RefusedError{Err: err}
	}
	res, err := bot.Straight(a.Client).Do(req)
	if err != nil {
		err = bot.Hide(err, to.URL, to.Secret)
		if missed() {
			return nil, &bot.RetryError{Err: fmt.Errorf("it could not be reached: %w", err)}
		}
		return nil, err
	}
	defer func() { _ = res.Body.Close() }() // all that is wanted of it was read
	data, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("its answer (%s) broke off: %w", status(res.StatusCode), bot.Hide(err, to.URL, to.Secret))
	}
	return &answer{code: res.StatusCode, header: res.Header, body: data, secret: to.Secret}, nil
}

func (a *Adapter) request(ctx context.Context, to Receiver, r request) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, r.address, bytes.NewReader(r.body))
	if err != nil {
		return nil, errAddress
	}
	// Without GetBody, a request that was sent on a connection that broke isn't sent
	// again unasked.
	req.GetBody = nil
	if r.body == nil {
		req.Body, req.ContentLength = http.NoBody, 0
	}
	timestamp := strconv.FormatInt(a.now().Unix(), 10)
	req.Header.Set("User-Agent", "attache")
	req.Header.Set("Accept", "application/json")
	req.Header.Set(headerTimestamp, timestamp)
	req.Header.Set(headerSignature, Sign(to.Secret, timestamp, r.signed))
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set(headerKey, ascii(r.key))
	}
	return req, nil
}

// ascii writes a text for a header.
func ascii(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c > '~' || c == '%' {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// retryAfter reads the header of that name, which has seconds or a date; 0 where
// there is none. A day is the most.
func retryAfter(h http.Header, now time.Time) (wait time.Duration, given bool) {
	text := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil {
		return min(max(time.Duration(min(seconds, 86400))*time.Second, 0), 24*time.Hour), true
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	return min(max(at.Sub(now), 0), 24*time.Hour), true
}
