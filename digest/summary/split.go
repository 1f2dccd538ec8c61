package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/sources"
	"attache/sources/text"
)

// Split returns the sentences of an article's text that may be quoted, in order.
// It leaves out what is no news: bylines, credits, captions, "read more", calls
// to subscribe, notes of a correction, the title said again, and what speaks to
// the reader or to a machine instead of reporting. A dateline,
// "BAKU (Levant Wire) -", stays outside the span of its sentence.
func Split(a *sources.Article) []Sentence {
	var out []Sentence
	for _, j := range Judge(a) {
		if j.Dropped == "" {
			out = append(out, j.Sentence)
		}
	}
	return out
}

// Judged is a sentence of an article, and why it may not be quoted.
type Judged struct {
	Sentence
	Dropped string // empty where it may be
}

// Judge returns all sentences of an article's text, in order, those that may not
// be quoted with the reason. The others are what [Split] gives.
func Judge(a *sources.Article) []Judged {
	var out []Judged
	title := text.Fold(strings.TrimSpace(a.Title))
	order := 0
	for _, span := range text.Sentences(a.Text) {
		span = trimOpening(a.Text, span)
		s := span.In(a.Text)
		if s == "" {
			continue
		}
		j := Judged{Sentence: Sentence{Citation: cite(a, span), Text: s, Order: order}}
		if j.Dropped = unfit(s, title); j.Dropped == "" {
			j.Why = dependence(s, a.Lang)
			j.Alone = j.Why == ""
			order++
		}
		out = append(out, j)
	}
	return out
}

// unfit tells why a sentence may not be quoted at all; empty when it may.
func unfit(s, title string) string {
	switch {
	case furniture(s):
		return "part of the page"
	case text.Fold(s) == title:
		return "the title again"
	}
	if why := markup(s); why != "" {
		return why
	}
	return addressed(s)
}

// Lead returns the first sentence of an article that stands alone; false when
// there is none.
func Lead(a *sources.Article) (Sentence, bool) {
	for _, s := range Split(a) {
		if s.Alone {
			return s, true
		}
	}
	return Sentence{}, false
}

// trimOpening moves the beginning of a sentence past a note of a correction in
// brackets and past a dateline.
func trimOpening(stored string, span text.Span) text.Span {
	for {
		s := span.In(stored)
		n := noteLength(s)
		if n == 0 {
			n = datelineLength(s)
		}
		rest := strings.TrimLeftFunc(s[n:], unicode.IsSpace)
		if n == 0 || rest == "" {
			return span
		}
		span.Start = span.End - len(rest)
	}
}

// noteLength is the length of "(Corrects …)" and the like where s begins so and
// goes on after it.
func noteLength(s string) int {
	low := text.Fold(s[:min(len(s), 16)])
	for _, note := range []string{"(corrects ", "(correction", "(updates ", "(adds ", "(recasts ", "(repeats ", "(refiles "} {
		if strings.HasPrefix(low, note) {
			if end := strings.IndexByte(s, ')'); end > 0 {
				return end + 1
			}
		}
	}
	return 0
}

// datelineLength is the length of a dateline that s begins with: a place in
// capitals, or a place with an agency in brackets or a date, then a dash between
// spaces. It is 0 where there is none.
func datelineLength(s string) int {
	const longest = 64
	for _, dash := range []string{" - ", " – ", " — ", " -- ", ") — ", ") -"} {
		i := strings.Index(s[:min(len(s), longest)], dash)
		if i < 0 || !dateline(s[:i+strings.IndexAny(dash, "-–—")]) {
			continue
		}
		return i + len(dash)
	}
	return 0
}

// dateline reports whether s, what stands before a dash, is a place: its first
// word all capitals, or an agency in brackets at its end.
func dateline(s string) bool {
	s = strings.TrimSpace(s)
	if strings.HasSuffix(s, ")") && strings.Contains(s, "(") {
		first, _ := utf8.DecodeRuneInString(s)
		return unicode.IsUpper(first)
	}
	letters := 0
	for _, r := range strings.SplitN(s, ",", 2)[0] {
		switch {
		case unicode.IsLower(r) || unicode.IsDigit(r):
			return false
		case unicode.IsUpper(r):
			letters++
		}
	}
	return letters > 2
}

// furniture reports whether a sentence belongs to the page, not to the news.
func furniture(s string) bool {
	low := strings.TrimLeft(text.Fold(s), `("[*•-–— `)
	for _, begin := range furnitureBegins {
		if strings.HasPrefix(low, begin) {
			return true
		}
	}
	for _, part := range furnitureParts {
		if strings.Contains(low, part) {
			return true
		}
	}
	return byline(s)
}

// furnitureBegins are the beginnings, folded, of what a page adds to its text.
var furnitureBegins = []string{
	"read more", "read also", "read:", "also read", "see also", "more:", "related:", "related articles", "related stories", "recommended:",
	"click here", "tap here", "sign up", "subscribe", "follow us", "follow our", "join our", "join us", "share this", "download our",
	"watch:", "watch live", "listen:", "photo:", "photos:", "photo by", "picture:", "image:", "image credit", "video:", "credit:", "caption:",
	"file photo", "file -", "file picture", "getty images", "reporting by", "additional reporting", "editing by", "writing by", "compiled by",
	"edited by", "reported by", "written by", "translated by", "correction:", "corrections:", "clarification:", "corrects ", "editor's note", "editors' note",
	"this story was", "this story is", "this story has", "this article was", "this article is", "this article has", "this report was",
	"this post was", "an earlier version", "a previous version", "advertisement", "copyright", "©", "all rights reserved", "updated:", "updated at",
	"published:", "last updated", "last modified", "source:", "sources:", "tags:", "topics:", "for more ", "continue reading", "skip to",
	"originally published", "first published", "get our", "get the latest", "support our", "donate", "contact us", "send us", "log in", "register to",
}

// furnitureParts are words, folded, that only a page's additions hold.
var furnitureParts = []string{
	"all rights reserved", "syndicated feed", "click here", "sign up for", "subscribe to our", "our newsletter", "your inbox",
	"terms of use", "privacy policy", "cookie policy", "accept cookies", "enable javascript", "follow us on", "not been edited by",
	"affiliate commission", "the author is", "the views expressed", "views expressed in this", "via getty images", "photograph:",
}

// byline reports whether s, "By Leyla Aliyeva, Caspian Ledger", is only who wrote
// it.
func byline(s string) bool {
	rest, ok := strings.CutPrefix(s, "By ")
	if !ok {
		rest, ok = strings.CutPrefix(s, "BY ")
	}
	ts := tokens(rest)
	if !ok || len(ts) > 14 {
		return false
	}
	for _, t := range ts {
		if t.kind == number || t.kind == word && !t.cap && t.low != "and" && t.low != "for" && t.low != "of" && t.low != "in" && t.low != "the" {
			return false
		}
	}
	return true
}
