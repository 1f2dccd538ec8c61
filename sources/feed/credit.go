package feed

import (
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
)

// creditKey is where a crediting translator leaves the outlet that an entry is
// taken from.
const creditKey = "via"

// crediting keeps the <source> of entries, which the library's translators drop.
type crediting struct{ gofeed.Translator }

// Translate is for the library's parser.
func (c crediting) Translate(parsed any) (*gofeed.Feed, error) {
	f, err := c.Translator.Translate(parsed)
	if err != nil {
		return nil, err
	}
	switch from := parsed.(type) {
	case *rss.Feed:
		for i, it := range from.Items {
			if it.Source != nil && i < len(f.Items) {
				credit(f.Items[i], it.Source.Title, it.Source.URL, f.Link)
			}
		}
	case *atom.Feed:
		for i, it := range from.Entries {
			if it.Source != nil && i < len(f.Items) {
				credit(f.Items[i], it.Source.Title, home(it.Source.Links), f.Link)
			}
		}
	}
	return f, nil
}

// credit notes an entry's source, unless it is the feed itself under another name.
func credit(it *gofeed.Item, title, address, feedLink string) {
	title = strings.TrimSpace(title)
	if host := hostOf(address); title == "" || host != "" && host == hostOf(feedLink) {
		return
	}
	if it.Custom == nil {
		it.Custom = make(map[string]string)
	}
	it.Custom[creditKey] = title
}

// home is the address of the site among a source's links.
func home(links []*atom.Link) string {
	for _, l := range links {
		if l.Rel == "" || l.Rel == "alternate" || l.Rel == "self" {
			return l.Href
		}
	}
	return ""
}

func hostOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
