package summary

import "attache/sources/text"

// Speaker finds who said what a sentence reports: "X said", "X told Y", "said X",
// "according to X". The span holds the name with its office ("Azerbaijan's defence
// ministry", "two Israeli officials"). A pronoun is no speaker; neither is who
// speaks inside a quotation.
//
// Where a sentence reports what somebody reports, an attribution at its end
// comes first: it is whose word the whole is.
func Speaker(s string) (name text.Span, ok bool) {
	ts := tokens(s)
	quoted := inQuotes(ts)
	var first *text.Span
	for i := len(ts) - 1; i >= 0; i-- {
		if quoted[i] {
			continue
		}
		from, to, ok := speakerAt(ts, quoted, i)
		if !ok {
			continue
		}
		span := text.Span{Start: ts[from].Start, End: ts[to-1].End}
		if before := at(ts, from-1); from > 0 && (before.low == "," || before.low == `"`) {
			return span, true
		}
		first = &span
	}
	if first == nil {
		return text.Span{}, false
	}
	return *first, true
}

// inQuotes marks the tokens that stand between quotation marks.
func inQuotes(ts []token) []bool {
	in := make([]bool, len(ts))
	open := false
	for i, t := range ts {
		if t.low == `"` {
			open = !open
			in[i] = true
			continue
		}
		in[i] = open
	}
	return in
}

// speakerAt reads the attribution whose verb, or "according", is token i.
func speakerAt(ts []token, quoted []bool, i int) (from, to int, ok bool) {
	if is(ts, i, "according", "to") {
		from, to = phraseAfter(ts, quoted, i+2, true)
		return from, to, speaks(ts, from, to)
	}
	if !said[ts[i].low] || passiveVerb(ts, i) {
		return 0, 0, false
	}
	if from, to := phraseBefore(ts, quoted, i); speaks(ts, from, to) {
		return from, to, true
	}
	before := at(ts, i-1).low
	if ts[i].low != "said" && ts[i].low != "says" || before != "," && before != `"` {
		return 0, 0, false
	}
	from, to = phraseAfter(ts, quoted, i+1, false)
	return from, to, speaks(ts, from, to)
}

// passiveVerb reports whether the verb at i is said of its subject, "is said to",
// or is an adjective or a noun, "the reported price".
func passiveVerb(ts []token, i int) bool {
	before := at(ts, i-1).low
	return be[before] || before == "the" || before == "a" || before == "an" || before == "of" ||
		at(ts, i+1).low == "by" || otherwise[ts[i].low] && !reporting(ts, i+1)
}

// otherwise are the verbs of speech that do other things as often: "recalled its
// ambassador", "reports of".
var otherwise = set("recalled noted reported reports declared demanded urged stressed notes estimates claims pledged explained claimed")

// reporting reports whether what stands from token i on is what was said.
func reporting(ts []token, i int) bool {
	switch at(ts, i).low {
	case "that", ",", ".", ":", `"`, "":
		return true
	}
	return at(ts, i).low == "on" && weekdays[at(ts, i+1).low] > 0
}

// adverbs may stand between a speaker and the verb.
var adverbs = set("also later earlier has have had then again repeatedly separately previously already recently never both all")

// phraseBefore finds the noun phrase that is the subject of the verb at i.
func phraseBefore(ts []token, quoted []bool, i int) (from, to int) {
	to = i
	for to > 0 && adverbs[ts[to-1].low] {
		to--
	}
	switch {
	case to > 2 && ts[to-2].low == "on" && weekdays[ts[to-1].low] > 0:
		to -= 2
	case to > 1 && weekdays[ts[to-1].low] > 0:
		to--
	}
	if to > 1 && ts[to-1].low == "," {
		return apposed(ts, quoted, to-1)
	}
	from = boundaryBefore(ts, quoted, to)
	return opening(ts, from, to), to
}

// apposed finds the subject before an apposition or a clause that a comma ends
// at token end: "Rauf Gasimli, an adviser, said"; the apposition is the speaker's
// office and stays, a clause does not.
func apposed(ts []token, quoted []bool, end int) (from, to int) {
	begin := boundaryBefore(ts, quoted, end)
	if begin < 2 || ts[begin-1].low != "," || quoted[begin-1] {
		return 0, 0
	}
	from = boundaryBefore(ts, quoted, begin-1)
	from = opening(ts, from, begin-1)
	switch ts[begin].low {
	case "who", "which", "whose", "where", "in", "on", "at", "speaking", "citing", "quoting", "asked", "but", "and":
		return from, begin - 1
	}
	if ts[begin].kind == number {
		return from, begin - 1
	}
	return from, end
}

// boundaryBefore is where the phrase that ends before token to begins.
func boundaryBefore(ts []token, quoted []bool, to int) int {
	from := to
	for from > 0 {
		t := ts[from-1]
		if quoted[from-1] || t.low == "," || t.low == ";" || t.low == ":" || t.low == "(" || t.low == ")" || t.low == "that" || t.low == "..." {
			break
		}
		if t.low == "-" && !t.join {
			break
		}
		from--
	}
	return from
}

// opening steps over what may open a sentence before its subject: "But", "On
// Monday", "Meanwhile".
func opening(ts []token, from, to int) int {
	for from < to {
		switch {
		case connectives[ts[from].low]:
			from++
		case ts[from].low == "on" && weekdays[at(ts, from+1).low] > 0:
			from += 2
		default:
			return from
		}
	}
	return from
}

// connectives tie a sentence to the one before it.
var connectives = set("but and or yet so however meanwhile still instead also moreover then nevertheless nonetheless therefore thus besides")

// phraseAfter finds the noun phrase that follows a verb, or "according to" where
// whole is true: there it goes on to the next comma.
func phraseAfter(ts []token, quoted []bool, i int, whole bool) (from, to int) {
	to = i
	for to < len(ts) && !quoted[to] {
		t := ts[to]
		if t.low == "," || t.low == ";" || t.low == ":" || t.low == "." || t.low == "(" || t.low == "-" && !t.join {
			break
		}
		if !whole && (afterName[t.low] || verbLike(t.low)) {
			break
		}
		to++
	}
	return i, cutDay(ts, i, to)
}

// afterName ends a speaker's name that follows the verb.
var afterName = set("in on at after before during when while as by from who which that but and about adding with to")

// cutDay takes "on Monday" off the end of tokens [from, to).
func cutDay(ts []token, from, to int) int {
	for i := from; i < to; i++ {
		if ts[i].low == "on" && weekdays[at(ts, i+1).low] > 0 {
			return i
		}
	}
	if to-from > 1 && weekdays[ts[to-1].low] > 0 {
		return to - 1
	}
	return to
}

// speaks reports whether tokens [from, to) can name a speaker: a name, or a word
// for an office, and no clause.
func speaks(ts []token, from, to int) bool {
	const longest = 14
	if from >= to || to-from > longest || nobody[ts[from].low] || clauseIn(ts, from, to) {
		return false
	}
	for i := from; i < to; i++ {
		t := ts[i]
		if offices[t.low] || people[t.low] {
			return true
		}
		if t.cap && (i > 0 || to-from > 1 || !functionWord(t.low)) {
			return true
		}
	}
	return false
}

// nobody opens no speaker's name.
var nobody = set("neither nobody none no he she it they we i you who which what that this these those there as if when while in at for after before to by under with than plan law schedule")

// clauseIn reports whether tokens [from, to) hold a clause before any "who".
func clauseIn(ts []token, from, to int) bool {
	for i := from; i < to; i++ {
		switch low := ts[i].low; {
		case low == "who":
			return false
		case auxiliaries[low] || low == "than" || low == "if" || low == "because" || low == "what" || low == "when":
			return true
		case said[low] && low != "stated" && low != "reports":
			return true
		case finished(low) && phraseEnd[at(ts, i+1).low] && i+1 < to && !named[low]:
			return true
		}
	}
	return false
}

// named are participles that tell who somebody is.
var named = set("based named appointed elected identified called known")

// functionWord reports whether a folded word names nothing.
func functionWord(w string) bool {
	return phraseEnd[w] || connectives[w] || auxiliaries[w]
}

// offices are words for those who speak.
var offices = set(`ministry minister ministries ministers spokesman spokeswoman spokesperson president presidency premier chancellor
	government governor mayor office official officials source sources police prosecutor prosecutors court judge lawyer
	lawyers army military navy force forces general commander chief company operator firm bank agency committee
	commission council service authority authorities regulator witnesses witness residents analyst analysts expert
	experts economist economists trader traders broker brokers party leader leaders senator lawmaker lawmakers
	deputy adviser advisor aide aides envoy ambassador diplomat diplomats embassy union association institute
	department administration watchdog group organisation organization statement report agents agent executive
	director manager chairman chairwoman head owner rescuers investigators organisers organizers observers monitors
	media broadcaster newspaper channel rebels militants scientists researchers doctors hospital survey study data
	neighbours neighbors relatives family families person mediator mediators`)
