package actor

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// class is what a word says about a name beside it, or about one that has it.
type class uint16

const (
	given class = 1 << iota
	office
	title
	private
	modifier
	said
	plain
	geographic
	bodily
	stately
	commercial
	trading
	particle
)

// charge is a word that says what a person is.
const charge = office | title | private

func classOf(name string) class {
	return map[string]class{
		"office": office, "title": title, "private": private, "modifier": modifier, "said": said, "plain": plain, "place": geographic,
		"body": bodily, "state": stately, "company": commercial, "trade": trading, "particle": particle,
	}[name]
}

// loadNaming reads the words that names are told by.
func loadNaming() map[string]class {
	classes := make(map[string]class, 1<<11)
	for _, cols := range rows("naming.txt") {
		for w := range strings.FieldsSeq(cols[1]) {
			classes[w] |= classOf(cols[0])
		}
	}
	for _, file := range []string{"firstnames.txt", "givennames.txt"} {
		for _, cols := range rows(file) {
			for w := range strings.FieldsSeq(cols[0]) {
				classes[strings.ToLower(w)] |= given
			}
		}
	}
	return classes
}

// join is what stands before a word.
type join uint8

const (
	blank join = iota // "Hakan Fidan"
	comma             // "Fidan, the minister"
	apart             // a stop, a bracket, a dash, a quotation mark, the text's beginning
)

// word is one word of a text, with what a hyphen or an apostrophe ties to it.
type word struct {
	start, end int
	join       join // what stands before it
	class      class
	capital    bool  // it may be part of a name
	shout      bool  // all in capitals, no initial
	initial    bool  // "J.", "J.R."
	owner      bool  // "'s" follows
	hit        int32 // the catalogue's mention that it stands in, or none
}

// namingWords reads the words of s and joins them with the mentions found in it.
func (c *Catalogue) namingWords(s string, hits []hit) []word {
	out := make([]word, 0, len(s)/6+1)
	var f folder
	last, next := 0, 0
	for i := 0; i < len(s); {
		if !wordByte(s[i]) {
			i++
			continue
		}
		if s[i] >= utf8.RuneSelf {
			if r, n := utf8.DecodeRuneInString(s[i:]); !isWord(r) {
				i += n
				continue
			}
		}
		w := c.namingWord(&f, s, i)
		w.join = joining(s[last:w.start], last == 0)
		for next < len(hits) && hits[next].end <= w.start {
			next++
		}
		if w.hit = none; next < len(hits) && hits[next].start <= w.start {
			w.hit = int32(next)
		}
		out = append(out, w)
		i, last = max(w.end, i+1), w.end
		if w.owner {
			i += possessive(s[i:])
			last = i
		}
	}
	return out
}

// namingWord reads the word at i.
func (c *Catalogue) namingWord(f *folder, s string, i int) word {
	t := f.read(s, i)
	w := word{start: i, end: max(t.end, i+1), class: c.naming[string(f.word(t))]}
	w.capital = t.shape != small
	letters := t.length
	w.initial = t.shape == upper && (letters == 1 && strings.HasPrefix(s[w.end:], ". ") || s[w.end-1] == '.')
	w.shout = t.shape == upper && letters > 1 && !w.initial
	if w.initial && s[w.end-1] != '.' {
		w.end++
		return w
	}
	for w.end < len(s) {
		if w.owner = possessive(s[w.end:]) > 0; w.owner {
			return w
		}
		n := tie(s[w.end:])
		if n == 0 {
			break
		}
		t = f.read(s, w.end+n)
		if t.end <= w.end+n {
			break
		}
		switch {
		case compound(string(f.word(t))):
			w.capital = false // "Tokyo-based"
		case t.shape != small:
			w.capital = true // "al-Sisi"
			w.class &^= plain
			w.shout = w.shout && t.shape == upper
		}
		w.end = t.end
	}
	return w
}

// tie is the length of the hyphen or apostrophe that s begins with, where a
// letter follows.
func tie(s string) int {
	n := 0
	switch {
	case s[0] == '-' || s[0] == '\'' || s[0] == '&':
		n = 1
	case strings.HasPrefix(s, "’"):
		n = len("’")
	default:
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(s[n:]); !unicode.IsLetter(r) {
		return 0
	}
	return n
}

// possessive is the length of the "'s" that s begins with.
func possessive(s string) int {
	for _, p := range [...]string{"'s", "’s"} {
		if strings.HasPrefix(s, p) && !letterAt(s, len(p)) {
			return len(p)
		}
	}
	return 0
}

// compound knows the words that make an adjective of the name before the hyphen.
func compound(word string) bool {
	switch word {
	case "based", "born", "led", "style", "backed", "bound", "wide", "made", "area", "owned", "listed", "speaking", "era", "controlled", "run", "held", "elect", "brokered", "sponsored", "occupied", "denominated", "related":
		return true
	}
	return false
}

// joining tells what stands between two words.
func joining(between string, first bool) join {
	switch {
	case first:
		return apart
	case between == " ", between == "\n":
		return blank
	case strings.HasPrefix(between, ",") && strings.TrimLeft(between[1:], " \n") == "":
		return comma
	}
	return apart
}
