package newsroom

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestEventsGrow holds what others build on: how many outlets report an event in
// their own words and how many reprint, Levant Wire left out while it is down.
func TestEventsGrow(t *testing.T) {
	type seen struct{ origins, reprints int }
	for _, x := range []struct {
		event      string
		day1, day2 seen
	}{
		{"air-defence", seen{2, 3}, seen{4, 4}},
		{"minister-visit", seen{3, 1}, seen{3, 1}},
		{"southern-line", seen{1, 0}, seen{4, 0}},
		{"border-commissions", seen{3, 1}, seen{3, 1}},
		{"yerevan-protest", seen{2, 0}, seen{2, 0}},
		{"ashkelon-tanker", seen{1, 0}, seen{2, 0}},
		{"astara-closed", seen{}, seen{2, 1}},
		{"syria-skies", seen{}, seen{2, 0}},
	} {
		w := New()
		for day, want := range []seen{x.day1, x.day2} {
			w.SetDay(day + 1)
			origins := map[string]bool{}
			reprints := 0
			for _, a := range w.Articles() {
				switch {
				case a.Event != x.event || day == 0 && a.Outlet == "Levant Wire":
				case a.CopyOf != "":
					reprints++
				default:
					origins[a.Outlet] = true
				}
			}
			if got := (seen{len(origins), reprints}); got != want {
				t.Errorf("%s, day %d: %+v, want %+v", x.event, day+1, got, want)
			}
		}
	}
}

func TestCorrection(t *testing.T) {
	byURL := map[string]Article{}
	var found []Article
	for _, a := range New().Articles() {
		byURL[a.URL] = a
		if strings.HasPrefix(a.Title, "CORRECTED: ") != (a.Corrects != "") {
			t.Errorf("%s: title %q, corrects %q", a.URL, a.Title, a.Corrects)
		}
		if a.Corrects != "" {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		t.Fatal("nothing is corrected on the first day")
	}
	for _, a := range found {
		of, ok := byURL[a.Corrects]
		if !ok || of.Outlet != a.Outlet || !of.Published.Before(a.Published) || slices.Equal(of.Text, a.Text) {
			t.Errorf("%s corrects %q", a.URL, a.Corrects)
		}
	}
}

// TestFiguresDiffer looks for the figures on which outlets don't agree.
func TestFiguresDiffer(t *testing.T) {
	w := New()
	for event, figures := range map[string][]string{
		"air-defence":     {"410 million dollars", "640 million dollars"},
		"yerevan-protest": {"detained five people", "Seven people were detained"},
	} {
		for _, f := range figures {
			if !slices.ContainsFunc(w.Articles(), func(a Article) bool {
				return a.Event == event && a.Outlet != "Levant Wire" && strings.Contains(strings.Join(a.Text, "\n"), f)
			}) {
				t.Errorf("%s: nobody says %q", event, f)
			}
		}
	}
}

// TestGap holds that nothing on Israel and Turkey is out between the first day
// of the backlog and the first morning.
func TestGap(t *testing.T) {
	events := map[string]Event{}
	w := New()
	for _, e := range w.Events() {
		events[e.Name] = e
	}
	for _, a := range w.Articles() {
		if slices.Contains(events[a.Event].Dyads, "ISR-TUR") && a.Published.After(Start().Add(-4*24*time.Hour)) {
			t.Errorf("%s fills the gap", a.URL)
		}
	}
}

// TestReadersAreTried looks for what a reader easily gets wrong: languages that are
// not English, and names that are easily taken for a country.
func TestReadersAreTried(t *testing.T) {
	langs := map[string]int{}
	for _, a := range New().Articles() {
		langs[a.Lang]++
	}
	if langs["az"] == 0 || langs["tr"] == 0 {
		t.Errorf("languages: %v", langs)
	}
	for _, event := range []string{"georgia-recount", "jordan-shoes", "thanksgiving-birds"} {
		if !slices.ContainsFunc(New().Articles(), func(a Article) bool { return a.Event == event }) {
			t.Errorf("no article on %s", event)
		}
	}
}
