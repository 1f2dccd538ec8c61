package story

import "slices"

// marks are the sides on which articles stand of what is kept apart.
type marks []int64

// and returns the marks of both.
func (m marks) and(o marks) marks {
	all := m
	for _, mark := range o {
		if !slices.Contains(all, mark) {
			all = append(slices.Clip(all), mark)
		}
	}
	return all
}

// against reports whether one stands where the other must not be.
func (m marks) against(o marks) bool {
	return slices.ContainsFunc(o, func(mark int64) bool { return slices.Contains(m, -mark) })
}

// apartFrom reports whether an article is kept apart from one of those that have
// the text of the one at place n.
func (w *Window) apartFrom(n int32, it *Item) bool {
	return len(it.Apart) > 0 && w.marks(w.holders[w.text[n]]).against(it.Apart)
}

// marks returns the marks of some articles.
func (w *Window) marks(articles []int32) (all marks) {
	for _, n := range articles {
		all = all.and(w.items[n].item.Apart)
	}
	return all
}

// storyMarks returns those of a story, also of its articles that are not in the
// window.
func (w *Window) storyMarks(story int64) marks {
	return w.marks(w.stories[story]).and(w.apart[story])
}

// KeepApart tells the marks of a story's articles (Item.Apart) that the window may
// not have.
func (w *Window) KeepApart(story int64, marks []int64) {
	w.apart[story] = w.apart[story].and(marks)
}
