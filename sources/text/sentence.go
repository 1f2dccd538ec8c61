package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences returns the sentences of s in order, without the space around them.
// None reaches over a blank line; a heading without a stop is one of its own. A
// stop in a quotation ends no sentence unless the quotation ends with it, so
// that words quoted keep their speaker, up to a length.
func Sentences(s string) []Span {
	var all []Span
	for start := 0; start < len(s); {
		end := strings.Index(s[start:], "\n\n")
		if end < 0 {
			end = len(s)
		} else {
			end += start
		}
		all = appendSentences(all, s, Span{start, end})
		start = end + len("\n\n")
	}
	return all
}

// appendSentences splits one paragraph.
func appendSentences(all []Span, s string, paragraph Span) []Span {
	p := splitter{text: paragraph.In(s)}
	p.quotes = quotations(p.text)
	from := 0
	for i := 0; i < len(p.text); {
		r, size := utf8.DecodeRuneInString(p.text[i:])
		if !stop(r) {
			i += size
			continue
		}
		end, next, ok := p.ends(from, i)
		if ok {
			all = appendTrimmed(all, s, Span{paragraph.Start + from, paragraph.Start + end})
			from = next
		}
		i = max(end, i+size)
	}
	return appendTrimmed(all, s, Span{paragraph.Start + from, paragraph.End})
}

func appendTrimmed(all []Span, s string, p Span) []Span {
	part := p.In(s)
	left := strings.TrimLeftFunc(part, unicode.IsSpace)
	p.Start += len(part) - len(left)
	p.End = p.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	if p.Len() == 0 {
		return all
	}
	return append(all, p)
}

// splitter looks for the sentences of one paragraph.
type splitter struct {
	text   string
	quotes []Span // from behind an opening quotation mark to its closing one
}

// ends judges the stop at i of a sentence that began at from: end is behind the
// stop and the marks that close with it, next is where the next sentence begins.
func (p *splitter) ends(from, i int) (end, next int, ok bool) {
	kind := weakStop
	end = i
	for end < len(p.text) { // "?!", "..."
		r, size := utf8.DecodeRuneInString(p.text[end:])
		if !stop(r) {
			break
		}
		kind = max(kind, strength(r))
		end += size
	}
	single := p.text[i:end] == "."
	stopEnd := end
	end = p.close(end)
	rest := p.text[end:]
	next = end + len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
	if next == len(p.text) {
		return end, next, true
	}
	if p.quoted(stopEnd, end) {
		return end, next, false
	}
	if next == end {
		return end, next, kind == wideStop || single && p.glued(from, i, next)
	}
	if !p.begins(next) {
		return end, next, false
	}
	switch {
	case kind == wideStop:
		return end, next, true
	case single:
		return end, next, !p.abbreviates(from, i, next)
	case end > stopEnd && kind == strongStop:
		return end, next, !p.attributed(next)
	}
	return end, next, true
}

// close steps over the quotation marks and brackets that close behind a stop,
// also where a blank stands before a guillemet, as in French.
func (p *splitter) close(end int) int {
	for end < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[end:])
		switch {
		case strings.ContainsRune(`"'”’“»«)]}›」』`, r) && p.closes(end, r, size):
			end += size
		case r == ' ' && strings.HasPrefix(p.text[end+1:], "»"):
			end += 1 + len("»")
		default:
			return end
		}
	}
	return end
}

// closes tells a mark that can also open by what follows it.
func (p *splitter) closes(at int, r rune, size int) bool {
	if strings.ContainsRune(`”’)]}›」』`, r) {
		return true
	}
	next, _ := utf8.DecodeRuneInString(p.text[at+size:])
	return at+size == len(p.text) || !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

// quoted reports whether a stop stands in a quotation that goes on behind it.
func (p *splitter) quoted(stopEnd, end int) bool {
	for _, q := range p.quotes {
		if q.Start > stopEnd {
			return false
		}
		if q.Start < stopEnd && end <= q.End {
			return true
		}
	}
	return false
}

// glued reports whether a blank is missing behind the stop at i, as in
// "he said.The talks".
func (p *splitter) glued(from, i, next int) bool {
	word := p.before(from, i)
	if len(word) < 3 || strings.ContainsAny(word, "./@:") || strings.ToLower(word) != word || !letters(word) {
		return false
	}
	first, size := utf8.DecodeRuneInString(p.text[next:])
	second, _ := utf8.DecodeRuneInString(p.text[next+size:])
	return unicode.IsUpper(first) && (unicode.IsLower(second) || second == ' ')
}

// begins reports whether a sentence can begin at next.
func (p *splitter) begins(next int) bool {
	word := p.word(next)
	r, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsLower(r) || unicode.Is(unicode.Georgian, r) {
		return !strings.ContainsRune(",;:.?!%)]”", first(p.text[next:]))
	}
	// "al-Sisi", "iPhone": small at the head of a sentence too.
	return strings.IndexFunc(word, unicode.IsUpper) > 0 && len(word) > 3
}

// attributed reports whether who said it follows at once, as in
// “Enough!” Aliyev said.
func (p *splitter) attributed(next int) bool {
	rest := p.text[next:]
	if len(rest) > 80 {
		rest = rest[:80]
	}
	words := strings.Fields(rest)
	for i, w := range words {
		if i > 5 {
			break
		}
		bare := strings.TrimRight(w, ".,")
		if speech[bare] {
			return bare != w || i+1 == len(words)
		}
	}
	return false
}

// before is the token that ends at i, without what opens before it.
func (p *splitter) before(from, i int) string {
	start := strings.LastIndexFunc(p.text[from:i], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`("“‘'«[—–-/`, r)
	})
	if start < 0 {
		return p.text[from:i]
	}
	_, size := utf8.DecodeRuneInString(p.text[from+start:])
	return p.text[from+start+size : i]
}

// word is the token at next, without what opens before it.
func (p *splitter) word(next int) string {
	rest := strings.TrimLeft(p.text[next:], `"“”„‘'«»([¿¡`)
	end := strings.IndexFunc(rest, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`.,;:!?"”’')]`, r)
	})
	if end < 0 {
		return rest
	}
	return rest[:end]
}

// The kinds of stop: "." may be part of a word, "?" may not, "。" needs no blank.
const (
	weakStop = iota
	strongStop
	wideStop
)

func stop(r rune) bool {
	switch r {
	case '.', '?', '!', '…', '。', '！', '？', '؟', '۔', '।', '։', '።':
		return true
	}
	return false
}

func strength(r rune) int {
	switch r {
	case '.', '…':
		return weakStop
	case '。', '！', '？':
		return wideStop
	}
	return strongStop
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func letters(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}
