package page

import (
	"regexp"
	"strings"

	"attache/sources/text"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// title is the headline. The h1 shows it as readers see it, but pages also put
// other things in one; so an h1 counts where another source agrees with it.
func (f *facts) title() string {
	said := f.saidTitles()
	for _, h := range f.headings {
		if strings.EqualFold(attr(h, "itemprop"), "alternativeHeadline") {
			continue
		}
		if shown := text.Line(content(h)); agrees(shown, said) && !f.sameSite(shown) {
			return f.withoutSite(shown)
		}
	}
	for _, h := range elementsWithName(f.doc) {
		if shown := text.Line(content(h)); agrees(shown, said) && !f.sameSite(shown) {
			return f.withoutSite(shown)
		}
	}
	if len(f.headings) == 1 {
		if shown := text.Line(content(f.headings[0])); len(strings.Fields(shown)) > 3 && !f.sameSite(shown) {
			return f.withoutSite(shown)
		}
	}
	for _, title := range said {
		if title != "" && !f.sameSite(title) {
			return f.shownPart(f.withoutSite(title))
		}
	}
	return ""
}

// saidTitles are what the page gives as its title for programs, best first; some
// are empty.
func (f *facts) saidTitles() []string {
	said := []string{f.article.text("headline"), f.meta("og:title", "twitter:title", "sailthru.title", "dc.title", "dcterms.title", "headline", "title")}
	if len(f.titles) > 0 {
		said = append(said, text.Line(f.titles[0]))
	}
	return said
}

// shownPart returns the part of a title that the page shows as a line of its
// own: where the site's name isn't known, that tells it from the headline.
func (f *facts) shownPart(title string) string {
	parts := map[string]string{}
	for _, part := range titleParts.Split(title, -1) {
		if len(strings.Fields(part)) > 2 {
			parts[letters(part)] = part
		}
	}
	if len(parts) == 0 || parts[letters(title)] != "" {
		return title
	}
	found := title
	walk(f.doc, func(n *html.Node) bool {
		if n.Type == html.TextNode && len(n.Data) < 2*len(title)+40 && !is(n.Parent, atom.Title, atom.A, atom.Script) {
			if part := parts[letters(n.Data)]; part != "" {
				found = part
			}
		}
		return found == title
	})
	return found
}

// elementsWithName returns headings below h1, and what is marked as headline.
func elementsWithName(doc *html.Node) []*html.Node {
	var found []*html.Node
	walk(doc, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return true
		}
		if n.Data == "h2" || strings.Contains(attr(n, "itemprop"), "headline") {
			found = append(found, n)
		}
		return true
	})
	return found
}

// agrees reports whether a heading says the same as one of the page's titles,
// or is its beginning before the site's name.
func agrees(shown string, said []string) bool {
	own := letters(shown)
	if len(own) < 3 || len(shown) > 400 {
		return false
	}
	for _, title := range said {
		for _, part := range titleParts.Split(title, -1) {
			if letters(part) == own && len(own) > 8 || letters(part) == own && strings.HasPrefix(letters(title), own) {
				return true
			}
		}
		other := letters(title)
		if other == "" {
			continue
		}
		if own == other || len(own) > 15 && strings.HasPrefix(other, own) || len(other) > 15 && strings.HasPrefix(own, other) && 2*len(other) > len(own) {
			return true
		}
		if len(own) > 15 && strings.HasSuffix(other, own) || overlap(shown, title) > .8 {
			return true
		}
	}
	return false
}

// overlap is the share of the words of the shorter text that the other has too.
func overlap(a, b string) float64 {
	first, second := wordSet(a), wordSet(b)
	if len(first) < 4 || len(second) < 4 {
		return 0
	}
	both := 0
	for w := range first {
		if second[w] {
			both++
		}
	}
	return float64(both) / float64(max(len(first), len(second)))
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return notLetters.MatchString(string(r)) }) {
		set[w] = true
	}
	return set
}

// closeSeam is a seam without white space, as titles in Chinese or Japanese have it.
var closeSeam = regexp.MustCompile(`\s*[|｜:：»・]+$`)

var titleParts = regexp.MustCompile(`\s*(?:\s[|·•»«›–—:\-]+|[|·•»«›]+)\s+`)

// withoutSite takes the site's name off a title's beginning or end.
func (f *facts) withoutSite(title string) string {
	if own := f.ownName(); own != "" && strings.HasSuffix(title, own) {
		rest := strings.TrimSuffix(title, own)
		if headline := closeSeam.ReplaceAllString(rest, ""); headline != "" && headline != rest {
			return headline
		}
	}
	seams := titleParts.FindAllStringIndex(title, -1)
	if len(seams) == 0 {
		return title
	}
	first, last := seams[0], seams[len(seams)-1]
	if f.sameSite(title[last[1]:]) && last[0] > 0 {
		return f.withoutSite(title[:last[0]])
	}
	if f.sameSite(title[:first[0]]) && len(title) > first[1] {
		return title[first[1]:]
	}
	return title
}
