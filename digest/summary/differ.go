package summary

import (
	"math"

	"attache/sources/text"
)

// Difference is a figure that two origins give differently.
type Difference struct {
	Of               string // what the figure is, as in [Figure]
	A, B             Sentence
	FigureA, FigureB Figure
}

// Differ finds the figures that two origins of one story give differently: the
// same thing in the same unit, with other values. It stays silent where one side
// gives several values of its own, where either value stands on both sides (for
// prices and casualties, both values: one side may name the other's to dispute
// it), where one may be the other rounded, and where the figures are of other persons, months
// or years. What a side tells as the word of somebody else, beside a value of its
// own, is not its own: "the ministry had put the price at 410 million". Prices and
// casualties are compared throughout; other figures, and what things cost, only
// between sentences that tell of the same.
func Differ(a, b []Sentence) []Difference { return Tell(a).Differ(Tell(b)) }

// Account is what sentences tell in figures, to be held against what others tell.
type Account struct{ account }

// Tell gives the account of an origin's sentences.
func Tell(sentences []Sentence) Account { return Account{tell(sentences)} }

// Differ is as the function of that name, of sentences that were told before.
func (left Account) Differ(right Account) []Difference {
	var out []Difference
	for _, key := range left.order {
		l, r := left.of[key], right.of[key]
		if key.of == "price" {
			l, r = firm(l), firm(r)
		}
		allL, allR := len(l), len(r)
		l, r = own(l, r), own(r, l)
		if len(l) == 0 || len(r) == 0 || !single(l) || !single(r) || agree(l[0].Figure, r[0].Figure) {
			continue
		}
		fixed := cases[key.of]
		x, y, ok := pick(l, r, fixed)
		onR := len(r) == allR && right.names(x.Figure)
		onL := len(l) == allL && left.names(y.Figure)
		if !ok || onL && onR || !fixed && (onL || onR) {
			continue
		}
		out = append(out, Difference{Of: key.of, A: x.in, B: y.in, FigureA: x.Figure, FigureB: y.Figure})
	}
	return out
}

// firm keeps, of several prices, those of a contract or told as the price, where
// there are any: others may be of anything that was ever bought.
func firm(side []told) []told {
	var out []told
	for _, f := range side {
		if f.deal {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		return side
	}
	return out
}

// own leaves out of one side's figures those that the other side gives too, where
// they are told as somebody's word and the side has others.
func own(side, other []told) []told {
	var out []told
	for _, f := range side {
		shared := false
		for _, g := range other {
			shared = shared || f.Value == g.Value
		}
		if !shared || !f.reported {
			out = append(out, f)
		}
	}
	if len(out) == 0 && len(side) > 0 && single(side) {
		return side
	}
	return out
}

// cases are the fixed words that mean one thing within a story.
var cases = set("price killed wounded detained missing displaced freed ransom sentence")

// subject is what figures must share to be compared.
type subject struct{ of, unit, who string }

// told is a figure in its sentence.
type told struct {
	Figure
	in       Sentence
	words    vector
	times    map[string]bool
	reported bool // somebody's word
	cost     bool // what a thing costs, which may be any thing
	deal     bool // beside a word for a contract or a price
}

// account is what one origin tells in figures.
type account struct {
	of      map[subject][]told
	order   []subject
	numbers []float64 // all that it names, whatever of
}

// names reports whether a figure's value stands somewhere in the account, even
// as a number of which it can't be told what it counts.
func (a account) names(f Figure) bool {
	for _, n := range a.numbers {
		if agree(f, Figure{Value: n}) {
			return true
		}
	}
	return false
}

// tell sorts the figures of an origin by what they are of. How many speak, as in
// "two officials said", is none.
func tell(sentences []Sentence) account {
	acc := account{of: make(map[subject][]told)}
	for _, s := range sentences {
		ts := tokens(s.Text)
		for i := range ts {
			if n, ok := readNumber(ts, i); ok && (n.digits || n.value > 1) {
				acc.numbers = append(acc.numbers, n.value)
			}
		}
		speaker, spoken := Speaker(s.Text)
		for _, f := range figures(ts) {
			if f.Of == "" || isPart(ts, f.Span) || spoken && speaker.Start <= f.Span.Start && f.Span.End <= speaker.End {
				continue
			}
			key := subject{f.Of, f.Unit, f.who}
			if acc.of[key] == nil {
				acc.order = append(acc.order, key)
			}
			words := vector{}
			for _, w := range content(s.Text[:f.Span.Start] + s.Text[f.Span.End:]) {
				words[w] = 1
			}
			norm(words)
			acc.of[key] = append(acc.of[key], told{f, s, words, times(ts), spoken || reports(ts), costs(ts), dealt(ts)})
		}
	}
	return acc
}

// isPart reports whether a figure tells only of some of those who were counted, or
// of those who were left: "four remain in custody", "three of the seven", "two more".
func isPart(ts []token, at text.Span) bool {
	const near = 2 // tokens
	for i, t := range ts {
		switch {
		case t.Start >= at.End:
			for _, after := range ts[i:min(i+near, len(ts))] {
				if remaining[after.low] {
					return true
				}
			}
			return t.low == "of" && i+1 < len(ts) && partOf[ts[i+1].low]
		case t.End <= at.Start && i+1 < len(ts) && ts[i+1].Start >= at.Start:
			if furthers[t.low] {
				return true
			}
		}
	}
	return false
}

var (
	remaining = set("remain remains remained remaining stay stays stayed")
	partOf    = set("the them those these whom which its their")
	furthers  = set("another other further additional remaining")
)

// reports reports whether a sentence has a verb of giving a figure: whoever gives
// it is its subject.
func reports(ts []token) bool {
	for _, t := range ts {
		switch t.low {
		case "put", "gave", "named", "counted", "estimated", "spoke", "given":
			return true
		}
	}
	return false
}

// costs reports whether a sentence tells what something costs, or what trade is
// worth, instead of the price of what was bought.
func costs(ts []token) bool {
	for _, t := range ts {
		switch t.low {
		case "cost", "costs", "costing", "trade", "goods", "exports", "imports":
			return true
		}
	}
	return false
}

// dealt reports whether a sentence names a contract or a price.
func dealt(ts []token) bool {
	for _, t := range ts {
		if agreements[t.low] {
			return true
		}
	}
	return false
}

// times are the months and years that a sentence names.
func times(ts []token) map[string]bool {
	m := make(map[string]bool)
	for i, t := range ts {
		if months[t.low] > 0 && t.cap || yearAt(ts, i) || t.low == "last" && at(ts, i+1).low == "year" {
			m[t.low] = true
		}
	}
	return m
}

// single reports whether all of the figures have one value.
func single(fs []told) bool {
	for _, f := range fs[1:] {
		if !agree(f.Figure, fs[0].Figure) {
			return false
		}
	}
	return true
}

// agree reports whether two values do not contradict each other: they are equal,
// one is the other rounded, or one is "about", "at least" and the like and not
// far off.
func agree(a, b Figure) bool {
	x, y := a.Value, b.Value
	if x == y || rounded(x, y) || rounded(y, x) {
		return true
	}
	const loose = 0.15 // how far "about" may be off
	const more = 1.5   // how much more "at least" may be
	if a.least && y >= x && y <= more*x || b.least && x >= y && x <= more*y {
		return true
	}
	return (a.Approx || b.Approx) && math.Abs(x-y) <= loose*math.Max(x, y)
}

// rounded reports whether x is y rounded to the digits that x has.
func rounded(x, y float64) bool {
	if x < 100 && x == math.Trunc(x) && y == math.Trunc(y) {
		return false // small counts are not rounded
	}
	const digits = 4
	step := math.Pow(10, math.Floor(math.Log10(x)))
	for range digits {
		if r := x / step; math.Abs(r-math.Round(r)) < 1e-6 { // the last digit of x that is not 0
			return math.Abs(math.Round(y/step)*step-x) < step*1e-6
		}
		step /= 10
	}
	return false
}

// pick finds the two sentences, one of each side, that are most alike, and
// reports whether their figures may be set against each other.
func pick(l, r []told, fixed bool) (x, y told, ok bool) {
	const alike = 0.45
	best := -1.0
	for _, a := range l {
		for _, b := range r {
			if c := cosine(a.words, b.words); c > best && sameTimes(a.times, b.times) {
				best, x, y = c, a, b
			}
		}
	}
	return x, y, best >= 0 && (fixed && !x.cost && !y.cost || best >= alike)
}

// sameTimes reports whether two sentences name the same months and years, as far
// as both name any.
func sameTimes(a, b map[string]bool) bool {
	for t := range a {
		if len(b) > 0 && !b[t] {
			return false
		}
	}
	for t := range b {
		if len(a) > 0 && !a[t] {
			return false
		}
	}
	return true
}
