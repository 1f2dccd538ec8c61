package digest

import (
	"slices"
	"strings"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/theme"
)

// Desk is what a team follows.
type Desk struct {
	Name   string
	Zone   *time.Location // nil is UTC
	Follow []Subject      // in the order of the sections
	Mute   []Mute
	First  int // stories that come first; 3 when zero
}

// Subject is one thing that a desk follows; one of its ids is set.
type Subject struct {
	Name   string   `json:"name"` // as shown
	Dyad   string   `json:"dyad,omitempty"`
	Actor  string   `json:"actor,omitempty"`
	Themes []string `json:"themes,omitempty"` // a theme, or those of a group
	Outlet string   `json:"outlet,omitempty"` // a name, in any case
}

// FollowDyad is the subject of a pair.
func FollowDyad(c *actor.Catalogue, d actor.Dyad) Subject {
	return Subject{Name: c.DyadName(d), Dyad: d.String()}
}

// FollowActor is the subject of one actor.
func FollowActor(c *actor.Catalogue, id string) Subject {
	return Subject{Name: c.Name(id), Actor: id}
}

// FollowThemes is the subject of a theme, or of a group by its name.
func FollowThemes(name string, ids []string) Subject {
	return Subject{Name: name, Themes: ids}
}

// FollowOutlet is the subject of all that an outlet publishes.
func FollowOutlet(name string) Subject {
	return Subject{Name: name, Outlet: name}
}

// rank orders kinds of subject: a pair says more than an actor, that more than a
// theme, and a theme more than the outlet.
func (s Subject) rank() int {
	switch {
	case s.Dyad != "":
		return 0
	case s.Actor != "":
		return 1
	case s.Outlet == "":
		return 2
	}
	return 3
}

// weight is how much an article is about the subject; 0 when it is not.
func (s Subject) weight(e *archive.Entry) float64 {
	best := 0.0
	switch {
	case s.Dyad != "":
		for _, d := range e.Dyads {
			if d.Dyad.String() == s.Dyad {
				best = max(best, d.Weight)
			}
		}
	case s.Actor != "":
		for _, a := range e.Actors {
			if a.Actor == s.Actor {
				best = max(best, a.Weight)
			}
		}
	case s.Outlet != "":
		if strings.EqualFold(e.Outlet, s.Outlet) {
			best = 1
		}
	default:
		for _, t := range e.Themes {
			if slices.Contains(s.Themes, t.Theme) {
				best = max(best, t.Weight)
			}
		}
	}
	return best
}

// why says in words why the article is about the subject.
func (s Subject) why(e *archive.Entry) string {
	for _, d := range e.Dyads {
		if s.Dyad != "" && d.Dyad.String() == s.Dyad {
			return d.Why
		}
	}
	for _, a := range e.Actors {
		if s.Actor != "" && a.Actor == s.Actor {
			return a.Why
		}
	}
	for _, t := range e.Themes {
		if slices.Contains(s.Themes, t.Theme) {
			return t.Why
		}
	}
	if s.Outlet != "" {
		return "published by " + e.Outlet
	}
	return ""
}

// Query finds the articles of the subject.
func (s Subject) Query() archive.Query {
	q := archive.Query{Themes: s.Themes}
	if d, ok := actor.ParseDyad(s.Dyad); ok {
		q.Dyad = &d
	}
	if s.Actor != "" {
		q.Actors = []string{s.Actor}
	}
	if s.Outlet != "" {
		q.Outlets = []string{s.Outlet}
	}
	return q
}

// follows reports whether the desk follows what the article is about.
func (d *Desk) follows(e *archive.Entry) bool {
	return slices.ContainsFunc(d.Follow, func(s Subject) bool { return s.weight(e) > 0 })
}

// IDs lists what the desk follows: ids of pairs, actors and themes.
func (d *Desk) IDs() []string {
	var ids []string
	for _, s := range d.Follow {
		ids = append(ids, s.Themes...)
		for _, id := range []string{s.Dyad, s.Actor} {
			if id != "" {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func (d *Desk) zone() *time.Location {
	if d.Zone == nil {
		return time.UTC
	}
	return d.Zone
}

func (d *Desk) first() int {
	if d.First == 0 {
		return 3
	}
	return d.First
}

// themeNames turns ids into names, in order, without repeats.
func themeNames(ids []string) []string {
	var out []string
	for _, id := range ids {
		if t, ok := theme.Lookup(id); ok && !slices.Contains(out, t.Name) {
			out = append(out, t.Name)
		}
	}
	return out
}
