package story

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// voters is how many of a story's articles, the latest, say what belongs to it.
const voters = 24

// defaultSpan is how far back a story is joined.
const defaultSpan = 5 * 24 * time.Hour

// Window holds the recent articles with their stories; each new one is compared
// to them. It is not safe for concurrent use.
type Window struct {
	span    time.Duration
	field   *field
	items   []judged // by place in the field
	place   map[int64]int32
	copies  *candidates
	stories map[int64][]int32 // places, in the order in which they were added
}

// NewWindow makes an empty window over this span, five days where it is zero.
func NewWindow(span time.Duration) *Window {
	if span <= 0 {
		span = defaultSpan
	}
	return &Window{span: span, field: newField(), place: map[int64]int32{}, copies: newCandidates(), stories: map[int64][]int32{}}
}

// Add enters an article with its story. An article that is known keeps its place
// and gets the story given now; its text is not read again.
func (w *Window) Add(it Item) {
	if n, ok := w.place[it.ID]; ok {
		w.move(n, it.Story)
		return
	}
	n := int32(len(w.items))
	j := judge(&it)
	w.place[it.ID] = n
	w.items = append(w.items, j)
	w.copies.add(n, j.print)
	w.field.add(w.field.words.bag(&it), it.Published)
	w.field.enter(n)
	w.stories[it.Story] = append(w.stories[it.Story], n)
}

// move gives an article another story.
func (w *Window) move(n int32, story int64) {
	it := w.items[n].item
	if it.Story == story {
		return
	}
	w.stories[it.Story] = slices.DeleteFunc(w.stories[it.Story], func(m int32) bool { return m == n })
	it.Story = story
	w.stories[story] = append(w.stories[story], n)
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
	likes := make(map[int32]float32, len(edges)) // by place
	nearest := map[int64]edge{}                  // by story
	for _, e := range edges {
		other := w.items[e.to].item
		if other.ID == it.ID || other.Story == 0 || w.expired(other, it) {
			continue
		}
		like := min(1, measured(e.like, d.crowding(), w.field.docs[e.to].crowding())*acting(it.Actors, other.Actors))
		likes[e.to] = like
		if like > nearest[other.Story].like {
			nearest[other.Story] = edge{e.to, like}
		}
	}
	return w.choose(it, b, likes, nearest)
}

// choose takes the story that is most like the article on average, if it is like
// enough; of two that are alike, the older.
func (w *Window) choose(it *Item, b bag, likes map[int32]float32, nearest map[int64]edge) Joined {
	var best int64
	var score float32
	for story := range nearest {
		if s := w.score(it, story, likes); best == 0 || s > score || s == score && story < best {
			best, score = story, s
		}
	}
	if best == 0 {
		return Joined{Why: "no article of the window is like it"}
	}
	shared := strings.Join(w.field.shared(b, w.field.docs[nearest[best].to].bag), ", ")
	if score < w.field.threshold*w.foresight() {
		return Joined{Score: float64(score), Why: "begins a story: the nearest one shares only: " + shared}
	}
	return Joined{Story: best, Score: float64(score), Why: "shares: " + shared}
}

// score is how like an article is to a story on average. Each outlet has one
// vote, the average of what it wrote, so that who writes much does not pull the
// story; and only the latest articles vote, as a story moves on.
func (w *Window) score(it *Item, story int64, likes map[int32]float32) float32 {
	type vote struct {
		sum float32
		n   int
	}
	members := w.stories[story]
	votes := map[string]vote{}
	for i := len(members) - 1; i >= 0 && i >= len(members)-voters; i-- {
		other := w.items[members[i]].item
		if other.ID == it.ID || w.expired(other, it) {
			continue
		}
		outlet := cmp.Or(other.Via, other.Outlet, strconv.FormatInt(other.ID, 10))
		v := votes[outlet]
		votes[outlet] = vote{v.sum + likes[members[i]], v.n + 1}
	}
	sum := float32(0)
	for _, outlet := range slices.Sorted(maps.Keys(votes)) {
		sum += votes[outlet].sum / float32(votes[outlet].n)
	}
	return sum / float32(max(len(votes), 1))
}

// foresight is how much more like a story a new article must be than its members
// are to each other: what comes later, and might tell two stories apart, is not
// known yet, the less the fewer articles there are.
func (w *Window) foresight() float32 {
	return 1.12 + float32(.5*math.Exp(-float64(len(w.items))/20))
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
