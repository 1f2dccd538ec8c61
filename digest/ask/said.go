package ask

import (
	"slices"
	"strings"

	"attache/digest/actor"
	"attache/digest/summary"
	"attache/sources/text"
)

// The most that is shown of who said what.
const (
	saidLines  = 8
	saidByEach = 3
)

// statement is a sentence whose speaker was found.
type statement struct {
	quote
	from    candidate
	speaker string
}

// writeSaid says who said what, by speaker; where an outlet was asked for, the
// outlet's own sentences are what it said.
func (f *findings) writeSaid() {
	numbers := f.numbers()
	if len(f.slots.Outlets) > 0 && len(f.slots.Persons) == 0 && f.slots.Speaker == nil && len(numbers) == 0 {
		return
	}
	all := f.statements(numbers)
	if !slices.ContainsFunc(all, func(s statement) bool { return s.speaker != "" }) {
		f.answer.Searched.NoFigure = strings.Join(numbers, " ")
	}
	var speakers []string
	by := map[string][]statement{}
	for _, s := range all {
		key := f.speakerKey(s.speaker)
		if len(by[key]) == 0 {
			speakers = append(speakers, key)
		}
		by[key] = append(by[key], s)
	}
	stories := map[int64]bool{}
	for _, key := range speakers {
		for i, s := range by[key] {
			if !f.whole && (i == saidByEach || len(f.answer.Lines) == saidLines) {
				break
			}
			line := f.lineOf(s.from, f.loaded[s.from.Story], s.quote)
			if f.said(line) {
				continue
			}
			line.Label, line.Spoken = by[key][0].speaker, s.speaker != ""
			f.add(line)
			stories[s.from.Story] = true
		}
	}
	named := len(by[""]) // that only name who was asked for, or the figure
	f.answer.Searched.Shown, f.answer.Searched.Statements = len(stories), len(all)-named
	if len(all) > named {
		f.answer.Searched.Unquoted = f.unquoted(all)
		f.answer.Searched.NotQuoted = f.notQuoted(all)
	}
}

// statements are the sentences with a speaker that the question asks for, the
// newest article first. A person who is asked for and is no sentence's speaker
// has the sentences that name him, without a speaker.
func (f *findings) statements(numbers []string) []statement {
	fit := slices.Clone(f.fit)
	slices.SortStableFunc(fit, func(a, b candidate) int { return b.At.Compare(a.At) })
	var out []statement
	for _, c := range fit {
		if f.namesakes(c) {
			continue
		}
		named := len(out)
		var about []statement
		all := f.sentences(&c)
		for _, s := range f.spoken(c) {
			at, ok := summary.Speaker(s.Text)
			switch {
			case !hasNumbers(s.Text, numbers):
			case ok && f.isAsked(at, s.Sentence):
				i := slices.IndexFunc(all, func(q quote) bool { return q.Span == s.Span })
				out = append(out, statement{s, c, whose(all, i, at.In(s.Text))})
			case !ok && strings.ContainsAny(s.Text, "“”\""):
				f.answer.Searched.Untraced++
			}
			figure := len(numbers) > 0 && hasNumbers(s.Text, numbers)
			if len(f.slots.Persons) > 0 && f.names(s.Text) || figure && !ok {
				about = append(about, statement{s, c, ""})
			}
		}
		if len(out) == named && len(about) > 0 {
			out = append(out, about[0])
		}
	}
	return out
}

// spoken are the sentences of an article to look for speakers in. Where persons,
// a body or one actor is asked for, all of them; else those that share something with
// the question.
func (f *findings) spoken(c candidate) []quote {
	if len(f.slots.Persons) == 0 && f.slots.Speaker == nil && len(f.slots.Actors) != 1 {
		return f.quotes(c)
	}
	return f.sentences(&c)
}

// isAsked reports whether a sentence's speaker is one that the question asks for.
func (f *findings) isAsked(speaker text.Span, s summary.Sentence) bool {
	switch {
	case len(f.slots.Persons) > 0:
		return f.names(speaker.In(s.Text))
	case f.slots.Speaker != nil:
		return f.speaks(speaker, s)
	case len(f.slots.Actors) != 1:
		return true
	}
	return f.isOf(speaker.In(s.Text), f.slots.Actors)
}

// names reports whether a text holds the last name of a person asked for.
func (f *findings) names(s string) bool {
	words := " " + strings.Join(foldedWords(s), " ") + " "
	for _, p := range f.slots.Persons {
		parts := foldedWords(p)
		if len(parts) > 0 && (strings.Contains(words, " "+parts[len(parts)-1]+" ") || strings.Contains(words, " "+parts[len(parts)-1]+"'s ")) {
			return true
		}
	}
	return false
}

// namesakes reports whether an article names people with the last name of a
// person asked for, and each of them with another given name.
func (f *findings) namesakes(c candidate) bool {
	if len(f.slots.Persons) != 1 {
		return false
	}
	asked := foldedWords(f.slots.Persons[0])
	if len(asked) < 2 {
		return false
	}
	people, _ := f.Actors.Names(c.Title, c.Text)
	others := false
	for _, p := range people {
		parts := foldedWords(p.Name)
		switch {
		case len(parts) < 2 || parts[len(parts)-1] != asked[len(asked)-1]:
		case text.Slips(parts[0], asked[0], 2) <= 2:
			return false
		default:
			others = true
		}
	}
	return others
}

// speakerKey makes one of "the ministry" and "The ministry".
func (f *findings) speakerKey(s string) string {
	return strings.TrimPrefix(strings.ToLower(text.Fold(s)), "the ")
}

// unquoted are the question's actors of whom no speaker was found.
func (f *findings) unquoted(all []statement) []string {
	var out []string
	for _, id := range f.slots.Actors {
		if !slices.ContainsFunc(all, func(s statement) bool {
			return slices.ContainsFunc(f.Actors.Find(s.speaker), func(m actor.Mention) bool { return f.standsFor(m.Actor, id) })
		}) {
			out = append(out, id)
		}
	}
	return out
}
