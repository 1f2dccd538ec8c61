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

func fetchShape() shape[Fetch] {
	return shape[Fetch]{fields: fields[Fetch]{
		value(textLike("a mail address, or the address of a page", "^[^ ()]*[@:][^ ()]*$", (*reader).contact), Key{
			name: "contact", Example: "desk@example.org",
			Doc: "Goes into the User-Agent, so that the owner of a site can write to you.",
		}, func(f *Fetch) *string { return &f.Contact }),
		value(prefixesKind(), Key{
			name: "allow-private", Example: "[127.0.0.1, 10.1.0.0/16]",
			Doc: "Addresses of private networks that may be fetched; none when left out.",
		}, func(f *Fetch) *[]netip.Prefix { return &f.AllowPrivate }),
		value(durationKind(time.Second, 10*time.Minute), Key{
			name: "timeout", Default: short(DefaultTimeout), Doc: "How long one answer may take, redirects included.",
		}, func(f *Fetch) *time.Duration { return &f.Timeout }),
	}}
}

func prefixesKind() kind[[]netip.Prefix] {
	const name = "a list of addresses"
	return kind[[]netip.Prefix]{
		name, listSchema(schema{"type": "string"}),
		func(r *reader, n node) []netip.Prefix { return r.prefixes(n, name) },
		func(all []netip.Prefix) any {
			var values []any
			for _, p := range all {
				values = append(values, p.String())
			}
			return shown(values)
		},
	}
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
func (r *reader) prefixes(n node, want string) []netip.Prefix {
	var all []netip.Prefix
	for _, name := range r.names(n, want) {
		prefix, err := netip.ParsePrefix(name.Value)
		if err != nil {
			addr, wrong := netip.ParseAddr(name.Value)
			if wrong != nil || addr.Zone() != "" {
				r.wrong(name.Pos, "expected an address or a range, as in 127.0.0.1 or 10.0.0.0/8")
				continue
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		all = append(all, prefix.Masked())
	}
	return all
}
