package text

import (
	"unicode"
	"unicode/utf8"
)

// Words returns the words of s in order: runs of letters, digits and marks. An
// apostrophe inside a word belongs to it; a hyphen splits.
func Words(s string) []Span {
	words := make([]Span, 0, len(s)/6+1)
	start := -1
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case wordRune(r):
			if start < 0 {
				start = i
			}
		case start >= 0 && (r == '\'' || r == '’') && wordFollows(s[i+size:]):
		case start >= 0:
			words = append(words, Span{start, i})
			start = -1
		}
		i += size
	}
	if start >= 0 {
		words = append(words, Span{start, len(s)})
	}
	return words
}

func wordFollows(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return wordRune(r)
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}
