package main

import (
	"slices"

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
			s, err := digest.ResolveSubject(actors, outlets, n.Value)
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
	desk = &digest.Desk{Name: d.Name, Zone: d.Zone, Follow: resolve(d.Follow)}
	for _, s := range resolve(d.Mute) {
		desk.Mute = append(desk.Mute, digest.Mute{Subject: s})
	}
	return desk, wrong
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
