package bot

import (
	"fmt"
	"strings"

	"attache/digest/ask"
)

// nothing says, line by line, what was not found, without showing anything.
func (a answer) nothing() []string {
	s, x := a.Head.Asked, a.Searched
	switch {
	case x.Before > 0:
		return []string{"Nothing more: " + Plural(x.Before, "story") + " fit, and all were shown."}
	case s.Mode == ask.WhoSaid && x.NoFigure != "" && x.Articles > 0:
		return []string{"No statement with “" + x.NoFigure + "” found."}
	case s.Mode == ask.WhoSaid && s.Speaker != nil && x.Articles > 0:
		return []string{"No statement by " + s.Speaker.Typed + " found."}
	case s.Mode == ask.WhoSaid && len(s.Persons) > 0 && x.Articles > 0:
		return []string{"No statement by " + strings.Join(s.Persons, " or ") + " found."}
	}
	text := "No article fits."
	if wordsAlone(s) {
		text += " " + askable
	}
	if s.Dyad != nil {
		text = "No article names both as acting on each other"
		if len(s.Themes)+len(s.Outlets)+len(s.Words) > 0 {
			text += " and fits the rest"
		}
		text += "."
	}
	if len(x.NotOutlets) > 0 {
		text += " Nothing in the archive is by " + strings.Join(x.NotOutlets, ", ") + "."
	}
	said := []string{text}
	if !x.LastBefore.IsZero() {
		last := "Last before: " + a.minute(x.LastBefore)
		for _, n := range x.NotRead {
			if n.OfLast > 0 {
				last += fmt.Sprintf(" · %d of the last %d were of %s", n.OfLast, x.LastFew, n.Outlet)
			}
		}
		said = append(said, last)
	}
	switch {
	case x.Together > 0 && s.Dyad != nil:
		said = append(said, "Named together, not acting on each other: "+Plural(x.Together, "article"))
	case x.Together > 0:
		said = append(said, "Named, but not what it is about: "+Plural(x.Together, "article"))
	}
	return said
}
