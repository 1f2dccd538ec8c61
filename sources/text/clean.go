package text

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxDecodes bounds how often entities are decoded: feeds that escape twice are
// common, and more than that is somebody's game.
const maxDecodes = 2

// Clean turns foreign plain text into text as it is stored: valid UTF-8 in NFC,
// entities decoded, without control, bidirectional, zero-width and tag
// characters, with paragraphs apart by one blank line and single spaces within
// them. Cleaning twice changes nothing more.
func Clean(s string) string {
	s = decode(strings.ToValidUTF8(s, ""))
	s = norm.NFC.String(strings.Map(visible, s))
	var paragraphs []string
	for _, p := range paragraphsOf(s) {
		if line := strings.Join(strings.Fields(p), " "); line != "" {
			paragraphs = append(paragraphs, line)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// Line is Clean for what has one line: titles and names.
func Line(s string) string {
	return strings.Join(strings.Fields(Clean(s)), " ")
}

func decode(s string) string {
	for range maxDecodes {
		if !strings.Contains(s, "&") {
			break
		}
		s = html.UnescapeString(s)
	}
	return s
}

// visible drops the characters that no reader sees and that a platform, or a
// reader's eye, might obey.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\u2029':
		return '\n'
	case r == '\r':
		return '\n'
	case r == '\t' || r == '\u2028' || unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.IsControl(r), r == '\u00ad', r == unicode.ReplacementChar:
		return -1
	case r == '\u200c' || r == '\u200d': // joiners, which Persian and Indian scripts need
		return r
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), r >= 0xfe00 && r <= 0xfe0f:
		return -1
	}
	return r
}

var blankLine = regexp.MustCompile(`\n[ ]*\n\s*`)

// paragraphsOf splits at blank lines. Where there is none, it splits at line
// ends, unless the lines were cut at a width.
func paragraphsOf(s string) []string {
	if ps := blankLine.Split(strings.TrimSpace(s), -1); len(ps) > 1 {
		return ps
	}
	lines := strings.Split(strings.TrimSpace(s), "\n")
	if wrapped(lines) {
		return []string{s}
	}
	return lines
}

// wrapped reports whether lines were cut at a width: most end in mid-sentence.
func wrapped(lines []string) bool {
	if len(lines) < 2 {
		return false
	}
	open := 0
	for _, l := range lines[:len(lines)-1] {
		l = strings.TrimRight(l, " \"'”’)")
		if l != "" && !strings.ContainsAny(l[len(l)-1:], ".!?:;") && len(l) < 100 {
			open++
		}
	}
	return 2*open > len(lines)-1
}

// Trim shortens s to at most so many runes, at a word's end, and adds "…".
func Trim(s string, runes int) string {
	if len(s) <= runes {
		return s
	}
	rs := []rune(s)
	if len(rs) <= runes {
		return s
	}
	cut := string(rs[:max(0, runes-1)])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-") + "…"
}
