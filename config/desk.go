package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Desk is what a team follows, and when and where it is told.
type Desk struct {
	Name     string
	Follow   []Name // actors, pairs of actors, themes, outlets
	Mute     []Name
	Schedule string         // five fields of cron, in Zone; empty: only by hand
	Zone     *time.Location // UTC where none is given
	Post     []Place
	Pos      Pos
}

// Place is where a desk's editions are posted.
type Place struct {
	Platform  string // "slack"
	Workspace string // a configured name; empty where there is one
	Channel   string // "#caucasus", as the platform understands it
	Pos       Pos
}

func (r *reader) desk(n node) Desk {
	d := Desk{Zone: time.UTC, Pos: n.pos()}
	r.fields(n, fields{
		{"name", func(n node) { d.Name = r.text(n) }},
		{"follow", func(n node) { d.Follow = r.names(n, "a list of actors, pairs, themes or outlets") }},
		{"mute", func(n node) { d.Mute = r.names(n, "a list of actors, pairs, themes or outlets") }},
		{"schedule", func(n node) { d.Schedule = r.schedule(n) }},
		{"zone", func(n node) { d.Zone = r.zone(n) }},
		{"post", func(n node) { d.Post = r.places(n) }},
	})
	if d.Name == "" && n.ast != nil {
		r.mistake(n, "expected a name")
	}
	return d
}

// cronField is what one field of a schedule may hold; its numbers are checked
// where it is read.
var cronField = regexp.MustCompile(`^[0-9A-Za-z*,/?-]+$`)

func (r *reader) schedule(n node) string {
	s := r.text(n)
	if s == "" {
		return ""
	}
	parts := strings.Fields(s)
	if len(parts) != 5 {
		r.mistake(n, `expected five fields (minute, hour, day, month, weekday), as in "30 7 * * 1-5"; there are %d`, len(parts))
		return ""
	}
	for _, part := range parts {
		if !cronField.MatchString(part) {
			r.mistake(n, "%q is no field of a schedule", part)
			return ""
		}
	}
	return strings.Join(parts, " ")
}

func (r *reader) zone(n node) *time.Location {
	s := r.text(n)
	if s == "" {
		return time.UTC
	}
	zone, err := time.LoadLocation(s)
	if err != nil || s == "Local" {
		r.mistake(n, "no zone is named %q; expected one such as Asia/Baku or UTC", s)
		return time.UTC
	}
	return zone
}

// places reads "slack:#caucasus" and "slack/NAME:#caucasus".
func (r *reader) places(n node) []Place {
	var all []Place
	for _, name := range r.names(n, "a list of places") {
		platform, channel, ok := strings.Cut(name.Value, ":")
		platform, workspace, named := strings.Cut(platform, "/")
		if !ok || platform == "" || channel == "" || named && workspace == "" {
			r.mistakes = append(r.mistakes, &Mistake{r.file, name.Pos, `expected a platform and a channel, as in "slack:#caucasus" or "slack/NAME:#caucasus"`})
			continue
		}
		all = append(all, Place{platform, workspace, strings.TrimSpace(channel), name.Pos})
	}
	return all
}

// compareDesks finds desks of one name.
func (r *reader) compareDesks(all []Desk) {
	first := make(map[string]Pos)
	for _, d := range all {
		key := strings.ToLower(d.Name)
		if pos, ok := first[key]; ok && key != "" {
			r.repeated(d.Pos, pos, "the name "+strconv.Quote(d.Name))
			continue
		}
		first[key] = d.Pos
	}
}

// FindDesk is the place in Desks of the desk with a name, in any case; without a
// name, that of the only desk.
func (c *Config) FindDesk(name string) (int, error) {
	names := make([]string, len(c.Desks))
	for i, d := range c.Desks {
		names[i] = d.Name
		if strings.EqualFold(d.Name, strings.TrimSpace(name)) {
			return i, nil
		}
	}
	switch near := nearest(name, names); {
	case len(names) == 0:
		return 0, fmt.Errorf("%s has no desk: write one under desks, with a name and what it follows", c.file)
	case name == "" && len(names) == 1:
		return 0, nil
	case name == "":
		return 0, fmt.Errorf("there are several desks: choose one with --desk (%s)", strings.Join(names, ", "))
	case near != "":
		return 0, fmt.Errorf("no desk is called %q; did you mean %q?", name, near)
	}
	return 0, fmt.Errorf("no desk is called %q; there are %s", name, strings.Join(names, ", "))
}
