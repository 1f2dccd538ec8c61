package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/sources/text"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// namesAuthor reports whether an element is marked as an author's name or byline.
func namesAuthor(n *html.Node) bool {
	if strings.EqualFold(attr(n, "rel"), "author") || strings.Contains(strings.ToLower(attr(n, "itemprop")), "author") {
		return true
	}
	if is(n, atom.Html, atom.Body, atom.Main, atom.Article, atom.Img, atom.Svg, atom.Input, atom.Meta, atom.Script) {
		return false
	}
	for _, word := range nameWords(n) {
		switch word {
		case "author", "authors", "byline", "bylines", "auteur", "redactor", "writer", "creator", "byl", "authorname", "auth":
			return true
		}
	}
	return is(n, atom.A) && authorPath.MatchString(attr(n, "href"))
}

var authorPath = regexp.MustCompile(`/(?:authors?|contributors?|people|staff|profile|reporters?|toireporter|columnists?)/`)

// authors are the people who wrote the article: those of a credit in the text,
// which knows better than the page around it, or else of the first source that
// names any.
func (f *facts) authors(credit credit) []string {
	if names := f.people(credit.authors, credit.via); len(names) > 0 {
		return names
	}
	sources := [][]string{
		persons(f.article, "author"),
		f.metaAuthors(),
		persons(f.article, "creator"),
		persons(f.page, "author"),
	}
	for _, raw := range sources {
		if names := f.people(raw, credit.via); len(names) > 0 {
			return names
		}
	}
	for _, shown := range [][]byline{f.bylines, f.asides} {
		if names := f.shownAuthors(shown, credit.via); len(names) > 0 {
			return names
		}
	}
	return f.people(f.byLines, credit.via)
}

// byLine is a line that is a byline by its words alone.
var byLine = regexp.MustCompile(`^(?:By|BY)\s+\p{Lu}[\pL'’.-]+(?:\s+\p{Lu}[\pL'’.-]*){1,3}$`)

// noteByLines looks for a byline without a mark among the first lines below the
// headline.
func (f *facts) noteByLines() {
	if len(f.headings) == 0 {
		return
	}
	box, lines := f.headings[0], 0
	for range 4 {
		if box.Parent == nil {
			return
		}
		box = box.Parent
		walk(box, func(n *html.Node) bool {
			if len(f.byLines) > 0 || lines > 60 || besideArticle(n) {
				return false
			}
			if is(n, atom.Div, atom.P, atom.Span, atom.H2, atom.H3, atom.H4, atom.H5) {
				lines++
				if line := text.Line(spaced(n)); len(line) < 60 && byLine.MatchString(line) {
					f.byLines = []string{line}
				}
			}
			return true
		})
	}
}

// persons returns the names that a property gives, without organisations.
func persons(o object, key string) []string {
	objects := o.children(key)
	if len(objects) == 0 {
		return o.texts(key)
	}
	var names []string
	for _, one := range objects {
		if !one.is("Organization") {
			names = append(names, one.texts("name")...)
		}
	}
	return names
}

func (f *facts) metaAuthors() []string {
	if label := f.meta("twitter:label1"); strings.EqualFold(label, "written by") || strings.EqualFold(label, "by") {
		if values := f.metas["twitter:data1"]; len(f.people(values, "")) > 0 {
			return values
		}
	}
	for _, name := range []string{"author", "byl", "parsely-author", "sailthru.author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "dc.creator.creator", "citation_author", "cxenseparse:author", "article.author", "og:author", "twitter:creator:name"} {
		if values := f.metas[name]; len(f.people(values, "")) > 0 {
			return values
		}
	}
	return nil
}

// nearBylines is how many elements may part the authors of one article.
const nearBylines = 25

// byline is a line marked as an author's name, and how narrow the mark is: the
// lower its rank, the more likely it holds a name and nothing else.
type byline struct {
	text string
	rank int
	at   int // its place among the page's elements
}

func (f *facts) noteByline(n *html.Node) {
	shown := text.Line(spaced(n))
	if shown == "" || len(shown) >= 160 {
		return
	}
	b := byline{shown, authorRank(n, shown), f.count}
	switch {
	case !ancestors(n.Parent, besideArticle):
		f.bylines = append(f.bylines, b)
	case b.rank == 0 && ancestors(n.Parent, marksByline):
		f.asides = append(f.asides, b)
	}
}

// shownAuthors looks at the page's marked bylines, the narrowest mark first.
// Only those near the first one count: further down stand other articles'.
func (f *facts) shownAuthors(bylines []byline, via string) []string {
	ranks := [4][]string{}
	last := [4]int{}
	below := slices.ContainsFunc(bylines, func(b byline) bool { return b.at > f.headAt })
	for _, b := range bylines {
		if below && b.at < f.headAt && b.rank > 0 {
			continue
		}
		if len(ranks[b.rank]) > 0 && b.rank < 3 && b.at > last[b.rank]+nearBylines {
			continue
		}
		ranks[b.rank] = append(ranks[b.rank], b.text)
		last[b.rank] = b.at
	}
	for rank, shown := range ranks {
		limit := 1
		if rank < 2 {
			limit = 4
		}
		for _, one := range shown {
			names := f.people([]string{one}, via)
			if len(names) == 0 || rank == 3 && !byLead.MatchString(one) && len(strings.Fields(one)) > 5 {
				continue
			}
			if limit > 1 {
				names = f.people(shown[:min(limit, len(shown))], via)
			}
			return names
		}
	}
	return nil
}

// marksByline tells a box for the byline, which some put beside the text.
func marksByline(n *html.Node) bool {
	return n.Type == html.ElementNode && strings.Contains(attr(n, "class")+attr(n, "data-component")+attr(n, "itemprop"), "byline")
}

func authorRank(n *html.Node, shown string) int {
	switch {
	case strings.EqualFold(attr(n, "rel"), "author"):
		return 0
	case strings.Contains(strings.ToLower(attr(n, "itemprop")), "author"):
		return 1
	case byLead.MatchString(shown):
		return 2
	}
	return 3
}

// besideArticle tells the parts of a page in which other articles' authors and
// dates stand.
func besideArticle(n *html.Node) bool {
	if is(n, atom.Aside, atom.Nav, atom.Footer) {
		return true
	}
	if !is(n, atom.Div, atom.Section, atom.Ul, atom.Li) {
		return false
	}
	for _, word := range nameWords(n) {
		switch word {
		case "comment", "comments", "related", "sidebar", "recommended", "popular", "trending", "latest", "disqus":
			return true
		}
	}
	return false
}

var (
	byLead     = regexp.MustCompile(`(?i)^\W*(?:(?:written|posted|published|story|reported|words|text)\s+)?(?:by|von|par|por|di|da|door|av|af)\b[\s:]+|^aut(?:h?ore?|eur)s?\s*:\s*`)
	gluedBy    = regexp.MustCompile(`^By(\p{Lu}\p{Ll})`) // marked up as two elements
	nameSplit  = regexp.MustCompile(`\s*(?:[,;|/•·\n]|\s&\s|\sand\s|\sund\s|\set\s|\sy\s|\s[–—-]\s)\s*`)
	afterName  = regexp.MustCompile(`(?i)\s*(?:\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s*\d|^(?:january|february|march|december|november|october|september|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$|\(|\[|@|\bvia\b|\bfor\b|\bof\b|\bin\b|\bat\b|\bfrom\b|\bon\b|\bupdated\b|\bpublished\b|\bposted\b|\blast\b|\d).*$`)
	particle   = regexp.MustCompile(`^(?:de|da|do|dos|das|del|della|di|du|des|la|le|van|von|der|den|ter|ten|bin|ibn|al|el|y|e|zu|zur|af|av|st|d'|o')$`)
	roleWord   = regexp.MustCompile(`(?i)^(?:staff|editor|editors|editorial|reporter|reporters|writer|writers|correspondent|correspondents|contributor|contributors|contributing|columnist|admin|administrator|newsroom|desk|team|bureau|agency|agencies|press|news|newspaper|wire|service|services|webmaster|web|online|producer|journalist|author|authors|senior|guest|special|chief|director|professor|phd|md|dr|redaktion|redaction|rédaction|redacción|redazione|redactie|unknown|anonymous|none|null|user|blog|media|network|magazine|tv|radio|com|the|a|by|photo|photos|photographer|image|view|read|more|all|posts|follow|share|facebook|twitter|instagram|email|contact|about|comments|subscribe|minutes|min|today|company|inc|llc|ltd|foundation|institute|university|report|digital|post|times|herald|tribune|journal|gazette|monday|tuesday|wednesday|thursday|friday|saturday|sunday|submissions|community|account|profile|sign|login|log|sports|business|politics|world|technology|tech|health|science|opinion)$`)
	lowerName  = regexp.MustCompile(`^[a-z]{4,}$`)
	urlOrMail  = regexp.MustCompile(`(?i)\S+@\S+\.\S+|https?://\S+|www\.\S+`)
	upperRunes = regexp.MustCompile(`^\P{Ll}+$`)
)

// people takes the persons' names out of bylines: roles, dates, agencies and
// the site's own name are left out.
func (f *facts) people(raw []string, via string) []string {
	var names []string
	owner := letters(f.meta("copyright", "dc.publisher", "article:publisher"))
	for _, line := range raw {
		line = urlOrMail.ReplaceAllString(text.Line(line), " ")
		line = strings.TrimSpace(byLead.ReplaceAllString(line, ""))
		for _, part := range nameSplit.Split(line, -1) {
			name := cleanName(part)
			known := slices.ContainsFunc(names, func(n string) bool { return letters(n) == letters(name) })
			if name == "" || known || f.sameSite(name) || letters(name) == letters(via) || agency(name) != "" || strings.Contains(owner, letters(name)) {
				continue
			}
			names = append(names, name)
		}
	}
	if len(names) > 12 {
		return nil
	}
	return names
}

// cleanName returns a person's name, or nothing if the words are none.
func cleanName(s string) string {
	s = strings.TrimSpace(byLead.ReplaceAllString(strings.TrimSpace(s), ""))
	s = gluedBy.ReplaceAllString(s, "$1")
	s = strings.Trim(afterName.ReplaceAllString(s, ""), " .:;,*-–—\"'“”")
	words := withoutRole(strings.Fields(s))
	if domainName.MatchString(s) || len(words) == 0 || len(words) > 8 || utf8.RuneCountInString(s) < 3 {
		return ""
	}
	if len(words) == 2 && lowerName.MatchString(words[1]) {
		words[1] = strings.ToUpper(words[1][:1]) + words[1][1:]
	}
	if half := len(words) / 2; len(words)%2 == 0 && slices.Equal(words[:half], words[half:]) {
		words = words[:half] // shown twice: on the page and in a card
	}
	words = withoutCapitals(words)
	if len(words) > 5 {
		return ""
	}
	for i, w := range words {
		if !nameWord(w) && (i == 0 || !particle.MatchString(strings.ToLower(w))) {
			return ""
		}
	}
	if len(words) > 1 && upperRunes.MatchString(strings.Join(words, "")) {
		for i, w := range words {
			words[i] = titled(w)
		}
	}
	return strings.Join(words, " ")
}

// withoutRole cuts off what a person is; where that comes first, there is no name.
func withoutRole(words []string) []string {
	for i, w := range words {
		if !roleWord.MatchString(strings.Trim(w, ".")) {
			continue
		}
		if i < 2 {
			return nil
		}
		return words[:i]
	}
	return words
}

// withoutCapitals cuts off an outlet's name in capitals after a person's.
func withoutCapitals(words []string) []string {
	for i, w := range words {
		if i > 1 && len(w) > 2 && upperRunes.MatchString(w) && !upperRunes.MatchString(words[0]) {
			return words[:i]
		}
	}
	return words
}

func nameWord(w string) bool {
	first, _ := utf8.DecodeRuneInString(w)
	if !unicode.IsLetter(first) || unicode.IsLower(first) && utf8.RuneCountInString(w) > 1 && first < 0x250 {
		return false
	}
	for _, r := range w {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(".'’-‐", r) {
			return false
		}
	}
	return true
}

// titled writes a word of capitals as a name: O'NEILL becomes O'Neill.
func titled(w string) string {
	if strings.Contains(w, ".") || utf8.RuneCountInString(w) < 3 {
		return w
	}
	var b strings.Builder
	start := true
	for _, r := range w {
		if start {
			b.WriteRune(r)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = !unicode.IsLetter(r)
	}
	return b.String()
}
