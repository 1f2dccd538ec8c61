// Package page turns an article's HTML page into the article: title, authors,
// dates, who first published it, and its text.
//
// Begin with [Extract]. The page is decoded and parsed once. What it says of
// itself (JSON-LD, meta elements, marked-up bylines and dates) is read first; then
// the tree is pruned of what is known not to be text, go-trafilatura finds the
// body in the rest, and lines that are not the article's are dropped from its
// beginning and end.
package page

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"attache/sources/text"
)

// ErrNoArticle says that a page holds no article that could be told apart from
// what surrounds it.
var ErrNoArticle = errors.New("no article found in the page")

// Page is an article as its page gives it. What is not known is empty.
type Page struct {
	URL       string // canonical and absolute, on the page's own site
	Title     string
	Authors   []string // people, in the page's order
	Published text.Date
	Updated   text.Date
	Via       string // the outlet or agency that a reprint comes from
	Site      string // the site's name for itself
	Lang      string // ISO 639-1
	Text      string // as text.Clean leaves it
	Paywall   bool   // the page shows only a part to readers who don't pay
}

// minText is the length in bytes of the shortest text that is taken for an article.
const minText = 140

// Extract reads a page. The bytes are as they came: contentType, the header, is
// one of the hints to their charset. The only error is ErrNoArticle, wrapped; the
// page beside it still has what else was found: title, dates, paywall.
func Extract(body []byte, contentType, pageURL string) (*Page, error) {
	page := decode(body, contentType)
	doc, err := parse(page)
	if err != nil {
		return &Page{URL: Canonical(pageURL)}, fmt.Errorf("%w: %w", ErrNoArticle, err)
	}
	base, err := url.Parse(strings.TrimSpace(pageURL))
	if err != nil {
		base = &url.URL{}
	}
	f := survey(doc, base)
	p := &Page{
		URL:     f.url(),
		Title:   f.title(),
		Site:    text.Line(f.siteName()),
		Paywall: f.paywall(),
	}
	p.Published, p.Updated = f.dates()
	blocks := tidy(f.findBody(page, p.Title), p.Title)
	credit := f.credit(&blocks)
	blocks = f.withoutSign(blocks)
	p.Via = credit.via
	p.Authors = f.authors(credit)
	blocks = withoutByline(blocks, p.Authors)
	p.Text = text.Clean(joinBlocks(blocks))
	p.Lang = f.language(p.Text)
	if len(p.Text) < minText {
		p.Text = ""
		return p, ErrNoArticle
	}
	return p, nil
}
