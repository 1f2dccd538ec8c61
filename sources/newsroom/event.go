package newsroom

import (
	"embed"
	"strings"
)

//go:embed articles pages feeds
var files embed.FS

// readFile returns an embedded file. It panics where there is none: the files
// are part of the program.
func readFile(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic("newsroom: " + err.Error())
	}
	return string(b)
}

// Event is something that happens in the world, and what a reader who knows the
// subject finds in its articles.
type Event struct {
	Name   string
	Dyads  []string // pairs of actors that act on each other, "AZE-ISR"
	Actors []string // whom it is about, the pairs' included
	Themes []string // ids of themes, best first; "other" where none fits
}

// readEvents reads articles/events.csv: name, dyads, further actors, themes.
func readEvents() []Event {
	var list []Event
	for line := range strings.Lines(readFile("articles/events.csv")) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSpace(line), ",")
		e := Event{Name: f[0], Dyads: strings.Fields(f[1]), Themes: strings.Fields(f[3])}
		seen := map[string]bool{}
		for _, actor := range append(strings.Fields(strings.ReplaceAll(f[1], "-", " ")), strings.Fields(f[2])...) {
			if !seen[actor] {
				seen[actor] = true
				e.Actors = append(e.Actors, actor)
			}
		}
		list = append(list, e)
	}
	return list
}
