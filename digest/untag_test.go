package digest_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/theme"
)

// TestUntag holds that an article is no longer about what people said it is not,
// nor its pairs, nor is it found by that, and that it stays so when it is
// understood anew or changes, until the verdict is lifted.
func TestUntag(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, ctx := newBench(t, a), context.Background()
		const road = "Sweden told Norway on Monday that it would open a road over the mountains, the Swedish roads office said. Sweden paid for the tunnels, and Norway thanked Sweden."
		b.keep("Lume Post", "road", "Sweden and Norway open a road", road, morning.Add(-3*time.Hour), morning.Add(-2*time.Hour), false)
		x := b.indexer()
		about := func() []string {
			e := b.entry("road.example/a")
			var ids []string
			for _, t := range e.Actors {
				ids = append(ids, t.Actor)
			}
			for _, t := range e.Dyads {
				ids = append(ids, t.Dyad.String())
			}
			found, _, err := a.Search(ctx, archive.Query{Actors: []string{"SWE"}})
			if err != nil {
				t.Fatal(err)
			}
			if len(found) > 0 {
				ids = append(ids, "found")
			}
			if e.Focus == "SWE" || slices.Contains(e.Mentioned, "SWE") {
				ids = append(ids, "focus or mention")
			}
			slices.Sort(ids)
			return ids
		}
		before := about()
		if !slices.Contains(before, "NOR-SWE") || !slices.Contains(before, "found") {
			t.Fatalf("it is about %q", before)
		}
		tag := archive.Tag{Kind: archive.ActorTag, ID: "SWE"}
		verdict, err := b.untag(ctx, b.id("road.example/a"), tag, "Leyla")
		if err != nil || verdict == 0 {
			t.Fatalf("%d, %v", verdict, err)
		}
		check := func(when string) {
			t.Helper()
			if diff := cmp.Diff([]string{"NOR"}, about()); diff != "" {
				t.Errorf("%s, it is about: %s", when, diff)
			}
		}
		check("at once")
		b.understoodAnew(b.indexer())
		check("understood anew")
		b.keep("Lume Post", "road", "Sweden and Norway open a road", road+" It is the third.", morning.Add(-3*time.Hour), morning.Add(-time.Hour), false)
		check("with another text")
		if again, err := b.untag(ctx, b.id("road.example/a"), tag, "Rustam"); again != 0 || err != nil {
			t.Errorf("untagged again: %d, %v", again, err)
		}
		if err := b.lift(ctx, x, verdict); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, about()); diff != "" {
			t.Errorf("after it was lifted: %s", diff)
		}
	})
}

// TestUntagPairAndTheme holds that a pair or a theme is dropped alone.
func TestUntagPairAndTheme(t *testing.T) {
	b, ctx := newBench(t, archivetest.Open(t)), context.Background()
	const gas = "Sweden told Norway on Monday that it would buy natural gas, the Swedish energy ministry said. The gas flows through a gas pipeline from a Norwegian gas field."
	b.keep("Lume Post", "gas", "Sweden buys gas from Norway", gas, morning.Add(-3*time.Hour), morning.Add(-2*time.Hour), false)
	x := b.indexer()
	for _, tag := range []archive.Tag{{Kind: archive.DyadTag, ID: actor.Pair("SWE", "NOR").String()}, {Kind: archive.ThemeTag, ID: "gas"}} {
		was := b.entry("gas.example/a")
		if verdict, err := b.untag(ctx, was.ID, tag, "Leyla"); err != nil || verdict == 0 {
			t.Errorf("%v: %d, %v", tag, verdict, err)
		}
		if e := b.entry("gas.example/a"); len(e.Dyads)+len(e.Themes) != len(was.Dyads)+len(was.Themes)-1 || len(e.Actors) != len(was.Actors) {
			t.Errorf("without %v it is about %v, %v, %v", tag, e.Actors, e.Dyads, e.Themes)
		}
	}
	b.understoodAnew(x)
	if e := b.entry("gas.example/a"); len(e.Dyads) != 0 || len(e.Actors) != 2 || slices.ContainsFunc(e.Themes, func(t theme.Tag) bool { return t.Theme == "gas" }) {
		t.Errorf("it is about %v, %v, %v", e.Actors, e.Dyads, e.Themes)
	}
}
