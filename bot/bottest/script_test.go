package bottest

import (
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	got, err := parse(strings.Join([]string{
		"# two ask", "", "- under the edition", "Leyla: @attache {2 × ab}?", "> everyone", "  one", "  ! two", "> Leyla alone",
		"Rustam edits: x", "> nobody", "Rustam deletes", "Leyla presses Who said what on 1.2", "> withdrawn", "Murad deletes before it comes: y",
	}, "\n"))
	want := []step{
		{line: 3, text: "under the edition", unchecked: true},
		{line: 4, who: "Leyla", verb: "says", text: "@attache abab?", sights: []sight{
			{line: 5, has: []string{"one"}, hasNot: []string{"two"}}, {line: 8, to: "Leyla"},
		}},
		{line: 9, who: "Rustam", verb: "edits", text: "x"},
		{line: 11, who: "Rustam", verb: "deletes", unchecked: true},
		{line: 12, who: "Leyla", verb: "presses", text: "Who said what on 1.2", sights: []sight{{line: 13, withdrawn: true}}},
		{line: 14, who: "Murad", verb: "unsays", text: "y", unchecked: true},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%+v", err, got)
	}
}

func TestParseMistakes(t *testing.T) {
	for script, want := range map[string]string{
		"> everyone":                   `line 1: nothing was done before "> everyone"`,
		"Leyla: x\n  y":                `line 2: "y" is seen by nobody`,
		"\nLeyla shouts":               `line 2: "Leyla shouts" is nothing that is done`,
		"Leyla presses":                `line 1: "Leyla presses" is nothing that is done`,
		"Leyla: x\n> some\n":           `line 2: "some" sees nothing: expected everyone, NAME alone, nobody or withdrawn`,
		"Leyla: x\n> nobody\n  a word": `line 3: "a word" is seen by nobody`,
	} {
		if _, err := parse(script); err == nil || err.Error() != want {
			t.Errorf("%q: %v", script, err)
		}
	}
}
