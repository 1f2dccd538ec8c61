package ask

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/actor"
	"attache/digest/theme"
)

func TestFiguresAskedFor(t *testing.T) {
	actors := actor.Load()
	e := &Engine{Actors: actors, Themes: theme.NewTagger(actors)}
	who := Asker{Now: time.Date(2026, 9, 18, 12, 0, 0, 0, time.UTC)}
	for in, want := range map[string][]string{
		"what is the price of the Aras radar?":      {"price"},
		"how much did the ferry cost?":              {"price"},
		"how much is the loan to Armenia? ":         {"loan"},
		"how much gas does Turkey buy?":             {anyMoney, anyMeasure},
		"how many were arrested in Yerevan?":        {"detained"},
		"how many soldiers died?":                   {"killed"},
		"how many soldiers are at the border":       {anyPeople},
		"how many lorries does the ferry carry":     {"lorry"},
		"how long will the bridge be shut?":         {anyTime},
		"what percentage voted in Armenia?":         {anyPercent},
		"how many articles are on Armenia?":         nil,
		"number of reports on arrests":              nil,
		"latest on the contract price and its cost": nil,
		"who was detained?":                         nil,
	} {
		if diff := cmp.Diff(want, e.Understand(Question{Text: in}, who).Slots.Figures); diff != "" {
			t.Errorf("figures of %q (-want +got):\n%s", in, diff)
		}
	}
}

// A figure that was asked for is shown as each origin has it, and where these
// differ; an article of the story that has none is not.
func TestAnswersFigures(t *testing.T) {
	e, names := testWorld(t)
	a := answer(t, e, Question{Text: "how much does the radar contract cost?"})
	if got := cited(a, names); got != "deal price" {
		t.Errorf("cited %q, want %q", got, "deal price")
	}
	var figures []string
	for _, l := range a.Lines {
		for _, d := range l.Figures {
			figures = append(figures, d.FigureA.Span.In(d.A.Text), d.FigureB.Span.In(d.B.Text))
		}
	}
	if want := []string{"90 million dollars", "140 million dollars"}; !slices.Equal(figures, want) {
		t.Errorf("figures that differ: %q, want %q", figures, want)
	}
	if got := a.Lines[0].Sentence.Text; got != "The contract is worth 90 million dollars, the ministry said." {
		t.Errorf("first said: %q", got)
	}

	next := answer(t, e, Question{Text: "how many lorries?", Before: &a.Head.Slots})
	if got := cited(next, names); got != "right" {
		t.Errorf("a new figure in the thread: cited %q, want only what has it, %q", got, "right")
	}
	none := answer(t, e, Question{Text: "how many were wounded?", Before: &a.Head.Slots})
	if got := cited(none, names); got != "" {
		t.Errorf("a figure that nothing has: cited %q", got)
	}
}
