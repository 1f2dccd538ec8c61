// Package fetch is the polite, guarded HTTP client for everything that outlets
// serve.
//
// Begin with [New] and [Client.Get]. What an outlet, or an article's link, names
// is not trusted: the address that is really dialled must be a public one, and
// time, redirects and the unpacked size of an answer are bounded. The client asks
// once for what did not change, keeps a pace for each host, and reads robots.txt
// where it is told to.
package fetch

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// The bounds of a request that [Options] leaves at zero, and those that it
// cannot change.
const (
	DefaultMaxBody = 10 << 20 // bytes, unpacked
	DefaultTimeout = 30 * time.Second
	maxRedirects   = 5
	maxHeader      = 256 << 10 // bytes
)

// Options set up a [Client]. The zero Options are fit for use.
type Options struct {
	Version      string            // of the program, for the User-Agent; "dev" when empty
	Contact      string            // a URL or address that site owners can write to
	MaxBody      int64             // bytes of an answer, after unpacking; 0 is DefaultMaxBody
	Timeout      time.Duration     // for a request with its redirects; 0 is DefaultTimeout
	AllowPrivate []netip.Prefix    // private addresses that may be dialled all the same
	Hosts        map[string]string // host -> "ip:port" to dial for it, as a hosts file does; the guard judges it too
	RootCAs      *x509.CertPool    // certificate authorities; nil for the system's
	Transport    http.RoundTripper // takes the place of the network; for tests
	Pace         time.Duration     // the least time between two requests to a host and port that is not loopback
	Robots       bool              // ask robots.txt for the requests that say so
	Now          func() time.Time  // nil is time.Now; the age of what is kept is judged by it
}

// Client fetches. It may be used by several goroutines.
type Client struct {
	agent     string
	maxBody   int64
	timeout   time.Duration
	hosts     map[string]string
	transport http.RoundTripper
	pacer     *pacer
	robots    *robotsCache // nil when robots.txt is not asked
	now       func() time.Time
}

// New makes a client. Proxies are taken from the environment (HTTP_PROXY,
// HTTPS_PROXY, NO_PROXY) as it is now.
func New(o Options) *Client {
	c := &Client{
		agent:     userAgent(o.Version, o.Contact),
		maxBody:   cmp.Or(o.MaxBody, DefaultMaxBody),
		timeout:   cmp.Or(o.Timeout, DefaultTimeout),
		hosts:     foldHosts(o.Hosts),
		transport: o.Transport,
		pacer:     newPacer(o.Pace),
		now:       o.Now,
	}
	if c.now == nil {
		c.now = time.Now
	}
	if c.transport == nil {
		c.transport = newTransport(o, c.hosts, c.timeout)
	}
	if o.Robots {
		c.robots = newRobotsCache()
	}
	return c
}

// NewTransport makes the guarded transport of a client by itself, for requests
// that are no fetches. Of the options it takes Timeout, AllowPrivate, Hosts and
// RootCAs. It follows no redirect and reads no robots.txt.
func NewTransport(o Options) http.RoundTripper {
	return newTransport(o, foldHosts(o.Hosts), cmp.Or(o.Timeout, DefaultTimeout))
}

// Request is what to get.
type Request struct {
	URL          string
	ETag         string // as the last answer gave it: unchanged content then comes as NotModified
	LastModified string // as the last answer gave it
	Accept       string // the header; empty for anything
	Robots       bool   // ask robots.txt first, where the client's options allow asking
}

// Get fetches a URL, following redirects. An answer of 400 or more is a
// [*StatusError]; other errors are [*PrivateAddressError], [ErrTooLarge],
// [ErrRobots], [ErrScheme], [ErrRedirects], those of ctx, and those of the
// network, of which [*NetworkError] tells the common ones. No error's text holds a query string or a user's name and password.
func (c *Client) Get(ctx context.Context, r Request) (*Response, error) {
	u, err := parseURL(r.URL)
	if err != nil {
		return nil, err
	}
	answer, err := c.get(ctx, u, r, c.maxBody)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", redact(u), err)
	}
	return answer, nil
}

func (c *Client) get(ctx context.Context, u *url.URL, r Request, maxBody int64) (*Response, error) {
	if err := c.admit(ctx, u, r); err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	request, err := c.newRequest(limited, u, r)
	if err != nil {
		return nil, clean(err)
	}
	answer, err := c.do(request, r, maxBody)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil, fmt.Errorf("no full answer within %s: %w", c.timeout, context.DeadlineExceeded)
	}
	return answer, err
}

// Allowed asks robots.txt whether a URL may be requested by those that say so. The
// error is [ErrRobots] where it may not.
func (c *Client) Allowed(ctx context.Context, address string) error {
	u, err := parseURL(address)
	if err != nil {
		return err
	}
	_, err = c.permitted(ctx, u)
	return err
}

// permitted returns the rules of a URL's host, which allow it.
func (c *Client) permitted(ctx context.Context, u *url.URL) (robots, error) {
	if c.robots == nil {
		return robots{}, nil
	}
	rules, err := c.robotsOf(ctx, u)
	if err == nil && !rules.allows(u) {
		err = ErrRobots
	}
	return rules, err
}

// admit waits until a URL may be requested, or says why it may not.
func (c *Client) admit(ctx context.Context, u *url.URL, r Request) error {
	var gap time.Duration
	if r.Robots {
		rules, err := c.permitted(ctx, u)
		if err != nil {
			return err
		}
		gap = rules.delay
	}
	if c.loopback(u) {
		return nil
	}
	return c.pacer.wait(ctx, hostPort(u), gap)
}

func (c *Client) newRequest(ctx context.Context, u *url.URL, r Request) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	h := request.Header
	h.Set("User-Agent", c.agent)
	h.Set("Accept", cmp.Or(r.Accept, "*/*"))
	h.Set("Accept-Encoding", "gzip, deflate")
	if r.ETag != "" {
		h.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		h.Set("If-Modified-Since", r.LastModified)
	}
	return request, nil
}

// do sends a request and reads the answer. Cookies live as long as one request
// and its redirects: some sites send a reader round in circles without them.
func (c *Client) do(request *http.Request, r Request, maxBody int64) (*Response, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	at := request.URL
	client := http.Client{Transport: c.transport, Jar: jar, CheckRedirect: func(next *http.Request, via []*http.Request) error {
		at = next.URL
		return c.redirect(next, via, r)
	}}
	answer, err := client.Do(request)
	if err != nil {
		return nil, cmp.Or(network(err, at), clean(err))
	}
	defer func() { _ = answer.Body.Close() }() // it was read to its end, or is of no more use
	if answer.StatusCode >= 300 && answer.StatusCode != http.StatusNotModified {
		wait, _ := retryAfter(answer.Header, c.now())
		return nil, &StatusError{Status: answer.StatusCode, RetryAfter: wait}
	}
	body, err := readBody(answer, maxBody)
	if err != nil {
		return nil, cmp.Or(network(err, at), clean(err))
	}
	return &Response{Status: answer.StatusCode, URL: plainURL(at), Header: answer.Header, Body: body}, nil
}

func (c *Client) redirect(next *http.Request, via []*http.Request, r Request) error {
	if len(via) > maxRedirects {
		return ErrRedirects
	}
	if err := checkURL(next.URL); err != nil {
		return err
	}
	next.Header.Del("Referer") // it would tell one site the query string of another
	return c.admit(next.Context(), next.URL, r)
}

func userAgent(version, contact string) string {
	agent := "attache/" + cmp.Or(version, "dev")
	if contact == "" {
		return agent
	}
	return agent + " (+" + contact + ")"
}

func foldHosts(hosts map[string]string) map[string]string {
	folded := make(map[string]string, len(hosts))
	for name, address := range hosts {
		folded[strings.ToLower(name)] = address
	}
	return folded
}
