package newsroom

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
)

// Transport returns a RoundTripper that calls the world's handler in the
// caller's goroutine, without a socket: for tests whose clock is not real.
func (w *World) Transport() http.RoundTripper { return transport{w} }

type transport struct{ world *World }

// RoundTrip answers a request. A connection that breaks gives a body that ends
// with [io.ErrUnexpectedEOF].
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer func() { _ = r.Body.Close() }() // what the client sends is of no interest
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	call := r.Clone(r.Context())
	call.RequestURI = r.URL.RequestURI()
	if call.Host == "" {
		call.Host = r.URL.Host
	}
	var rec recorder
	rec.call(t.world, call)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return rec.response(r), nil
}

// recorder is a ResponseWriter that keeps the answer.
type recorder struct {
	header http.Header
	sent   http.Header // the header as it was when the answer began
	status int
	body   bytes.Buffer
	broken bool
}

func (rec *recorder) call(h http.Handler, r *http.Request) {
	defer func() {
		if p := recover(); p != nil {
			if err, ok := p.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
				panic(p)
			}
			rec.broken = true
		}
	}()
	h.ServeHTTP(rec, r)
}

func (rec *recorder) Header() http.Header {
	if rec.header == nil {
		rec.header = http.Header{}
	}
	return rec.header
}

func (rec *recorder) WriteHeader(status int) {
	if rec.status == 0 {
		rec.status, rec.sent = status, rec.Header().Clone()
	}
}

func (rec *recorder) Write(p []byte) (int, error) {
	rec.WriteHeader(http.StatusOK)
	return rec.body.Write(p)
}

func (rec *recorder) response(r *http.Request) *http.Response {
	rec.WriteHeader(http.StatusOK)
	var body io.Reader = &rec.body
	if rec.broken {
		body = io.MultiReader(body, brokenReader{})
	}
	length, err := strconv.ParseInt(rec.sent.Get("Content-Length"), 10, 64)
	if err != nil {
		length = -1
	}
	return &http.Response{
		Status:     strconv.Itoa(rec.status) + " " + http.StatusText(rec.status),
		StatusCode: rec.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: rec.sent, Body: io.NopCloser(body), ContentLength: length, Request: r,
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
