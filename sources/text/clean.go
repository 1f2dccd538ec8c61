package text

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxPasses bounds how often Clean looks at one text again because taking
// something out made something new, as in "&am&#8203;p;lt;".
const maxPasses = 4

// Clean makes foreign plain text fit to be stored: valid UTF-8 in NFC, HTML
// entities decoded however often they were escaped, no control, bidi,
// zero-width, tag or private-use characters, spaces folded, the lines of a
// paragraph joined and paragraphs kept apart by one blank line. Clean of its
// own result changes nothing.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	return paragraphs(legible(s))
}

// Line is Clean for titles and names: one line.
func Line(s string) string {
	return strings.ReplaceAll(Clean(s), "\n\n", " ")
}

// plain reports whether s is ASCII that Clean would leave as it is.
func plain(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == '&' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

// legible decodes and takes out until nothing changes. What has still not come
// to rest by then was made to hide something; its ampersands go.
func legible(s string) string {
	for range maxPasses {
		next := decoded(visible(norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))))
		if next == s {
			return s
		}
		s = next
	}
	return visible(norm.NFC.String(strings.ReplaceAll(s, "&", "")))
}

// maxStacked is how many combining marks a letter may have: more of them is
// writing that runs into the lines above and below.
const maxStacked = 2

// visible maps every kind of space to a blank or a line feed and takes out what
// cannot be seen.
func visible(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	b.Grow(len(s))
	stacked := 0
	for _, r := range s {
		if stacked++; r < 0x300 || r > 0x36F {
			stacked = 0
		}
		switch {
		case stacked > maxStacked:
		case r == '\n' || ' ' <= r && r <= '~':
			b.WriteByte(byte(r))
		case r == '\r' || r == '\v' || r == 0x85 || r == 0x2028:
			b.WriteByte('\n')
		case r == '\f' || r == 0x2029:
			b.WriteString("\n\n")
		case r == '\t' || r == 0x2800 || unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case !hidden(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hidden reports whether a character shows nothing, or not the same everywhere.
func hidden(r rune) bool {
	switch {
	case r < 0xA0:
		return unicode.IsControl(r)
	case r < 0x300:
		return r == 0xAD // the soft hyphen
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false // format characters of Arabic that are seen
	}
	return unicode.In(r, unicode.Cf, unicode.Co, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point) || r == 0xFFFC
}

// decoded decodes the entities that end in a semicolon, in one pass, and again
// where a decoded ampersand begins another one.
func decoded(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	in, out := []byte(s), make([]byte, 0, len(s))
	for i := 0; i < len(in); {
		value, n := "", 0
		if in[i] == '&' {
			value, n = entity(in[i:])
		}
		switch {
		case n == 0:
			out = append(out, in[i])
			i++
		case value == "&":
			i += n - 1
			in[i] = '&'
		default:
			out = append(out, value...)
			i += n
		}
	}
	return string(out)
}

// entity decodes the entity that in begins with; n is its length, 0 where there
// is none. Entities without a semicolon are not decoded: in plain text they are
// far more often the parameters of an address.
func entity(in []byte) (value string, n int) {
	const longest = len("&CounterClockwiseContourIntegral;")
	for i := 1; i < len(in) && i < longest; i++ {
		c := in[i]
		if c == ';' {
			n = i + 1
			break
		}
		if c != '#' && !('0' <= c && c <= '9') && !('a' <= c|0x20 && c|0x20 <= 'z') {
			return "", 0
		}
	}
	if n < 3 {
		return "", 0
	}
	raw := string(in[:n])
	value = html.UnescapeString(raw)
	if value == raw || strings.HasSuffix(value, ";") && raw != "&semi;" && raw != "&#59;" {
		return "", 0
	}
	return value, n
}

// paragraphs folds spaces, joins lines and sets one blank line between
// paragraphs.
func paragraphs(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	breaks, gap := 0, false
	for _, r := range s {
		switch r {
		case '\n':
			breaks++
		case ' ':
			gap = true
		default:
			if b.Len() > 0 && breaks > 1 {
				b.WriteString("\n\n")
			} else if b.Len() > 0 && (gap || breaks > 0) {
				b.WriteByte(' ')
			}
			breaks, gap = 0, false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Trim cuts s at a word so that it has at most so many characters, the "…" that
// it adds among them. A text that is short enough is left as it is.
func Trim(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	if runes < 1 {
		return ""
	}
	cut, at := 0, 0
	for i, r := range s {
		if at == runes-1 {
			if unicode.IsSpace(r) || cut < i/2 {
				cut = i
			}
			break
		}
		if unicode.IsSpace(r) {
			cut = i
		}
		at++
	}
	return strings.TrimRight(s[:cut], " \n\t.,;:–—-(“\"") + "…"
}
