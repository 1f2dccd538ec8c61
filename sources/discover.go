package sources

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"attache/sources/feed"
	"attache/sources/fetch"
	"attache/sources/text"
)

// Discovery is what was found at an address: a source, or several to choose from.
type Discovery struct {
	Source Source      // the address's own feed, or its page's main one; without a URL where there is none
	Title  string      // what that feed calls itself; may be empty
	Others []feed.Link // the feeds of a page of which none is clearly the main one
}

// ErrNoFeed says that an address is no feed and names none.
var ErrNoFeed = errors.New("it is no feed, and names none")

// Discover finds what can be polled at an address: a feed, a news sitemap, or a
// page that names its feed. It fails with [ErrNoFeed] where there is nothing, and
// with what went wrong where the address, or the feed its page names, can't be
// read.
func Discover(ctx context.Context, client *fetch.Client, address string) (Discovery, error) {
	answer, err := client.Get(ctx, fetch.Request{URL: address, Accept: acceptFeed})
	if err != nil {
		return Discovery{}, err
	}
	found, err := discovered(address, answer)
	if !errors.Is(err, feed.ErrHTML) {
		return found, err
	}
	links := distinct(feed.Discover(answer.Body, answer.URL))
	switch len(links) {
	case 0:
		return Discovery{}, fmt.Errorf("%s: %w", bare(address), ErrNoFeed)
	case 1:
	default:
		return Discovery{Others: links}, nil
	}
	answer, err = client.Get(ctx, fetch.Request{URL: links[0].URL, Accept: acceptFeed})
	if err == nil {
		found, err = discovered(links[0].URL, answer)
	}
	if err != nil {
		return Discovery{}, fmt.Errorf("the page names %s as its feed: %w", bare(links[0].URL), err)
	}
	return found, nil
}

// discovered reads what an address answered.
func discovered(address string, answer *fetch.Response) (Discovery, error) {
	d := Discovery{Source: Source{URL: address, Kind: Feed}}
	parsed, err := feed.Parse(answer.Body, answer.ContentType(), answer.URL)
	if errors.Is(err, feed.ErrIndex) {
		d.Source.Kind = Sitemap
		return d, nil
	}
	if errors.Is(err, feed.ErrHTML) {
		return Discovery{}, err
	}
	if err != nil {
		return Discovery{}, fmt.Errorf("%s: %w", bare(address), err)
	}
	if feed.IsSitemap(answer.Body, answer.ContentType()) {
		d.Source.Kind = Sitemap
	}
	d.Title = text.Line(text.Plain(parsed.Title))
	return d, nil
}

// distinct leaves out of a page's feeds those of comments, unless there is
// nothing else, and those that are another one in another format.
func distinct(links []feed.Link) []feed.Link {
	var kept []feed.Link
	seen := map[string]bool{}
	for _, l := range links {
		title := subject(l.Title)
		if seen[Address(l.URL)] || title != "" && seen[title] || len(kept) > 0 && l.Comments() {
			continue
		}
		seen[Address(l.URL)], seen[title] = true, true
		kept = append(kept, l)
	}
	return kept
}

// subject is a feed's title without the name of its format.
func subject(title string) string {
	words := strings.FieldsFunc(text.Fold(title), func(r rune) bool { return strings.ContainsRune(" -–|»:()/.,", r) })
	return strings.Join(slices.DeleteFunc(words, func(w string) bool {
		return slices.Contains([]string{"rss", "atom", "json", "feed", "rdf", "xml", "2", "0", "1", "rss2"}, w)
	}), " ")
}

// LinkName is what a feed that a page names may be called.
func LinkName(l feed.Link) string { return cmp.Or(text.Line(text.Plain(l.Title)), bare(l.URL)) }
