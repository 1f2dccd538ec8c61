package story_test

import (
	"slices"
	"strings"
	"testing"

	"attache/digest/story"
	"attache/sources/newsroom"
)

// room returns the sample newsroom's articles of its first days as items, in
// order of publication, with the truth beside them.
func room() ([]story.Item, []newsroom.Article) {
	world := newsroom.New()
	world.SetDay(3)
	articles := world.Articles()
	slices.SortStableFunc(articles, func(a, b newsroom.Article) int { return a.Published.Compare(b.Published) })
	items := make([]story.Item, len(articles))
	for i, a := range articles {
		items[i] = story.Item{ID: int64(i + 1), Outlet: a.Outlet, Published: a.Published, Title: a.Title, Text: strings.Join(a.Text, "\n\n")}
	}
	return items, articles
}

func TestCopiesOfNewsroom(t *testing.T) {
	items, articles := room()
	groups := story.Copies(items)
	at := map[string]int{}
	for i, a := range articles {
		at[a.URL] = i
	}
	for i, a := range articles {
		of := a.CopyOf
		if of == "" {
			of = a.Corrects
		}
		if of == "" {
			continue
		}
		if j, ok := at[of]; ok && (groups[i] < 0 || groups[i] != groups[j]) {
			t.Errorf("%q (%s) is no copy of %q", a.Title, a.Outlet, articles[j].Title)
		}
	}
	events := map[int]string{}
	for i, g := range groups {
		if g < 0 {
			continue
		}
		if event, ok := events[g]; ok && event != articles[i].Event {
			t.Errorf("%q of %s is in a group of %s", articles[i].Title, articles[i].Event, event)
		}
		events[g] = articles[i].Event
		if articles[i].CopyOf == "" && articles[i].Corrects == "" && !slices.ContainsFunc(articles, func(o newsroom.Article) bool { return o.CopyOf == articles[i].URL || o.Corrects == articles[i].URL }) {
			t.Errorf("%q (%s) is in a copy group though nobody copied it", articles[i].Title, articles[i].Outlet)
		}
	}
}

func TestStoriesOfNewsroom(t *testing.T) {
	items, articles := room()
	truth := make([]string, len(items))
	for i, a := range articles {
		truth[i] = a.Event
		if a.Event == "" {
			truth[i] = a.URL
		}
	}
	groups, _ := story.Stories(items)
	if f := bcubed(truth, groups); f < .9 {
		t.Errorf("stories at once: B-cubed F1 %.3f", f)
	}

	w, grouped := story.NewWindow(), make([]int, len(items))
	for i, it := range items {
		if c := w.Copy(it); c != nil {
			it.CopyOf = c.Of
			if articles[i].Corrects != "" && c.Relation != story.Correction {
				t.Errorf("%q is a %s", it.Title, c.Relation)
			}
		}
		w.Add(it)
		if i == len(items)-1 || articles[i+1].Published.Day() != articles[i].Published.Day() {
			regroup(t, w)
		}
	}
	for i, it := range items {
		grouped[i] = int(w.Story(it.ID))
	}
	if f := bcubed(truth, grouped); f < .9 {
		t.Errorf("stories day by day: B-cubed F1 %.3f", f)
	}
}

// bcubed is the B-cubed F1 of groups against the truth (Bagga and Baldwin, 1998).
func bcubed(truth []string, groups []int) float64 {
	var precision, recall float64
	for i := range truth {
		var both, same, grouped float64
		for j := range truth {
			if truth[j] == truth[i] {
				same++
			}
			if groups[j] == groups[i] {
				grouped++
				if truth[j] == truth[i] {
					both++
				}
			}
		}
		precision += both / grouped
		recall += both / same
	}
	return 2 * precision * recall / (precision + recall) / float64(len(truth))
}
