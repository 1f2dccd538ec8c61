package actor

import (
	"slices"
	"strings"
)

// institution is an organisation that a text names.
type institution struct {
	Named
	forms  map[string]int // as written, and how often
	actor  int32          // of the catalogue, or none
	traded bool           // told to be a company of a state: "the Israeli manufacturer"
}

// findBodies finds the organisations of the article.
func (n *namer) findBodies() {
	known := map[int32]*institution{}
	for t, s := range []*sheet{&n.body, &n.title} {
		for _, h := range s.hits {
			a := n.c.actors[h.actor]
			if a.Kind == State || a.Kind == Person || club(a.ID) {
				continue
			}
			b := known[h.actor]
			if b == nil {
				b = &institution{Named: Named{Start: h.start, End: h.end, InTitle: t == 1, Why: "in the catalogue", public: a.Kind == Organisation}, actor: h.actor, forms: map[string]int{}}
				known[h.actor] = b
				n.found = append(n.found, b)
			}
			b.forms[s.text[h.start:h.end]]++
			if a := acronym(s.text[h.end:]); a != "" {
				n.short[a] = b
			}
			if t == 1 {
				b.headed = true
			} else {
				b.Times++
			}
		}
	}
	n.coined()
	n.acronyms()
	headed := slices.ContainsFunc(n.found, func(b *institution) bool { return b.public && b.headed })
	for _, b := range n.found {
		b.Passing = !b.central(n.head, headed)
	}
}

// club are groups of states that have no body of their own.
func club(id string) bool {
	switch id {
	case "G7", "G8", "G10", "G20", "G77", "24", "QUAD", "AUKUS", "QUARTET", "NONALIGNED", "BRICS":
		return true
	}
	return false
}

// form is what the text calls it most; of two, the longer.
func (n *namer) form(b *institution) string {
	best := ""
	for f, times := range b.forms {
		if best == "" || times > b.forms[best] || times == b.forms[best] && (len(f) > len(best) || len(f) == len(best) && f < best) {
			best = f
		}
	}
	if b.actor == none {
		return best
	}
	if c := n.c.actors[b.actor].Name; spelt(c) == spelt(best) {
		return c
	}
	return best
}

// spelt is a name with the one spelling of "organisation".
func spelt(name string) string {
	return strings.ReplaceAll(foldName(name), "isation", "ization")
}

// central reports whether the article is about a body of states: it is in the
// title, is named again and again, or stands in the beginning, where the title
// names none. A company is central where the text says whose it is.
func (b *institution) central(head int, headed bool) bool {
	if b.traded {
		return true
	}
	lead := b.Start < head+leadBytes
	return b.public && (b.headed || b.Times > 3 || lead && b.Times > 1 || !headed && b.Start < head+firstBytes)
}

// firstBytes is about the first sentence.
const firstBytes = 220

// acronym is the short name that the text gives right behind a long one:
// "International Coffee Organization (ICO)".
func acronym(s string) string {
	s, ok := strings.CutPrefix(s, " (")
	if !ok {
		return ""
	}
	s = strings.TrimLeft(s, "\"“")
	end := 0
	for end < len(s) && end < 12 && (s[end] >= 'A' && s[end] <= 'Z' || s[end] == '.' || s[end] == '-' || s[end] == '&') {
		end++
	}
	if end < 2 || end == len(s) || !strings.HasPrefix(strings.TrimLeft(s[end:], "\"”,"), ")") {
		return ""
	}
	return s[:end]
}

// acronyms counts the short names that the text has explained.
func (n *namer) acronyms() {
	if len(n.short) == 0 {
		return
	}
	for t, s := range []*sheet{&n.body, &n.title} {
		for _, w := range s.words {
			b := n.short[s.text[w.start:w.end]]
			if b == nil || w.hit >= 0 && s.hits[w.hit].actor == b.actor && b.actor >= 0 {
				continue
			}
			if t == 1 {
				b.headed = true
			} else {
				b.Times++
			}
		}
	}
}

// coined finds the organisations that the catalogue lacks: by a word that such a
// name has, or by what they are called before it.
func (n *namer) coined() {
	s := &n.body
	by := map[string]*institution{}
	s.eachRun(n.head, func(i, j int) {
		if s.words[i].class&charge != 0 {
			return
		}
		if i > 0 && s.words[i-1].capital && s.words[i].join == blank && direction(s.text[s.words[i-1].start:s.words[i-1].end]) {
			i--
		}
		if s.words[j-1].hit >= 0 || n.isPerson(s, i, j) {
			return
		}
		why := n.coinage(s, i, j)
		traded := n.trade(s, i) && s.words[j-1].class&commercial == 0
		name := s.span(i, j)
		b := by[name]
		if b == nil && why == "" && !traded {
			return
		}
		if b == nil {
			b = &institution{Named: Named{Start: s.words[i].start, End: s.words[j-1].end, Why: or(why, "what it is called before")}, forms: map[string]int{}, actor: none}
			by[name] = b
			n.found = append(n.found, b)
		}
		b.forms[name]++
		b.Times++
		b.traded = b.traded || traded
		if a := acronym(s.text[s.words[j-1].end:]); a != "" {
			n.short[a] = b
		}
	})
}

// direction knows the words that begin names and sentences alike.
func direction(word string) bool {
	switch word {
	case "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "American", "European", "Asian", "African", "Arab", "Islamic", "World", "First", "National":
		return true
	}
	return false
}

// isPerson reports whether the words are the name of a person found before.
func (n *namer) isPerson(s *sheet, i, j int) bool {
	p := n.by[lastWord(s.span(i, j))]
	return p != nil && s.words[j-1].class&bodily == 0
}

// coinage is the word that tells a run of several words to be a body's name.
func (n *namer) coinage(s *sheet, i, j int) string {
	if j-i < 2 {
		return ""
	}
	for x := j - 1; x >= i; x-- {
		if w := s.words[x]; w.class&bodily != 0 && (x == j-1 || x == i || w.class&commercial != 0) {
			return s.text[w.start:w.end]
		}
	}
	return ""
}

// trade reports whether what stands before word i calls it a company of a state:
// "the Israeli manufacturer".
func (n *namer) trade(s *sheet, i int) bool {
	if i == 0 || s.words[i].join != blank || s.words[i-1].class&trading == 0 {
		return false
	}
	for x := i - 1; x >= 0 && x > i-5 && s.words[x+1].join == blank; x-- {
		if n.kindAt(s, x) == State {
			return true
		}
	}
	return false
}
