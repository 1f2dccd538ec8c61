package ask

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a number or a mark of a question, in lower case.
type token struct {
	text       string
	start, end int
	num        int  // the value of a number of up to four digits; -1 for anything else
	digits     int  // how many digits the number was written with
	gap        bool // white space stands before it
	upper      bool // written in capitals only
	title      bool // written with a capital first
}

// tokens cuts a question up: letters from digits ("48h" is two), dashes of all
// kinds made "-", an apostrophe inside a word kept.
func tokens(q string) []token {
	var out []token
	gap := true
	for i := 0; i < len(q); {
		r, size := utf8.DecodeRuneInString(q[i:])
		if unicode.IsSpace(r) {
			gap = true
			i += size
			continue
		}
		end := i + size
		switch {
		case isDigit(r):
			for end < len(q) && isDigit(rune(q[end])) {
				end++
			}
		case unicode.IsLetter(r):
			end = wordEnd(q, end)
		}
		out = append(out, makeToken(q[i:end], i, end, gap))
		gap = false
		i = end
	}
	return out
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func wordEnd(q string, end int) int {
	for end < len(q) {
		r, size := utf8.DecodeRuneInString(q[end:])
		if r == '’' || r == '\'' {
			next, _ := utf8.DecodeRuneInString(q[end+size:])
			if !unicode.IsLetter(next) {
				return end
			}
		} else if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			return end
		}
		end += size
	}
	return end
}

func makeToken(raw string, start, end int, gap bool) token {
	t := token{text: strings.ReplaceAll(strings.ToLower(raw), "’", "'"), start: start, end: end, num: -1, gap: gap}
	switch r, _ := utf8.DecodeRuneInString(raw); {
	case isDigit(r):
		t.digits = len(raw)
		if len(raw) <= 4 {
			t.num, _ = strconv.Atoi(raw)
		}
	case strings.ContainsRune("-–—−~‐‑", r):
		t.text = "-"
	case unicode.IsUpper(r):
		t.title = true
		t.upper = raw == strings.ToUpper(raw)
	}
	return t
}
