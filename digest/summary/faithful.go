package summary

import (
	"strings"

	"attache/sources/text"
)

// Verdict says whether a shortened sentence still says what its source said.
type Verdict struct {
	Faithful bool
	Reason   string // a few words, for people
	Dropped  []Drop // what the claim leaves out, as far as it was judged
}

// Drop is a part of the source that a claim leaves out.
type Drop struct {
	Text string
	Rule string // what allows it to go; empty where nothing does
}

// Faithful judges a claim against its source, one sentence or several. Each of
// the claim's sentences has to be one of the source's, from which nothing is
// missing but what may go without a change of meaning: an apposition, a
// parenthesis, a clause between commas, a time or a place, a second co-ordinate.
// What it can't prove is not faithful. It knows the grammar of English; of other
// languages it takes only the sentence as it is.
func Faithful(source []string, claim string) Verdict {
	said, parts := sentences(source), sentences([]string{claim})
	if len(parts) == 0 {
		return Verdict{Reason: "says nothing"}
	}
	all := Verdict{Faithful: true, Reason: "the same words"}
	from := 0
	for _, part := range parts {
		v, at := closest(said[from:], part)
		if v.Dropped != nil {
			all.Dropped = append(all.Dropped, v.Dropped...)
			all.Reason = v.Reason
		}
		if !v.Faithful {
			return Verdict{Reason: v.Reason, Dropped: all.Dropped}
		}
		from += at + 1
	}
	return all
}

// sentences are those of all texts, in order.
func sentences(texts []string) []string {
	var out []string
	for _, t := range texts {
		for _, span := range text.Sentences(t) {
			out = append(out, span.In(t))
		}
	}
	return out
}

// closest judges a claim of one sentence against each of the source's and returns
// the first verdict that is good, or that of the sentence it has most words of.
func closest(source []string, claim string) (v Verdict, at int) {
	if len(source) == 0 {
		return Verdict{Reason: "no sentence of the source is left for it"}, 0
	}
	said := newReading(claim)
	most := -1
	for i, s := range source {
		r := newReading(s)
		one := judge(r, said)
		if one.Faithful {
			return one, i
		}
		if n := shared(r, said); n > most {
			v, at, most = one, i, n
		}
	}
	if len(source) > 1 && foreignWord(newReading(strings.Join(source, " ")), said) == "" && len(v.Dropped) == 0 {
		v.Reason = "runs several sentences together, or turns one round"
	}
	return v, at
}

// shared counts the claim's tokens that the source has.
func shared(source, claim reading) int {
	has := source.words()
	n := 0
	for _, t := range claim.ts {
		if has[t.low] {
			n++
		}
	}
	return n
}

// longest is how many tokens a sentence may have that is to be judged; a longer
// one is quoted whole.
const longest = 300

// judge compares one sentence with one claim.
func judge(source, claim reading) Verdict {
	if same(source, claim) {
		return Verdict{Faithful: true, Reason: "the same words"}
	}
	if w := foreignWord(source, claim); w != "" {
		return Verdict{Reason: quote(w) + " is not in the source"}
	}
	if len(source.ts) > longest || len(claim.ts) > longest {
		return Verdict{Reason: "too long to judge"}
	}
	path, ok := align(source, claim)
	if !ok {
		return Verdict{Reason: "the source's words in another order, or from several places"}
	}
	if !source.english() {
		return Verdict{Reason: "shortened, in a language whose grammar is not known"}
	}
	v := Verdict{Dropped: path.drops(source)}
	for _, d := range v.Dropped {
		if d.Rule == "" {
			v.Reason = loss(d.Text)
			return v
		}
	}
	if v.Reason = path.broken(source, claim); v.Reason != "" {
		return v
	}
	v.Faithful, v.Reason = true, "leaves out "+rulesOf(v.Dropped)
	return v
}

// rulesOf names the rules that let the drops go, each once.
func rulesOf(drops []Drop) string {
	var names []string
	seen := make(map[string]bool)
	for _, d := range drops {
		if !seen[d.Rule] {
			names = append(names, d.Rule)
		}
		seen[d.Rule] = true
	}
	if len(names) == 0 {
		return "no words"
	}
	return strings.Join(names, ", ")
}

// foreignWord is the first word or number of the claim that the source lacks.
func foreignWord(source, claim reading) string {
	has := source.words()
	for i, t := range claim.ts {
		if !claim.soft(i) && !has[t.low] {
			return t.In(claim.text)
		}
	}
	return ""
}

func quote(s string) string { return "“" + s + "”" }
