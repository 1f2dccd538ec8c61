package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// served is a handler in the place of the network.
type served struct{ http.Handler }

func (s served) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result(), nil
}

func overHandler(h http.HandlerFunc, o Options) *Client {
	o.Transport = served{h}
	return New(o)
}

func loopback() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }

func TestGetSendsWhatItShould(t *testing.T) {
	var got http.Header
	c := overHandler(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Clone()
		w.Header().Set("ETag", `"b"`)
		w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 03:00:00 GMT")
		w.Header().Set("Content-Type", "text/xml; charset=koi8-r")
		w.WriteHeader(http.StatusNotModified)
	}, Options{Version: "1.2", Contact: "https://desk.example/bot"})
	r, err := c.Get(t.Context(), Request{URL: "https://a.example/feed", ETag: `"a"`, LastModified: "Mon", Accept: "application/rss+xml"})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"User-Agent":        "attache/1.2 (+https://desk.example/bot)",
		"If-None-Match":     `"a"`,
		"If-Modified-Since": "Mon",
		"Accept":            "application/rss+xml",
		"Accept-Encoding":   "gzip, deflate",
	} {
		if got.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.Get(name), want)
		}
	}
	if !r.NotModified() || r.ETag() != `"b"` || r.LastModified() != "Tue, 24 Nov 2026 03:00:00 GMT" || r.ContentType() != "text/xml; charset=koi8-r" {
		t.Errorf("answer read as %+v", r)
	}
}

func TestGetOverTheNetwork(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprint(w, r.Host)
	}))
	defer server.Close()
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	hosts := map[string]string{"Example.com": server.Listener.Addr().String()}

	c := New(Options{RootCAs: pool, Hosts: hosts, AllowPrivate: loopback()})
	r, err := c.Get(t.Context(), Request{URL: "https://example.com/x?q=1#part"})
	if err != nil {
		t.Fatal(err)
	}
	if string(r.Body) != "example.com" || r.URL != "https://example.com/x?q=1" {
		t.Errorf("got %q from %s", r.Body, r.URL)
	}

	_, err = New(Options{RootCAs: pool, Hosts: hosts}).Get(t.Context(), Request{URL: "https://example.com/x"})
	var private *PrivateAddressError
	if !errors.As(err, &private) || private.Host != "example.com" || !private.Addr.IsLoopback() {
		t.Errorf("a name that leads to loopback: %v", err)
	}
}

func TestGetRefusesPrivateAddressesAfterARedirect(t *testing.T) {
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("was reached") }))
	defer inside.Close()
	outside := httptest.NewServer(http.RedirectHandler("http://inside.example/", http.StatusFound))
	defer outside.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(inside.URL, "http://"), ":")
	c := New(Options{
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		Hosts: map[string]string{
			"news.example":   outside.Listener.Addr().String(),
			"inside.example": "[::ffff:127.0.0.2]:" + port,
		},
	})
	_, err := c.Get(t.Context(), Request{URL: "http://news.example/"})
	var private *PrivateAddressError
	if !errors.As(err, &private) || private.Host != "inside.example" {
		t.Fatalf("got %v", err)
	}
}

func TestRedirects(t *testing.T) {
	h := func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/5", "/4", "/3", "/2", "/1":
			http.Redirect(w, r, fmt.Sprintf("https://b.example/%c?token=s", r.URL.Path[1]-1), http.StatusMovedPermanently)
		case "/6":
			http.Redirect(w, r, "/5", http.StatusMovedPermanently)
		case "/wall":
			if _, err := r.Cookie("seen"); err != nil {
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
				http.Redirect(w, r, "/wall", http.StatusFound)
			}
		}
		if r.Header.Get("Referer") != "" {
			t.Errorf("%s tells that it comes from %s", r.URL, r.Header.Get("Referer"))
		}
	}
	c := overHandler(h, Options{})
	tests := []struct {
		path, at string
		err      error
	}{
		{"/5", "https://b.example/0?token=s", nil},
		{"/6", "", ErrRedirects},
		{"/loop", "", ErrRedirects},
		{"/file", "", ErrScheme},
		{"/wall", "http://a.example/wall", nil},
	}
	for _, test := range tests {
		r, err := c.Get(t.Context(), Request{URL: "http://a.example" + test.path})
		if !errors.Is(err, test.err) {
			t.Errorf("%s: %v, want %v", test.path, err, test.err)
		}
		if err == nil && r.URL != test.at {
			t.Errorf("%s ends at %s", test.path, r.URL)
		}
	}
}

func TestStatus(t *testing.T) {
	c := overHandler(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusTooManyRequests)
	}, Options{})
	_, err := c.Get(t.Context(), Request{URL: "http://a.example/feed?key=secret"})
	var status *StatusError
	if !errors.As(err, &status) || status.Status != 429 || status.RetryAfter != 2*time.Minute {
		t.Fatalf("got %v", err)
	}
	if want := "fetch http://a.example/feed: status 429 Too Many Requests"; err.Error() != want {
		t.Errorf("says %q, want %q", err, want)
	}
}

func TestErrorsTellNoSecrets(t *testing.T) {
	failing := New(Options{Transport: roundTripper(func(*http.Request) (*http.Response, error) {
		return nil, errors.New(`lookup of "http://me:secret@b.example/?k=secret" failed`)
	})})
	odd := overHandler(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "http://me:secret@b.example/%zz?k=secret")
		w.WriteHeader(http.StatusFound)
	}, Options{})
	for _, c := range []*Client{failing, odd} {
		for _, raw := range []string{
			"http://me:secret@a.example/feed?k=secret#secret", "http://a.example:secret/", "http://me:secret@ b.example",
			"gopher://me:secret@b.example/", "http:///?k=secret", "\x7f?secret",
		} {
			_, err := c.Get(t.Context(), Request{URL: raw})
			if err == nil || strings.Contains(err.Error(), "secret") {
				t.Errorf("%q gives %v", raw, err)
			}
		}
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func packed(t *testing.T, newWriter func(io.Writer) io.WriteCloser, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := newWriter(&b)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBody(t *testing.T) {
	asGzip := func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }
	asZlib := func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }
	asFlate := func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 6); return f }
	const limit = 100_000
	text := bytes.Repeat([]byte("news "), 10_000)
	bomb := make([]byte, 50<<20)
	empty := packed(t, asGzip, nil)
	tests := []struct {
		name     string
		encoding string
		sent     []byte
		want     []byte
		err      error
	}{
		{"plain", "", text, text, nil},
		{"gzip", "gzip", packed(t, asGzip, text), text, nil},
		{"gzip said, plain sent", "gzip", text, text, nil},
		{"gzip said, nothing sent", "gzip", nil, []byte{}, nil},
		{"zlib", "deflate", packed(t, asZlib, text), text, nil},
		{"raw deflate", "deflate", packed(t, asFlate, text), text, nil},
		{"a packed file", "", packed(t, asGzip, text), text, nil},
		{"a packed file, packed", "gzip", packed(t, asGzip, packed(t, asGzip, text)), text, nil},
		{"brotli", "br", []byte{1, 2, 3}, nil, ErrEncoding},
		{"too large", "", bomb[:limit+1], nil, ErrTooLarge},
		{"just not too large", "", bomb[:limit], bomb[:limit], nil},
		{"gzip bomb", "gzip", packed(t, asGzip, bomb), nil, ErrTooLarge},
		{"deflate bomb", "deflate", packed(t, asZlib, bomb), nil, ErrTooLarge},
		{"gzip bomb as a file", "", packed(t, asGzip, bomb), nil, ErrTooLarge},
		{"endless empty members", "gzip", bytes.Repeat(empty, limit/len(empty)+1), nil, ErrTooLarge},
		{"cut short", "gzip", packed(t, asGzip, text)[:40], nil, io.ErrUnexpectedEOF},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := overHandler(func(w http.ResponseWriter, _ *http.Request) {
				if test.encoding != "" {
					w.Header().Set("Content-Encoding", test.encoding)
				}
				_, _ = w.Write(test.sent)
			}, Options{MaxBody: limit})
			r, err := c.Get(t.Context(), Request{URL: "http://a.example/"})
			if !errors.Is(err, test.err) {
				t.Fatalf("got %v, want %v", err, test.err)
			}
			if err == nil && !bytes.Equal(r.Body, test.want) {
				t.Errorf("got %d bytes, want %d", len(r.Body), len(test.want))
			}
		})
	}
}

func TestTimeout(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("be"))
		w.(http.Flusher).Flush()
		<-release
	}))
	defer server.Close()
	defer close(release)
	c := New(Options{AllowPrivate: loopback(), Timeout: 50 * time.Millisecond})
	_, err := c.Get(t.Context(), Request{URL: server.URL})
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "within 50ms") {
		t.Errorf("got %v", err)
	}
}

func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := overHandler(func(http.ResponseWriter, *http.Request) {}, Options{
			Pace:  2 * time.Second,
			Hosts: map[string]string{"demo.example": "127.0.0.1:9"},
		})
		begin := time.Now()
		took := func(raw string) time.Duration {
			t.Helper()
			if _, err := c.Get(t.Context(), Request{URL: raw}); err != nil {
				t.Fatal(err)
			}
			return time.Since(begin)
		}
		steps := []struct {
			url  string
			want time.Duration
		}{
			{"https://a.example/1", 0},
			{"https://A.example:443/2", 2 * time.Second},
			{"https://b.example/", 2 * time.Second},
			{"https://a.example:8443/", 2 * time.Second},
			{"http://127.0.0.1:80/", 2 * time.Second},
			{"http://127.0.0.1:80/", 2 * time.Second},
			{"http://demo.example/", 2 * time.Second},
			{"http://demo.example/", 2 * time.Second},
			{"https://a.example/3", 4 * time.Second},
		}
		for _, step := range steps {
			if got := took(step.url); got != step.want {
				t.Errorf("%s at %v, want %v", step.url, got, step.want)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.Get(ctx, Request{URL: "https://a.example/4"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a wait longer than the context's: %v", err)
		}
	})
}

func TestProxy(t *testing.T) {
	var asked atomic.Value
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.URL.String())
	}))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("NO_PROXY", "")
	c := New(Options{})
	if _, err := c.Get(t.Context(), Request{URL: "http://8.8.8.8/feed"}); err != nil {
		t.Fatal(err)
	}
	if asked.Load() != "http://8.8.8.8/feed" {
		t.Errorf("the proxy was asked for %v", asked.Load())
	}
	_, err := c.Get(t.Context(), Request{URL: "http://169.254.169.254/latest"})
	var private *PrivateAddressError
	if !errors.As(err, &private) {
		t.Errorf("a private address by way of the proxy: %v", err)
	}
}

func FuzzParseURL(f *testing.F) {
	for _, seed := range []string{"http://a.example/x?y#z", "https://u:p@[::1%25eth0]:1/", "http://\x00", "//x", "HTTP://A", "http://a.example/%2f"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := parseURL(raw)
		if err != nil {
			return
		}
		again, err := url.Parse(plainURL(u))
		if err != nil {
			t.Fatalf("%q became %q: %v", raw, plainURL(u), err)
		}
		if again.User != nil || again.Host != u.Host {
			t.Fatalf("%q became %q", raw, plainURL(u))
		}
	})
}
