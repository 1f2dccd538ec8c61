package ask

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/summary"
	"attache/digest/theme"
)

// side is one of the two things that are compared.
type side struct {
	name    string
	has     func(candidate) bool
	query   archive.Query // what it has, by the archive; its period is that of the question
	period  Period
	all     []candidate // with copies
	fit     []candidate // without
	stories map[int64]bool
	origins map[string]bool
	themes  map[string]map[int64]bool
}

// comparesActors reports whether the two things that are compared are actors, each
// of them whatever it has to do with the other.
func (q *inquiry) comparesActors() bool {
	s := q.slots
	return s.Mode == Compare && len(s.Actors) == 2 && s.Versus == nil && len(s.Sides) != 2 && len(s.Pairs) == 0 && len(s.Outlets) < 2
}

// sides are the two things that the question compares: two periods, themes,
// pairs, outlets or actors. There are none where it doesn't name two.
func (f *findings) sides() []*side {
	var out []*side
	s := f.slots
	whole := f.queryOf(s)
	add := func(name string, has func(candidate) bool, change func(*archive.Query)) {
		q := whole
		change(&q)
		out = append(out, &side{name: name, has: has, query: q, period: f.period})
	}
	switch {
	case s.Versus != nil && s.Period != nil:
		for i, p := range []Period{*s.Period, *s.Versus} {
			add([]string{"the first period", "the second period"}[i], p.holds, func(*archive.Query) {})
			out[len(out)-1].period = p
		}
	case len(s.Sides) == 2:
		for _, ids := range s.Sides {
			add(f.themeNames(ids), func(c candidate) bool { return hasTheme(c.Entry, ids) }, func(q *archive.Query) { q.Themes = ids })
		}
	case len(s.Pairs) > 1:
		for _, d := range s.Pairs[:2] {
			add(f.Actors.DyadName(d), func(c candidate) bool { return hasDyad(c.Entry, d.String()) }, func(q *archive.Query) { q.AnyDyads, q.Dyad = nil, &d })
		}
	case len(s.Outlets) > 1:
		for _, o := range s.Outlets[:2] {
			add(o, func(c candidate) bool { return sameName(o, c.Outlet) }, func(q *archive.Query) { q.Outlets = []string{o} })
		}
	case len(s.Actors) > 1 && len(s.Pairs) == 0:
		for _, id := range s.Actors[:2] {
			add(f.Actors.Name(id), func(c candidate) bool { return aboutness(c.Entry, id) >= 0.6 }, func(q *archive.Query) {
				q.Actors, q.AnyActors, q.Dyad = []string{id}, nil, nil
			})
		}
	}
	return out
}

// holds reports whether an article is of the period.
func (p Period) holds(c candidate) bool {
	return (p.Start.IsZero() || !c.At.Before(p.Start)) && (p.End.IsZero() || c.At.Before(p.End))
}

// queryOf is what the slots ask for in one search, without their words.
func (f *findings) queryOf(s Slots) archive.Query {
	q := archive.Query{Themes: s.Themes, Outlets: s.Outlets, AsOf: f.who.Now, Limit: 1}
	switch {
	case len(s.Pairs) > 1:
		q.AnyDyads = s.Pairs
	case s.Dyad != nil:
		q.Dyad = s.Dyad
	default:
		q.Actors = s.Actors
	}
	return q
}

func hasTheme(e archive.Entry, ids []string) bool {
	return slices.ContainsFunc(e.Themes, func(t theme.Tag) bool { return slices.Contains(ids, t.Theme) })
}

// themeNames are how people call the themes.
func (f *findings) themeNames(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, themeName(id))
	}
	return strings.Join(names, ", ")
}

func themeName(id string) string {
	if t, ok := theme.Lookup(id); ok {
		return t.Name
	}
	return id
}

// writeCompare counts two sides beside each other, what stands left of each dot
// being the first one's, and shows for each the story of the most origins. Where
// the question doesn't name two sides it says so above the newest.
func (f *findings) writeCompare(ctx context.Context) error {
	sides := f.sides()
	if len(sides) != 2 {
		f.answer.Searched.OneSide = true
		f.writeLatest()
		return nil
	}
	if len(f.fit) == 0 {
		return nil
	}
	for _, s := range sides {
		s.tally(f)
	}
	a, b := sides[0], sides[1]
	f.answer.Searched.Compared = []Compared{{a.name, a.period}, {b.name, b.period}}
	row := func(label, x, y string) { f.add(Line{Kind: Counted, Label: label, Text: x + " · " + y}) }
	x, err := a.articles(ctx, f)
	if err != nil {
		return err
	}
	y, err := b.articles(ctx, f)
	if err != nil {
		return err
	}
	row("Articles", x, y)
	row("Stories", fmt.Sprint(len(a.stories)), fmt.Sprint(len(b.stories)))
	row("Origins", fmt.Sprint(len(a.origins)), fmt.Sprint(len(b.origins)))
	row("Speakers quoted", a.speakers(f), b.speakers(f))
	row("Themes, stories", a.themeCounts(), b.themeCounts())
	f.writeBoth(a, b)
	f.writeMost(sides)
	return nil
}

// Compared is one of the two sides of a comparison.
type Compared struct {
	Name   string `json:"name"`
	Period Period `json:"period"`
}

// writeBoth names the stories that both sides have, each by an outlet's title.
func (f *findings) writeBoth(a, b *side) {
	var both []candidate
	seen := map[int64]bool{}
	for _, c := range a.fit {
		if b.stories[c.Story] && !seen[c.Story] {
			seen[c.Story] = true
			both = append(both, c)
		}
	}
	count := Line{Kind: Counted, Label: "In both", Text: plural(len(both), "story")}
	if len(both) == 0 {
		f.add(count)
	}
	for i, c := range both[:min(len(both), bothShown)] {
		line := Line{Kind: Counted, Story: c.Story, Outlet: c.Outlet, Title: c.Title, URL: c.Link(), When: c.At, Published: c.Published}
		if i == 0 {
			line.Label, line.Text = count.Label, count.Text
		}
		line.Sentence.Citation = summary.Citation{Article: c.ID, Version: c.Version}
		f.add(line)
	}
}

// bothShown is how many stories are named that both sides have.
const bothShown = 3

// writeMost shows the story of the most origins of each side.
func (f *findings) writeMost(sides []*side) {
	shown := map[int64]bool{}
	for _, s := range sides {
		label := "Most origins, " + s.name
		c, t, ok := s.most(f)
		if !ok {
			continue
		}
		line, ok := f.line(c, t)
		if !ok {
			continue
		}
		line.Label = label
		if f.said(line) {
			f.add(Line{Kind: Counted, Label: label, Text: "the same story"})
			continue
		}
		line.Figures = f.differences(t, c)
		f.add(line)
		shown[c.Story] = true
	}
	f.answer.Searched.Shown = len(shown)
}

func (s *side) tally(f *findings) {
	s.stories, s.origins, s.themes = map[int64]bool{}, map[string]bool{}, map[string]map[int64]bool{}
	for _, c := range f.kept {
		if s.has(c) {
			s.all = append(s.all, c)
		}
	}
	for _, c := range f.fit {
		if !s.has(c) {
			continue
		}
		s.fit = append(s.fit, c)
		s.stories[c.Story] = true
		s.origins[fmt.Sprint(c.Story, originOf(c))] = true
		for _, t := range c.Themes {
			if s.themes[t.Theme] == nil {
				s.themes[t.Theme] = map[int64]bool{}
			}
			s.themes[t.Theme][c.Story] = true
		}
	}
}

// usualWeeks are the weeks before that tell what is usual, and the fewest of them
// that do.
const (
	usualWeeks  = 8
	fewestWeeks = 4
)

// articles counts a side's articles beside their usual: the median of the same
// length of time, ending on the same weekday, in the weeks before. Words, and
// what a desk follows, narrow in a way that the archive can't count.
func (s *side) articles(ctx context.Context, f *findings) (string, error) {
	n := fmt.Sprint(len(s.all))
	if len(f.terms) > 0 || f.held != nil || s.period.Start.IsZero() {
		return n, nil
	}
	end := s.period.End
	if now := f.who.now(); end.IsZero() || end.After(now) {
		end = now
	}
	_, begins, err := f.Archive.At(f.who.Now).Size(ctx)
	if err != nil {
		return "", fmt.Errorf("read the archive's beginning: %w", err)
	}
	var counts []int
	for week := 1; week <= usualWeeks; week++ {
		q := s.query
		q.Since, q.Until = s.period.Start.AddDate(0, 0, -7*week), end.AddDate(0, 0, -7*week)
		if begins.IsZero() || q.Since.Before(begins) {
			break
		}
		_, total, err := f.Archive.Search(ctx, q)
		if err != nil {
			return "", fmt.Errorf("count what is usual: %w", err)
		}
		counts = append(counts, total)
	}
	if len(counts) < fewestWeeks {
		return n + " (too new for a usual)", nil
	}
	slices.Sort(counts)
	return fmt.Sprintf("%s (usual %d)", n, counts[len(counts)/2]), nil
}

// speakers counts the statements of a side by whose speakers they are, the most
// first; one whose speaker is of no known actor is of another.
func (s *side) speakers(f *findings) string {
	by := map[string]int{}
	others := 0
	for _, c := range s.fit {
		all := f.sentences(&c)
		for i, q := range all {
			at, ok := summary.Speaker(q.Text)
			if !ok {
				continue
			}
			if id := f.speaksFor(whose(all, i, at.In(q.Text))); id != "" {
				by[f.Actors.Name(id)]++
			} else {
				others++
			}
		}
	}
	names := slices.SortedFunc(maps.Keys(by), func(a, b string) int { return cmp.Or(by[b]-by[a], strings.Compare(a, b)) })
	var parts []string
	for i, name := range names {
		if i < 3 {
			parts = append(parts, fmt.Sprintf("%s %d", name, by[name]))
		} else {
			others += by[name]
		}
	}
	if others > 0 {
		parts = append(parts, fmt.Sprintf("others %d", others))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// speaksFor is the state or group that a speaker is of; empty for none.
func (f *findings) speaksFor(speaker string) string {
	got := f.Actors.Find(speaker)
	id := ""
	if len(got) > 0 {
		id = got[0].Actor
	} else if known := f.Actors.Known(speaker); len(known.Actors) == 1 {
		id = known.Actors[0]
	}
	if a, ok := f.Actors.Actor(id); ok && a.Country != "" && a.Kind != actor.State {
		return a.Country
	}
	return id
}

// themeCounts are the three themes with the most stories: "arms trade 3, gas 1".
func (s *side) themeCounts() string {
	ids := make([]string, 0, len(s.themes))
	for id := range s.themes {
		if id != theme.Other {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(len(s.themes[b])-len(s.themes[a]), strings.Compare(a, b)) })
	var parts []string
	for _, id := range ids[:min(3, len(ids))] {
		parts = append(parts, fmt.Sprintf("%s %d", themeName(id), len(s.themes[id])))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// most is the side's newest article of the story with the most origins.
func (s *side) most(f *findings) (best candidate, of *told, ok bool) {
	for _, c := range s.fit {
		t := f.loaded[c.Story]
		if !ok || len(t.origins) > len(of.origins) || t == of && c.At.After(best.At) {
			best, of, ok = c, t, true
		}
	}
	return best, of, ok
}
