package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/sources/text"
)

// kind is what sort of token a token is.
type kind int8

const (
	word   kind = iota // "Azerbaijan's", "U.S.", "m"
	number             // "410", "1.2", "520,000"
	mark               // one sign: a quote, a comma, a dash, a currency sign
)

// token is a word, a number or a sign of a sentence. Unlike text.Words it keeps
// decimals together and does not drop the signs, which decide where a clause
// ends, what a figure's unit is and who is quoted.
type token struct {
	text.Span
	kind kind
	low  string // folded; quotes of every kind are " and dashes are -
	cap  bool   // it begins with a capital letter
	join bool   // it follows the token before it without a space
}

// tokens cuts s into words, numbers and signs, in order.
func tokens(s string) []token {
	var out []token
	end := 0
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		k, stop := mark, at+size
		switch {
		case unicode.IsDigit(r):
			k, stop = number, numberEnd(s, at)
		case unicode.IsLetter(r):
			k, stop = word, wordEnd(s, at)
		}
		t := token{Span: text.Span{Start: at, End: stop}, kind: k, cap: unicode.IsUpper(r)}
		t.join = len(out) > 0 && end == at
		t.low = lower(s[at:stop], k)
		out = append(out, t)
		at, end = stop, stop
	}
	return out
}

// lower is a token's text as it is compared.
func lower(s string, k kind) string {
	switch k {
	case word:
		return text.Fold(s)
	case number:
		return s
	}
	switch s {
	case "“", "”", "„", "«", "»", "″", "‟":
		return `"`
	case "‘", "’", "‚":
		return "'"
	case "–", "—", "―", "−", "‒", "‐", "‑":
		return "-"
	case "…":
		return "..."
	}
	return s
}

// numberEnd is where the number that begins at from ends: digits, with "," or
// "." kept between two digits.
func numberEnd(s string, from int) int {
	at := from
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if unicode.IsDigit(r) {
			at += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[min(at+1, len(s)):])
		if (r == ',' || r == '.') && unicode.IsDigit(next) {
			at++
			continue
		}
		break
	}
	return at
}

// wordEnd is where the word that begins at from ends: letters, marks and digits,
// an apostrophe between two letters, and the stops of an abbreviation such as
// "U.S.".
func wordEnd(s string, from int) int {
	at, letters := from, 0
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		next, _ := utf8.DecodeRuneInString(s[min(at+size, len(s)):])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
			letters++
		case (r == '\'' || r == '’') && unicode.IsLetter(next):
			letters = 2
		case r == '.' && letters == 1 && (unicode.IsLetter(next) || dotted(s[from:at])):
			letters = 0
		default:
			return at
		}
		at += size
	}
	return at
}

// dotted reports whether s is the beginning of an abbreviation of single
// letters, "U.S".
func dotted(s string) bool {
	return len(s) >= 3 && s[len(s)-2] == '.'
}

// at returns the token at i; an empty one outside.
func at(ts []token, i int) token {
	if i < 0 || i >= len(ts) {
		return token{}
	}
	return ts[i]
}

// is reports whether the tokens from i on are these, as folded.
func is(ts []token, i int, words ...string) bool {
	for n, w := range words {
		if at(ts, i+n).low != w {
			return false
		}
	}
	return true
}

// set makes a set of the words in s.
func set(s string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
