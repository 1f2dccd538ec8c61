package ask

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Ranking is the archive's articles by how well they answer a question.
type Ranking struct {
	Understood Understanding
	Ranked     []int64 // best first
	Cited      []int64 // those that an answer would show
	Confidence float64 // 0 to 1: that the archive answers the question at all
	Abstain    bool
	WhyAbstain string    // for people; empty where it doesn't
	Terms      []string  // the words that articles were weighed by, as typed
	Weighed    []Weighed // the best of Ranked, in its order
}

// Weighed is how well an article answers a question, each part from 0 to 1.
type Weighed struct {
	Article int64    `json:"-"`
	Score   float64  `json:"score"`
	Fits    bool     `json:"fits"` // it passed the filters of actors, themes and words
	Actors  float64  `json:"actors"`
	Topic   float64  `json:"topic"`
	Words   float64  `json:"words"`
	Has     []string `json:"has"` // the terms that it has
}

// rankedAtMost bounds how many of the newest articles a ranking weighs.
const rankedAtMost = 20_000

// explained is of how many articles a ranking tells how they were weighed.
const explained = 10

// Rank orders the archive's articles by how well they answer a question. It
// has no default period. history are what the asker said before, the oldest
// first.
func (e *Engine) Rank(ctx context.Context, question Question, who Asker, history []string) (*Ranking, error) {
	names, err := e.outletNames(ctx)
	if err != nil {
		return nil, err
	}
	u := e.understand(question, who, names)
	slots := u.Slots
	if slots.Pending != nil {
		slots = slots.Pending.Slots
		if d := u.Doubts; len(d) > 0 && len(d[0].Actors) == 1 {
			slots.Actors = append(slots.Actors, d[0].Actors[0])
		}
	}
	q := &inquiry{Engine: e, Archive: e.Archive, who: who, slots: slots, stems: newStems(), wide: true, limit: rankedAtMost}
	if slots.Period != nil {
		q.period = *slots.Period
	}
	q.terms = q.stems.terms(e.read(question, who, names).subject(), 1, nil, stopWords())
	for i, t := range q.terms {
		q.terms[i].slot = !slices.ContainsFunc(append(slices.Clone(slots.Words), slots.Persons...), func(w string) bool {
			return slices.Contains(foldedWords(w), t.typed)
		})
	}
	weight := lastSaid
	for _, said := range slices.Backward(history) {
		q.terms = q.stems.terms(foldedWords(said), weight, q.terms, stopWords())
		weight *= saidLess
	}
	entries, err := q.gather(ctx)
	if err != nil {
		return nil, fmt.Errorf("rank: %w", err)
	}
	outside := u.Misdated != nil || len(entries) == 0 && q.period != (Period{})
	if outside { // what is near is ranked all the same
		q.period = Period{}
		if entries, err = q.gather(ctx); err != nil {
			return nil, fmt.Errorf("rank: %w", err)
		}
	}
	pool := q.weigh(entries)
	kept, _ := q.fit(pool)
	if outside {
		kept = nil
	}
	long := q.asked() > longQuestion || len(history) > 0
	r := &Ranking{Understood: u}
	for _, c := range kept {
		if len(r.Cited) < shown && c.score >= 0.6*kept[0].score {
			r.Cited = append(r.Cited, c.ID)
		}
	}
	order := append(slices.Clone(kept), pool...)
	if long {
		order = pool
	}
	for _, c := range order {
		if !slices.Contains(r.Ranked, c.ID) {
			r.Ranked = append(r.Ranked, c.ID)
		}
	}
	r.Confidence = q.confidence(order, len(kept) > 0)
	if r.Abstain = len(kept) == 0; r.Abstain {
		r.Cited = nil
	}
	q.explain(r, order, kept)
	if outside {
		r.WhyAbstain = "nothing in the period fits; ranked is what lies outside of it"
	}
	return r, nil
}

// explain tells how the best articles were weighed, and why none fits.
func (q *inquiry) explain(r *Ranking, order, kept []candidate) {
	r.Terms = q.words()
	switch {
	case !r.Abstain:
	case len(order) == 0:
		r.WhyAbstain = "nothing in the period and of the outlets has the actors, the themes or one of the words"
	default:
		r.WhyAbstain = "of what was found nothing has the actors, the themes and enough of the words together"
	}
	fits := map[int64]bool{}
	for _, c := range kept {
		fits[c.ID] = true
	}
	seen := map[int64]bool{}
	for _, c := range order {
		if seen[c.ID] || len(seen) == explained {
			continue
		}
		seen[c.ID] = true
		w := Weighed{Article: c.ID, Score: c.score, Fits: fits[c.ID], Actors: c.actors, Topic: c.topic, Words: c.words, Has: []string{}}
		for _, t := range q.terms {
			if c.times(t.stem) > 0 {
				w.Has = append(w.Has, t.typed)
			}
		}
		r.Weighed = append(r.Weighed, w)
	}
}

// stopWords are the words that any text has.
var stopWords = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(`a about after all also am an and any are as at be because been before being but by can could did do does doing for from had has have having he her
		him his how i if in into is it its may me might must my no nor not of on or our shall she should so some such than that the their them then there these they this those to
		up upon us was we were what when where which while who whom whose why will with would you your s t`) {
		set[w] = true
	}
	return set
})

// subject are the words of a question that say what it is about: all but those
// of the period and the outlet, and those that only ask.
func (r *reading) subject() []string {
	var out []string
	for i, w := range r.fold {
		asks := filler()[w] && r.roles[i] == isFree && len(r.toks) <= 2*longQuestion
		if isWord(w) && r.roles[i] != isPeriod && r.roles[i] != isOutlet && !asks {
			out = append(out, w)
		}
	}
	return out
}

// slotShare is how much of the confidence comes from the slots rather than the
// words, in a question without further words.
const slotShare = 0.35

// confidence is how sure the best article makes it that there is an answer: by
// its words, and by what else was asked for.
func (q *inquiry) confidence(order []candidate, fits bool) float64 {
	if len(order) == 0 {
		return 0
	}
	top := order[0]
	parts := []float64{}
	if len(q.slots.Actors) > 0 {
		parts = append(parts, top.actors)
	}
	if len(q.slots.Themes) > 0 && q.asked() <= longQuestion {
		parts = append(parts, top.topic)
	}
	sure := top.words
	if len(parts) > 0 {
		part := slotShare / float64(1+len(q.slots.Words)+len(q.slots.Persons))
		sure = (1-part)*sure + part*mean(parts)
	}
	switch {
	case fits:
		return sure
	case q.asked() > longQuestion:
		return sure * 0.8 // its names are only some of its words
	}
	return sure * 0.4
}
