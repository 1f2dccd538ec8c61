package summary

import "strings"

// bound reports whether the word before token i needs what follows it: a limit
// ("until Monday"), a verb of beginning ("due in April"), a count ("four times
// this year").
func (r reading) bound(i int) bool {
	w := r.low(i - 1)
	return binding[w] || be[w] || strings.HasSuffix(w, "est") || at(r.ts, i).join
}

var binding = set(`since until till by from before after for of between than only even not just through to and or because
	due set scheduled slated planned expire expires expired end ends begin begins start starts born founded dated based located
	stationed deployed times time first second record biggest live lives lived lies stands stayed remain remains remained involved
	take takes took place effect last held invested resulting resulted interested engaged like as near in on at the a an this next about
	called named look looks looking sought long stay`)

// distances are part of the "before" or "after" that follows: "hours after".
var distances = set("soon shortly hours days weeks months years minutes day hour week month year immediately")

// governed reports whether [from, to) stands where it limits what is said: in a
// clause with a negation, with "all" or "only". What somebody says after it is
// not such a clause.
func (r reading) governed(from, to int) bool {
	begin, end := r.clause(from)
	if r.limits(begin, from) {
		return true
	}
	if r.any(begin, from, said) {
		return false
	}
	return r.limits(to, min(end, max(to, r.speechFrom(to))))
}

// places finds where a place that begins at token i may end, where it tells
// where something happened and not which thing is meant.
func (r reading) places(i int) []int {
	if !placePrepositions[r.low(i)] || r.bound(i) || !r.happens(i) {
		return nil
	}
	end := r.placeEnd(i + 1)
	if end < 0 || r.governed(i, end) {
		return nil
	}
	return []int{end}
}

var placePrepositions = set("in at near outside off")

// placeEnd is the end of a place that begins at token i: a name, or "the
// airport"; -1 where none does.
func (r reading) placeEnd(i int) int {
	end := i
	if r.low(end) == "the" || r.low(end) == "a" {
		end++
	}
	for r.capital(end) || end > i && (r.low(end) == "-" || r.low(end) == "of") && r.capital(end+1) {
		end++
	}
	if end > i && r.capital(end-1) && months[r.low(end-1)] == 0 {
		return end
	}
	for range 3 {
		if sites[r.low(end)] {
			return end + 1
		}
		end++
	}
	return -1
}

// sites are words for places that stand for themselves.
var sites = set(`capital city town village airport port border region province district centre center square embassy headquarters
	station hospital stadium garage hotel house home street market factory harbour harbor university school camp base parliament courthouse court prison
	ceremony meeting summit conference forum rally event`)

// happens reports whether a place before token i tells where the clause's verb
// happens: it follows the verb or a time, or the verb is one of meeting and doing
// whose object it can't belong to.
func (r reading) happens(i int) bool {
	if r.finite(i-1) || said[r.low(i-1)] {
		return true
	}
	begin, _ := r.clause(i)
	for k := i - 1; k >= begin; k-- {
		if end := r.timeEnd(k); end == i {
			return true
		}
		switch w := r.low(k); {
		case doings[w]:
			return true
		case placePrepositions[w] && r.placeEnd(k+1) == i:
			return r.happens(k)
		case w == "with" || w == "by" || w == "late":
		case phraseEnd[w] && !r.determined(k) || r.finite(k):
			return false
		}
	}
	return false
}

// doings are verbs of things that happen at a place.
var doings = set(`met meet meets signed signs arrested arrests detained detains opened opens found seized unveiled inaugurated addressed
	told tells killed wounded injured landed crashed talked spoke gathered protested rallied attended visited welcomed hosted received
	launched laid shot attacked rescued held hold holds holding exchanged voted adopted approved presented discussed agreed announced`)

// occasions finds the end of "in a statement", "at a news conference", "after the
// talks", where somebody speaks.
func (r reading) occasions(i int) []int {
	if !occasionPrepositions[r.low(i)] || r.low(i-1) == "only" || r.low(i-1) == "not" {
		return nil
	}
	begin, stop := r.clause(i)
	if !r.any(begin, i, said, attributions, doings) {
		return nil
	}
	const words = 5
	for k := i + 1; k < min(stop, i+1+words); k++ {
		if r.finite(k) && !venues[r.low(k)] {
			return nil
		}
		if !venues[r.low(k)] {
			continue
		}
		if r.limits(begin, i) || !r.harmless(i, k) {
			return nil
		}
		ends := []int{k + 1}
		if to := r.phraseStop(k+1, stop); to > k+1 && !r.verbIn(k+1, to) {
			ends = append(ends, to)
		}
		return ends
	}
	return nil
}

var occasionPrepositions = set("in at during on via through after before following")

// venues are the ways and occasions on which somebody speaks.
var venues = set(`statement statements interview interviews briefing conference post posts speech letter message report reports meeting talks
	address remarks call phone telegram twitter facebook x television tv radio website summit session visit hearing comments ceremony
	communique note release forum`)

// phraseStop is where a phrase that goes on at token i stops, before stop: at a
// time or at what is said.
func (r reading) phraseStop(i, stop int) int {
	for k := i; k < stop; k++ {
		if r.low(k) == "that" || r.timeEnd(k) > 0 || r.low(k) == `"` {
			return k
		}
	}
	return stop
}

// before finds the end of what went before, or on at the same time: "after a
// vote", "during talks". Of what is still to come it would be a condition.
func (r reading) before(i int) []int {
	if !sequence[r.low(i)] && !r.alongside(i) && !r.sinceThen(i) || r.bound(i) || quantities[r.low(i-1)] || distances[r.low(i-1)] || i == 0 {
		return nil
	}
	begin, end := r.clause(i)
	if r.any(begin, i, modals) || r.governed(i, end) || !r.verbIn(begin, i) || !r.harmless(i, end) || r.any(begin, i, hedges) {
		return nil
	}
	return []int{end}
}

var sequence = set("after before during amid following")

// sinceThen reports whether "since 2014" begins at token i, of what has gone on
// from then.
func (r reading) sinceThen(i int) bool {
	begin, _ := r.clause(i)
	return r.low(i) == "since" && r.any(begin, i, perfects)
}

var perfects = set("has have had")

// alongside reports whether a phrase of several words for what went on beside it,
// or led to it, begins at token i.
func (r reading) alongside(i int) bool {
	for _, phrase := range alongsides {
		if is(r.ts, i, strings.Fields(phrase)...) {
			return true
		}
	}
	return false
}

var alongsides = []string{
	"ahead of", "in response to", "in protest at", "in protest against", "as part of", "on the sidelines of", "on the margins of", "on the eve of",
	"in front of", "in the presence of", "on the occasion of", "at the request of", "at the invitation of", "in line with", "on a visit to",
	"because of", "owing to", "due to", "thanks to",
}

// purposes finds the end of what somebody came or met for.
func (r reading) purposes(i int) []int {
	begin, end := r.clause(i)
	w := r.low(i)
	if w != "to" && w != "for" || r.limits(begin, i) || !r.came(begin, i) {
		return nil
	}
	end = r.andVerb(i+1, end)
	if w == "for" && !r.any(i+1, end, visits) || w == "to" && !aims[r.low(i+1)] || !r.harmless(i, end) {
		return nil
	}
	return []int{end}
}

// came reports whether the last verb of [from, to) is one of coming or meeting.
func (r reading) came(from, to int) bool {
	for k := to - 1; k >= from; k-- {
		if r.finite(k) {
			return comings[r.low(k)]
		}
	}
	return false
}

var (
	comings = set("arrived arrives came flew travelled traveled went met meets visited gathered returned convened landed")
	visits  = set("visit talks trip tour meeting meetings summit consultations negotiations discussions stay ceremony funeral conference")
	aims    = set("discuss attend mark hold take visit meet review talk sign open launch celebrate prepare press urge push mediate negotiate broker oversee present brief inspect seek")
)

// andVerb is where the next "and" before a verb stands in [from, to); else to.
func (r reading) andVerb(from, to int) int {
	for k := from; k < to; k++ {
		if r.low(k) == "and" && r.finite(k+1) {
			return k
		}
	}
	return to
}

// startingFigure finds the end of "from 5 percent in May" in a clause that goes
// to another figure.
func (r reading) startingFigure(i int) []int {
	if r.low(i) != "from" || at(r.ts, i+1).kind != number {
		return nil
	}
	begin, end := r.clause(i)
	for k := begin; k < i; k++ {
		if r.low(k) == "to" && at(r.ts, k+1).kind == number {
			return []int{end}
		}
	}
	return nil
}

// timeAfterTime reports whether "for the second time" begins at token i.
func (r reading) timeAfterTime(i int) bool {
	return is(r.ts, i, "for", "the") && r.low(i+3) == "time" && (ordinals[r.low(i+2)] || r.low(i+2) == "first")
}

// adverb finds the end of an adverb that changes nothing.
func (r reading) adverb(i int) []int {
	if r.timeAfterTime(i) {
		_, end := r.clause(i)
		return []int{i + 4, end}
	}
	for _, phrase := range asideIdioms {
		if words := strings.Fields(phrase); is(r.ts, i, words...) {
			return []int{i + len(words)}
		}
	}
	begin, end := r.clause(i)
	if r.low(i) == "since" && auxiliaries[r.low(i-1)] && !r.limits(begin, end) {
		return []int{i + 1}
	}
	if !plainAdverbs[r.low(i)] || r.limits(begin, end) || r.border(i-1) && r.border(i+1) {
		return nil
	}
	return []int{i + 1}
}

// asideIdioms are phrases of several words that change nothing either.
var asideIdioms = []string{
	"on condition of anonymity", "for its part", "for his part", "for her part", "for their part", "by phone", "by telephone",
	"by video link", "without giving details", "without giving further details", "without elaborating", "when asked",
}

var plainAdverbs = set("also meanwhile later separately again formally officially publicly unanimously swiftly quietly briefly additionally subsequently")
