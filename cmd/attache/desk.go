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
	resolve := func(names []config.Name) (all []digest.Subject) {
		for _, n := range names {
			s, err := subject(actors, n.Value)
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
	desk = &digest.Desk{Name: d.Name, Zone: d.Zone, Follow: resolve(d.Follow), Mute: resolve(d.Mute)}
	return desk, wrong
}

// subject resolves one name: "AZE-ISR", "Azerbaijan–Israel", "Armenia", "energy".
func subject(actors *actor.Catalogue, name string) (digest.Subject, error) {
	if id, err := oneActor(actors, name); err == nil {
		return digest.FollowActor(actors, id), nil
	}
	if ids, _ := theme.Resolve(name); len(ids) > 0 {
		return digest.FollowThemes(name, ids), nil
	}
	a, b, isPair := strings.Cut(strings.ReplaceAll(name, "–", "-"), "-")
	if !isPair {
		_, err := oneActor(actors, name)
		return digest.Subject{}, err
	}
	first, err := oneActor(actors, a)
	if err != nil {
		return digest.Subject{}, err
	}
	second, err := oneActor(actors, b)
	if err != nil {
		return digest.Subject{}, err
	}
	return digest.FollowDyad(actors, actor.Pair(first, second)), nil
}

// oneActor resolves a name that must mean one actor.
func oneActor(actors *actor.Catalogue, name string) (string, error) {
	r := actors.Resolve(name)
	switch {
	case len(r.Actors) == 1:
		return r.Actors[0], nil
	case len(r.Actors) > 1:
		var names []string
		for _, id := range r.Actors {
			names = append(names, actors.Name(id))
		}
		return "", fmt.Errorf("%q may be %s", name, strings.Join(names, " or "))
	case len(r.Nearest) > 0:
		return "", fmt.Errorf("no actor or theme is called %q; nearest: %s", name, strings.Join(r.Nearest, ", "))
	}
	return "", fmt.Errorf("no actor or theme is called %q", name)
}

// themeName is a theme's name for people.
func themeName(id string) string {
	if t, ok := theme.Lookup(id); ok {
		return t.Name
	}
	return id
}
