package ask

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"attache/digest/actor"
	"attache/sources/text"
)

// readOutlets finds the outlets that are named, as they were typed.
func (r *reading) readOutlets(archive map[string][]outletName) {
	for i := 0; i < len(r.toks); i++ {
		n := max(r.outletAt(i, archive[r.fold[i]]), r.outletAt(i, knownOutlets()[r.fold[i]]))
		if n == 0 {
			continue
		}
		r.addOutlet(i, i+n)
		i += n - 1
	}
	r.readUnknownOutlets()
	for i := range r.toks {
		if i > 0 && r.roles[i] == isFree && slices.Contains(strings.Fields("outlet outlets media press newspapers papers agencies"), r.fold[i]) &&
			len(r.outlets) == 0 && strings.Contains(" in from by only to and ", " "+r.word(i-2)+" ") && r.toks[i-1].title {
			r.doubts = append(r.doubts, Doubt{Name: r.toks[i-1].raw(r.text) + " " + r.toks[i].raw(r.text), Outlets: true})
			r.mark(i-1, i+1, isOutlet)
		}
	}
}

// addOutlet takes the tokens [i, j) for an outlet.
func (r *reading) addOutlet(i, j int) {
	typed := r.text[r.toks[i].start:r.toks[j-1].end]
	typed = strings.TrimSuffix(strings.TrimSuffix(typed, "'s"), "’s")
	if !slices.Contains(r.outlets, typed) {
		r.outlets = append(r.outlets, typed)
	}
	r.mark(i, j, isOutlet)
}

// outletAt is how many tokens at i name one of the outlets; the most.
func (r *reading) outletAt(i int, names []outletName) int {
	most := 0
	for _, name := range names {
		n := r.match(i, name.words)
		if n > most && (!name.strict || r.toks[i].title && !(i == 0 && len(r.toks) > n+1 && !r.outletCue(i, n)) || r.outletCue(i, n)) {
			most = n
		}
	}
	return most
}

// outletCue reports whether the words beside [i, i+n) speak of an outlet.
func (r *reading) outletCue(i, n int) bool {
	before, after := r.word(i-1), r.word(i+n)
	if before == "the" {
		before = r.word(i - 2)
	}
	return slices.Contains(strings.Fields("by did does has per via"), before) ||
		slices.Contains(strings.Fields("say says said write wrote report reported reports only"), after)
}

// wordSet is the words of a list.
func wordSet(list string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		set := map[string]bool{}
		for w := range strings.FieldsSeq(list) {
			set[w] = true
		}
		return set
	})
}

var (
	// outletWords end the names of outlets, and hardly any other name.
	outletWords = wordSet(`wire newswire post times herald gazette tribune ledger courier chronicle journal daily weekly
		telegraph dispatch tv televizyon televiziyasi radio broadcasting broadcaster newspaper bulletin inquirer examiner`)
	// outletEnds end such names as well as others: "Antalya Forum". They count only
	// beside a word that speaks of an outlet.
	outletEnds = wordSet(`news press agency observer monitor mirror review forum brief briefing report standard star sun globe
		mail express today insider online media channel network register record sentinel echo voice magazine guardian
		independent business argus messenger reporter advertiser mercury signal lens watch analytics politika gazetesi`)
	// outletStarts begin such names.
	outletStarts = wordSet(`radio tv daily agence gazeta diario`)
)

// domain is an outlet that is called by its address, "Report.az".
var domain = regexp.MustCompile(`(?i)\b\pL[\pL\d-]+\.(az|am|ge|tr|il|ir|ru|ua|uz|kz|kg|com|net|org|info|news|tv|media|press|eu|uk)\b`)

// readUnknownOutlets finds outlets that neither the archive nor the list has, by
// what their names are made of.
func (r *reading) readUnknownOutlets() {
	for _, m := range domain.FindAllStringIndex(r.masked(), -1) {
		at := text.Span{Start: m[0], End: m[1]}
		if typed := at.In(r.text); !slices.Contains(r.outlets, typed) {
			r.outlets = append(r.outlets, typed)
		}
		r.markSpan(at, isOutlet)
	}
	for i := 0; i < len(r.toks); i++ {
		j := r.nameEnd(i)
		if j-i < 2 {
			continue
		}
		if r.soundsLikeOutlet(i, j) {
			r.addOutlet(i, j)
		}
		i = j - 1
	}
}

// nameEnd is where the capitals end that begin at token i: "Levant Wire", "Voice
// of Kura", "Gulf & Straits Shipping".
func (r *reading) nameEnd(i int) int {
	j := i
	for j < len(r.toks) && r.toks[j].title && r.roles[j] == isFree && (j > i || !filler()[r.fold[j]]) {
		j++
		if k := j + 1; k < len(r.toks) && j < len(r.toks) && r.toks[k].title && slices.Contains([]string{"&", "of"}, r.fold[j]) {
			j = k
		}
	}
	return j
}

// soundsLikeOutlet reports whether the name [i, j) is made as outlets' names are.
func (r *reading) soundsLikeOutlet(i, j int) bool {
	last := strings.TrimSuffix(r.fold[j-1], "'s")
	first := r.fold[i]
	named := r.word(i+1) == "of" && (outletWords()[first] || outletEnds()[first]) // "Voice of Kura"
	if outletWords()[last] || outletStarts()[first] || named {
		return true
	}
	cue := r.outletCue(i, j-i) || slices.Contains(strings.Fields("in from only"), r.word(i-1))
	return outletEnds()[last] && cue
}

// readSpeakers takes a name that is no actor's for a person's or an outlet's
// where the question asks what it said: "what did Rauf Aliev say".
func (r *reading) readSpeakers(c *actor.Catalogue) {
	if r.mode != WhoSaid {
		return
	}
	for i := range r.toks {
		before := r.word(i - 1)
		the := before == "the"
		if the {
			before = r.word(i - 2)
		}
		asks := slices.Contains(strings.Fields("did does do has have had"), before)
		if !asks && (the || before != "by" && before != "from") {
			continue
		}
		j := r.nameEnd(i)
		switch {
		case j == i:
		case asks && r.isOutletHere(c, i, j, the):
			r.addOutlet(i, j)
		case !the:
			r.persons = append(r.persons, r.text[r.toks[i].start:r.toks[j-1].end])
			r.mark(i, j, isActor)
		}
	}
}

// isOutletHere reports whether the name [i, j), of which is asked what it said, is
// rather an outlet's than a person's: it is of several words without a given
// name among them, stands behind "the", is written in capitals, or published what
// it said.
func (r *reading) isOutletHere(c *actor.Catalogue, i, j int, the bool) bool {
	name := r.text[r.toks[i].start:r.toks[j-1].end]
	if c != nil {
		if people, bodies := c.Names("", name+" said on Monday that talks go on."); len(people)+len(bodies) > 0 {
			return false
		}
	}
	prints := slices.ContainsFunc(r.fold[j:], func(w string) bool {
		return slices.Contains(strings.Fields("write wrote written publish published print printed report reported"), w)
	})
	return j-i > 1 || the || prints || r.toks[i].upper && len(name) > 2
}
