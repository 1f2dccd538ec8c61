package actor

import "unicode/utf8"

// pattern is one way to write an actor, a node of the trie's end.
type pattern struct {
	actor  int32 // index in the catalogue; none for a phrase that names nobody
	sort   sort
	weak   bool
	single bool    // one word
	shapes []shape // what each token asks of the text
}

const none = int32(-1)

// sort is what sort of name a name is; the numbers are the columns of states.txt.
type sort uint8

const (
	proper sort = iota // "Azerbaijan", "the Kremlin", "Hamas"
	people             // "Azerbaijani", "Turks"
	place              // "Baku"
)

// trie finds runs of tokens. Edges go by (node, token), both small numbers.
type trie struct {
	tokens   map[string]int32
	edges    map[uint64]int32
	ends     map[int32][]int32 // node to its patterns
	patterns []pattern
	nodes    int32
	articles map[string]bool // small words that a name may begin with, as "al"
}

func newTrie() *trie {
	return &trie{
		tokens:   make(map[string]int32, 1<<13),
		edges:    make(map[uint64]int32, 1<<13),
		ends:     make(map[int32][]int32, 1<<13),
		articles: make(map[string]bool),
	}
}

func edge(node, token int32) uint64 { return uint64(uint32(node))<<32 | uint64(uint32(token)) }

// add puts a name in and gives the node where it ends.
func (t *trie) add(name string, actor int32, sort sort, weak bool) int32 {
	var f folder
	node := int32(0)
	p := pattern{actor: actor, sort: sort, weak: weak}
	for i, first := 0, true; i < len(name); first = false {
		next, sep := gap(name, i, !first)
		if sep < 0 {
			next++ // what is no separator in a text is skipped in a name
			i = next
			continue
		}
		i = next
		if i >= len(name) {
			break
		}
		tok, word := f.next(name, i)
		i = tok.end
		id, ok := t.tokens[string(word)]
		if !ok {
			id = int32(len(t.tokens))
			t.tokens[string(word)] = id
		}
		if first && tok.shape == small && !('0' <= word[0] && word[0] <= '9') {
			t.articles[string(word)] = true
		}
		p.shapes = append(p.shapes, asked(tok))
		to, ok := t.edges[edge(node, id)]
		if !ok {
			t.nodes++
			to = t.nodes
			t.edges[edge(node, id)] = to
		}
		node = to
	}
	p.single = len(p.shapes) == 1
	t.patterns = append(t.patterns, p)
	t.ends[node] = append(t.ends[node], int32(len(t.patterns)-1))
	return node
}

// asked is the shape that a name's token asks of the text: short names with
// several capitals ("LeT") ask for them, longer ones ("LinkedIn") for one.
func asked(t token) shape {
	if t.shape == mixed && t.length > 4 {
		return capital
	}
	return t.shape
}

// next reads a token or, between names, a comma or bracket, which is a token too.
func (f *folder) next(s string, i int) (token, []byte) {
	if c := s[i]; c == ',' || c == '(' {
		f.buf[0] = c
		return token{end: i + 1, length: 1}, f.buf[:1]
	}
	t := f.read(s, i)
	return t, f.word(t)
}

// gap steps over what may stand between two words of one name, from i on. It
// gives where the next token begins and how long the gap is, -1 where the name
// can't go on.
func gap(s string, i int, between bool) (next, length int) {
	start, lines := i, 0
	for i < len(s) {
		c := s[i]
		switch {
		case wordByte(c) && c < utf8.RuneSelf:
			return i, i - start
		case c == ',' || c == '(':
			if between {
				return i, i - start
			}
			return i, -1
		case c == ' ' || c == '-' || c == '\'' || c == ')' || c == '/' || c == '&':
			i++
		case c == '\n':
			if lines++; lines > 1 {
				return i, -1
			}
			i++
		case c == '.' && shortBefore(s, i):
			i++
		case c < utf8.RuneSelf:
			return i, -1
		default:
			n, ok := wideGap(s, i)
			if !ok {
				return i, -1
			}
			if n == 0 {
				return i, i - start
			}
			i += n
		}
		if i-start > 3 {
			return i, -1
		}
	}
	return i, i - start
}

// wideGap judges a byte beyond ASCII: a letter begins a token (0), a dash or a
// curly apostrophe or a hard space is stepped over (its length).
func wideGap(s string, i int) (n int, ok bool) {
	r, n := utf8.DecodeRuneInString(s[i:])
	switch r {
	case '\u2010', '\u2011', '\u2013', '\u2014', '\u2019', '\u2018', '\u02bc', '\u00a0', '\u202f':
		return n, true
	}
	if isWord(r) {
		return 0, true
	}
	return 0, false
}

// shortBefore reports whether the dot at i follows a short word, as in "St. Lucia".
func shortBefore(s string, i int) bool {
	n := 0
	for n < 4 && i-n-1 >= 0 && wordByte(s[i-n-1]) {
		n++
	}
	return n > 0 && n < 4
}
