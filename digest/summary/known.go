package summary

import (
	"fmt"
	"strings"
)

// known is what a sentence has named by a point in it.
type known struct {
	names  int  // capitalised names
	person bool // a name, or a word for a person
	many   bool // a plural, or two names
	thing  bool // an indefinite noun, or any name
	told   bool // something, with "a" or "an"
	body   bool // a name or an office, not as an adjective: one that can speak
	deal   bool // a word of signing, selling, agreeing
	some   int  // names, persons and plurals: what "them" may stand for
}

// leans tells whether token i needs something that was not named before it.
func (k *known) leans(ts []token, i int, quoted bool) string {
	low := bare(ts[i].low)
	lean := fmt.Sprintf("nothing in it for %q", low)
	switch low {
	case "he", "she", "himself", "herself":
		if !k.person && !quoted && !soonNamed(ts, i) {
			return lean
		}
	case "him", "them": // beside the subject, which they are not
		if !quoted && (k.some < 2 || at(ts, i-1).low == "among" && i+2 >= len(ts)) {
			return lean
		}
	case "his", "her":
		if !k.person && !quoted && !soonNamed(ts, i) {
			return lean
		}
	case "they", "their", "themselves":
		if !k.many && !k.thing && !soonNamed(ts, i) {
			return lean
		}
	case "it", "its", "itself":
		if !k.thing && !soonNamed(ts, i) || low == "it" && !k.fits(ts, i) {
			return lean
		}
	case "that", "this":
		if !quoted && demonstrative(ts, i) {
			return lean
		}
	case "we", "our", "us", "i", "my", "me", "you", "your":
		if !quoted && low != "us" && (low != "i" || low != ts[i].low || verbLike(at(ts, i+1).low)) {
			return lean
		}
	case "the":
		return k.definite(ts, i)
	}
	return ""
}

// fits reports whether what was named can be what the "it" at i stands for: one
// that can speak, where it speaks; beside the subject, where it is the object.
func (k *known) fits(ts []token, i int) bool {
	next := at(ts, i+1).low
	switch {
	case ts[i].low != "it":
		return true
	case said[next]:
		return k.body
	case verbLike(next) || next == "also" || next == "not":
		return true
	}
	return k.some > 1 || k.told
}

// demonstrative reports whether the "that" or "this" at i points back: it ends a
// clause, or a preposition stands before it.
func demonstrative(ts []token, i int) bool {
	before, next := at(ts, i-1).low, at(ts, i+1)
	switch before {
	case "of", "on", "for", "in", "with", "from", "about", "over", "against", "before", "after":
		return next.low != "is" && next.low != "it" && weekdays[next.low] == 0 && !span[next.low]
	}
	return next.kind == mark && next.low != `"` && next.low != "-" && next.low != ","
}

// span are the stretches of time that "this" names by itself.
var span = set("week month year quarter season summer winter spring autumn morning evening weekend century decade")

// learn takes account of token i.
func (k *known) learn(ts []token, i int, first bool) {
	t := ts[i]
	name := t.cap && !functionWord(t.low) && weekdays[t.low] == 0 && months[t.low] == 0 && (!first || at(ts, i+1).cap || properFirst(ts, i))
	switch {
	case name:
		k.names++
		k.person, k.thing = true, true
		k.many = k.many || k.names > 1
	case people[t.low] || offices[t.low]:
		k.person, k.thing = true, true
		k.many = k.many || plural(t.low) || irregular[t.low] || t.low == "people" || t.low == "children"
	case plural(t.low) && !verbLike(t.low):
		k.many, k.thing = true, true
	case t.low == "a" || t.low == "an" || t.low == "another" || t.low == "one":
		k.thing, k.told = true, true
	}
	if name || people[t.low] || offices[t.low] || plural(t.low) && !verbLike(t.low) {
		k.some++
	}
	next := at(ts, i+1)
	k.body = k.body || name && (next.cap || next.kind == mark || !plural(next.low) || verbLike(next.low)) || offices[t.low] && !plural(t.low)
	k.deal = k.deal || dealing[t.low]
}

// properFirst reports whether the first word, which is capitalised anyway, is
// likely a name: a possessive, or followed by a verb and not plural or generic.
func properFirst(ts []token, i int) bool {
	low := ts[i].low
	return len(low) > 2 && low[len(low)-2] == '\'' || verbLike(at(ts, i+1).low) || at(ts, i+1).low == "and" || at(ts, i+1).low == ","
}

// soonNamed reports whether the phrase at i is followed by a name, as in "In its
// report, Amnesty said".
func soonNamed(ts []token, i int) bool {
	for j := i + 1; j < min(len(ts), i+12); j++ {
		if ts[j].low == "," {
			for n := 1; n <= 4; n++ {
				if next := at(ts, j+n); next.cap {
					return true
				} else if verbLike(next.low) || next.kind == mark {
					return false
				}
			}
			return false
		}
		if auxiliaries[ts[j].low] {
			return false
		}
	}
	return false
}

// dealing are the words that say what a later "the deal" is.
var dealing = set(`deal accord pact treaty contract agreement agree agrees agreed sign signs signed sell sells sold sale buy buys
	bought purchase order orders ordered supply supplies offer offered proposal proposed bid tender ceasefire truce`)

// agreements are nouns that point back to something agreed.
var agreements = set("deal accord pact contract agreement sale purchase order price offer proposal")

// happenings are nouns that point back to what was told with an "a".
var happenings = set(`claim claims suggestion ruling bill decision allegation allegations remarks comments incident attack attacks
	probe hearing news charge charges motion verdict visit trip ban centre center plant tanker clause report cable`)

// anaphors are nouns that, with a bare "the" and nothing named before them, point
// back to another sentence. Other bare nouns do so only where they open it.
var anaphors = set(`ministry minister company firm group sides side parties pair two three four five six seven trio duo statement
	attack attacks incident meeting talks move decision plan measure measures bill law vote ruling verdict suspect suspects
	victim victims man woman men women ship vessel spokesman spokeswoman spokesperson officials official sources source
	figure figures system report study letter document documents note case trial project visit trip speech round operation
	strike strikes blast explosion fire crash shooting protest protests rally march announcement claim claims allegations
	allegation comments remarks leader president agency bank service operator organisation organization union former latter
	same others neighbours neighbors countries ambassador investigation debate ban probe`)

// unique are nouns that need nothing named before them.
var unique = set(`world war sun internet economy pandemic coronavirus virus weather climate military dollar euro pound
	rouble ruble lira manat public media press poor rich weekend day week month year summer winter spring autumn past
	time surface end beginning heart wake face eve midst brink edge verge rise way night morning stroke ground`)

// definite tells whether "the" at i, with its noun, points back to something that
// the sentence has not named.
func (k *known) definite(ts []token, i int) string {
	if at(ts, i+1).low == "other" && !k.told && !k.many {
		return "nothing in it for \"the other\""
	}
	end, qualified := nounPhrase(ts, i+1)
	if qualified || end <= i+1 {
		return ""
	}
	noun := possessor(ts[end-1].low)
	lean := fmt.Sprintf("nothing in it for \"the %s\"", noun)
	opened := k.names == 0 && !k.thing && !k.many
	switch {
	case agreements[noun] && !k.deal, happenings[noun] && !k.told && !k.deal:
		return lean
	case noun == "sides" || noun == "two" || noun == "neighbours" || noun == "neighbors" || noun == "pair" || noun == "parties":
		if !k.many {
			return lean
		}
	case anaphors[noun] && opened:
		return lean
	case opened && i <= 2 && end-i <= 3 && !unique[noun]:
		return lean
	}
	return ""
}

// possessor is a folded word without its possessive ending.
func possessor(w string) string {
	if n := len(w); n > 2 && w[n-2] == '\'' {
		return w[:n-2]
	}
	return w
}

// nounPhrase reads the noun phrase whose words begin at from: where its bare part
// ends, and whether a name, a number, a superlative or what follows ("of the EU",
// "that took off on Monday") tells which one it is.
func nounPhrase(ts []token, from int) (end int, qualified bool) {
	const longest = 5
	if superlative(at(ts, from).low) {
		return from, true
	}
	for end = from; end < min(len(ts), from+longest); end++ {
		t := ts[end]
		switch {
		case t.cap || t.kind == number:
			return end, true
		case t.kind == mark && t.low == "-" && t.join:
			continue
		case t.kind == mark, phraseEnd[t.low], auxiliaries[t.low]:
			return end, qualifies(ts, end)
		case end > from && verbLike(t.low) && !nominal(ts, end):
			return end, false
		case end > from && anaphors[ts[end-1].low] && plural(t.low):
			return end, false // "the probe centres on": a verb that is not known
		case possessor(t.low) != t.low && end == from:
			return end + 1, false
		}
	}
	return end, false
}

// superlative reports whether a folded word after "the" singles one out.
func superlative(w string) bool {
	switch w {
	case "worst", "best", "most", "least", "only":
		return true
	}
	return len(w) > 5 && strings.HasSuffix(w, "est")
}

// nominal reports whether the verb-like word at i belongs to a noun phrase: a
// noun before "of", or in -ed before a plain word that is no verb.
func nominal(ts []token, i int) bool {
	next := at(ts, i+1)
	if next.low == "of" {
		return true
	}
	if before := at(ts, i-1).low; plural(before) || anaphors[before] || agreements[before] || happenings[before] || spelled[next.low] > 0 {
		return false
	}
	return next.kind == word && !phraseEnd[next.low] && !verbLike(next.low) && finished(ts[i].low) && !said[ts[i].low]
}

// qualifies reports whether what stands from token i on tells which one is meant:
// a clause, or "of", "between", "in" and the like with something that is not
// itself to be looked up.
func qualifies(ts []token, i int) bool {
	switch at(ts, i).low {
	case "of", "between", "for", "from", "in", "at", "against", "behind", "to", "on", "with", "near", "over", "among", "by",
		"before", "after", "about", "into", "under", "outside", "inside":
	case "that", "which", "who", "where", "whose", "he", "she", "they":
		return true
	default:
		return false
	}
	next := at(ts, i+1)
	switch {
	case next.kind == mark || phraseEnd[next.low] && next.low != "the" && next.low != "a" && next.low != "an":
		return false
	case weekdays[next.low] > 0 || months[next.low] > 0 || next.low == "last" || next.low == "next":
		return false
	case next.low != "the":
		return true
	}
	for j := i + 2; j < min(len(ts), i+8); j++ {
		t := ts[j]
		if t.cap || t.kind == number || spelled[t.low] > 0 || unique[t.low] || t.low == "a" || t.low == "an" || t.low == "of" {
			return weekdays[t.low] == 0 && months[t.low] == 0
		}
		if t.kind == mark && t.low != "-" || auxiliaries[t.low] || said[t.low] {
			return false
		}
	}
	return false
}

// of reports whether "of" or "in" stands after the word at i.
func of(ts []token, i int) bool {
	return at(ts, i+1).low == "of" || at(ts, i+1).low == "in"
}
