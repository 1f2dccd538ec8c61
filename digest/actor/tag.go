package actor

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Weights of a mention by where it stands, and what a text must give an actor
// to be about it.
const (
	weightTitle    = 3.0
	weightDateline = 2.0
	weightLead     = 3.0
	weightBody     = 1.0
	leadBytes      = 350
)

// Tag tells what an article is about: the actors, the dyads, the focus, and all
// that its body mentions.
func (c *Catalogue) Tag(title, body string) Tags {
	parts := []part{
		{text: title, hits: c.trie.scan(title, reading{}, nil)},
		{text: body, hits: c.trie.scan(body, reading{}, nil)},
	}
	c.settle(parts)
	var tags Tags
	for _, h := range parts[1].hits {
		tags.Mentions = append(tags.Mentions, Mention{Actor: c.actors[h.actor].ID, Start: h.start, End: h.end})
	}
	scores := c.score(parts)
	tags.About = c.about(scores)
	tags.Focus = c.focus(scores)
	tags.Dyads = c.dyads(parts, tags.About)
	return tags
}

// score is what a text gives one actor.
type score struct {
	actor  int32
	weight float64
	title  []string // words that name it, as written
	lead   []string
	body   int
	line   bool // in the dateline
	first  int  // order of the first mention
}

// score weighs the actors named; what counts as a state counts for the state
// and for itself.
func (c *Catalogue) score(parts []part) []*score {
	by := map[int32]*score{}
	var order []*score
	get := func(a int32) *score {
		if by[a] == nil {
			by[a] = &score{actor: a, first: len(order)}
			order = append(order, by[a])
		}
		return by[a]
	}
	dateline := datelineEnd(parts[1].text)
	for n, p := range parts {
		for _, h := range p.hits {
			actors := []int32{h.actor}
			if s := c.states[h.actor]; s >= 0 && s != h.actor {
				actors = append(actors, s)
			}
			for _, a := range actors {
				get(a).add(n == 0, h, p.text, dateline)
			}
		}
	}
	return order
}

func (s *score) add(title bool, h hit, text string, dateline int) {
	word := text[h.start:h.end]
	switch {
	case title:
		s.weight += weightTitle
		s.title = append(s.title, word)
	case h.start < dateline:
		s.weight += weightDateline
		s.line = true
	case h.start < dateline+leadBytes:
		s.weight += weightLead
		s.lead = append(s.lead, word)
	default:
		s.weight += weightBody
		s.body++
	}
}

// datelineEnd is where the text begins after a dateline ("BAKU, March 5 - ",
// "TEL AVIV (Levant Wire) - "); 0 where there is none.
func datelineEnd(s string) int {
	head := s[:min(len(s), 90)]
	for _, dash := range []string{" - ", " -- ", " – ", " — "} {
		i := strings.Index(head, dash)
		if i < 2 {
			continue
		}
		word := head[:i]
		if j := strings.IndexAny(word, ",("); j > 0 {
			word = word[:j]
		}
		word = strings.TrimSpace(word)
		if len(word) > 1 && strings.ToUpper(word) == word || strings.Count(head[:i], " ") <= 3 {
			return i + len(dash)
		}
	}
	return 0
}

// about are the actors that the text is about, best first.
func (c *Catalogue) about(scores []*score) []About {
	top := 0.0
	for _, s := range scores {
		top = max(top, s.weight)
	}
	var out []About
	for _, s := range c.ranked(scores) {
		if !central(s, top) {
			continue
		}
		out = append(out, About{Actor: c.actors[s.actor].ID, Weight: math.Round(100*s.weight/top) / 100, Why: s.why()})
	}
	return out
}

// central reports whether the text is about an actor rather than mentions it.
func central(s *score, top float64) bool {
	if len(s.title) > 0 {
		return true
	}
	if len(s.lead) > 0 {
		return s.weight >= 0.25*top
	}
	return s.body >= 3 && s.weight >= 0.4*top
}

func (c *Catalogue) ranked(scores []*score) []*score {
	out := slices.Clone(scores)
	slices.SortStableFunc(out, func(a, b *score) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.first, b.first))
	})
	return out
}

// focus is the state with the most weight; it must have more than a passing
// mention.
func (c *Catalogue) focus(scores []*score) string {
	for _, s := range c.ranked(scores) {
		if c.actors[s.actor].Kind == State {
			return c.actors[s.actor].ID
		}
	}
	return ""
}

// why says in words what made a text be about an actor.
func (s *score) why() string {
	var parts []string
	if len(s.title) > 0 {
		parts = append(parts, "title: "+quoted(s.title))
	}
	if s.line {
		parts = append(parts, "dateline")
	}
	if len(s.lead) > 0 {
		parts = append(parts, "beginning: "+quoted(s.lead))
	}
	if s.body > 0 {
		parts = append(parts, fmt.Sprintf("later: %d times", s.body))
	}
	return strings.Join(parts, "; ")
}

// quoted lists words, each once.
func quoted(words []string) string {
	var out []string
	for _, w := range words {
		if q := `"` + w + `"`; !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	return strings.Join(out, ", ")
}
