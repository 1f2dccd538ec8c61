package ask

import (
	"slices"
	"strings"

	"attache/digest/actor"
	"attache/digest/summary"
	"attache/sources/text"
)

// quote is a sentence that may be shown, and how well it answers.
type quote struct {
	summary.Sentence
	before *summary.Sentence // where it doesn't stand alone
	score  float64
}

// quotes are the sentences of an article that share actors, topic or words with
// the question, in their order. A question that names none of these takes all.
func (q *inquiry) quotes(c candidate) []quote {
	var out []quote
	mentions := q.mentions(&c)
	phrases := topicPhrases(q.slots.Themes)
	_, in := q.sentencesOf(&c)
	all := q.sentences(&c)
	leads := q.leads(mentions, all)
	for i, s := range all {
		words := q.stemShare(in[i].stems)
		actors := q.actorShare(mentions, s.Span)
		if leads && s.Order == 0 {
			actors = max(actors, leadShare)
		}
		topic := 0.0
		if hasAny(in[i].phrase, phrases) {
			topic = 1
		}
		if words+actors+topic > 0 || len(q.terms)+len(q.slots.Actors)+len(q.slots.Themes) == 0 {
			s.score = 3*words + 1.2*actors + 0.6*topic + 0.8/float64(1+s.Order)
			out = append(out, s)
		}
	}
	return out
}

// leadShare is for how much of the question's actors a lead counts that goes on to
// what they do: more than a remark on them further below, less than the sentence that
// names them.
const leadShare = 0.6

// leads reports whether an article begins with what is asked for, where only a pair
// is: one of its first sentences names both.
func (q *inquiry) leads(mentions []actor.Mention, all []quote) bool {
	const begins = 3 // sentences
	if len(q.slots.Actors) < 2 || len(q.terms)+len(q.slots.Themes) > 0 {
		return false
	}
	return slices.ContainsFunc(all[:min(begins, len(all))], func(s quote) bool { return q.actorShare(mentions, s.Span) == 1 })
}

// sentences are all that may be quoted of an article, in order.
func (q *inquiry) sentences(c *candidate) []quote { return quotable(q.split(c)) }

// quotable gives each sentence the one before it where it doesn't stand alone.
func quotable(all []summary.Sentence) []quote {
	out := make([]quote, len(all))
	for i, s := range all {
		out[i].Sentence = s
		if i > 0 && !s.Alone {
			out[i].before = &all[i-1]
		}
	}
	return out
}

// quote is the sentence that answers best; one that stands alone is taken before
// one that doesn't. An article none of whose sentences shares anything with the
// question, because only its title does, gives its lead.
func (q *inquiry) quote(c candidate) (quote, bool) {
	var best quote
	found := false
	for _, s := range q.quotes(c) {
		if !found || s.Alone && !best.Alone || s.Alone == best.Alone && s.score > best.score {
			best, found = s, true
		}
	}
	if found {
		return best, true
	}
	lead, ok := summary.Lead(&c.Article)
	return quote{Sentence: lead}, ok
}

// termShare is how much of the question's words a sentence has, by their weight.
func (q *inquiry) termShare(sentence, lang string) float64 {
	if len(q.terms) == 0 {
		return 0
	}
	return q.stemShare(wordsOf(sentence, lang, q.stems).stems)
}

// stemShare is termShare of a sentence whose words are read.
func (q *inquiry) stemShare(has []string) float64 {
	var sum, most float64
	for i, t := range q.terms {
		most += q.idf[i]
		if slices.Contains(has, t.stem) {
			sum += q.idf[i]
		}
	}
	if most == 0 {
		return 0
	}
	return sum / most
}

// actorShare is the part of the question's actors that the span names.
func (q *inquiry) actorShare(mentions []actor.Mention, in text.Span) float64 {
	if len(q.slots.Actors) == 0 {
		return 0
	}
	found := 0
	for _, id := range q.slots.Actors {
		for _, m := range mentions {
			if m.Start >= in.Start && m.End <= in.End && q.standsFor(m.Actor, id) {
				found++
				break
			}
		}
	}
	return float64(found) / float64(len(q.slots.Actors))
}

// standsFor reports whether an actor is another one, or acts for it.
func (e *Engine) standsFor(id, other string) bool {
	if id == other {
		return true
	}
	a, ok := e.Actors.Actor(id)
	return ok && a.Country == other
}

// hasAny reports whether words, as phrases are looked for, hold one of them.
func hasAny(words string, phrases []string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(words, p) })
}
