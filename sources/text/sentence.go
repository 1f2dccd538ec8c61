package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// abbreviations end in a stop that ends no sentence, before a capital or not.
var abbreviations = wordSet(`mr mrs ms dr prof sen rep gov gen lt col maj capt cmdr adm sgt cpl pvt rev hon st sr jr
	messrs mme mlle dept pres supt amb fr vs etc al approx est inc ltd co corp bros
	jan feb apr jun jul aug sept sep oct nov dec tues thurs
	ave blvd rd ft mt pt e.g i.e cf ca viz a.m p.m u.s u.k u.n e.u u.s.a d.c ph.d`)

// sometimes end a sentence too: they do where a word follows that begins one.
var sometimes = wordSet(`u.s u.k u.n e.u u.s.a d.c inc ltd co corp jr sr a.m p.m etc bros est ph.d`)

// numbered are abbreviations only before a number: "No. 12", but "He said no."
var numbered = wordSet(`no nos art sec ch fig vol p pp para mar mon tue wed thu fri sat sun`)

// openers are words that begin a sentence more often than they follow a name.
var openers = wordSet(`the a an he she it they we i this that these those in on at but and his her its their there
	when while after before if as for from with mr officials police however meanwhile`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// Sentences returns the sentences of a stored text, in order, without the space
// around them. A sentence never goes across a blank line; what has no stop at
// its end, as a heading, is a sentence of its own.
func Sentences(s string) []Span {
	var out []Span
	for start := 0; start < len(s); {
		end := len(s)
		if i := strings.Index(s[start:], "\n\n"); i >= 0 {
			end = start + i
		}
		out = appendSentences(out, s, start, end)
		start = end + 2
	}
	return out
}

// appendSentences splits one paragraph.
func appendSentences(out []Span, s string, start, end int) []Span {
	begin := start
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(s[i:end])
		i += n
		if !isStop(r) {
			continue
		}
		for i < end { // "?!", "...", and the closing quotes and brackets after them
			r, n := utf8.DecodeRuneInString(s[i:end])
			if !isStop(r) && !isCloser(r) {
				break
			}
			i += n
		}
		if ends(s, begin, i, end) {
			out = appendTrimmed(out, s, begin, i)
			begin = i
		}
	}
	return appendTrimmed(out, s, begin, end)
}

func isStop(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '؟', '۔', '։', '।':
		return true
	}
	return false
}

func isCloser(r rune) bool {
	switch r {
	case '"', '”', '’', '\'', '»', ')', ']':
		return true
	}
	return false
}

// ends reports whether the stop before i ends the sentence that begins at begin.
func ends(s string, begin, i, end int) bool {
	rest := s[i:end]
	next := strings.TrimLeft(rest, " \n")
	if next == "" {
		return true
	}
	if next == rest && !isIdeographic(s[:i]) { // no space: a decimal, a host, "U.S.-made"
		return false
	}
	following := strings.TrimLeft(next, "\"“„«'‘([ ")
	r, _ := utf8.DecodeRuneInString(following)
	if unicode.IsLower(r) || r == ',' || r == ';' || r == '–' || r == '—' || r == '-' {
		return false
	}
	closed := strings.TrimRight(s[begin:i], "\"”’'»)]")
	if !strings.HasSuffix(closed, ".") || strings.HasSuffix(closed, "..") {
		return true
	}
	last := strings.ToLower(lastWord(strings.TrimSuffix(closed, ".")))
	if numbered[last] && unicode.IsDigit(r) {
		return false
	}
	if !abbreviated(last, s[begin:i]) {
		return true
	}
	return sometimes[last] && openers[strings.ToLower(firstWord(following))]
}

func isIdeographic(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return r == '。' || r == '！' || r == '？'
}

// abbreviated reports whether a word before a stop is an abbreviation or an
// initial.
func abbreviated(last, sentence string) bool {
	if abbreviations[last] {
		return true
	}
	runes := []rune(last)
	if len(runes) == 1 && unicode.IsLetter(runes[0]) {
		return true
	}
	// "U.N.", "J.K." and the like: letters with stops between them.
	if strings.Contains(last, ".") {
		for _, part := range strings.Split(last, ".") {
			if utf8.RuneCountInString(part) > 1 {
				return false
			}
		}
		return true
	}
	return len(sentence) < 3
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(\"“[‘/", r) })
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

func firstWord(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	if i < 0 {
		return s
	}
	return s[:i]
}

func appendTrimmed(out []Span, s string, start, end int) []Span {
	trimmed := strings.TrimSpace(s[start:end])
	if trimmed == "" {
		return out
	}
	start += strings.Index(s[start:end], trimmed)
	return append(out, Span{start, start + len(trimmed)})
}
