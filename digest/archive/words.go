package archive

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// term is one thing to look for: words that stand together in title or text, or
// a tag's token.
type term struct {
	tag  bool
	text string
}

// clause is met by a document that has any of its terms.
type clause []term

// plain makes of a text what the full-text index stores and is asked for: lower
// case, without marks, runs of letters and digits parted by one space, a
// possessive 's left out. Scripts that part no words are cut into characters,
// which a phrase puts together again. So the two databases' parsers see nothing
// that they would read differently, and no syntax.
func plain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	start := true // at the beginning of a word
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			i += plainRunes(&b, s[i:], &start)
			continue
		}
		i++
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			writeRune(&b, rune(c), &start)
		case 'A' <= c && c <= 'Z':
			writeRune(&b, rune(c)+'a'-'A', &start)
		case c == '\'' && !start && possessive(s[i:]):
			i++
			start = true
		default:
			start = true
		}
	}
	return b.String()
}

// plainRunes does the same for the run of runes beyond ASCII at the beginning
// of s, and returns how many bytes it took.
func plainRunes(b *strings.Builder, s string, start *bool) int {
	end := strings.IndexFunc(s, func(r rune) bool { return r < utf8.RuneSelf })
	if end < 0 {
		end = len(s)
	}
	// A run that ends before an "s" may end in a curly apostrophe.
	if before, cut := strings.CutSuffix(s[:end], "’"); cut && possessive(s[end:]) && (before != "" || !*start) {
		foldRunes(b, before, start)
		*start = true
		return end + 1
	}
	foldRunes(b, s[:end], start)
	return end
}

func foldRunes(b *strings.Builder, s string, start *bool) {
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.M, r):
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			*start = true
			writeRune(b, r, start)
			*start = true
		case unicode.IsLetter(r), unicode.IsDigit(r):
			for _, l := range lower(r) {
				writeRune(b, l, start)
			}
		default:
			*start = true
		}
	}
}

// lower folds a letter; those that decompose into no base letter are spelt out.
func lower(r rune) string {
	switch r = unicode.ToLower(r); r {
	case 'ı':
		return "i"
	case 'ß':
		return "ss"
	case 'ə':
		return "e"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ':
		return "d"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	}
	return string(r)
}

// possessive reports whether s, which follows an apostrophe, is an "s" that
// ends a word.
func possessive(s string) bool {
	if s == "" || s[0] != 's' && s[0] != 'S' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[1:])
	return len(s) == 1 || !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

func writeRune(b *strings.Builder, r rune, start *bool) {
	if *start && b.Len() > 0 {
		b.WriteByte(' ')
	}
	*start = false
	b.WriteRune(r)
}

// The kinds of tag.
const (
	tagActor   = "actor"
	tagDyad    = "dyad"
	tagTheme   = "theme"
	tagFocus   = "focus"
	tagMention = "mention"
	tagOutlet  = "outlet" // in the index only
)

// token is a tag as one word of the full-text index. It ends in a digit, so
// that no stemmer shortens it, and begins as no word does.
func token(kind, id string) string {
	return "zz" + kind + strings.ReplaceAll(strings.ToLower(id), "-", "9") + "0"
}

// fold makes names comparable: case, marks and punctuation do not count.
func fold(name string) string { return plain(name) }

// storable makes a string fit for both databases, which take no NUL and only
// valid UTF-8.
func storable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
