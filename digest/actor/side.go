package actor

import (
	"slices"
	"strings"

	"attache/sources/text"
)

// sentence is a sentence with the sides that it names.
type sentence struct {
	whole string // the text that it stands in
	span  text.Span
	sides []side
}

func (s sentence) text() string { return s.span.In(s.whole) }

// side is a run of actors that act together, or are acted on together: "Israeli
// and Turkish". A group counts as its state.
type side struct {
	actors     []int32
	start, end int
	where      bool // it only tells where something happens
}

// at is the side carried over to a sentence that begins at start.
func (s side) at(start int) side {
	s.start, s.end = start, start
	return s
}

// sentence finds the sides of the sentence at sp: what is named, without those
// who are only quoted ("…, Thai sources said") or describe something
// ("Russian-made").
func (c *Catalogue) sentence(whole string, sp text.Span, hits []hit) sentence {
	s := sentence{whole: whole, span: sp}
	body := sp.In(whole)
	end := sp.Start + attribution(body)
	for i, h := range hits {
		if (h.start >= end && len(s.sides) > 0) || describes(whole, h) || conditional(whole[sp.Start:h.start]) || c.ethnic(whole, hits, i) || aside(whole[sp.Start:], h.start-sp.Start, h.end-sp.Start) {
			continue
		}
		a := c.states[h.actor]
		if a < 0 {
			a = h.actor
		}
		if n := len(s.sides); n > 0 {
			last := &s.sides[n-1]
			if last.end <= h.start && coordinated(whole[last.end:h.start]) {
				last.end = h.end
				if !slices.Contains(last.actors, a) {
					last.actors = append(last.actors, a)
				}
				continue
			}
			if known(s.sides, a) {
				continue
			}
		}
		s.sides = append(s.sides, side{actors: []int32{a}, start: h.start, end: h.end, where: c.where(whole, h)})
	}
	return s
}

func known(sides []side, a int32) bool {
	for _, s := range sides {
		if slices.Contains(s.actors, a) {
			return true
		}
	}
	return false
}

// where reports whether a name tells a place: a city after "at" or "via", or a
// port, a town, a border of a state.
func (c *Catalogue) where(s string, h hit) bool {
	if rest := s[h.end:]; len(rest) > 1 && c.trie.patterns[h.pattern].sort == people {
		next, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		switch strings.Trim(next, ".,") {
		case "port", "city", "town", "village", "province", "resort":
			return true
		}
	}
	return c.trie.patterns[h.pattern].sort == place && before(s, h.start, "at", "via", "through", "near", "reaches", "reached", "reach", "left", "leaves", "entered", "enters")
}

// coordinated reports whether the words between two names only join them: "and",
// a comma, or a noun or two and "and" ("Israeli officers and Lebanese ones").
func coordinated(between string) bool {
	between = strings.TrimSpace(between)
	switch between {
	case "and", "&", ",", ", and", "or", "/", "-", "–", "and the", "and its neighbour", "and neighbouring", "and neighboring":
		return true
	}
	for _, and := range []string{" and", " and the", " and a", " and an"} {
		nouns, ok := strings.CutSuffix(between, and)
		if !ok {
			continue
		}
		words := strings.Fields(nouns)
		if len(words) > 3 {
			return false
		}
		for _, w := range words {
			if strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "'s") || strings.ContainsAny(w, ",.;:") || verb(w) {
				return false
			}
		}
		return true
	}
	return false
}

// verb knows the short verbs that end no noun phrase.
func verb(w string) bool {
	switch w {
	case "said", "says", "has", "had", "is", "was", "will", "to", "in", "on", "from", "for", "with", "of", "at", "by", "met", "held", "left", "gave", "took", "told", "that":
		return true
	}
	return false
}

// attribution gives where the words begin that only say who said it: the last
// clause, if it ends in a verb of saying or begins with "according to".
func attribution(s string) int {
	if i := strings.LastIndex(s, "according to"); i > 0 {
		return i
	}
	i := strings.LastIndex(s, ", ")
	if i <= 0 {
		return len(s)
	}
	if strings.HasPrefix(s[i:], ", saying") || strings.HasPrefix(s[i:], ", adding") {
		return len(s)
	}
	tail := strings.Fields(strings.Trim(s[i:], ", .\"”"))
	for n, w := range tail {
		if n == 0 || n > 12 {
			continue
		}
		switch strings.Trim(w, ",.\"") {
		case "said", "says", "reported", "reports", "announced", "confirmed", "charged", "told":
			return i
		}
	}
	return len(s)
}

// describes reports whether a name is part of a word that describes something
// else: "Russian-made", "pro-Iranian", "NATO-member", "ethnic Serb".
func describes(s string, h hit) bool {
	if rest := s[h.end:]; strings.HasPrefix(rest, "-") {
		for _, w := range []string{"made", "owned", "registered", "born", "built", "backed", "held", "brokered", "mediated", "member", "supplied", "sponsored", "flagged"} {
			if strings.HasPrefix(rest[1:], w) {
				return true
			}
		}
	}
	for _, w := range []string{"pro-", "anti-", "Pro-", "Anti-", "non-"} {
		if strings.HasSuffix(s[:h.start], w) {
			return true
		}
	}
	return before(s, h.start, "ethnic")
}

// conditional reports whether what goes before a name, in its sentence, ends in
// a clause that only says when something holds: "… if war starts in Iraq".
func conditional(before string) bool {
	for _, w := range []string{" if ", " unless ", " while ", " until ", " as long as "} {
		if i := strings.LastIndex(before, w); i >= 0 && !strings.Contains(before[i:], ",") {
			return true
		}
	}
	return false
}

// ethnic reports whether the i-th name is a people within another state, named
// right after it: "Croatian Serb refugees".
func (c *Catalogue) ethnic(s string, hits []hit, i int) bool {
	if i == 0 {
		return false
	}
	a, b := hits[i-1], hits[i]
	return c.trie.patterns[a.pattern].sort == people && c.trie.patterns[b.pattern].sort == people && s[a.end:b.start] == " "
}

// aside reports whether a name stands in an apposition at the sentence's begin:
// "Pakistan, a key U.S. ally, has refused".
func aside(s string, start, end int) bool {
	head := s[:start]
	i := strings.LastIndex(head, ", ")
	if i < 0 || strings.Count(head[:i], " ") > 4 {
		return false
	}
	between := head[i+2:]
	if !strings.HasPrefix(between, "a ") && !strings.HasPrefix(between, "an ") && !strings.HasPrefix(between, "the ") && !strings.HasPrefix(between, "which ") {
		return false
	}
	j := strings.Index(s[end:], ",")
	return j >= 0 && strings.Count(s[end:end+j], " ") <= 6
}
