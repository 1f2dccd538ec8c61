package summary

import (
	"math"

	"attache/sources/text"
)

// nearness weighs, in [Choose], how near a sentence is to what all reports say
// against how much of it has been said by the ones chosen before it.
const nearness = 0.7

// Choose picks at most n sentences for a story from the sentences of its
// reports, as [Split] gives them: first the lead of the report nearest to what
// all of them say, then by maximal marginal relevance (Carbonell and Goldstein,
// 1998) what is near to all and not yet said. Only sentences that stand alone are
// chosen; the first of the nearest report where none does.
func Choose(docs [][]Sentence, n int) []Sentence {
	v := weigh(docs)
	best := v.nearest(docs)
	if n <= 0 || best < 0 {
		return nil
	}
	first := lead(docs[best])
	chosen := []Sentence{docs[best][first]}
	shown := []vector{v.sentences[best][first]}
	for len(chosen) < n {
		doc, at := v.next(docs, shown)
		if doc < 0 {
			break
		}
		chosen = append(chosen, docs[doc][at])
		shown = append(shown, v.sentences[doc][at])
	}
	return chosen
}

// lead is the place of the first sentence that stands alone; 0 when none does.
func lead(doc []Sentence) int {
	for i, s := range doc {
		if s.Alone {
			return i
		}
	}
	return 0
}

// vector holds the weights of a text's words; its length is 1.
type vector map[string]float64

// weighed are the vectors of a story.
type weighed struct {
	sentences [][]vector
	docs      []vector
	centroid  vector
}

// weigh makes the vectors of sentences, reports and of all together, over words
// and pairs of them. A word counts by the logarithm of how often it occurs; a
// report counts once, however long it is.
func weigh(docs [][]Sentence) weighed {
	v := weighed{centroid: vector{}}
	for _, doc := range docs {
		whole := vector{}
		var sentences []vector
		for _, s := range doc {
			one := vector{}
			words := content(s.Text)
			for i, w := range words {
				one[w]++
				whole[w]++
				if i > 0 {
					one[words[i-1]+" "+w]++
					whole[words[i-1]+" "+w]++
				}
			}
			sentences = append(sentences, unit(one))
		}
		whole = unit(whole)
		for w, x := range whole {
			v.centroid[w] += x
		}
		v.docs = append(v.docs, whole)
		v.sentences = append(v.sentences, sentences)
	}
	norm(v.centroid)
	return v
}

// unit dampens counts and makes the vector's length 1.
func unit(v vector) vector {
	for w, n := range v {
		v[w] = 1 + math.Log(n)
	}
	norm(v)
	return v
}

func norm(v vector) {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	if sum == 0 {
		return
	}
	root := math.Sqrt(sum)
	for w := range v {
		v[w] /= root
	}
}

func cosine(a, b vector) float64 {
	if len(b) < len(a) {
		a, b = b, a
	}
	sum := 0.0
	for w, x := range a {
		sum += x * b[w]
	}
	return sum
}

// nearest is the report nearest to all of them, the first of equals; its lead,
// which is what will be shown, counts for a quarter. It is -1 where no report has
// a sentence.
func (v weighed) nearest(docs [][]Sentence) int {
	const whole = 0.75
	best, most := -1, -1.0
	for i, d := range v.docs {
		if len(docs[i]) == 0 {
			continue
		}
		opening := v.sentences[i][lead(docs[i])]
		c := whole*cosine(d, v.centroid) + (1-whole)*cosine(opening, v.centroid)
		if c > most+1e-9 {
			best, most = i, c
		}
	}
	return best
}

// next finds the sentence to choose after those whose vectors are given; -1 when
// none is left that says something else.
func (v weighed) next(docs [][]Sentence, shown []vector) (doc, at int) {
	const repeats = 0.8 // a likeness from which a sentence says the same again
	doc, at = -1, -1
	most := math.Inf(-1)
	for d := range docs {
		for i, s := range docs[d] {
			if !s.Alone {
				continue
			}
			again := 0.0
			for _, x := range shown {
				again = max(again, cosine(v.sentences[d][i], x))
			}
			if again >= repeats {
				continue
			}
			early := 1 / (1 + float64(i))
			score := nearness*cosine(v.sentences[d][i], v.centroid) - (1-nearness)*again + position*early
			if score > most+1e-9 {
				most, doc, at = score, d, i
			}
		}
	}
	return doc, at
}

// position is what standing at the beginning of a report is worth in [Choose].
const position = 0.05

// content are the stems of a text's words that carry meaning.
func content(s string) []string {
	var out []string
	for _, span := range text.Words(s) {
		w := text.Fold(span.In(s))
		if len(w) < 2 || functionWord(w) || dull[w] {
			continue
		}
		out = append(out, text.Stem(w, "en"))
	}
	return out
}

// Shared counts the words that carry meaning, by their stems, which both texts
// have.
func Shared(a, b string) int {
	has := map[string]bool{}
	for _, w := range content(b) {
		has[w] = true
	}
	n := 0
	for _, w := range content(a) {
		if has[w] {
			n++
			has[w] = false
		}
	}
	return n
}

// dull are words that every report uses.
var dull = set(`he she it they we you i his her its their our your him them us me my who whom whose which what how why there here
	said says say told will would new also just more most much many some any all no than then so very`)
