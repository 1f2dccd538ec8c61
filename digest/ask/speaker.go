package ask

import (
	"regexp"
	"slices"
	"strings"

	"attache/digest/actor"
	"attache/digest/summary"
	"attache/sources/text"
)

// askedSpeaker finds whose statements a question asks for: who stands in "what did
// … say", or before "position" where the question begins with it.
var askedSpeaker = regexp.MustCompile(`(?i)\b(?:did|does|has|have|had) (?:the )?(.{2,60}?) (?:say|said|tell|told|announced?|claim(?:ed)?|demand(?:ed)?)\b|^(?:and )?(?:what is |what's |what was )?(?:the )?(.{2,40}?) (?:position|stance)\b`)

// saidOn finds whose statements the command asks for: "Azerbaijan on Armenia".
var saidOn = regexp.MustCompile(`(?i)^\s*(?:the )?(.{2,60}?) (?:on|about|regarding) `)

// bodySize is how many words the name of a state's body may have.
const bodySize = 6

// readSpeaker finds the state or body whose statements are asked for.
func (r *reading) readSpeaker(c *actor.Catalogue, commanded bool) {
	if c == nil || r.mode != WhoSaid || len(r.persons)+len(r.outlets) > 0 {
		return
	}
	m := askedSpeaker.FindStringSubmatchIndex(r.text)
	if m == nil && commanded {
		m = saidOn.FindStringSubmatchIndex(r.text)
	}
	if m == nil {
		return
	}
	at := text.Span{Start: slices.Max(m[2:]), End: slices.Max(m[2:])}
	for i := 2; i < len(m); i += 2 {
		if m[i] >= 0 {
			at.Start = m[i]
		}
	}
	s := Speaker{Typed: strings.TrimSuffix(strings.TrimSuffix(at.In(r.text), "'s"), "’s")}
	size := 0
	var name []string
	for i, t := range r.toks {
		w := strings.TrimSuffix(r.fold[i], "'s")
		switch {
		case t.start < at.Start || t.end > at.End || !isWord(w) || w == "of" || w == "the":
		case slices.Contains([]string{"and", "or", "on", "about", "by"}, w):
			return // several, or a matter of which something is said
		case r.roles[i] == isActor:
			name, size = append(name, strings.TrimSuffix(strings.TrimSuffix(t.raw(r.text), "'s"), "’s")), size+1
		default:
			s.Words, size = append(s.Words, w), size+1
		}
	}
	if size > bodySize || len(name) == 0 {
		return
	}
	if s.Actors = r.stand(c, resolve(c, strings.Join(name, " "), false).Actors, &named{next: 1}); len(s.Actors) > 0 {
		r.speaker = &s
	}
}

// withoutBody takes what the name of the body alone says out of what is searched:
// what a defence ministry said need not be of the military.
func (e *Engine) withoutBody(s Slots) Slots {
	if s.Speaker == nil || len(s.Speaker.Words) == 0 {
		return s
	}
	own := e.read(Question{Text: s.Speaker.Typed}, Asker{}, nil).themes
	s.Themes = slices.DeleteFunc(slices.Clone(s.Themes), func(id string) bool { return slices.Contains(own, id) })
	s.Words = slices.DeleteFunc(slices.Clone(s.Words), func(w string) bool { return slices.Contains(s.Speaker.Words, text.Fold(w)) })
	return s
}

// speaks reports whether a sentence's speaker is the one whose statements are
// asked for. Of a body "the ministry" will do where the sentence names it in full.
func (f *findings) speaks(speaker text.Span, s summary.Sentence) bool {
	asked, name := f.slots.Speaker, speaker.In(s.Text)
	if len(asked.Words) == 0 {
		return f.isOf(name, asked.Actors)
	}
	last := asked.Words[len(asked.Words)-1]
	return f.namesBody(name) || f.namesBody(s.Text) && slices.Contains(foldedWords(name), last) && len(f.Actors.Find(name)) == 0
}

// beside is how many bytes may part a body's name from its state's: "'s ", " of the ".
const beside = len(" of the ")

// namesBody reports whether a text names the body that is asked for: its words,
// with the state right before or behind them.
func (f *findings) namesBody(s string) bool {
	asked := f.slots.Speaker
	words, mentions := text.Words(s), f.Actors.Find(s)
	for i := range len(words) - len(asked.Words) + 1 {
		has := words[i : i+len(asked.Words)]
		if slices.ContainsFunc(asked.Words, func(w string) bool {
			return !slices.ContainsFunc(has, func(at text.Span) bool { return text.Fold(at.In(s)) == w })
		}) {
			continue
		}
		start, end := has[0].Start, has[len(has)-1].End
		for _, m := range mentions {
			before := m.Start <= start && m.End >= start-len("’s ")
			behind := m.Start >= end && m.Start <= end+beside
			if (before || behind) && slices.ContainsFunc(asked.Actors, func(id string) bool { return f.standsFor(m.Actor, id) }) {
				return true
			}
		}
	}
	return false
}

// isOf reports whether a phrase names one of the actors, or who acts for it: not
// where it only says where somebody else is ("Turkey's ambassador in Baku").
func (f *findings) isOf(phrase string, ids []string) bool {
	mentions := f.Actors.Find(phrase)
	for i, m := range mentions {
		if where := isWhere(phrase[:m.Start]); where && (i > 0 || isVisitor(phrase[:m.Start])) {
			continue
		}
		if slices.ContainsFunc(ids, func(id string) bool { return f.standsFor(m.Actor, id) }) {
			return true
		}
	}
	got := f.Actors.Known(phrase)
	return len(got.Actors) == 1 && slices.ContainsFunc(ids, func(id string) bool { return f.standsFor(got.Actors[0], id) })
}

// isWhere reports whether what stands behind the words is a place where one is or
// where one is sent.
func isWhere(words string) bool {
	all := foldedWords(words)
	return len(all) > 0 && slices.Contains(strings.Fields("in to at from with near"), all[len(all)-1])
}

// visitors are called by where they are, and often act for another state.
var visitors = wordSet(`ambassador ambassadors diplomat diplomats envoy envoys consul attache representative representatives
	correspondent correspondents reporter reporters journalist journalists analyst analysts trader traders broker brokers
	economist economists tourist tourists visitor visitors`)

func isVisitor(words string) bool {
	return slices.ContainsFunc(foldedWords(words), func(w string) bool { return visitors()[w] })
}
