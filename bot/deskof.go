package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"attache/digest"
	"attache/digest/ask"
)

// deskOf is the desk that a request is about: the one that it names, that of the
// edition that the thread is under, the first that posts to the place, the one
// that the thread is of, the only one, or the first that the person belongs to. It
// is nobody's desk where there is none.
func (h *Handler) deskOf(ctx context.Context, r Request, conv *conversation) (Desk, error) {
	nobodys := Desk{Desk: digest.Desk{Name: conv.Desk}}
	if h.Desks == nil {
		return nobodys, nil
	}
	all, err := h.Desks.All(ctx)
	if err != nil {
		return nobodys, err
	}
	named := func(name string) func(Desk) bool {
		return func(d Desk) bool { return name != "" && strings.EqualFold(d.Name, strings.TrimSpace(name)) }
	}
	edition := ""
	if conv.Edition > 0 {
		edition = conv.Desk
	}
	for _, is := range []func(Desk) bool{
		named(r.Options["desk"]), named(edition),
		func(d Desk) bool { return d.isAt(r.Place) },
		named(conv.Desk),
		func(Desk) bool { return len(all) == 1 },
		func(d Desk) bool { return d.allows(r.Person) },
	} {
		if i := slices.IndexFunc(all, is); i >= 0 {
			return all[i], nil
		}
	}
	return nobodys, nil
}

// noSuchDesk says that a command names a desk that there isn't; empty where it
// names none, or one.
func (h *Handler) noSuchDesk(ctx context.Context, r Request, desk Desk) (string, error) {
	name := strings.TrimSpace(r.Options["desk"])
	if name == "" || strings.EqualFold(name, desk.Name) {
		return "", nil
	}
	text := "No desk is called " + short(name) + "."
	if h.Desks == nil {
		return text, nil
	}
	all, err := h.Desks.All(ctx)
	if err != nil || len(all) == 0 {
		return text, err
	}
	var names []string
	for _, d := range all {
		names = append(names, d.Name)
	}
	return text + " There are: " + strings.Join(names, ", ") + ".", nil
}

// zoneOf is the zone of what a person reads of a desk.
func zoneOf(d digest.Desk, p Person) *time.Location { return cmp.Or(d.Zone, p.Zone, time.UTC) }

// within is what a desk follows, as a question is held to it; nil where it
// follows nothing.
func within(d digest.Desk) *ask.Within {
	if len(d.Follow) == 0 {
		return nil
	}
	w := &ask.Within{Name: d.Name}
	for _, s := range d.Follow {
		w.Themes = append(w.Themes, s.Themes...)
		for _, one := range []struct {
			to *[]string
			id string
		}{{&w.Dyads, s.Dyad}, {&w.Actors, s.Actor}, {&w.Outlets, s.Outlet}} {
			if one.id != "" {
				*one.to = append(*one.to, one.id)
			}
		}
	}
	return w
}
