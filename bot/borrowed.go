package bot

import (
	"slices"
	"strings"

	"attache/digest/ask"
)

// borrowable are the slots whose asker is told to others, as they are called.
var borrowable = []struct{ slot, name string }{
	{"actors", "actor"}, {"themes", "theme"}, {"outlets", "outlet"}, {"period", "period"}, {"stories", "story"}, {"persons", "person"},
}

// taken notes who named what the slots have now, and says what an asker has from
// another's question: "pair from Leyla's question".
func (c *conversation) taken(head ask.Head, by asker) string {
	has := filled(head.Slots)
	set := map[string]asker{}
	from := map[string][]string{}
	var names []string
	for _, b := range borrowable {
		switch who, kept := c.Set[b.slot]; {
		case !has[b.slot]:
		case !kept || !slices.Contains(head.Inherited, b.slot):
			set[b.slot] = by
		default:
			set[b.slot] = who
			if who.ID != by.ID && who.Name != "" {
				if from[who.Name] == nil {
					names = append(names, who.Name)
				}
				name := b.name
				if b.slot == "actors" && head.Slots.Dyad != nil {
					name = "pair"
				}
				from[who.Name] = append(from[who.Name], name)
			}
		}
	}
	c.Set = set
	var said []string
	for _, name := range names {
		said = append(said, strings.Join(from[name], " and ")+" from "+name+"'s question")
	}
	return strings.Join(said, ", ")
}

// filled tells which slots have something, by their JSON names.
func filled(s ask.Slots) map[string]bool {
	return map[string]bool{
		"actors": len(s.Actors) > 0, "themes": len(s.Themes) > 0, "outlets": len(s.Outlets) > 0,
		"period": s.Period != nil, "stories": len(s.Stories)+len(s.Articles) > 0, "persons": len(s.Persons) > 0,
	}
}
