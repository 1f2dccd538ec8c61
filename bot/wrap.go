package bot

import (
	"strings"
	"unicode/utf8"
)

// Units is the length of a text in UTF-16 units: the most that a platform counts.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += unitsOf(r)
	}
	return n
}

func unitsOf(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// Wrapper breaks text that is longer than a platform takes. It measures in bytes the
// escape that a text begins with, which is never broken; 0 for none.
type Wrapper func(s string) int

// Split breaks a line, given as its words, into pieces of at most so many units: at
// spaces, else within a word, and never within an escape. Joined by spaces, the
// pieces of a line whose words are short are the line.
func (w Wrapper) Split(words []string, most int) []string {
	var pieces []string
	piece, length := "", -1 // -1: nothing in it
	add := func(s string) {
		n := Units(s)
		if length >= 0 && length+1+n > most {
			pieces = append(pieces, piece)
			piece, length = "", -1
		}
		if length >= 0 {
			piece, length = piece+" "+s, length+1+n
			return
		}
		piece, length = s, n
	}
	for _, word := range words {
		for _, part := range w.cut(word, most) {
			add(part)
		}
	}
	if length >= 0 {
		pieces = append(pieces, piece)
	}
	return pieces
}

// cut breaks a word that is too long.
func (w Wrapper) cut(word string, most int) []string {
	var parts []string
	for Units(word) > most {
		end, n := 0, 0
		for end < len(word) {
			size, length := w.sign(word[end:])
			if n+length > most {
				break
			}
			end, n = end+size, n+length
		}
		parts, word = append(parts, word[:end]), word[end:]
	}
	return append(parts, word)
}

// sign measures what a text begins with: an escape or a rune, in bytes and units.
func (w Wrapper) sign(s string) (size, length int) {
	if n := w(s); n > 0 {
		return n, Units(s[:n])
	}
	r, size := utf8.DecodeRuneInString(s)
	return size, unitsOf(r)
}

// Shorten cuts a text that has no room, at a word where there is one.
func (w Wrapper) Shorten(s string, most int) string {
	if Units(s) <= most {
		return s
	}
	return w.Split(strings.Split(s, " "), most-1)[0] + "…"
}
