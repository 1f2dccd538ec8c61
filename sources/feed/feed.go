// Package feed reads feeds: RSS, Atom, RDF, JSON Feed and news sitemaps become
// one [Feed] of entries.
//
// Begin with [Parse]. What a document's author got wrong is put right where what
// was meant is plain: the character set, stray ampersands, a missing end.
package feed

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/mmcdole/gofeed"

	"attache/sources/text"
)

// The reasons for which a document is no feed.
var (
	ErrEmpty = errors.New("the feed is empty")
	ErrHTML  = errors.New("a page, not a feed")
	ErrIndex = errors.New("an index of sitemaps, not a sitemap")
)

// Feed is a feed as its outlet wrote it. Texts are as given; text.Clean and
// text.FromHTML make them fit to be stored.
type Feed struct {
	Title       string
	Link        string // of the site; absolute
	Description string
	Language    string // as given: "en-GB"
	Updated     text.Date
	Entries     []Entry
}

// Entry is one entry of a feed.
type Entry struct {
	ID         string // as the feed gives it; empty where it gives none
	Title      string
	Link       string // absolute
	Published  text.Date
	Updated    text.Date
	Authors    []string
	Summary    string // HTML
	Content    string // HTML
	Categories []string
	Enclosures []Enclosure
	Via        string // the outlet that the entry is taken from, where it names one
}

// Enclosure is a file that an entry comes with.
type Enclosure struct {
	URL    string
	Type   string
	Length int64 // bytes; 0 where it is not given
}

// Parse reads a feed. The content type is the header's, for its character set;
// the base URL is the document's, for relative links. It returns [ErrEmpty],
// [ErrHTML] or [ErrIndex] for what is no feed, and another error for what cannot
// be read; a document that is cut short gives the entries that are whole.
func Parse(body []byte, contentType, baseURL string) (*Feed, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, ErrEmpty
	}
	s := decode(body, contentType)
	switch kind(s) {
	case "html":
		return nil, ErrHTML
	case "sitemapindex":
		return nil, ErrIndex
	case "urlset":
		return sitemap(s, baseURL)
	}
	parsed, err := parse(s)
	if err != nil {
		return nil, err
	}
	return convert(parsed, s, baseURL), nil
}

// IsSitemap reports whether a document is a sitemap, for news or not.
func IsSitemap(body []byte, contentType string) bool {
	return kind(decode(body, contentType)) == "urlset"
}

// parse reads a document, and, where that fails, what can be made of it.
func parse(s string) (*gofeed.Feed, error) {
	var first error
	for _, attempt := range []func(string) string{asIs, escapeAmpersands, closeOpen} {
		s = attempt(s)
		parsed, err := read(s)
		if err == nil {
			return parsed, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, fmt.Errorf("read the feed: %w", first)
}

// read guards against documents that make the library panic.
func read(s string) (f *gofeed.Feed, err error) {
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("not a feed that can be read (%v)", p)
		}
	}()
	p := gofeed.NewParser()
	p.RSSTranslator, p.AtomTranslator = crediting{&gofeed.DefaultRSSTranslator{}}, crediting{&gofeed.DefaultAtomTranslator{}}
	return p.ParseString(s)
}

// kind is what a document is by its first element; "json" and "html" for those.
func kind(s string) string {
	if strings.HasPrefix(s, "{") {
		return "json"
	}
	for rest := s; ; {
		i := strings.IndexByte(rest, '<')
		if i < 0 || i+1 >= len(rest) {
			return ""
		}
		rest = rest[i+1:]
		switch {
		case strings.HasPrefix(rest, "!--"):
			end := strings.Index(rest, "-->")
			if end < 0 {
				return ""
			}
			rest = rest[end:]
			continue
		case rest[0] == '?':
			continue
		case len(rest) >= 13 && strings.EqualFold(rest[:13], "!DOCTYPE html"):
			return "html"
		case rest[0] == '!':
			continue
		}
		name := strings.ToLower(rest[:nameEnd(rest)])
		if _, local, ok := strings.Cut(name, ":"); ok && local != "" {
			name = local
		}
		return name
	}
}

func nameEnd(s string) int {
	if i := strings.IndexAny(s, " \t\r\n/>"); i >= 0 {
		return i
	}
	return len(s)
}
