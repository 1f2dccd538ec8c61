package feed

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Link is a feed that a page names.
type Link struct {
	URL   string // absolute
	Title string
	Type  string // its media type
}

// Comments reports whether the feed is one of readers' comments.
func (l Link) Comments() bool { return strings.Contains(strings.ToLower(l.URL+l.Title), "comment") }

// types are the media types of feeds, the best first.
var types = []string{
	"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json",
}

// Discover finds the feeds that a page names in its head, in the page's order;
// feeds of comments come last.
func Discover(page []byte, pageURL string) []Link {
	base, err := url.Parse(pageURL)
	if err != nil {
		return nil
	}
	var links, comments []Link
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return append(links, comments...)
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		t := z.Token()
		if t.Data == "base" {
			if u, err := url.Parse(attr(t, "href")); err == nil {
				base = base.ResolveReference(u)
			}
		}
		l, ok := linkOf(t, base)
		switch {
		case !ok:
		case l.Comments():
			comments = append(comments, l)
		default:
			links = append(links, l)
		}
	}
}

func linkOf(t html.Token, base *url.URL) (Link, bool) {
	kind, _, _ := strings.Cut(strings.ToLower(attr(t, "type")), ";")
	rel := strings.Fields(strings.ToLower(attr(t, "rel")))
	if t.Data != "link" || !slices.Contains(rel, "alternate") || !slices.Contains(types, strings.TrimSpace(kind)) {
		return Link{}, false
	}
	l := Link{URL: absolute(base, attr(t, "href")), Title: strings.TrimSpace(attr(t, "title")), Type: strings.TrimSpace(kind)}
	return l, isLink(l.URL)
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
