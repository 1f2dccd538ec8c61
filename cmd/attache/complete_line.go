package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// completer completes the word before the cursor when Tab is pressed: with what all
// the words that may stand there begin with, and where that is nothing new, it
// lists them.
func completer(words func(before string) []string, list io.Writer) func(line string, pos int, key rune) (string, int, bool) {
	return func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' {
			return "", 0, false
		}
		before, after := line[:pos], line[pos:]
		found := words(before)
		if len(found) == 0 {
			return line, pos, true
		}
		kept, typed := typedWord(before, found)
		whole := commonBegin(found)
		if len(found) == 1 {
			whole = found[0] + " "
		}
		if len(found) > 1 && len(whole) <= len(typed) {
			fmt.Fprintln(list, strings.Join(found, "  "))
			return line, pos, true
		}
		return kept + whole + after, len(kept + whole), true
	}
}

// typedWord takes a line before the cursor apart into what stays and what the words
// take the place of: the longest end of it that they all begin with, in any case.
func typedWord(before string, words []string) (kept, typed string) {
	for at := range before {
		if at > 0 && before[at-1] != ' ' {
			continue
		}
		if begins(words, before[at:]) {
			return before[:at], before[at:]
		}
	}
	return before, ""
}

// begins reports whether all words begin with a text, in any case.
func begins(words []string, with string) bool {
	for _, w := range words {
		if len(w) < len(with) || !strings.EqualFold(w[:len(with)], with) {
			return false
		}
	}
	return true
}

// commonBegin is what all words begin with, as the first has it.
func commonBegin(words []string) string {
	common := words[0]
	for !begins(words, common) {
		_, size := utf8.DecodeLastRuneInString(common)
		common = common[:len(common)-size]
	}
	return common
}
