package story_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"attache/digest/story"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// regroup groups a window as an indexer does, which keeps new stories under a
// name of their own: here, a thousand and the founder.
func regroup(t *testing.T, w *story.Window) story.Grouping {
	t.Helper()
	g := w.Regroup()
	begun := map[int64]bool{}
	for i := range g.Placed {
		begun[g.Placed[i].Story] = true
		if g.Placed[i].Why == "" {
			t.Errorf("no reason why article %d is in its story", g.Placed[i].Article)
		}
	}
	for id := range begun {
		if id < 0 {
			w.Name(id, 1000-id)
		}
	}
	return g
}

// account is an article on a subject, in words that only its accounts have; the
// rest of its words, as many as apart, are its own.
func account(id int64, subject string, apart int, at time.Time) story.Item {
	var words []string
	for i := range 40 - apart {
		words = append(words, fmt.Sprintf("%s%dx", subject, i))
	}
	for i := range apart {
		words = append(words, fmt.Sprintf("own%dx%dy", id, i))
	}
	return story.Item{
		ID: id, Outlet: fmt.Sprint("Outlet ", id), Published: at,
		Title: strings.Join(words[:5], " "), Text: strings.Join(words, " and "),
	}
}

// others are articles of no common subject, so that words can be rare.
func others(w *story.Window, from int64, n int, at time.Time) {
	for i := range int64(n) {
		w.Add(account(from+i, fmt.Sprintf("other%dz", from+i), 5, at))
	}
}

// mixed is an article half on one subject, half on another.
func mixed(id int64, a, b string, at time.Time) story.Item {
	x, y := account(id, a, 2, at), account(id, b, 2, at)
	x.Text, x.Title = x.Text+" and "+y.Text, x.Title+" "+y.Title
	return x
}

func TestStoryGoesOnUnderItsID(t *testing.T) {
	w := story.NewWindow()
	others(w, 100, 20, noon)
	w.Add(account(1, "ferry", 20, noon))
	w.Add(account(2, "ferry", 20, noon.Add(time.Hour)))
	regroup(t, w)
	first := w.Story(1)
	if first == 0 || w.Story(2) != first {
		t.Fatalf("two accounts of one event are in the stories %d and %d", first, w.Story(2))
	}
	w.Add(account(3, "ferry", 20, noon.Add(20*time.Hour)))
	g := regroup(t, w)
	if len(g.Placed) != 1 || g.Placed[0].Article != 3 || g.Placed[0].Story != first || !strings.Contains(g.Placed[0].Why, "ferry") {
		t.Errorf("the next day's account: %+v", g)
	}
	if again := regroup(t, w); len(again.Placed)+len(again.Merged) != 0 {
		t.Errorf("grouped again, without an article more: %+v", again)
	}
}

// TestStoriesMerge holds that two stories of one event become one, under the id
// of the heavier, an outlet being one vote.
func TestStoriesMerge(t *testing.T) {
	w := story.NewWindow()
	others(w, 100, 20, noon)
	add := func(id, in int64, outlet string) {
		it := account(id, "ferry", 12, noon.Add(time.Duration(id)*time.Minute))
		it.Story, it.Outlet = in, outlet
		w.Add(it)
	}
	add(1, 7, "Talker")
	add(2, 7, "Talker")
	add(3, 7, "Talker")
	add(4, 9, "Lume Post")
	add(5, 9, "Isle TV")
	g := regroup(t, w)
	for id := range int64(5) {
		if got := w.Story(id + 1); got != 9 {
			t.Errorf("article %d is in story %d, want 9", id+1, got)
		}
	}
	if want := []story.Merged{{Story: 7, Into: 9}}; !slices.Equal(g.Merged, want) {
		t.Errorf("merged %v, want %v", g.Merged, want)
	}
	for _, p := range g.Placed {
		if p.Article <= 3 && !strings.HasPrefix(p.Why, "moved here when more was known; shares: ") {
			t.Errorf("article %d: %q", p.Article, p.Why)
		}
	}
}

// TestWhyIsInWordsAsWritten holds that people are shown words, and no stems.
func TestWhyIsInWordsAsWritten(t *testing.T) {
	w := story.NewWindow()
	others(w, 100, 20, noon)
	for id, text := range []string{
		"The ministry agreed on batteries for four ferries.",
		"Companies that sail the sound welcomed batteries, which ferries had long wanted.",
	} {
		w.Add(story.Item{ID: int64(id + 1), Outlet: "Lume Post", Published: noon.Add(time.Duration(id) * time.Hour), Title: "Batteries for ferries", Text: text})
	}
	for _, p := range regroup(t, w).Placed {
		_, shared, _ := strings.Cut(p.Why, "shares: ")
		if words := strings.Split(shared, ", "); p.Article < 3 && (!slices.Contains(words, "batteries") || !slices.Contains(words, "ferries")) {
			t.Errorf("article %d: %q", p.Article, p.Why)
		}
	}
}

// TestEvenStoriesKeepTheOlder holds the tie.
func TestEvenStoriesKeepTheOlder(t *testing.T) {
	w := story.NewWindow()
	others(w, 100, 20, noon)
	for id, in := range map[int64]int64{1: 9, 2: 7} {
		it := account(id, "ferry", 12, noon)
		it.Story = in
		w.Add(it)
	}
	regroup(t, w)
	if w.Story(1) != 7 || w.Story(2) != 7 {
		t.Errorf("stories %d and %d, want the older, 7", w.Story(1), w.Story(2))
	}
}

// TestStorySplits holds that what was thought one event and is two becomes two,
// and that the heavier part keeps the id.
func TestStorySplits(t *testing.T) {
	w := story.NewWindow()
	others(w, 100, 20, noon)
	for id := range int64(5) {
		subject := "ferry"
		if id >= 3 {
			subject = "budget"
		}
		it := account(id+1, subject, 12, noon.Add(time.Duration(id)*time.Minute))
		it.Story = 7
		w.Add(it)
	}
	g := regroup(t, w)
	if w.Story(1) != 7 || w.Story(3) != 7 {
		t.Errorf("the heavier part is in story %d", w.Story(1))
	}
	if own := w.Story(4); own == 7 || own != w.Story(5) {
		t.Errorf("the lighter part is in the stories %d and %d", own, w.Story(5))
	}
	if len(g.Merged) != 0 {
		t.Errorf("merged %v", g.Merged)
	}
}

// TestNearStoriesAreLookedAtAgain holds that a wrong membership near a new article
// is put right, also when the window as a whole is not grouped anew.
func TestNearStoriesAreLookedAtAgain(t *testing.T) {
	w := story.NewWindow()
	others(w, 100, 60, noon)
	w.Add(account(1, "ferry", 12, noon))
	w.Add(account(2, "budget", 12, noon))
	regroup(t, w)
	wrong := account(3, "ferry", 12, noon)
	wrong.Story = w.Story(2) // as another indexer had judged it
	w.Add(wrong)
	regroup(t, w)
	if w.Story(3) != w.Story(1) || w.Story(2) == w.Story(1) {
		t.Errorf("stories %d, %d, %d", w.Story(1), w.Story(2), w.Story(3))
	}
	w.Add(mixed(4, "ferry", "budget", noon))
	if g := regroup(t, w); len(g.Placed) != 1 || len(g.Merged) != 0 {
		t.Errorf("an account of both events moved others: %+v", g)
	}
}

// TestCopiesAreOneVoice holds that reprints follow their original, and do not
// drown another outlet's account.
func TestCopiesAreOneVoice(t *testing.T) {
	w := story.NewWindow()
	others(w, 100, 20, noon)
	w.Add(account(1, "ferry", 20, noon))
	for id := range int64(6) {
		it := account(1, "ferry", 20, noon.Add(time.Minute))
		it.ID, it.Outlet = id+2, fmt.Sprint("Reprinter ", id)
		c := w.Copy(it)
		if c == nil || c.Of != 1 {
			t.Fatalf("a reprint is a copy of %+v", c)
		}
		it.CopyOf = c.Of
		w.Add(it)
	}
	w.Add(account(20, "ferry", 20, noon.Add(2*time.Hour)))
	g := regroup(t, w)
	for _, id := range []int64{2, 7, 20} {
		if w.Story(id) != w.Story(1) {
			t.Errorf("article %d is in story %d, want %d", id, w.Story(id), w.Story(1))
		}
	}
	if i := slices.IndexFunc(g.Placed, func(p story.Placed) bool { return p.Article == 2 }); g.Placed[i].Why != "it has the text of an article of this story" {
		t.Errorf("a reprint: %q", g.Placed[i].Why)
	}
}

// TestSinceForgets holds that a window goes on without its oldest articles.
func TestSinceForgets(t *testing.T) {
	w := story.NewWindow()
	others(w, 100, 30, noon)
	others(w, 200, 30, noon.Add(240*time.Hour))
	regroup(t, w)
	if same, _ := w.Since(noon.Add(time.Hour), 50); same != w {
		t.Error("a window that has few articles has lost some")
	}
	later, since := w.Since(noon.Add(time.Hour), 10)
	if later.Has(100) || !later.Has(229) || !since.Equal(noon.Add(time.Hour)) {
		t.Errorf("it has the old one: %v, the new one: %v, since %s", later.Has(100), later.Has(229), since)
	}
	if later.Story(200) != w.Story(200) {
		t.Errorf("a story is %d, was %d", later.Story(200), w.Story(200))
	}
}
