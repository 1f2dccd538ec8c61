package summary

import "strings"

// parenthesis finds what brackets, or two dashes, at token i enclose.
func (r reading) parenthesis(i int) []int {
	closing := map[string]string{"(": ")", "[": "]", "-": "-"}[r.low(i)]
	if closing == "" || closing == "-" && !r.dash(i) {
		return nil
	}
	for k := i + 2; k < len(r.ts); k++ {
		if r.low(k) != closing || closing == "-" && !r.dash(k) {
			continue
		}
		if r.told(i+1, k) || r.harmless(i+1, k) {
			return []int{k + 1}
		}
		return nil
	}
	return nil
}

// asides finds where what a comma at token i begins may end: a clause on a noun
// (", which …,"), a participle (", built in …,"), an apposition (", the mayor,")
// or an adverbial (", with two abstentions,").
func (r reading) asides(i int) []int {
	const farthest = 4 // commas that one may hold
	if r.low(i) != "," || r.quoted[i] || i == 0 {
		return nil
	}
	var ends []int
	k := i + 1
	for range farthest {
		_, end := r.clause(k)
		if end > k && k > i+1 && r.finite(k) {
			break // the sentence itself goes on here
		}
		if end > i+1 && r.aside(i+1, end) {
			ends = append(ends, end)
		}
		if end >= len(r.ts) || r.low(end) != "," {
			break
		}
		k = end + 1
	}
	return ends
}

// aside reports whether [from, to), which stands between commas, may go.
func (r reading) aside(from, to int) bool {
	switch {
	case r.relative(from):
		return r.told(from, to)
	case r.participle(from) && held[r.low(from)]:
		return !r.any(from, to, conditions) && !r.takesBack(from, to)
	case r.participle(from):
		return !r.any(from, from+1, attributions, contrasts, conditions) && r.told(from, to)
	case asidePrepositions[r.low(from)] && (r.low(from) != "as" || !r.any(from, to, said)):
		return r.harmless(from, to) && !r.limits(to, r.speechFrom(to))
	}
	return r.apposition(from, to)
}

// held are participles of what somebody holds or says besides, and no word on the
// rest.
var held = set("accused suspected believed thought expected estimated saying arguing accusing alleging claiming warning adding calling")

// relative reports whether a clause on a noun begins at token i: "who", "in
// which", "most of whom".
func (r reading) relative(i int) bool {
	if relatives[r.low(i)] || r.low(i) == "where" || r.low(i) == "when" {
		return true
	}
	return relatives[r.low(i+1)] && phraseEnd[r.low(i)] || relatives[r.low(i+2)] && r.low(i+1) == "of"
}

// participle reports whether a participle begins at token i, after an adverb.
func (r reading) participle(i int) bool {
	if w := r.low(i); strings.HasSuffix(w, "ly") || w == "first" || w == "long" || w == "once" || w == "then" {
		i++
	}
	w := r.low(i)
	if r.capital(i) && !firstOf(r, i) || denials[w] || reversals[w] || said[w] && !participles[r.low(i+1)] {
		return false
	}
	return len(w) > 4 && strings.HasSuffix(w, "ing") || participles[w] || len(w) > 3 && strings.HasSuffix(w, "ed") && !notVerbs[w]
}

var participles = set(`built made led known born held set seen shot hit sent given taken driven drawn written run won lost found bought sold
	set brought cast kept paid put spent struck begun chosen fallen frozen hidden laid left raised shut split stolen sworn thrown`)

// asidePrepositions begin adverbials that tell more of what is whole without
// them.
var asidePrepositions = set(`in on at with during after before amid following near outside inside across along alongside
	through as to up down compared including because beside behind ahead together`)

// apposition reports whether [from, to) between commas names again what stands
// before: no list, no clause, and the sentence goes on as it would without it.
func (r reading) apposition(from, to int) bool {
	if !r.harmless(from, to) && !(r.determined(from) && !r.any(from, to, conditions, negations, contrasts)) || r.any(from, to, said, attributions, denials, reversals) || notAppositions[r.low(from)] {
		return false
	}
	before, _ := r.clause(from - 2)
	if !r.nominal(before, from-1) {
		return before == 0 && r.namedPlace(from-2) && r.determined(from) && to < len(r.ts) && !r.goesOn(to+1)
	}
	if to >= len(r.ts) || r.low(to) != "," {
		return r.officeHolder(from, to) || r.determined(from) && !(r.any(from, to, contrasts) || r.low(from-2) == "")
	}
	next := r.low(to + 1)
	if r.officeHolder(from, to) && next == "and" {
		return r.determined(to + 2)
	}
	if next == "and" || next == "or" || r.capital(to+1) && !r.determined(from) && !r.any(to+1, len(r.ts), said) {
		return false
	}
	return r.goesOn(to+1) || r.any(to+1, len(r.ts), said)
}

// namedPlace reports whether token i ends a name that is no time.
func (r reading) namedPlace(i int) bool {
	return r.capital(i) && months[r.low(i)] == 0 && weekdays[r.low(i)] == 0
}

// officeHolder reports whether [from, to) is the name of who holds the office
// before the comma: "the minister, Karl Breck".
func (r reading) officeHolder(from, to int) bool {
	for i := from; i < to; i++ {
		if !r.capital(i) {
			return false
		}
	}
	return offices[r.low(from-2)]
}

// nominal reports whether the part before a comma may be or end with a noun that
// an apposition follows: it is no adverbial, and a sentence can begin with it.
func (r reading) nominal(from, to int) bool {
	if from >= to || connectives[r.low(from)] && to-from == 1 || aside[r.low(from)] && to-from == 1 {
		return false
	}
	if (phraseEnd[r.low(from)] || strings.HasSuffix(r.low(from), "ing")) && !r.determined(from) && from == 0 {
		return false
	}
	return !r.finite(to-1) || r.capital(to-1)
}

// notAppositions begin other parts of a sentence.
var notAppositions = set("and or but nor so yet then that if for of by from not no about over against between under without plus minus when while because since until like unlike according he she it they we i you")

// determined reports whether a noun phrase plainly begins at token i.
func (r reading) determined(i int) bool {
	w := r.low(i)
	switch w {
	case "a", "an", "the", "his", "her", "its", "their", "one", "another", "some", "all", "both":
		return true
	}
	return r.ts[i].kind == number || spelled[w] > 0 || strings.HasSuffix(w, "'s") || ordinals[w]
}

// goesOn reports whether what begins at token i goes on with a sentence whose
// noun has been named: a verb, a preposition, "to".
func (r reading) goesOn(i int) bool {
	if i >= len(r.ts) {
		return true
	}
	w := r.low(i)
	return r.finite(i) || phraseEnd[w] && !r.determined(i) || strings.HasSuffix(w, "ly") || r.soft(i) || adverbs[w] || w == `"`
}

// told reports whether [from, to), which tells something of its own, takes
// nothing back of the rest and sets it no condition.
func (r reading) told(from, to int) bool {
	return !r.any(from, to, conditions, onlyThen) && !r.takesBack(from, to) && !r.any(from, min(from+1, to), contrasts, quantities, hedges) &&
		!(r.any(from, to, negations) && r.any(from, to, doubted))
}

// onlyThen are words of a condition in a clause on a noun: "takes effect only when".
var onlyThen = set("only effect")

// doubted are, with a negation, what is said of something that may not be true.
var doubted = set("known clear certain true confirmed verified agreed signed ratified approved decided final recognised recognized binding")

// harmless reports whether no word of [from, to) is one that may not go.
func (r reading) harmless(from, to int) bool {
	return !r.any(from, to, negations, hedges, said, attributions, conditions, denials, reversals, contrasts) &&
		(!r.any(from, min(from+1, to), quantities) || r.low(from+1) == "from" || at(r.ts, from+1).kind == number)
}

// connective finds the end of a word at the sentence's beginning that ties it to
// the one before.
func (r reading) connective(i int) []int {
	if i != 0 {
		return nil
	}
	w := r.low(0)
	switch {
	case r.low(1) == "," && (connectives[w] || aside[w] || ties[w]):
		return []int{2}
	case w == "but" || w == "and" || w == "meanwhile":
		return []int{1}
	}
	for _, phrase := range backwards {
		words := strings.Fields(phrase)
		if is(r.ts, 0, words...) && r.low(len(words)) == "," && r.low(len(words)-1) != "case" && r.low(len(words)-1) != "return" {
			return []int{len(words) + 1}
		}
	}
	return nil
}

// ties are further words that tie a sentence to the one before.
var ties = set("furthermore additionally similarly likewise consequently hence too indeed afterwards later separately earlier finally")

// leading finds the comma that ends an adverbial at the sentence's beginning, or
// after a connective there.
func (r reading) leading(i int) []int {
	begin := 0
	if ends := r.connective(0); len(ends) > 0 {
		begin = ends[0]
	}
	if i != 0 && i != begin {
		return nil
	}
	_, end := r.clause(i)
	if end >= len(r.ts)-1 || r.low(end) != "," || !r.harmless(i, end) || r.any(i, i+1, quantities) {
		return nil
	}
	w := r.low(i)
	since := r.determined(i) && distances[r.low(i+1)] && afterwards[r.low(i+2)] || distances[w] && afterwards[r.low(i+1)]
	if !openers[w] && !r.timeAfterTime(i) && (w != "to" || !aims[r.low(i+1)]) && (!r.participle(i) || end < i+2) && !since && len(r.times(i)) == 0 {
		return nil
	}
	conditional := since || tense[w] || strings.HasSuffix(w, "ing")
	if conditional && r.any(end, r.speechFrom(end), modals) || r.limits(end+1, r.speechFrom(end+1)) {
		return nil
	}
	return []int{end + 1}
}

// openers begin an adverbial at a sentence's beginning.
var openers = set("in on at across during after before amid following as with late early when since alongside near ahead outside")

// afterwards are what "a month" may be followed by at a sentence's beginning.
var afterwards = set("after before later earlier")

// tense are those that set a condition on what is still to come.
var tense = set("after once when before following as with since")

// modals speak of what is not so yet.
var modals = set("will would may might could can should must shall won't wouldn't couldn't can't if unless expected likely to-be plans")

// speechFrom is where, from token i on, what somebody says begins: what stands
// there is under its own verb. It is the sentence's end where nobody speaks.
func (r reading) speechFrom(i int) int {
	for ; i < len(r.ts); i++ {
		if said[r.low(i)] || r.low(i) == "that" || attributions[r.low(i)] && r.finite(i) {
			return i
		}
	}
	return len(r.ts)
}

// limits reports whether [from, to) says no, all or only: without its time or
// place it would say so of all times and places.
func (r reading) limits(from, to int) bool {
	for i := max(from, 0); i < to && i < len(r.ts); i++ {
		if negations[r.low(i)] || universal[r.low(i)] && r.timeEnd(i) < 0 {
			return true
		}
	}
	return false
}

var universal = set(`all every each only any always most entire whole first last largest biggest highest lowest worst best
	deadliest longest strongest heaviest steepest sharpest fastest smallest record once twice times`)
