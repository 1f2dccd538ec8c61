package ask

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"attache/digest/actor"
	"attache/digest/summary"
	"attache/sources/text"
)

// named is an actor as a question names it.
type named struct {
	ids         []string // several for a name of a group of actors, "E3"
	first, next int      // tokens [first, next)
	person      bool
	seat        bool // a capital or a seat that stands for its state
	place       bool // a place that lies in its state
}

// readActors finds the actors that are named, the pairs they form, names that
// have several readings and names that are no actor's.
func (r *reading) readActors(c *actor.Catalogue) {
	if c == nil {
		return
	}
	var found []named
	for i := 0; i < len(r.toks); {
		n, ok := r.actorAt(c, i)
		if !ok {
			i++
			continue
		}
		found = append(found, n)
		r.mark(n.first, n.next, isActor)
		i = n.next
	}
	found = r.nearMisses(c, found)
	found = r.codes(found)
	found = r.withoutPlaces(found)
	for _, n := range found {
		if n.person {
			r.persons = append(r.persons, strings.TrimSuffix(strings.TrimSuffix(r.typed(n), "'s"), "’s"))
		}
		if name := r.typed(n); n.place {
			r.places = append(r.places, strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s"))
		}
		for _, id := range n.ids {
			if !slices.Contains(r.actors, id) {
				r.actors = append(r.actors, id)
			}
		}
	}
	r.settleDoubts(found)
	r.readPairs(found)
}

func (r *reading) typed(n named) string { return r.text[r.toks[n.first].start:r.toks[n.next-1].end] }

// groups are names that questions use otherwise than texts do: for several states
// at once, and Brussels for the union that sits there.
func groups(name string) []string {
	switch name {
	case "e3":
		return []string{"DEU", "FRA", "GBR"}
	case "brussels":
		return []string{"EU"}
	case "p5":
		return []string{"USA", "RUS", "CHN", "FRA", "GBR"}
	}
	return nil
}

// actorAt reads the longest name at token i.
func (r *reading) actorAt(c *actor.Catalogue, i int) (named, bool) {
	for size := min(5, len(r.toks)-i); size > 0; size-- {
		if !r.mayName(i, i+size) {
			continue
		}
		n := named{first: i, next: i + size}
		typed := r.typed(n)
		if r.quiet {
			typed = strings.ToLower(typed)
		}
		if n.ids = groups(strings.ReplaceAll(text.Fold(typed), " ", "")); n.ids != nil {
			return n, true
		}
		got := resolve(c, typed, r.properName(i, i+size))
		if len(got.Actors) == 0 {
			if cut := strings.TrimSuffix(strings.TrimSuffix(typed, "'s"), "’s"); cut != typed {
				got = resolve(c, cut, false)
			}
		}
		switch {
		case len(got.Actors) > 1 || len(got.Actors) == 1 && len(got.Other) > 0:
			d := Doubt{Name: typed, Actors: r.stand(c, got.Actors, &n), Other: got.Other}
			r.doubts = append(r.doubts, d)
			if len(d.Actors) == 1 {
				n.ids = d.Actors
			}
			return n, true
		case len(got.Actors) == 1:
			n.ids = r.stand(c, got.Actors, &n)
			n.place = !n.person && c.Place(strings.TrimSuffix(strings.TrimSuffix(typed, "'s"), "’s"))
			return n, true
		}
	}
	return named{}, false
}

// properName reports whether the tokens [i, j) are a name of several words with
// capitals, so that a letter's difference still leaves it one.
func (r *reading) properName(i, j int) bool {
	for k := i; k < j; k++ {
		if !r.toks[k].title {
			return false
		}
	}
	return j-i > 1
}

// resolve reads a name that is spelt right, or nearly where near is true. Of several actors that are not all
// states the likeliest is meant.
func resolve(c *actor.Catalogue, typed string, near bool) actor.Resolution {
	got := c.Known(typed)
	if near && len(got.Actors) == 0 {
		got = c.Resolve(typed)
	}
	for _, id := range got.Actors {
		if a, ok := c.Actor(id); ok && a.Kind != actor.State {
			got.Actors = got.Actors[:1]
			break
		}
	}
	return got
}

// mayName reports whether the tokens [i, j) may be a name: they begin and end
// with words, none has a role yet, and none alone is a word of every question.
func (r *reading) mayName(i, j int) bool {
	for k := i; k < j; k++ {
		if r.roles[k] != isFree {
			return false
		}
	}
	last := r.fold[j-1]
	if !isWord(r.fold[i]) || !isWord(last) && last != "+" && last != "." || j-i > 1 && (filler()[r.fold[i]] || filler()[last]) {
		return false
	}
	if j-i > 1 && slices.Contains([]string{"and", "vs", "versus", "or", "on", "in", "-", "–", "/"}, r.fold[i+1]) && j-i == 2 {
		return false
	}
	for k := i + 1; k < j; k++ {
		if r.fold[k] == "," || r.fold[k] == "/" || r.fold[k] == ":" || r.fold[k] == "?" {
			return false
		}
	}
	if j-i > 1 {
		return true
	}
	t := r.toks[i]
	if t.upper && len(t.text) >= 2 {
		return true
	}
	return len(r.fold[i]) > 2 && !filler()[r.fold[i]] && !stopWords()[r.fold[i]]
}

// stand gives the actors that stand for those named: a person, an institution
// or a company for its state.
func (r *reading) stand(c *actor.Catalogue, ids []string, n *named) []string {
	var out []string
	for _, id := range ids {
		a, ok := c.Actor(id)
		if ok && a.Kind == actor.Person {
			n.person = true
			if a.Country == "" {
				continue // he stands for nobody; his name is looked for all the same
			}
		}
		if ok && a.Country != "" && (a.Kind == actor.Person || a.Kind == actor.Institution || a.Kind == actor.Company) {
			id = a.Country
		}
		if ok && a.Kind == actor.State && !sharesStart(r.fold[n.first], text.Fold(a.Name)) && !strings.EqualFold(r.typed(*n), id) {
			n.seat = true
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func sharesStart(a, b string) bool {
	n := min(3, len(a), len(b))
	return a[:n] == b[:n]
}

// withoutPlaces leaves to the free words a seat of government that is only where something
// happened: "talks in Doha", beside other actors.
func (r *reading) withoutPlaces(found []named) []named {
	if len(found) < 2 {
		return found
	}
	return slices.DeleteFunc(found, func(n named) bool {
		place := n.seat && !n.person && (r.word(n.first-1) == "in" || r.word(n.first-1) == "at")
		if place {
			r.mark(n.first, n.next, isFree)
		}
		return place
	})
}

// nearMisses takes words that are an actor's name but for a slip of the finger,
// and notes the side of a pair that is nobody's name.
func (r *reading) nearMisses(c *actor.Catalogue, found []named) []named {
	for i := range r.toks {
		w := r.fold[i]
		if r.roles[i] != isFree || !isWord(w) || len(w) < 4 || filler()[w] {
			continue
		}
		paired := r.pairedSide(i)
		if _, n := r.themeAt(i); n > 0 {
			continue
		}
		if !paired && !r.toks[i].title && len(r.toks) > shouted+4 {
			continue // a long question is typed with care, and in many words
		}
		got := c.Resolve(r.toks[i].raw(r.text))
		if _, common := summary.FigureOf(w); common && !paired {
			continue
		}
		id := r.nearest(c, w, got.Nearest, paired, paired || r.toks[i].title)
		if got.Corrected != "" && (len(w) > 5 || paired) {
			id = got.Actors[0]
		}
		if id != "" {
			found = append(found, named{ids: []string{id}, first: i, next: i + 1})
			r.mark(i, i+1, isActor)
			r.misread = append(r.misread, Misread{Typed: r.toks[i].raw(r.text), As: id})
			continue
		}
		if paired && r.toks[i].title {
			r.misread = append(r.misread, Misread{Typed: r.toks[i].raw(r.text), Nearest: got.Nearest})
		}
	}
	slices.SortFunc(found, func(a, b named) int { return a.first - b.first })
	return found
}

// nearest is the actor whose name w almost is: one slip, two in a long word that
// is written as a name or stands in a pair.
func (r *reading) nearest(c *actor.Catalogue, w string, names []string, paired, isName bool) string {
	if len(names) == 0 || len(w) < 5 || len(w) < 6 && !paired {
		return ""
	}
	for _, name := range names {
		slips := text.Slips(w, text.Fold(name), 2)
		if slips > 2 || slips > 1 && (len(w) < 8 || !isName) {
			continue
		}
		if got := c.Resolve(name); len(got.Actors) == 1 {
			return got.Actors[0]
		}
	}
	return ""
}

// pairedSide reports whether a dash, a slash or "vs" joins token i to an actor.
func (r *reading) pairedSide(i int) bool {
	joins := func(k int) bool { return slices.Contains([]string{"-", "/", "vs", "versus"}, r.word(k)) }
	return joins(i+1) && i+2 < len(r.roles) && r.roles[i+2] == isActor || joins(i-1) && i > 1 && r.roles[i-2] == isActor
}

// codes reads a pair of two-letter country codes: "AZ-IL", "TR/GR".
func (r *reading) codes(found []named) []named {
	for i := 0; i+2 < len(r.toks); i++ {
		if !slices.Contains([]string{"-", "/", "vs"}, r.fold[i+1]) {
			continue
		}
		a, okA := r.code(i)
		b, okB := r.code(i + 2)
		if !okA || !okB {
			continue
		}
		for k, id := range map[int]string{i: a, i + 2: b} {
			if r.roles[k] == isFree {
				found = append(found, named{ids: []string{id}, first: k, next: k + 1})
				r.mark(k, k+1, isActor)
			}
		}
	}
	slices.SortFunc(found, func(a, b named) int { return a.first - b.first })
	return found
}

func (r *reading) code(i int) (string, bool) {
	if r.roles[i] == isActor {
		return "", true
	}
	if !r.toks[i].upper || len(r.fold[i]) != 2 {
		return "", false
	}
	region, err := language.ParseRegion(r.fold[i])
	if err != nil || !region.IsCountry() {
		return "", false
	}
	return region.ISO3(), true
}

// readPairs finds two pairs that are compared: "A–B with A–C".
func (r *reading) readPairs(found []named) {
	for i := 1; i < len(found); i++ {
		a, b := found[i-1], found[i]
		if len(a.ids) != 1 || len(b.ids) != 1 || a.ids[0] == b.ids[0] || b.first != a.next+1 {
			continue
		}
		if slices.Contains([]string{"-", "/", "vs", "versus"}, r.fold[a.next]) {
			r.pairs = append(r.pairs, actor.Pair(a.ids[0], b.ids[0]))
			i++
		}
	}
}

// settleDoubts drops the doubt of an actor or something else where another
// name is beside it, as "Armenia–Georgia border" and "Tbilisi, Georgia" are about
// the country, or where the other is no place. An actor in doubt is not yet one of the question's.
func (r *reading) settleDoubts(found []named) {
	var kept []Doubt
	for _, d := range r.doubts {
		sure := len(found) > 1 || slices.Contains(r.fold, "country") || !slices.ContainsFunc(d.Other, isPlace)
		if len(d.Actors) == 1 && sure {
			continue
		}
		if len(d.Actors) == 1 {
			r.actors = nil
		}
		kept = append(kept, d)
	}
	r.doubts = kept
}
