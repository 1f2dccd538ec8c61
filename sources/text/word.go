package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
	"github.com/kljensen/snowball"
	"golang.org/x/text/unicode/norm"
)

// Words returns the words of a text: runs of letters, marks and digits. An
// apostrophe within a word belongs to it; a hyphen parts two words.
func Words(s string) []Span {
	words := make([]Span, 0, len(s)/6+1)
	start := -1
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case inWord(r):
			if start < 0 {
				start = i
			}
		case start >= 0 && (r == '\'' || r == '’') && letterAt(s[i+n:]):
		case start >= 0:
			words = append(words, Span{start, i})
			start = -1
		}
		i += n
	}
	if start >= 0 {
		words = append(words, Span{start, len(s)})
	}
	return words
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func letterAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// Fold makes texts comparable: lower case, without marks, with straight quotes,
// and the letters that stand for one another written alike.
func Fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		foldRune(&b, r)
	}
	return b.String()
}

func foldASCII(s string) (string, bool) {
	upper := false
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return "", false
		}
		upper = upper || 'A' <= s[i] && s[i] <= 'Z'
	}
	if !upper {
		return s, true
	}
	return strings.ToLower(s), true
}

func foldRune(b *strings.Builder, r rune) {
	switch r = unicode.ToLower(r); r {
	case 'ı':
		b.WriteByte('i')
	case 'ə', 'æ':
		b.WriteByte('e')
	case 'ø':
		b.WriteByte('o')
	case 'ł':
		b.WriteByte('l')
	case 'đ', 'ð':
		b.WriteByte('d')
	case 'ß':
		b.WriteString("ss")
	case 'þ':
		b.WriteString("th")
	case '‘', '’', 'ʼ', '`', '´':
		b.WriteByte('\'')
	case '“', '”', '„', '«', '»':
		b.WriteByte('"')
	case '–', '—', '‐', '‑', '−':
		b.WriteByte('-')
	default:
		b.WriteRune(r)
	}
}

// stemmers are snowball's, by ISO 639-1.
var stemmers = map[string]string{
	"en": "english", "es": "spanish", "fr": "french", "ru": "russian", "sv": "swedish", "no": "norwegian", "nb": "norwegian", "hu": "hungarian",
}

// Stem cuts a folded word to its stem; the word itself where the language has no
// stemmer. A possessive "'s" is cut everywhere.
func Stem(word, lang string) string {
	word = strings.TrimSuffix(word, "'s")
	name, ok := stemmers[lang]
	if !ok {
		return word
	}
	stem, err := snowball.Stem(word, name, false)
	if err != nil {
		return word
	}
	return stem
}

// Language tells in what language a text is, by ISO 639-1; empty where it is too
// short to tell, or mixed.
func Language(s string) string {
	if len(s) > 4000 {
		s = strings.ToValidUTF8(s[:4000], "")
	}
	info := whatlanggo.Detect(s)
	if !info.IsReliable() && len(s) < 200 {
		return ""
	}
	return info.Lang.Iso6391()
}
