package digest_test

import (
	"errors"
	"slices"
	"testing"

	"attache/digest"
	"attache/digest/actor"
)

func TestResolveSubject(t *testing.T) {
	actors := actor.Load()
	outlets := []string{"Caspian Ledger", "Caspian Letter"}
	for name, want := range map[string]digest.Subject{
		"NOR-SWE":        {Name: "Norway–Sweden", Dyad: "NOR-SWE"},
		"Sweden–Norway":  {Name: "Norway–Sweden", Dyad: "NOR-SWE"},
		"sweden-norway":  {Name: "Norway–Sweden", Dyad: "NOR-SWE"},
		"Guinea-Bissau":  {Name: "Guinea-Bissau", Actor: "GNB"},
		"gas":            {Name: "gas", Themes: []string{"gas"}},
		"caspian LEDGER": {Name: "Caspian Ledger", Outlet: "Caspian Ledger"},
	} {
		got, err := digest.ResolveSubject(actors, outlets, name)
		if err != nil || got.Name != want.Name || got.Dyad != want.Dyad || got.Actor != want.Actor || got.Outlet != want.Outlet || !slices.Equal(got.Themes, want.Themes) {
			t.Errorf("%s is %+v, %v", name, got, err)
		}
	}
}

func TestResolveSubjectUnknown(t *testing.T) {
	actors := actor.Load()
	for name, want := range map[string]struct {
		text    string
		nearest []string
	}{
		"Norwey":         {`no actor, theme or outlet is called "Norwey"; nearest: Norway`, []string{"Norway"}},
		"Caspain Ledger": {`no actor, theme or outlet is called "Caspain Ledger"; nearest: Caspian Ledger`, []string{"Caspian Ledger"}},
		"NOR-Swedn":      {`no actor is called "Swedn"; nearest: Sweden`, []string{"Sweden"}},
		"qqqqqqqq":       {`no actor, theme or outlet is called "qqqqqqqq"`, nil},
	} {
		_, err := digest.ResolveSubject(actors, []string{"Lume Post", "Caspian Ledger"}, name)
		var unknown *digest.UnknownNameError
		if !errors.As(err, &unknown) || err.Error() != want.text || !slices.Equal(unknown.Nearest, want.nearest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := digest.ResolveSubject(actors, nil, "Korea")
	var ambiguous *digest.AmbiguousNameError
	if !errors.As(err, &ambiguous) || err.Error() != `"Korea" may be South Korea or North Korea` || len(ambiguous.Candidates) != 2 {
		t.Errorf("Korea: %v", err)
	}
	if _, err := digest.ResolveSubject(actors, nil, "NOR-Norway"); err == nil {
		t.Error("a pair of one with itself")
	}
}
