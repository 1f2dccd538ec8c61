package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// channel is a place that does what it is told with each post, in turn.
type channel struct {
	script  []string // "store and fail", "refuse", …; taken where it isn't named
	posted  []string // the keys, in order
	finding Finding  // what a look answers when it isn't told by what is there
	finds   int
}

func (c *channel) Plan(Place, Thread) ([]Part, error) { return nil, nil }

func (c *channel) Post(_ context.Context, p Post) (string, error) {
	act := ""
	if len(c.script) > 0 {
		act, c.script = c.script[0], c.script[1:]
	}
	switch act {
	case "busy":
		return "", &RetryError{After: time.Minute, Err: errors.New("429")}
	case "refuse":
		return "", &RefusedError{errors.New("no such channel")}
	case "fail":
		return "", errors.New("500")
	case "store and fail":
		c.posted = append(c.posted, key(p))
		return "", errors.New("500")
	}
	c.posted = append(c.posted, strings.TrimSuffix(key(p)+"<"+p.Under, "<"))
	return "id." + key(p), nil
}

func (c *channel) Find(_ context.Context, p Post) (Finding, string, error) {
	c.finds++
	if len(c.script) > 0 && c.script[0] == "no answer" {
		c.script = c.script[1:]
		return CannotTell, "", errors.New("no answer")
	}
	if c.finding != NotThere {
		return c.finding, "", nil
	}
	if slices.Contains(c.posted, key(p)) {
		return There, "id." + key(p), nil
	}
	return NotThere, "", nil
}

// key is the delivery's, of which the rest of the mark says when it was planned.
func key(p Post) string {
	key, _, _ := strings.Cut(p.Key, "@")
	return key
}

func (c *channel) Withdraw(_ context.Context, _ Place, id string) error {
	act := ""
	if len(c.script) > 0 {
		act, c.script = c.script[0], c.script[1:]
	}
	switch act {
	case "busy":
		return &RetryError{After: time.Minute, Err: errors.New("429")}
	case "refuse":
		return &RefusedError{errors.New("not attache's own")}
	}
	c.posted = slices.DeleteFunc(c.posted, func(key string) bool { return "id."+key == id })
	return nil
}

// room is an archive whose clock is moved by hand, and a place to deliver to.
type room struct {
	*Deliverer
	now time.Time
}

func newRoom(t *testing.T, c *channel) *room {
	t.Helper()
	r := &room{now: time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC)}
	r.Deliverer = &Deliverer{
		Archive:  archivetest.Open(t).WithClock(func() time.Time { return r.now }),
		Adapters: map[string]Adapter{"slack": c},
		Log:      slog.New(slog.DiscardHandler),
	}
	return r
}

// plan plans parts of the place #a: "2<1" is part 2, under part 1.
func (r *room) plan(t *testing.T, parts ...string) {
	t.Helper()
	var all []archive.Delivery
	for _, p := range parts {
		key, parent, _ := strings.Cut(p, "<")
		all = append(all, archive.Delivery{Key: key, Parent: parent, Place: "slack:#a", Payload: json.RawMessage(`{}`)})
	}
	if err := r.Archive.Plan(t.Context(), all); err != nil {
		t.Fatal(err)
	}
}

// deliver goes on for a day.
func (r *room) deliver(t *testing.T) {
	t.Helper()
	for end := r.now.Add(24 * time.Hour); r.now.Before(end); {
		more, err := r.Step(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			r.now = r.now.Add(time.Minute)
		}
	}
}

func (r *room) states(t *testing.T) string {
	t.Helper()
	all, err := r.Archive.Deliveries(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	var states []string
	for _, d := range slices.Backward(all) {
		states = append(states, d.Key+" "+string(d.State))
	}
	return strings.Join(states, ", ")
}

func TestDeliver(t *testing.T) {
	tests := []struct {
		name    string
		parts   string
		script  []string
		finding Finding
		posted  string
		states  string
	}{
		{name: "in order, replies under their root", parts: "1 2<1 3<1", posted: "1 2<id.1 3<id.1", states: "1 sent, 2 sent, 3 sent", finding: NotThere},
		{name: "held back", parts: "1 2", script: []string{"busy"}, posted: "1 2", states: "1 sent, 2 sent", finding: NotThere},
		{name: "stored, then an error", parts: "1 2", script: []string{"store and fail"}, posted: "1 2", states: "1 sent, 2 sent", finding: NotThere},
		{name: "an error, not stored", parts: "1 2", script: []string{"fail", "fail"}, posted: "1 2", states: "1 sent, 2 sent", finding: NotThere},
		{name: "the look has no answer at first", parts: "1", script: []string{"store and fail", "no answer", "no answer"}, posted: "1", states: "1 sent", finding: NotThere},
		{name: "nobody can tell", parts: "1 2<1 3", script: []string{"store and fail"}, posted: "1 3", states: "1 unknown, 2 refused, 3 sent", finding: CannotTell},
		{name: "safe to repeat", parts: "1", script: []string{"fail"}, posted: "1", states: "1 sent", finding: Repeatable},
		{name: "refused, with what goes under it", parts: "1 2<1 3<2 4", script: []string{"refuse"}, posted: "4", states: "1 refused, 2 refused, 3 refused, 4 sent", finding: NotThere},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := &channel{script: tt.script, finding: tt.finding}
			r := newRoom(t, c)
			r.plan(t, strings.Fields(tt.parts)...)
			r.deliver(t)
			if got := strings.Join(c.posted, " "); got != tt.posted {
				t.Errorf("posted %q; want %q", got, tt.posted)
			}
			if got := r.states(t); got != tt.states {
				t.Errorf("states: %s; want %s", got, tt.states)
			}
		})
	}
}

// TestDeliverAfterTheClockWasMoved: parts are planned, busy, in doubt and waiting
// when the clock of the machine jumps; each is there once and in order afterwards.
func TestWithdraw(t *testing.T) {
	for _, test := range []struct{ script, posted, state string }{
		{"", "[]", "withdrawn"},
		{"busy", "[]", "withdrawn"},
		{"refuse", "[a]", "sent"},
	} {
		c := &channel{finding: NotThere}
		r := newRoom(t, c)
		if err := r.Archive.Plan(t.Context(), []archive.Delivery{{Key: "a", Place: "slack:#a", Conversation: "c", Payload: json.RawMessage(`{}`)}}); err != nil {
			t.Fatal(err)
		}
		r.deliver(t)
		c.script = strings.Fields(test.script)
		if err := r.Archive.Settle(t.Context(), archive.Settled{Withdraw: []string{"c"}}); err != nil {
			t.Fatal(err)
		}
		r.deliver(t)
		d, err := r.Archive.Delivery(t.Context(), "a")
		if err != nil || fmt.Sprint(c.posted) != test.posted || string(d.State) != test.state {
			t.Errorf("%q: %v posted, and it is %s, %v", test.script, c.posted, d.State, err)
		}
	}
}

func TestDeliverAfterTheClockWasMoved(t *testing.T) {
	for _, jump := range []time.Duration{time.Hour, -time.Hour, 24 * time.Hour, -24 * time.Hour, 400 * 24 * time.Hour, -400 * 24 * time.Hour} {
		for _, act := range []string{"", "busy", "fail", "store and fail"} {
			t.Run(fmt.Sprint(jump, " ", act), func(t *testing.T) {
				c := &channel{script: []string{"", act}, finding: NotThere}
				r := newRoom(t, c)
				r.plan(t, "1", "2<1", "3<2")
				for range 2 {
					if _, err := r.Step(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				r.now = r.now.Add(jump)
				r.plan(t, "4")
				for range 30 { // a minute each
					for more := true; more; {
						var err error
						if more, err = r.Step(t.Context()); err != nil {
							t.Fatal(err)
						}
					}
					if r.now = r.now.Add(time.Minute); strings.Count(r.states(t), "sent") == 4 {
						break
					}
				}
				if got := strings.Join(c.posted, " "); strings.ReplaceAll(got, "<id.1", "") != "1 2 3<id.2 4" || strings.Count(r.states(t), "sent") != 4 {
					t.Errorf("posted %q, %s", got, r.states(t))
				}
			})
		}
	}
}

// TestNoLookWithoutDoubt: a stop without a crash, or an ordinary post, asks nothing.
func TestNoLookWithoutDoubt(t *testing.T) {
	c := &channel{finding: NotThere, script: []string{"busy"}}
	r := newRoom(t, c)
	r.plan(t, "1", "2")
	r.deliver(t)
	if c.finds != 0 {
		t.Errorf("looked %d times", c.finds)
	}
}

func TestStopFinishesThePost(t *testing.T) {
	c := &channel{finding: NotThere}
	r := newRoom(t, c)
	r.plan(t, "1")
	ctx, stop := context.WithCancel(t.Context())
	r.Adapters["slack"] = stopping{c, stop}
	if _, err := r.Step(ctx); err != nil {
		t.Fatal(err)
	}
	if got := r.states(t); got != "1 sent" {
		t.Errorf("after a stop in the middle: %s", got)
	}
}

// stopping tells attache to stop in the middle of a post.
type stopping struct {
	Adapter
	stop func()
}

func (s stopping) Post(ctx context.Context, p Post) (string, error) {
	s.stop()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return s.Adapter.Post(ctx, p)
}

// TestHeldUpBeforeThePost: a process that was stopped after it took a part posts
// nothing when its lease may be over.
func TestHeldUpBeforeThePost(t *testing.T) {
	c := &channel{finding: NotThere}
	r := newRoom(t, c)
	r.plan(t, "1")
	r.Timeout = time.Nanosecond
	if more, err := r.Step(t.Context()); !more || err != nil {
		t.Fatal(more, err)
	}
	if got := r.states(t); got != "1 planned" || len(c.posted) > 0 {
		t.Errorf("held up: posted %v, %s", c.posted, got)
	}
	r.Timeout = 0
	r.deliver(t)
	if got := r.states(t); got != "1 sent" {
		t.Errorf("afterwards: %s", got)
	}
}

// TestDoubtWithoutAdapter: what may have landed is still looked for when its
// platform was out of the config meanwhile.
func TestDoubtWithoutAdapter(t *testing.T) {
	c := &channel{finding: NotThere, script: []string{"store and fail"}}
	r := newRoom(t, c)
	r.plan(t, "1")
	if _, err := r.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.Adapters = nil
	r.deliver(t)
	r.Adapters = map[string]Adapter{"slack": c}
	r.deliver(t)
	if got := strings.Join(c.posted, " "); got != "1" || r.states(t) != "1 sent" {
		t.Errorf("posted %q, %s", got, r.states(t))
	}
}

func TestPlaceWithoutAdapter(t *testing.T) {
	r := newRoom(t, &channel{finding: NotThere})
	for i, place := range []string{"discord:1", "slack/other:#a", "nonsense"} {
		err := r.Archive.Plan(t.Context(), []archive.Delivery{{Key: fmt.Sprint(i), Place: place, Payload: json.RawMessage(`{}`)}})
		if err != nil {
			t.Fatal(err)
		}
		if more, err := r.Step(t.Context()); !more || err != nil {
			t.Fatal(more, err)
		}
		d, err := r.Archive.Delivery(t.Context(), fmt.Sprint(i))
		if err != nil || d.Trouble == "" || d.State != archive.Planned && place != "nonsense" {
			t.Errorf("%s: %+v, %v", place, d, err)
		}
	}
}

// TestMarks: what another archive planned under the same key is another part.
func TestMarks(t *testing.T) {
	planned := time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC)
	a := mark(&archive.Delivery{Key: "Caucasus/1/file:b/1", Planned: planned})
	if again := mark(&archive.Delivery{Key: "Caucasus/1/file:b/1", Planned: planned}); a != again {
		t.Errorf("%s, then %s", a, again)
	}
	if b := mark(&archive.Delivery{Key: "Caucasus/1/file:b/1", Planned: planned.Add(time.Second)}); a == b {
		t.Errorf("both are %s", a)
	}
}
