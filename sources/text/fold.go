package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes text comparable: lower case, without marks, with ı and İ as i, ß as
// ss, ə as e, ligatures and full-width letters as their plain ones, and curly
// quotes straight. It never makes more words of a text, and folding twice is
// folding once. Byte positions are not kept.
func Fold(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf && (s[i] < 'A' || 'Z' < s[i]) {
		i++
	}
	if i == len(s) {
		return s
	}
	b := make([]byte, i, len(s)+8)
	copy(b, s)
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			b = append(b, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		b = appendFolded(b, r)
		i += size
	}
	return string(b)
}

// appendFolded appends what one character beyond ASCII folds to.
func appendFolded(b []byte, r rune) []byte {
	if r < 0x530 || 0x1D00 <= r && r < 0x2200 || 0xFB00 <= r && r <= 0xFB06 || 0xFF01 <= r && r <= 0xFF5E || 0x0600 <= r && r <= 0x06FF {
		if r < latinEnd {
			return append(b, latin[r-utf8.RuneSelf]...)
		}
		return append(b, folding(r)...)
	}
	if mark(r) {
		return b
	}
	return utf8.AppendRune(b, unicode.ToLower(r))
}

const latinEnd = 0x530 // Latin, Greek, Cyrillic

// latin holds what the characters from the end of ASCII to latinEnd fold to.
var latin = latinTable()

func latinTable() (table [latinEnd - utf8.RuneSelf]string) {
	for i := range table {
		table[i] = folding(rune(i + utf8.RuneSelf))
	}
	return table
}

// folding is what a character of an alphabet with case folds to.
func folding(r rune) string {
	var b strings.Builder
	for _, part := range norm.NFD.String(string(unicode.ToLower(r))) {
		part = unicode.ToLower(part)
		switch {
		case mark(part):
		case 0xFF01 <= part && part <= 0xFF5E: // full width
			b.WriteRune(unicode.ToLower(part - 0xFF01 + '!'))
		default:
			b.WriteString(spelling(part))
		}
	}
	return b.String()
}

// spelling writes letters that no decomposition reaches with plain ones.
func spelling(r rune) string {
	switch r {
	case 'ı', 'ɪ':
		return "i"
	case 'ß':
		return "ss"
	case 'ə', 'ǝ':
		return "e"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ŋ':
		return "n"
	case 'ς':
		return "σ"
	case '‘', '’', '‚', '‛', 'ʼ', 'ʻ', 'ʹ', '′', '´':
		return "'"
	case '“', '”', '„', '‟':
		return `"`
	case '‐', '‑':
		return "-"
	case 'ﬀ', 'ﬁ', 'ﬂ', 'ﬃ', 'ﬄ', 'ﬅ', 'ﬆ':
		return norm.NFKD.String(string(r))
	}
	return string(r)
}

// mark reports whether r is a mark over, under or in a letter that may be left
// out in comparing: accents, Hebrew points, Arabic vowels. The vowel signs of
// the Indic scripts are letters in all but name and stay.
func mark(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36F, 0x483 <= r && r <= 0x489, 0x591 <= r && r <= 0x5BD, 0x5BF <= r && r <= 0x5C7 && r != 0x5C0 && r != 0x5C3 && r != 0x5C6,
		0x610 <= r && r <= 0x61A, r == 0x640, 0x64B <= r && r <= 0x65F, r == 0x670,
		0x1AB0 <= r && r <= 0x1AFF, 0x1DC0 <= r && r <= 0x1DFF, 0x20D0 <= r && r <= 0x20F0, 0xFE20 <= r && r <= 0xFE2F:
		return true
	}
	return false
}
