package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"attache/config"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/sources"
	"attache/sources/feed"
	"attache/sources/text"
)

// longestName is how many characters of a feed's title make a source's name.
const longestName = 80

// newAdded makes a source to add of what a list, or a person, says of it.
func newAdded(address, name string, f feed.Facts, now time.Time) (archive.AddedSource, error) {
	u, err := webAddress(address)
	if err != nil {
		return archive.AddedSource{}, err
	}
	s := archive.AddedSource{Source: sources.Source{URL: u.String(), Kind: sources.Kind(f.Kind)}, Added: now}
	switch s.Kind {
	case "":
		s.Kind = sources.Feed
	case sources.Feed, sources.Sitemap, sources.Site:
	default:
		return s, fmt.Errorf("kind: expected feed, sitemap or site, not %q", f.Kind)
	}
	s.Outlet = shortName(f.Outlet)
	if s.Name = shortName(name); s.Name == "" {
		s.Name = shortName(strings.TrimSuffix(sources.Host(s.URL)+u.Path, "/"))
	}
	return s, judge(&s, f)
}

// webAddress reads an address that a source may have.
func webAddress(address string) (*url.URL, error) {
	plain := address
	if rest, ok := strings.CutPrefix(plain, "feed:"); ok { // feed://… and feed:https://…
		if plain = rest; strings.HasPrefix(rest, "//") {
			plain = "http:" + rest
		}
	}
	u, err := url.Parse(plain)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		given := text.Trim(text.Line(address), 60)
		if strings.Contains(address, "@") { // there may be a password before it
			given = "…@…"
		}
		return nil, fmt.Errorf("expected an address that begins with https:// or http://, not %q", given)
	}
	if u.User != nil {
		return nil, errors.New("expected an address without a name and password: what is in it is shown and stored")
	}
	return u, nil
}

// shortName is a title as the name of a source or an outlet.
func shortName(title string) string {
	return text.Trim(text.Line(text.Plain(title)), longestName)
}

// judge reads what was said of the outlet and the pace, by the config's rules.
func judge(s *archive.AddedSource, f feed.Facts) error {
	said := map[string]any{"feed": "https://feed.example"}
	for key, value := range map[string]string{"rating": f.Rating, "country": f.Country, "every": f.Every} {
		if value != "" {
			said[key] = value
		}
	}
	switch f.StateLinked {
	case "":
	case "true", "false":
		said["state-linked"] = f.StateLinked == "true"
	default:
		said["state-linked"] = f.StateLinked
	}
	if len(said) == 1 {
		return nil
	}
	data, err := json.Marshal(map[string]any{"sources": []any{said}}) // which is YAML too
	if err != nil {
		return err
	}
	c, err := config.Parse("", data, nil)
	var mistakes config.Mistakes
	if errors.As(err, &mistakes) {
		m := mistakes[0]
		return fmt.Errorf("%s: %s", m.Pos.Path[strings.LastIndex(m.Pos.Path, ".")+1:], m.Text)
	}
	if err != nil {
		return err
	}
	of := c.Sources[0]
	s.Facts = sources.Outlet{Rating: given(of.Rating), Country: of.Country, StateLinked: of.StateLinked}
	s.Every = of.Every
	return nil
}

// agree fails where what is said of a source's outlet isn't what is said of it
// already. The config has the last word on the outlets that it names.
func (l *listing) agree(s *archive.AddedSource) error {
	at, ok := l.outlets[s.Outlet]
	if !ok {
		return nil
	}
	have := l.all[at]
	for _, of := range []struct{ what, have, said string }{
		{"rating", given(have.outlet.Rating), s.Facts.Rating},
		{"country", have.outlet.Country, s.Facts.Country},
		{"state-linked", truth(have.outlet.StateLinked), truth(s.Facts.StateLinked)},
	} {
		switch {
		case of.said == "" || of.said == of.have:
		case have.line > 0 && of.have == "":
			return fmt.Errorf("%s: %q stands in %s, and what is said of it there holds; say it there", of.what, s.Outlet, l.place(have))
		case have.line > 0:
			return fmt.Errorf("%s: that of %q is %s by %s, not %s; change it there", of.what, s.Outlet, of.have, l.place(have), of.said)
		case of.have != "":
			return fmt.Errorf("%s: that of %q is %s by its source %q, not %s", of.what, s.Outlet, of.have, have.source.Name, of.said)
		}
	}
	return nil
}

// truth is a fact that is only ever said when it is so.
func truth(is bool) string {
	if is {
		return "true"
	}
	return ""
}

// place is where a source is defined: "attache.yaml:12", or "added".
func (l *listing) place(p polled) string {
	if p.line == 0 {
		return "added"
	}
	return fmt.Sprintf("%s:%d", l.file, p.line)
}

// importedFeeds counts what came of a list of feeds.
type importedFeeds struct {
	New   int
	Known int // stand in the config or the archive, or were named before in the list
	Wrong int // outlines that name no feed that could be polled
	Why   []error
}

// importFeeds adds the feeds of a list. None is fetched.
func (a *app) importFeeds(ctx context.Context, c *config.Config, list []feed.Outline) (importedFeeds, error) {
	var r importedFeeds
	l, err := a.listing(ctx, c)
	if err != nil {
		return r, err
	}
	var add []archive.AddedSource
	for _, o := range list {
		s, err := newAdded(o.URL, o.Title, o.Facts, a.now())
		if o.URL == "" {
			err = errors.New("it says that it is a feed, and has no xmlUrl")
		}
		if err == nil {
			err = a.country(s.Facts.Country)
		}
		if err == nil {
			err = l.agree(&s)
		}
		if err != nil {
			if r.Wrong++; r.Wrong <= wrongShown {
				r.Why = append(r.Why, &sources.LineError{Number: o.Line, Why: outlineName(o) + err.Error()})
			}
			continue
		}
		if name, ok := l.add(s); ok {
			s.Name = name
			add = append(add, s)
		}
	}
	r.New, err = a.archive.AddSources(ctx, add)
	r.Known = len(list) - r.Wrong - r.New
	return r, err
}

// outlineName begins what is said of an outline: a whole list may be one line.
func outlineName(o feed.Outline) string {
	if name := shortName(o.Title); name != "" {
		return fmt.Sprintf("%q: ", name)
	}
	return ""
}

// country fails with a code that is no state's.
func (a *app) country(code string) error { return knownCountry(a.actors, code) }

func knownCountry(actors *actor.Catalogue, code string) error {
	if code == "" {
		return nil
	}
	if of, ok := actors.Actor(code); ok && of.Kind == actor.State {
		return nil
	}
	return fmt.Errorf("country: no country has the code %q", code)
}
