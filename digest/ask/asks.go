package ask

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
)

// linesAtMost is how many words a line may have that is read as a question without
// attache being mentioned.
const linesAtMost = 24

var (
	// toPeople is what is said to somebody, of oneself or of a text that is being written.
	toPeople = regexp.MustCompile(`\b(i|i'm|i'd|i'll|i've|im|me|my|mine|we|we're|we'd|we'll|we've|us|our|ours|you|you're|you'll|you've|u|your|yours|let's|lets|someone|somebody|anyone|anybody|everyone|guys|folks|please|pls|thanks|thx|ty|lol|haha|hmm+|sorry|right|objections?|deadline|slides?|brief|draft|memo|meeting|meet|call|lunch|tomorrow)\b`)
	// tellMe is what is said to attache, though it has a word of the above.
	tellMe = regexp.MustCompile(`\b(show|tell|give) (me|us)\b`)
	// asksOutright begins a line that asks, whatever words it has.
	asksOutright = regexp.MustCompile(`^(and |ok |so |but |now )*(who (else )?(said|says|say|told|claims?|claimed|denie[sd]|announced|commented|confirmed)|(what|when|where|why|how) (else )?(did|does|do|has|have|had|is|are|was|were)|what about|how about|what's new|whats new|what happened|how many|how much|which (outlets?|sources?|countries|states)|timeline|compare|latest (on|of|from)|news (on|of|from)|any (news|updates?|reactions?|statements?)|anything (new )?(on|from|about)|more (on|about)|(show|tell|give) (me|us)) `)
	// asserts are the words of a line that says something.
	asserts = regexp.MustCompile(`\b(is|are|was|were|be|been|am|isn't|aren't|wasn't|has|have|had|hasn't|haven't|does|did|doesn't|didn't|will|would|won't|should|must|can|cannot|can't|could|may|might|say|said|says|saying|report|reported|reports|not|never|yes|no|nope|told|thinks?|means?|meant)\b`)
	// links are the words that tie what a line names to the question before.
	links = wordSet(`and or what how about on of for in from by the to with since before after until till between during over only just also too same
		all any latest newest news new anything more else timeline now then as well but at`)
	// goesOn begins a line that goes on with the question before.
	goesOn = regexp.MustCompile(`^(and|or|what about|how about|same for|only|just|also|since|before|after|between|until|till|in|from|last|past|latest|newest|news|timeline|any|anything|more|all|without|by)\b`)
	// bare are questions that name nothing and are asked of the answer before.
	bare    = regexp.MustCompile(`^(and |but |so )?(why|who said (it|that|this|so|what)|who else|what else|anything else|since when|how many|timeline|who said what|(show |give )?(me )?(\d+ |the )?(more|rest)|all steps)$`)
	address = regexp.MustCompile(`(?i)\bhttps?:|\bwww\.|[\w-]+\.[a-z]{2,}/|@`)
)

// Asks reports whether a line that its asker's thread goes on with, and that
// doesn't mention attache, reads as a question for the archive. Where it might as
// well be said to people, it does not: a stray answer is worse than none.
func (e *Engine) Asks(line string, before *Slots) bool {
	line = strings.TrimSpace(line)
	if line == "" || len(line) > 40*linesAtMost || strings.ContainsAny(line, "\n!;") || address.MatchString(line) {
		return false
	}
	names, err := e.outletNames(context.Background())
	if err != nil {
		names = nil // the embedded ones are known all the same
	}
	if before == nil {
		before = &Slots{Mode: Latest}
	}
	r := e.read(Question{Text: line, Before: before}, Asker{Now: time.Now()}, names)
	words := r.spoken()
	if r.refused != "" || words == "" || len(r.toks) > linesAtMost || toPeople.MatchString(tellMe.ReplaceAllString(words, "")) {
		return false
	}
	question := strings.HasSuffix(line, "?")
	if inner := strings.TrimRight(line, "?. "); strings.ContainsAny(inner, "?…") || !question && strings.HasSuffix(line, ".") {
		return false // two sentences, or one that says something
	}
	switch {
	case bare.MatchString(words):
		return question || r.mode != Why
	case asksOutright.MatchString(words + " "):
		return r.namesSubject() || r.mode != "" && r.mode != Why && (question || r.word(0) == "who")
	case question:
		return r.namesSubject() || r.period != nil && len(r.words) == 0 && goesOn.MatchString(words)
	}
	return r.tied(words)
}

// namesSubject reports whether a line names something that articles are about or by.
func (r *reading) namesSubject() bool {
	return len(r.actors)+len(r.outlets)+len(r.persons)+len(r.places)+len(r.figures)+len(r.stories)+len(r.articles)+len(r.absent)+len(r.doubts) > 0 ||
		len(r.themes) > 0 && !r.loose || slices.ContainsFunc(r.misread, func(m Misread) bool { return m.As != "" })
}

// tied reports whether a line without a question mark only ties what it names to
// the question before: "and on energy", "since Friday".
func (r *reading) tied(words string) bool {
	if !goesOn.MatchString(words) || asserts.MatchString(words) || !r.namesSubject() && r.period == nil && !r.dropPeriod && !r.dropThemes && !r.dropOutlets {
		return false
	}
	if r.dropPeriod || r.dropThemes || r.dropOutlets {
		return len(r.words) == 0
	}
	for i, w := range r.fold {
		if r.roles[i] == isFree && isWord(w) && !links()[w] {
			return false
		}
	}
	return true
}
