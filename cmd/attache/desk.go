package main

import (
	"fmt"
	"slices"
	"strings"

	"attache/config"
	"attache/digest"
	"attache/digest/actor"
	"attache/digest/theme"
)

// newDesk resolves what a desk of the config follows and mutes. It tells all
// names that it does not know at once, each with its place in the config.
func newDesk(actors *actor.Catalogue, c *config.Config, d config.Desk) (desk *digest.Desk, wrong config.Mistakes) {
	outlets := outletNames(c)
	resolve := func(names []config.Name) (all []digest.Subject) {
		for _, n := range names {
			s, err := subject(actors, outlets, n.Value)
			if err != nil {
				wrong = append(wrong, c.At(n.Pos, "%v", err))
				continue
			}
			if slices.ContainsFunc(all, func(other digest.Subject) bool { return other.Name == s.Name }) {
				wrong = append(wrong, c.At(n.Pos, "%q is named twice", n.Value))
				continue
			}
			all = append(all, s)
		}
		return all
	}
	wrong = append(wrong, checkHolidays(c, d)...)
	desk = &digest.Desk{Name: d.Name, Zone: d.Zone, Follow: resolve(d.Follow), Mute: resolve(d.Mute)}
	return desk, wrong
}

// subject resolves one name: "AZE-ISR", "Azerbaijan–Israel", "Armenia", "energy",
// an outlet's. It takes no name for another that is spelt nearly like it.
func subject(actors *actor.Catalogue, outlets []string, name string) (digest.Subject, error) {
	id, unknown := oneActor(actors, name)
	if unknown == nil {
		return digest.FollowActor(actors, id), nil
	}
	themes, nearThemes := theme.Resolve(name)
	if len(themes) > 0 {
		return digest.FollowThemes(name, themes), nil
	}
	for _, outlet := range outlets {
		if strings.EqualFold(outlet, name) {
			return digest.FollowOutlet(outlet), nil
		}
	}
	if a, b, isPair := strings.Cut(strings.ReplaceAll(name, "–", "-"), "-"); isPair && len(nearThemes) == 0 {
		return pair(actors, a, b)
	}
	if len(actors.Known(name).Actors) > 1 {
		return digest.Subject{}, unknown
	}
	return digest.Subject{}, notCalled("actor, theme or outlet", name, slices.Concat(nearActors(actors, name), nearThemes, nearOutlets(outlets, name)))
}

// pair resolves the two names of a pair.
func pair(actors *actor.Catalogue, a, b string) (digest.Subject, error) {
	first, err := oneActor(actors, a)
	second, also := oneActor(actors, b)
	switch {
	case err != nil && also != nil:
		return digest.Subject{}, fmt.Errorf("%w; %w", err, also)
	case err != nil:
		return digest.Subject{}, err
	case also != nil:
		return digest.Subject{}, also
	case first == second:
		return digest.Subject{}, fmt.Errorf("a pair of %s with itself", actors.Name(first))
	}
	return digest.FollowDyad(actors, actor.Pair(first, second)), nil
}

// oneActor resolves a name that must mean one actor.
func oneActor(actors *actor.Catalogue, name string) (string, error) {
	known := actors.Known(name).Actors
	switch len(known) {
	case 1:
		return known[0], nil
	case 0:
		return "", notCalled("actor", name, nearActors(actors, name))
	}
	var names []string
	for _, id := range known {
		names = append(names, actors.Name(id))
	}
	return "", fmt.Errorf("%q may be %s", name, strings.Join(names, " or "))
}

// nearActors are the names of actors that are spelt most like one that is unknown.
func nearActors(actors *actor.Catalogue, name string) []string {
	r := actors.Resolve(name)
	if r.Corrected != "" {
		return []string{r.Corrected}
	}
	return r.Nearest
}

func nearOutlets(outlets []string, name string) []string {
	if near := config.Nearest(name, outlets); near != "" {
		return []string{near}
	}
	return nil
}

// notCalled says that nothing has a name, and what has a name like it.
func notCalled(what, name string, nearest []string) error {
	if len(nearest) == 0 {
		return fmt.Errorf("no %s is called %q", what, name)
	}
	return fmt.Errorf("no %s is called %q; nearest: %s", what, name, strings.Join(nearest, ", "))
}

// outletNames are the outlets that the config names.
func outletNames(c *config.Config) []string {
	var names []string
	for _, s := range c.Sources {
		if s.Outlet != "" && !slices.Contains(names, s.Outlet) {
			names = append(names, s.Outlet)
		}
	}
	return names
}

// themeName is a theme's name for people.
func themeName(id string) string {
	if t, ok := theme.Lookup(id); ok {
		return t.Name
	}
	return id
}
