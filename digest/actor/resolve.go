package actor

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"attache/sources/text"
)

// Resolution is what a typed name may stand for.
type Resolution struct {
	Actors    []string // ids; more than one: ambiguous, the likeliest first
	Other     []string // readings that are no actor, "Georgia (U.S. state)"
	Corrected string   // the display name that a misspelt one was read as
	Nearest   []string // display names near to one that is unknown
}

// nearName is a name that a misspelt one is compared with.
type nearName struct {
	folded string
	length int // in letters
	actor  int32
}

// ambiguous are the names that several actors share.
func ambiguous(folded string) []string {
	switch folded {
	case "congo", "congolese":
		return []string{"COD", "COG"}
	case "korea", "korean", "koreans":
		return []string{"KOR", "PRK"}
	case "guinea", "guinean", "guineans":
		return []string{"GIN", "GNB", "GNQ", "PNG"}
	case "dominican", "dominicans":
		return []string{"DOM", "DMA"}
	case "sudans":
		return []string{"SDN", "SSD"}
	case "saint martin", "st martin":
		return []string{"MAF", "SXM"}
	case "virgin islands":
		return []string{"VIR", "VGB"}
	case "samoas":
		return []string{"WSM", "ASM"}
	case "sdf":
		return []string{"SDF", "JSDF"}
	}
	return nil
}

// Resolve reads a name as a person types it: any case, with or without marks, a
// display name, an alias, an id or an ISO code in capitals. One edit away from
// exactly one actor's name, it is read as that and Corrected says so.
func (c *Catalogue) Resolve(name string) Resolution {
	if r := c.Known(name); len(r.Actors) > 0 {
		return r
	}
	return c.nearest(strings.TrimPrefix(foldName(trimName(name)), "the "))
}

// Known is Resolve for a name that is spelt right. It does not look for names
// that come near, which takes a thousand times as long.
func (c *Catalogue) Known(name string) Resolution {
	name = trimName(name)
	folded := foldName(name)
	if folded == "" {
		return Resolution{}
	}
	if ids := ambiguous(folded); ids != nil {
		return Resolution{Actors: ids}
	}
	ids := c.named(name)
	if len(ids) == 0 && strings.HasPrefix(folded, "the ") {
		folded = folded[4:]
		ids = c.named(folded)
	}
	if len(ids) == 0 {
		return Resolution{}
	}
	return Resolution{Actors: ids, Other: c.others(folded)}
}

// Place reports whether a name that stands for a state is of a place that lies in
// it, as "Ceyhan", and not of its seat of government or the state itself.
func (c *Catalogue) Place(name string) bool {
	return c.places[strings.TrimPrefix(foldName(trimName(name)), "the ")]
}

// trimName takes off what may stand around a typed name.
func trimName(name string) string {
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(name), `"'.,;:!?()[]`))
}

// named gives the actors that bear exactly this name.
func (c *Catalogue) named(name string) []string {
	var ids []string
	if n, ok := c.index[strings.ToUpper(name)]; ok && (name == strings.ToUpper(name) || c.actors[n].Kind != State) {
		ids = append(ids, c.actors[n].ID)
	}
	node, ok := c.trie.walk(name)
	if !ok {
		return ids
	}
	var weak []string
	for _, p := range c.trie.ends[node] {
		a := c.trie.patterns[p].actor
		if a < 0 || slices.Contains(ids, c.actors[a].ID) || slices.Contains(weak, c.actors[a].ID) {
			continue
		}
		if c.trie.patterns[p].weak {
			weak = append(weak, c.actors[a].ID)
		} else {
			ids = append(ids, c.actors[a].ID)
		}
	}
	if len(ids) == 0 {
		return weak
	}
	return ids
}

// walk gives the node where a whole name ends.
func (t *trie) walk(name string) (int32, bool) {
	var f folder
	node, n := int32(0), 0
	for i := 0; i < len(name); n++ {
		next, g := gap(name, i, n > 0)
		if g < 0 {
			return 0, false
		}
		if next >= len(name) {
			break
		}
		tok, word := f.next(name, next)
		id, ok := t.tokens[string(word)]
		if !ok {
			return 0, false
		}
		if node, ok = t.edges[edge(node, id)]; !ok {
			return 0, false
		}
		i = max(tok.end, next+1)
	}
	return node, n > 0
}

// others are the readings of a name that are no actor.
func (c *Catalogue) others(folded string) []string {
	var out []string
	for _, d := range c.doubts {
		if foldName(d.name) == folded {
			out = append(out, d.label)
		}
	}
	return out
}

// nearest reads an unknown name as the one actor whose name is an edit away, or
// gives the names that are near.
func (c *Catalogue) nearest(folded string) Resolution {
	type near struct {
		actor int32
		dist  int
		first bool // its first letter is right
	}
	length := utf8.RuneCountInString(folded)
	limit := 1
	switch {
	case length < 4:
		return Resolution{}
	case length >= 6:
		limit = 2
	}
	best := map[int32]near{}
	for _, n := range c.near() {
		if max(n.length-length, length-n.length) > limit {
			continue
		}
		d := text.Slips(folded, n.folded, limit)
		if d > limit {
			continue
		}
		if old, ok := best[n.actor]; !ok || d < old.dist {
			best[n.actor] = near{n.actor, d, n.folded[0] == folded[0]}
		}
	}
	list := make([]near, 0, len(best))
	for _, n := range best {
		list = append(list, n)
	}
	slices.SortFunc(list, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.dist, b.dist), cmp.Compare(a.actor, b.actor))
	})
	if len(list) == 0 {
		return Resolution{}
	}
	// A clear winner is one edit away in a word of five letters and more, and
	// nothing else is.
	if list[0].dist == 1 && length >= 5 && list[0].first && (len(list) == 1 || list[1].dist > 1) {
		a := c.actors[list[0].actor]
		return Resolution{Actors: []string{a.ID}, Corrected: a.Name}
	}
	var r Resolution
	for _, n := range list[:min(3, len(list))] {
		r.Nearest = append(r.Nearest, c.actors[n.actor].Name)
	}
	return r
}

// nearNames are the names that typing errors are measured against: strong ones
// of states, organisations, groups and persons.
func (c *Catalogue) nearNames() []nearName {
	out := make([]nearName, 0, len(c.names))
	for p, name := range c.names {
		pat := c.trie.patterns[p]
		if pat.actor < 0 || pat.weak || len(name) < 4 {
			continue
		}
		folded := foldName(name)
		out = append(out, nearName{folded, utf8.RuneCountInString(folded), pat.actor})
	}
	return out
}

// foldName folds a name for comparing: its folded tokens, one space between.
func foldName(s string) string {
	var b strings.Builder
	eachWord(s, func(word []byte) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.Write(word)
	})
	return b.String()
}

// eachWord calls do with the folded words of s, in order. A word holds until do
// returns.
func eachWord(s string, do func(word []byte)) {
	var f folder
	for i := 0; i < len(s); {
		if !wordByte(s[i]) {
			i++
			continue
		}
		t := f.read(s, i)
		if t.end <= i {
			i++
			continue
		}
		do(f.word(t))
		i = t.end
	}
}
