package ask

import (
	"fmt"
	"slices"
	"strings"

	"attache/digest/theme"
)

// countLines is the most articles that a count lists.
const countLines = 8

// writeCount says how many articles there are, copies left out, and shows them:
// one line an article.
func (f *findings) writeCount() {
	if len(f.fit) == 0 {
		return
	}
	origins := 0
	for _, t := range f.stories {
		origins += len(t.origins)
	}
	text := plural(len(f.fit), "article") + " without copies"
	if f.all > len(f.fit) {
		text += fmt.Sprintf(" (%d with them)", f.all)
	}
	text += " · " + plural(len(f.stories), "story") + " · " + plural(origins, "origin")
	f.add(Line{Kind: Counted, Text: text})
	f.order()
	for _, t := range f.stories {
		for i, c := range t.fit {
			line, ok := f.line(c, t)
			if !ok || len(f.answer.Lines) > countLines {
				continue
			}
			if i == 0 {
				line.Figures = f.differences(t, c)
			}
			f.add(line)
		}
	}
	f.answer.Searched.Shown = len(f.stories)
}

// plural is "1 story", "2 stories".
func plural(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "y"):
		noun = noun[:len(noun)-1] + "ies"
	default:
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// side is one of the two things that are compared.
type side struct {
	name    string
	has     func(candidate) bool
	fit     []candidate
	stories map[int64]bool
	origins map[string]bool
	themes  map[string]map[int64]bool
}

// sides are the two things that the question compares: two pairs, two outlets or
// two actors.
func (f *findings) sides() []*side {
	var out []*side
	s := f.slots
	switch {
	case len(s.Pairs) > 1:
		for _, d := range s.Pairs[:2] {
			out = append(out, &side{name: f.Actors.DyadName(d), has: func(c candidate) bool { return hasDyad(c.Entry, d.String()) }})
		}
	case len(s.Outlets) > 1:
		for _, o := range s.Outlets[:2] {
			out = append(out, &side{name: o, has: func(c candidate) bool { return sameName(o, c.Outlet) }})
		}
	case len(s.Actors) > 1:
		for _, id := range s.Actors[:2] {
			out = append(out, &side{name: f.Actors.Name(id), has: func(c candidate) bool { return aboutness(c.Entry, id) >= 0.6 }})
		}
	}
	return out
}

// writeCompare counts two sides beside each other, and shows for each the story
// of the most origins.
func (f *findings) writeCompare() {
	sides := f.sides()
	if len(sides) != 2 || len(f.fit) == 0 {
		f.writeLatest()
		return
	}
	for _, s := range sides {
		s.tally(f.fit)
	}
	a, b := sides[0], sides[1]
	row := func(label, x, y string) { f.add(Line{Kind: Counted, Label: label, Text: x + " · " + y}) }
	f.add(Line{Kind: Counted, Label: "Compared", Text: a.name + " · " + b.name})
	row("Articles", fmt.Sprint(len(a.fit)), fmt.Sprint(len(b.fit)))
	row("Stories", fmt.Sprint(len(a.stories)), fmt.Sprint(len(b.stories)))
	row("Origins", fmt.Sprint(len(a.origins)), fmt.Sprint(len(b.origins)))
	row("Themes, stories", a.themeCounts(), b.themeCounts())
	both := 0
	for id := range a.stories {
		if b.stories[id] {
			both++
		}
	}
	f.add(Line{Kind: Counted, Label: "In both", Text: plural(both, "story")})
	shown := map[int64]bool{}
	for _, s := range sides {
		if c, t, ok := s.most(f); ok {
			if line, ok := f.line(c, t); ok {
				line.Label = "Most origins, " + s.name
				if f.said(line) {
					f.add(Line{Kind: Counted, Label: line.Label, Text: "the same story"})
					continue
				}
				line.Figures = f.differences(t, c)
				f.add(line)
				shown[c.Story] = true
			}
		}
	}
	f.answer.Searched.Shown = len(shown)
}

func (s *side) tally(fit []candidate) {
	s.stories, s.origins, s.themes = map[int64]bool{}, map[string]bool{}, map[string]map[int64]bool{}
	for _, c := range fit {
		if !s.has(c) {
			continue
		}
		s.fit = append(s.fit, c)
		s.stories[c.Story] = true
		s.origins[fmt.Sprint(c.Story, originOf(c))] = true
		for _, t := range c.Themes {
			if s.themes[t.Theme] == nil {
				s.themes[t.Theme] = map[int64]bool{}
			}
			s.themes[t.Theme][c.Story] = true
		}
	}
}

// themeCounts are the three themes with the most stories: "arms trade 3, gas 1".
func (s *side) themeCounts() string {
	ids := make([]string, 0, len(s.themes))
	for id := range s.themes {
		if id != theme.Other {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		if n := len(s.themes[b]) - len(s.themes[a]); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	var parts []string
	for _, id := range ids[:min(3, len(ids))] {
		name := id
		if t, ok := theme.Lookup(id); ok {
			name = t.Name
		}
		parts = append(parts, fmt.Sprintf("%s %d", name, len(s.themes[id])))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// most is the side's newest article of the story with the most origins.
func (s *side) most(f *findings) (best candidate, of *told, ok bool) {
	for _, c := range s.fit {
		t := f.loaded[c.Story]
		if !ok || len(t.origins) > len(of.origins) || t == of && c.At.After(best.At) {
			best, of, ok = c, t, true
		}
	}
	return best, of, ok
}
