package summary

import (
	"os"
	"strings"
	"testing"
)

// claimCase is a claim of testdata/faithful.txt, with what is to be found.
type claimCase struct {
	source   []string
	claim    string
	faithful bool
}

func claimCases(t testing.TB) []claimCase {
	data, err := os.ReadFile("testdata/faithful.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []claimCase
	var source []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		switch body := strings.TrimSpace(strings.TrimLeft(line, "=+-")); {
		case line == "":
			source = nil
		case line[0] == '=':
			source = append(source, body)
		case line[0] == '+' || line[0] == '-':
			cases = append(cases, claimCase{source, body, line[0] == '+'})
		}
	}
	if len(cases) < 100 {
		t.Fatalf("%d claims in testdata/faithful.txt", len(cases))
	}
	return cases
}

func TestFaithful(t *testing.T) {
	for _, c := range claimCases(t) {
		if got := Faithful(c.source, c.claim); got.Faithful != c.faithful {
			t.Errorf("Faithful = %v, want %v (%s)\n  %s\n  %s", got.Faithful, c.faithful, got.Reason, strings.Join(c.source, " / "), c.claim)
		}
	}
}
