package ask

import (
	"regexp"
	"slices"
	"strings"

	"attache/digest/actor"
	"attache/digest/theme"
	"attache/sources/text"
)

// role is what a token of a question was understood as.
type role int

const (
	isFree role = iota
	isOutlet
	isPeriod
	isReferent
	isAddress
	isActor
	isTheme
)

// reading is what one question says by itself, before its thread is asked.
type reading struct {
	text  string
	quiet bool // all was in capitals
	toks  []token
	fold  []string
	roles []role

	mode     Mode // empty where none was named
	refused  string
	period   *Period
	versus   *Period    // a second one, where two are compared
	sides    [][]string // the themes as they are named, where two are compared
	outlets  []string
	actors   []string // ids, in order, once each
	pairs    []actor.Dyad
	persons  []string
	speaker  *Speaker
	places   []string
	figures  []string
	themes   []string
	loose    bool
	stories  []int64
	articles []int64
	words    []string
	doubts   []Doubt
	misread  []Misread
	misdated *Misdated
	names    []string // words of r.words that are written as names
	absent   []string // "12.1" and "[4]" that the thread doesn't know

	add, only, and, fresh, other, reacts bool
	dropPeriod, dropThemes, dropOutlets  bool

	together bool // what only names the actors
	skip     int  // stories that were shown before
}

// read understands a question by itself. outlets are those of the archive.
func (e *Engine) read(q Question, who Asker, outlets map[string][]outletName) *reading {
	q.Text = afterGreeting(q.Text)
	r := &reading{text: q.Text, toks: tokens(q.Text)}
	if r.shouts() {
		r.calm()
	}
	r.fold = make([]string, len(r.toks))
	for i, t := range r.toks {
		r.fold[i] = text.Fold(t.text)
	}
	r.roles = make([]role, len(r.toks))
	words := r.spoken()
	r.readReferents(q.About)
	r.dropAddresses()
	r.readOutlets(outlets)
	r.readMisdated(who)
	r.readPeriod(who, q.Mode == Compare || compares.MatchString(words))
	r.readActors(e.Actors)
	r.readThemes(e.Actors)
	r.readLinks(words)
	r.readMode()
	r.take(q, who)
	r.skip = r.next(q, words)
	if len(r.stories)+len(r.articles) > 0 && moreOf.MatchString(words) || r.skip > 0 && q.More == 0 && q.Mode == "" {
		r.mode = Latest
	}
	if b := q.Before; b != nil && (b.Mode == Compare || b.Mode == Count || b.Mode == Why) && nextWords.MatchString(words) {
		r.mode = Latest // of a count there is no more, but of what was counted
	}
	r.readSpeakers(e.Actors)
	r.readSpeaker(e.Actors, q.Mode == WhoSaid)
	r.refused = refusal(words)
	r.readFigures(words)
	r.readLonePeriod(who)
	r.readWords(q.Mode != "")
	r.fresh = r.fresh || freshWords.MatchString(words) && !r.and && len(r.words) > 0 && r.namesNothing()
	if q.Before != nil && (nextWords.MatchString(words) || allSteps.MatchString(words)) {
		r.words = nil
	}
	first := q.Before == nil || q.Before.Refused && q.Before.Mode == ""
	blank := r.blank() && !q.pressed()
	if r.refused == "" && (blank || first && r.asksNothing(words)) {
		r.refused = "nothing asked"
	}
	return r
}

// blank reports whether a question has no words: marks, or the address of a page.
func (r *reading) blank() bool {
	for i, w := range r.fold {
		if isWord(w) && r.roles[i] != isAddress {
			return false
		}
	}
	return true
}

// asksNothing reports whether a question without a thread names nothing to search
// for, nor asks for all there is: "why?".
func (r *reading) asksNothing(words string) bool {
	if !r.namesNothing() || len(r.words) > 0 || everything.MatchString(words) {
		return false
	}
	return r.mode == "" || r.mode == Why || r.mode == Compare
}

// namesNothing reports whether a question has nothing to search by but words.
func (r *reading) namesNothing() bool {
	named := len(r.actors) + len(r.themes) + len(r.outlets) + len(r.persons) + len(r.places) + len(r.figures) +
		len(r.stories) + len(r.articles) + len(r.doubts) + len(r.misread) + len(r.absent)
	return named == 0 && r.period == nil && !r.dropPeriod
}

// shouted is how many words all in capitals are no longer a pair of codes, but
// a sentence whose capitals say nothing.
const shouted = 4

// shouts reports whether a question is such a sentence; of codes alone it is none.
func (r *reading) shouts() bool {
	long := slices.ContainsFunc(r.toks, func(t token) bool { return t.num < 0 && len(t.text) > shouted })
	return long && len(r.toks) > shouted && strings.ToUpper(r.text) == r.text
}

// politeness begins what is said to a colleague, and asks for nothing.
var politeness = regexp.MustCompile(`(?i)^\s*(?:(?:good (?:morning|afternoon|evening|day)|hello|hi|hey|hallo|salam|shalom|merhaba)(?: (?:there|all|everyone|team|attache))*[,.!:]? +)(?:\b)`)

// afterGreeting is what is asked after a greeting; a greeting alone stays.
func afterGreeting(q string) string {
	if greeting.MatchString(strings.Join(foldedWords(q), " ")) {
		return q
	}
	return politeness.ReplaceAllString(q, "")
}

// webAddress is the address of a page; it is no name of an outlet, and no words.
var webAddress = regexp.MustCompile(`(?i)\b(?:https?://|www\.)\S+`)

// dropAddresses takes the addresses of pages out of what is read.
func (r *reading) dropAddresses() {
	for _, m := range webAddress.FindAllStringIndex(r.text, -1) {
		r.markSpan(text.Span{Start: m[0], End: m[1]}, isAddress)
	}
}

// calm takes the sentence's capitals away.
func (r *reading) calm() {
	r.quiet = true
	for i := range r.toks {
		r.toks[i].upper, r.toks[i].title = false, false
	}
}

// mark gives the tokens [i, j) a role.
func (r *reading) mark(i, j int, as role) {
	for ; i < j; i++ {
		r.roles[i] = as
	}
}

// markSpan gives the tokens of a span of the text a role.
func (r *reading) markSpan(s text.Span, as role) {
	for i, t := range r.toks {
		if t.start >= s.Start && t.end <= s.End {
			r.roles[i] = as
		}
	}
}

// masked is the text with the tokens that have a role blanked, byte for byte.
func (r *reading) masked() string {
	b := []byte(r.text)
	for i, t := range r.toks {
		if r.roles[i] != isFree {
			copy(b[t.start:t.end], strings.Repeat(" ", t.end-t.start))
		}
	}
	return string(b)
}

var referent = regexp.MustCompile(`\[(\d{1,4})\]|\b(\d{1,5}\.\d{1,3})\b`)

// readReferents finds "[4]" and "12.1": those that the thread knows, and those
// that nothing has, as they are no words to search for.
func (r *reading) readReferents(about []Referent) {
	for _, m := range referent.FindAllStringSubmatchIndex(r.text, -1) {
		at := text.Span{Start: m[0], End: m[1]}
		name := strings.Trim(at.In(r.text), "[]")
		i := slices.IndexFunc(about, func(a Referent) bool { return a.Name == name })
		if i < 0 {
			if m[2] >= 0 || r.isReferent(at) {
				r.absent = append(r.absent, at.In(r.text))
				r.markSpan(at, isReferent)
			}
			continue
		}
		r.markSpan(at, isReferent)
		if about[i].Story != 0 {
			r.stories = append(r.stories, about[i].Story)
		}
		if about[i].Article != 0 {
			r.articles = append(r.articles, about[i].Article)
		}
	}
}

// isReferent reports whether a number with a point names a story rather than a
// quantity: nothing but words of questions stands right beside it.
func (r *reading) isReferent(at text.Span) bool {
	before, after := "", ""
	for i, t := range r.toks {
		switch {
		case t.end <= at.Start:
			before = r.fold[i]
		case t.start >= at.End && after == "":
			after = r.fold[i]
		}
	}
	asks := func(w string) bool { return w == "" || filler()[w] }
	return (asks(before) || before == "history") && (asks(after) || slices.Contains([]string{"?", ".", "!", ",", "first"}, after))
}

func (t token) raw(q string) string { return q[t.start:t.end] }

// word is the folded token i; empty where there is none.
func (r *reading) word(i int) string {
	if i < 0 || i >= len(r.fold) {
		return ""
	}
	return r.fold[i]
}

// match is how many tokens from i on hold the words; marks between them don't count.
func (r *reading) match(i int, words []string) int {
	j := i
	for n, w := range words {
		for n > 0 && j < len(r.fold) && !isWord(r.fold[j]) && r.fold[j] != "" {
			j++
		}
		if j >= len(r.fold) || r.roles[j] != isFree || r.fold[j] != w && strings.TrimSuffix(r.fold[j], "'s") != w {
			return 0
		}
		j++
	}
	return j - i
}

// readPeriod finds the period. Who asks at no time names none.
func (r *reading) readPeriod(who Asker, compared bool) {
	if who.Now.IsZero() || r.misdated != nil {
		return
	}
	p, at, ok := ParsePeriod(r.masked(), who.now())
	if !ok {
		return
	}
	r.period = &p
	r.markSpan(at, isPeriod)
	if !compared {
		return
	}
	if q, other, ok := ParsePeriod(r.masked(), who.now()); ok {
		r.versus = &q
		r.markSpan(other, isPeriod)
		if at.Start > other.Start {
			r.period, r.versus = r.versus, r.period
		}
		apart(r.period, r.versus)
	}
}

// readLonePeriod reads "Armenia 30 days": a number of days is a period where nothing
// else is left beside it that says something.
func (r *reading) readLonePeriod(who Asker) {
	if r.period != nil || r.misdated != nil || r.dropPeriod || who.Now.IsZero() {
		return
	}
	roles := slices.Clone(r.roles)
	for i, w := range r.fold {
		if _, unit := unitOf(w); filler()[w] && !unit {
			r.mark(i, i+1, isPeriod)
		}
	}
	s := scan{toks: tokens(r.masked()), now: who.now()}
	r.roles = roles
	for i := range s.toks {
		if n, k, ok := s.onlyUnits(i); ok {
			r.period = &Period{Start: n.from, End: n.to}
			r.markSpan(text.Span{Start: s.toks[i].start, End: s.toks[k-1].end}, isPeriod)
			return
		}
	}
}

// apart ends the earlier of two periods where the later begins: last week, beside
// this one.
func apart(a, b *Period) {
	if a.Start.After(b.Start) {
		a, b = b, a
	}
	if b.Start.After(a.Start) && (a.End.IsZero() || a.End.After(b.Start)) {
		a.End = b.Start
	}
}

// readThemes finds the themes that are named. Words that say little beside a
// plainer theme ("talks" beside "dam") count only alone.
func (r *reading) readThemes(c *actor.Catalogue) {
	weak := []string{}
	talks := r.withGroup(c)
	for i := 0; i < len(r.toks); i++ {
		if r.roles[i] != isFree && r.roles[i] != isActor {
			continue
		}
		ids, n := r.themeAt(i)
		if n == 0 || r.roles[i] == isActor && r.isCode(i) {
			continue
		}
		if n == 1 && slices.Contains(strings.Fields("talk negotiation meeting visit relation row church crossing tie court trial food embassy ambassador recognition dialogue visa river relief vessel port loan"), singular(r.fold[i])) {
			if talks && ids[0] == "diplomacy" {
				ids = []string{"peace-process"}
			}
			weak = append(weak, ids...)
			continue
		}
		if r.roles[i] == isFree {
			r.mark(i, i+n, isTheme)
		}
		r.themes = append(r.themes, ids...)
		r.sides = append(r.sides, ids)
		i += n - 1
	}
	if len(r.themes) == 0 {
		r.themes, r.loose = weak, len(weak) > 0
	}
	slices.Sort(r.themes)
	r.themes = slices.Compact(r.themes)
}

// isCode reports whether token i is a code of three letters, as of a country: "ARM"
// speaks of no arms.
func (r *reading) isCode(i int) bool { return r.toks[i].upper && len(r.fold[i]) == 3 }

// withGroup reports whether a group is among the actors: talks with one are
// about peace rather than diplomacy.
func (r *reading) withGroup(c *actor.Catalogue) bool {
	return c != nil && slices.ContainsFunc(r.actors, func(id string) bool {
		a, ok := c.Actor(id)
		return ok && a.Kind == actor.Group
	})
}

// themeAt is the theme that the tokens at i name, and how many they are.
func (r *reading) themeAt(i int) (ids []string, n int) {
	for _, t := range topics()[singular(r.fold[i])] {
		j := i
		for k, w := range t.words {
			for k > 0 && j < len(r.fold) && r.fold[j] == "-" {
				j++
			}
			if j >= len(r.fold) || r.roles[j] != isFree && r.roles[j] != isActor || singular(r.fold[j]) != w {
				j = -1
				break
			}
			j++
		}
		switch {
		case j > 0 && j-i > n:
			ids, n = []string{t.theme}, j-i
		case j > 0 && j-i == n:
			ids = append(ids, t.theme)
		}
	}
	if n > 0 && ids[0] == "energy" {
		ids, _ = theme.Resolve("energy")
	}
	for size := min(4, len(r.toks)-i); size > n; size-- {
		if filler()[r.fold[i]] || r.roles[i] != isFree || r.roles[i+size-1] != isFree {
			continue
		}
		if got, _ := theme.Resolve(r.text[r.toks[i].start:r.toks[i+size-1].end]); len(got) > 0 {
			return got, size
		}
	}
	return ids, n
}

var (
	addWords   = regexp.MustCompile(`\b(too|also|as well|add|plus|include|including)\b`)
	onlyWords  = regexp.MustCompile(`\b(only|just|solely|but not|except)\b`)
	andWords   = regexp.MustCompile(`^(and|what about|how about|now|same for|then)\b`)
	freshWords = regexp.MustCompile(`^((ok|okay|now|so|then|well|hi|and now) )*(the )?(latest|news|updates?|what's new|what is new|whats new|what happened|what is happening|what's happening|anything new|how many (?:articles|stories|reports)|timeline|compare \w+|tell me|show me|give me)( \w+)? (on|of|in|about|from|between|with|for|to)\b`)
	compareIt  = regexp.MustCompile(`\bcompare( it| this| that| them)? (with|to|against)\b`)
	otherWords = regexp.MustCompile(`\b(what else|anything else|other news|something else)\b`)
	reactWords = regexp.MustCompile(`\b(reactions?|reacts?|reacted|positions?|stance|views?|says?|said|role|response|statements?)\b`)
	dropPeriod = regexp.MustCompile(`\b(drop|remove|ignore|clear|without|forget|no|lift|any) (the |a )?(date|time|period)( (filter|limit|range|restriction))?\b|\b(all time|any time|whole archive|all dates|regardless of date|ever)\b`)
	dropTheme  = regexp.MustCompile(`\b(drop|remove|ignore|clear|without|forget) (the )?(theme|topic|subject)s?( filter)?\b|\ball (themes|topics|subjects)\b|\b(any|every) (theme|topic|subject)\b`)
	dropOutlet = regexp.MustCompile(`\b(drop|remove|ignore|clear|without|forget) (the )?(outlet|source)s?( filter)?\b|\ball (outlets|sources)\b|\b(any|every) (outlet|source)\b`)
)

// readLinks reads the words that tie a question to the one before it.
func (r *reading) readLinks(words string) {
	r.add = addWords.MatchString(words)
	r.only = onlyWords.MatchString(words)
	r.and = andWords.MatchString(words)
	r.fresh = freshWords.MatchString(words) && len(r.actors)+len(r.doubts) > 0 && !compareIt.MatchString(words)
	r.other = otherWords.MatchString(words)
	r.reacts = reactWords.MatchString(words)
	r.dropPeriod = dropPeriod.MatchString(words) && r.period == nil
	r.dropThemes = dropTheme.MatchString(words)
	r.dropOutlets = dropOutlet.MatchString(words)
}

// readMode tells the mode; the words of outlets are left out, as a title may
// hold one ("Daily News").
func (r *reading) readMode() {
	var words []string
	for i, w := range r.fold {
		switch {
		case r.roles[i] == isOutlet && (i == 0 || r.roles[i-1] != isOutlet):
			words = append(words, "it")
		case r.roles[i] != isOutlet && r.roles[i] != isPeriod && isWord(w):
			words = append(words, w)
		}
	}
	mode, ok := modeOf(strings.Join(words, " "))
	if ok && !(mode == Latest && r.dropPeriod) {
		r.mode = mode
	}
}

// readWords keeps what no slot took, without the words that say nothing. A
// capital at the question's beginning says nothing either, and is let go, but not
// where a command stands before it.
func (r *reading) readWords(commanded bool) {
	for i, t := range r.toks {
		w := strings.TrimSuffix(r.fold[i], "'s")
		if r.roles[i] != isFree || !isWord(w) || filler()[w] || r.word(i-1) == "how" || len(w) < 2 && !isDigit(rune(w[0])) {
			continue
		}
		if weighs()[w] && newsWords()[r.word(i+1)] || newsWords()[w] && weighs()[r.word(i-1)] {
			continue
		}
		typed := strings.TrimSuffix(strings.TrimSuffix(t.raw(r.text), "'s"), "’s")
		if i == 0 && !commanded || r.quiet {
			typed = strings.ToLower(typed)
		} else if t.title {
			r.names = append(r.names, typed)
		}
		r.words = append(r.words, typed)
	}
}
