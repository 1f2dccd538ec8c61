package summary

import (
	"slices"
	"strings"
)

// alignment is the way from a source to a claim: which of the source's tokens
// are kept, and by which rule each of the others goes.
type alignment struct {
	from []int // by the claim's token: the source's; -1 for soft signs
	gone []cut // in order
}

// never is more than any way may cost.
const never = 1 << 20

// align finds the way from source to claim that drops the fewest tokens without
// a rule; false where the claim's words are no part of the source's, in order.
func align(source, claim reading) (alignment, bool) {
	a := aligner{source: source, claim: claim, cuts: make([][]cut, len(source.ts)+1)}
	for _, c := range source.cuts() {
		a.cuts[c.from] = append(a.cuts[c.from], c)
	}
	a.fill()
	if a.cost[0][0] >= never {
		return alignment{}, false
	}
	return a.walk(), true
}

// aligner holds, for each place in the source and in the claim, the cost of the
// cheapest way from there to the ends.
type aligner struct {
	source, claim reading
	cuts          [][]cut
	cost          [][]int
}

func (a *aligner) fill() {
	n, m := len(a.source.ts), len(a.claim.ts)
	a.cost = make([][]int, n+1)
	cells := make([]int, (n+1)*(m+1))
	for i := range a.cost {
		a.cost[i], cells = cells[:m+1:m+1], cells[m+1:]
	}
	for i := n; i >= 0; i-- {
		for j := m; j >= 0; j-- {
			a.cost[i][j], _ = a.best(i, j)
		}
	}
}

// step is what is done at one place: the places after it, and the rule where
// words go.
type step struct {
	i, j int
	rule string
}

// best is the cheapest step at (i, j), with the cost of the whole way on. Words
// that are kept come before words that go.
func (a *aligner) best(i, j int) (int, step) {
	n, m := len(a.source.ts), len(a.claim.ts)
	if i == n && j == m {
		return 0, step{i, j, ""}
	}
	if j < m && a.claim.soft(j) {
		return a.cost[i][j+1], step{i, j + 1, ""}
	}
	if i == n {
		return never, step{}
	}
	least, way := never, step{}
	try := func(cost int, s step) {
		if cost < least {
			least, way = cost, s
		}
	}
	if j < m && equal(a.source, i, a.claim, j) {
		try(a.cost[i+1][j+1], step{i + 1, j + 1, ""})
	}
	for _, c := range a.cuts[i] {
		try(a.cost[c.to][j], step{c.to, j, c.rule})
	}
	if a.source.soft(i) {
		try(a.cost[i+1][j], step{i + 1, j, ""})
	} else {
		try(a.cost[i+1][j]+1, step{i + 1, j, ""})
	}
	return least, way
}

// walk follows the cheapest steps.
func (a *aligner) walk() alignment {
	out := alignment{from: make([]int, len(a.claim.ts))}
	for j := range out.from {
		out.from[j] = -1
	}
	i, j := 0, 0
	for i < len(a.source.ts) || j < len(a.claim.ts) {
		_, s := a.best(i, j)
		switch {
		case s.i > i && s.j > j:
			out.from[j] = i
		case s.i > i && (s.rule != "" || !a.source.soft(i)):
			out.drop(cut{i, s.i, s.rule})
		}
		i, j = s.i, s.j
	}
	return out
}

// drop adds a part that goes; words without a rule that stand together are one.
func (a *alignment) drop(c cut) {
	if n := len(a.gone); n > 0 && c.rule == "" && a.gone[n-1].rule == "" && a.gone[n-1].to == c.from {
		a.gone[n-1].to = c.to
		return
	}
	a.gone = append(a.gone, c)
}

// drops are the parts that go, as they stand in the source.
func (a alignment) drops(source reading) []Drop {
	var out []Drop
	for _, c := range a.gone {
		s := source.text[source.ts[c.from].Start:source.ts[c.to-1].End]
		out = append(out, Drop{Text: strings.Trim(s, " ,;"), Rule: c.rule})
	}
	return out
}

// equal reports whether the tokens say the same: the same word, with a capital
// where the other has one unless a sentence begins there.
func equal(source reading, i int, claim reading, j int) bool {
	s, c := source.ts[i], claim.ts[j]
	if s.low != c.low || s.kind != c.kind {
		return false
	}
	if s.kind == mark {
		return s.low != "-" || source.dash(i) == claim.dash(j)
	}
	return s.cap == c.cap || firstOf(source, i) || firstOf(claim, j)
}

// firstOf reports whether no word stands before token i.
func firstOf(r reading, i int) bool {
	return !slices.ContainsFunc(r.ts[:i], func(t token) bool { return t.kind != mark })
}

// same reports whether two sentences are the same but for the first letter, the
// shape of quotation marks and the stop at the end.
func same(source, claim reading) bool {
	n, m := source.unended(), claim.unended()
	if n != m {
		return false
	}
	for i := range n {
		if !equal(source, i, claim, i) {
			return false
		}
	}
	return true
}

// unended counts the tokens without the stop at the end.
func (r reading) unended() int {
	n := len(r.ts)
	for n > 0 && (r.low(n-1) == "." || r.low(n-1) == "!") {
		n--
	}
	return n
}

// broken tells why a claim from which only allowed parts are missing still reads
// otherwise: a sign moved that says which ones are meant, or a time that now
// belongs to two things.
func (a alignment) broken(source, claim reading) string {
	last, lastAt := -1, -1
	for j, i := range a.from {
		if i < 0 {
			continue
		}
		stops, had := claim.softIn(lastAt+1, j), source.softIn(last+1, i)
		if stops && !had && last >= 0 {
			return "has a sign before " + quote(claim.ts[j].In(claim.text)) + " that the source has not"
		}
		if relatives[source.low(i)] && had && !stops {
			return "has no comma before " + quote(claim.ts[j].In(claim.text)) + ", which tells which are meant"
		}
		last, lastAt = i, j
	}
	for _, c := range a.gone {
		if (c.rule == aTime || c.rule == aPlace) && a.shared(source, c) {
			return "leaves " + quote(source.text[source.ts[c.from].Start:source.ts[c.to-1].End]) + " out and another of its kind in"
		}
	}
	if len(a.gone) > 0 && last < 0 {
		return "keeps no word"
	}
	return ""
}

// shared reports whether another time, or place, is kept after a cut and an
// "and" in its clause: it would then stand for both.
func (a alignment) shared(source reading, c cut) bool {
	_, end := source.clause(c.to)
	for _, i := range a.from {
		if i < c.to || i >= end || !source.any(c.to, i+1, ands) {
			continue
		}
		if c.rule == aTime && source.timeEnd(i) > 0 || c.rule == aPlace && placePrepositions[source.low(i)] {
			return true
		}
	}
	return false
}

var ands = set("and or then")

// softIn reports whether [from, to) holds a soft sign.
func (r reading) softIn(from, to int) bool {
	for i := max(from, 0); i < to; i++ {
		if r.soft(i) {
			return true
		}
	}
	return false
}
