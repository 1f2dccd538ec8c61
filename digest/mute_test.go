package digest_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/story"
)

const day = 24 * time.Hour

// cableStory is one event as several outlets tell it, day by day.
var cableStory = []string{
	"Divers found a loose power cable under Norway's Bodo ferry pier and the harbour master stopped all crossings to the northern isles.",
	"Ferry crossings from Norway's port of Bodo to the northern isles stay stopped after divers saw a loose power cable beneath the pier, the harbour master said.",
	"The loose power cable beneath the ferry pier of Bodo in Norway will be mended on Friday and crossings to the northern isles begin again, the harbour master said.",
}

// shown makes the first edition, which shows the cable and a story of its own, and
// gives the mute of the cable's story.
func (b *bench) shown() digest.Mute {
	b.t.Helper()
	b.keep("Lume Post", "cable-1", "Loose power cable at Bodo ferry pier", cableStory[0], morning.Add(-5*time.Hour), morning.Add(-4*time.Hour), false)
	d := b.edition(morning)
	if len(d.Stories) != 1 {
		b.t.Fatalf("the first edition: %q", leads(d))
	}
	return digest.Mute{
		Story: d.Stories[0].ID, Ref: "1.1", Since: morning.Add(time.Hour), By: "Leyla", Origins: len(d.Stories[0].Origins),
	}
}

// held gives what each mute of a digest held back, by its name.
func held(d *digest.Digest) map[string]int {
	of := map[string]int{}
	for _, h := range d.Muted {
		of[h.Name] = len(h.Articles)
	}
	return of
}

// TestMuteForATime holds that a muted story comes back when its time is over, and
// tells nothing that came while it was muted.
func TestMuteForATime(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b := newBench(t, a)
		mute := b.shown()
		mute.Until = morning.Add(day + time.Hour)
		b.desk.Mute = []digest.Mute{mute}
		at := morning.Add(20 * time.Hour)
		b.keep("Isle TV", "cable-2", "Ferry crossings from Bodo stay stopped", cableStory[1], at, at, false)
		d := b.build(digest.Window{Due: morning.Add(day), Until: morning.Add(day), Explain: true})
		if diff := cmp.Diff(map[string]int{"1.1": 1}, held(d)); diff != "" || !d.Quiet() {
			t.Fatalf("while it is muted, %q: %s", leads(d), diff)
		}
		const why = "1.1 is muted until 25 Nov 04:30 by Leyla"
		if len(d.LeftOut) != 1 || d.LeftOut[0].Leaving != digest.Muted || d.LeftOut[0].Why != why {
			t.Errorf("left out: %+v", d.LeftOut)
		}
		b.edition(morning.Add(day))

		b.keep("Strait Wire", "reprint", "Ferry crossings from Bodo stay stopped", cableStory[1], morning.Add(day+2*time.Hour), morning.Add(day+2*time.Hour), false)
		if d := b.edition(morning.Add(2 * day)); !d.Quiet() || len(d.Muted) != 0 {
			t.Errorf("the reprint of a muted article is news: %q, %v", leads(d), d.Muted)
		}
		at = morning.Add(2*day + time.Hour)
		b.keep("Lume Post", "cable-3", "Bodo ferry pier cable to be mended", cableStory[2], at, at, false)
		d = b.edition(morning.Add(3 * day))
		if diff := cmp.Diff(cableStory[2:], leads(d)); diff != "" || len(d.Muted) != 0 {
			t.Fatalf("when the mute is over: %s, muted %v", diff, d.Muted)
		}
		if s := d.Stories[0]; s.Was != "1.1" || s.Articles != 1 {
			t.Errorf("the story that goes on: was %q, %d new articles", s.Was, s.Articles)
		}
	})
}

// TestMuteOfASubjectEnds holds that a reprint of what a muted subject held back is
// no news, though its story was never shown.
func TestMuteOfASubjectEnds(t *testing.T) {
	b := newBench(t, archivetest.Open(t))
	b.desk.Mute = []digest.Mute{{Subject: digest.FollowOutlet("Isle TV"), Until: morning.Add(time.Hour), By: "Leyla"}}
	b.keep("Isle TV", "cable-2", "Ferry crossings from Bodo stay stopped", cableStory[1], morning.Add(-time.Hour), morning.Add(-time.Hour), false)
	if d := b.edition(morning); held(d)["Isle TV"] != 1 || !d.Quiet() {
		t.Fatalf("muted: %q, %v", leads(d), d.Muted)
	}
	b.keep("Strait Wire", "reprint", "Ferry crossings from Bodo stay stopped", cableStory[1], morning.Add(2*time.Hour), morning.Add(2*time.Hour), false)
	if d := b.edition(morning.Add(day)); !d.Quiet() {
		t.Errorf("told later as new: %q", leads(d))
	}
}

// TestMuteBounds holds that a mute is in force from when it was made, until its end
// and no longer.
func TestMuteBounds(t *testing.T) {
	b := newBench(t, archivetest.Open(t))
	b.keep("Isle TV", "cable-2", "Ferry crossings from Bodo stay stopped", cableStory[1], morning.Add(-time.Hour), morning.Add(-time.Hour), false)
	for _, tt := range []struct {
		what         string
		since, until time.Time
		held         bool
	}{
		{"for good", time.Time{}, time.Time{}, true},
		{"until just after", morning.Add(-time.Hour), morning.Add(time.Microsecond), true},
		{"until then", morning.Add(-time.Hour), morning, false},
		{"made then", morning, time.Time{}, true},
		{"made after", morning.Add(time.Microsecond), time.Time{}, false},
	} {
		b.desk.Mute = []digest.Mute{{Subject: digest.FollowOutlet("Isle TV"), Since: tt.since, Until: tt.until}}
		d := b.build(digest.Window{Due: morning, Until: morning})
		if got := held(d)["Isle TV"] == 1; got != tt.held || d.Quiet() != tt.held {
			t.Errorf("%s: held back %v, %q", tt.what, got, leads(d))
		}
	}
}

// TestMuteUntilNew holds that a story comes back with an origin more, or with a
// correction, and stays then.
func TestMuteUntilNew(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b := newBench(t, a)
		mute := b.shown()
		mute.UntilNew = true
		b.desk.Mute = []digest.Mute{mute}
		at := morning.Add(2 * time.Hour)
		b.keep("Strait Wire", "reprint", "Loose power cable at Bodo ferry pier", cableStory[0], at, at, false)
		if d := b.edition(morning.Add(day)); !d.Quiet() || held(d)["1.1"] != 1 {
			t.Fatalf("a reprint is something new: %q, %v", leads(d), d.Muted)
		}
		at = morning.Add(day + time.Hour)
		b.keep("Isle TV", "cable-2", "Ferry crossings from Bodo stay stopped", cableStory[1], at, at, false)
		d := b.edition(morning.Add(2 * day))
		if diff := cmp.Diff(cableStory[1:2], leads(d)); diff != "" || len(d.Muted) != 0 {
			t.Errorf("with a second origin: %s, muted %v", diff, d.Muted)
		}
	})
}

func TestMuteUntilCorrected(t *testing.T) {
	b := newBench(t, archivetest.Open(t))
	b.keep("Isle TV", "changed", "Lifeboats", budget+more["budget"], morning.Add(-time.Hour), morning.Add(-time.Hour), false)
	d := b.edition(morning)
	b.desk.Mute = []digest.Mute{{Story: d.Stories[0].ID, Ref: "1.1", Since: morning.Add(time.Hour), UntilNew: true, Origins: 1, By: "Leyla"}}

	const now = "Norway will spend 90 million crowns on new lifeboats next year, the Norwegian finance ministry said."
	b.keep("Isle TV", "changed", "Lifeboats", now+more["budget"], morning.Add(-time.Hour), morning.Add(2*time.Hour), false)
	if diff := cmp.Diff([]string{now}, leads(b.edition(morning.Add(day)))); diff != "" {
		t.Errorf("the correction isn't told: %s", diff)
	}
	if d := b.edition(morning.Add(2 * day)); len(d.Muted) != 0 {
		t.Errorf("it is muted again: %v", d.Muted)
	}
}

// TestMuteFollowsMerges holds that a mute goes on where its story goes on in
// another one.
func TestMuteFollowsMerges(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b := newBench(t, a)
		mute := b.shown()
		b.desk.Mute = []digest.Mute{mute}
		at := morning.Add(2 * time.Hour)
		b.keep("Isle TV", "second", "Lifeboats", budget+more["budget"], at, at, false)
		now := b.stories()["https://second.example/a"]
		if now == mute.Story {
			t.Fatal("the second article is of the first one's story already")
		}
		if _, err := a.IndexBatch(context.Background(), archive.Batch{Merged: []story.Merged{{Story: mute.Story, Into: now}}}); err != nil {
			t.Fatal(err)
		}
		if d := b.edition(morning.Add(day)); !d.Quiet() || held(d)["1.1"] != 1 {
			t.Errorf("told under another number: %q, %v", leads(d), d.Muted)
		}
	})
}
