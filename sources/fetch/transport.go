package fetch

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// transport sends a request straight to its host, under the guard, or through
// the proxy that the environment names for it.
type transport struct {
	direct  http.RoundTripper
	proxied http.RoundTripper
	proxy   func(*url.URL) (*url.URL, error)
	hosts   map[string]string
	guard   guard
}

func newTransport(o Options, hosts map[string]string, timeout time.Duration) *transport {
	t := &transport{
		proxy: httpproxy.FromEnvironment().ProxyFunc(),
		hosts: hosts,
		guard: newGuard(o.AllowPrivate),
	}
	direct := baseTransport(o, timeout)
	direct.DialContext = t.dial
	t.direct = direct
	proxied := baseTransport(o, timeout)
	proxied.Proxy = func(r *http.Request) (*url.URL, error) { return t.proxy(r.URL) }
	t.proxied = proxied
	return t
}

func baseTransport(o Options, timeout time.Duration) *http.Transport {
	return &http.Transport{
		TLSClientConfig:        &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    min(timeout, 10*time.Second),
		ResponseHeaderTimeout:  timeout,
		IdleConnTimeout:        90 * time.Second,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    4,
		MaxResponseHeaderBytes: maxHeader,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // the body is unpacked under a limit
	}
}

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if _, ok := t.hosts[strings.ToLower(r.URL.Hostname())]; ok {
		return t.direct.RoundTrip(r)
	}
	proxy, err := t.proxy(r.URL)
	if err != nil {
		return nil, fmt.Errorf("the proxy of the environment: %w", ErrURL)
	}
	if proxy == nil {
		return t.direct.RoundTrip(r)
	}
	if err := t.judge(r.Context(), r.URL.Hostname()); err != nil {
		return nil, err
	}
	return t.proxied.RoundTrip(r)
}

// judge looks at a host that a proxy is to reach. The proxy does the dialling
// and is the last to judge; what can be told here is refused here. A name that
// only the proxy can look up is left to it.
func (t *transport) judge(ctx context.Context, host string) error {
	if addr, err := netip.ParseAddr(host); err == nil {
		return t.guard.check(host, addr)
	}
	addrs, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil
	}
	for _, addr := range addrs {
		if err := t.guard.check(host, addr); err != nil {
			return err
		}
	}
	return nil
}

// dial connects to an address of the form "host:port". The guard has its say
// after the name was looked up, on the very address of the connection.
func (t *transport) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if instead, ok := t.hosts[strings.ToLower(host)]; ok {
		address = instead
	}
	dialer := net.Dialer{
		Timeout: 10 * time.Second,
		Control: func(_, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil {
				return fmt.Errorf("judge the address of %s: %w", host, err)
			}
			return t.guard.check(host, at.Addr())
		},
	}
	return dialer.DialContext(ctx, network, address)
}
