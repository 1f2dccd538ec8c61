package digest

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/story"
	"attache/digest/summary"
)

// draft is a story before it has its number.
type draft struct {
	Story
	fresh    []archive.Entry // its news, without what was corrected since
	all      []archive.Entry // all that the archive has of it, up to now
	standing []archive.Entry // of these, what was not corrected since
	lead     candidate
	figures  []figurePair
	changes  []change
	fixes    []fix
}

// candidate is a sentence with its article.
type candidate struct {
	entry    *archive.Entry
	sentence summary.Sentence
	before   *summary.Sentence
}

type figurePair struct {
	of   string
	a, b candidate
	new  bool
}

// change is what an earlier edition showed and no longer stands.
type change struct {
	edition int
	was     string // the number of the story that showed it
	had     candidate
	at      time.Time
}

// fix is an article that replaces another.
type fix struct {
	by  candidate
	old *archive.Entry
	was *summary.Sentence // what stood there
}

// stories groups the desk's news by story, without what is muted, describes each
// and puts them in order.
func (m *build) stories() error {
	groups := map[int64][]archive.Entry{}
	for _, e := range m.news {
		if !m.desk.follows(&e) {
			continue
		}
		if mute := m.mutedBy(&e); mute >= 0 {
			m.holdBack(&e, mute)
			continue
		}
		groups[e.Story] = append(groups[e.Story], e)
		m.digest.Coverage.Matching++
	}
	all, err := m.Archive.StoryEntries(m.ctx, slices.Sorted(maps.Keys(groups)))
	if err != nil {
		return err
	}
	var drafts []*draft
	for _, id := range slices.Sorted(maps.Keys(groups)) {
		if d := m.draft(id, groups[id], all[id]); d != nil {
			drafts = append(drafts, d)
		}
	}
	slices.SortStableFunc(drafts, byNews)
	m.number(drafts)
	return nil
}

// byNews is the order of stories: what no longer stands as it was shown comes
// before what is new, that before what goes on; then pairs before actors before
// themes, then origins, then newest.
func byNews(a, b *draft) int {
	place := map[State]int{Corrected: 0, New: 1, MoreOrigins: 2, Update: 3}
	return cmp.Or(
		cmp.Compare(place[a.State], place[b.State]),
		cmp.Compare(a.Subject.rank(), b.Subject.rank()),
		cmp.Compare(len(b.Origins), len(a.Origins)),
		b.Newest.Compare(a.Newest),
		cmp.Compare(a.ID, b.ID),
	)
}

// draft describes a story. It is nil where nothing of it is news: only reprints
// of what was shown or muted, or no sentence that can be quoted.
func (m *build) draft(id int64, fresh, all []archive.Entry) *draft {
	d := &draft{fresh: standing(fresh)}
	if len(d.fresh) == 0 {
		return nil
	}
	d.ID = id
	d.all = m.upToNow(all)
	d.standing = standing(d.all)
	d.Articles = len(d.fresh)
	d.Origins, d.Outlets = origins(d.standing)
	d.Subject = m.subject(d.fresh)
	was := m.earlier.stories[id]
	m.corrections(d)
	m.state(d, was)
	if !m.leads(d) {
		return nil
	}
	if len(d.changes) == 0 && m.onlyReprints(d.fresh, was) {
		return nil
	}
	m.figures(d)
	m.describe(d)
	return d
}

// standing leaves out what was corrected by a later article.
func standing(es []archive.Entry) []archive.Entry {
	return slices.DeleteFunc(slices.Clone(es), func(e archive.Entry) bool { return e.CorrectedBy != 0 })
}

// upToNow leaves out what was first seen after the digest's end; a view of the
// past has left it out already.
func (m *build) upToNow(es []archive.Entry) []archive.Entry {
	if m.past {
		return slices.Clone(es)
	}
	return slices.DeleteFunc(slices.Clone(es), func(e archive.Entry) bool { return e.Seen.After(m.digest.Until) })
}

func isReprint(e *archive.Entry) bool { return e.CopyOf != 0 && e.Relation == story.Reprint }

// onlyReprints reports whether a story that was shown has nothing but reprints to
// add, or one that was not has nothing but reprints of what a mute held back.
func (m *build) onlyReprints(es []archive.Entry, was *shown) bool {
	return !slices.ContainsFunc(es, func(e archive.Entry) bool {
		return !isReprint(&e) || was == nil && !m.earlier.held[e.CopyOf]
	})
}

// origins counts who first published the texts of a story.
func origins(es []archive.Entry) (of []story.Origin, outlets int) {
	copyOf := map[int64]int64{}
	names := map[string]bool{}
	items := make([]story.Item, 0, len(es))
	for i := range es {
		e := &es[i]
		if isReprint(e) {
			copyOf[e.ID] = e.CopyOf
		}
		names[e.Article.Outlet] = true
		items = append(items, story.Item{
			ID: e.ID, Outlet: e.Article.Outlet, Via: e.Via, Published: e.When(), Title: e.Title,
		})
	}
	return story.Origins(items, copyOf), len(names)
}

// subject is the followed subject that a story stands under: pairs before actors
// before themes, the heaviest of a kind, the desk's order where they are even.
func (m *build) subject(es []archive.Entry) Subject {
	var best Subject
	var most float64
	for _, s := range m.desk.Follow {
		var sum float64
		for i := range es {
			sum += s.weight(&es[i])
		}
		if sum > 0 && (most == 0 || s.rank() < best.rank() || s.rank() == best.rank() && sum > most) {
			best, most = s, sum
		}
	}
	return best
}

// state tells the story against the edition that showed it last.
func (m *build) state(d *draft, was *shown) {
	switch {
	case len(d.changes) > 0: // whatever story the changed article is in now
		d.State, d.Was = Corrected, d.changes[0].was
		return
	case was == nil:
		d.State = New
		return
	}
	d.State, d.Was, d.WasOrigins = Update, was.ref(), len(was.story.Origins)
	if len(d.Origins) > d.WasOrigins {
		d.State = MoreOrigins
	}
}

// describe fills in what is counted of a story.
func (m *build) describe(d *draft) {
	weights, themes := map[string]float64{}, map[string]float64{}
	for i := range d.fresh {
		e := &d.fresh[i]
		d.Newest = latest(d.Newest, e.When())
		for _, a := range e.Actors {
			if known, _ := m.Actors.Actor(a.Actor); known.Kind != actor.Person {
				weights[a.Actor] += a.Weight
			}
		}
		for _, t := range e.Themes {
			themes[t.Theme] += t.Weight
		}
	}
	ids := mostly(weights, 3)
	if pair, ok := actor.ParseDyad(d.Subject.Dyad); ok { // a section's pair is named first
		ids = slices.DeleteFunc(ids, func(id string) bool { return id == pair.A || id == pair.B })
		ids = append([]string{pair.A, pair.B}, ids...)
	}
	for _, id := range ids {
		d.Actors = append(d.Actors, m.Actors.Name(id))
	}
	d.Themes = themeNames(mostly(themes, 2))
	d.Why = append(d.Why, d.Subject.Name+": "+d.Subject.why(d.lead.entry))
	d.Ratings = map[string]string{}
	for i := range d.all {
		p := &d.all[i].Publisher
		if p.Rating != "" && p.Rating != unrated {
			d.Ratings[p.Name] = p.Rating
		}
		if p.StateLinked && !slices.Contains(d.StateLinked, p.Name) {
			d.StateLinked = append(d.StateLinked, p.Name)
		}
	}
}

// unrated is the letter of an outlet that nobody rated: it cannot be judged.
const unrated = "F"

// mostly returns up to n keys that weigh at least half of the heaviest.
func mostly(weights map[string]float64, n int) []string {
	var most []string
	for _, k := range heaviest(weights, n) {
		if len(most) == 0 || weights[k] >= weights[most[0]]/2 {
			most = append(most, k)
		}
	}
	return most
}

// heaviest returns up to n keys, the heaviest first, names in order where even.
func heaviest(weights map[string]float64, n int) []string {
	keys := slices.SortedFunc(maps.Keys(weights), func(a, b string) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
	return keys[:min(n, len(keys))]
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
