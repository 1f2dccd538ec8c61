package actor

import (
	"cmp"
	"slices"
	"strings"
)

// Named is a person or an organisation that a text names.
type Named struct {
	Name    string // in full, as the catalogue or the text has it, without titles
	Surname string // where it has several words, as "de Clercq"; empty else
	Start   int    // bytes, of the first place in the body; in the title where InTitle
	End     int
	InTitle bool   // the body does not name it
	Times   int    // how often the body does
	Passing bool   // named in passing: holds no public charge, or has no part in what is told
	Why     string // the words that made it a name, for people

	headed bool // stands in the title
	public bool // a person with a public charge; a body of states
	high   bool // the charge is one of those who govern
	speaks bool // a word of speech stands beside the name
}

// Listed is the name as lists of people have it: a surname of several words
// alone, else the name in full, which ends in the surname.
func (n Named) Listed() string {
	if n.Surname != "" {
		return n.Surname
	}
	return n.Name
}

// Names gives the people and the organisations that an article names, each once,
// in the order of the text. What it is about, and who acts, is told from what is
// named in passing.
func (c *Catalogue) Names(title, body string) (people, orgs []Named) {
	parts := []part{
		{text: title, hits: c.trie.scan(title, reading{}, nil)},
		{text: body, hits: c.trie.scan(body, reading{}, nil)},
	}
	c.settle(parts)
	n := namer{
		c:     c,
		title: sheet{text: title, hits: parts[0].hits, words: c.namingWords(title, parts[0].hits)},
		body:  sheet{text: body, hits: parts[1].hits, words: c.namingWords(body, parts[1].hits)},
		head:  datelineEnd(body),
		by:    map[string]*person{},
		short: map[string]*institution{},
	}
	n.findPeople()
	n.findBodies()
	return n.people(), n.bodies()
}

// sheet is a text, its words and the catalogue's mentions.
type sheet struct {
	text  string
	hits  []hit
	words []word
}

// namer finds the names of one article.
type namer struct {
	c           *Catalogue
	title, body sheet
	head        int                // where the body begins behind its dateline
	by          map[string]*person // by the folded surname: the last one named
	persons     []*person
	found       []*institution
	short       map[string]*institution // by the acronym that the text explains
}

// run gives the end of the capitalised words that follow each other from i.
func (s *sheet) run(i int) int {
	j := i + 1
	for j < len(s.words) && s.words[j].join == blank && !s.words[j-1].owner {
		w := s.words[j]
		switch {
		case w.capital && (w.class&plain == 0 || s.words[j-1].class&given != 0 && w.class&given == 0 && !s.words[j-1].initial):
			j++
		case !w.capital && w.class&particle != 0 && s.capitalAt(j+1) && s.words[j+1].join == blank:
			j += 2
		case !w.capital && w.class&particle != 0 && j+1 < len(s.words) && s.words[j+1].class&particle != 0 && s.capitalAt(j+2) && s.words[j+1].join == blank && s.words[j+2].join == blank:
			j += 3 // "de la Madrid"
		default:
			return j
		}
	}
	return j
}

func (s *sheet) capitalAt(i int) bool {
	return i < len(s.words) && s.words[i].capital && s.words[i].class&plain == 0
}

// span is the text from word i up to word j.
func (s *sheet) span(i, j int) string {
	return s.text[s.words[i].start:s.words[j-1].end]
}

// eachRun calls do with every run of capitalised words.
func (s *sheet) eachRun(from int, do func(i, j int)) {
	for i := 0; i < len(s.words); i++ {
		w := s.words[i]
		if !w.capital || w.start < from || w.class&plain != 0 && w.class&given == 0 {
			continue
		}
		j := s.run(i)
		do(i, j)
		i = j - 1
	}
}

// kindAt is the kind of the actor that a word is part of; empty for none.
func (n *namer) kindAt(s *sheet, i int) Kind {
	if h := s.words[i].hit; h >= 0 {
		return n.c.actors[s.hits[h].actor].Kind
	}
	return ""
}

func (n *namer) people() []Named {
	var out []Named
	for _, p := range n.persons {
		p.Surname = n.surname(p.Name)
		out = append(out, p.Named)
	}
	return inOrder(out)
}

func (n *namer) bodies() []Named {
	var out []Named
	for _, b := range n.found {
		b.Name = n.form(b)
		out = append(out, b.Named)
	}
	return inOrder(out)
}

func inOrder(list []Named) []Named {
	slices.SortStableFunc(list, func(a, b Named) int { return cmp.Compare(a.Start, b.Start) })
	return list
}

// lastWord is the surname of a name, without "Jr." and the like.
func lastWord(name string) string {
	words := strings.Fields(foldName(name))
	for len(words) > 1 {
		switch words[len(words)-1] {
		case "jr", "sr", "ii", "iii", "iv":
			words = words[:len(words)-1]
			continue
		}
		break
	}
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}
