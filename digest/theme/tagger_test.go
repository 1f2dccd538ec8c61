package theme

import (
	"slices"
	"strings"
	"testing"

	"attache/digest/actor"
)

func TestTag(t *testing.T) {
	tests := []struct {
		title, body string
		want        string // the first theme; empty for none
	}{
		{"Envoys meet to prepare a border accord", "The foreign ministries said that talks would go on.", "diplomacy"},
		{"Truce holds for a third day", "Prisoners are to be exchanged under the ceasefire.", "peace-process"},
		{"Shelling kills four near the front line", "Artillery fired on both sides.", "armed-conflict"},
		{"Navy begins joint exercise", "The defence ministry said that two frigates take part.", "military"},
		{"Firm to sell coastal missiles to Gulf state", "The arms export was licensed in May. The contract covers training and ammunition.", "arms-trade"},
		{"Officer accused of spying", "The security service said that he had met a foreign handler.", "intelligence"},
		{"Suicide bomber strikes market", "An extremist group claimed responsibility.", "terrorism"},
		{"Ransomware stops rail bookings", "Hackers asked for payment.", "cyber"},
		{"Inspectors visit enrichment plant", "The agency counts centrifuges and uranium.", "nuclear"},
		{"Bloc freezes assets of two banks", "The sanctions ban all dealings.", "sanctions"},
		{"Crude output to rise", "OPEC will pump 300,000 barrels a day more.", "energy-oil"},
		{"Compressor fault cuts gas flow", "The pipeline carries ten billion cubic metres a year.", "gas"},
		{"Neighbours sign free-trade pact", "Tariffs on textiles will end.", "trade"},
		{"Inflation slows for a third month", "Consumer prices rose by a tenth of a percent.", "economy"},
		{"Central bank lowers key rate", "The currency lost a tenth against the dollar.", "finance-markets"},
		{"Freight trains return to the line", "The port loads containers again.", "transport-shipping"},
		{"Start-up shows chatbot", "The software runs on smartphones.", "technology"},
		{"Coalition loses two ministers", "Parliament will vote on the new cabinet.", "domestic-politics"},
		{"Ballots counted in runoff", "Both candidates claim the election.", "elections"},
		{"Thousands march on pension plan", "Protesters blocked roads; riot police stood by.", "protest"},
		{"Dissident held without charge", "Rights groups speak of torture.", "human-rights"},
		{"Aid convoy reaches town", "Food parcels went to the hungry, the Red Cross said.", "humanitarian"},
		{"Boat with migrants towed in", "They asked for asylum.", "migration"},
		{"Court sentences three for fraud", "The prosecutor had asked for more.", "law-crime"},
		{"Quake shakes valley", "Rescuers dig in the rubble.", "disaster"},
		{"Delegates agree to cut methane", "Emissions must fall by a third.", "climate"},
		{"Irrigation cut as reservoir empties", "Farmers lack water.", "water"},
		{"Measles returns", "Hospitals ask parents to have children vaccinated.", "health"},
	}
	tagger := NewTagger(actor.Load())
	for _, tt := range tests {
		tags := tagger.Tag(tt.title, tt.body, nil)
		if len(tags) == 0 || tags[0].Theme != tt.want {
			t.Errorf("Tag(%q) = %+v, want %s first", tt.title, tags, tt.want)
		}
	}
}

// Words that mislead tell no theme.
func TestTagTraps(t *testing.T) {
	tagger := NewTagger(nil)
	for _, tt := range []struct{ title, body, not string }{
		{"Club fears sanctions after brawl", "The league may ban the striker for five matches.", "sanctions"},
		{"Artificial intelligence writes poems", "The software learns from books.", "intelligence"},
		{"Minister praises investment climate", "Factories were opened by two firms.", "climate"},
		{"Tear gas at rally", "Police moved in on the marchers.", "gas"},
		{"Nuclear family in a novel", "The author says that she made it up.", "nuclear"},
		{"Traded shortstop homers", "The pitcher was in his first season.", "trade"},
		{"Air strike on depot", "Warplanes bombed the town.", "protest"},
		{"Spy film leads box office", "The actor plays an agent.", "intelligence"},
	} {
		for _, tag := range tagger.Tag(tt.title, tt.body, nil) {
			if tag.Theme == tt.not {
				t.Errorf("Tag(%q) has %s for %s", tt.title, tag.Theme, tag.Why)
			}
		}
	}
}

func TestTagNone(t *testing.T) {
	tagger := NewTagger(nil)
	for _, title := range []string{"", "Home side wins cup final", "A quiet day in the hills", "Actress weds in secret"} {
		if tags := tagger.Tag(title, "", nil); len(tags) != 0 {
			t.Errorf("Tag(%q) = %+v, want none", title, tags)
		}
	}
}

// Tags come best first, within their bounds, and say which words made them.
func TestTagWhy(t *testing.T) {
	tags := NewTagger(nil).Tag("Crude tanker seized under sanctions", "The vessel carried 500,000 barrels of crude. The blacklist names its owner, and the port let it go.", nil)
	if len(tags) < 2 || len(tags) > 4 {
		t.Fatalf("%d tags: %+v", len(tags), tags)
	}
	for i, tag := range tags {
		if tag.Weight <= 0 || tag.Weight > 1 || tag.Why == "" || i > 0 && tag.Weight > tags[i-1].Weight {
			t.Errorf("tag %d: %+v", i, tag)
		}
	}
	i := slices.IndexFunc(tags, func(tag Tag) bool { return tag.Theme == "sanctions" })
	if i < 0 || !strings.Contains(tags[i].Why, "blacklist") {
		t.Errorf("sanctions are not told by their words: %+v", tags)
	}
}

// An actor strengthens a theme that the words tell, and tells none alone.
func TestTagActors(t *testing.T) {
	catalogue := actor.Load()
	tagger := NewTagger(catalogue)
	var group string
	for _, a := range catalogue.All() {
		if a.Kind == actor.Group {
			group = a.ID
			break
		}
	}
	if group == "" {
		t.Fatal("the catalogue has no armed group")
	}
	about := []actor.About{{Actor: group, Weight: 1}}
	weight := func(about []actor.About) float64 {
		for _, tag := range tagger.Tag("Fighting goes on", "Two soldiers were wounded.", about) {
			if tag.Theme == "armed-conflict" {
				return tag.Weight
			}
		}
		return 0
	}
	if with, without := weight(about), weight(nil); with <= without {
		t.Errorf("weight %v with a group, %v without", with, without)
	}
	if tags := tagger.Tag("A quiet day", "", about); len(tags) != 0 {
		t.Errorf("an actor alone made %+v", tags)
	}
}

func FuzzTag(f *testing.F) {
	for _, s := range []string{"", "U.S.", "S&P", "crude crude crude", "covid-19", "a.b.c.d", "'s's", "\xff\xfe", "oil\n\ngas"} {
		f.Add(s, s)
	}
	tagger := NewTagger(nil)
	f.Fuzz(func(t *testing.T, title, body string) {
		for _, tag := range tagger.Tag(title, body, nil) {
			if _, ok := Lookup(tag.Theme); !ok || tag.Weight <= 0 || tag.Weight > 1 || tag.Why == "" {
				t.Fatalf("%+v", tag)
			}
		}
	})
}

func BenchmarkTag(b *testing.B) {
	tagger := NewTagger(nil)
	body := strings.Repeat("The port of Ceyhan loaded six cargoes of crude for two refineries on Monday, traders said. ", 40)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		tagger.Tag("Crude exports rise", body, nil)
	}
}
