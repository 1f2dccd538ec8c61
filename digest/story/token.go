package story

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/sources/text"
)

// token is a word of a text, folded.
type token struct {
	word   string
	number bool // it begins with a digit
	name   bool // it is written with a capital and does not begin a sentence
}

// tokenize splits s into its words, at most limit of them. It is quicker than
// [text.Words] with [text.Fold], because it folds only what is not ASCII, and
// it must be: a window is read again with each run. Scripts that set no spaces
// give one token for each character.
func tokenize(s string, limit int) []token {
	tokens := make([]token, 0, min(limit, len(s)/5+1))
	begins := true // of a sentence: the next capital says nothing
	for i := 0; i < len(s) && len(tokens) < limit; {
		n, r := wordLen(s[i:])
		if n == 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			begins = begins || strings.ContainsRune(".!?\n:“\"", r)
			i += size
			continue
		}
		raw := s[i : i+n]
		i += n
		first, _ := utf8.DecodeRuneInString(raw)
		word := foldWord(raw)
		if word == "" {
			continue
		}
		tokens = append(tokens, token{
			word:   word,
			number: unicode.IsDigit(first),
			name:   unicode.IsUpper(first) && !begins,
		})
		begins = false
	}
	return tokens
}

// wordLen is the length in bytes of the word that s begins with. Where it begins
// with none it is 0, and the rune that stands there is returned too.
func wordLen(s string) (n int, first rune) {
	for n < len(s) {
		r, size := rune(s[n]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[n:])
		}
		switch {
		case spaceless(r):
			if n == 0 {
				return size, r
			}
			return n, r
		case unicode.IsLetter(r), unicode.IsDigit(r), n > 0 && unicode.IsMark(r):
		case n > 0 && joins(s, n, r, size):
		default:
			return n, r
		}
		n += size
	}
	return n, 0
}

// joins reports whether r, at n in s, stands inside a word: the apostrophe of
// "isn't", the comma of "4,000", the dots of "U.S." and "4.5".
func joins(s string, n int, r rune, size int) bool {
	next, _ := utf8.DecodeRuneInString(s[n+size:])
	before, _ := utf8.DecodeLastRuneInString(s[:n])
	switch r {
	case '\'', '’':
		return unicode.IsLetter(next) && unicode.IsLetter(before)
	case ',':
		return unicode.IsDigit(next) && unicode.IsDigit(before)
	case '.':
		return unicode.IsDigit(next) && unicode.IsDigit(before) ||
			unicode.IsUpper(next) && unicode.IsUpper(before) && (n == 1 || s[n-2] == '.')
	}
	return false
}

// spaceless reports whether r is of a script that sets no spaces between words.
func spaceless(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// foldWord makes the ways of writing one word the same: case, marks, "Israel's",
// "U.S.", "4,000", and what wires and spellings differ in.
func foldWord(raw string) string {
	word := raw
	if ascii(raw) {
		word = strings.ToLower(raw)
	} else {
		word = strings.ReplaceAll(text.Fold(raw), "’", "'")
	}
	if i := strings.LastIndexByte(word, '\''); i > 0 {
		if word[i:] == "'s" {
			word = word[:i]
		} else {
			word = strings.ReplaceAll(word, "'", "")
		}
	}
	if strings.IndexByte(word, '.') < 0 && strings.IndexByte(word, ',') < 0 {
		return word
	}
	word = strings.ReplaceAll(word, ",", "")
	if word != "" && word[0] >= '0' && word[0] <= '9' {
		if strings.IndexByte(word, '.') > 0 {
			word = strings.TrimRight(strings.TrimRight(word, "0"), ".")
		}
		return word
	}
	return strings.ReplaceAll(word, ".", "")
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
