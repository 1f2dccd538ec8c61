package summary

import (
	"strings"

	"attache/sources/text"
)

// reading is a sentence as the gate looks at it.
type reading struct {
	text   string
	ts     []token
	quoted []bool // by token: it stands in a quotation, marks included
}

func newReading(s string) reading {
	ts := tokens(s)
	r := reading{text: s, ts: ts, quoted: inQuotes(ts)}
	r.single()
	return r
}

// single marks what stands between single quotation marks; an apostrophe that
// ends a word opens nothing.
func (r *reading) single() {
	open := -1
	for i, t := range r.ts {
		switch {
		case t.low != "'":
		case open < 0 && !t.join && at(r.ts, i+1).join:
			open = i
		case open >= 0 && t.join:
			for k := open; k <= i; k++ {
				r.quoted[k] = true
			}
			open = -1
		}
	}
}

// words is the set of the reading's tokens, folded.
func (r reading) words() map[string]bool {
	m := make(map[string]bool, len(r.ts))
	for _, t := range r.ts {
		m[t.low] = true
	}
	return m
}

// low is the folded token at i; empty outside the sentence.
func (r reading) low(i int) string { return at(r.ts, i).low }

// soft reports whether token i is a sign that may go with the words beside it: a
// comma, a bracket, a dash between spaces. Quotation marks, signs of money and
// hyphens are part of what is said.
func (r reading) soft(i int) bool {
	t := r.ts[i]
	if t.kind != mark {
		return false
	}
	switch t.low {
	case ",", ".", ";", "(", ")", "[", "]", "!", "...":
		return true
	case ":":
		return !(t.join && at(r.ts, i-1).kind == number && at(r.ts, i+1).kind == number)
	case "-":
		return r.dash(i)
	}
	return false
}

// dash reports whether token i is a dash between spaces.
func (r reading) dash(i int) bool {
	return r.low(i) == "-" && !r.ts[i].join && !at(r.ts, i+1).join
}

// border reports whether a clause may end at token i: at a soft sign outside
// quotations or at the end of one, or outside the sentence.
func (r reading) border(i int) bool {
	return i < 0 || i >= len(r.ts) || r.soft(i) && (!r.quoted[i] || r.low(i+1) == `"`)
}

// clause is the stretch between the soft signs around token i.
func (r reading) clause(i int) (from, to int) {
	from, to = i, i
	for !r.border(from - 1) {
		from--
	}
	for !r.border(to) {
		to++
	}
	return from, to
}

// any reports whether a token of [from, to) is in one of the sets.
func (r reading) any(from, to int, sets ...map[string]bool) bool {
	for i := max(from, 0); i < to && i < len(r.ts); i++ {
		for _, s := range sets {
			if s[r.low(i)] {
				return true
			}
		}
	}
	return false
}

// finite reports whether token i looks like a verb with a subject.
func (r reading) finite(i int) bool {
	w, before := r.low(i), r.low(i-1)
	if before == "the" || before == "a" || before == "an" {
		return false // "the flooded mine"
	}
	return verbLike(w) && !strings.HasSuffix(w, "ing") && w != "be" && w != "been"
}

// verbIn reports whether [from, to) holds such a verb.
func (r reading) verbIn(from, to int) bool {
	for i := from; i < to; i++ {
		if r.finite(i) {
			return true
		}
	}
	return false
}

// capital reports whether token i is a word that begins with a capital.
func (r reading) capital(i int) bool {
	t := at(r.ts, i)
	return t.kind == word && t.cap
}

// whole reports whether [from, to) has no part of a quotation without the rest.
func (r reading) whole(from, to int) bool {
	return !r.cutsQuote(from) && !r.cutsQuote(to)
}

// cutsQuote reports whether the place before token i lies within a quotation.
func (r reading) cutsQuote(i int) bool {
	if i <= 0 || i >= len(r.ts) {
		return false
	}
	marks := 0
	for _, t := range r.ts[:i] {
		if t.low == `"` {
			marks++
		}
	}
	return marks%2 == 1 || r.quoted[i-1] && r.quoted[i] && r.low(i-1) != `"` && r.low(i) != `"`
}

// english reports whether the sentence is English as far as one sentence tells:
// by its letters and words, or by the little words that others lack.
func (r reading) english() bool {
	const enough = 2
	n := 0
	for _, t := range r.ts {
		if text.CommonEnglish(t.low) {
			n++
		}
	}
	return n >= enough || n > 0 && text.Language(r.text) == "en"
}
