package summary

import (
	"slices"
	"strings"
)

// second finds where a second co-ordinate may end whose "and", or the comma before
// it, is token i: a verb with what belongs to it, a clause, an object.
func (r reading) second(i int) []int {
	and := i
	if r.low(i) == "," {
		and++
	}
	if r.low(and) != "and" || r.quoted[and] || i == 0 {
		return nil
	}
	begin, _ := r.clause(i - 1)
	_, end := r.clause(and)
	if r.needsBoth(begin, i) || !r.verbIn(begin, i) || at(r.ts, i-1).kind == number && at(r.ts, and+1).kind == number {
		return nil
	}
	if !r.aloneAfter(and+1, end) {
		return nil
	}
	switch {
	case r.low(and+1) == "that" && r.any(begin, i, said):
		return []int{end}
	case r.finite(r.pastAdverb(and + 1)):
		return r.secondVerb(begin, i, and, end)
	case and > i && r.verbIn(and+1, end):
		return []int{end}
	case and == i && !r.verbIn(and+1, end) && r.object(i, end):
		return []int{end, r.objectEnd(and+1, end)}
	}
	return nil
}

// objectEnd is where an object that begins at token i ends: before a time or a
// preposition, or with the clause.
func (r reading) objectEnd(i, end int) int {
	for k := i + 1; k < end; k++ {
		if r.timeEnd(k) > 0 || placePrepositions[r.low(k)] || sequence[r.low(k)] || r.low(k) == "to" || r.low(k) == "for" {
			return k
		}
	}
	return end
}

// paired are words that need both.
var paired = set("both between either neither whether together respectively combined joint jointly mutual")

// needsBoth reports whether a word of [from, to) needs what follows an "and" at
// token to: "between A [and B]", but not "between A and B [and C]".
func (r reading) needsBoth(from, to int) bool {
	for k := to - 1; k >= from && r.low(k) != "and"; k-- {
		if paired[r.low(k)] {
			return true
		}
	}
	return false
}

// aloneAfter reports whether a co-ordinate [from, to) takes nothing back of the
// first, and doesn't set a condition on both.
func (r reading) aloneAfter(from, to int) bool {
	return !r.any(from, to, conditions, contrasts, paired) && !r.takesBack(from, to) && !r.any(from, min(from+2, to), negations)
}

// pastAdverb steps over an adverb at token i.
func (r reading) pastAdverb(i int) int {
	if adverbs[r.low(i)] || strings.HasSuffix(r.low(i), "ly") {
		return i + 1
	}
	return i
}

// secondVerb ends a second verb at the clause's end, or before a third.
func (r reading) secondVerb(begin, i, and, end int) []int {
	if r.any(begin, i, negations) || r.finite(i-1) && !r.ts[i-1].cap && !doings[r.low(i-1)] {
		return nil
	}
	if third := r.andVerb(and+1, end); third < end {
		return []int{third, end}
	}
	return []int{end}
}

// object reports whether the "and" at token i joins an object to another: not two
// parts of one name.
func (r reading) object(i, end int) bool {
	begin, _ := r.clause(i)
	if r.any(begin, i, negations) || i+1 >= end {
		return false
	}
	if !r.capital(i-1) || !r.capital(i+1) {
		return !r.capital(i-1) || r.determined(i+1)
	}
	first := i - 1
	for r.capital(first - 1) {
		first--
	}
	joins := r.low(first - 1)
	return (r.finite(first-1) || joins == "in" || joins == "at" || joins == "near") && !doubleNames[r.low(i-1)]
}

// doubleNames are the first halves of names with "and".
var doubleNames = set("bosnia trinidad antigua tome kitts jammu home foreign")

// first finds the end of a first verb with what belongs to it, where a second in
// the same form follows that has the same subject: "[condemned the raid and]
// called for talks".
func (r reading) first(i int) []int {
	begin, end := r.clause(i)
	if i == begin && !r.afterAside(i) || begin > 0 && r.low(begin-1) != "," || !r.finite(i) || auxiliaries[r.low(i)] {
		return nil
	}
	if r.verbIn(begin, i-1) || r.finite(i-1) && !auxiliaries[r.low(i-1)] {
		return nil // it is not the clause's first verb
	}
	and := r.andVerb(i+1, end)
	if and == end || r.verbIn(i+1, and) || !alike(r.low(i), r.low(and+1)) {
		return nil
	}
	if r.any(begin, and, said, attributions, hedges, negations, relatives, paired) || r.any(begin, and, set("that")) || r.takesBack(and+1, end) {
		return nil
	}
	return []int{and + 1}
}

// afterAside reports whether an aside ends before token i, so that the subject
// stands before that.
func (r reading) afterAside(i int) bool {
	begin, _ := r.clause(i - 2)
	return begin > 1 && slices.Contains(r.asides(begin-1), i-1)
}

// alike reports whether two verbs have one form.
func alike(a, b string) bool {
	return pastForm(a) == pastForm(b) && !auxiliaries[b]
}

func pastForm(w string) bool { return past[w] || strings.HasSuffix(w, "ed") }
