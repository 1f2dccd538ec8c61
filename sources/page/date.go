package page

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"attache/sources/text"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The names under which pages state their dates. Beside Open Graph and Dublin
// Core these are of analytics and newsletter services: Parse.ly, Sailthru,
// Cxense, comScore, Chartbeat.
var (
	publishedMetas = []string{
		"article:published_time", "og:published_time", "og:article:published_time", "article:published", "datepublished",
		"parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "publish-date", "publish_date", "published-date",
		"publishdate", "published_date", "publication_date", "pubdate", "article.published", "article_date_original", "originalpublicationdate",
		"published_time_telegram", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "dc.created",
		"datecreated", "citation_publication_date", "citation_date", "article.created", "og:pubdate", "rnews:datepublished", "date", "ptime", "displaydate", "timestamp", "dcsext.articlefirstpublished",
	}
	updatedMetas = []string{
		"article:modified_time", "og:updated_time", "article:modified", "datemodified", "lastmod", "last-modified", "modified", "dcterms.modified", "dc.date.modified", "dc.modified", "article.updated", "utime", "updated_time",
	}
)

// namesDate reports whether an element is marked as a date.
func namesDate(n *html.Node) bool {
	switch strings.ToLower(attr(n, "itemprop")) {
	case "datepublished", "datecreated":
		return true
	}
	if attr(n, "datetime") != "" && attr(n, "itemprop") != "dateModified" {
		return true
	}
	if !is(n, atom.Span, atom.Div, atom.P, atom.A, atom.Li, atom.Abbr, atom.Small, atom.Em, atom.I, atom.B, atom.Strong, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Td, atom.Dd, atom.Font, atom.Section, atom.Header) {
		return false
	}
	for _, word := range nameWords(n) {
		switch word {
		case "date", "datum", "fecha", "dateline", "timestamp", "time", "published", "publish", "publicationdate", "pubdate", "posted", "postdate", "datetime", "meta", "byline", "info", "postmetadata", "submitted", "dt":
			return true
		}
	}
	return false
}

// dates returns when the article was published and last changed: by JSON-LD and
// meta elements, then by what is marked as a date, the URL, and the text beside
// the headline.
func (f *facts) dates() (published, updated text.Date) {
	said := f.saidDates()
	published, as := firstPlausible(said)
	if published.IsZero() {
		published = f.shownDate()
	}
	published = f.asWritten(published, said)
	if !zoneless.MatchString(as) {
		published = onDay(published, f.localDay())
	}
	changed := []string{f.article.text("dateModified")}
	for _, name := range updatedMetas {
		changed = append(changed, f.metas[name]...)
	}
	updated, _ = firstPlausible(append(changed, f.page.text("dateModified")))
	if published.IsZero() {
		return updated, text.Date{}
	}
	if !updated.At.After(published.At) {
		updated = text.Date{}
	}
	return published, updated
}

func (f *facts) saidDates() []string {
	said := slices.Concat(f.metas["article:published_time"], []string{f.article.text("datePublished")}, f.markedDates())
	for _, name := range publishedMetas {
		said = append(said, f.metas[name]...)
	}
	return append(said, f.article.text("dateCreated"), f.article.text("uploadDate"), f.page.text("datePublished"))
}

// markedDates are those of elements that schema.org's microdata marks, outside of
// the boxes beside the article.
func (f *facts) markedDates() []string {
	var said []string
	for _, n := range f.times {
		if attr(n, "itemprop") == "datePublished" && !ancestors(n.Parent, besideArticle) {
			said = append(said, attr(n, "datetime"))
		}
	}
	return said
}

// firstPlausible returns the first date that can be, and how it is written.
func firstPlausible(said []string) (text.Date, string) {
	for _, s := range said {
		if d, ok := text.ParseDate(s); ok && plausible(d) {
			return d, s
		}
	}
	return text.Date{}, ""
}

// zoneless is the end of a time without its zone: the outlet's own clock, whose
// day is the day that readers were shown.
var zoneless = regexp.MustCompile(`\d:\d\d(?::\d\d(?:\.\d+)?)?\s*$`)

// plausible doubts the future, by more than zones can explain, and what is older
// than news on the web.
func plausible(d text.Date) bool {
	return d.At.Year() >= 1995 && d.At.Before(time.Now().Add(36*time.Hour))
}

// asWritten prefers, of two writings of one instant, the one that has the
// outlet's own zone: its day is the day that readers were shown.
func (f *facts) asWritten(d text.Date, said []string) text.Date {
	if d.IsZero() || d.Day {
		return d
	}
	if _, offset := d.At.Zone(); offset != 0 {
		return d
	}
	for _, n := range f.times {
		said = append(said, attr(n, "datetime"))
	}
	for _, s := range said {
		other, ok := text.ParseDate(s)
		if !ok || other.Day {
			continue
		}
		if _, offset := other.At.Zone(); offset != 0 && other.At.Sub(d.At).Abs() < time.Minute {
			return other
		}
	}
	return d
}

// localDay is the day of publication where the outlet is: as its URL has it, or
// as the first line that is marked as a date shows it.
func (f *facts) localDay() text.Date {
	if day := urlDate(f.base.Path); !day.IsZero() {
		return day
	}
	for _, n := range f.times {
		shown := content(n)
		if len(shown) > 120 || changed.MatchString(shown) || ancestors(n.Parent, besideArticle) {
			continue
		}
		if d := dateIn(shown); plausible(d) {
			return d
		}
	}
	return text.Date{}
}

var changed = regexp.MustCompile(`(?i)updat|modif|edit|chang|stand\b|aktuali`)

// onDay gives an instant that is only known in UTC a zone in which it falls on
// the day at the outlet's: a populous one, since the page doesn't tell which.
func onDay(d, day text.Date) text.Date {
	if d.IsZero() || d.Day || day.IsZero() || sameDay(d, day) {
		return d
	}
	if _, offset := d.At.Zone(); offset != 0 {
		return d
	}
	for _, hours := range []int{-3, -5, -8, 1, 4, 8, 12} {
		moved := text.Date{At: d.At.In(time.FixedZone("", hours*3600))}
		if sameDay(moved, day) {
			return moved
		}
	}
	return d
}

// shownDate finds a date that is only shown.
func (f *facts) shownDate() text.Date {
	inURL := urlDate(f.base.Path)
	var marked, aside []text.Date
	for _, n := range f.timesByMark() {
		d := elementDate(n)
		switch {
		case !plausible(d):
		case sameDay(d, inURL):
			return d
		case ancestors(n.Parent, besideArticle):
			aside = append(aside, d)
		default:
			marked = append(marked, d)
		}
	}
	switch {
	case !inURL.IsZero():
		return inURL
	case len(marked) > 0:
		return marked[0]
	}
	if d := f.dateNearHeadline(); !d.IsZero() {
		return d
	}
	if d := f.labelledDate(); !d.IsZero() || len(aside) == 0 {
		return d
	}
	return aside[0]
}

var dateLabel = regexp.MustCompile(`(?i)^(?:date|datum|published|published on|date published|veröffentlicht(?: am)?|erschienen(?: am)?|fecha|data|publié le|publicado(?: el)?|pubblicato il|tarih|tarix|дата|опубликовано)\s*:$`)

// labelledDate looks for a line that says what the next one is: "Date:".
func (f *facts) labelledDate() (found text.Date) {
	labelled := false
	walk(f.doc, func(n *html.Node) bool {
		if !found.IsZero() || is(n, atom.Script, atom.Style, atom.Head) || besideArticle(n) {
			return false
		}
		line := ""
		if n.Type == html.TextNode {
			line = text.Line(n.Data)
		}
		if line == "" {
			return true
		}
		if labelled && len(line) < 60 {
			if d := dateIn(line); plausible(d) {
				found = d
			}
		}
		labelled = dateLabel.MatchString(line)
		return true
	})
	return found
}

// timesByMark puts the elements whose date programs can read before those that
// only show one.
func (f *facts) timesByMark() []*html.Node {
	sorted := slices.Clone(f.times)
	slices.SortStableFunc(sorted, func(a, b *html.Node) int { return readable(b) - readable(a) })
	return sorted
}

func readable(n *html.Node) int {
	switch {
	case attr(n, "itemprop") == "datePublished":
		return 2
	case attr(n, "datetime") != "":
		return 1
	}
	return 0
}

func sameDay(a, b text.Date) bool {
	return !a.IsZero() && a.At.Format(time.DateOnly) == b.At.Format(time.DateOnly)
}

func elementDate(n *html.Node) text.Date {
	for _, name := range []string{"datetime", "content", "title"} {
		if d, ok := text.ParseDate(attr(n, name)); ok {
			return d
		}
	}
	shown := content(n)
	if len(shown) > 300 {
		return text.Date{}
	}
	return dateIn(shown)
}

const monthNames = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`

var shownDates = []*regexp.Regexp{
	regexp.MustCompile(`\b(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?`),
	regexp.MustCompile(`(?i)\b` + monthNames + `\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b`),
	regexp.MustCompile(`(?i)\b\d{1,2}(?:st|nd|rd|th)?\.?\s+` + monthNames + `,?\s+(?:19|20)\d\d\b`),
	regexp.MustCompile(`(?:^|\P{L})\d{1,2}\.?\s+(?:de\s+)?\p{L}{3,12}\.?,?\s+(?:de\s+|del\s+)?(?:19|20)\d\d(?:,?\s+\d{1,2}:\d\d)?`),
	regexp.MustCompile(`(?:19|20)\d\d年\s?\d{1,2}月\s?\d{1,2}日`),
	regexp.MustCompile(`\b\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d\b`),
	regexp.MustCompile(`\b(?:19|20)\d\d/\d{1,2}/\d{1,2}\b`),
}

var (
	ordinal = regexp.MustCompile(`(?i)(\d)(?:st|nd|rd|th)\b`)
	spanish = regexp.MustCompile(`\s+del?\s+`)
	eastern = regexp.MustCompile(`(\d{4})年\s?(\d{1,2})月\s?(\d{1,2})日`)
)

// dateIn returns the first date in a line of text.
func dateIn(s string) text.Date {
	if d, ok := text.ParseDate(s); ok {
		return d
	}
	for _, shape := range shownDates {
		if found := shape.FindString(s); found != "" {
			found = strings.TrimSpace(ordinal.ReplaceAllString(found, "$1"))
			found = eastern.ReplaceAllString(spanish.ReplaceAllString(found, " "), "$1-$2-$3")
			if d, ok := parseShown(found); ok && plausible(d) {
				return d
			}
		}
	}
	return numericDate(s)
}

var dayFirst = regexp.MustCompile(`\b(\d{1,2})\s?[./|-]\s?(\d{1,2})\s?[./|-]\s?((?:19|20)\d\d)\b`)

// numericDate reads day, month and year in figures where the order is plain:
// with points the day comes first, else only if the other order is impossible.
func numericDate(s string) text.Date {
	m := dayFirst.FindStringSubmatch(s)
	if m == nil {
		return text.Date{}
	}
	for _, layout := range []string{"2.1.2006", "1.2.2006"} {
		if t, err := time.Parse(layout, m[1]+"."+m[2]+"."+m[3]); err == nil {
			return text.Date{At: t, Day: true}
		}
	}
	return text.Date{}
}

// pathDate takes only a whole date: eight figures may also be a number.
var pathDate = regexp.MustCompile(`(?:^|[/_-])((?:19|20)\d\d)[/_-]?(\d\d)[/_-]?(\d\d)(?:$|[/_.-])|/((?:19|20)\d\d)/(\d{1,2}|[a-z]{3})/(\d{1,2})(?:/|$)`)

// urlDate reads the day that many outlets put into their URLs.
func urlDate(path string) text.Date {
	for _, m := range pathDate.FindAllStringSubmatch(strings.ToLower(path), -1) {
		parts := slices.DeleteFunc(m[1:], func(s string) bool { return s == "" })
		for _, layout := range []string{"2006 1 2", "2006 Jan 2"} {
			t, err := time.Parse(layout, strings.TrimLeft(strings.Join(parts, " "), "0"))
			if d := (text.Date{At: t, Day: true}); err == nil && plausible(d) {
				return d
			}
		}
	}
	return text.Date{}
}

// dateNearHeadline looks for a date in the short lines before and after the
// headline.
func (f *facts) dateNearHeadline() text.Date {
	headline := f.headline()
	if headline == nil {
		return text.Date{}
	}
	box := headline.Parent
	for range 3 {
		if box == nil {
			break
		}
		if d := dateAmong(box, headline); !d.IsZero() {
			return d
		}
		box = box.Parent
	}
	return text.Date{}
}

// headline is the first h1, or where there is none a lower heading that has the
// page's title.
func (f *facts) headline() (found *html.Node) {
	if len(f.headings) > 0 {
		return f.headings[0]
	}
	said := f.saidTitles()
	walk(f.doc, func(n *html.Node) bool {
		if found == nil && is(n, atom.H2, atom.H3, atom.H4) {
			if shown := text.Line(content(n)); agrees(shown, said) && !f.sameSite(shown) {
				found = n
			}
		}
		return found == nil
	})
	return found
}

// dateAmong returns the first date in the lines of a box; a headline's own is
// what it tells of.
func dateAmong(box, headline *html.Node) (found text.Date) {
	budget := 60 // lines
	walk(box, func(n *html.Node) bool {
		if budget <= 0 || !found.IsZero() || n == headline || is(n, atom.Head, atom.Script, atom.Style, atom.Nav, atom.Aside, atom.Footer) {
			return false
		}
		if n.Type != html.TextNode {
			return true
		}
		line := strings.Join(strings.Fields(n.Data), " ")
		if line == "" {
			return true
		}
		budget--
		if len(line) < 120 {
			if d := dateIn(line); plausible(d) {
				found = d
			}
		}
		return true
	})
	return found
}

// parseShown also reads year, month and day without leading zeros.
func parseShown(s string) (text.Date, bool) {
	if t, err := time.Parse("2006-1-2", s); err == nil {
		return text.Date{At: t, Day: true}, true
	}
	return text.ParseDate(s)
}
