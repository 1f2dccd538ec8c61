package theme

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"attache/digest/actor"
)

// Version is part of the indexer's stamp: it changes when the words or the
// weighing do, so that articles are tagged again.
const Version = 1

// The weighing. A word counts once in full and less each time it comes again; in
// the title three times as much, and more at the beginning than later on.
const (
	titleWeight   = 3.0
	openingWeight = 1.5
	openingBytes  = 400
	threshold     = 3.5  // the least score of a theme that is told
	share         = 0.45 // of the best theme's score, for the others
	mostThemes    = 4    // told of one text
	halfWay       = 12.0 // the score whose weight is one half
	mostWords     = 5    // shown of a theme's words
)

// Tagger tells the themes of texts. It is safe for use by several goroutines.
type Tagger struct {
	list   *list
	words  *vocabulary
	actors *actor.Catalogue
}

// NewTagger makes a tagger. The catalogue tells what kind the actors are that a
// text is about; nil leaves that sign out.
func NewTagger(c *actor.Catalogue) *Tagger {
	l := load()
	return &Tagger{list: l, words: newVocabulary(l.entries), actors: c}
}

// tally is what speaks for a theme in one text.
type tally struct {
	score float64
	words map[string]hits
}

// hits are the places of one phrase: the strongest, and the sum of the others.
type hits struct{ top, rest float64 }

// value is what a phrase counts: the strongest place in full, every other a
// quarter of its own, up to one half more in all.
func (h hits) value() float64 {
	more := math.Min(math.Abs(h.rest)/4, math.Abs(h.top)/2)
	return h.top + math.Copysign(more, h.top)
}

// Tag returns the themes that a text has, best first, at most four; none when no
// theme is told plainly. About says which actors the text is about.
func (t *Tagger) Tag(title, body string, about []actor.About) []Tag {
	tallies := make([]tally, len(t.list.entries))
	t.count(tallies, title, titleWeight, titleWeight)
	t.count(tallies, body, openingWeight, 1)
	for i := range tallies {
		tallies[i].sum()
	}
	t.hint(tallies, about)
	return t.choose(tallies)
}

// count adds the phrases of a text: those of its opening by the first weight.
func (t *Tagger) count(tallies []tally, s string, opening, later float64) {
	ts := split(s)
	var found []*phrase
	for i, n := 0, 0; i < len(ts); i += max(n, 1) {
		found, n = t.words.find(found[:0], ts, i)
		place := later
		if ts[i].Start < openingBytes {
			place = opening
		}
		for k, p := range found {
			for _, se := range p.senses {
				if !told(found[:k], se.theme) {
					tallies[se.theme].add(p.shown, se.weight*place)
				}
			}
		}
	}
}

// told reports whether one of the phrases has said something of the theme.
func told(phrases []*phrase, theme int) bool {
	for _, p := range phrases {
		if slices.ContainsFunc(p.senses, func(s sense) bool { return s.theme == theme }) {
			return true
		}
	}
	return false
}

// add counts a phrase at one place.
func (y *tally) add(shown string, x float64) {
	if y.words == nil {
		y.words = make(map[string]hits)
	}
	h := y.words[shown]
	if math.Abs(x) > math.Abs(h.top) {
		h.top, x = x, h.top
	}
	h.rest += x
	y.words[shown] = h
}

// sum makes the score.
func (y *tally) sum() {
	for _, h := range y.words {
		y.score += h.value()
	}
}

// hint adds what the actors say: they strengthen a theme that the words tell too.
func (t *Tagger) hint(tallies []tally, about []actor.About) {
	const strength = 3
	for _, a := range about {
		name, kind := a.Actor, ""
		if t.actors != nil {
			if known, ok := t.actors.Actor(a.Actor); ok {
				name, kind = known.Name, string(known.Kind)
			}
		}
		for i, e := range t.list.entries {
			if tallies[i].score > 0 && (e.actors[a.Actor] || kind != "" && e.kinds[kind]) {
				x := strength * a.Weight
				tallies[i].score += x
				tallies[i].words[name] = hits{top: x}
			}
		}
	}
}

// choose makes tags of the tallies. What is no subject of the list takes part,
// and where it is the best there are none.
func (t *Tagger) choose(tallies []tally) []Tag {
	order := make([]int, len(tallies))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(tallies[b].score, tallies[a].score)
	})
	var out []Tag
	best := 0.0
	for _, i := range order {
		y, e := tallies[i], t.list.entries[i]
		if e.ID == "none" {
			continue
		}
		if best == 0 {
			best = y.score
			if e.hidden {
				return nil
			}
		}
		if y.score < threshold || y.score < share*best || len(out) == mostThemes {
			break
		}
		if !e.hidden {
			out = append(out, Tag{Theme: e.ID, Weight: y.score / (y.score + halfWay), Why: y.why()})
		}
	}
	return out
}

// why names the words that made a theme, the weightiest first.
func (y tally) why() string {
	var words []string
	for w, h := range y.words {
		if h.top > 0 {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		if c := cmp.Compare(y.words[b].value(), y.words[a].value()); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return strings.Join(words[:min(len(words), mostWords)], ", ")
}
