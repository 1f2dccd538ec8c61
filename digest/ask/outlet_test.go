package ask

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/actor"
	"attache/digest/theme"
)

// An outlet that nobody knows is told by what its name is made of, or by what is
// asked of it.
func TestUnknownOutlets(t *testing.T) {
	actors := actor.Load()
	e := &Engine{Actors: actors, Themes: theme.NewTagger(actors)}
	who := Asker{Now: time.Date(2026, 9, 18, 12, 0, 0, 0, time.UTC)}
	tests := []struct {
		in      string
		outlets []string
		persons []string
	}{
		{"what did Kura Valley Wire say?", []string{"Kura Valley Wire"}, nil},
		{"Quay Herald?", []string{"Quay Herald"}, nil},
		{"latest on Armenia in the Quay Herald's pages", []string{"Quay Herald"}, nil},
		{"Iran, only from Shirvan Observer", []string{"Shirvan Observer"}, nil},
		{"what did Qafqaz.az write about Iran", []string{"Qafqaz.az"}, nil},
		{"what did QHA say?", []string{"QHA"}, nil},
		{"what has the Lowland say?", []string{"Lowland"}, nil},
		{"what did Northern Slope say about Iran", []string{"Northern Slope"}, nil},
		{"what did Radio Shirvan say", []string{"Radio Shirvan"}, nil},
		{"what did Elnur Safarli say?", nil, []string{"Elnur Safarli"}},
		{"what did Gasimli say", nil, []string{"Gasimli"}},
		{"what did Aliyev say", nil, []string{"Aliyev"}},
		{"Antalya Diplomacy Forum", nil, nil},
		{"Black Sea grain and Iron Dome", nil, nil},
		{"Turkey post office strike at 3.am", nil, nil},
		{"Suez Canal Authority on transit fees", nil, nil},
	}
	for _, tt := range tests {
		u := e.Understand(Question{Text: tt.in}, who)
		if diff := cmp.Diff(tt.outlets, u.Slots.Outlets); diff != "" {
			t.Errorf("outlets of %q (-want +got):\n%s", tt.in, diff)
		}
		if diff := cmp.Diff(tt.persons, u.Slots.Persons); diff != "" {
			t.Errorf("persons of %q (-want +got):\n%s", tt.in, diff)
		}
	}
}
