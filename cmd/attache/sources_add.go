package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"attache/config"
	"attache/digest/archive"
	"attache/sources"
	"attache/sources/feed"
	"attache/sources/fetch"
)

type sourcesAdd struct {
	URL         string `arg:"" help:"The address of a feed, a news sitemap, or a page that names its feed."`
	Name        string `placeholder:"NAME" help:"What the source is called; the outlet's name, or the feed's title, when left out."`
	Outlet      string `placeholder:"NAME" help:"The publisher's name; what the site calls itself when left out."`
	Country     string `placeholder:"AZE" help:"The outlet's country, by three letters."`
	Rating      string `placeholder:"A–F" help:"The outlet's Admiralty letter."`
	StateLinked bool   `help:"The outlet is on the desk's list of state-linked ones."`
	Every       string `placeholder:"30m" help:"The time between two polls; as the source's answers ask for when left out."`
}

// Help is printed under the command's flags.
func (sourcesAdd) Help() string {
	return `The address is fetched to see what is there. Of a page with several feeds none is
taken: they are listed, to choose from.

Example:
  attache sources add https://ararat-post.example --country ARM --rating C
  attache sources add https://tehran-courier.example/world.xml --state-linked --every 2h`
}

// Run adds the source that is found at the address.
func (c sourcesAdd) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	one, err := p.addSource(ctx, p.config, c)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s added: %s, %s. The next attache gather polls it.\n", one.Name, one.Kind, shownURL(one.URL))
	return nil
}

// addSource finds what is at an address and adds it.
func (a *app) addSource(ctx context.Context, c *config.Config, want sourcesAdd) (archive.AddedSource, error) {
	l, err := a.listing(ctx, c)
	if err != nil {
		return archive.AddedSource{}, err
	}
	if !strings.Contains(want.URL, ":") {
		want.URL = "https://" + want.URL
	}
	// All that can be wrong without asking the site, before it is asked.
	s, err := want.source(l, want.URL, "", a.now())
	if err != nil {
		return s, err
	}
	if err := a.country(s.Facts.Country); err != nil {
		return s, usageError{err}
	}
	found, err := sources.Discover(ctx, a.gatherer.Client, s.URL)
	if err != nil {
		return s, unfound(s.URL, err)
	}
	if len(found.Others) > 0 {
		return s, choose(s.URL, found.Others)
	}
	if s, err = want.source(l, found.Source.URL, found.Title, a.now()); err != nil {
		return s, err
	}
	s.Kind = found.Source.Kind
	s.Name, _ = l.add(s)
	_, err = a.archive.AddSources(ctx, []archive.AddedSource{s})
	return s, err
}

// source makes the source of what was said, unless something speaks against it.
func (c *sourcesAdd) source(l *listing, address, title string, now time.Time) (archive.AddedSource, error) {
	facts := feed.Facts{Outlet: c.Outlet, Country: c.Country, Rating: c.Rating, StateLinked: truth(c.StateLinked), Every: c.Every}
	s, err := newAdded(address, cmp.Or(c.Name, c.Outlet, title), facts, now)
	if err == nil {
		err = l.agree(&s)
	}
	if err != nil {
		return s, usageError{err}
	}
	if at, ok := l.addresses[sources.Address(s.URL)]; ok {
		return s, fmt.Errorf("%s is polled already: it is %s (%s)", shownURL(s.URL), l.all[at].source.Name, l.place(l.all[at]))
	}
	if _, taken := l.names[s.Name]; c.Name != "" && taken {
		return s, wrongUse("--name: a source is called %q already", s.Name)
	}
	return s, nil
}

// unfound says what to try where nothing was found.
func unfound(address string, err error) error {
	var network *fetch.NetworkError
	var private *fetch.PrivateAddressError
	switch {
	case errors.As(err, &network):
		err = network
	case errors.As(err, &private):
		err = private
	}
	if !errors.Is(err, sources.ErrNoFeed) {
		return fmt.Errorf("adding %s: %w", shownURL(address), err)
	}
	return fmt.Errorf("adding %w: look on the site for a link named RSS, Atom or feed, try the address with /feed, /rss or /feed.xml behind it, "+
		"or look in its robots.txt for a sitemap of news", err)
}

// choose asks which of a page's feeds is meant.
func choose(address string, links []feed.Link) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s names %d feeds; add one of them:", shownURL(address), len(links))
	for _, l := range links {
		fmt.Fprintf(&b, "\n  attache sources add %s   (%s)", quoted(shownURL(l.URL)), sources.LinkName(l))
	}
	return usageError{errors.New(b.String())}
}

// quoted is an address as a shell takes it for one word.
func quoted(address string) string {
	if !strings.ContainsAny(address, "&;?*$`'\"\\()<>|!{}[]~# ") {
		return address
	}
	return "'" + strings.ReplaceAll(address, "'", `'\''`) + "'"
}
