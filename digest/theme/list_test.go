package theme

import (
	"strings"
	"testing"

	"attache/digest/actor"

	"github.com/google/go-cmp/cmp"
)

func TestAll(t *testing.T) {
	seen := map[string]bool{}
	for _, th := range All() {
		if th.ID == "" || th.Name == "" || th.Group == "" {
			t.Errorf("%+v lacks an id, a name or a group", th)
		}
		if seen[th.ID] {
			t.Errorf("%s stands twice in the list", th.ID)
		}
		seen[th.ID] = true
		if th.IPTC != "" && !strings.HasPrefix(th.IPTC, "medtop:") {
			t.Errorf("%s: IPTC code %q", th.ID, th.IPTC)
		}
		if got, ok := Lookup(th.ID); !ok || got != th {
			t.Errorf("Lookup(%q) = %+v, %v", th.ID, got, ok)
		}
	}
	if len(seen) != 28 {
		t.Errorf("%d themes, want 28", len(seen))
	}
	for _, id := range []string{Other, "none", "", "sport"} {
		if _, ok := Lookup(id); ok {
			t.Errorf("Lookup(%q) finds a theme", id)
		}
	}
}

func TestResolve(t *testing.T) {
	tests := []struct {
		name    string
		ids     []string
		nearest []string
	}{
		{"arms-trade", []string{"arms-trade"}, nil},
		{"Arms sales", []string{"arms-trade"}, nil},
		{"energy", []string{"energy-oil", "gas"}, nil},
		{"oil", []string{"energy-oil"}, nil},
		{"natural  gas", []string{"gas"}, nil},
		{"human rights", []string{"human-rights"}, nil},
		{"Human-Rights", []string{"human-rights"}, nil},
		{"peace talks", []string{"peace-process"}, nil},
		{"spying", []string{"intelligence"}, nil},
		{"sanktions", nil, []string{"sanctions"}},
		{"enrgy", nil, []string{"energy"}},
		{"zzzzzz", nil, nil},
		{"", nil, nil},
		{"none", nil, nil},
	}
	for _, tt := range tests {
		ids, nearest := Resolve(tt.name)
		if diff := cmp.Diff(tt.ids, ids); diff != "" {
			t.Errorf("Resolve(%q): (-want +got)\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.nearest, nearest); diff != "" {
			t.Errorf("Resolve(%q), nearest: (-want +got)\n%s", tt.name, diff)
		}
	}
}

// A name that people type means one theme, or all of one group.
func TestAliasesUnique(t *testing.T) {
	owner := map[string]string{}
	for _, e := range load().entries {
		for _, a := range e.aliases {
			if old := owner[a]; old != "" {
				t.Errorf("%q means %s and %s", a, old, e.ID)
			}
			owner[a] = e.ID
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"5: word", "line 1: no theme"},
		{"= a | b | c\nword", "line 2: \"word\" is no list"},
		{"= a | b | c\nx: word", "line 2: reading a weight"},
		{"= a | b | c\n5: word\n3: word", "line 3: \"word\" has two weights"},
	} {
		_, err := parse(tt.file)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("parse(%q): %v, want %q", tt.file, err, tt.want)
		}
	}
}

// Every actor that hints at a theme is one of the catalogue, and so is every kind.
func TestActorsKnown(t *testing.T) {
	catalogue, kinds := actor.Load(), map[string]bool{}
	for _, a := range catalogue.All() {
		kinds[string(a.Kind)] = true
	}
	for _, e := range load().entries {
		for id := range e.actors {
			if _, ok := catalogue.Actor(id); !ok {
				t.Errorf("%s: no actor %s", e.ID, id)
			}
		}
		for kind := range e.kinds {
			if !kinds[kind] {
				t.Errorf("%s: no kind %q", e.ID, kind)
			}
		}
	}
}
