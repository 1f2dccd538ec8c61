package fetch

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

// TestNetworkErrorsAreTold holds the words for what goes wrong on the way.
func TestNetworkErrorsAreTold(t *testing.T) {
	private := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	broken := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }))
	defer broken.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := closed.Addr().String()
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, url, want string }{
		{"refused", "http://" + nobody + "/rss?key=s3cret", "nothing answers at " + nobody},
		{"not trusted", secure.URL, "the certificate of 127.0.0.1 is not to be trusted: nobody known signed it"},
		{"no https", strings.Replace(broken.URL, "http:", "https:", 1), "127.0.0.1 does not speak https there"},
		{"broken off", broken.URL, "127.0.0.1 broke off before its answer was whole"},
	} {
		_, err := New(Options{AllowPrivate: private}).Get(t.Context(), Request{URL: tt.url})
		var told *NetworkError
		if !errors.As(err, &told) || told.Error() != tt.want || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestLookupsAreTold: a name that nobody has, and one that can't be looked up.
func TestLookupsAreTold(t *testing.T) {
	for _, tt := range []struct {
		err  *net.DNSError
		want string
	}{
		{&net.DNSError{Err: "no such host", Name: "levant-wire.example", Server: "192.0.2.53:53", IsNotFound: true}, "there is no host levant-wire.example: check the address, and this machine's network"},
		{&net.DNSError{Err: "server misbehaving", Name: "levant-wire.example", Server: "192.0.2.53:53", IsTemporary: true}, "the host levant-wire.example can't be looked up now: check this machine's network"},
	} {
		client := New(Options{Transport: failing{&net.OpError{Op: "dial", Net: "tcp", Err: tt.err}}})
		_, err := client.Get(context.Background(), Request{URL: "https://levant-wire.example/rss"})
		var told *NetworkError
		if !errors.As(err, &told) || told.Error() != tt.want {
			t.Errorf("%v", err)
		}
	}
}

// failing is a transport that fails.
type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }
