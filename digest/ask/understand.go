package ask

import (
	"context"
	"slices"
	"strings"

	"attache/digest/actor"

	"attache/digest/archive"
	"attache/digest/theme"
	"attache/sources/text"
)

// Engine answers questions from an archive.
type Engine struct {
	Archive *archive.Archive
	Actors  *actor.Catalogue
	Themes  *theme.Tagger

	studies studies
}

// Understand reads a question in its thread. A question that only adds to the
// one before it keeps the slots that it doesn't speak of; what it names replaces
// what was there.
func (e *Engine) Understand(q Question, who Asker) Understanding {
	names, err := e.outletNames(context.Background())
	if err != nil {
		names = nil // the embedded ones are known all the same
	}
	return e.understand(q, who, names)
}

func (e *Engine) understand(q Question, who Asker, outlets map[string][]outletName) Understanding {
	var before Slots
	if q.Before != nil {
		before = *q.Before
	}
	r := e.read(q, who, outlets)
	if before.Pending != nil {
		if slots, ok := e.settle(*before.Pending, r, q.Reading); ok {
			return Understanding{Slots: slots, Status: OK, Inherited: []string{"pending"}}
		}
		if d := before.Pending.Doubt; len(d.Actors) == 1 && len(r.actors) == 0 && r.refused == "" {
			before = before.Pending.Slots // its likeliest reading was answered, and is spoken of
			before.Actors = union(before.Actors, d.Actors)
			before.Dyad = e.dyad(before.Actors)
		}
	}
	if r.refused != "" {
		before.Pending, before.Refused = nil, r.refused != "judgement" && (r.refused != "nothing asked" || q.Before == nil)
		return Understanding{Slots: before, Status: Refuse, Reason: r.refused}
	}
	if r.misdated != nil {
		return Understanding{Slots: before, Status: Unknown, Misdated: r.misdated}
	}
	if len(r.absent) > 0 {
		return Understanding{Slots: before, Status: Unknown, Absent: r.absent}
	}
	slots, inherited := e.merge(before, r)
	u := Understanding{Slots: slots, Status: OK, Inherited: inherited, Misread: r.misread, onlyWords: len(r.words) > 0 && r.namesNothing(), names: r.names}
	if slices.ContainsFunc(r.misread, func(m Misread) bool { return m.As == "" }) {
		u.Slots, u.Status = before, Unknown
		return u
	}
	if d, ok := e.doubt(r, before); ok {
		u.Status, u.Doubts = Clarify, []Doubt{d}
		before.Pending = &Pending{Slots: slots, Doubt: d}
		before.Refused = false
		u.Slots = before
	}
	return u
}

// doubt is the first name that the thread doesn't settle either.
func (e *Engine) doubt(r *reading, before Slots) (Doubt, bool) {
	for _, d := range r.doubts {
		if !d.Outlets && slices.ContainsFunc(d.Actors, func(id string) bool { return slices.Contains(before.Actors, id) }) {
			continue
		}
		return d, true
	}
	return Doubt{}, false
}

// isPlace reports whether another reading of a name is a place, and so as likely
// to be meant as the actor; a person's or a thing's is not.
func isPlace(reading string) bool {
	return slices.ContainsFunc(foldedWords(reading), func(w string) bool {
		return slices.Contains(strings.Fields("state city province region town county island"), w)
	})
}

// settle completes a pending question by the reply to its doubt.
func (e *Engine) settle(p Pending, r *reading, reading string) (Slots, bool) {
	s := p.Slots
	if slices.Contains(p.Doubt.Actors, reading) {
		s.Actors = append(slices.Clone(s.Actors), reading)
		s.Dyad = e.dyad(s.Actors)
		return s, true
	}
	if p.Doubt.Outlets {
		if len(r.outlets) == 0 {
			return s, false
		}
		s.Outlets = r.outlets
		return s, true
	}
	id := e.choice(p.Doubt, r)
	if id == "" {
		return s, false
	}
	if r.period != nil {
		s.Period = r.period
	}
	s.Actors = append(slices.Clone(s.Actors), id)
	s.Dyad = e.dyad(s.Actors)
	return s, true
}

// choice is the reading of a doubt that a reply picks: by its name, or by a word
// of it ("north", "Equatorial", "the country").
func (e *Engine) choice(d Doubt, r *reading) string {
	for _, id := range r.actors {
		if slices.Contains(d.Actors, id) {
			return id
		}
	}
	if len(r.actors) > 0 {
		return ""
	}
	own := foldedWords(d.Name)
	for _, id := range d.Actors {
		for _, w := range foldedWords(e.Actors.Name(id)) {
			if slices.Contains(r.fold, w) && !slices.Contains(own, w) && len(w) > 2 {
				return id
			}
		}
	}
	if len(d.Actors) == 1 && slices.ContainsFunc(r.fold, func(w string) bool {
		return slices.Contains(strings.Fields("country nation state's republic caucasus first yes"), w)
	}) && !slices.Contains(r.fold, "us") {
		return d.Actors[0]
	}
	return ""
}

// merge lays what a question names over what its thread kept.
func (e *Engine) merge(before Slots, r *reading) (Slots, []string) {
	before.Pending = nil
	if r.fresh || before.Refused && len(r.actors) > 0 {
		before = Slots{}
	}
	before.Refused, before.Together, before.Shown = false, r.together, r.skip
	if len(r.stories)+len(r.articles) > 0 { // 12.1 and [4] are what they are, whatever was spoken of before
		before = Slots{Mode: before.Mode}
	}
	var kept []string
	keep := func(slot string, has, named bool) bool {
		if has && !named {
			kept = append(kept, slot)
		}
		return named
	}
	s := before
	s.Actors = mergeActors(before, r)
	keep("actors", len(before.Actors) > 0, len(r.actors) > 0)
	if s.Dyad = e.dyad(s.Actors); len(r.actors) == 0 && before.Dyad != nil {
		s.Dyad = before.Dyad
	}
	if s.Pairs = r.pairs; len(r.pairs) < 2 {
		s.Pairs = nil
		if len(r.actors) == 0 {
			s.Pairs = before.Pairs
		}
	}
	if keep("themes", len(before.Themes) > 0, len(r.themes) > 0 || r.dropThemes || r.other) {
		s.Themes, s.Loose = r.themes, r.loose
	}
	if keep("outlets", len(before.Outlets) > 0, len(r.outlets) > 0 || r.dropOutlets) {
		s.Outlets = r.outlets
	}
	if keep("period", before.Period != nil, r.period != nil || r.dropPeriod) {
		s.Period, s.Versus = r.period, r.versus
	}
	if before.Mode == Compare && r.mode == "" && len(r.actors) > 0 && len(r.pairs) < 2 {
		before.Mode = "" // one thing that is named is not compared
	}
	keep("mode", before.Mode != "", r.mode != "")
	if s.Mode = r.mode; r.mode == "" {
		if s.Mode = before.Mode; s.Mode == "" {
			s.Mode = Latest
		}
	}
	s.compareSides(before, r)
	if keep("persons", len(before.Persons) > 0, len(r.persons) > 0 || len(r.actors) > 0 || len(r.outlets) > 0) {
		s.Persons = r.persons
	}
	if r.mode != "" || len(r.actors)+len(r.persons)+len(r.outlets) > 0 {
		s.Speaker = r.speaker
	}
	if keep("places", len(before.Places) > 0, len(r.places)+len(r.actors) > 0) {
		s.Places = r.places
	}
	refers := len(r.stories)+len(r.articles) > 0
	if keep("stories", len(before.Stories)+len(before.Articles) > 0, refers || len(r.actors)+len(r.themes) > 0) {
		s.Stories, s.Articles = r.stories, r.articles
	}
	if keep("words", len(before.Words) > 0, len(r.words) > 0 || len(r.actors)+len(r.themes) > 0 || r.dropThemes || r.other) {
		s.Words = r.words
		s.Figures = nil
	}
	if len(r.figures) > 0 {
		s.Figures = r.figures
	}
	return s, kept
}

// compareSides settles what two things are compared, where it is not two periods,
// outlets or actors: the themes that are named, or the pair that was spoken of and
// the one that is named.
func (s *Slots) compareSides(before Slots, r *reading) {
	switch {
	case s.Mode != Compare || len(r.themes) > 0 && len(r.sides) != 2 || r.dropThemes:
		s.Sides = nil
	case len(r.sides) == 2:
		s.Sides = r.sides
	}
	if r.mode == Compare && before.Mode == Compare && len(r.themes)+len(r.outlets) > 0 { // of another sort than before
		if len(r.outlets) == 0 && len(before.Outlets) > 1 {
			s.Outlets = nil
		}
		if len(r.themes) == 0 && len(before.Sides) == 2 {
			s.Themes, s.Sides = nil, nil
		}
	}
	if named := len(r.actors)+len(r.themes)+len(r.outlets) > 0; s.Versus != nil && r.period == nil && (named || s.Mode != Compare) {
		s.Period, s.Versus = nil, nil // the periods were those of the comparison before
	}
	if d := before.Dyad; r.mode == Compare && len(r.actors) == 1 && len(r.pairs) == 0 && d != nil && !slices.Contains(before.Actors, r.actors[0]) {
		s.Pairs, s.Dyad = []actor.Dyad{*d, actor.Pair(before.Actors[0], r.actors[0])}, nil // the pair's first, and the other
	} else if r.mode == Compare && len(r.pairs) == 1 && d != nil && *d != r.pairs[0] {
		s.Pairs = []actor.Dyad{*d, r.pairs[0]}
		s.Actors, s.Dyad = union(before.Actors, s.Actors), nil
	} else if r.mode == Compare && len(r.pairs) == 1 {
		s.Pairs = r.pairs // one pair, and not two actors
	}
}

// mergeActors gives the actors of a question in its thread: named ones replace
// or join those before, by the words beside them.
func mergeActors(before Slots, r *reading) []string {
	old, named := before.Actors, r.actors
	switch {
	case len(named) == 0:
		return old
	case len(old) == 0:
		return named
	case r.add || r.mode == Compare && len(named) == 1:
		return union(old, named)
	case len(named) > 1:
		return named
	}
	one := named[0]
	switch {
	case r.only && slices.Contains(old, one) && len(old) > 2 && old[0] != one:
		return []string{old[0], one}
	case r.only:
		return named
	case slices.Contains(old, one):
		return old
	case r.alone():
		return named
	case len(old) == 2 && r.and && !r.reacts && (before.Mode != WhoSaid || slices.Contains(r.fold, "with") || slices.Contains(r.fold, "to")):
		return []string{old[0], one}
	}
	return union(old, named)
}

// alone reports whether a question is nothing but a name, as "opec?".
func (r *reading) alone() bool {
	for i, w := range r.fold {
		if isWord(w) && r.roles[i] != isActor {
			return false
		}
	}
	return true
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// dyad is the pair that two actors form; a group and its own state form none.
func (e *Engine) dyad(ids []string) *actor.Dyad {
	if len(ids) != 2 {
		return nil
	}
	for i, id := range ids {
		if a, ok := e.Actors.Actor(id); ok && a.Country == ids[1-i] {
			return nil
		}
	}
	d := actor.Pair(ids[0], ids[1])
	return &d
}

// sameName reports whether two names are one but for case, marks and "The".
func sameName(a, b string) bool {
	plain := func(s string) string { return strings.TrimPrefix(text.Fold(s), "the ") }
	return plain(a) == plain(b)
}

// withArticle are names of outlets with and without "The", which [sameName] takes
// for the same.
func withArticle(names []string) []string {
	var all []string
	for _, name := range names {
		if text.Fold(name[:min(4, len(name))]) == "the " {
			name = name[4:]
		}
		all = append(all, name, "The "+name)
	}
	return all
}
