package page

import (
	"net/url"
	"regexp"
	"strings"

	"attache/sources/text"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// facts are what a page says of itself, gathered in one walk before the tree is
// pruned.
type facts struct {
	doc       *html.Node
	base      *url.URL
	metas     map[string][]string // by name, property or itemprop, in lower case
	canonical string
	lang      string
	titles    []string     // <title>
	headings  []*html.Node // h1
	article   object       // the JSON-LD object for the article
	page      object       // the JSON-LD object for the page around it
	graph     []object     // all JSON-LD objects
	bylines   []byline     // what is marked as an author's name or a byline
	asides    []byline     // the same, in boxes beside the article
	byLines   []string     // lines near the headline that are bylines by their words
	count     int          // elements so far
	headAt    int          // the place of the first heading among the elements
	credits   []credit     // lines that say who first published the text
	times     []*html.Node // <time>, and elements marked as a date
}

func survey(doc *html.Node, base *url.URL) *facts {
	f := &facts{doc: doc, base: base, metas: map[string][]string{}}
	walk(doc, func(n *html.Node) bool {
		if n.Type == html.ElementNode {
			f.note(n)
		}
		return true
	})
	f.chooseArticle()
	return f
}

func (f *facts) note(n *html.Node) {
	f.count++
	switch n.DataAtom {
	case atom.Html:
		f.lang = attr(n, "lang")
	case atom.Meta:
		f.noteMeta(n)
		return
	case atom.Link:
		if strings.EqualFold(attr(n, "rel"), "canonical") && f.canonical == "" {
			f.canonical = attr(n, "href")
		}
		return
	case atom.Title:
		if n.Parent != nil && !is(n.Parent, atom.Svg) {
			f.titles = append(f.titles, content(n))
		}
	case atom.H1:
		if len(f.headings) == 0 {
			f.headAt = f.count
		}
		f.headings = append(f.headings, n)
	case atom.Script:
		if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") && n.FirstChild != nil {
			f.graph = append(f.graph, parseLD(n.FirstChild.Data)...)
		}
		return
	}
	if namesAuthor(n) {
		f.noteByline(n)
	}
	if namesDate(n) {
		f.times = append(f.times, n)
	}
}

// noteMeta also takes "value" for "content": some systems write that.
func (f *facts) noteMeta(n *html.Node) {
	value := strings.TrimSpace(attr(n, "content"))
	if value == "" {
		value = strings.TrimSpace(attr(n, "value"))
	}
	if value == "" {
		return
	}
	seen := ""
	for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
		if name := strings.ToLower(strings.TrimSpace(attr(n, key))); name != "" && name != seen {
			f.metas[name] = append(f.metas[name], value)
			seen = name
		}
	}
}

// meta returns the first value of the first of the names that has one.
func (f *facts) meta(names ...string) string {
	for _, name := range names {
		for _, value := range f.metas[name] {
			if value = text.Line(value); value != "" {
				return value
			}
		}
	}
	return ""
}

func (f *facts) siteName() string {
	if name := f.ownName(); name != "" {
		return name
	}
	return f.article.child("publisher").text("name")
}

// ownName is the site's name by its meta elements. Some put the title there.
func (f *facts) ownName() string {
	for _, key := range []string{"og:site_name", "application-name", "apple-mobile-web-app-title"} {
		name := strings.TrimPrefix(f.meta(key), "@")
		if name != "" && !strings.HasPrefix(name, "http") && len(strings.Fields(name)) < 7 {
			return name
		}
	}
	return ""
}

// sameSite reports whether a name is one of this site: its own name for itself,
// its publisher's, or a form of its host's.
func (f *facts) sameSite(name string) bool {
	name = letters(name)
	if name == "" {
		return false
	}
	siteName := f.ownName()
	host := siteOf(f.base.Hostname())
	label, _, _ := strings.Cut(host, ".")
	publisher := f.article.child("publisher").text("name")
	if agency(publisher) != "" && siteName != publisher {
		publisher = ""
	}
	for _, own := range []string{siteName, publisher, host, label} {
		own = letters(own)
		if own == "" {
			continue
		}
		if name == own || "the"+name == own || name == "the"+own || name == own+"com" || name+"com" == own {
			return true
		}
		if len(own) > 5 && len(name) > 5 && (strings.HasPrefix(name, own) || strings.HasPrefix(own, name)) {
			return true
		}
	}
	return false
}

var notLetters = regexp.MustCompile(`[^\pL\pN]+`)

// letters is a name without what differs between two writings of it.
func letters(s string) string {
	return notLetters.ReplaceAllString(strings.ToLower(s), "")
}

var languageCode = regexp.MustCompile(`^[A-Za-z]{2}(?:[-_]|$)`)

// language is that of the text, where it can be told; else what the page says.
func (f *facts) language(body string) string {
	if lang := text.Language(body); lang != "" {
		return lang
	}
	for _, said := range []string{f.lang, f.article.text("inLanguage"), f.meta("og:locale", "content-language", "language")} {
		if languageCode.MatchString(said) {
			return strings.ToLower(said[:2])
		}
	}
	return ""
}

// paywall reports whether the page says that it isn't free to read, or shows a
// known wall. Sources: https://schema.org/isAccessibleForFree and
// https://developers.facebook.com/docs/instant-articles/reference (content_tier).
func (f *facts) paywall() bool {
	for _, o := range []object{f.article, f.page} {
		if said := strings.ToLower(o.text("isAccessibleForFree")); said != "" {
			return said == "false" || strings.HasSuffix(said, "/false")
		}
	}
	tier := strings.ToLower(f.meta("article:content_tier", "og:article:content_tier"))
	return tier == "locked"
}
