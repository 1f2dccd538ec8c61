package main

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"attache/config"
	"attache/digest/archive"
	"attache/sources"
)

// polled is a source with the facts of its outlet.
type polled struct {
	source sources.Source
	outlet sources.Outlet // without a name where the site is to name it
	every  time.Duration  // between two polls; 0: as its answers ask for
	line   int            // of the config that lists it; 0 where it was added
	added  string         // the name it was added under; another one may stand in for it
}

// sources are all that is polled: what the config lists, then what was added.
// One that is both is the config's.
func (a *app) sources(ctx context.Context, c *config.Config) ([]polled, error) {
	l, err := a.listing(ctx, c)
	if err != nil {
		return nil, err
	}
	return l.all, nil
}

// list tells the archive what is polled, so that a source which is no more is not
// missed by a digest.
func (a *app) list(ctx context.Context, all []polled) error {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.source.Name
	}
	return a.archive.ListSources(ctx, names)
}

func (a *app) listing(ctx context.Context, c *config.Config) (*listing, error) {
	added, err := a.archive.AddedSources(ctx)
	if err != nil {
		return nil, err
	}
	l := newListing(c)
	for _, s := range added {
		l.add(s)
	}
	return l, nil
}

// listing is a list of sources that grows.
type listing struct {
	file      string // the config's
	all       []polled
	addresses map[string]int // the place in all, by sources.Address
	names     map[string]int
	outlets   map[string]int // of the first source of each
	repeats   map[string]int // how often a name was wanted
}

// newListing lists the sources of the config.
func newListing(c *config.Config) *listing {
	l := &listing{file: c.At(config.Pos{}, "").File, addresses: map[string]int{}, names: map[string]int{}, outlets: map[string]int{}, repeats: map[string]int{}}
	l.names[sources.ImportSource] = -1
	for _, s := range c.Sources {
		kind := sources.Site
		switch {
		case s.Feed != "":
			kind = sources.Feed
		case s.Sitemap != "":
			kind = sources.Sitemap
		}
		l.put(polled{
			source: sources.Source{Name: s.Name, Outlet: s.Outlet, URL: s.URL(), Kind: kind},
			outlet: sources.Outlet{Name: s.Outlet, Country: s.Country, Rating: s.Rating, StateLinked: s.StateLinked, Host: sources.Host(s.URL())},
			every:  s.Every,
			line:   s.Pos.Line,
		})
	}
	return l
}

func (l *listing) put(p polled) {
	at := len(l.all)
	l.all = append(l.all, p)
	l.addresses[sources.Address(p.source.URL)], l.names[p.source.Name] = at, at
	if _, ok := l.outlets[p.outlet.Name]; !ok && p.outlet.Name != "" {
		l.outlets[p.outlet.Name] = at
	}
}

// add lists a source that was added, unless its address is listed. Where its
// name is, it gets the nearest that is free. What is known of its outlet by
// those before it holds for it too, and what it adds, for those before it. It
// returns the name under which it is listed.
func (l *listing) add(s archive.AddedSource) (name string, ok bool) {
	if _, ok := l.addresses[sources.Address(s.URL)]; ok {
		return "", false
	}
	p := polled{source: s.Source, outlet: s.Facts, every: s.Every, added: s.Name}
	p.source.Name = l.free(s.Name)
	p.outlet.Name, p.outlet.Host = s.Outlet, sources.Host(s.URL)
	if at, ok := l.outlets[s.Outlet]; ok {
		p.outlet = l.all[at].outlet
		if l.all[at].line == 0 {
			p.outlet.Country = cmp.Or(p.outlet.Country, s.Facts.Country)
			p.outlet.Rating = given(cmp.Or(given(p.outlet.Rating), s.Facts.Rating))
			p.outlet.StateLinked = p.outlet.StateLinked || s.Facts.StateLinked
			l.tell(p.outlet)
		}
	}
	p.outlet.Rating = cmp.Or(p.outlet.Rating, "F")
	l.put(p)
	return p.source.Name, true
}

// tell gives all sources of an outlet what is known of it.
func (l *listing) tell(o sources.Outlet) {
	o.Rating = cmp.Or(o.Rating, "F")
	for i := range l.all {
		if l.all[i].outlet.Name == o.Name {
			l.all[i].outlet = o
		}
	}
}

// given is a rating that says something: F stands for none.
func given(rating string) string {
	if rating == "F" {
		return ""
	}
	return rating
}

// free is the nearest name that no source has.
func (l *listing) free(name string) string {
	for {
		next := name
		if l.repeats[name]++; l.repeats[name] > 1 {
			next += " " + strconv.Itoa(l.repeats[name])
		}
		if _, taken := l.names[next]; !taken {
			return next
		}
	}
}
