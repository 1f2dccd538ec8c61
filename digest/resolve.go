package digest

import (
	"fmt"
	"slices"
	"strings"

	"attache/digest/actor"
	"attache/digest/theme"
	"attache/sources/text"
)

// UnknownNameError says that nothing has a name.
type UnknownNameError struct {
	Name    string
	Nearest []string // names that are spelt like it

	what string // that has no such name
}

func (e *UnknownNameError) Error() string {
	if len(e.Nearest) == 0 {
		return fmt.Sprintf("no %s is called %q", e.what, e.Name)
	}
	return fmt.Sprintf("no %s is called %q; nearest: %s", e.what, e.Name, strings.Join(e.Nearest, ", "))
}

// AmbiguousNameError says that several actors have a name.
type AmbiguousNameError struct {
	Name       string
	Candidates []string // names that mean one each
}

func (e *AmbiguousNameError) Error() string {
	return fmt.Sprintf("%q may be %s", e.Name, strings.Join(e.Candidates, " or "))
}

// ResolveSubject finds what a desk follows or mutes by a name: "AZE-ISR",
// "Azerbaijan–Israel", "Armenia", "energy", one of the outlets. It takes no name
// for another that is spelt nearly like it: the error is an [UnknownNameError],
// or an [AmbiguousNameError].
func ResolveSubject(actors *actor.Catalogue, outlets []string, name string) (Subject, error) {
	id, wrong := oneActor(actors, name)
	if wrong == nil {
		return FollowActor(actors, id), nil
	}
	themes, nearThemes := theme.Resolve(name)
	if len(themes) > 0 {
		return FollowThemes(name, themes), nil
	}
	for _, outlet := range outlets {
		if strings.EqualFold(outlet, name) {
			return FollowOutlet(outlet), nil
		}
	}
	if a, b, isPair := strings.Cut(strings.ReplaceAll(name, "–", "-"), "-"); isPair && len(nearThemes) == 0 {
		return resolvePair(actors, a, b)
	}
	if len(actors.Known(name).Actors) > 1 {
		return Subject{}, wrong
	}
	nearest := slices.Concat(nearActors(actors, name), nearThemes, nearOutlets(outlets, name))
	return Subject{}, &UnknownNameError{Name: name, Nearest: nearest, what: "actor, theme or outlet"}
}

// resolvePair resolves the two names of a pair.
func resolvePair(actors *actor.Catalogue, a, b string) (Subject, error) {
	first, err := oneActor(actors, a)
	second, also := oneActor(actors, b)
	switch {
	case err != nil && also != nil:
		return Subject{}, fmt.Errorf("%w; %w", err, also)
	case err != nil:
		return Subject{}, err
	case also != nil:
		return Subject{}, also
	case first == second:
		return Subject{}, fmt.Errorf("a pair of %s with itself", actors.Name(first))
	}
	return FollowDyad(actors, actor.Pair(first, second)), nil
}

// oneActor resolves a name that must mean one actor.
func oneActor(actors *actor.Catalogue, name string) (string, error) {
	known := actors.Known(name).Actors
	switch len(known) {
	case 1:
		return known[0], nil
	case 0:
		return "", &UnknownNameError{Name: name, Nearest: nearActors(actors, name), what: "actor"}
	}
	var names []string
	for _, id := range known {
		names = append(names, actors.Name(id))
	}
	return "", &AmbiguousNameError{Name: name, Candidates: names}
}

// nearActors are the names of actors that are spelt most like one that is unknown.
func nearActors(actors *actor.Catalogue, name string) []string {
	r := actors.Resolve(name)
	if r.Corrected != "" {
		return []string{r.Corrected}
	}
	return r.Nearest
}

// nearOutlets is the outlet that is spelt most like a name, where one is near.
func nearOutlets(outlets []string, name string) []string {
	folded := text.Fold(name)
	limit := max(1, len(folded)/3)
	var nearest []string
	for _, outlet := range outlets {
		if slips := text.Slips(folded, text.Fold(outlet), limit); slips <= limit {
			nearest, limit = []string{outlet}, slips-1
		}
	}
	return nearest
}
