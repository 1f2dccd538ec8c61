package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// defaultSpan is how far back a story is joined.
const defaultSpan = 5 * 24 * time.Hour

// Window holds the recent articles with their stories; each new one is compared
// to them. It is not safe for concurrent use.
type Window struct {
	span   time.Duration
	field  *field
	items  []judged // by place in the field
	place  map[int64]int32
	copies *candidates
	newest time.Time
}

// NewWindow makes an empty window over this span, five days where it is zero.
func NewWindow(span time.Duration) *Window {
	if span <= 0 {
		span = defaultSpan
	}
	return &Window{span: span, field: newField(), place: map[int64]int32{}, copies: newCandidates()}
}

// Add enters an article with its story. An article that is known keeps its place
// and gets the story given now; its text is not read again.
func (w *Window) Add(it Item) {
	if n, ok := w.place[it.ID]; ok {
		w.items[n].item.Story = it.Story
		return
	}
	n := int32(len(w.items))
	j := judge(&it)
	w.place[it.ID] = n
	w.items = append(w.items, j)
	w.copies.add(n, j.print)
	w.field.add(w.field.words.bag(&it), it.Published)
	w.field.enter(n)
	if it.Published.After(w.newest) {
		w.newest = it.Published
	}
}

// Join judges a new article by those in the window; it does not add it. A copy
// belongs to the story of its original; another article to the story that it is
// most like on average, if it is like enough.
func (w *Window) Join(it Item) Joined {
	w.field.settle()
	j := judge(&it)
	if c, of, ok := w.copyOf(&j); ok {
		return Joined{Copy: &c, Story: w.items[of].item.Story, Score: c.Share, Why: "the text of an article of this story: " + c.Why}
	}
	return w.story(&it)
}

// copyOf finds the article that a new one copies.
func (w *Window) copyOf(j *judged) (Copy, int32, bool) {
	var older []judged
	var like []likeness
	for _, n := range w.copies.of(j.print) {
		if w.items[n].item.ID == j.item.ID {
			continue
		}
		if l := compare(j, &w.items[n]); l.copied {
			older, like = append(older, w.items[n]), append(like, l)
		}
	}
	c, ok := original(j, older, like)
	return c, w.place[c.Of], ok
}

// vote is what the outlets of a story say to a new article.
type vote struct {
	story   int64
	outlets map[string]float32 // the likeness of each outlet's nearest article
	sum     float32
	best    edge
}

// story finds the story that an article belongs to.
func (w *Window) story(it *Item) Joined {
	b := w.field.words.bag(it)
	w.field.grow()
	edges := w.field.alike(b, it.Published)
	d := doc{}
	for _, e := range edges {
		if w.items[e.to].item.ID != it.ID {
			d.meet(e.like)
		}
	}
	votes := map[int64]*vote{}
	for _, e := range edges {
		other := w.items[e.to].item
		if other.ID == it.ID || other.Story == 0 || w.expired(other, it) {
			continue
		}
		like := measured(e.like, d.crowding(), w.field.docs[e.to].crowding()) * acting(it.Actors, other.Actors)
		v := votes[other.Story]
		if v == nil {
			v = &vote{story: other.Story, outlets: map[string]float32{}}
			votes[other.Story] = v
		}
		v.hear(cmp.Or(other.Via, other.Outlet), edge{e.to, like})
	}
	return w.choose(b, votes)
}

// hear counts an outlet's nearest article only, so that who writes much does not
// pull the story.
func (v *vote) hear(outlet string, e edge) {
	if e.like > v.best.like {
		v.best = e
	}
	if before := v.outlets[outlet]; e.like > before {
		v.outlets[outlet] = e.like
		v.sum += e.like - before
	}
}

// score is the average of the outlets' votes, those that see no likeness at all
// left out: an old story has many that wrote of its beginning only.
func (v *vote) score() float32 { return v.sum / float32(len(v.outlets)) }

func (w *Window) choose(b bag, votes map[int64]*vote) Joined {
	var best *vote
	for _, v := range votes {
		if best == nil || v.score() > best.score() || v.score() == best.score() && v.story < best.story {
			best = v
		}
	}
	if best == nil {
		return Joined{Why: "no article of the window is like it"}
	}
	shared := w.field.shared(b, w.field.docs[best.best.to].bag)
	score := float64(best.score())
	if best.score() < w.field.threshold() {
		return Joined{Score: score, Why: fmt.Sprintf("the nearest story shares only: %s", strings.Join(shared, ", "))}
	}
	return Joined{Story: best.story, Score: score, Why: "shares: " + strings.Join(shared, ", ")}
}

// expired reports whether an article is too old for a new one to join its story.
func (w *Window) expired(old, it *Item) bool {
	return !old.Published.IsZero() && !it.Published.IsZero() && it.Published.Sub(old.Published).Abs() > w.span
}

// acting weighs a likeness by the actors of both: the same words about others
// are another story. It is 1 where one of them has none.
func acting(a, b []string) float32 {
	if len(a) == 0 || len(b) == 0 {
		return 1
	}
	same := 0
	for _, actor := range a {
		if slices.Contains(b, actor) {
			same++
		}
	}
	return .75 + .35*float32(same)/float32(min(len(a), len(b)))
}
