package actor

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Weights of a mention by where it stands.
const (
	weightTitle    = 3.0
	weightDateline = 2.0
	weightLead     = 3.0
	weightBody     = 1.0
	leadBytes      = 350 // the lead, after the dateline
)

// Tag tells what an article is about: the actors, the dyads, the focus, and all
// that its body mentions.
func (c *Catalogue) Tag(title, body string) Tags {
	parts := []part{
		{text: title, hits: c.trie.scan(title, reading{}, nil)},
		{text: body, hits: c.trie.scan(body, reading{}, nil)},
	}
	head := c.dateline(body, &parts[1])
	c.settle(parts)
	var tags Tags
	for _, h := range parts[1].hits {
		tags.Mentions = append(tags.Mentions, Mention{Actor: c.actors[h.actor].ID, Start: h.start, End: h.end})
	}
	scores := c.score(parts, head)
	tags.About = c.about(scores, head > 0)
	tags.Focus = c.focus(scores)
	tags.Dyads = c.dyads(parts, head)
	return tags
}

// score is what a text gives one actor.
type score struct {
	actor  int32
	weight float64  // by where its names stand
	set    float64  // how far the text is set there, for the focus
	claim  float64  // by where and of what sort its names are
	title  []string // words that name it, as written
	lead   []string
	body   int
	line   bool // in the dateline
	named  bool // by a name, an adjective or a place, not by a company or person alone
	first  int  // order of the first mention
}

// score weighs the actors named; what counts as a state counts for the state
// and for itself.
func (c *Catalogue) score(parts []part, head int) []*score {
	by := map[int32]*score{}
	var order []*score
	get := func(a int32) *score {
		if by[a] == nil {
			by[a] = &score{actor: a, first: len(order)}
			order = append(order, by[a])
		}
		return by[a]
	}
	headed := false
	alone := c.companiesAlone(parts)
	for n, p := range parts {
		for _, h := range p.hits {
			if s := c.states[h.actor]; s >= 0 && n == 0 && !headed && (alone || c.actors[h.actor].Kind != Company) {
				headed = true
				get(s).set += firstInTitle
			}
			get(h.actor).add(n == 0, h, p.text, head, c.trust(p.text, h, h.actor))
			if s := c.states[h.actor]; s >= 0 && s != h.actor && (alone || c.actors[h.actor].Kind != Company) {
				get(s).add(n == 0, h, p.text, head, c.trust(p.text, h, s))
			}
		}
	}
	return order
}

// companiesAlone reports whether nothing but companies speaks for a state.
func (c *Catalogue) companiesAlone(parts []part) bool {
	for _, p := range parts {
		for _, h := range p.hits {
			if c.states[h.actor] >= 0 && c.actors[h.actor].Kind != Company {
				return false
			}
		}
	}
	return true
}

// firstInTitle is what the first state of a title has ahead for the focus: there
// the one who acts stands first.
const firstInTitle = 3

// setting is how far a mention of this trust tells where a text is set: there a
// city says as much as a name, and more than an adjective.
func setting(trust float64) float64 {
	switch trust {
	case byPeople:
		return 0.7
	case byOthers:
		return 0.5
	}
	return 1
}

// money reports whether a currency follows: "Swiss francs" aren't Switzerland.
func money(after string) bool {
	word, _, _ := strings.Cut(strings.TrimPrefix(after, " "), " ")
	switch strings.ToLower(strings.Trim(word, ".,")) {
	case "dlr", "dlrs", "dollar", "dollars", "franc", "francs", "mark", "marks", "yen", "crown", "crowns", "guilder", "guilders", "lira", "pound", "pounds", "peso", "pesos", "rouble", "roubles", "ruble", "rubles":
		return true
	}
	return false
}

// The trust in a mention that is no plain name of the actor: an adjective or a
// people, a place, an institution or group or person of its state.
const (
	byPeople = 0.4
	byPlace  = 0.1
	byOthers = 0.15
)

// trust is how much a mention says that the text is about the actor: a city is
// often just where something happens, a company seldom stands for its state.
func (c *Catalogue) trust(s string, h hit, of int32) float64 {
	if h.actor != of {
		return byOthers
	}
	if c.actors[of].Kind != State {
		return 1
	}
	switch c.trie.patterns[h.pattern].sort {
	case people:
		if money(s[h.end:]) {
			return byPlace
		}
		return byPeople
	case place:
		return byPlace
	}
	return 1
}

func (s *score) add(title bool, h hit, text string, head int, trust float64) {
	word := text[h.start:h.end]
	weight, claim := weightBody, 2.0
	switch {
	case title:
		weight, claim = weightTitle, 4
		s.title = append(s.title, word)
	case h.start < head:
		weight = weightDateline
		s.line = true
	case h.start < head+leadBytes:
		weight, claim = weightLead, 4
		s.lead = append(s.lead, word)
	default:
		s.body++
	}
	s.weight += weight
	s.set += weight * setting(trust)
	s.claim += claim * trust
	s.named = s.named || trust != byOthers
}

// about are the actors that the text is about, best first. A text with a
// dateline says itself where it is set, so what it names besides must be named
// often; one without is set where the places are that it names.
func (c *Catalogue) about(scores []*score, wired bool) []About {
	top := 0.0
	for _, s := range scores {
		top = max(top, s.weight)
	}
	var out []About
	bare := !slices.ContainsFunc(scores, func(s *score) bool { return s.named && c.actors[s.actor].Kind == State })
	for _, s := range ranked(scores) {
		if !bare && !s.central(wired) {
			continue
		}
		out = append(out, About{Actor: c.actors[s.actor].ID, Weight: math.Round(100*s.weight/top) / 100, Why: s.why()})
	}
	return out
}

// central reports whether the text is about an actor rather than mentions it.
func (s *score) central(wired bool) bool {
	switch {
	case s.line || len(s.title) > 0 && (s.named || len(s.lead) > 0):
		return true
	case !wired:
		return s.named
	}
	return s.claim >= claimWired
}

// claimWired is what the names in a text with a dateline must weigh for the text
// to be about their actor.
const claimWired = 4

func ranked(scores []*score) []*score {
	out := slices.Clone(scores)
	slices.SortStableFunc(out, func(a, b *score) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.first, b.first))
	})
	return out
}

// focus is the state with the most weight; it must have more than a passing
// mention.
func (c *Catalogue) focus(scores []*score) string {
	var best *score
	for _, s := range ranked(scores) {
		if c.actors[s.actor].Kind == State && (best == nil || s.set > best.set) {
			best = s
		}
	}
	if best == nil {
		return ""
	}
	return c.actors[best.actor].ID
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
