package config

import (
	"cmp"
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

	linkGiven bool // whether state-linked was given
}

// URL is the address that is polled.
func (s Source) URL() string { return cmp.Or(s.Feed, s.Site, s.Sitemap) }

// The shortest and the longest time between two polls of a source.
const (
	MinEvery = time.Minute
	MaxEvery = 7 * 24 * time.Hour
)

var countryCode = regexp.MustCompile(`^[A-Z]{3}$`)

func (r *reader) source(n node) Source {
	s := Source{Pos: n.pos()}
	before := len(r.mistakes)
	r.fields(n, fields{
		{"name", func(n node) { s.Name = r.text(n) }},
		{"feed", func(n node) { s.Feed = r.address(n) }},
		{"site", func(n node) { s.Site = r.address(n) }},
		{"sitemap", func(n node) { s.Sitemap = r.address(n) }},
		{"outlet", func(n node) { s.Outlet = r.text(n) }},
		{"rating", func(n node) { s.Rating = r.rating(n) }},
		{"country", func(n node) { s.Country = r.country(n) }},
		{"state-linked", func(n node) { s.StateLinked, s.linkGiven = r.flag(n), n.ast != nil }},
		{"every", func(n node) { s.Every = r.duration(n, MinEvery, MaxEvery) }},
	})
	given := 0
	for _, u := range []string{s.Feed, s.Site, s.Sitemap} {
		if u != "" {
			given++
		}
	}
	if given != 1 && before == len(r.mistakes) {
		r.mistake(n, "expected one of feed, site, sitemap; there are %d", given)
	}
	return s
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
		r.mistake(n, "expected a time from %s to %s, such as 30m, 2h or 1d", short(least), short(most))
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
		s.Name = cmp.Or(s.Name, place(s.URL()))
		if s.URL() == "" {
			continue // that is a mistake already
		}
		if first, ok := addresses[s.URL()]; ok {
			r.repeated(s.Pos, first, "this address")
		} else if first, ok := names[s.Name]; ok {
			r.repeated(s.Pos, first, "the name "+strconv.Quote(s.Name))
		}
		names[s.Name], addresses[s.URL()] = s.Pos, s.Pos
	}
}

func (r *reader) repeated(at, first Pos, what string) {
	r.mistakes = append(r.mistakes, &Mistake{r.file, at, what + " is that of " + first.Path + " too"})
}

// place is the host and path of an address, without "www.".
func place(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Host, "www.") + strings.TrimRight(u.Path, "/")
}
