package config

import (
	"regexp"
	"slices"
	"strings"
)

// Everyone stands in a list of people for all of them.
const Everyone = "everyone"

// peopleForm is how people, groups and roles are written, as the platforms name
// them.
const peopleForm = `^(everyone|slack(/[^:/]+)?:(@[^\s@]+|[UWS][A-Z0-9]{6,}|admins)|discord:(\d{5,20}|admins))$`

var people = regexp.MustCompile(peopleForm)

// IsPeople reports whether a config can have a name in a list of people.
func IsPeople(name string) bool { return people.MatchString(name) }

// peopleKind is a list of people, groups and roles.
func peopleKind() kind[[]Name] {
	k := namesKind("a list of people, groups or roles")
	k.schema = listSchema(schema{"type": "string", "pattern": orVariable(peopleForm)})
	k.read = func(r *reader, n node) []Name {
		all := r.names(n, k.name)
		for i, name := range all {
			switch {
			case !people.MatchString(name.Value):
				r.wrong(name.Pos, notPeople(name.Value))
			case slices.ContainsFunc(all[:i], func(other Name) bool { return other.Value == name.Value }):
				r.wrong(name.Pos, "named twice")
			}
		}
		return all
	}
	return k
}

// notPeople says what was expected in the place of a name that is that of nobody.
func notPeople(name string) string {
	platform, who, _ := strings.Cut(name, ":")
	platform, _, _ = strings.Cut(platform, "/")
	switch {
	case platform == "slack" && who != "":
		return "expected a person or a group of Slack by its ID or its handle, as in slack:U024BE7LH or slack:@caucasus-leads, or slack:admins"
	case platform == "discord" && who != "":
		return "expected the number of a person or a role of Discord (Copy User ID, Copy Role ID), as in discord:1234567890, or discord:admins"
	case Nearest(strings.ToLower(name), []string{Everyone}) != "":
		return "nobody is called " + quote(name) + "; did you mean " + quote(Everyone) + "?"
	}
	return `expected a platform and a person, a group or a role, as in "slack:U024BE7LH", "slack:@caucasus-leads" or "discord:1234567890", or "everyone"`
}
