package ask

import (
	"slices"

	"attache/digest/actor"
	"attache/digest/archive"
)

// Within is what a question is about as long as it names nobody: any of these.
type Within struct {
	Name    string   // who follows it, for people
	Dyads   []string // ids, as actor.Dyad writes them
	Actors  []string // ids
	Themes  []string // ids
	Outlets []string // names
}

// narrow holds an inquiry to what is within, unless it names somebody itself, or
// what has a number.
func (q *inquiry) narrow(w *Within) {
	s := q.slots
	if w == nil || len(s.Actors)+len(s.Outlets)+len(s.Persons)+len(s.Stories)+len(s.Articles) > 0 || s.Speaker != nil {
		return
	}
	q.held = w
}

// queries find what is within.
func (w *Within) queries() []archive.Query {
	var all []archive.Query
	var dyads []actor.Dyad
	for _, id := range w.Dyads {
		if d, ok := actor.ParseDyad(id); ok {
			dyads = append(dyads, d)
		}
	}
	if len(dyads) > 0 {
		all = append(all, archive.Query{AnyDyads: dyads})
	}
	if len(w.Actors) > 0 {
		all = append(all, archive.Query{AnyActors: w.Actors})
	}
	if len(w.Themes) > 0 {
		all = append(all, archive.Query{Themes: w.Themes})
	}
	if len(w.Outlets) > 0 {
		all = append(all, archive.Query{Outlets: w.Outlets})
	}
	return all
}

// has reports whether an article is about one of what is within.
func (w *Within) has(e *archive.Entry) bool {
	for _, d := range e.Dyads {
		if slices.Contains(w.Dyads, d.Dyad.String()) {
			return true
		}
	}
	for _, a := range e.Actors {
		if slices.Contains(w.Actors, a.Actor) {
			return true
		}
	}
	for _, t := range e.Themes {
		if slices.Contains(w.Themes, t.Theme) {
			return true
		}
	}
	return slices.ContainsFunc(w.Outlets, func(o string) bool { return sameName(o, e.Outlet) })
}
