package config

import (
	"net/netip"
	"strings"
	"time"
)

// Fetch says how pages and feeds are fetched.
type Fetch struct {
	Contact      string         // goes into the User-Agent: a mail address or a page; may be empty
	AllowPrivate []netip.Prefix // private addresses that may be fetched
	Timeout      time.Duration  // for one answer
}

// DefaultTimeout is how long one answer may take where the config does not say.
const DefaultTimeout = 30 * time.Second

// fetch reads the block; the zero node gives the defaults.
func (r *reader) fetch(n node, f *Fetch) {
	*f = Fetch{Timeout: DefaultTimeout}
	r.fields(n, fields{
		{"contact", func(n node) { f.Contact = r.contact(n) }},
		{"allow-private", func(n node) { f.AllowPrivate = r.prefixes(n) }},
		{"timeout", func(n node) {
			if d := r.duration(n, time.Second, 10*time.Minute); d > 0 {
				f.Timeout = d
			}
		}},
	})
}

// contact must fit into a header.
func (r *reader) contact(n node) string {
	s := r.text(n)
	if s != "" && (strings.ContainsFunc(s, func(c rune) bool { return c <= ' ' || c > '~' || c == '(' || c == ')' }) ||
		!strings.ContainsAny(s, "@:")) {
		r.mistake(n, "expected a mail address or the address of a page")
	}
	return s
}

// prefixes reads addresses and ranges of them.
func (r *reader) prefixes(n node) []netip.Prefix {
	var all []netip.Prefix
	for _, name := range r.names(n, "a list of addresses") {
		prefix, err := netip.ParsePrefix(name.Value)
		if err != nil {
			addr, wrong := netip.ParseAddr(name.Value)
			if wrong != nil || addr.Zone() != "" {
				r.mistakes = append(r.mistakes, &Mistake{r.file, name.Pos, "expected an address or a range, as in 127.0.0.1 or 10.0.0.0/8"})
				continue
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		all = append(all, prefix.Masked())
	}
	return all
}
