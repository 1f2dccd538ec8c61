package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxQuotation is how many bytes a quotation may have for its sentences to stay
// together.
const maxQuotation = 400

// quotations returns the quotations of a paragraph in order: from behind the mark
// that opens to the one that closes. One that nothing closes is none.
func quotations(s string) []Span {
	if !strings.ContainsAny(s, `"“«„`) {
		return nil
	}
	var all []Span
	open, by := -1, rune(0)
	before := ' '
	for i, r := range s {
		size := utf8.RuneLen(r)
		switch {
		case open >= 0 && i-open > maxQuotation:
			open = -1
		case open >= 0 && closesQuotation(by, r, before):
			all = append(all, Span{open, i})
			open = -1
		case open < 0 && opensQuotation(r, before):
			open, by = i+size, r
		}
		before = r
	}
	return all
}

func opensQuotation(r, before rune) bool {
	switch r {
	case '“', '«', '„':
		return true
	case '"':
		return unicode.IsSpace(before) || strings.ContainsRune("([—–-", before)
	}
	return false
}

func closesQuotation(by, r, before rune) bool {
	switch by {
	case '“':
		return r == '”' || r == '"' && !unicode.IsSpace(before)
	case '«':
		return r == '»'
	case '„':
		return r == '“' || r == '”'
	}
	return r == '"' && !unicode.IsSpace(before)
}
