package fetch

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// parseURL reads a URL that may be requested. What is wrong with one that
// cannot be read isn't told in detail, since that would quote parts of it.
func parseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, ErrURL
	}
	return u, checkURL(u)
}

func checkURL(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return ErrScheme
	}
	if u.Hostname() == "" {
		return ErrURL
	}
	return nil
}

// redact gives a URL for a log: without user, query and fragment.
func redact(u *url.URL) string {
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	return shown.String()
}

// plainURL gives a URL as it may be stored: without user and fragment.
func plainURL(u *url.URL) string {
	plain := *u
	plain.User, plain.Fragment, plain.RawFragment = nil, "", ""
	return plain.String()
}

// hostPort names what a pace is kept for.
func hostPort(u *url.URL) string {
	port := u.Port()
	switch {
	case port != "":
	case u.Scheme == "https":
		port = "443"
	default:
		port = "80"
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// loopback reports whether a URL is known, before its name is looked up, to lead
// to this machine.
func (c *Client) loopback(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	if address, ok := c.hosts[host]; ok {
		at, err := netip.ParseAddrPort(address)
		return err == nil && at.Addr().Unmap().IsLoopback()
	}
	if host == "localhost" {
		return true
	}
	at, err := netip.ParseAddr(host)
	return err == nil && at.Unmap().IsLoopback()
}
