package ask

import (
	"math"
	"slices"
	"strings"

	"attache/digest/archive"
	"attache/sources/text"
)

// The parameters of BM25, within what is usual: Robertson and Zaragoza, "The
// Probabilistic Relevance Framework: BM25 and Beyond", 2009, name 1.2 to 2 for k. A
// word of the title counts as three.
const (
	bm25K      = 1.8
	bm25B      = 0.75
	titleCount = 3
)

// What a word of an earlier turn weighs beside one of the question: less, the
// longer ago it was said.
const (
	lastSaid = 0.4
	saidLess = 0.8
)

// longQuestion is how many words a question may have before they weigh more
// than the names among them.
const longQuestion = 3

// asked is how many words the question itself has.
func (q *inquiry) asked() int {
	n := 0
	for _, t := range q.terms {
		if t.weight == 1 {
			n++
		}
	}
	return n
}

// term is a word that articles are weighed by.
type term struct {
	typed  string
	stem   string
	weight float64 // 1 for what was asked, less for what the thread lends
	slot   bool    // it was understood as an actor or a theme as well
}

// stems keeps the stems of words that were met, as answers meet them often.
type stems struct{ known map[stemmed]string }

// stemmed is a word of a language.
type stemmed struct{ folded, lang string }

// stemsKept is how many words are kept at most.
const stemsKept = 1 << 15

func newStems() *stems { return &stems{map[stemmed]string{}} }

func (s *stems) of(folded, lang string) string {
	if lang == "" {
		lang = "en"
	}
	if got, ok := s.known[stemmed{folded, lang}]; ok {
		return got
	}
	if len(s.known) == stemsKept {
		clear(s.known)
	}
	folded = strings.Clone(folded) // which may be a part of a long text
	stem := text.Stem(folded, lang)
	s.known[stemmed{folded, lang}] = stem
	return stem
}

// terms makes terms of words, all of one weight; those of without are left out.
func (s *stems) terms(words []string, weight float64, known []term, without map[string]bool) []term {
	for _, w := range words {
		for _, f := range foldedWords(w) {
			f = strings.TrimSuffix(f, "'s")
			stem := s.of(f, "en")
			if without[f] || slices.ContainsFunc(known, func(t term) bool { return t.stem == stem }) {
				continue
			}
			known = append(known, term{typed: f, stem: stem, weight: weight})
		}
	}
	return known
}

// candidate is an article that may answer, with how well it does, each part
// from 0 to 1.
type candidate struct {
	archive.Entry
	*study
	lent []string // stems of the question that it has by a figure

	actors float64
	topic  float64
	words  float64
	free   float64 // of the words that are in no slot
	own    bool    // it has a word of this very question, and not only of its thread
	score  float64 // all of them together
}

// load reads an article's words, where the question asks for any: a pair is told by
// its tags.
func (q *inquiry) load(e archive.Entry) candidate {
	asked := q.slots
	if len(q.terms)+len(asked.Themes)+len(asked.Words)+len(asked.Persons)+len(asked.Places)+len(asked.Figures) == 0 {
		return candidate{Entry: e, study: q.studies.of(&e)}
	}
	return candidate{Entry: e, study: q.studies.worded(&e, q.stems)}
}

// weigh gives each of the entries its score, best first.
func (q *inquiry) weigh(entries []archive.Entry) []candidate {
	pool := make([]candidate, len(entries))
	total := 0
	for i, e := range entries {
		pool[i] = q.load(e)
		q.lendFigure(&pool[i])
		total += pool[i].length
	}
	q.idf = q.rarity(pool)
	mean := float64(max(total, 1)) / float64(max(len(pool), 1))
	phrases := topicPhrases(q.slots.Themes)
	for i := range pool {
		c := &pool[i]
		c.actors = q.actorPart(c.Entry)
		c.topic = topicPart(c, q.slots.Themes, phrases)
		c.words, c.free = q.wordParts(c, mean)
		c.score = q.together(c)
	}
	return bestFirst(pool)
}

// bestFirst puts candidates in order. They are large, so each is moved only once.
func bestFirst(pool []candidate) []candidate {
	order := make([]*candidate, len(pool))
	for i := range pool {
		order[i] = &pool[i]
	}
	slices.SortStableFunc(order, func(a, b *candidate) int {
		if a.score != b.score {
			return int(math.Copysign(1, b.score-a.score))
		}
		return b.At.Compare(a.At)
	})
	sorted := make([]candidate, len(pool))
	for i, c := range order {
		sorted[i] = *c
	}
	return sorted
}

// rarity weighs the terms by how few of the pool have them. A pool of a few
// articles is counted as fifty, so that a word that all three have still counts.
func (q *inquiry) rarity(pool []candidate) []float64 {
	out := make([]float64, len(q.terms))
	n := float64(max(len(pool), 50))
	for i, t := range q.terms {
		df := 0.0
		for _, c := range pool {
			if c.times(t.stem) > 0 {
				df++
			}
		}
		out[i] = math.Log(1+(n-df+0.5)/(df+0.5)) * t.weight
	}
	return out
}

// wordParts is BM25 over the greatest value that it could have: of all terms,
// and of those that are in no slot.
func (q *inquiry) wordParts(c *candidate, mean float64) (all, free float64) {
	var sum, most [2]float64
	norm := bm25K * (1 - bm25B + bm25B*float64(c.length)/mean)
	for i, t := range q.terms {
		got := 0.0
		if tf := float64(c.times(t.stem)); tf > 0 {
			got = q.idf[i] * tf / (tf + norm)
		}
		c.own = c.own || got > 0 && t.weight == 1 && !t.slot
		sum[0], most[0] = sum[0]+got, most[0]+q.idf[i]
		if !t.slot {
			sum[1], most[1] = sum[1]+got, most[1]+q.idf[i]
		}
	}
	return share(sum[0], most[0]), share(sum[1], most[1])
}

func share(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// actorPart is how much the article is about the actors: 1 where the pair acts
// on each other, less where they are only subjects, little where only named.
func (q *inquiry) actorPart(e archive.Entry) float64 {
	s := q.slots
	switch {
	case len(s.Pairs) > 1:
		for _, d := range s.Pairs {
			if hasDyad(e, d.String()) {
				return 1
			}
		}
		return 0
	case s.Dyad != nil:
		if hasDyad(e, s.Dyad.String()) {
			return 1
		}
		return min(0.6, 0.6*aboutness(e, s.Dyad.A)*aboutness(e, s.Dyad.B))
	case len(s.Actors) == 0:
		return 0
	}
	var parts []float64
	for _, id := range s.Actors {
		parts = append(parts, aboutness(e, id))
	}
	if len(parts) < 3 {
		return mean(parts)
	}
	slices.Sort(parts)
	best := mean(parts[len(parts)-2:])
	for _, d := range pairsOf(s.Actors) {
		if hasDyad(e, d.String()) {
			return max(best, 0.9)
		}
	}
	return best
}

func mean(parts []float64) float64 {
	sum := 0.0
	for _, p := range parts {
		sum += p
	}
	return sum / float64(max(len(parts), 1))
}

func hasDyad(e archive.Entry, id string) bool {
	for _, d := range e.Dyads {
		if d.Dyad.String() == id {
			return true
		}
	}
	return false
}

// aboutness is 0.6 to 1 where the article is about the actor, 0.3 where it only
// names it.
func aboutness(e archive.Entry, id string) float64 {
	for _, a := range e.Actors {
		if a.Actor == id {
			return 0.6 + 0.4*min(a.Weight, 1)
		}
	}
	if slices.Contains(e.Mentioned, id) {
		return 0.3
	}
	return 0
}

// topicPhrases are the words for the themes, each with a space around it.
func topicPhrases(themes []string) []string {
	var out []string
	for _, list := range topics() {
		for _, t := range list {
			energy := t.theme == "energy" && slices.Contains(themes, "energy-oil") && slices.Contains(themes, "gas")
			if energy || slices.Contains(themes, t.theme) {
				out = append(out, " "+strings.Join(t.words, " ")+" ")
			}
		}
	}
	return out
}

// topicPart is 1 for an article that was given one of the themes, less for one
// that only has a word for it.
func topicPart(c *candidate, themes, phrases []string) float64 {
	for _, t := range c.Themes {
		if slices.Contains(themes, t.Theme) {
			return 1
		}
	}
	best := 0.0
	for _, p := range phrases {
		if strings.Contains(c.title, p) {
			return 0.7
		}
		if strings.Contains(c.body, p) {
			best = 0.4
		}
	}
	return best
}

// together is the mean of the parts that the question asks for. The more words
// it has beside its actors, the more they weigh.
func (q *inquiry) together(c *candidate) float64 {
	var sum, weight float64
	add := func(asked bool, w, part float64) {
		if asked {
			sum, weight = sum+w*part, weight+w
		}
	}
	s := q.slots
	long := 1.0
	if n := q.asked(); n > longQuestion && len(s.Pairs) < 2 {
		long = float64(longQuestion) / float64(n) * 0.2
	}
	add(len(s.Actors) > 0, 0.45*long, c.actors)
	add(len(s.Themes) > 0, 0.2*long, c.topic)
	add(len(q.terms) > 0, 0.5, c.words)
	if weight == 0 {
		return 0
	}
	return sum / weight
}
