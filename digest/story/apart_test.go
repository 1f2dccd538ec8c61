package story_test

import (
	"testing"
	"time"

	"attache/digest/story"
)

// apart enters three accounts of one event, of which the first is kept apart from
// the others, in stories of their own.
func apart(t *testing.T) *story.Window {
	t.Helper()
	w := story.NewWindow()
	others(w, 100, 20, noon)
	for id := range int64(3) {
		it := account(id+1, "ferry", 20, noon.Add(time.Duration(id)*time.Minute))
		it.Story, it.Apart = 7, []int64{-5}
		if id == 0 {
			it.Story, it.Apart = 9, []int64{5}
		}
		w.Add(it)
	}
	regroup(t, w)
	return w
}

// TestKeptApart holds that what is kept apart stays so, and keeps its stories, also
// when an account comes that is like both, and when all is grouped anew.
func TestKeptApart(t *testing.T) {
	w := apart(t)
	for from := int64(200); from < 260; from += 30 {
		if w.Story(1) != 9 || w.Story(2) != 7 || w.Story(3) != 7 {
			t.Fatalf("stories %d, %d, %d", w.Story(1), w.Story(2), w.Story(3))
		}
		w.Add(account(from/10, "ferry", 20, noon.Add(time.Hour)))
		regroup(t, w)
		if in := w.Story(from / 10); in != 7 && in != 9 {
			t.Errorf("an account like both is in story %d", in)
		}
		others(w, from, 30, noon)
		regroup(t, w)
	}
}

// TestKeptApartIsNoCopy holds that what is kept apart is not folded either.
func TestKeptApartIsNoCopy(t *testing.T) {
	w := apart(t)
	it := account(2, "ferry", 20, noon.Add(time.Hour))
	it.ID, it.Apart = 4, []int64{5}
	if c := w.Copy(it); c != nil {
		t.Errorf("it is a copy of %+v", c)
	}
	it.CopyOf = 2 // as was judged before
	w.Add(it)
	if regroup(t, w); w.Story(4) == w.Story(2) {
		t.Error("it is in the story of what it copied")
	}
}

// TestKeptApartFromAStory holds that a group takes no story, and merges with none,
// that it is kept apart from by articles of before the window.
func TestKeptApartFromAStory(t *testing.T) {
	w := story.NewWindow()
	w.KeepApart(7, []int64{-5})
	others(w, 100, 20, noon)
	for id := range int64(4) {
		it := account(id+1, "ferry", 12, noon.Add(time.Duration(id)*time.Minute))
		it.Story = 7 // they joined it later, and are the most
		if id == 0 {
			it.Story, it.Apart = 9, []int64{5}
		}
		w.Add(it)
	}
	g := regroup(t, w)
	if w.Story(1) != 9 || w.Story(2) != 9 || len(g.Merged) != 0 {
		t.Errorf("stories %d and %d, merged %v", w.Story(1), w.Story(2), g.Merged)
	}

	w = story.NewWindow() // neither of the two is there any more
	w.KeepApart(7, []int64{-5})
	w.KeepApart(9, []int64{5})
	others(w, 100, 20, noon)
	for id := range int64(2) {
		it := account(id+1, "ferry", 12, noon)
		it.Story = 7 + 2*id
		w.Add(it)
	}
	g = regroup(t, w)
	if w.Story(1) != 7 || w.Story(2) != 7 || len(g.Merged) != 0 {
		t.Errorf("stories %d and %d, merged %v", w.Story(1), w.Story(2), g.Merged)
	}
}
