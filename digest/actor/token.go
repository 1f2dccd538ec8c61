package actor

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// shape is how a token is written.
type shape uint8

const (
	small   shape = iota // "turkey"
	capital              // "Turkey"
	upper                // "TURKEY", "U.S."
	mixed                // "AfD", "TotalEnergies": two capitals and more
)

// maxToken is the length in bytes of the longest token that is kept apart; what
// is longer is no name's part.
const maxToken = 40

// token is one word of a text: its folded letters stand in the reader's buffer.
type token struct {
	end    int // where it ends in the text, a final dot of "U.S." included
	length int // of the folded form, 0 when it is too long
	shape  shape
}

// folder reads tokens and keeps the folded form of the last one.
type folder struct {
	buf [maxToken + utf8.UTFMax]byte
}

// word is the folded form of t, valid until the next read.
func (f *folder) word(t token) []byte { return f.buf[:t.length] }

// read reads the token that starts at i, where a letter or a digit stands. A
// dotted abbreviation ("U.S.", "D.R.C.") is one token without its dots.
func (f *folder) read(s string, i int) token {
	var t token
	var k cases
	dotted := false
	for i < len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z':
			k.lowers++
			f.put(&t, c)
		case 'A' <= c && c <= 'Z':
			k.first = k.first || t.length == 0
			k.uppers++
			f.put(&t, c+'a'-'A')
		case '0' <= c && c <= '9', c == '+' && t.length > 1 && !letterAt(s, i+1):
			f.put(&t, c)
		case c == '.' && dots(s, i, dotted):
			dotted = true
		case c < utf8.RuneSelf:
			return t.done(i, k)
		default:
			n := f.letter(&t, &k, s[i:])
			if n == 0 {
				return t.done(i, k)
			}
			i += n - 1
		}
		i++
	}
	return t.done(i, k)
}

// cases counts a token's capitals and small letters.
type cases struct {
	uppers, lowers int
	first          bool // it begins with a capital
}

// letter adds the letter beyond ASCII that s begins with, and gives its length;
// 0 where none does.
func (f *folder) letter(t *token, k *cases, s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsUpper(r):
		k.first = k.first || t.length == 0
		k.uppers++
	case unicode.IsLower(r):
		k.lowers++
	case !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !unicode.IsDigit(r):
		return 0
	}
	f.putRune(t, s[:n], r)
	return n
}

// dots reports whether the dot at i belongs to an abbreviation: it stands
// between two single letters, or ends such a run.
func dots(s string, i int, dotted bool) bool {
	if i < 1 || !asciiLetter(s[i-1]) || (i >= 2 && wordByte(s[i-2])) {
		return false
	}
	if i+1 < len(s) && asciiLetter(s[i+1]) {
		return i+2 >= len(s) || !wordByte(s[i+2])
	}
	return dotted
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func wordByte(c byte) bool {
	return asciiLetter(c) || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}

func letterAt(s string, i int) bool { return i < len(s) && wordByte(s[i]) }

func (f *folder) put(t *token, c byte) {
	if t.length <= maxToken {
		f.buf[t.length] = c
		t.length++
	}
}

// putRune adds a letter beyond ASCII without its marks.
func (f *folder) putRune(t *token, written string, r rune) {
	switch r {
	case 'ı', 'İ':
		f.put(t, 'i')
		return
	case 'ə', 'Ə':
		f.put(t, 'e')
		return
	case 'ß':
		f.put(t, 's')
		f.put(t, 's')
		return
	case 'ø', 'Ø':
		f.put(t, 'o')
		return
	case 'ł', 'Ł':
		f.put(t, 'l')
		return
	case 'đ', 'Đ', 'ð', 'Ð':
		f.put(t, 'd')
		return
	}
	if unicode.Is(unicode.Mn, r) {
		return
	}
	if d := norm.NFD.PropertiesString(written).Decomposition(); len(d) > 0 && d[0] < utf8.RuneSelf {
		f.put(t, d[0]|0x20)
		return
	}
	if t.length <= maxToken {
		t.length += utf8.EncodeRune(f.buf[t.length:], unicode.ToLower(r))
	}
}

// done ends a token at i.
func (t token) done(i int, k cases) token {
	t.end = i
	if t.length > maxToken {
		t.length = 0
	}
	switch {
	case k.uppers > 0 && k.lowers == 0:
		t.shape = upper
	case k.uppers > 1:
		t.shape = mixed
	case k.first:
		t.shape = capital
	default:
		t.shape = small
	}
	return t
}
