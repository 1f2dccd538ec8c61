package bot

import (
	"fmt"
	"slices"
	"testing"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

func TestReports(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		m := newTeam(t, a)
		m.orders("Leyla", "follow Armenia")
		elsewhere := Place{Platform: "slack", Channel: "#other"}
		together := m.together()
		group := fmt.Sprintf("report wrong group #%d", together)
		has(t, m.orders("Rustam", group, elsewhere), "Nothing was done", "not ALL")
		has(t, m.orders("Rustam", group), "Recorded: wrong group", "It changes nothing until Leyla or @leads applies it.", "ALL: Rustam reported: wrong group", "(Apply)")
		if m.together() != together {
			t.Error("a report of one who may not change the desk was applied")
		}
		has(t, m.orders("Leyla", group), "is set apart. 1.2 now: 1 origin (1 outlet).", "(Take back)", "ALL:", "Reported by Leyla.")
		if m.together() != 0 {
			t.Error("nothing was set apart")
		}
		has(t, m.orders("Rustam", fmt.Sprintf("report lift #%d", together)), "Only Leyla and @leads change this desk.")
		has(t, m.orders("Leyla", fmt.Sprintf("report lift #%d", together)), "Lifted: 1 report")
		if m.together() != together {
			t.Error("what was set apart did not come back")
		}
		has(t, m.orders("Leyla", "report lift [1]"), "Nothing was changed: no report is on [1].")

		has(t, m.orders("Leyla", "report wrong tag Israel [1]"), "[1] is about Israel no longer.", "ALL: [1] is about Israel no longer. Reported by Leyla.")
		has(t, m.orders("Leyla", "report wrong tag China [1]"), "Nothing was changed: [1] is not about China.")
		has(t, m.orders("Leyla", "report wrong tag Zembla [1]"), `called "Zembla"`)
		has(t, m.orders("Rustam", "report wrong tag Azerbaijan [1]"), "Recorded: wrong tag Azerbaijan, [1].")
		has(t, m.orders("Rustam", "report wrong group 1.1"), "wrong group in 1.1: which article?", "(Strait Wire, ")
		has(t, m.orders("Rustam", "report wrong group"), "Nothing was reported: expected an article by its number")
		has(t, m.orders("Rustam", "report not relevant 1.1"), "Recorded: 1.1 is not relevant.", "(For me, 7 days)", "not For the desk")
		has(t, m.orders("Leyla", "report not relevant 1.1"), "(For the desk, 7 days)")
		has(t, m.orders("Rustam", "report missing https://ararat-post.example/1"), `Brief no. 1: the archive has no article of this address; no source of "ararat-post.example" is polled.`, "attache sources add")
		has(t, m.orders("Rustam", "report missing https://strait-wire.example/0"), "It is there, in 1.1")
		has(t, m.orders("Rustam", "report nonsense"), "expected what is wrong")
		has(t, m.orders("Leyla", "desk history 50"), "Rustam reported wrong group", "Leyla reported lift")
	})
}

// A tag that is named is taken away from whichever article of the story has it, and
// from no other; the number may come first.
func TestReportsByStory(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	m.orders("Leyla", "follow Armenia")
	tags := func() (all []string) {
		ids, _, err := m.chat.archive.Search(t.Context(), archive.Query{})
		if err != nil {
			t.Fatal(err)
		}
		es, err := m.chat.archive.Entries(t.Context(), ids)
		if err != nil {
			t.Fatal(err)
		}
		for i := range es {
			for _, a := range es[i].Actors {
				all = append(all, a.Actor)
			}
		}
		slices.Sort(all)
		return all
	}
	was := tags()
	has(t, m.orders("Leyla", "report wrong tag Armenia 1.2"), "wrong tag Armenia in 1.2: which article?", "(Strait Wire, ", "not Georgia")
	has(t, m.orders("Leyla", "report wrong tag China 1.2"), "Nothing was changed: 1.2 is not about China.")
	has(t, m.orders("Leyla", "report wrong tag Zembla 1.2"), `called "Zembla"`)
	has(t, m.orders("Leyla", "report 1.2 wrong group"), "wrong group in 1.2: which article?")
	has(t, m.orders("Leyla", "report #1 wrong"), "expected what is wrong")
	has(t, m.orders("Leyla", "report 1.2 wrong tag Turkey"), "is about Turkey no longer.")
	i := slices.Index(was, "TUR")
	if want := slices.Delete(slices.Clone(was), i, i+1); !slices.Equal(tags(), want) {
		t.Errorf("the articles are about %v; want %v", tags(), want)
	}
}

// What is said to be wrong is so for all desks: whoever may change one takes it back.
func TestLiftOfAnotherDesk(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	m.desks.Base = append(m.desks.Base, Desk{Desk: digest.Desk{Name: "Energy"}, Places: []Place{channel1}, MayChange: []string{"slack:Murad"}})
	has(t, m.orders("Leyla", "report wrong tag Israel [1]"), "[1] is about Israel no longer.")
	d, _, err := m.desks.Named(t.Context(), "Energy")
	if err != nil {
		t.Fatal(err)
	}
	o := order{Person: person("Murad"), Desk: d, Place: channel1, Now: m.chat.now, Args: map[string]string{"": fmt.Sprintf("lift #%d", m.about.Cited[0].Article)}}
	lifted, err := m.keeper.do(t.Context(), "report", o)
	if err != nil || len(lifted.Lifted) != 1 {
		t.Fatalf("%+v, %v", lifted, err)
	}
	has(t, words(lifted.Message), "Lifted: 1 report on")
}

// A report that comes again changes nothing, and is told to nobody again.
func TestReportTwice(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	m.chat.handlers[0].Desks = m.desks
	r := Request{Kind: Invoked, ID: "twice", Place: channel1, Person: person("Leyla"), Command: ownName, Text: fmt.Sprintf("report wrong tag Israel #%d", m.about.Cited[0].Article)}
	for range 2 {
		m.chat.do(r)
	}
	has(t, m.chat.heard(), "is about Israel no longer.", "not Nothing was changed")
	verdicts, err := m.chat.archive.Verdicts(t.Context(), m.about.Cited[0].Article)
	if err != nil || len(verdicts) == 0 || verdicts[0].Who != "Leyla" || verdicts[0].Desk != "Caucasus" {
		t.Errorf("kept: %+v, %v", verdicts, err)
	}
}

// together is an article that shares its story with another; 0 for none.
func (m *team) together() int64 {
	m.t.Helper()
	ids, _, err := m.chat.archive.Search(m.t.Context(), archive.Query{Actors: []string{"ARM"}})
	if err != nil {
		m.t.Fatal(err)
	}
	es, err := m.chat.archive.Entries(m.t.Context(), ids)
	if err != nil {
		m.t.Fatal(err)
	}
	seen := map[int64]bool{}
	for i := range es {
		if seen[es[i].Story] {
			return es[i].ID
		}
		seen[es[i].Story] = true
	}
	return 0
}

func TestSources(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		m := newTeam(t, a)
		has(t, m.orders("Rustam", "sources", Place{Platform: "slack", Channel: "#other"}), "1 source read · all times Baku", "Strait Wire · not rated by the desk (F, cannot be judged) · last read ")
		has(t, m.orders("Rustam", "sources zembla"), `No source that is read is called "zembla".`)
	})
}

// A note stands under answers on its story, in the desk's places alone.
func TestNotesAreShown(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	h := m.chat.handlers[0]
	h.Desks = m.desks
	m.orders("Rustam", "note 1.1 We doubt it.")
	timeline := Action{Do: "timeline", On: "Caucasus/1.1"}
	m.chat.press("Leyla", "", timeline)
	has(t, m.chat.heard(), "Notes Note by Rustam, ", ", on 1.1 We doubt it.")
	m.chat.do(Request{Kind: Pressed, Place: Place{Platform: "slack", Channel: "#other"}, Person: person("Leyla"), Action: timeline})
	has(t, m.chat.heard(), "patrol boats", "not We doubt it.")
	for _, a := range []Action{{Do: doWhyHere, On: "Caucasus/1.1"}, {Do: doWhyThese, On: "Caucasus/1"}} {
		m.chat.press("Leyla", "", a)
		has(t, m.chat.heard(), "Notes Note by Rustam, ", "We doubt it.")
		m.chat.do(Request{Kind: Pressed, Place: Place{Platform: "slack", Channel: "#other"}, Person: person("Leyla"), Action: a})
		has(t, m.chat.heard(), "Why", "not We doubt it.")
	}
}

// Notes are added to what is read in a place of the desk alone.
func TestNotesOfThePlace(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	h := m.chat.handlers[0]
	h.Desks = m.desks
	m.orders("Rustam", "note 1.1 We doubt it.")
	story := m.about.Stories[0].ID
	for place, want := range map[Place]string{
		{Platform: "slack", Channel: "#caucasus"}: "We doubt it.",
		{Platform: "slack", Channel: "#other"}:    "not We doubt it.",
		{Platform: "terminal", Channel: "x/1"}:    "We doubt it.",
	} {
		msg := Message{Blocks: []Block{said("x")}}
		if err := h.withNotes(t.Context(), &msg, "Caucasus", place, story); err != nil {
			t.Fatal(err)
		}
		has(t, words(msg), want)
	}
}

// The menu of a story reports what is wrong with it.
func TestReportByMenu(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	m.chat.handlers[0].Desks = m.desks
	m.chat.press("Rustam", "", Action{Do: doReport, On: "Caucasus/1.1", With: wrongGroup})
	has(t, m.chat.heard(), "wrong group in 1.1: which article?", "(Strait Wire, ")
	m.chat.press("Rustam", "", Action{Do: doMuteMine, On: "Caucasus/1.1", With: "new"})
	has(t, m.chat.heard(), "1.1 is muted for you until it has something new")
}
