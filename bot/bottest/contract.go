// Package bottest is the contract that every adapter passes.
//
// Begin with [Contract].
package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"attache/bot"
)

// Case is an adapter that can look for its own parts, and a place of its that is
// empty.
type Case struct {
	Adapter bot.Adapter
	Place   bot.Place
	// Shown are the keys of what stands in the place, in the order in which it is read.
	Shown     func(t *testing.T) []string
	Unordered bool // nobody reads the place from top to bottom
	// Each makes the next post go wrong, for which it may change the post, until over
	// is called. Nil where a place can't do that.
	Busy   func(t *testing.T, p *bot.Post) (over func())
	Refuse func(t *testing.T, p *bot.Post) (over func())
	Lose   func(t *testing.T, p *bot.Post) (over func()) // stored, and the answer lost
	// Harmless judges what a part of a hostile thread would show. See [Hostile].
	Harmless func(t *testing.T, part bot.Part)
}

// Contract holds an adapter to what package bot expects of it. Open makes a case
// anew for each test.
func Contract(t *testing.T, open func(t *testing.T) Case) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Case)
	}{
		{"a plan is the same each time", planIsPure},
		{"a long thread is planned whole", planIsWhole},
		{"hostile text is harmless", hostileIsHarmless},
		{"a thread is posted in order and found", threadIsFound},
		{"what was not posted is not there", notThere},
		{"another key is another part", otherKeys},
		{"a post is found whose answer was lost", lost},
		{"a place that is busy has nothing", busy},
		{"a place that refuses has nothing", refused},
		{"a post that was given up before it began has nothing", givenUp},
		{"what is withdrawn is gone", withdrawn},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

func planIsPure(t *testing.T, c Case) {
	for name, thread := range map[string]bot.Thread{"thread": Thread(), "hostile": Hostile(), "line": Line()} {
		first, second := c.plan(t, thread), c.plan(t, thread)
		if !slices.EqualFunc(first, second, samePart) {
			t.Errorf("%s: two plans differ", name)
		}
		if len(first) == 0 {
			t.Errorf("%s: no parts", name)
		}
		for i, part := range first {
			if !json.Valid(part.Payload) {
				t.Errorf("%s: part %d is no JSON", name, i+1)
			}
			if part.Under < 0 || part.Under > i {
				t.Errorf("%s: part %d goes under %d, which isn't an earlier one", name, i+1, part.Under)
			}
		}
	}
}

func samePart(a, b bot.Part) bool {
	return a.Under == b.Under && string(a.Payload) == string(b.Payload)
}

func planIsWhole(t *testing.T, c Case) {
	var all strings.Builder
	for _, part := range c.plan(t, Long()) {
		all.Write(part.Payload)
	}
	at := 0
	for _, sentence := range longSentences() {
		i := strings.Index(all.String()[at:], sentence)
		if i < 0 {
			t.Fatalf("%q is missing, or stands before its place", sentence)
		}
		at += i
	}
}

func hostileIsHarmless(t *testing.T, c Case) {
	parts := c.plan(t, Hostile())
	for _, part := range parts {
		c.Harmless(t, part)
	}
	c.postAll(t, "hostile", parts)
}

func threadIsFound(t *testing.T, c Case) {
	posts, ids := c.postAll(t, "Caucasus/12", c.plan(t, Thread()))
	keys := make([]string, len(posts))
	for i, p := range posts {
		keys[i] = p.Key
		c.wantFound(t, p, ids[i])
	}
	c.wantShown(t, keys...)
	slices.Sort(ids)
	if len(slices.Compact(ids)) < len(posts) {
		t.Errorf("ids are not unique: %q", ids)
	}
}

func notThere(t *testing.T, c Case) {
	c.wantNotThere(t, c.one(t, "Caucasus/12"))
	p := c.one(t, "Caucasus/12")
	c.post(t, p)
	p.Key = "Caucasus/13/" + c.Place.String() + "/1"
	c.wantNotThere(t, p)
}

// otherKeys has keys that a careless adapter would take for one, or that lead
// elsewhere.
func otherKeys(t *testing.T, c Case) {
	var posts []bot.Post
	for _, what := range []string{
		"a/1", "A/1", "a-1", "a/1/1", "a 1", "../a/1", "..", ".", "/etc/a", `..\a`, "a\x001", "é/1", "e\u0301/1", "Մոսկվա/1",
		"a/1?key=b&c#d%2F", "line\nbreak: x", strings.Repeat("long", 100) + "1", strings.Repeat("long", 100) + "2", "",
	} {
		posts = append(posts, c.one(t, what))
	}
	var ids, keys []string
	for _, p := range posts {
		c.wantNotThere(t, p)
		ids = append(ids, c.post(t, p))
		keys = append(keys, p.Key)
	}
	for i, p := range posts {
		c.wantFound(t, p, ids[i])
	}
	c.wantShown(t, keys...)
}

func lost(t *testing.T, c Case) {
	p := c.one(t, "Caucasus/12")
	if c.Lose == nil { // then only attache can die after a post
		c.wantFound(t, p, c.post(t, p))
		c.wantShown(t, p.Key)
		return
	}
	over := c.Lose(t, &p)
	_, err := c.Adapter.Post(t.Context(), p)
	over()
	var retry *bot.RetryError
	var refused *bot.RefusedError
	if err == nil || errors.As(err, &retry) || errors.As(err, &refused) {
		t.Fatalf("a post that may have landed gives %v", err)
	}
	c.wantThere(t, p)
	c.wantShown(t, p.Key)
}

func busy(t *testing.T, c Case) {
	p := c.one(t, "Caucasus/12")
	over := c.Busy(t, &p)
	_, err := c.Adapter.Post(t.Context(), p)
	over()
	var retry *bot.RetryError
	if !errors.As(err, &retry) || err.Error() == "" {
		t.Fatalf("a busy place gives %v; want a RetryError", err)
	}
	if retry.After < 0 || retry.After > 24*time.Hour {
		t.Errorf("it is to be tried again after %s", retry.After)
	}
	c.wantNotThere(t, p)
	c.wantFound(t, p, c.post(t, p))
	c.wantShown(t, p.Key)
}

func refused(t *testing.T, c Case) {
	p := c.one(t, "Caucasus/12")
	over := c.Refuse(t, &p)
	_, err := c.Adapter.Post(t.Context(), p)
	over()
	var refused *bot.RefusedError
	if !errors.As(err, &refused) || err.Error() == "" {
		t.Fatalf("a place that refuses gives %v; want a RefusedError", err)
	}
	c.wantNotThere(t, p)
	c.wantShown(t)
}

func givenUp(t *testing.T, c Case) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := c.one(t, "Caucasus/12")
	if _, err := c.Adapter.Post(ctx, p); err == nil {
		t.Error("a post without time gives no error")
	}
	c.wantNotThere(t, p)
}

func withdrawn(t *testing.T, c Case) {
	p, other := c.one(t, "Caucasus/12"), c.one(t, "Caucasus/13")
	id, otherID := c.post(t, p), c.post(t, other)
	for range 2 {
		if err := c.Adapter.Withdraw(t.Context(), c.Place, id); err != nil {
			t.Fatal(err)
		}
		c.wantNotThere(t, p)
	}
	c.wantFound(t, other, otherID)
	c.wantShown(t, other.Key)
	c.wantFound(t, p, c.post(t, p))
}

func (c Case) plan(t *testing.T, thread bot.Thread) []bot.Part {
	t.Helper()
	parts, err := c.Adapter.Plan(c.Place, thread)
	if err != nil {
		t.Fatal(err)
	}
	return parts
}

// one is a post of one line, with a key as attache makes them.
func (c Case) one(t *testing.T, what string) bot.Post {
	t.Helper()
	return c.posts(what, c.plan(t, Line()))[0]
}

func (c Case) posts(what string, parts []bot.Part) []bot.Post {
	all := make([]bot.Post, len(parts))
	for i, part := range parts {
		all[i] = bot.Post{
			Key: fmt.Sprintf("%s/%s/%d", what, c.Place, i+1), Place: c.Place, Payload: part.Payload,
			Planned: time.Now().Add(-time.Minute),
		}
	}
	return all
}

// postAll posts the parts of a thread, those below others under their ids.
func (c Case) postAll(t *testing.T, what string, parts []bot.Part) (posts []bot.Post, ids []string) {
	t.Helper()
	posts = c.posts(what, parts)
	for i, part := range parts {
		if part.Under > 0 {
			posts[i].Under = ids[part.Under-1]
		}
		ids = append(ids, c.post(t, posts[i]))
	}
	return posts, ids
}

func (c Case) post(t *testing.T, p bot.Post) (id string) {
	t.Helper()
	id, err := c.Adapter.Post(t.Context(), p)
	if err != nil || id == "" {
		t.Fatalf("posting %q: id %q, %v", p.Key, id, err)
	}
	return id
}

func (c Case) wantThere(t *testing.T, p bot.Post) (id string) {
	t.Helper()
	found, id, err := c.Adapter.Find(t.Context(), p)
	if found != bot.There || id == "" || err != nil {
		t.Fatalf("looking for %q: %v, id %q, %v; want it there", p.Key, found, id, err)
	}
	return id
}

func (c Case) wantFound(t *testing.T, p bot.Post, id string) {
	t.Helper()
	if got := c.wantThere(t, p); got != id {
		t.Errorf("%q is found as %q; it was posted as %q", p.Key, got, id)
	}
}

func (c Case) wantNotThere(t *testing.T, p bot.Post) {
	t.Helper()
	if found, id, err := c.Adapter.Find(t.Context(), p); found != bot.NotThere || err != nil {
		t.Fatalf("looking for %q: %v, id %q, %v; want it not there", p.Key, found, id, err)
	}
}

func (c Case) wantShown(t *testing.T, keys ...string) {
	t.Helper()
	got := c.Shown(t)
	if c.Unordered {
		slices.Sort(got)
		slices.Sort(keys)
	}
	if !slices.Equal(got, keys) {
		t.Errorf("the place has %q; want %q", got, keys)
	}
}
