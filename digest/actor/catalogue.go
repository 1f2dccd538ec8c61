package actor

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

// Version is raised when the catalogue or the rules change what texts are tagged
// with; it is part of the indexer's stamp.
const Version = 2

//go:embed data/*.txt
var data embed.FS

// Catalogue holds all actors and finds them in texts. It is read-only once
// loaded, and safe for use by several goroutines.
type Catalogue struct {
	actors  []Actor
	states  []int32 // by actor: the index of the state it counts as, or none
	index   map[string]int32
	trie    *trie
	given   map[string]bool // given names
	naming  map[string]class
	doubts  []doubt
	doubted map[int32]int    // pattern to doubt
	names   []string         // by pattern: as the table writes it
	regions map[string]int32 // state to its name's pattern, for datelines
	places  map[string]bool  // folded names of places that only lie in a state
	near    func() []nearName
}

// Load builds the catalogue from the tables in data/. It panics when a table is
// broken, which the tests of this package rule out.
func Load() *Catalogue {
	c := &Catalogue{index: make(map[string]int32, 1<<11), trie: newTrie(), given: make(map[string]bool, 1<<9), places: make(map[string]bool, 1<<11)}
	for _, t := range tables() {
		for n, line := range rows(t.file) {
			if err := c.row(t, line); err != nil {
				panic(fmt.Sprintf("actor: %s, row %d: %v", t.file, n+1, err))
			}
		}
	}
	c.states = make([]int32, len(c.actors))
	for i, a := range c.actors {
		c.states[i] = none
		if s, ok := c.index[a.Country]; ok {
			c.states[i] = s
		}
	}
	c.regions = map[string]int32{}
	for p, pat := range c.trie.patterns {
		if a := c.actors[pat.actor]; c.names[p] == a.Name && a.Kind == State {
			c.regions[a.ID] = int32(p)
		}
	}
	c.loadRules()
	c.naming = loadNaming()
	c.near = sync.OnceValue(c.nearNames) // only who mistypes needs them
	return c
}

// table is a file of actors and what its columns mean.
type table struct {
	file    string
	kind    Kind
	country int // column of the state, -1 where a row has none
	qid     int
	aliases int // the first column of names; a state's people and places follow in two more
}

func tables() []table {
	return []table{
		{"states.txt", State, 0, 2, 3},
		{"organisations.txt", Organisation, -1, 2, 3},
		{"groups.txt", Group, 2, 3, 4},
		{"institutions.txt", Institution, 2, 3, 4},
		{"companies.txt", Company, 2, 3, 4},
		{"persons.txt", Person, 1, -1, 2},
	}
}

// rows are a table's lines without comments, each cut at its bars.
func rows(file string) [][]string {
	b, err := data.ReadFile("data/" + file)
	if err != nil {
		panic(err) // embedded: can't be missing
	}
	var out [][]string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "|")
		for i := range cols {
			cols[i] = strings.TrimSpace(cols[i])
		}
		out = append(out, cols)
	}
	return out
}

// row adds the actor that a line of a table tells of.
func (c *Catalogue) row(t table, cols []string) error {
	if len(cols) < t.aliases {
		return fmt.Errorf("%d columns, want %d", len(cols), t.aliases+1)
	}
	a := Actor{ID: cols[0], Name: cols[min(1, t.aliases-1)], Kind: t.kind}
	if t.kind == Person {
		a.Name = cols[0]
		a.ID = personID(cols[0])
	}
	if t.country >= 0 && cols[t.country] != "-" {
		a.Country = c.stateOf(cols[t.country])
	}
	if t.qid >= 0 && cols[t.qid] != "-" {
		a.QID = cols[t.qid]
	}
	if _, ok := c.index[a.ID]; ok {
		return fmt.Errorf("%s stands twice", a.ID)
	}
	var weak bool
	a.Name, weak = strings.CutPrefix(a.Name, "~")
	n := int32(len(c.actors))
	c.index[a.ID] = n
	c.actors = append(c.actors, a)
	c.name(plainName(a.Name), n, proper, weak)
	for i, col := range cols[min(t.aliases, len(cols)):] {
		for alias := range strings.SplitSeq(col, ",") {
			alias = strings.TrimSpace(alias)
			if alias == "" {
				continue
			}
			alias, weak := strings.CutPrefix(alias, "~")
			alias, seat := strings.CutPrefix(alias, "^")
			c.name(alias, n, sort(i), weak)
			if sort(i) == place && !seat && a.Kind == State {
				c.places[foldName(alias)] = true
			}
		}
	}
	return nil
}

// stateOf is the state that an actor counts as; a person may act for a group.
func (c *Catalogue) stateOf(id string) string {
	if n, ok := c.index[id]; ok && c.actors[n].Kind != State {
		return c.actors[n].Country
	}
	return id
}

// plainName is a display name without what tells it from its namesakes.
func plainName(s string) string {
	if i := strings.Index(s, " ("); i > 0 && strings.HasSuffix(s, ")") {
		return s[:i]
	}
	return s
}

// name adds one way to write an actor.
func (c *Catalogue) name(s string, actor int32, sort sort, weak bool) {
	c.trie.add(s, actor, sort, weak)
	c.names = append(c.names, s)
}

// personID makes an id of a person's name: its letters.
func personID(name string) string {
	var b strings.Builder
	eachWord(name, func(word []byte) {
		for _, c := range word {
			if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
				b.WriteByte(c)
			}
		}
	})
	return strings.ToUpper(b.String())
}

// Actor gives the actor with this id.
func (c *Catalogue) Actor(id string) (Actor, bool) {
	n, ok := c.index[id]
	if !ok {
		return Actor{}, false
	}
	return c.actors[n], true
}

// All gives all actors: the states first, then the rest table by table.
func (c *Catalogue) All() []Actor { return append([]Actor(nil), c.actors...) }

// Name is an actor's display name; the id itself where it is unknown.
func (c *Catalogue) Name(id string) string {
	if n, ok := c.index[id]; ok {
		return c.actors[n].Name
	}
	return id
}

// DyadName is a dyad as it is shown: "Azerbaijan–Israel".
func (c *Catalogue) DyadName(d Dyad) string { return c.Name(d.A) + "–" + c.Name(d.B) }
