package ask

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// How well an article must fit to be shown. They were measured on questions
// with known answers, and on questions that the archives could not answer.
const (
	leastTopic   = 0.4  // it has at least a word for the theme
	leastWords   = 0.14 // of the greatest score, where words are all there is
	wordsOfBest  = 0.6  // of the best article's words
	wordsInStory = 0.25 // the same, in a story that has one that fits
	wordsAlone   = 0.22 // the best article's words, where there is nothing else
)

// fit keeps the candidates that answer the question, best first. beside are those
// that name the pair, or the actor, without being about it.
func (q *inquiry) fit(pool []candidate) (kept, beside []candidate) {
	s := q.slots
	least := 0.6
	if s.Dyad != nil || len(s.Pairs) > 1 {
		least = 1
	}
	paired := pairedStories(pool)
	byActor := func(c candidate) bool {
		return len(s.Actors) == 0 || c.actors >= least || s.Dyad != nil && c.actors >= 0.2 && paired[c.Story]
	}
	if len(s.Actors) > 2 && len(s.Pairs) < 2 {
		byActor = func(c candidate) bool { return c.actors >= 0.45 }
	}
	if q.comparesActors() {
		byActor = func(c candidate) bool {
			return aboutness(c.Entry, s.Actors[0]) >= least || aboutness(c.Entry, s.Actors[1]) >= least
		}
	}
	if len(s.Places) > 0 {
		actors := byActor
		byActor = func(c candidate) bool { return actors(c) || c.actors > 0 && q.hasPlace(c) }
	}
	kept = slices.Clone(pool)
	if len(s.Stories)+len(s.Articles) > 0 {
		return kept, nil
	}
	if len(s.Actors) > 0 {
		about := slices.DeleteFunc(slices.Clone(pool), func(c candidate) bool { return !byActor(c) })
		for _, c := range pool {
			if !byActor(c) && c.actors > 0 && (s.Dyad == nil || c.actors >= 0.05) {
				beside = append(beside, c)
			}
		}
		if len(about) == 0 && len(s.Actors) == 1 {
			about = slices.DeleteFunc(slices.Clone(pool), func(c candidate) bool { return c.actors == 0 })
		}
		kept = about
	}
	kept = q.fitTopic(q.fitPlaces(kept))
	return q.fitWords(kept), beside
}

// pairedStories are the stories in which an article has the pair acting on each
// other: what is about both of them there belongs to it.
func pairedStories(pool []candidate) map[int64]bool {
	out := map[int64]bool{}
	for _, c := range pool {
		if c.actors == 1 && c.Story != 0 {
			out[c.Story] = true
		}
	}
	return out
}

// fitPlaces keeps what names one of the places, where something does.
func (q *inquiry) fitPlaces(kept []candidate) []candidate {
	there := slices.DeleteFunc(slices.Clone(kept), func(c candidate) bool { return !q.hasPlace(c) })
	if len(there) == 0 {
		return kept
	}
	return there
}

// hasPlace reports whether an article has the words of one of the places.
func (q *inquiry) hasPlace(c candidate) bool {
	return slices.ContainsFunc(q.slots.Places, func(p string) bool {
		return !slices.ContainsFunc(foldedWords(p), func(w string) bool { return c.times(q.stems.of(w, c.Lang)) == 0 })
	})
}

// fitTopic keeps what was given the theme; where nothing was, what has words for
// it. A theme that was told by a word that says little only orders, and so does
// one that nothing has beside words that something has.
func (q *inquiry) fitTopic(kept []candidate) []candidate {
	if len(q.slots.Themes) == 0 || q.slots.Loose {
		return kept
	}
	least := leastTopic
	if len(q.slots.Actors) == 0 && len(q.slots.Words) == 0 {
		least = 0.7
	}
	given := slices.DeleteFunc(slices.Clone(kept), func(c candidate) bool { return c.topic < 1 })
	if len(given) > 0 {
		return given
	}
	fits := slices.DeleteFunc(slices.Clone(kept), func(c candidate) bool { return c.topic < least })
	if len(fits) == 0 && bestFree(kept) >= wordsAlone {
		return kept
	}
	return fits
}

// fitWords keeps what has the question's words, and one of its names at least.
// Where actors or themes were asked for as well and nothing has its other words,
// these only order what is left.
func (q *inquiry) fitWords(kept []candidate) []candidate {
	kept = q.fitNames(kept)
	if len(q.slots.Words)+len(q.slots.Persons) == 0 {
		return kept
	}
	alone := len(q.slots.Actors) == 0 && len(q.slots.Themes) == 0
	if alone {
		kept = q.ownWords(kept)
	}
	best := bestFree(kept)
	if alone && best < wordsAlone {
		return nil
	}
	if !alone && best < leastWords {
		return kept
	}
	stories := map[int64]bool{0: false}
	for _, c := range kept {
		stories[c.Story] = stories[c.Story] || c.Story != 0 && c.free >= wordsOfBest*best
	}
	return slices.DeleteFunc(kept, func(c candidate) bool {
		return c.free < wordsOfBest*best && (!stories[c.Story] || c.free < wordsInStory*best)
	})
}

// ownWords keeps what has a word of the question itself, or is of a story that
// has one: the words of the question before only tell of these what is meant.
func (q *inquiry) ownWords(kept []candidate) []candidate {
	stories := map[int64]bool{}
	for _, c := range kept {
		if c.own && c.Story != 0 {
			stories[c.Story] = true
		}
	}
	return slices.DeleteFunc(kept, func(c candidate) bool { return !c.own && !stories[c.Story] })
}

// bestFree is how well the best article has the words that are in no slot.
func bestFree(kept []candidate) float64 {
	best := 0.0
	for _, c := range kept {
		best = max(best, c.free)
	}
	return best
}

// fitNames keeps what has one of the names among the free words: a name that
// nothing has is not answered by what is near it. What a person said who stands
// for no actor is only where he is named.
func (q *inquiry) fitNames(kept []candidate) []candidate {
	var stems []string
	for _, p := range q.slots.Persons {
		if parts := foldedWords(p); len(parts) > 0 && len(q.Actors.Known(p).Actors) == 0 {
			stems = append(stems, q.stems.of(parts[len(parts)-1], "en"))
		}
	}
	for _, w := range q.slots.Words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			for _, f := range foldedWords(w) {
				stems = append(stems, q.stems.of(f, "en"))
			}
		}
	}
	if len(stems) == 0 {
		return kept
	}
	return slices.DeleteFunc(kept, func(c candidate) bool {
		return !slices.ContainsFunc(stems, func(s string) bool { return c.times(s) > 0 })
	})
}
