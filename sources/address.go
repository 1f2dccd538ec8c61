package sources

import (
	"net"
	"net/url"
	"strings"
)

// Address gives the form of a source's URL by which two are told to be the same:
// the scheme and host in lower case, no default port, no fragment, no slash at
// the end. It is for telling, not for asking: some servers want the slash.
func Address(source string) string {
	source = strings.TrimSpace(source)
	u, err := url.Parse(source)
	if err != nil || u.Hostname() == "" {
		return source
	}
	u.Scheme = strings.ToLower(u.Scheme)
	host, port := strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), u.Port()
	switch {
	case port != "" && (u.Scheme != "http" || port != "80") && (u.Scheme != "https" || port != "443"):
		u.Host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		u.Host = "[" + host + "]"
	default:
		u.Host = host
	}
	u.Fragment, u.RawFragment, u.ForceQuery = "", "", false
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	return u.String()
}

// Host is where an outlet's articles live, by the address of a source: the host
// without "www.".
func Host(address string) string { return bareHost(address) }
