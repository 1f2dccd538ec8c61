package ask

import (
	"slices"
	"testing"

	"attache/digest/actor"
)

// A button asks from the slots that were kept; a command's mode wins over its words.
func TestOffersAreAnswered(t *testing.T) {
	e, names := testWorld(t)
	pair := asked(t, e, "Armenia–India on energy").Head.Slots
	old := asked(t, e, "Armenia–Iran").Head.Slots
	for name, c := range map[string]struct {
		q    Question
		mode Mode
		want string
	}{
		"all themes":      {Question{Offer: OfferAllThemes, Before: &pair}, Latest, "visit price deal"},
		"thirty days":     {Question{Offer: OfferMonth, Before: &old}, Latest, "old"},
		"timeline":        {Question{Offer: OfferTimeline, Before: &Slots{Mode: Latest, Actors: []string{"OMN"}}}, Timeline, "dhow"},
		"who said what":   {Question{Offer: OfferWhoSaid, Before: &Slots{Mode: Latest, Actors: []string{"KAZ"}}}, WhoSaid, "right"},
		"all outlets":     {Question{Offer: OfferOutlets, Before: &Slots{Mode: Latest, Actors: []string{"OMN"}, Outlets: []string{"Monsoon Wire"}}}, Latest, "echo"},
		"a forced mode":   {Question{Text: "Armenia–India", Mode: Timeline}, Timeline, "deal price visit"},
		"over the words":  {Question{Text: "timeline of Armenia–India", Mode: Count}, Count, "visit price deal"},
		"who, by command": {Question{Text: "Arsen Vardanyan on India", Mode: WhoSaid}, WhoSaid, "visit"},
	} {
		t.Run(name, func(t *testing.T) {
			a := answer(t, e, c.q)
			if got := cited(a, names); got != c.want || a.Head.Asked.Mode != c.mode {
				t.Errorf("cited %q in mode %s, want %q in %s", got, a.Head.Asked.Mode, c.want, c.mode)
			}
		})
	}
}

func TestShowWhatOnlyNamesThePair(t *testing.T) {
	e, names := testWorld(t)
	none := asked(t, e, "Armenia–Iran")
	if slices.Contains(none.Offers, OfferTogether) {
		t.Errorf("nothing names both, and is offered: %v", none.Offers)
	}
	a := asked(t, e, "Brazil–Chile")
	if a.Answered() || a.Searched.Together != 1 || !slices.Contains(a.Offers, OfferTogether) {
		t.Fatalf("%d lines, %d name both, offers %v", len(a.Lines), a.Searched.Together, a.Offers)
	}
	a = answer(t, e, Question{Before: &a.Head.Slots, Offer: OfferTogether})
	if got := cited(a, names); got != "both" {
		t.Errorf("cited %q", got)
	}
	if a = answer(t, e, Question{Before: &a.Head.Slots, Text: "and in October?"}); a.Head.Asked.Together {
		t.Error("the question after asks still for what only names both")
	}
}

// What was shown is passed over, and all stories come once.
func TestMoreGoesOn(t *testing.T) {
	e, names := testWorld(t)
	first := asked(t, e, "latest since 1 October")
	if first.Searched.Shown != shown || !slices.Contains(first.Offers, OfferMore) {
		t.Fatalf("%d shown, offers %v", first.Searched.Shown, first.Offers)
	}
	kept := first.Head.Slots
	rest := first.Searched.Stories - shown - 1 // two have the same sentence
	for name, q := range map[string]Question{
		"by a button": {Before: &kept, Offer: OfferMore, More: shown},
		"by a word":   {Before: &kept, Text: "3 more"},
		"by a remark": {Before: &kept, Text: "what else is new?"},
	} {
		t.Run(name, func(t *testing.T) {
			a := answer(t, e, q)
			if a.Searched.Before != shown || a.Searched.Shown != rest || slices.Contains(a.Offers, OfferMore) {
				t.Errorf("%d shown before, %d now of %d, offers %v", a.Searched.Before, a.Searched.Shown, rest, a.Offers)
			}
			for _, s := range a.Sources {
				if slices.ContainsFunc(first.Sources, func(o Source) bool { return o.Article == s.Article }) {
					t.Errorf("%s is shown again", names[s.Article])
				}
			}
			after := answer(t, e, Question{Before: &a.Head.Slots, Text: "more"})
			if after.Answered() || after.Searched.Before != shown+rest {
				t.Errorf("%d lines when all was shown, %d before", len(after.Lines), after.Searched.Before)
			}
		})
	}
}

// A doubt is settled by a button that names the reading.
func TestReadingSettlesADoubt(t *testing.T) {
	e, _ := testWorld(t)
	a := asked(t, e, "latest on Korea and Armenia")
	if a.Head.Status != Clarify || len(a.Head.Doubts) != 1 || len(a.Head.Doubts[0].Actors) != 2 {
		t.Fatalf("%s, doubts %+v", a.Head.Status, a.Head.Doubts)
	}
	kept := a.Head.Slots
	a = answer(t, e, Question{Before: &kept, Reading: "PRK"})
	if got := a.Head.Asked.Actors; a.Head.Status != OK || !slices.Equal(got, []string{"ARM", "PRK"}) {
		t.Errorf("%s, asked %q", a.Head.Status, got)
	}
	if a = answer(t, e, Question{Before: &kept, Reading: "BRA"}); slices.Contains(a.Head.Asked.Actors, "BRA") {
		t.Error("a reading that was none of the doubt's is taken")
	}
}

// More of a story is what its articles say beside what was shown.
func TestMoreOnAStory(t *testing.T) {
	e, names := testWorld(t)
	first := asked(t, e, "who said what on Armenia–India?")
	story := first.Lines[len(first.Lines)-1].Story
	about := []Referent{{Name: "3.1", Story: story}}
	a := answer(t, e, Question{Text: "more on 3.1", About: about, Before: &first.Head.Slots})
	if a.Head.Asked.Mode != Latest || cited(a, names) != "price deal" && cited(a, names) != "deal price" {
		t.Errorf("mode %s, cited %q", a.Head.Asked.Mode, cited(a, names))
	}
	if len(a.Lines) < 3 {
		t.Errorf("only %d sentences", len(a.Lines))
	}
}

// A pair that is named after another is compared with it; the next question is
// no comparison.
func TestCompareInAThread(t *testing.T) {
	e, _ := testWorld(t)
	a := asked(t, e, "latest on Armenia–India", "compare with India–Iran")
	if len(a.Head.Asked.Pairs) != 2 || len(a.Searched.Compared) != 2 {
		t.Errorf("pairs %v, compared %v", a.Head.Asked.Pairs, a.Searched.Compared)
	}
	a = asked(t, e, "latest on India–Armenia", "compare with Iran")
	if want := []actor.Dyad{actor.Pair("IND", "ARM"), actor.Pair("IND", "IRN")}; !slices.Equal(a.Head.Asked.Pairs, want) {
		t.Errorf("pairs %v, want %v", a.Head.Asked.Pairs, want)
	}
	a = asked(t, e, "compare this week with last week on Armenia", "and India?")
	if s := a.Head.Asked; s.Mode != Latest || s.Versus != nil || s.Period != nil {
		t.Errorf("%+v", s)
	}
	a = asked(t, e, "compare Armenia–India")
	if !a.Searched.OneSide || !a.Answered() {
		t.Errorf("one side: %v, %d lines", a.Searched.OneSide, len(a.Lines))
	}
}
