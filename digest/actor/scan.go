package actor

import (
	"unicode"
	"unicode/utf8"
)

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// hit is a pattern found in a text.
type hit struct {
	start, end int
	pattern    int32
	actor      int32 // the reading; none where it names nobody
	drop       bool
}

// reading is how a text is to be read.
type reading struct {
	typed bool // as typed by a person: small letters are as good as capitals
}

// scan finds the longest names in s, from the left, without overlap.
func (t *trie) scan(s string, how reading, hits []hit) []hit {
	var f folder
	lines := lines{start: -1}
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z':
			if !how.typed && !t.mayBegin(s, i) {
				i = skipWord(s, i)
				continue
			}
		case 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case c < utf8.RuneSelf:
			i++
			continue
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if !isWord(r) {
				i += n
				continue
			}
		}
		h, end := t.match(&f, s, i, how, &lines)
		if h.pattern >= 0 && !ticker(s, h) {
			hits = append(hits, h)
		}
		i = end
	}
	return hits
}

// ticker reports whether a hit is a company's sign on an exchange: "<UK>".
func ticker(s string, h hit) bool {
	return h.start > 0 && s[h.start-1] == '<' && h.end < len(s) && (s[h.end] == '>' || s[h.end] == '.')
}

// mayBegin reports whether a name may begin with the small word at i: "al-Qaeda".
func (t *trie) mayBegin(s string, i int) bool {
	end := i
	for end < len(s) && end-i < 9 && asciiLetter(s[end]) {
		end++
	}
	if end-i != 2 && end-i < 4 {
		return false
	}
	return t.articles[s[i:end]]
}

func skipWord(s string, i int) int {
	for i < len(s) && wordByte(s[i]) {
		i++
	}
	return i
}

// match walks the trie from the token at i. It gives the longest name, if one
// is there, and where to go on.
func (t *trie) match(f *folder, s string, i int, how reading, lines *lines) (hit, int) {
	var seen [16]shape
	best := hit{pattern: none}
	first := 0
	node, at := int32(0), i
	for n := 0; n < len(seen); n++ {
		tok, word := f.next(s, at)
		if n == 0 {
			first = max(tok.end, i+1)
		}
		id, ok := t.tokens[string(word)]
		if !ok {
			break
		}
		if node, ok = t.edges[edge(node, id)]; !ok {
			break
		}
		seen[n] = tok.shape
		if ends := t.ends[node]; ends != nil {
			if p := t.fits(ends, seen[:n+1], s, i, how, lines); p >= 0 {
				best = hit{start: i, end: tok.end, pattern: p, actor: t.patterns[p].actor}
			}
		}
		next, g := gap(s, tok.end, true)
		if g < 0 || next >= len(s) {
			break
		}
		at = next
	}
	if best.pattern < 0 {
		return best, first
	}
	return best, best.end
}

// fits gives the first of a node's patterns whose capitals the text has.
func (t *trie) fits(ends []int32, seen []shape, s string, at int, how reading, lines *lines) int32 {
	if len(seen) == 1 && lines.caps(s, at) && plainInCapitals(s[at:skipWord(s, at)]) {
		return none
	}
	for _, p := range ends {
		if how.typed || written(t.patterns[p], seen) && (seen[0] != upper || t.patterns[p].shapes[0] == upper || lines.capitals(s, at, len(seen))) {
			return p
		}
		if lines.caps(s, at) && shouted(seen) {
			return p
		}
	}
	return none
}

// plainInCapitals knows the abbreviations that are read as words where all is in
// capitals.
func plainInCapitals(word string) bool {
	switch word {
	case "CAR", "WHO", "ICE", "PACE", "MEND", "ECO", "MIT", "HAL", "ALBA", "AU", "SEC", "PAN", "RAF", "ADF", "BIS", "ELN", "SAF", "LET", "AES", "NICE", "DIET", "VOX", "META", "AMAL", "POLISH":
		return true
	}
	return false
}

// written reports whether the text has the capitals that the name asks for.
func written(p pattern, seen []shape) bool {
	for i, want := range p.shapes {
		switch want {
		case capital:
			if seen[i] == small {
				return false
			}
		case upper:
			if seen[i] != upper {
				return false
			}
		case mixed:
			if seen[i] != mixed && seen[i] != upper {
				return false
			}
		}
	}
	return true
}

// shouted is written for a line in capitals, where every name is.
func shouted(seen []shape) bool {
	for _, got := range seen {
		if got == small {
			return false
		}
	}
	return true
}

// lines knows which line of a text is in capitals; it remembers the last one.
type lines struct {
	start, end int
	shout      bool
}

// caps reports whether the line around i is written in capitals.
func (l *lines) caps(s string, i int) bool {
	if l.start < 0 || i < l.start || i >= l.end {
		l.find(s, i)
	}
	return l.shout
}

// find measures the line around i; a line without eight letters is not judged.
func (l *lines) find(s string, i int) {
	l.start, l.end = i, i
	for l.start > 0 && s[l.start-1] != '\n' {
		l.start--
	}
	for l.end < len(s) && s[l.end] != '\n' {
		l.end++
	}
	uppers, lowers := 0, 0
	for _, c := range []byte(s[l.start:l.end]) {
		switch {
		case 'A' <= c && c <= 'Z':
			uppers++
		case 'a' <= c && c <= 'z':
			lowers++
		}
	}
	l.shout = uppers >= 8 && uppers > 8*lowers
	l.end = max(l.end, i+1)
}

// capitals reports whether a name that is usually written "Lima" may stand here
// as "LIMA": in a line of capitals, in a dateline, or when it is long enough not
// to be an abbreviation.
func (l *lines) capitals(s string, i, tokens int) bool {
	if tokens > 1 || l.caps(s, i) {
		return true
	}
	if i-l.start < 40 {
		return true
	}
	end := skipWord(s, i)
	return end-i > 5
}
