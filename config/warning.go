package config

import (
	"slices"
	"strings"
)

// Warnings are what can be read and still looks like an oversight.
func (c *Config) Warnings() Mistakes {
	var all Mistakes
	warn := func(at Pos, text string) { all = append(all, c.At(at, "%s", text)) }
	if len(c.Desks) == 0 {
		warn(Pos{}, "there are no desks: articles are gathered, and no digest is made of them")
	}
	if len(c.Sources) == 0 {
		warn(Pos{}, "there are no sources: only those are polled that are added by attache sources add or attache import")
	}
	if len(c.Sources) > 0 && c.Fetch.Contact == "" {
		warn(Pos{}, "fetch.contact is not given: the owners of sites can't write to you before they block you")
	}
	for _, d := range c.Desks {
		for _, m := range d.Mute {
			if slices.ContainsFunc(d.Follow, func(f Name) bool { return strings.EqualFold(f.Value, m.Value) }) {
				warn(m.Pos, quote(m.Value)+" is followed and muted: it is never shown")
			}
		}
		switch {
		case len(d.Follow) == 0:
			warn(d.Pos, "follows nothing: its digests will be empty")
		case d.Schedule != "" && len(d.Post) == 0:
			warn(d.Pos, "has a schedule and no place to post to")
		case d.Schedule == "" && len(d.Post) > 0:
			warn(d.Pos, "has a place to post to and no schedule: only by hand")
		}
	}
	return all.sorted()
}
