package main

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"attache/sources"
	"attache/sources/feed"
)

type sourcesExport struct{}

// Help is printed under the command's flags.
func (sourcesExport) Help() string {
	return `What attache says of a source beyond OPML stands in attributes of its own, so that
"attache import" reads the same list back.

Example:
  attache sources export > feeds.opml`
}

// Run writes the list of all sources, by name.
func (sourcesExport) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	l, err := p.listing(ctx, p.config)
	if err != nil {
		return err
	}
	return feed.WriteOPML(s.out, "Sources of attache", outlinesOf(l))
}

// outlinesOf gives a list of sources the form in which it is exported.
func outlinesOf(l *listing) []feed.Outline {
	list := make([]feed.Outline, 0, len(l.all))
	for _, one := range l.all {
		f := feed.Facts{Outlet: one.outlet.Name, Country: one.outlet.Country, Rating: given(one.outlet.Rating), StateLinked: truth(one.outlet.StateLinked)}
		if one.source.Kind != sources.Feed {
			f.Kind = string(one.source.Kind)
		}
		if one.every > 0 {
			f.Every = one.every.String()
		}
		list = append(list, feed.Outline{URL: shownURL(one.source.URL), Title: one.source.Name, Facts: f})
	}
	slices.SortFunc(list, func(a, b feed.Outline) int { return cmp.Compare(a.Title, b.Title) })
	return list
}
