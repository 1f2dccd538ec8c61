package sources

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"slices"
	"strings"

	"attache/sources/feed"
	"attache/sources/fetch"
	"attache/sources/text"
)

// child is a sitemap that an index of sitemaps leads to
// (https://www.sitemaps.org/protocol.html#index).
type child struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
}

// children reads an index of sitemaps: those for news first, then the latest.
func children(body []byte) []child {
	var index struct {
		Sitemaps []child `xml:"sitemap"`
	}
	decoder := xml.NewDecoder(bytes.NewReader(body))
	decoder.Strict = false
	if err := decoder.Decode(&index); err != nil && len(index.Sitemaps) == 0 {
		return nil // what was read before a fault is as good as a shorter index
	}
	slices.SortStableFunc(index.Sitemaps, func(a, b child) int {
		if d := cmp.Compare(b.news(), a.news()); d != 0 {
			return d
		}
		return b.modified().At.Compare(a.modified().At)
	})
	return index.Sitemaps
}

// news is 1 for a sitemap whose name says that it holds news.
func (c child) news() int {
	if strings.Contains(strings.ToLower(c.Loc), "news") {
		return 1
	}
	return 0
}

func (c child) modified() text.Date {
	date, _ := text.ParseDate(strings.TrimSpace(c.LastMod))
	return date
}

// parseIndex reads the sitemaps that an index leads to, a few, as one feed. One
// that cannot be read is left out, unless none can.
func (p *poll) parseIndex(ctx context.Context, index *fetch.Response) error {
	all := &feed.Feed{}
	read := 0
	var failed error
	list := children(index.Body)
	for _, c := range list[:min(len(list), maxTried)] {
		answer, err := p.get(ctx, strings.TrimSpace(c.Loc), false)
		var one *feed.Feed
		if err == nil {
			one, err = feed.Parse(answer.Body, answer.ContentType(), answer.URL)
		}
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		read++
		all.Title = cmp.Or(all.Title, one.Title)
		all.Language = cmp.Or(all.Language, one.Language)
		all.Entries = append(all.Entries, one.Entries...)
	}
	if read == 0 {
		return cmp.Or(failed, errors.New("it is an index of sitemaps that leads to none"))
	}
	p.feed = all
	return nil
}
