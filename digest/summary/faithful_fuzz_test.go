package summary

import (
	"slices"
	"strings"
	"testing"

	"attache/sources/text"
)

// FuzzFaithful holds what no claim may break: the sentence itself passes, and a
// word that the source hasn't, or a "not" more or less, never does.
func FuzzFaithful(f *testing.F) {
	for _, c := range claimCases(f) {
		f.Add(strings.Join(c.source, " "), c.claim)
	}
	f.Add("", "")
	f.Add(`"'“ ( – , and and `, `and`)
	f.Fuzz(func(t *testing.T, source, claim string) {
		if v := Faithful([]string{source}, source); !v.Faithful && len(text.Sentences(source)) > 0 {
			t.Fatalf("not faithful to itself (%s): %q", v.Reason, source)
		}
		v := Faithful([]string{source}, claim)
		if !v.Faithful {
			return
		}
		has := newReading(source).words()
		for _, t2 := range tokens(claim) {
			if t2.kind != mark && !has[t2.low] {
				t.Fatalf("faithful with %q, which the source has not: %q of %q", t2.low, claim, source)
			}
		}
		for _, other := range notChanged(claim) {
			if Faithful([]string{source}, other).Faithful {
				t.Fatalf("faithful with a \"not\" more or less: %q of %q", other, source)
			}
		}
	})
}

// notChanged are the claims that come of claim by a "not" taken out or put in
// before any of its words, where that isn't beside another.
func notChanged(claim string) []string {
	words := strings.Fields(claim)
	var out []string
	for i, w := range words {
		if w == "not" {
			out = append(out, strings.Join(slices.Delete(slices.Clone(words), i, i+1), " "))
		}
	}
	if len(words) == 0 || slices.Contains(words, "not") {
		return out
	}
	return append(out, strings.Join(slices.Insert(slices.Clone(words), len(words)/2, "not"), " "))
}

func BenchmarkFaithful(b *testing.B) {
	cases := claimCases(b)
	for i := 0; b.Loop(); i++ {
		c := cases[i%len(cases)]
		Faithful(c.source, c.claim)
	}
}
