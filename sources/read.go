package sources

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"attache/sources/fetch"
	"attache/sources/page"
	"attache/sources/text"
)

// reading is what came of an entry's page.
type reading struct {
	page    *page.Page // nil where the page could not be read
	url     string     // where it was found in the end
	partial Partial
	site    string
	note    string
}

// readPage fetches and extracts an entry's page.
func (p *poll) readPage(ctx context.Context, e *entry) reading {
	answer, err := p.Client.Get(ctx, fetch.Request{URL: e.Link, Accept: acceptPage, Robots: true})
	if err != nil {
		return unread(e, err)
	}
	r := reading{url: answer.URL}
	if home(answer.URL) && !home(e.Link) {
		r.url, r.partial = e.Link, NoArticle
		r.note = fmt.Sprintf("%s leads to the front page", bare(e.Link))
		return r
	}
	found, err := extract(answer)
	r.page = found
	switch {
	case err != nil && found != nil && found.Paywall, err == nil && found.Paywall:
		r.partial = Paywall
	case err != nil:
		r.partial = NoArticle
	}
	if found != nil {
		r.site = found.Site
	}
	return r
}

// extract reads a page; one that the extractor cannot stand is a page without an
// article, not the end of the poll.
func extract(answer *fetch.Response) (found *page.Page, err error) {
	defer func() {
		if p := recover(); p != nil {
			found, err = nil, fmt.Errorf("extract: %v", p)
		}
	}()
	return page.Extract(answer.Body, answer.ContentType(), answer.URL)
}

// unread says why a page could not be read.
func unread(e *entry, err error) reading {
	r := reading{url: e.Link, partial: Unreachable}
	var private *fetch.PrivateAddressError
	switch {
	case errors.As(err, &private):
		r.partial = Refused
		r.note = fmt.Sprintf("%s was not read: %s", bare(e.Link), private)
	case errors.Is(err, fetch.ErrRobots):
		r.partial = Disallowed
	default:
		e.unanswered()
		r.note = fmt.Sprintf("%s was not read: %s", bare(e.Link), trouble(err))
	}
	return r
}

// home reports whether an address is a site's front page.
func home(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// found makes an article of an entry and its page.
func (p *poll) found(e *entry, r *reading) Found {
	from := r.page
	if from == nil {
		from = &page.Page{}
	}
	a := Article{
		URL:       articleURL(e, r),
		Via:       cmp.Or(from.Via, text.Line(e.Via)),
		Title:     chooseTitle(from.Title, e.title),
		Authors:   from.Authors,
		Published: chooseDate(from.Published, e.Published, p.began),
		Partial:   r.partial,
		Seen:      p.began,
		Changed:   p.began,
	}
	if len(a.Authors) == 0 {
		a.Authors = e.Authors
	}
	a.Updated = chooseDate(from.Updated, e.Updated, p.began)
	if !a.Updated.At.After(a.Published.At) {
		a.Updated = text.Date{}
	}
	a.Text, a.Partial = chooseText(from.Text, e, r.partial)
	a.Lang = cmp.Or(from.Lang, text.Language(a.Title+". "+a.Text), feedLang(p.feed.Language))
	return Found{Article: a, Sighting: e.sighting}
}

// articleURL is the URL by which an article is told: the page's own canonical
// one where it stays on the host, else where the page was found in the end.
func articleURL(e *entry, r *reading) string {
	at := page.Canonical(cmp.Or(r.url, e.Link))
	if r.page != nil && r.page.URL != "" && web(r.page.URL) && bareHost(r.page.URL) == bareHost(at) && (!home(r.page.URL) || home(at)) {
		return page.Canonical(r.page.URL)
	}
	return at
}

// chooseTitle takes the page's title, unless it is clearly the worse one: none,
// the entry's with the site's name behind it, or a label beside a headline.
func chooseTitle(ofPage, ofEntry string) string {
	switch {
	case ofPage == "", ofEntry == "":
		return cmp.Or(ofPage, ofEntry)
	case strings.HasSuffix(ofEntry, "…"), strings.HasSuffix(ofEntry, "..."):
		return ofPage
	case len(strings.Fields(ofPage)) < 3 && len(strings.Fields(ofEntry)) > 3:
		return ofEntry
	}
	rest, ok := strings.CutPrefix(ofPage, ofEntry)
	if rest = strings.TrimSpace(rest); ok && rest != "" && strings.ContainsAny(rest[:1], "|-·:") || ok && strings.HasPrefix(rest, "–") {
		return ofEntry
	}
	return ofPage
}

// chooseDate takes the page's date, or the entry's where the page has none, only
// the day of it, or one that is still to come.
func chooseDate(ofPage, ofEntry text.Date, now time.Time) text.Date {
	apart := ofPage.At.Sub(ofEntry.At).Abs()
	switch {
	case ofEntry.IsZero():
		return ofPage
	case ofPage.IsZero(), ofPage.At.After(now.Add(day)):
		return ofEntry
	case ofPage.Day && !ofEntry.Day && apart < 2*day:
		return ofEntry
	}
	return ofPage
}

// chooseText takes the page's text. Where there is none it takes what the feed
// has, and where the page shows only its beginning, the longer of both. A feed
// that carries the whole text makes up for the page.
func chooseText(ofPage string, e *entry, partial Partial) (string, Partial) {
	ofFeed := e.summary
	if len(e.content) > len(ofFeed) {
		ofFeed = e.content
	}
	if partial == Whole || len(ofPage) >= len(ofFeed) {
		return ofPage, partial
	}
	const whole = 1500 // bytes: longer than any summary
	if len(e.content) >= whole && len(e.content) > 2*len(e.summary) {
		return e.content, Whole
	}
	return ofFeed, partial
}

// feedLang is a feed's language tag as ISO 639-1; empty for none.
func feedLang(tag string) string {
	lang, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(strings.ReplaceAll(tag, "_", "-"))), "-")
	if len(lang) != 2 {
		return ""
	}
	return lang
}
