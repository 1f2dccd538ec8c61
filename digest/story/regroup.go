package story

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// negligible is the part of the threshold below which a likeness is left out, and
// reach the part from which on a new article has a story looked at again.
const (
	negligible = .25
	reach      = .5
)

// Placed is an article that has a story, or another one than before.
type Placed struct {
	Article int64
	Story   int64 // -9 is the story that article 9 begins
	Why     string
}

// Merged is a story that goes on in another.
type Merged struct {
	Story int64
	Into  int64 // -9 is the story that article 9 begins
}

// Grouping is what a Regroup changed.
type Grouping struct {
	Placed []Placed // in order of article
	Merged []Merged // in order of story
}

// Regroup tells which stories the window's articles make, by average-link
// clustering, and moves them there. All are asked once the window has grown by a
// fifth since the last time; else those that are near the articles added since,
// with all of their stories.
//
// A group keeps the story that most of its weight was in, an outlet being one
// vote; of two that are even, the older. A story that no group keeps goes on in
// the group that has most of it. What is kept apart is in no group together, nor
// is a group in a story that it is kept apart from.
func (w *Window) Regroup() Grouping {
	var texts []int32
	if w.field.settle() {
		texts = make([]int32, len(w.field.docs))
		for n := range texts {
			texts[n] = int32(n)
		}
	} else {
		texts = w.affected()
	}
	w.fresh = w.fresh[:0]
	groups := w.groups(texts)
	return w.assign(groups)
}

// affected returns the texts whose groups the fresh articles may change, in order:
// of every story that one of them is somewhat like, all.
func (w *Window) affected() []int32 {
	reached := map[int32]bool{}
	var queue []int32
	visit := func(text int32) {
		if !reached[text] {
			reached[text] = true
			queue = append(queue, text)
		}
	}
	for _, n := range w.fresh {
		text := w.text[n]
		visit(text)
		for _, e := range w.field.docs[text].near {
			if w.field.measure(text, e) >= w.field.threshold*reach {
				visit(e.to)
			}
		}
	}
	for i := 0; i < len(queue); i++ {
		for _, n := range w.holders[queue[i]] {
			for _, m := range w.stories[w.items[n].item.Story] {
				visit(w.text[m])
			}
		}
	}
	slices.Sort(queue)
	return queue
}

// groups clusters texts, and returns the articles of each group, the earliest
// first.
func (w *Window) groups(texts []int32) [][]int32 {
	place := make(map[int32]int32, len(texts))
	for i, text := range texts {
		place[text] = int32(i)
	}
	least := w.field.threshold * negligible
	edges, apart := make([]map[int32]float32, len(texts)), make([]marks, len(texts))
	for i, text := range texts {
		edges[i], apart[i] = map[int32]float32{}, w.marks(w.holders[text])
		for _, e := range w.field.docs[text].near {
			to, ok := place[e.to]
			if !ok {
				continue
			}
			if like := w.field.measure(text, e); like >= least {
				edges[i][to] = like
			}
		}
	}
	var groups [][]int32
	number := map[int]int{}
	for i, first := range link(edges, apart, w.field.threshold) {
		g, ok := number[first]
		if !ok {
			g = len(groups)
			number[first], groups = g, append(groups, nil)
		}
		groups[g] = append(groups[g], w.holders[texts[i]]...)
	}
	for _, g := range groups {
		slices.SortFunc(g, w.earlier)
	}
	slices.SortFunc(groups, func(a, b []int32) int { return w.earlier(a[0], b[0]) })
	return groups
}

// earlier orders articles by publication, then by id.
func (w *Window) earlier(a, b int32) int {
	x, y := w.items[a].item, w.items[b].item
	return cmp.Or(x.Published.Compare(y.Published), cmp.Compare(x.ID, y.ID))
}

// claim is a group's hold on a story.
type claim struct {
	group  int
	story  int64
	weight int // outlets
}

// claims lists what part of which story each group has, the greatest first.
func (w *Window) claims(groups [][]int32) []claim {
	var all []claim
	for g, members := range groups {
		outlets := map[int64]map[string]bool{}
		for _, n := range members {
			it := w.items[n].item
			if it.Story == 0 {
				continue
			}
			if outlets[it.Story] == nil {
				outlets[it.Story] = map[string]bool{}
			}
			outlets[it.Story][cmp.Or(it.Via, it.Outlet, strconv.FormatInt(it.ID, 10))] = true
		}
		for story, of := range outlets {
			all = append(all, claim{g, story, len(of)})
		}
	}
	slices.SortFunc(all, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.story, b.story), cmp.Compare(a.group, b.group))
	})
	return all
}

// assign gives each group its story, and moves the articles.
func (w *Window) assign(groups [][]int32) Grouping {
	claims := w.claims(groups)
	story, apart := make([]int64, len(groups)), make([]marks, len(groups))
	for g, members := range groups {
		apart[g] = w.marks(members)
	}
	kept := map[int64]bool{}
	for _, c := range claims {
		if of := w.storyMarks(c.story); story[c.group] == 0 && !kept[c.story] && !of.against(apart[c.group]) {
			story[c.group], kept[c.story], apart[c.group] = c.story, true, apart[c.group].and(of)
		}
	}
	var out Grouping
	for g, members := range groups {
		if story[g] == 0 {
			story[g] = -w.items[members[0]].item.ID
		}
	}
	for _, c := range claims {
		if of := w.storyMarks(c.story); !kept[c.story] && !of.against(apart[c.group]) {
			out.Merged, kept[c.story], apart[c.group] = append(out.Merged, Merged{c.story, story[c.group]}), true, apart[c.group].and(of)
			w.KeepApart(story[c.group], of)
		}
	}
	for g, members := range groups {
		for _, n := range members {
			if it := w.items[n].item; it.Story != story[g] {
				out.Placed = append(out.Placed, Placed{it.ID, story[g], w.why(n, members)})
			}
		}
	}
	for _, p := range out.Placed {
		w.move(w.place[p.Article], p.Story)
	}
	slices.SortFunc(out.Placed, func(a, b Placed) int { return cmp.Compare(a.Article, b.Article) })
	slices.SortFunc(out.Merged, func(a, b Merged) int { return cmp.Compare(a.Story, b.Story) })
	return out
}

// why says what an article has in common with the nearest of its group.
func (w *Window) why(n int32, members []int32) string {
	text, moved := w.text[n], ""
	if w.items[n].item.Story != 0 {
		moved = "moved here when more was known; "
	}
	if len(w.holders[text]) > 1 && w.holders[text][0] != n {
		return moved + "it has the text of an article of this story"
	}
	inside := map[int32]bool{}
	for _, m := range members {
		inside[w.text[m]] = true
	}
	delete(inside, text)
	best, alone := edge{to: -1}, len(inside) == 0
	for _, e := range w.field.docs[text].near {
		e.like = w.field.measure(text, e)
		if (alone || inside[e.to]) && (best.to < 0 || e.like > best.like || e.like == best.like && e.to < best.to) {
			best = e
		}
	}
	if best.to < 0 {
		return moved + "begins a story: no article of the last days is like it"
	}
	terms := w.field.shared(w.field.docs[text].bag, w.field.docs[best.to].bag)
	shared := strings.Join(w.field.words.written(w.items[w.holders[text][0]].item, terms), ", ")
	if alone {
		return moved + "begins a story: the nearest one shares only: " + shared
	}
	return moved + "shares: " + shared
}
