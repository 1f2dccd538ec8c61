package theme

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"attache/sources/text"
)

//go:embed themes.txt
var themesFile string

// load reads the embedded list, once.
var load = sync.OnceValue(func() *list {
	l, err := parse(themesFile)
	if err != nil {
		panic(err) // the list is part of the program, and its test reads it
	}
	return l
})

// entry is a theme of the list with all that tells it.
type entry struct {
	Theme
	aliases []string           // folded; what people type for it
	actors  map[string]bool    // ids of actors that hint at it
	kinds   map[string]bool    // kinds of actor that hint at it
	words   map[string]float64 // phrase as written, weight
	hidden  bool               // no subject of the list: "other" and "none"
}

// list is the file of themes.
type list struct {
	entries []*entry
}

// parse reads the list in the form that its head describes.
func parse(file string) (*list, error) {
	l := &list{}
	var e *entry
	for n, line := range strings.Split(file, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if head, ok := strings.CutPrefix(line, "= "); ok {
			e = newEntry(head)
			l.entries = append(l.entries, e)
			continue
		}
		if e == nil {
			return nil, fmt.Errorf("themes, line %d: no theme yet", n+1)
		}
		if err := e.read(line); err != nil {
			return nil, fmt.Errorf("themes, line %d: %w", n+1, err)
		}
	}
	return l, nil
}

// newEntry reads "id | name | group | IPTC | GDELT".
func newEntry(head string) *entry {
	f := strings.Split(head, "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	f = append(f, "", "", "", "")
	return &entry{
		Theme:  Theme{ID: f[0], Name: f[1], Group: f[2], IPTC: f[3], GDELT: f[4]},
		actors: map[string]bool{}, kinds: map[string]bool{}, words: map[string]float64{},
		hidden: f[1] == "",
	}
}

// read adds one line of names, actors or words.
func (e *entry) read(line string) error {
	if names, ok := strings.CutPrefix(line, "~ "); ok {
		for _, name := range commas(names) {
			e.aliases = append(e.aliases, text.Fold(name))
		}
		return nil
	}
	if actors, ok := strings.CutPrefix(line, "@ "); ok {
		for id := range strings.FieldsSeq(actors) {
			if kind, ok := strings.CutPrefix(id, "kind:"); ok {
				e.kinds[kind] = true
				continue
			}
			e.actors[id] = true
		}
		return nil
	}
	weight, words, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("%q is no list of words", line)
	}
	w, err := strconv.ParseFloat(weight, 64)
	if err != nil {
		return fmt.Errorf("reading a weight: %w", err)
	}
	for _, word := range commas(words) {
		if old, ok := e.words[word]; ok && old != w {
			return fmt.Errorf("%q has two weights in %s", word, e.ID)
		}
		e.words[word] = w
	}
	return nil
}

// commas splits at commas and leaves out what is empty.
func commas(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// All returns the themes, in the order of the list.
func All() []Theme {
	var out []Theme
	for _, e := range load().entries {
		if !e.hidden {
			out = append(out, e.Theme)
		}
	}
	return out
}

// Lookup returns the theme with this id.
func Lookup(id string) (Theme, bool) {
	for _, e := range load().entries {
		if e.ID == id && !e.hidden {
			return e.Theme, true
		}
	}
	return Theme{}, false
}

// Resolve finds the themes that a person means by a name: a theme's id, name or
// alias, or a group, which means all of its themes ("energy": oil and gas). When
// there is none, nearest holds the names that are spelled most like it, at most
// three.
func Resolve(name string) (ids, nearest []string) {
	name = strings.Join(strings.Fields(strings.ReplaceAll(text.Fold(name), "-", " ")), " ")
	if name == "" {
		return nil, nil
	}
	var group []string
	for _, e := range load().entries {
		switch {
		case e.hidden:
		case e.called(name):
			ids = append(ids, e.ID)
		case e.Group == name:
			group = append(group, e.ID)
		}
	}
	switch {
	case len(ids) > 0:
		return ids, nil
	case len(group) > 0:
		return group, nil
	}
	return nil, near(name)
}

// called reports whether a folded name without hyphens is one of the theme's.
func (e *entry) called(name string) bool {
	if name == strings.ReplaceAll(e.ID, "-", " ") || name == text.Fold(e.Name) {
		return true
	}
	return slices.ContainsFunc(e.aliases, func(a string) bool { return strings.ReplaceAll(a, "-", " ") == name })
}

// near returns the names of the themes and groups that are spelled most like a
// folded name.
func near(name string) []string {
	const most = 3
	type candidate struct {
		name string
		far  int
	}
	limit := 1 + len(name)/6
	var found []candidate
	for _, e := range load().entries {
		if e.hidden {
			continue
		}
		best := candidate{e.Name, text.Slips(name, text.Fold(e.Name), limit)}
		for _, a := range e.aliases {
			best.far = min(best.far, text.Slips(name, a, limit))
		}
		if far := text.Slips(name, e.Group, limit); far < best.far {
			best = candidate{e.Group, far}
		}
		if best.far <= limit && !slices.Contains(found, best) {
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.far - b.far })
	var out []string
	for _, c := range found[:min(len(found), most)] {
		out = append(out, c.name)
	}
	return out
}
