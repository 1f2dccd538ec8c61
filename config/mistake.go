package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Mistake is one thing that is wrong with a config.
type Mistake struct {
	File string
	Pos  Pos
	Text string // what is wrong and what was expected
}

// Error gives "attache.yaml:4:9: sources[0].rating: …".
func (m *Mistake) Error() string {
	var b strings.Builder
	b.WriteString(m.File)
	if m.Pos.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", m.Pos.Line, m.Pos.Column)
	}
	if m.Pos.Path != "" {
		b.WriteString(": " + m.Pos.Path)
	}
	return b.String() + ": " + m.Text
}

// Mistakes are all that is wrong with a config, in its order.
type Mistakes []*Mistake

// Error gives one line for each mistake.
func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, mistake := range m {
		lines[i] = mistake.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the mistakes one by one.
func (m Mistakes) Unwrap() []error {
	all := make([]error, len(m))
	for i, mistake := range m {
		all[i] = mistake
	}
	return all
}

func (m Mistakes) sorted() Mistakes {
	slices.SortStableFunc(m, func(a, b *Mistake) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column), cmp.Compare(a.File, b.File))
	})
	return m
}

// quote puts a word of the config into a mistake.
func quote(word string) string { return strconv.Quote(word) }

// where names a position in the text of a mistake.
func (p Pos) where() string { return p.Path + " (line " + strconv.Itoa(p.Line) + ")" }

// wrong records what is wrong at a position.
func (r *reader) wrong(at Pos, text string) {
	r.mistakes = append(r.mistakes, &Mistake{r.file, at, text})
}

// isWrong reports whether there is a mistake in a key's value, of which what is
// missing elsewhere may come.
func (r *reader) isWrong(path string) bool {
	return slices.ContainsFunc(r.mistakes, func(m *Mistake) bool {
		return m.Pos.Path == path || strings.HasPrefix(m.Pos.Path, path+".")
	})
}

// repeated records what a position shares with one before it, and may not.
func (r *reader) repeated(at, first Pos, what string) {
	r.wrong(at, what+" is that of "+first.where()+" too")
}

// At is a mistake at a position of the config, for what others find wrong with it.
func (c *Config) At(pos Pos, format string, args ...any) *Mistake {
	return &Mistake{File: c.file, Pos: pos, Text: fmt.Sprintf(format, args...)}
}

// Nearest is the known word that a mistyped one was meant to be; empty where
// none is near.
func Nearest(word string, known []string) string {
	best, least := "", max(1, len(word)/3)+1
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance counts the bytes to insert, delete, replace or swap with their
// neighbour that lie between a and b.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			row[j+1] = min(last[j]+change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
