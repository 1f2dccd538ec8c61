package bot

import (
	"context"
	"slices"
	"strings"

	"attache/digest/actor"
	"attache/digest/theme"
	"attache/sources/text"
)

// mostCompletions is how many values are offered for what is being typed.
const mostCompletions = 25

// typable is a name that can be typed, and as it is compared.
type typable struct {
	name, folded string
	kind         OptionKind
	state        bool // of a state
}

func typed(name string, kind OptionKind) typable {
	return typable{name: name, folded: foldTyped(name), kind: kind}
}

// foldTyped makes typed text comparable: whatever dash stands in a pair.
func foldTyped(s string) string {
	return strings.ReplaceAll(strings.ToLower(text.Fold(strings.TrimSpace(s))), "–", "-")
}

// Complete offers values for an option of a command that is being typed, the best
// first: names that begin so, then those of which a later word does. For no command
// it offers commands. It waits for nothing: names are those of half a minute ago.
func (h *Handler) Complete(ctx context.Context, place Place, name, option, prefix string) []string {
	f := &completion{prefix: foldTyped(prefix)}
	c, ok := command(strings.TrimPrefix(name, "/"))
	if !ok {
		f.offer(commandNames()...)
		return f.best()
	}
	i := slices.IndexFunc(c.Options, func(o Option) bool { return o.Name == option })
	if i < 0 {
		return nil
	}
	h.names.once.Do(func() { h.names.listed = listed(h.Engine.Actors) })
	outlets, desks, stories := h.names.now(ctx, h.Archive, h.Desks, h.Log)
	here := desks
	if at := slices.DeleteFunc(slices.Clone(desks), func(d Desk) bool { return !d.isAt(place) }); len(at) > 0 {
		here = at
	}
	for _, kind := range c.Options[i].Kinds {
		switch kind {
		case StoryOption:
			for _, d := range here {
				f.names(kind, stories[d.Name]...)
			}
		case OutletOption:
			f.names(kind, outlets...)
		case DeskOption:
			for _, d := range desks {
				f.names(kind, d.Name)
			}
		case PairOption:
			f.pairs(h.names.listed, here)
		case ActorOption, ThemeOption:
			for _, t := range h.names.listed {
				if t.kind == kind {
					f.offer(t)
				}
			}
		case CommandOption:
			f.offer(commandNames()...)
		case PeriodOption:
			f.names(kind, "since yesterday", "since Monday", "7 days", "30 days")
		case ChoiceOption, DurationOption:
			f.names(kind, c.Options[i].Choices...)
		}
	}
	return f.best()
}

func commandNames() []typable {
	var all []typable
	for _, c := range Commands() {
		all = append(all, typed(c.Name, CommandOption))
	}
	return all
}

// listed are the names of all actors, states first, and of all themes.
func listed(actors *actor.Catalogue) []typable {
	var states, others, themes []typable
	for _, a := range actors.All() {
		t := typed(a.Name, ActorOption)
		if t.state = a.Kind == actor.State; t.state {
			states = append(states, t)
		} else {
			others = append(others, t)
		}
	}
	for _, t := range theme.All() {
		themes = append(themes, typed(t.Name, ThemeOption))
	}
	return slices.Concat(states, others, themes)
}

// completion gathers what fits what was typed.
type completion struct {
	prefix string
	ranked [4][]string // those that are it, begin so, have a word that does, and are made up
}

func (f *completion) names(kind OptionKind, names ...string) {
	for _, name := range names {
		f.offer(typed(name, kind))
	}
}

func (f *completion) offer(all ...typable) {
	for _, t := range all {
		if rank := f.rank(t.folded); rank >= 0 {
			f.ranked[rank] = append(f.ranked[rank], t.name)
		}
	}
}

// rank says how a folded name fits: -1 for not at all.
func (f *completion) rank(folded string) int {
	switch {
	case folded == f.prefix:
		return 0
	case strings.HasPrefix(folded, f.prefix):
		return 1
	case strings.Contains(folded, " "+f.prefix), strings.Contains(folded, "-"+f.prefix):
		return 2
	}
	return -1
}

// pairs offers the pairs that desks follow, in either order, then any of two
// actors as far as they are typed.
func (f *completion) pairs(listed []typable, desks []Desk) {
	for _, d := range desks {
		for _, s := range d.Follow {
			if s.Dyad == "" {
				continue
			}
			f.names(PairOption, s.Name)
			a, b, _ := strings.Cut(s.Name, "–")
			if turned := typed(b+"–"+a, PairOption); f.prefix != "" && f.rank(foldTyped(s.Name)) < 0 {
				f.offer(turned)
			}
		}
	}
	first, second, both := strings.Cut(f.prefix, "-")
	if first == "" {
		return
	}
	for _, a := range listed {
		if a.kind != ActorOption || both && a.folded != first || !strings.HasPrefix(a.folded, first) {
			continue
		}
		for _, b := range listed {
			if b.kind != ActorOption || a.name == b.name || !both && !b.state || !strings.HasPrefix(b.folded, second) {
				continue
			}
			if len(f.ranked[3]) >= mostCompletions {
				return
			}
			f.ranked[3] = append(f.ranked[3], a.name+"–"+b.name)
		}
	}
}

// best are those that fit best, each once.
func (f *completion) best() []string {
	var all []string
	seen := map[string]bool{}
	for _, name := range slices.Concat(f.ranked[:]...) {
		if !seen[name] && len(all) < mostCompletions {
			seen[name] = true
			all = append(all, name)
		}
	}
	return all
}
