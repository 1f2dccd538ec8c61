package main

import (
	"strings"
	"testing"
)

func TestCompleter(t *testing.T) {
	words := []string{"Azerbaijan", "Azerbaijan–Israel", "Azerbaijan–Iran", "Armenia", "arms trade", "İran"}
	starting := func(before string) (from int, found []string) {
		from = len("/latest ")
		typed := strings.ReplaceAll(before[from:], "-", "–")
		for _, w := range words {
			if len(w) >= len(typed) && strings.EqualFold(w[:len(typed)], typed) {
				found = append(found, w)
			}
		}
		return from, found
	}
	for _, tt := range []struct{ line, after, want, listed string }{
		{line: "/latest aze", want: "/latest Azerbaijan"},
		{line: "/latest Azerbaijan", want: "/latest Azerbaijan", listed: "Azerbaijan  Azerbaijan–Israel  Azerbaijan–Iran\n"},
		{line: "/latest azerbaijan-is", want: "/latest Azerbaijan–Israel "},
		{line: "/latest azerbaijan-i", want: "/latest azerbaijan-i", listed: "Azerbaijan–Israel  Azerbaijan–Iran\n"},
		{line: "/latest arms T", want: "/latest arms trade "},
		{line: "/latest İ", want: "/latest İran "},
		{line: "/latest Zem", want: "/latest Zem"},
		{line: "/latest arme", after: " since Monday", want: "/latest Armenia  since Monday"},
	} {
		var listed strings.Builder
		got, pos, ok := completer(starting, &listed)(tt.line+tt.after, len(tt.line), '\t')
		if !ok || got != tt.want || listed.String() != tt.listed || got[pos:] != tt.after {
			t.Errorf("%q: %q at %d, %v, listed %q; want %q, %q", tt.line, got, pos, ok, listed.String(), tt.want, tt.listed)
		}
	}
	if _, _, ok := completer(starting, &strings.Builder{})("/latest a", 9, 'z'); ok {
		t.Error("a letter completes")
	}
}
