package story

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// What makes two articles alike.
const (
	idfPower    = .7                 // below 1: a rare word says much, but not all
	idfPrior    = 20                 // articles of all news that a window is thought to have besides its own
	commonPart  = .25                // words in a larger part of the articles are not compared
	commonLeast = 40                 // so many articles may have a word in any case
	decaySpan   = 2 * 24 * time.Hour // likeness falls to 1/e in it
	maxApart    = 7 * 24 * time.Hour // no story is carried over a silence of so long
	crowd       = 10                 // nearest articles by which it is judged how thickly a subject is reported
	crowdFloor  = .03
	heaviest    = 48      // words of an article that are compared, at the least
	manyWords   = 250_000 // words of all articles that are compared: the more articles, the fewer of each
	leastLike   = .01     // less is chance
	few         = 60      // articles; of so many it is not known yet what is rare and how alike news is
	chance      = .09     // likeness that a text's neighbours would have if there were more
	evidence    = 4.6     // what two articles must share in words that are rare in all news: one is not enough
	fewWords    = 12      // headlines alone are judged without
)

// How alike the members of a story must be on average. The larger the stories,
// the less alike is any member to all others, and the more each stands in a crowd
// of its own story; the likeness to the second nearest article tells in advance
// how large they are. These are the only figures that decide what a story is.
const (
	threshold0   = .95  // where nothing is like anything
	thickness    = 1.27 // less for each unit of likeness to the second nearest
	maxThreshold = .58
	minThreshold = .36
	novelty      = .1   // less in a window of a few articles, which does not know yet what is rare
	fullLength   = 22.0 // distinct words from which on a text is as good as whole
	shortness    = 1.5  // power by which the threshold falls below it
)

// field is a set of articles whose likeness can be asked. Likeness is the cosine
// of their weighted words, less with the time between them, and measured by how
// alike their neighbours are: what is much in a thin subject is little where
// everybody writes of one affair.
type field struct {
	words     *vocabulary
	docs      []doc
	df        []int32     // by term: the articles that have it
	postings  [][]posting // by term
	idf       []float32   // by term, as of the last weigh
	weighed   int         // articles at the last weigh
	threshold float32     // as of the last settle
	unknown   float32     // as of the last weigh: 1 in an empty field, less the more articles there are
	sums      []float32   // by article; kept between calls, zero outside of them
	rare      []float32   // by article, likewise: what rare words it shares
}

// doc is a text in the field: an article, or several that copy each other, which
// are one voice.
type doc struct {
	bag     bag
	at      time.Time
	actors  []string
	copies  int            // articles that have this text besides the first
	nearest [crowd]float32 // likenesses to the nearest texts, largest first
	near    []edge         // to the others, as far as they are known
}

type posting struct {
	doc    int32
	weight float32
}

// edge is a likeness to another article.
type edge struct {
	to   int32
	like float32
}

func newField() *field { return &field{words: newVocabulary()} }

// add enters an article and returns its place. Once the field has been weighed,
// its neighbours are taken too.
func (f *field) add(it *Item) int32 {
	n, b := int32(len(f.docs)), f.words.bag(it)
	f.grow()
	for _, c := range b {
		f.df[c.term]++
	}
	f.docs, f.sums = append(f.docs, doc{bag: b, at: it.Published, actors: it.Actors}), append(f.sums, 0)
	f.rare = append(f.rare, 0)
	if f.weighed > 0 {
		f.post(n)
		f.meet(n, true)
	}
	return n
}

// grow makes room for the terms that the vocabulary has learnt.
func (f *field) grow() {
	for len(f.df) < len(f.words.usual) {
		f.df, f.postings, f.idf = append(f.df, 0), append(f.postings, nil), append(f.idf, rarity(f.weighed, 0, f.words.usual[len(f.df)]))
	}
}

// rarity is what a word weighs that df of n articles have, and a part of all news.
func rarity(n int, df int32, usual float64) float32 {
	return float32(math.Pow(math.Log((float64(n)+idfPrior)/(float64(df)+.5+idfPrior*usual)), idfPower))
}

// weigh takes the weights of all words anew from the articles that there are.
func (f *field) weigh() {
	f.grow()
	f.weighed = len(f.docs)
	f.unknown = 0
	if f.weighed < 4*few {
		f.unknown = float32(math.Exp(-float64(f.weighed) / few))
	}
	for term := range f.idf {
		f.idf[term] = rarity(f.weighed, f.df[term], f.words.usual[term])
		f.postings[term] = f.postings[term][:0]
	}
	for n := range f.docs {
		f.post(int32(n))
	}
}

// post enters an article's words where they are looked up.
func (f *field) post(n int32) {
	for _, t := range f.vector(f.docs[n].bag) {
		f.postings[t.term] = append(f.postings[t.term], posting{n, t.weight})
	}
}

// weighted is a term's part of a vector.
type weighted struct {
	term   int32
	weight float32
}

// vector returns a bag's weightiest words, in order of term, as a vector of length
// 1. The light words that a long text has by the hundred are left out: they say
// little and would take most of the time.
func (f *field) vector(b bag) []weighted {
	v := make([]weighted, len(b))
	for i, c := range b {
		v[i] = weighted{c.term, c.count * f.idf[c.term]}
	}
	if most := max(heaviest, manyWords/max(len(f.docs), 1)); len(v) > most {
		slices.SortFunc(v, func(x, y weighted) int {
			return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.term, y.term))
		})
		v = v[:most]
		slices.SortFunc(v, func(x, y weighted) int { return cmp.Compare(x.term, y.term) })
	}
	sum := float32(0)
	for _, t := range v {
		sum += t.weight * t.weight
	}
	norm := float32(math.Sqrt(float64(max(sum, 1e-9))))
	for i := range v {
		v[i].weight /= norm
	}
	return v
}

// setThreshold takes the threshold from the articles that there are. Headlines
// alone share few words or none, also about one event: for them it is lower.
func (f *field) setThreshold() {
	terms, articles, second := 0, 0, 0.0
	for i := range f.docs {
		d := &f.docs[i]
		terms += len(d.bag)
		articles += 1 + d.copies
		second += float64(1+d.copies) * float64(d.secondNearest())
	}
	n := float64(max(articles, 1))
	threshold := min(max(threshold0-thickness*second/n, minThreshold), maxThreshold)
	threshold -= novelty * math.Exp(-n/few)
	if length := float64(terms) / float64(max(len(f.docs), 1)); length < fullLength {
		threshold *= math.Pow(length/fullLength, shortness)
	}
	f.threshold = float32(threshold)
}

// settle takes the weights and neighbours anew once the field has grown by a
// fifth since they were taken, and reports whether it did: in a small window
// every article changes what is rare, in a large one none does.
func (f *field) settle() bool {
	if len(f.docs) <= f.weighed+f.weighed/5 {
		return false
	}
	f.weigh()
	for n := range f.docs {
		f.docs[n].nearest, f.docs[n].near = [crowd]float32{}, f.docs[n].near[:0]
	}
	for n := range f.docs {
		f.meet(int32(n), false)
	}
	f.setThreshold()
	return true
}

// meet takes a text's likenesses to all others; if both is set, they learn of it.
func (f *field) meet(n int32, both bool) {
	d := &f.docs[n]
	for _, e := range f.alike(d.bag, d.at) {
		if e.to == n {
			continue
		}
		d.meet(e)
		if both {
			f.docs[e.to].meet(edge{n, e.like})
		}
	}
}

// shared returns the terms that make two articles alike, the weightiest first,
// five at most.
func (f *field) shared(a, b bag) []int32 {
	var both []posting
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].term < b[j].term:
			i++
		case a[i].term > b[j].term:
			j++
		default:
			idf := f.idf[a[i].term]
			both = append(both, posting{a[i].term, a[i].count * b[j].count * idf * idf})
			i++
			j++
		}
	}
	slices.SortFunc(both, func(x, y posting) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.doc, y.doc))
	})
	var terms []int32
	for _, p := range both[:min(5, len(both))] {
		terms = append(terms, p.doc)
	}
	return terms
}

// alike returns the articles that are like one with this bag and time: the
// cosine, less for the time between. The order is the same in each run.
func (f *field) alike(b bag, at time.Time) []edge {
	common := max(commonLeast, int(commonPart*float64(len(f.docs))))
	var touched []int32
	for _, t := range f.vector(b) {
		if len(f.postings[t.term]) > common {
			continue
		}
		for _, p := range f.postings[t.term] {
			if f.sums[p.doc] == 0 {
				touched = append(touched, p.doc)
			}
			f.sums[p.doc] += t.weight * p.weight
			f.rare[p.doc] += f.words.evidence(t.term)
		}
	}
	edges := make([]edge, 0, len(touched))
	for _, n := range touched {
		sum := f.sums[n]
		rare := f.rare[n]
		f.sums[n], f.rare[n] = 0, 0
		if sum < leastLike || rare < evidence*f.unknown && min(len(b), len(f.docs[n].bag)) >= fewWords {
			continue
		}
		if like := sum * fade(at, f.docs[n].at); like >= leastLike {
			edges = append(edges, edge{n, like})
		}
	}
	return edges
}

// fade is how much of a likeness is left after the time between two articles;
// all of it where a time is not known.
func fade(a, b time.Time) float32 {
	if a.IsZero() || b.IsZero() {
		return 1
	}
	apart := a.Sub(b).Abs()
	if apart > maxApart {
		return 0
	}
	return float32(math.Exp(-float64(apart) / float64(decaySpan)))
}

// meet notes a likeness to another text.
func (d *doc) meet(e edge) {
	d.near = append(d.near, e)
	like := e.like
	for i := range d.nearest {
		if like > d.nearest[i] {
			like, d.nearest[i] = d.nearest[i], like
		}
	}
}

// crowding is how alike an article's neighbours are to it, on average; where
// there are few, no less than what they would be by chance.
func (d *doc) crowding(least float32) float32 {
	sum := float32(0)
	for _, like := range d.nearest {
		sum += max(like, least)
	}
	return sum / crowd
}

// secondNearest is the likeness to the second nearest article, copies among them.
func (d *doc) secondNearest() float32 {
	switch d.copies {
	case 0:
		return d.nearest[1]
	case 1:
		return d.nearest[0]
	}
	return 1
}

// measure is a likeness measured by the crowding of both texts, and weighed by
// their actors.
func (f *field) measure(n int32, e edge) float32 {
	a, b := &f.docs[n], &f.docs[e.to]
	return min(1, measured(e.like, a.crowding(chance*f.unknown), b.crowding(chance*f.unknown))*acting(a.actors, b.actors))
}

// acting weighs a likeness by the actors of both: the same words about others
// are another story. It is 1 where one of them has none.
func acting(a, b []string) float32 {
	if len(a) == 0 || len(b) == 0 {
		return 1
	}
	same := 0
	for _, actor := range a {
		if slices.Contains(b, actor) {
			same++
		}
	}
	return .75 + .35*float32(same)/float32(min(len(a), len(b)))
}

// measured is a likeness measured by the crowding of both articles: 1/2 where it
// is just what neighbours have, towards 1 where it is far above.
func measured(like, crowdA, crowdB float32) float32 {
	x := like / (crowdFloor + float32(math.Sqrt(float64(crowdA*crowdB))))
	x *= float32(math.Sqrt(float64(x)))
	return x / (1 + x)
}
