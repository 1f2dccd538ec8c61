package digest_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/theme"
	"attache/sources"
	"attache/sources/text"
)

var morning = time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC)

// bench is a desk over an archive of its own.
type bench struct {
	t       *testing.T
	archive *archive.Archive
	actors  *actor.Catalogue
	desk    *digest.Desk
}

func newBench(t *testing.T, a *archive.Archive) *bench {
	actors := actor.Load()
	return &bench{t, a, actors, &digest.Desk{
		Name: "Straits", Follow: []digest.Subject{digest.FollowActor(actors, "NOR"), digest.FollowThemes("gas", []string{"gas"})},
	}}
}

// keep stores an article as a source of its outlet showed it at a time, and
// indexes it.
func (b *bench) keep(outlet, slug, title, body string, published, seen time.Time, backlog bool) {
	b.t.Helper()
	ctx := context.Background()
	url := "https://" + slug + ".example/a"
	found := []sources.Found{{
		Article: sources.Article{
			URL: url, Outlet: outlet, Title: title, Text: body, Lang: "en",
			Published: text.Date{At: published}, Seen: seen, Changed: seen, Backlog: backlog,
		},
		Sighting: sources.Sighting{Source: outlet, GUID: url, URL: url, Seen: seen},
	}}
	state := sources.State{FirstPoll: seen, LastPoll: seen, LastOK: seen}
	if _, _, err := b.archive.Keep(ctx, sources.Source{Name: outlet, Outlet: outlet}, sources.Outlet{Name: outlet}, state, found); err != nil {
		b.t.Fatal(err)
	}
	x := digest.Indexer{Archive: b.archive, Actors: b.actors, Themes: theme.NewTagger(b.actors)}
	if _, err := x.Index(ctx); err != nil {
		b.t.Fatal(err)
	}
}

// edition builds and stores the edition of a morning.
func (b *bench) edition(due time.Time) *digest.Digest {
	b.t.Helper()
	ctx := context.Background()
	builder := digest.Builder{Archive: b.archive, Actors: b.actors}
	d, err := builder.Build(ctx, b.desk, digest.Window{Due: due, Until: due})
	if err != nil {
		b.t.Fatal(err)
	}
	if err := digest.Store(ctx, b.archive, d); err != nil {
		b.t.Fatal(err)
	}
	return d
}

// leads lists the sentences that stand for the stories, in order of the alphabet.
func leads(d *digest.Digest) []string {
	var all []string
	for i := range d.Stories {
		all = append(all, d.Stories[i].Lead.Sentence.Text)
	}
	slices.Sort(all)
	return all
}

const (
	ferries = "Norway stopped the ferries to its northern isles on Monday after divers found a loose cable, the Norwegian coast guard said."
	budget  = "Norway will spend 40 million crowns on new lifeboats next year, the Norwegian finance ministry said."
	whales  = "Norway counted fewer whales this autumn than in any year since 1990, a Norwegian institute said."
)

// Two more, like nothing else here.
const (
	chess  = "Norway won the chess olympiad for the first time, the Norwegian federation said."
	school = "A wooden schoolhouse in Bergen burnt down at night, Norway's fire service said."
)

// more makes the articles unlike, so that each is a story.
var more = map[string]string{
	"ferries": "\n\nThe crossing from Bodo stays shut until a cable ship arrives. Islanders were flown out by helicopter. Fishermen kept to the inner fjord.",
	"budget":  "\n\nParliament votes on taxes in March. Treasury clerks costed engines, hulls and crews. The auditor had asked for newer vessels.",
}

// TestNews holds what is news in an edition, on both databases.
func TestNews(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b := newBench(t, a)
		hour := time.Hour
		b.keep("Lume Post", "fresh", "Ferries stop", ferries+more["ferries"], morning.Add(-5*hour), morning.Add(-4*hour), false)
		b.keep("Isle TV", "late", "Lifeboats", budget+more["budget"], morning.Add(-60*hour), morning.Add(-hour), false)
		b.keep("Strait Wire", "backlog", "Whales", whales, morning.Add(-30*hour), morning.Add(-hour), true)
		b.keep("Quay Herald", "old", "Norway's Oslo tram turns 150",
			"Oslo's tram in Norway turned 150 years old, the Norwegian transport museum said.", morning.Add(-100*hour), morning.Add(-hour), false)

		if diff := cmp.Diff([]string{ferries, budget}, leads(b.edition(morning))); diff != "" {
			t.Errorf("the first edition: %s", diff)
		}
		if d := b.edition(morning.Add(24 * hour)); !d.Quiet() || d.Number != 2 {
			t.Errorf("edition %d tells again: %v", d.Number, leads(d))
		}
	})
}

// TestChangedArticle holds that what an edition showed and an outlet changed is
// told, beside what was shown, and that another change is not.
func TestChangedArticle(t *testing.T) {
	b := newBench(t, archivetest.Open(t))
	day := 24 * time.Hour
	body := budget + "\n\nThe ministry gave no other figures."
	b.keep("Isle TV", "changed", "Lifeboats", body, morning.Add(-time.Hour), morning.Add(-time.Hour), false)
	b.edition(morning)

	b.keep("Isle TV", "changed", "Lifeboats", body+" It will say more in May.", morning.Add(-time.Hour), morning.Add(time.Hour), false)
	if d := b.edition(morning.Add(day)); !d.Quiet() {
		t.Errorf("a change that nobody was shown is told: %v", leads(d))
	}

	const now = "Norway will spend 90 million crowns on new lifeboats next year, the Norwegian finance ministry said."
	b.keep("Isle TV", "changed", "Lifeboats", now, morning.Add(-time.Hour), morning.Add(day+time.Hour), false)
	b.keep("Quay Herald", "new", "Ferries stop", ferries+more["ferries"], morning.Add(day+time.Hour), morning.Add(day+time.Hour), false)
	d := b.edition(morning.Add(2 * day))
	if len(d.Stories) != 2 || // what no longer stands comes before what is new
		d.Stories[0].State != digest.Corrected || d.Stories[0].Was != "1.1" {
		t.Fatalf("the correction isn't told: %+v", d.Stories)
	}
	s := d.Stories[0]
	if s.Lead.Sentence.Text != now || len(s.Changes) != 1 || s.Changes[0].Had.Sentence.Text != budget {
		t.Errorf("it reads %q, had %+v", s.Lead.Sentence.Text, s.Changes)
	}
}

func TestOneEditionForEachDueTime(t *testing.T) {
	b := newBench(t, archivetest.Open(t))
	d := b.edition(morning)
	if err := digest.Store(context.Background(), b.archive, d); !errors.Is(err, archive.ErrEditionExists) {
		t.Errorf("stored twice: %v", err)
	}
}

// TestEditionsGoOnFromTheLast: an edition that is due before another one was built
// comes after it all the same, as when it is late, or the clock was put back.
func TestEditionsGoOnFromTheLast(t *testing.T) {
	b := newBench(t, archivetest.Open(t))
	early := morning.Add(-2 * time.Hour)
	b.keep("Lume Post", "first", "Ferries stop", ferries+more["ferries"], early, early, false)
	b.edition(morning.Add(time.Hour))
	b.keep("Isle TV", "second", "Lifeboats", budget+more["budget"], early, early, false)
	for i, want := range [][]string{{budget}, nil} {
		d := b.edition(morning.Add(time.Duration(i) * time.Minute))
		if diff := cmp.Diff(want, leads(d)); diff != "" || d.Number != i+2 {
			t.Errorf("edition %d: %s", d.Number, diff)
		}
	}
}

// TestNoArticleFallsBetween holds that what came while an edition was built is in
// the next one.
func TestNoArticleFallsBetween(t *testing.T) {
	b := newBench(t, archivetest.Open(t))
	b.keep("Lume Post", "between", "Ferries stop", ferries, morning.Add(-time.Hour), morning.Add(time.Minute), false)
	if d := b.edition(morning); !d.Quiet() {
		t.Errorf("the edition has what was seen after it was built: %v", leads(d))
	}
	if diff := cmp.Diff([]string{ferries}, leads(b.edition(morning.Add(24*time.Hour)))); diff != "" {
		t.Errorf("the next edition: %s", diff)
	}
}

// TestUpdateHasNewFigures holds that a story which goes on with another figure
// shows it beside the one before, and that one which repeats its figure does not.
func TestUpdateHasNewFigures(t *testing.T) {
	for price, want := range map[string]int{"55": 1, "40": 0} {
		b := newBench(t, archivetest.Open(t))
		b.store(wires()...)
		const boats = "Norway's rescue society ordered new lifeboats from a Bergen shipyard, the society said. The price of the lifeboats is 40 million dollars, the shipyard said."
		b.keep("Isle TV", "first", "Norway's rescue society orders lifeboats", boats, morning.Add(-3*time.Hour), morning.Add(-2*time.Hour), false)
		b.edition(morning)
		at := morning.Add(5 * time.Hour)
		b.keep("Isle TV", "second", "Lifeboats for Norway's rescue society are built",
			"Bergen's shipyard began to build the lifeboats that Norway's rescue society ordered. The price of the lifeboats is "+price+" million dollars, the society's treasurer said on Tuesday.", at, at, false)
		d := b.edition(morning.Add(24 * time.Hour))
		if len(d.Stories) != 1 || d.Stories[0].State != digest.Update {
			t.Fatalf("the story does not go on: %+v", d.Stories)
		}
		figures := d.Stories[0].Figures
		if len(figures) != want {
			t.Errorf("at %s: %+v", price, figures)
		}
		for _, f := range figures {
			if !f.New || f.Of != "price" || !strings.Contains(f.A.Sentence.Text, "40") || !strings.Contains(f.B.Sentence.Text, "55") {
				t.Errorf("the new figure: %+v", f)
			}
		}
	}
}

// TestOutletAsSubject holds that a desk can follow and mute what an outlet
// publishes.
func TestOutletAsSubject(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b := newBench(t, a)
		b.desk = &digest.Desk{Name: "One", Follow: []digest.Subject{digest.FollowActor(b.actors, "NOR"), digest.FollowOutlet("isle tv")}}
		b.keep("Lume Post", "ferries", "Ferries stop", ferries+more["ferries"], morning.Add(-5*time.Hour), morning.Add(-4*time.Hour), false)
		b.keep("Isle TV", "boats", "Boats", "The harbour's boats were painted green, the harbour master said.", morning.Add(-5*time.Hour), morning.Add(-4*time.Hour), false)
		d := b.edition(morning)
		if got := leads(d); len(got) != 2 {
			t.Fatalf("followed: %q", got)
		}
		b.desk = &digest.Desk{Name: "Two", Follow: []digest.Subject{digest.FollowActor(b.actors, "NOR")}, Mute: []digest.Mute{{Subject: digest.FollowOutlet("Lume Post")}}}
		if d := b.edition(morning); !d.Quiet() {
			t.Errorf("muted: %q", leads(d))
		}
	})
}

// build makes a preview.
func (b *bench) build(w digest.Window) *digest.Digest {
	b.t.Helper()
	d, err := (&digest.Builder{Archive: b.archive, Actors: b.actors}).Build(context.Background(), b.desk, w)
	if err != nil {
		b.t.Fatal(err)
	}
	return d
}

// TestLookBack holds that a digest as of a time has what was there by then: of
// what was gathered by first sight, of an import by publication.
func TestLookBack(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b := newBench(t, a)
		hour, month := time.Hour, 30*24*time.Hour
		b.keep("Lume Post", "import", "Ferries stop", ferries+more["ferries"], morning.Add(-5*hour), morning.Add(month), true)
		b.keep("Isle TV", "gathered", "Chess", chess, morning.Add(-4*hour), morning.Add(-3*hour), false)
		b.keep("Strait Wire", "later", "A school in Bergen", school, morning.Add(-4*hour), morning.Add(hour), false)
		b.keep("Strait Wire", "future", "Whales", whales, morning.Add(hour), morning.Add(month), true)

		d := b.build(digest.Window{Due: morning, Until: morning, Past: true})
		var origins []string
		for _, s := range d.Stories {
			for _, o := range s.Origins {
				origins = append(origins, o.Name)
			}
		}
		slices.Sort(origins)
		if diff := cmp.Diff([]string{"Isle TV", "Lume Post"}, origins); diff != "" || d.Coverage.Articles != 2 {
			t.Errorf("as of the morning, %d articles: %s", d.Coverage.Articles, diff)
		}
		d = b.build(digest.Window{Due: morning, Until: morning, Since: morning.Add(-4 * hour), Past: true})
		if diff := cmp.Diff([]string{chess}, leads(d)); diff != "" {
			t.Errorf("from four hours before on: %s", diff)
		}
	})
}

// TestChangedBeforeItWasTold holds that an article that changed before any
// edition could show it is news, as it reads now.
func TestChangedBeforeItWasTold(t *testing.T) {
	b := newBench(t, archivetest.Open(t))
	b.keep("Isle TV", "early", "Lifeboats", whales, morning.Add(-5*time.Hour), morning.Add(-4*time.Hour), false)
	b.keep("Isle TV", "early", "Lifeboats", budget+more["budget"], morning.Add(-5*time.Hour), morning.Add(-3*time.Hour), false)
	if diff := cmp.Diff([]string{budget}, leads(b.edition(morning))); diff != "" {
		t.Error(diff)
	}
	b.keep("Isle TV", "early", "Lifeboats", budget+more["budget"]+" It is the third plan.", morning.Add(-5*time.Hour), morning.Add(time.Hour), false)
	if d := b.edition(morning.Add(24 * time.Hour)); !d.Quiet() {
		t.Errorf("told again: %v", leads(d))
	}
}

// TestExplain holds that each article of the window is told or left out for a
// reason.
func TestExplain(t *testing.T) {
	b := newBench(t, archivetest.Open(t))
	b.desk.Mute = []digest.Mute{{Subject: digest.FollowActor(b.actors, "SWE")}}
	hour := time.Hour
	b.keep("Isle TV", "told", "Lifeboats", budget+more["budget"], morning.Add(-4*hour), morning.Add(-3*hour), false)
	b.keep("Lume Post", "copied", "Lifeboats", budget+more["budget"], morning.Add(-3*hour), morning.Add(-2*hour), false)
	b.keep("Lume Post", "muted", "Sweden and Norway open a road", "Sweden and Norway opened a road over the mountains, the Swedish roads office said. Sweden paid for the tunnels.", morning.Add(-3*hour), morning.Add(-2*hour), false)
	b.keep("Strait Wire", "elsewhere", "Chile opens a school", "Chile opened a school for 300 children in Arica, its education ministry said.", morning.Add(-3*hour), morning.Add(-2*hour), false)
	b.keep("Strait Wire", "backlog", "Whales", whales, morning.Add(-30*hour), morning.Add(-hour), true)

	if d := b.build(digest.Window{Due: morning, Until: morning}); d.LeftOut != nil {
		t.Errorf("explained unasked: %+v", d.LeftOut)
	}
	d := b.build(digest.Window{Due: morning, Until: morning, Explain: true})
	if len(d.Stories) != 1 || len(d.Stories[0].Why) != 3 {
		t.Fatalf("stories: %+v", d.Stories)
	}
	got := map[string]digest.Leaving{}
	for _, l := range d.LeftOut {
		if l.Why == "" {
			t.Errorf("%s is left out without a reason", l.URL)
		}
		got[l.URL] = l.Leaving
	}
	want := map[string]digest.Leaving{
		"https://copied.example/a": digest.Copy, "https://muted.example/a": digest.Muted,
		"https://elsewhere.example/a": digest.NotFollowed, "https://backlog.example/a": digest.Old,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
