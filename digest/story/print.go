package story

import (
	"slices"
	"strings"
)

// runLength is the number of words in the runs by which texts are compared: long
// enough that two accounts of one event share few, short enough that a word
// changed here and there spoils few.
const runLength = 4

// leadRuns is how much of a text counts as its beginning.
const leadRuns = 48

// maxCopyWords bounds what is read of a text when copies are looked for.
const maxCopyWords = 4000

// print is what is kept of a text to tell its copies. All sets are sorted and
// hold no value twice.
type print struct {
	runs    []uint32 // hashes of its runs of words
	figures []uint32 // of the numbers in it
	names   []uint32 // of the words with a capital inside a sentence
	lead    []uint32 // the runs that it begins with
	title   uint32   // of its title's words in any order
	words   int
	note    note
}

// newPrint reads an article.
func newPrint(it *Item) *print {
	tokens := alike(tokenize(it.Text, maxCopyWords))
	p := &print{words: len(tokens), note: noteOf(it.Title, it.Text), title: titlePrint(it.Title)}
	hashes := make([]uint32, len(tokens))
	for i, t := range tokens {
		hashes[i] = hash(t.word)
		switch {
		case t.number:
			p.figures = append(p.figures, hashes[i])
		case t.name:
			p.names = append(p.names, hashes[i])
		}
	}
	for i := 0; i+runLength <= len(hashes); i++ {
		p.runs = append(p.runs, mix(hashes[i:i+runLength]))
	}
	p.lead = set(slices.Clone(p.runs[:min(leadRuns, len(p.runs))]))
	p.runs, p.figures, p.names = set(p.runs), set(p.figures), set(p.names)
	return p
}

// titlePrint is the same for two titles of the same words, whatever their order
// and the note of correction before them; 0 where there are too few to say so.
func titlePrint(title string) uint32 {
	title, _ = cutNote(title)
	tokens := alike(tokenize(title, 60))
	if len(tokens) < runLength {
		return 0
	}
	hashes := make([]uint32, len(tokens))
	for i, t := range tokens {
		hashes[i] = hash(t.word)
	}
	slices.Sort(hashes)
	return mix(hashes)
}

// alike writes words in one way where houses differ: British and American
// spelling, the abbreviations of wires, small numbers in words. It changes tokens.
func alike(tokens []token) []token {
	kept := tokens[:0]
	for i, t := range tokens {
		if t.word == "per" && i+1 < len(tokens) && tokens[i+1].word == "cent" {
			continue
		}
		if t.word == "cent" && i > 0 && tokens[i-1].word == "per" {
			t.word = "percent"
		}
		word, ok := houseWords[t.word]
		switch {
		case ok:
			t.word = word
			t.number = t.number || word[0] >= '0' && word[0] <= '9'
		case !t.number:
			t.word = american(t.word)
		}
		kept = append(kept, t)
	}
	return kept
}

// houseWords are words that the same text shows in two ways at two outlets.
var houseWords = map[string]string{
	"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
	"nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
	"pct": "percent", "mln": "million", "bln": "billion", "dlr": "dollar", "dlrs": "dollars",
	"stg": "sterling", "govt": "government",
	"centre": "center", "theatre": "theater", "metre": "meter", "metres": "meters", "litre": "liter",
	"defence": "defense", "offence": "offense", "programme": "program", "programmes": "programs",
	"grey": "gray", "tyre": "tire", "cheque": "check", "kilometre": "kilometer", "kilometres": "kilometers",
	"towards": "toward", "whilst": "while", "travelled": "traveled", "travelling": "traveling",
	"cancelled": "canceled", "labelled": "labeled", "licence": "license",
}

// american turns the British endings -ise, -isation, -our and -yse into the
// American ones. That it also turns some words that are spelt alike everywhere
// does no harm: it does so in both texts.
func american(word string) string {
	if len(word) < 6 {
		return word
	}
	for _, end := range [...]string{"isation", "isations", "ise", "ised", "ises", "ising", "yse", "ysed"} {
		if stem, ok := strings.CutSuffix(word, end); ok && len(stem) > 2 {
			return stem + strings.Replace(end, "s", "z", 1)
		}
	}
	if i := strings.LastIndex(word, "our"); i > 2 && len(word)-i <= 7 {
		return word[:i] + "or" + word[i+3:]
	}
	return word
}

// hash is FNV-1a: the same in every run and on every machine, as prints may be
// compared across them.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// mix makes one hash of several, in their order.
func mix(hashes []uint32) uint32 {
	h := uint64(14695981039346656037)
	for _, x := range hashes {
		h = (h ^ uint64(x)) * 1099511628211
		h ^= h >> 29
	}
	return uint32(h ^ h>>32)
}

func set(values []uint32) []uint32 {
	slices.Sort(values)
	return slices.Compact(values)
}

// common counts the values that two sets share.
func common(a, b []uint32) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}
