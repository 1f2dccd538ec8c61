package config

import (
	"cmp"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Source is what is polled, by one of Feed, Site and Sitemap, and what the desk
// knows of its outlet.
type Source struct {
	Name        string // unique
	Feed        string // the address of a feed
	Site        string // the address of a site, whose feed or sitemap is found by itself
	Sitemap     string // the address of a news sitemap
	Outlet      string // empty: what the site calls itself
	Rating      string // the outlet's Admiralty letter, A to F; F where none is given
	Country     string // the outlet's, three capital letters; empty where none is given
	StateLinked bool
	Every       time.Duration // between two polls; 0: as the source's answers ask for
	Pos         Pos

	link *bool // state-linked, where it was given
}

// URL is the address that is polled.
func (s Source) URL() string { return cmp.Or(s.Feed, s.Site, s.Sitemap) }

// The shortest and the longest time between two polls of a source.
const (
	MinEvery = time.Minute
	MaxEvery = 7 * 24 * time.Hour
)

var countryCode = regexp.MustCompile(`^[A-Z]{3}$`)

func sourceShape() shape[Source] {
	return shape[Source]{
		fields: append(addressFields(), outletFields()...),
		begin:  func(n node, s *Source) { s.Pos = n.pos() },
		end:    (*reader).checkSource,
		rule:   oneOf("feed", "site", "sitemap"),
	}
}

// oneOf is the rule that one of the keys is given.
func oneOf(keys ...string) schema {
	var all []any
	for _, k := range keys {
		all = append(all, schema{"required": []string{k}})
	}
	return schema{"oneOf": all}
}

// addressFields are the keys of what is polled.
func addressFields() fields[Source] {
	address := textLike("an address", "^[Hh][Tt][Tt][Pp][Ss]?://[^/]", (*reader).address)
	return fields[Source]{
		value(textKind(), Key{
			name: "name", Example: "Ledger's sitemap",
			Doc: "What the source is called; unique. When left out: the outlet's name, or the address where the outlet has several sources.",
		}, func(s *Source) *string { return &s.Name }),
		value(address, Key{
			name: "feed", Example: "https://caspian-ledger.example/rss",
			Doc: "The address of a feed: RSS, Atom, RDF or JSON Feed. One of `feed`, `site`, `sitemap` is given.",
		}, func(s *Source) *string { return &s.Feed }),
		value(address, Key{
			name: "site", Example: "https://levant-wire.example",
			Doc: "The address of a site, whose feed or news sitemap is found by itself.",
		}, func(s *Source) *string { return &s.Site }),
		value(address, Key{
			name: "sitemap", Example: "https://ararat-post.example/news.xml",
			Doc: "The address of a news sitemap.",
		}, func(s *Source) *string { return &s.Sitemap }),
		value(durationKind(MinEvery, MaxEvery), Key{
			name: "every", Example: "30m",
			Doc: "The time between two polls, from 1m to 7d. When left out, attache goes by what the source's answers ask for and by how often there is something new.",
		}, func(s *Source) *time.Duration { return &s.Every }),
	}
}

// outletFields are the keys of whom the source belongs to.
func outletFields() fields[Source] {
	return fields[Source]{
		value(textKind(), Key{
			name: "outlet", Example: "Caspian Ledger",
			Doc: "The publisher's name as a reader would say it. When left out: what the site calls itself. What is said of an outlet at one of its sources holds for all.",
		}, func(s *Source) *string { return &s.Outlet }),
		value(textLike("a letter from A to F", "^[A-Fa-f]$", (*reader).rating), Key{
			name: "rating", Example: "B",
			Doc: "The outlet's Admiralty letter, from A (reliable) to E (unreliable), as the desk judges it; F, cannot be judged, when left out.",
		}, func(s *Source) *string { return &s.Rating }),
		value(textLike("three capital letters", "^[A-Z]{3}$", (*reader).country), Key{
			name: "country", Example: "AZE", Doc: "The outlet's country, by its code of three letters (ISO 3166).",
		}, func(s *Source) *string { return &s.Country }),
		value(flagKind(), Key{
			name: "state-linked", Example: "true",
			Doc: "Whether the outlet is on the desk's list of outlets that a state owns or directs. It is said beside each of its sentences.",
		}, func(s *Source) **bool { return &s.link }),
	}
}

// checkSource finds a source without an address, or with several.
func (r *reader) checkSource(n node, s *Source) {
	count, wrong := 0, false
	for key, address := range map[string]string{"feed": s.Feed, "site": s.Site, "sitemap": s.Sitemap} {
		if address != "" {
			count++
		}
		wrong = wrong || r.isWrong(join(n.path, key))
	}
	if count > 1 || count == 0 && !wrong {
		r.mistake(n, "expected one of feed, site, sitemap; there are %d", count)
	}
}

// flagKind is true or false; nil where it isn't given.
func flagKind() kind[*bool] {
	return kind[*bool]{
		"true or false", schema{"type": "boolean"}, (*reader).flag,
		func(b *bool) any {
			if b == nil {
				return nil
			}
			return *b
		},
	}
}

// durationKind is a time from the least to the most.
func durationKind(least, most time.Duration) kind[time.Duration] {
	k := textLike("a time such as 30s, 20m, 2h or 1d", "^([0-9.]+(ms|[smhd]))+$", nil)
	return kind[time.Duration]{
		k.name, k.schema,
		func(r *reader, n node) time.Duration { return r.duration(n, least, most) },
		func(d time.Duration) any {
			if d == 0 {
				return nil
			}
			return short(d)
		},
	}
}

// address reads a web address.
func (r *reader) address(n node) string {
	s := r.text(n)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		r.mistake(n, "expected an address that begins with https:// or http://")
		return ""
	}
	if u.User != nil {
		r.mistake(n, "expected an address without a name and password: what is in it is shown and stored")
		return ""
	}
	return s
}

func (r *reader) rating(n node) string {
	s := strings.ToUpper(r.text(n))
	if len(s) > 1 || s != "" && !strings.Contains("ABCDEF", s) {
		r.mistake(n, "expected a letter from A to F")
	}
	return s
}

func (r *reader) country(n node) string {
	s := r.text(n)
	if s != "" && !countryCode.MatchString(s) {
		r.mistake(n, "expected three capital letters, as in AZE")
	}
	return s
}

// duration reads "30m", "2h", "1d".
func (r *reader) duration(n node, least, most time.Duration) time.Duration {
	s := r.text(n)
	if s == "" {
		return 0
	}
	d, err := time.ParseDuration(s)
	if days, ok := strings.CutSuffix(s, "d"); ok {
		var count int
		count, err = strconv.Atoi(days)
		d = time.Duration(min(count, 1000)) * 24 * time.Hour
	}
	if err != nil || d < least || d > most {
		r.mistake(n, "expected a time from %s to %s", short(least), short(most))
		return 0
	}
	return d
}

func short(d time.Duration) string {
	const day = 24 * time.Hour
	if d%day == 0 {
		return strconv.Itoa(int(d/day)) + "d"
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	return strings.TrimSuffix(s, "h0m") + strings.Repeat("h", strings.Count(s, "h0m"))
}

// nameSources names the sources that have no name: by the outlet that has one
// source, else by host and path. A name or an address for the second time is a
// mistake.
func (r *reader) nameSources(all []Source) {
	count := make(map[string]int)
	for _, s := range all {
		if s.Outlet != "" {
			count[s.Outlet]++
		}
	}
	names, addresses := make(map[string]Pos), make(map[string]Pos)
	for i := range all {
		s := &all[i]
		if s.Name == "" && count[s.Outlet] == 1 {
			s.Name = s.Outlet
		}
		s.Name = cmp.Or(s.Name, hostPath(s.URL()))
		if s.URL() == "" {
			continue // that is a mistake already
		}
		address := sameAddress(s.URL())
		if first, ok := addresses[address]; ok {
			r.repeated(s.Pos, first, "this address")
		} else if first, ok := names[s.Name]; ok {
			r.repeated(s.Pos, first, "the name "+quote(s.Name))
		}
		names[s.Name], addresses[address] = s.Pos, s.Pos
	}
}

// hostPath is the host and path of an address, without "www."; of a long one the
// beginning.
func hostPath(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	const most = 200 // bytes
	name := strings.TrimPrefix(u.Host, "www.") + strings.TrimRight(u.Path, "/")
	return strings.ToValidUTF8(name[:min(most, len(name))], "")
}

// sameAddress is the same for addresses that lead to the same: whatever the case
// of the host, with or without the usual port, a slash at the end, a fragment.
// This and sources.Address, which goes on with it, hold one table of cases.
func sameAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return address
	}
	host, port := strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), u.Port()
	if port == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		port = ""
	}
	if u.Host = host; port != "" {
		u.Host = net.JoinHostPort(host, port)
	} else if strings.Contains(host, ":") {
		u.Host = "[" + host + "]"
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	u.Fragment, u.RawFragment, u.ForceQuery = "", "", false
	return u.String()
}
