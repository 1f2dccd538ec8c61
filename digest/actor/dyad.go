package actor

import (
	"cmp"
	"slices"
	"strings"
)

// side is a run of actors that act together, or are acted on together: "Israeli
// and Turkish".
type side struct {
	actors     []int32
	start, end int
}

// dyads finds who acts on whom, sentence by sentence.
func (c *Catalogue) dyads(parts []part, about []About) []Acting {
	central := map[string]float64{}
	for _, a := range about {
		central[a.Actor] = a.Weight
	}
	found := map[Dyad]*Acting{}
	for n, p := range parts {
		for i, sp := range sentences(p.text) {
			weight := 1.0
			switch {
			case n == 0:
				weight = 3
			case i == 0:
				weight = 3
			}
			for _, j := range c.joined(p.text, sp, p.hits) {
				a := found[j.dyad]
				if a == nil {
					a = &Acting{Dyad: j.dyad, Why: j.why}
					found[j.dyad] = a
				}
				a.Weight += weight
			}
		}
	}
	out := make([]Acting, 0, len(found))
	top := 0.0
	for _, a := range found {
		top = max(top, a.Weight)
		out = append(out, *a)
	}
	for i := range out {
		out[i].Weight = float64(int(100*out[i].Weight/top)) / 100
	}
	slices.SortFunc(out, func(a, b Acting) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(a.Dyad.String(), b.Dyad.String()))
	})
	return out
}

// joint is a pair that one sentence joins.
type joint struct {
	dyad Dyad
	why  string
}

// joined gives the pairs that a sentence joins by an act or a relation.
func (c *Catalogue) joined(text string, sp span, hits []hit) []joint {
	sides := c.sides(text, sp, hits)
	var out []joint
	add := func(a, b side) {
		for _, x := range a.actors {
			for _, y := range b.actors {
				if x == y {
					continue
				}
				from, to := min(a.start, b.start), max(a.end, b.end)
				out = append(out, joint{Pair(c.actors[x].ID, c.actors[y].ID), quote(text[from:to])})
			}
		}
	}
	if len(sides) == 0 {
		return nil
	}
	if first := sides[0]; len(first.actors) > 1 && len(sides) == 1 {
		add(first, first)
	}
	if len(sides) > 1 {
		add(sides[0], sides[1])
		if len(sides[0].actors) > 1 {
			add(sides[0], sides[0])
		}
	}
	return out
}

// sides groups the hits of a sentence by "and" and commas.
func (c *Catalogue) sides(text string, sp span, hits []hit) []side {
	var out []side
	for _, h := range hits {
		if h.start < sp.start || h.end > sp.end {
			continue
		}
		a := c.states[h.actor]
		if a < 0 {
			a = h.actor
		}
		if n := len(out); n > 0 {
			last := &out[n-1]
			if coordinated(text[last.end:h.start]) {
				last.end = h.end
				if !slices.Contains(last.actors, a) {
					last.actors = append(last.actors, a)
				}
				continue
			}
			if seen(out, a) {
				continue
			}
		}
		out = append(out, side{actors: []int32{a}, start: h.start, end: h.end})
	}
	return out
}

func seen(sides []side, a int32) bool {
	for _, s := range sides {
		if slices.Contains(s.actors, a) {
			return true
		}
	}
	return false
}

// coordinated reports whether the words between two names only join them.
func coordinated(between string) bool {
	switch strings.TrimSpace(between) {
	case "and", "&", ",", ", and", "or", "/", "-", "–":
		return true
	}
	return false
}

// quote shortens the words that join a pair, for people.
func quote(s string) string {
	words := strings.Fields(s)
	if len(words) > 16 {
		words = append(words[:8:8], append([]string{"…"}, words[len(words)-7:]...)...)
	}
	return `"` + strings.Join(words, " ") + `"`
}

// span is a sentence's place in its text.
type span struct{ start, end int }

// sentences cuts a text at stops before a capital, and at line ends.
func sentences(s string) []span {
	var out []span
	start := 0
	flush := func(end int) {
		if strings.TrimSpace(s[start:end]) != "" {
			out = append(out, span{start, end})
		}
		start = end
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\n':
			if i+1 < len(s) && s[i+1] == '\n' {
				flush(i)
			}
		case '.', '!', '?':
			j := i + 1
			for j < len(s) && (s[j] == '"' || s[j] == '\'' || s[j] == ')') {
				j++
			}
			if j+1 < len(s) && s[j] == ' ' && (s[j+1] >= 'A' && s[j+1] <= 'Z' || s[j+1] == '"') && !abbreviated(s, i) {
				flush(j)
			}
		}
	}
	flush(len(s))
	return out
}

// abbreviated reports whether the stop at i ends an abbreviation.
func abbreviated(s string, i int) bool {
	j := i
	for j > 0 && asciiLetter(s[j-1]) {
		j--
	}
	word := s[j:i]
	if len(word) == 1 && word[0] <= 'Z' {
		return true
	}
	switch word {
	case "Mr", "Mrs", "Ms", "Dr", "Gen", "Lt", "Col", "Sen", "Rep", "Gov", "St", "No", "Sgt", "Maj", "Capt", "Adm", "Prof", "Rev":
		return true
	}
	return false
}
