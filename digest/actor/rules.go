package actor

import "strings"

// doubt is a name that is also something else.
type doubt struct {
	name  string
	actor int32
	other int32  // the actor of the other reading, or none
	label string // what the other reading is called
	words []string
}

// loadRules reads the phrases that hide names, the given names and the doubts.
func (c *Catalogue) loadRules() {
	for _, cols := range rows("blockers.txt") {
		c.name(cols[0], c.actorOr(cols[1]), proper, false)
	}
	for _, cols := range rows("firstnames.txt") {
		for name := range strings.FieldsSeq(cols[0]) {
			c.given[name] = true
		}
	}
	c.doubted = make(map[int32]int)
	for i, cols := range rows("doubts.txt") {
		d := doubt{name: cols[0], actor: c.actorOr(cols[1]), other: c.actorOr(cols[2]), label: cols[3]}
		for w := range strings.SplitSeq(cols[4], ",") {
			d.words = append(d.words, strings.TrimSpace(w))
		}
		c.doubts = append(c.doubts, d)
		for p, name := range c.names {
			if name == d.name && c.trie.patterns[p].actor == d.actor {
				c.doubted[int32(p)] = i
			}
		}
	}
}

func (c *Catalogue) actorOr(id string) int32 {
	if n, ok := c.index[id]; ok {
		return n
	}
	return none
}

// settle gives every hit of a text its reading: persons who bear a place's
// name, names in doubt, weak names that nothing supports. The title and the body
// are read as one.
func (c *Catalogue) settle(parts []part) {
	c.persons(parts)
	c.decide(parts)
	c.support(parts)
	for i := range parts {
		kept := parts[i].hits[:0]
		for _, h := range parts[i].hits {
			if !h.drop && h.actor >= 0 {
				kept = append(kept, h)
			}
		}
		parts[i].hits = kept
	}
}

// part is the title or the body with what was found there.
type part struct {
	text string
	hits []hit
}

// persons drops names of places that are a person's: "Marcus Jordan", "Israel
// Vargas". Where nothing else speaks for the state, the bare name goes too.
func (c *Catalogue) persons(parts []part) {
	taken := map[int32]bool{}
	for _, p := range parts {
		for i := range p.hits {
			h := &p.hits[i]
			if h.actor < 0 || !c.trie.patterns[h.pattern].single || c.actors[h.actor].Kind != State {
				continue
			}
			if c.givenBefore(p.text, h.start) || (c.given[p.text[h.start:h.end]] || personal(p.text[h.start:h.end])) && surnameAfter(p.text, h.start, h.end) {
				h.drop = true
				taken[h.pattern] = true
			}
		}
	}
	c.surnames(parts, taken)
	if len(taken) == 0 {
		return
	}
	for pattern := range taken {
		if c.spokenFor(parts, pattern) {
			continue
		}
		for _, p := range parts {
			for i := range p.hits {
				if p.hits[i].pattern == pattern {
					p.hits[i].drop = true
				}
			}
		}
	}
}

// surnames marks the names of places that are the surname of somebody whose full
// name stands in the text: after "Jim Jordan" comes "Jordan said".
func (c *Catalogue) surnames(parts []part, taken map[int32]bool) {
	for _, p := range parts {
		for _, h := range p.hits {
			first, last, ok := strings.Cut(c.names[h.pattern], " ")
			if !ok || !c.given[first] {
				continue
			}
			node, ok := c.trie.walk(last[strings.LastIndexByte(last, ' ')+1:])
			if !ok {
				continue
			}
			for _, e := range c.trie.ends[node] {
				if a := c.trie.patterns[e].actor; a >= 0 && c.actors[a].Kind == State {
					taken[e] = true
				}
			}
		}
	}
}

// spokenFor reports whether another name of the same state stands in the text.
func (c *Catalogue) spokenFor(parts []part, pattern int32) bool {
	state := c.states[c.trie.patterns[pattern].actor]
	for _, p := range parts {
		for _, h := range p.hits {
			if h.pattern != pattern && h.actor >= 0 && !h.drop && !c.trie.patterns[h.pattern].weak && c.states[h.actor] == state {
				return true
			}
		}
	}
	return false
}

// personal reports whether a state's name is also given to children.
func personal(name string) bool {
	switch name {
	case "Israel", "Jordan", "Chad", "Georgia", "India", "Kenya", "Ireland", "Cuba", "Malta":
		return true
	}
	return false
}

// givenBefore reports whether a given name stands right before start.
func (c *Catalogue) givenBefore(s string, start int) bool {
	end := start
	if end < 2 || s[end-1] != ' ' {
		return false
	}
	end--
	if s[end-1] == '.' && end >= 3 && s[end-3] == ' ' { // "Michael B. Jordan"
		end -= 3
	}
	i := end
	for i > 0 && asciiLetter(s[i-1]) {
		i--
	}
	return i < end && c.given[s[i:end]]
}

// surnameAfter reports whether the next word reads as a surname: capitalised in
// running text, and no word that follows a state's name in the news.
func surnameAfter(s string, start, end int) bool {
	if end+2 >= len(s) || s[end] != ' ' {
		return false
	}
	var f folder
	t := f.read(s, end+1)
	if t.shape != capital || t.length < 3 || followsState(string(f.word(t))) {
		return false
	}
	if t.end < len(s) && s[t.end] == ' ' && t.end+1 < len(s) && s[t.end+1] >= 'A' && s[t.end+1] <= 'Z' {
		return false // a run of capitals is a headline or a title
	}
	return !before(s, start, "in", "from", "to", "of", "with", "and", "for", "against", "on", "between")
}

// before reports whether one of the words stands right before start.
func before(s string, start int, words ...string) bool {
	if start < 2 || s[start-1] != ' ' {
		return false
	}
	i := start - 1
	for i > 0 && asciiLetter(s[i-1]) {
		i--
	}
	got := strings.ToLower(s[i : start-1])
	for _, w := range words {
		if got == w {
			return true
		}
	}
	return false
}

// followsState knows the capitalised words that follow a state's name.
func followsState(word string) bool {
	switch word {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"president", "prime", "minister", "foreign", "defense", "defence", "interior", "finance", "army", "air", "navy", "national",
		"central", "valley", "radio", "television", "police", "security", "parliament", "supreme", "court", "embassy", "ambassador",
		"king", "queen", "prince", "crown", "shekel", "telecom", "electric", "government", "state", "democratic", "republic",
		"airlines", "airways", "bank", "and", "the", "but", "war", "report", "hayom", "today", "basin", "petroleum", "oil", "gas",
		"military", "intelligence", "labour", "labor", "party", "cup", "league", "open", "station", "river", "first", "has", "will", "says", "said":
		return true
	}
	return false
}

// decide settles the names that are in doubt.
func (c *Catalogue) decide(parts []part) {
	var lower []string
	for _, p := range parts {
		for i := range p.hits {
			h := &p.hits[i]
			at, ok := c.doubted[h.pattern]
			if !ok || h.drop {
				continue
			}
			if lower == nil {
				for _, p := range parts {
					lower = append(lower, strings.ToLower(p.text))
				}
			}
			d := c.doubts[at]
			if c.spokenFor(parts, h.pattern) || !anyWord(lower, d) {
				continue
			}
			if h.actor = d.other; d.other < 0 {
				h.drop = true
			}
		}
	}
	c.congo(parts)
}

// congo reads "Congo" as Congo-Brazzaville where only that one is named
// otherwise, and "Korea" as the North in the same way.
func (c *Catalogue) congo(parts []part) {
	for _, pair := range [...]struct{ words, from, to string }{
		{"Congo Congolese", "COD", "COG"},
		{"Korea Korean Koreans", "KOR", "PRK"},
	} {
		from, to := c.index[pair.from], c.index[pair.to]
		var bare []*hit
		speaksFrom, speaksTo := false, false
		for _, p := range parts {
			for i := range p.hits {
				h := &p.hits[i]
				switch {
				case h.actor == from && strings.Contains(pair.words, c.names[h.pattern]):
					bare = append(bare, h)
				case h.actor >= 0 && c.states[h.actor] == from:
					speaksFrom = true
				case h.actor >= 0 && c.states[h.actor] == to:
					speaksTo = true
				}
			}
		}
		if speaksFrom || !speaksTo {
			continue
		}
		for _, h := range bare {
			h.actor = to
		}
	}
}

// anyWord reports whether one of the doubt's words stands in the texts, which
// are in small letters. The name itself in small letters is such a word too.
func anyWord(lower []string, d doubt) bool {
	for _, s := range lower {
		for _, w := range d.words {
			if hasWord(s, strings.ToLower(w)) {
				return true
			}
		}
	}
	return false
}

func hasWord(s, w string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], w)
		if i < 0 {
			return false
		}
		i += from
		if (i == 0 || !wordByte(s[i-1])) && !letterAt(s, i+len(w)) {
			return true
		}
		from = i + 1
	}
}

// support drops weak names whose state no strong name speaks for.
func (c *Catalogue) support(parts []part) {
	var strong map[int32]bool
	for _, p := range parts {
		for i := range p.hits {
			if h := &p.hits[i]; h.drop || h.actor < 0 || !c.trie.patterns[h.pattern].weak {
				continue
			}
			if strong == nil {
				strong = c.strong(parts)
			}
			h := &p.hits[i]
			own := c.states[h.actor]
			if own >= 0 && !strong[own] || own < 0 && !strong[h.actor] {
				h.drop = c.actors[h.actor].Kind != Person || !before(p.text, h.start, "president", "minister", "premier", "chancellor", "king", "secretary", "general", "leader")
			}
		}
	}
}

// strong are the states, and the actors of none, that a strong name speaks for.
func (c *Catalogue) strong(parts []part) map[int32]bool {
	out := map[int32]bool{}
	for _, p := range parts {
		for _, h := range p.hits {
			if h.drop || h.actor < 0 || c.trie.patterns[h.pattern].weak {
				continue
			}
			out[h.actor] = true
			if s := c.states[h.actor]; s >= 0 {
				out[s] = true
			}
		}
	}
	return out
}
