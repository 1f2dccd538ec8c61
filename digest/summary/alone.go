package summary

import (
	"fmt"
	"strings"
)

// dependence tells why a sentence does not stand alone; empty when it does. Signs
// are judged in every language, words in English and, by how it opens, in those
// of [openings].
func dependence(s, lang string) string {
	ts := tokens(s)
	if why := unwhole(s, ts); why != "" {
		return why
	}
	if lang != "" && lang != "en" {
		return foreign(ts, lang)
	}
	if !hasVerb(ts) && short(s, ts) {
		return "no verb"
	}
	return leaning(ts)
}

// unwhole tells why a sentence is no whole statement.
func unwhole(s string, ts []token) string {
	const fewest = 4
	words, quotes := 0, 0
	for _, t := range ts {
		switch {
		case t.kind != mark:
			words++
		case t.low == `"`:
			quotes++
		}
	}
	end := strings.TrimRight(s, "\"”’»') ")
	switch {
	case words < fewest:
		return "too short"
	case quotes%2 == 1:
		return "a quotation is cut"
	case strings.Count(s, "(") != strings.Count(s, ")"):
		return "a bracket is cut"
	case strings.HasSuffix(end, "?"):
		return "a question"
	case strings.HasSuffix(end, "…") || strings.HasSuffix(end, "...") || strings.HasSuffix(end, ":"):
		return "it breaks off"
	}
	return ""
}

// openings are, by language, first words that lean on the sentence before.
var openings = map[string]map[string]bool{
	"az": set("o onlar bu bunlar lakin amma ancaq həmin isə onun onların"),
	"tr": set("o onlar bu bunlar ancak ama fakat oysa onun onlarin ayrica"),
	"ru": set("он она они оно это этот эта эти но однако его ее их также"),
	"uk": set("він вона вони воно це цей ця але однак його її їх також"),
	"de": set("er sie es dies diese dieser dieses das aber doch jedoch sein ihr ihre auch zudem"),
	"fr": set("il elle ils elles ce cela cette ces mais or cependant toutefois son sa leur"),
	"es": set("esto esta este estos estas pero sin su sus tambien ademas"),
	"it": set("questo questa questi ma pero tuttavia suo sua loro inoltre"),
	"pt": set("ele ela isso isto este esta mas porem seu sua"),
}

// foreign tells by its first word whether a sentence of another language leans
// on the one before.
func foreign(ts []token, lang string) string {
	for _, t := range ts {
		if t.kind == mark {
			continue
		}
		for w := range openings[lang] {
			if t.low == w {
				return fmt.Sprintf("opens with %q", t.low)
			}
		}
		return ""
	}
	return ""
}

// short reports whether a sentence is so short, or so unended, that the lack of a
// known verb makes it a fragment.
func short(s string, ts []token) bool {
	const whole = 9 // a longer one has a verb, though not one that is known
	n := 0
	for _, t := range ts {
		if t.kind != mark {
			n++
		}
	}
	return n < whole || !strings.ContainsAny(s[len(s)-min(len(s), 4):], ".!”\"")
}

// hasVerb reports whether any word outside quotations may be a verb; inside them
// it counts where all is quoted.
func hasVerb(ts []token) bool {
	for _, t := range ts {
		if t.kind == word && verbLike(t.low) {
			return true
		}
	}
	return false
}

// leaning tells which word of an English sentence leans on what was said before
// it: it goes from left to right and keeps account of what the sentence itself
// has named by then.
func leaning(ts []token) string {
	quoted := inQuotes(ts)
	first := firstWord(ts)
	if first < 0 {
		return "no words"
	}
	if why := opens(ts, first); why != "" {
		return why
	}
	var all, outside known // of the whole sentence; of what is not quoted
	for i := first; i < len(ts); i++ {
		if ts[i].kind != word {
			continue
		}
		k := &all
		if !quoted[i] && spoken[bare(ts[i].low)] {
			k = &outside // "…," she said: she is none of those that she names
		}
		if why := k.leans(ts, i, quoted[i]); why != "" {
			return why
		}
		all.learn(ts, i, i == first)
		if !quoted[i] {
			outside.learn(ts, i, i == first)
		}
	}
	return ""
}

// spoken are the pronouns of who speaks of a quotation.
var spoken = set("he she him her his")

// bare is a folded word without the verb that an apostrophe ties to it: "it's".
func bare(w string) string {
	if i := strings.LastIndexByte(w, '\''); i > 0 {
		switch w[i:] {
		case "'s", "'m", "'re", "'ve", "'d", "'ll":
			return w[:i]
		}
	}
	return w
}

// firstWord is the first token that is no sign and no "meanwhile".
func firstWord(ts []token) int {
	for i, t := range ts {
		if t.kind != mark && !aside[t.low] {
			return i
		}
	}
	return -1
}

// aside are first words that go on from another sentence and need nothing of it.
var aside = set("meanwhile separately elsewhere")

// leaners are first words that always need the sentence before.
var leaners = set(`it they he she this that these those such here but and or yet so however instead also moreover then
	nevertheless nonetheless therefore thus otherwise besides still afterwards neither both his her its their him them
	additionally furthermore similarly likewise consequently hence too indeed`)

// opens tells whether a sentence opens in a way that leans on another.
func opens(ts []token, first int) string {
	t, next := ts[first], at(ts, first+1)
	low := bare(t.low)
	lean := fmt.Sprintf("opens with %q", low)
	switch low {
	case "both", "neither", "so", "yet", "still", "such", "then":
		if next.cap || next.low == "the" || t.low == "both" && next.low == "sides" && of(ts, first+1) {
			return ""
		}
		return lean
	case "his", "her", "its", "their":
		return lean
	case "that", "this", "these", "those":
		switch next.low {
		case "week", "year", "month", "morning", "summer", "winter", "spring", "autumn", "who":
			return ""
		}
		return lean
	case "a", "another":
		if next.low == "further" && (at(ts, first+2).kind == number || spelled[at(ts, first+2).low] > 0) {
			return fmt.Sprintf("opens with %q", t.low+" further")
		}
		if rounds[at(ts, first+2).low] && ordinals[next.low] || rounds[next.low] {
			if noun := first + 2; !of(ts, noun) && !of(ts, noun-1) {
				return fmt.Sprintf("opens with %q", t.low+" "+next.low)
			}
		}
	case "in", "as", "by", "at", "for", "on":
		for _, phrase := range backwards {
			if is(ts, first, strings.Fields(phrase)...) {
				return fmt.Sprintf("opens with %q", phrase)
			}
		}
	}
	if leaners[low] || elliptic[low] && (verbLike(next.low) || next.low == "of" && at(ts, first+2).low == "them") {
		return lean
	}
	return ""
}

// elliptic are first words that leave out what they count when a verb follows.
var elliptic = set("most many some others all none each several few another more two three four five six seven eight nine ten")

// rounds and ordinals together say that something came before: "a fourth round".
var (
	rounds   = set("round phase stage batch meeting attempt session tranche case person suspect attack vote")
	ordinals = set("second third fourth fifth sixth seventh eighth ninth tenth further new final separate")
)

// backwards are openings of several words that lean on another sentence.
var backwards = []string{
	"in addition", "as a result", "by contrast", "in contrast", "on the other hand", "on the contrary", "for example",
	"for instance", "at the same time", "in response", "in turn", "in return", "as such", "for this reason", "at that time", "in that case",
	"by then", "by that time", "at this point", "in this case", "in doing so", "in the process", "for that",
}
