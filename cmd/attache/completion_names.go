package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"attache/config"
	"attache/digest/archive"
)

// completeName answers where the line is at a name: the value of --source or
// --desk, or what sources remove takes. Names have spaces, and the library for the
// rest splits at each. It is false where the line is at something else.
func completeName(s *streams) bool {
	line := s.env("COMP_LINE")
	if point, err := strconv.Atoi(s.env("COMP_POINT")); err == nil && point >= 0 && point < len(line) {
		line = line[:point]
	}
	words, quote := shellWords(line)
	last := len(words) - 1
	if last < 1 {
		return false
	}
	flag, begun, prefix := words[last-1], words[last], ""
	if name, value, joined := strings.Cut(begun, "="); joined && strings.HasPrefix(name, "--") {
		flag, begun, prefix = name, value, name+"="
	}
	var names []string
	switch {
	case flag == "--source":
		names = configNames(s, words, sourceNames)
	case flag == "--desk":
		names = configNames(s, words, deskNames)
	case last == 3 && words[1] == "sources" && words[2] == "remove" && !strings.HasPrefix(begun, "-"):
		names = addedNames(s, words)
	default:
		return false
	}
	if s.env("ATTACHE_SHELL") != "fish" {
		prefix = "" // bash takes "=" for the end of a word
	}
	for _, name := range names {
		if strings.HasPrefix(strings.ToLower(name), strings.ToLower(begun)) {
			fmt.Fprintln(s.out, prefix+forShell(s, name, quote))
		}
	}
	return true
}

// addedNames are those of the sources that were added. There are none where the
// archive can't be read; a shell has no place for errors.
func addedNames(s *streams, line []string) []string {
	c, err := config.Load(configOf(s, line))
	if err != nil {
		return nil
	}
	ctx := context.Background()
	_, store, err := archive.Examine(ctx, c.Database.Value())
	if err != nil || store == nil {
		return nil
	}
	defer func() { _ = store.Close() }() // it was only read
	added, err := store.AddedSources(ctx)
	if err != nil {
		return nil
	}
	names := make([]string, len(added))
	for i, a := range added {
		names[i] = a.Name
	}
	slices.Sort(names)
	return names
}

// forShell is a name as it goes on in the line: within the quotes that were begun,
// or with a backslash before what the shell would take apart. Fish quotes by
// itself.
func forShell(s *streams, name string, quote rune) string {
	if quote != 0 || s.env("ATTACHE_SHELL") == "fish" {
		return name
	}
	var b strings.Builder
	for _, r := range name {
		if strings.ContainsRune(" \t'\"\\$`!&;|<>()[]{}*?#~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// shellWords takes a line apart as a shell does, the last word being the one that
// is typed, maybe empty. The quote is the one that is open in it; 0 for none.
func shellWords(line string) (words []string, quote rune) {
	var word strings.Builder
	escaped, within := false, false
	for _, r := range line {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			escaped, within = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, within = r, true
		case quote == 0 && (r == ' ' || r == '\t'):
			if within {
				words = append(words, word.String())
				word.Reset()
			}
			within = false
		default:
			word.WriteRune(r)
			within = true
		}
	}
	return append(words, word.String()), quote
}
