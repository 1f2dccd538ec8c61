package ask

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"attache/digest/actor"
	"attache/digest/theme"
)

func engine(t testing.TB) *Engine {
	t.Helper()
	c := actor.Load()
	return &Engine{Actors: c, Themes: theme.NewTagger(c)}
}

// slotsLine writes what a turn was understood as: status, mode, actors, themes,
// outlets, period.
func slotsLine(u Understanding) string {
	s := u.Slots
	parts := []string{string(u.Status), string(s.Mode), strings.Join(s.Actors, "+")}
	if s.Dyad != nil {
		parts[2] += " pair"
	}
	parts = append(parts, strings.Join(s.Themes, "+"), strings.Join(s.Outlets, "+"))
	if s.Period != nil {
		parts = append(parts, show(*s.Period))
	}
	return strings.TrimRight(strings.Join(parts, "|"), "|")
}

func TestConversations(t *testing.T) {
	e := engine(t)
	who := Asker{Now: time.Date(2026, 11, 18, 9, 40, 0, 0, zone(t, "Asia/Baku")), Zone: zone(t, "Asia/Baku")}
	for name, turns := range map[string][][2]string{
		"what is not named stays": {
			{"latest on Armenia–Iran", "ok|latest|ARM+IRN pair"},
			{"and on arms sales?", "ok|latest|ARM+IRN pair|arms-trade"},
			{"since Monday", "ok|latest|ARM+IRN pair|arms-trade||2026-11-16 …"},
			{"what did Reuters say?", "ok|who-said|ARM+IRN pair|arms-trade|Reuters|2026-11-16 …"},
			{"and the Guardian?", "ok|who-said|ARM+IRN pair|arms-trade|Guardian|2026-11-16 …"},
			{"drop the date filter", "ok|who-said|ARM+IRN pair|arms-trade|Guardian"},
			{"how many articles?", "ok|count|ARM+IRN pair|arms-trade|Guardian"},
		},
		"the second member of a pair is replaced": {
			{"Turkey vs Greece", "ok|latest|TUR+GRC pair"},
			{"and with Cyprus?", "ok|latest|TUR+CYP pair"},
			{"Libya too", "ok|latest|TUR+CYP+LBY"},
			{"same for Egypt–Sudan", "ok|latest|EGY+SDN pair"},
		},
		"a new question begins anew": {
			{"timeline of India–Pakistan strikes since June", "ok|timeline|IND+PAK pair|armed-conflict||2026-06-01 …"},
			{"latest on Kenya", "ok|latest|KEN"},
		},
		"a new question of words alone begins anew, one of a theme does not": {
			{"latest on Kenya", "ok|latest|KEN"},
			{"latest on arms sales", "ok|latest|KEN|arms-trade"},
			{"latest on tulip prices", "ok|latest"},
		},
		"a name alone is another subject, one that is linked joins": {
			{"latest on Kenya", "ok|latest|KEN"},
			{"OPEC?", "ok|latest|OPEC|energy-oil"},
			{"and with Iran?", "ok|latest|OPEC+IRN pair|energy-oil"},
		},
		"days are a period beside what else is named": {
			{"Armenia–Iran 30 days", "ok|latest|ARM+IRN pair|||2026-10-19T09:40 2026-11-18T09:40"},
			{"arms sales 3 days", "ok|latest|ARM+IRN pair|arms-trade||2026-11-15T09:40 2026-11-18T09:40"},
			{"latest on Kenya 1 to 5 November", "ok|latest|KEN|||2026-11-01 2026-11-06"},
		},
		"a greeting is nobody's, and no word": {
			{"good morning, whats new on Kenya", "ok|latest|KEN"},
			{"hello team! important updates on Iran?", "ok|latest|KEN+IRN pair"},
			{"good morning", "refuse|latest|KEN+IRN pair"},
		},
		"of what was counted there is more": {
			{"compare Kenya with Sudan", "ok|compare|KEN+SDN pair"},
			{"more", "ok|latest|KEN+SDN pair"},
			{"how many articles on Iran", "ok|count|IRN"},
			{"the rest", "ok|latest|IRN"},
		},
		"what is true is not judged": {
			{"latest on Kenya", "ok|latest|KEN"},
			{"is it confirmed?", "refuse|latest|KEN"},
			{"has anything been corrected?", "ok|latest|KEN"},
			{"has Iran confirmed it?", "ok|latest|KEN+IRN pair"},
		},
		"the address of a page changes nothing": {
			{"latest on Kenya", "ok|latest|KEN"},
			{"https://courier.example/2026/iran", "refuse|latest|KEN"},
			{"and on arms sales?", "ok|latest|KEN|arms-trade"},
		},
		"what can be no period changes nothing": {
			{"latest on Kenya", "ok|latest|KEN"},
			{"Iran on 31 Feb", "unknown|latest|KEN"},
			{"since 2026-13-45", "unknown|latest|KEN"},
			{"Iran from 5 November to 1 November", "unknown|latest|KEN"},
			{"Iran next month", "unknown|latest|KEN"},
			{"Iran from 20 December to 10 January", "ok|latest|KEN+IRN pair|||2025-12-20 2026-01-11"},
		},
		"codes": {
			{"AZ/TR last 36h", "ok|latest|AZE+TUR pair|||2026-11-16T21:40 2026-11-18T09:40"},
		},
		"a name of several actors asks back": {
			{"Korea missile tests", "clarify"},
			{"south", "ok|latest|KOR|military"},
		},
		"an actor or a place": {
			{"what is new in Georgia?", "clarify"},
			{"the country", "ok|latest|GEO"},
		},
		"beside another actor there is no doubt": {
			{"Armenia–Georgia border", "ok|latest|ARM+GEO pair"},
			{"latest on Tbilisi, Georgia", "ok|latest|GEO"},
		},
		"outlets without a name": {
			{"how many reports on Armenia this week?", "ok|count|ARM|||2026-11-16 2026-11-23"},
			{"from Turkish outlets?", "clarify|count|ARM|||2026-11-16 2026-11-23"},
			{"Anadolu and Hürriyet", "ok|count|ARM||Anadolu+Hürriyet|2026-11-16 2026-11-23"},
		},
		"no question for an archive": {
			{"latest on Serbia–Kosovo", "ok|latest|SRB+XKX pair"},
			{"what will the weather be like?", "refuse|latest|SRB+XKX pair"},
			{"since Monday", "ok|latest|SRB+XKX pair|||2026-11-16 …"},
			{"will they sign a treaty?", "refuse|latest|SRB+XKX pair|||2026-11-16 …"},
			{"Kenya–Somalia maritime border", "ok|latest|KEN+SOM pair"},
		},
		"what names nothing is not understood": {
			{"hello", "refuse"},
			{"why?", "refuse"},
			{"latest on Kenya", "ok|latest|KEN"},
			{"hi there", "refuse|latest|KEN"},
		},
		"all there is": {
			{"what's new?", "ok|latest"},
		},
		"everything is all there is too": {
			{"show me everything", "ok|latest"},
		},
		"a pair with an unknown side": {
			{"latest on Zembla–Israel", "unknown"},
		},
		"codes in capitals are no shouting": {
			{"compare ARM-IRN ARM-IND", "ok|compare|ARM+IRN+IND"},
		},
		"two pairs are compared": {
			{"compare Armenia–Iran with Armenia–Russia", "ok|compare|ARM+IRN+RUS"},
		},
		"what was answered below a doubt is spoken of": {
			{"news from Georgia", "clarify"},
			{"and on energy?", "ok|latest|GEO|energy-oil+gas"},
		},
		"a third is compared": {
			{"Armenia–Iran gas", "ok|latest|ARM+IRN pair|gas"},
			{"compare with Turkey", "ok|compare|ARM+IRN+TUR|gas"},
		},
		"the longer phrase tells the theme": {
			{"drone strikes on Sudan", "ok|latest|SDN|armed-conflict"},
			{"defence exports", "ok|latest|SDN|arms-trade"},
		},
		"all in capitals": {
			{"TALKS BETWEEN SUDAN AND EGYPT ON THE DAM AND WATER", "ok|latest|SDN+EGY pair|water"},
		},
		"a slip of the finger, and a seat": {
			{"Tblisi–Brussels", "ok|latest|GEO+EU pair"},
		},
		"talks in a capital": {
			{"Sudan–Egypt talks in Paris", "ok|latest|SDN+EGY pair|diplomacy"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var before *Slots
			for _, turn := range turns {
				u := e.Understand(Question{Text: turn[0], Before: before}, who)
				if got := slotsLine(u); got != turn[1] {
					t.Errorf("%q: got %s, want %s", turn[0], got, turn[1])
				}
				kept := stored(t, u.Slots)
				before = &kept
			}
		})
	}
}

// stored is what slots are after a conversation kept them as JSON.
func stored(t *testing.T, s Slots) Slots {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var kept Slots
	if err := json.Unmarshal(b, &kept); err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestReferents(t *testing.T) {
	e := engine(t)
	about := []Referent{{Name: "12.1", Story: 71}, {Name: "4", Article: 9}}
	u := e.Understand(Question{Text: "timeline of 12.1", About: about}, Asker{Now: time.Now()})
	if u.Slots.Mode != Timeline || !slices.Equal(u.Slots.Stories, []int64{71}) || len(u.Slots.Words) > 0 {
		t.Errorf("timeline of 12.1: %+v", u.Slots)
	}
	u = e.Understand(Question{Text: "why is [4] here?", About: about}, Asker{Now: time.Now()})
	if u.Slots.Mode != Why || !slices.Equal(u.Slots.Articles, []int64{9}) {
		t.Errorf("why is [4] here: %+v", u.Slots)
	}
}

// A number that the thread doesn't know is no word to search for; a quantity is
// no number of a story.
func TestAbsentReferents(t *testing.T) {
	e := engine(t)
	about := []Referent{{Name: "12.1", Story: 71}, {Name: "4", Article: 9}}
	for q, want := range map[string]string{
		"timeline of 13.1":                       "unknown 13.1",
		"why is 12.9 first?":                     "unknown 12.9",
		"12.2?":                                  "unknown 12.2",
		"why is [7] here?":                       "unknown [7]",
		"more on 12.1":                           "ok ",
		"Armenia borrows 1.2 billion dollars":    "ok ",
		"did prices in Armenia rise 2.5 percent": "ok ",
	} {
		u := e.Understand(Question{Text: q, About: about}, Asker{Now: time.Now()})
		if got := string(u.Status) + " " + strings.Join(u.Absent, " "); got != want {
			t.Errorf("%q: %q, want %q", q, got, want)
		}
	}
}

func TestOutletsOfTheArchive(t *testing.T) {
	names := outletIndex([]string{"Levant Wire", "=Trend"})
	e := engine(t)
	for q, want := range map[string][]string{
		"what did levant wire say?":        {"levant wire"},
		"the latest in Trend on gas":       {"Trend"},
		"is there a trend in gas prices":   nil,
		"latest on Israel by Levant Wire ": {"Levant Wire"},
		"what did the Times of Israel say": {"Times of Israel"},
		"news from TASS":                   {"TASS"},
	} {
		if got := e.read(Question{Text: q}, Asker{Now: time.Now()}, names).outlets; !slices.Equal(got, want) {
			t.Errorf("%q: outlets %q, want %q", q, got, want)
		}
	}
}

func TestPersons(t *testing.T) {
	e := engine(t)
	r := e.read(Question{Text: "what did Rauf Mirzali say about the pipeline?"}, Asker{Now: time.Now()}, nil)
	if !slices.Equal(r.persons, []string{"Rauf Mirzali"}) {
		t.Errorf("persons %q", r.persons)
	}
}

// The lists of data must name themes that there are.
func TestTopicsAreThemes(t *testing.T) {
	for _, list := range topics() {
		for _, topic := range list {
			if _, ok := theme.Lookup(topic.theme); !ok && topic.theme != "energy" {
				t.Errorf("%v stands for %q, which is no theme", topic.words, topic.theme)
			}
		}
	}
}

func FuzzUnderstand(f *testing.F) {
	for _, q := range []string{
		"latest on Armenia–Iran", "what did Reuters say?", "AZ/TR", "[4] 12.1", "compare them", "Korea", "\xffİ'’s", "– / vs and", "who said what on 12.1?",
	} {
		f.Add(q, "and with Russia?")
	}
	e := engine(f)
	who := Asker{Now: time.Date(2026, 11, 18, 9, 40, 0, 0, time.UTC)}
	f.Fuzz(func(t *testing.T, first, second string) {
		u := e.Understand(Question{Text: first}, who)
		kept := stored(t, u.Slots)
		u = e.Understand(Question{Text: second, Before: &kept}, who)
		if u.Status == OK && u.Slots.Mode == "" {
			t.Error("no mode")
		}
		if u.Slots.Dyad != nil && len(u.Slots.Actors) != 2 {
			t.Errorf("a pair of %d actors", len(u.Slots.Actors))
		}
	})
}
