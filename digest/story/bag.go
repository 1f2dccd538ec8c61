package story

import (
	"cmp"
	"math"
	"slices"

	"attache/sources/text"
)

const (
	titleWeight   = 2.5 // a word of the title counts as so many of the text
	maxStoryWords = 320 // what is read of a text: news tells its subject first
)

// bag holds the words of an article by id, in order of ids, with how much the
// article makes of each: 1 plus the logarithm of its count.
type bag []counted

type counted struct {
	term  int32
	count float32
}

// vocabulary gives words ids. Words of one stem share an id; words that carry no
// subject have none.
type vocabulary struct {
	byWord map[string]int32
	byStem map[string]int32
	usual  []float64 // by term: the part of all news that has it
}

func newVocabulary() *vocabulary {
	return &vocabulary{byWord: map[string]int32{}, byStem: map[string]int32{}}
}

// term returns a folded word's id, negative for one that carries no subject. The
// stems are English ones: for other languages they only cut off some endings,
// and do so in the same way each time.
func (v *vocabulary) term(t token) int32 {
	if id, ok := v.byWord[t.word]; ok {
		return id
	}
	id := int32(-1)
	if len(t.word) > 1 && !stopWords[t.word] {
		stem := t.word
		if !t.number && ascii(stem) {
			stem = text.Stem(stem, "en")
		}
		known, ok := v.byStem[stem]
		if !ok {
			known = int32(len(v.usual))
			v.byStem[stem] = known
			v.usual = append(v.usual, commonness[stem])
		}
		id = known
	}
	v.byWord[t.word] = id
	return id
}

// bag reads an article.
func (v *vocabulary) bag(it *Item) bag {
	title, _ := cutNote(it.Title)
	counts := map[int32]float32{}
	for _, t := range tokenize(title, maxStoryWords) {
		counts[v.term(t)] += titleWeight
	}
	for _, t := range tokenize(it.Text, maxStoryWords) {
		counts[v.term(t)]++
	}
	delete(counts, -1)
	b := make(bag, 0, len(counts))
	for term, n := range counts {
		b = append(b, counted{term, float32(1 + math.Log(float64(n)))})
	}
	slices.SortFunc(b, func(x, y counted) int { return cmp.Compare(x.term, y.term) })
	return b
}

// written gives for each of the terms the first word of an article that has it,
// for people.
func (v *vocabulary) written(it *Item, terms []int32) []string {
	title, _ := cutNote(it.Title)
	first := map[int32]string{}
	for _, t := range append(tokenize(title, maxStoryWords), tokenize(it.Text, maxStoryWords)...) {
		if id := v.term(t); first[id] == "" {
			first[id] = t.word
		}
	}
	words := make([]string, 0, len(terms))
	for _, id := range terms {
		words = append(words, first[id])
	}
	return words
}

// evidence is what it says of two articles that they share a word: nothing for
// one that is common in all news, most for one that is in none of it.
func (v *vocabulary) evidence(term int32) float32 {
	const common, rarest = .04, .002
	return float32(max(0, math.Log(common/max(rarest, v.usual[term]))))
}
