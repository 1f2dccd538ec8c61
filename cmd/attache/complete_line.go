package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"attache/bot"
)

// mostListed is how many words are listed that may stand in a place.
const mostListed = 12

// completer completes what stands before the cursor when Tab is pressed. What finds
// the words that may stand there says from which byte on they do. It puts what they
// all begin with; where that is nothing new, it lists them.
func completer(find func(before string) (from int, words []string), list io.Writer) func(line string, pos int, key rune) (string, int, bool) {
	return func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' {
			return "", 0, false
		}
		from, words := find(line[:pos])
		if len(words) == 0 {
			return line, pos, true
		}
		whole := commonBegin(words)
		if len(words) == 1 {
			whole += " "
		}
		if len(words) > 1 && utf8.RuneCountInString(whole) <= utf8.RuneCountInString(line[from:pos]) {
			more := ""
			if len(words) > mostListed {
				words, more = words[:mostListed], "  …"
			}
			fmt.Fprintln(list, strings.Join(words, "  ")+more)
			return line, pos, true
		}
		return line[:from] + whole + line[pos:], from + len(whole), true
	}
}

// commonBegin is what all words begin with, in any case, as the first has it.
func commonBegin(words []string) string {
	common := words[0]
	for _, w := range words[1:] {
		for !strings.HasPrefix(strings.ToLower(w), strings.ToLower(common)) {
			_, size := utf8.DecodeLastRuneInString(common)
			common = common[:len(common)-size]
		}
	}
	return common
}

// complete finds the words that may stand at the end of a line: commands, and what
// their options take; in a question, names.
func (t *talk) complete(ctx context.Context, before string) (from int, words []string) {
	line := strings.TrimLeft(before, " ")
	start := len(before) - len(line)
	name, rest, spoken := strings.Cut(strings.TrimPrefix(line, "/"), " ")
	start += len(line) - len(strings.TrimPrefix(line, "/"))
	if strings.HasPrefix(line, "/") && spoken && strings.EqualFold(name, "attache") {
		start += len(name) + 1
		name, rest, spoken = strings.Cut(rest, " ")
	}
	i := slices.IndexFunc(bot.Commands(), func(c bot.Command) bool { return c.Name == strings.ToLower(name) })
	switch {
	case !spoken:
		if words = t.handler.Complete(ctx, t.place(), "", "", name); len(words) > 0 || strings.HasPrefix(line, "/") {
			return start, words
		}
		rest = name
	case i >= 0:
		start += len(name) + 1
	default:
		rest = name + " " + rest
	}
	command := "latest" // whose names a question has
	if i >= 0 && spoken {
		command = strings.ToLower(name)
	}
	return t.completeOption(ctx, command, start, rest)
}

// completeOption finds what the options of a command take, where the longest end of
// what was typed begins a value. The first byte of rest is the line's start.
func (t *talk) completeOption(ctx context.Context, name string, start int, rest string) (from int, words []string) {
	for at := range len(rest) + 1 {
		if at > 0 && rest[at-1] != ' ' || at == len(rest) && at > 0 {
			continue
		}
		for _, c := range bot.Commands() {
			if c.Name != name {
				continue
			}
			for _, o := range c.Options {
				words = append(words, t.handler.Complete(ctx, t.place(), name, o.Name, rest[at:])...)
			}
		}
		if len(words) > 0 {
			return start + at, fitting(words, rest[at:])
		}
	}
	return start, nil
}

// fitting are the words that begin as was typed, each once; where none does, those
// that fit in another way.
func fitting(words []string, typed string) []string {
	fold := func(s string) string { return strings.ReplaceAll(strings.ToLower(s), "–", "-") }
	var begin, other []string
	for _, w := range words {
		switch {
		case slices.Contains(begin, w) || slices.Contains(other, w):
		case strings.HasPrefix(fold(w), fold(typed)):
			begin = append(begin, w)
		default:
			other = append(other, w)
		}
	}
	if len(begin) > 0 {
		return begin
	}
	return other
}
