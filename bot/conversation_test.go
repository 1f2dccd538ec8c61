package bot

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"attache/digest/ask"
)

// Citations go on counting; those that were cited long ago stand for nothing.
func TestCitationsGoOn(t *testing.T) {
	var c conversation
	for i := range int64(mostCited + 5) {
		c.cite([]ask.Source{{Article: 1000 + i}, {Article: 1000 + i}})
	}
	refs := map[string]int64{}
	for _, r := range c.about() {
		refs[r.Name] = r.Article
	}
	if len(refs) != mostCited || refs["5"] != 0 || refs["6"] != 1005 || refs["1005"] != 2004 {
		t.Errorf("%d numbers, [5] %d, [6] %d, [1005] %d", len(refs), refs["5"], refs["6"], refs["1005"])
	}
	if n := c.numbers()[2004]; n != 1005 {
		t.Errorf("the last is [%d]", n)
	}
	earlier := slices.Clone(c.Cited)
	other := c
	other.cite([]ask.Source{{Article: 1}})
	if !slices.Equal(earlier, c.Cited) {
		t.Error("a conversation that goes on from another changes it")
	}
}

// Whether somebody else wrote since is told as if all lines were kept.
func TestInterrupted(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 24))
	start := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	for range 500 {
		var c conversation
		var all []writing
		for range 1 + random.IntN(12) {
			w := writing{fmt.Sprint("p", random.IntN(4)), start.Add(time.Duration(random.IntN(40)) * time.Second)}
			all = append(all, w)
			c.hear(w.Person, w.At)
		}
		c.Asked = &writing{"p0", start.Add(time.Duration(random.IntN(40)) * time.Second)}
		now := start.Add(time.Minute)
		want := slices.ContainsFunc(all, func(w writing) bool { return w.Person != "p0" && w.At.After(c.Asked.At) })
		if got := c.interrupted(now); got != want {
			t.Fatalf("%v, want %v: asked %v, wrote %v of %v", got, want, c.Asked, c.Wrote, all)
		}
	}
}
