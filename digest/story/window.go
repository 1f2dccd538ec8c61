package story

import (
	"slices"
	"time"
)

// Window holds recent articles with their stories. A new one is compared to them
// for copies ([Window.Copy]) and added; [Window.Regroup] then tells which stories
// they make. It is not safe for concurrent use.
type Window struct {
	field   *field
	items   []judged // in the order in which they were added
	place   map[int64]int32
	text    []int32   // by place in items: the text's place in the field
	holders [][]int32 // by place in the field: the articles that have the text
	copies  *candidates
	stories map[int64][]int32 // places of those that have one
	fresh   []int32           // places of what came since the last Regroup
	apart   map[int64]marks   // by story, of articles that may not be here
}

// NewWindow makes an empty window.
func NewWindow() *Window {
	return &Window{field: newField(), place: map[int64]int32{}, copies: newCandidates(), stories: map[int64][]int32{}, apart: map[int64]marks{}}
}

// Copy finds the article of the window whose text a new one has, nil where there
// is none. It doesn't add it. What is kept apart is no copy.
func (w *Window) Copy(it Item) *Copy {
	j := judge(&it)
	found, anew := map[int32]likeness{}, map[int32]bool{} // anew: texts of the outlet's own reports of other days
	near := w.copies.of(j.print)
	for _, n := range near {
		if w.items[n].item.ID != it.ID && !w.apartFrom(n, &it) {
			found[n] = compare(&j, &w.items[n])
			anew[w.text[n]] = anew[w.text[n]] || found[n].anew
		}
	}
	var older []judged
	var like []likeness
	for _, n := range near {
		if l := found[n]; l.copied && !anew[w.text[n]] {
			older, like = append(older, w.items[n]), append(like, l)
		}
	}
	if c, ok := original(&j, older, like); ok {
		return &c
	}
	return nil
}

// Add enters an article that the window doesn't have, with its story, and with
// the article that it copies. A copy is no voice of its own: it belongs to the
// story of its original, and has no part in saying what that is.
func (w *Window) Add(it Item) {
	j := judge(&it)
	n := int32(len(w.items))
	w.items, w.place[it.ID] = append(w.items, j), n
	w.copies.add(n, j.print)
	original, copied := w.place[it.CopyOf]
	if copied && !w.apartFrom(original, &it) {
		w.text = append(w.text, w.text[original])
		w.field.docs[w.text[n]].copies++
	} else {
		w.text = append(w.text, w.field.add(j.item))
		w.holders = append(w.holders, nil)
	}
	w.holders[w.text[n]] = append(w.holders[w.text[n]], n)
	if it.Story != 0 {
		w.stories[it.Story] = append(w.stories[it.Story], n)
	}
	w.fresh = append(w.fresh, n)
}

// Has reports whether an article is in the window.
func (w *Window) Has(article int64) bool {
	_, ok := w.place[article]
	return ok
}

// Story is the story of an article of the window, 0 where it has none.
func (w *Window) Story(article int64) int64 {
	if n, ok := w.place[article]; ok {
		return w.items[n].item.Story
	}
	return 0
}

// Since returns the window without what was published before a time, but for the
// latest articles, which stay, as many as least; and since when it has all. Where
// that leaves out little, it is the same window.
func (w *Window) Since(t time.Time, least int) (*Window, time.Time) {
	if len(w.items) <= least {
		return w, t
	}
	times := make([]time.Time, len(w.items))
	for i, j := range w.items {
		times[i] = j.item.Published
	}
	slices.SortFunc(times, func(a, b time.Time) int { return b.Compare(a) })
	if bound := times[max(least, 1)-1]; bound.Before(t) {
		t = bound
	}
	kept, _ := slices.BinarySearchFunc(times, t, func(a, t time.Time) int { return t.Compare(a) })
	for kept < len(times) && times[kept].Equal(t) {
		kept++
	}
	if kept*5 > len(times)*4 {
		return w, t
	}
	later := NewWindow()
	later.apart = w.apart
	for _, j := range w.items {
		if !j.item.Published.Before(t) {
			later.Add(*j.item)
		} else if len(j.item.Apart) > 0 {
			later.KeepApart(j.item.Story, j.item.Apart)
		}
	}
	return later, t
}

// Name gives a story that an article begins, which Regroup named by a negative
// number, the id under which it is kept.
func (w *Window) Name(begun, story int64) {
	w.stories[story], w.apart[story] = w.stories[begun], w.apart[begun]
	delete(w.stories, begun)
	delete(w.apart, begun)
	for _, n := range w.stories[story] {
		w.items[n].item.Story = story
	}
}

// move gives an article another story.
func (w *Window) move(n int32, story int64) {
	it := w.items[n].item
	if was := it.Story; was != 0 {
		w.stories[was] = slices.DeleteFunc(w.stories[was], func(m int32) bool { return m == n })
		if len(w.stories[was]) == 0 {
			delete(w.stories, was)
		}
	}
	it.Story = story
	w.stories[story] = append(w.stories[story], n)
}
