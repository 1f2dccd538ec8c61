package actor

import (
	"cmp"
	"slices"
	"strings"

	"attache/sources/text"
)

// joint is a pair that one sentence joins, and the words that do.
type joint struct {
	dyad Dyad
	why  string
}

// dyads finds who acts on whom, or speaks about whom, sentence by sentence.
// Title and first sentence weigh most.
func (c *Catalogue) dyads(parts []part, head int) []Acting {
	var found []*Acting
	by := map[Dyad]*Acting{}
	add := func(js []joint, weight float64) {
		for _, j := range js {
			a := by[j.dyad]
			if a == nil {
				a = &Acting{Dyad: j.dyad, Why: j.why}
				by[j.dyad] = a
				found = append(found, a)
			}
			a.Weight += weight
		}
	}
	for n, p := range parts {
		if len(p.hits) == 0 {
			continue
		}
		spans := text.Sentences(p.text)
		story := n == 0 || len(spans) > 1
		var before []side
		hits := p.hits
		for n == 1 && len(hits) > 0 && hits[0].start < head {
			hits = hits[1:] // a dateline tells where, not who
		}
		for i, sp := range spans {
			var inside []hit
			inside, hits = within(hits, sp)
			s := c.sentence(p.text, sp, inside)
			weight := 1.0
			if n == 0 || i == 0 {
				weight = 3
			}
			if story && len(s.sides) == 1 && len(before) > 0 && goesOn(s.text()) {
				s.sides = append([]side{before[0].at(s.span.Start)}, s.sides...)
			}
			add(c.joined(s, story), weight)
			if len(s.sides) > 0 {
				before = s.sides
			}
		}
	}
	return ordered(found)
}

// within parts the hits of a sentence from those after it.
func within(hits []hit, sp text.Span) (inside, rest []hit) {
	from := 0
	for from < len(hits) && hits[from].start < sp.Start {
		from++
	}
	to := from
	for to < len(hits) && hits[to].end <= sp.End {
		to++
	}
	return hits[from:to], hits[to:]
}

func ordered(found []*Acting) []Acting {
	out := make([]Acting, 0, len(found))
	top := 0.0
	for _, a := range found {
		top = max(top, a.Weight)
	}
	for _, a := range found {
		a.Weight = float64(int(100*a.Weight/top)) / 100
		out = append(out, *a)
	}
	slices.SortStableFunc(out, func(a, b Acting) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}

// goesOn reports whether a sentence's subject is the one before's: it begins
// with a pronoun or with an office that no state stands before.
func goesOn(s string) bool {
	first, rest, _ := strings.Cut(s, " ")
	switch first {
	case "He", "She", "They":
		return true
	case "The", "Its", "His", "Her", "Their":
		second, _, _ := strings.Cut(rest, " ")
		switch strings.TrimSuffix(strings.Trim(second, ","), "'s") {
		case "ministry", "minister", "ministers", "spokesman", "spokeswoman", "president", "government", "statement", "army", "military", "premier", "parliament", "embassy", "service":
			return true
		}
	}
	return false
}

// joined gives the pairs that a sentence joins. The first side acts, the next
// one is acted on; sides of one act ("Israel and Lebanon agreed") are joined by a
// word of mutual acts. In a story, words of relation join later sides too.
func (c *Catalogue) joined(s sentence, story bool) []joint {
	var out []joint
	add := func(a, b side) {
		for _, x := range a.actors {
			for _, y := range b.actors {
				if x == y {
					continue
				}
				from, to := min(a.start, b.start), max(a.end, b.end)
				j := joint{Pair(c.actors[x].ID, c.actors[y].ID), quote(s.whole[from:to])}
				if !slices.ContainsFunc(out, func(o joint) bool { return o.dyad == j.dyad }) {
					out = append(out, j)
				}
			}
		}
	}
	if len(s.sides) == 0 {
		return nil
	}
	first := s.sides[0]
	mutual := len(first.actors) > 1 && (isMutual(s.whole[first.end:s.span.End]) || hasAny(s.whole[s.span.Start:max(first.start, s.span.Start)], betweens))
	if mutual {
		add(first, first)
	}
	if t := s.target(); t > 0 && !first.where && !(mutual && strings.Contains(s.whole[first.end:s.sides[t].start], ",")) {
		add(first, s.sides[t])
	}
	for i, b := range s.sides {
		if i > 0 && len(b.actors) > 1 && hasAny(s.whole[s.sides[i-1].end:b.start], betweens) {
			add(b, b)
		}
		if i > 0 && story && len(s.sides) > 2 {
			between := s.whole[s.sides[i-1].end:b.start]
			if i > 1 && hasAny(between, links) {
				add(s.sides[i-1], b)
				add(first, b)
			}
			if hasAny(s.text(), joins) {
				for _, a := range s.sides[:i] {
					add(a, b)
				}
			}
		}
	}
	return out
}

// target is the side that the first one acts on: the next, or the one after it
// when the next only tells where.
func (s sentence) target() int {
	for i := 1; i < len(s.sides); i++ {
		if !s.sides[i].where {
			return i
		}
	}
	return len(s.sides) - 1
}

// Words that make a pair. They are looked for in small letters as parts of words.
var (
	// betweens stand before two who act on each other.
	betweens = []string{"between ", "meeting of", "meetings of", "talks of", "ministers of", "leaders of", "relations of", "war of"}
	// links join a later side to the one before it.
	links = []string{"sale", "weapons for", "arms for", " against", "relations with", "ties with", "trade with", "ties to", "border with", "deal with", "war with", "treaty", "sold to", "supplied to", "shipped to", "delivered to", "exports to", "shipments to", "flow to"}
	// joins connect all that a sentence names.
	joins = []string{" join ", " link ", " links ", " connect", "corridor", "trilateral", "three-way"}
	// acts are what two sides do together, or to each other.
	acts = []string{"agree", "met", "meet", "talk", "sign", "war", "clash", "fight", "fought", "negotiat", "exchange", "discuss", "cooperat", "co-operat",
		"join", "hold", "held", "launch", "border", "trade", "relation", "ties", "between", "conflict", "cease", "truce", "deal", "pact", "accord",
		"reach", "treaty", "partner", "allies", "rival", "dispute", "reject", "resume", "renew", "establish", "summit", "hotline", "oppos", "split", "share", "both"}
)

func isMutual(after string) bool { return hasAny(strings.ToLower(after), acts) }

func hasAny(s string, words []string) bool {
	s = strings.ToLower(s)
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
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
