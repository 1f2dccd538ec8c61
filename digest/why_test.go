package digest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/sources"
)

// whyBench is a desk with two editions, and an article of each kind.
func whyBench(t *testing.T, a *archive.Archive) (b *bench, first, second *digest.Digest) {
	b = newBench(t, a)
	b.desk.Mute = []digest.Mute{{Subject: digest.FollowActor(b.actors, "SWE"), By: "Leyla", Until: morning.Add(2 * day)}}
	hour := time.Hour
	b.keep("Isle TV", "told", "Lifeboats", budget+more["budget"], morning.Add(-4*hour), morning.Add(-3*hour), false)
	b.keep("Lume Post", "copied", "Lifeboats", budget+more["budget"], morning.Add(-3*hour), morning.Add(-2*hour), false)
	b.keep("Lume Post", "muted", "Sweden and Norway open a road", "Sweden and Norway opened a road over the mountains, the Swedish roads office said. Sweden paid for the tunnels.", morning.Add(-3*hour), morning.Add(-2*hour), false)
	b.keep("Strait Wire", "elsewhere", "Chile opens a school", "Chile opened a school for 300 children in Arica, its education ministry said.", morning.Add(-3*hour), morning.Add(-2*hour), false)
	b.keep("Strait Wire", "backlog", "Whales", whales, morning.Add(-30*hour), morning.Add(-hour), true)
	first = b.edition(morning)
	b.keep("Quay Herald", "second", "Ferries stop", ferries+more["ferries"], morning.Add(hour), morning.Add(2*hour), false)
	second = b.edition(morning.Add(day))
	b.keep("Quay Herald", "third", "Chess", chess, morning.Add(day+hour), morning.Add(day+2*hour), false)
	return b, first, second
}

// TestWhy holds what is said of an article in an edition, or missing there.
func TestWhy(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, first, second := whyBench(t, a)
		for _, c := range []struct {
			in        *digest.Digest
			slug, ref string
			leaving   digest.Leaving
			why       string
		}{
			{first, "told", "1.1", "", "it is [1] in 1.1"},
			{first, "copied", "1.1", digest.Copy, `it has the text of Isle TV, "Lifeboats": counted in 1.1; 100 % of`},
			{first, "muted", "", digest.Muted, "SWE is muted until 26 Nov 03:30 by Leyla"},
			{first, "elsewhere", "", digest.NotFollowed, "about Chile"},
			{first, "backlog", "", digest.Old, "backlog of before this window, which began 23 Nov 03:30"},
			{first, "second", "", digest.Later, "it was first seen 24 Nov 05:30, after no. 1 was made; no. 2 read it"},
			{first, "third", "", digest.Later, "it was first seen 25 Nov 05:30, after no. 1 was made; the next edition reads it"},
			{second, "second", "2.1", "", "it is [1] in 2.1"},
			{second, "told", "1.1", digest.Told, "no. 1 told it: it is [1] in 1.1"},
			{second, "copied", "1.1", digest.Copy, `no. 1 told it: it has the text of Isle TV, "Lifeboats": counted in 1.1`},
			{second, "muted", "", digest.Muted, "no. 1 left it out: SWE is muted until 26 Nov 03:30 by Leyla"},
			{second, "elsewhere", "", digest.NotFollowed, "no. 1 left it out: about Chile"},
			{second, "third", "", digest.Later, "it was first seen 25 Nov 05:30, after no. 2 was made; the next edition reads it"},
		} {
			builder := digest.Builder{Archive: a, Actors: b.actors}
			r, err := builder.WhyURL(context.Background(), c.in, "https://"+c.slug+".example/a?utm_source=chat")
			c.why = strings.Replace(c.why, "SWE", "Sweden", 1)
			if err != nil || r.Ref != c.ref || r.Leaving != c.leaving || !strings.HasPrefix(r.Why, c.why) || r.Article == 0 {
				t.Errorf("%s in no. %d: %+v, %v; want %s, %s, %q", c.slug, c.in.Number, r, err, c.ref, c.leaving, c.why)
			}
		}
	})
}

// TestWhyOfAChange holds that a version that changed in nothing that was shown is
// said to be one.
func TestWhyOfAChange(t *testing.T) {
	b, _, _ := whyBench(t, archivetest.Open(t))
	b.keep("Isle TV", "told", "Lifeboats", budget+more["budget"]+" It will say more in May.", morning.Add(-4*time.Hour), morning.Add(day+3*time.Hour), false)
	third := b.edition(morning.Add(2 * day))
	builder := digest.Builder{Archive: b.archive, Actors: b.actors}
	r, err := builder.Why(context.Background(), third, b.id("told.example/a"))
	if err != nil || r.Leaving != digest.Old || !strings.HasPrefix(r.Why, "changed in nothing that an edition showed") {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestWhyAbsent holds what is said of an article that was never gathered.
func TestWhyAbsent(t *testing.T) {
	b, first, _ := whyBench(t, archivetest.Open(t))
	ctx := context.Background()
	for host, state := range map[string]sources.State{
		"fine": {LastOK: morning.Add(-time.Hour)},
		"bad":  {Trouble: "503 Service Unavailable", FailingSince: morning.Add(-3 * time.Hour)},
	} {
		src := sources.Source{Name: "The " + host, Outlet: host, URL: "https://www." + host + ".example/feed"}
		if _, _, err := b.archive.Keep(ctx, src, sources.Outlet{Name: host}, state, nil); err != nil {
			t.Fatal(err)
		}
	}
	const none = "the archive has no article of this address; "
	for address, want := range map[string]string{
		"https://elsewhere.test/a": none + `no source of "elsewhere.test" is polled`,
		"https://fine.example/b":   none + "The fine is polled, and did not show it by 24 Nov 02:30",
		"https://bad.example/b":    none + "The bad is polled, and not read since 24 Nov 00:30: 503 Service Unavailable",
		"no address":               `"no address" is no address of an article`,
	} {
		builder := digest.Builder{Archive: b.archive, Actors: b.actors}
		if r, err := builder.WhyURL(ctx, first, address); err != nil || r.Leaving != digest.Absent || r.Why != want || r.Article != 0 {
			t.Errorf("%s: %+v, %v", address, r, err)
		}
	}
}
