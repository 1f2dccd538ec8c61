package actor

import "strings"

// institution is an organisation that a text names.
type institution struct {
	Named
	forms map[string]int // as written, and how often
	actor int32
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
	n.acronyms()
	for _, b := range n.found {
		b.Passing = !b.central(n.head)
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
	if c := n.c.actors[b.actor].Name; spelt(c) == spelt(best) {
		return c
	}
	return best
}

// spelt is a name with the one spelling of "organisation".
func spelt(name string) string {
	return strings.ReplaceAll(foldName(name), "isation", "ization")
}

// central reports whether the article is about a body: it is in the title or the
// lead, or is named again.
func (b *institution) central(head int) bool {
	return b.public && (b.headed || b.Times > 1 || b.Start < head+leadBytes)
}

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
