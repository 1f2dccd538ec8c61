package bot

import (
	"cmp"
	"slices"
	"strings"
)

// everyone is who may change a desk where everybody may.
const everyone = "everyone"

// allows reports whether a person may change the desk. Nobody may who isn't named.
func (d *Desk) allows(p Person) bool {
	return slices.ContainsFunc(d.MayChange, func(id string) bool {
		return id == everyone || id != "" && (id == p.ID || slices.Contains(p.Groups, id))
	})
}

// admits reports whether a person may take part where they are: mute for
// themselves, write notes, report what is wrong.
func (d *Desk) admits(p Person, at Place) bool { return d.isAt(at) || d.allows(p) }

// changers are the names of those who may change the desk.
func (d *Desk) changers() []string {
	var names []string
	for _, id := range d.MayChange {
		_, short, ok := strings.Cut(id, ":")
		if !ok {
			short = id
		}
		if name := cmp.Or(d.names[id], short); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// refusal says to a person who may change the desk, as they may not.
func (d *Desk) refusal() string {
	names := d.changers()
	switch len(names) {
	case 0:
		return "Nobody may change this desk in chat: may-change in its config names who may. Sent to nobody."
	case 1:
		return "Only " + names[0] + " changes this desk. Sent to nobody."
	}
	return "Only " + enumerate(names) + " change this desk. Sent to nobody."
}

// enumerate writes "a", "a and b", "a, b and c".
func enumerate(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
