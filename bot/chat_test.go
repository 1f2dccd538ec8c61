package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/ask"
	"attache/digest/theme"
	"attache/sources"
	"attache/sources/text"
)

// chat is a platform with one channel, and attache in it on one or more replicas.
type chat struct {
	t        *testing.T
	archive  *archive.Archive
	desks    []Desk // as the config would have them
	handlers []*Handler
	deliver  *Deliverer
	now      time.Time
	n        int // messages so far

	mu     sync.Mutex
	posted []posted  // what was posted in the channel
	told   int       // of these, by heard
	said   []Message // what was shown to people alone
}

type posted struct {
	id, under string
	message   Message
}

func newChat(t *testing.T, a *archive.Archive) *chat {
	c := &chat{t: t, now: time.Date(2026, 11, 24, 4, 2, 0, 0, time.UTC)}
	c.archive = a.WithClock(func() time.Time { return c.now })
	adapters := map[string]Adapter{"slack": c}
	c.deliver = &Deliverer{Archive: c.archive, Adapters: adapters, Log: slog.New(slog.DiscardHandler)}
	c.desks = []Desk{
		{Desk: digest.Desk{Name: "Caucasus", Follow: []digest.Subject{{Name: "Azerbaijan–Israel", Dyad: "AZE-ISR"}}}, Places: []Place{channel1}},
		{Desk: digest.Desk{Name: "Rails", Follow: []digest.Subject{{Name: "Georgia", Actor: "GEO"}}}, Places: []Place{{"slack", "", "#rails"}}},
	}
	c.handlers = append(c.handlers, c.replica())
	return c
}

// edition publishes a desk's next edition.
func (c *chat) edition(desk Desk) *digest.Digest {
	c.t.Helper()
	h := c.handlers[0]
	d, err := h.Builder.Build(c.t.Context(), &desk.Desk, digest.Window{Due: c.now, Until: c.now})
	if err != nil {
		c.t.Fatal(err)
	}
	if err := h.Publisher.Publish(c.t.Context(), nil, d, desk.Places, time.Time{}); err != nil {
		c.t.Fatal(err)
	}
	c.post()
	return d
}

// replica is another attache on the same archive.
func (c *chat) replica() *Handler {
	actors := actor.Load()
	log := slog.New(slog.DiscardHandler)
	return &Handler{
		Archive: c.archive, Engine: &ask.Engine{Archive: c.archive, Actors: actors, Themes: theme.NewTagger(actors)},
		Desks:     &Desks{Archive: c.archive, Base: c.desks},
		Publisher: &Publisher{Archive: c.archive, Adapters: map[string]Adapter{"slack": c}, Log: log},
		Builder:   &digest.Builder{Archive: c.archive, Actors: actors}, Operator: "Murad", Log: log, Now: func() time.Time { return c.now },
	}
}

func (c *chat) Plan(_ Place, th Thread) ([]Part, error) {
	payload, err := json.Marshal(th.Root)
	parts := []Part{{Payload: payload}}
	for _, m := range th.Replies {
		if payload, err = json.Marshal(m); err != nil {
			break
		}
		parts = append(parts, Part{Payload: payload, Under: 1})
	}
	return parts, err
}

func (c *chat) Post(_ context.Context, p Post) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one := posted{id: fmt.Sprintf("a%d", len(c.posted)+1), under: p.Under}
	if err := json.Unmarshal(p.Payload, &one.message); err != nil {
		return "", err
	}
	c.posted = append(c.posted, one)
	return one.id, nil
}

func (c *chat) Find(context.Context, Post) (Finding, string, error) { return NotThere, "", nil }

func (c *chat) Withdraw(_ context.Context, _ Place, id string) error {
	for i := range c.posted {
		if c.posted[i].id == id {
			c.posted[i].id = "withdrawn"
		}
	}
	return nil
}

var channel1 = Place{Platform: "slack", Channel: "#caucasus"}

func person(name string) Person { return Person{ID: "slack:" + name, Name: name} }

// request completes a request and handles it, by any replica.
func (c *chat) do(r Request) Request {
	c.t.Helper()
	c.n++
	c.now = c.now.Add(time.Second)
	if r.ID == "" {
		r.ID = fmt.Sprintf("slack/r%d", c.n)
	}
	if r.Message == "" && r.Kind == Said {
		r.Message = fmt.Sprintf("m%d", c.n)
	}
	if r.At.IsZero() {
		r.At = c.now
	}
	if r.Place == (Place{}) {
		r.Place = channel1
	}
	r.Reply = func(_ context.Context, m Message) error {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.said = append(c.said, m)
		return nil
	}
	if err := c.handlers[c.n%len(c.handlers)].Handle(c.t.Context(), r); err != nil {
		c.t.Errorf("%s: %v", r.Text, err)
	}
	c.post()
	return r
}

// post delivers all that is planned.
func (c *chat) post() {
	c.t.Helper()
	for more := true; more; {
		var err error
		if more, err = c.deliver.Step(c.t.Context()); err != nil {
			c.t.Fatal(err)
		}
	}
}

// ask says a line of the thread to attache.
func (c *chat) ask(who, thread, what string) Request {
	return c.do(Request{Kind: Said, Thread: thread, Person: person(who), Text: what, Addressed: true})
}

// say says a line of the thread to nobody.
func (c *chat) say(who, thread, what string) Request {
	return c.do(Request{Kind: Said, Thread: thread, Person: person(who), Text: what})
}

func (c *chat) press(who, thread string, a Action) Request {
	return c.do(Request{Kind: Pressed, Thread: thread, Person: person(who), Action: a})
}

// heard is what was said since the last call: what all read, as "<under> text",
// and then what one read alone.
func (c *chat) heard() string {
	var b strings.Builder
	for _, p := range c.posted[c.told:] {
		fmt.Fprintf(&b, "<%s> %s\n", p.under, words(p.message))
	}
	for _, m := range c.said {
		fmt.Fprintf(&b, "alone: %s\n", words(m))
	}
	c.told, c.said = len(c.posted), nil
	return b.String()
}

// standing counts the posts that were not withdrawn.
func (c *chat) standing() (n int) {
	for _, p := range c.posted {
		if p.id != "withdrawn" {
			n++
		}
	}
	return n
}

// words are the texts of a message, and its buttons.
func words(m Message) string {
	var said []string
	for _, b := range m.Blocks {
		said = append(said, b.Title)
		for _, l := range b.Lines {
			said = append(said, l.Label, l.Text, l.Tail)
			if l.Cite > 0 {
				said = append(said, fmt.Sprintf("[%d]", l.Cite))
			}
		}
	}
	for _, a := range m.Actions {
		said = append(said, "("+a.Label+")")
	}
	return strings.Join(strings.Fields(strings.Join(said, " ")), " ")
}

func button(t *testing.T, m Message, label string) Action {
	t.Helper()
	for _, a := range m.Actions {
		if a.Label == label {
			return a
		}
	}
	t.Fatalf("no button %q: %s", label, words(m))
	return Action{}
}

// news are articles of one outlet, understood.
func (c *chat) news() {
	c.t.Helper()
	actors := actor.Load()
	seen := c.now.Add(-12 * time.Hour)
	var found []sources.Found
	for i, s := range []string{
		"Azerbaijan ordered nine patrol boats from Israel, its navy said on Monday.",
		"Azerbaijan shipped more crude oil to Israel in October, port records show.",
		"Armenia and Turkey agreed to open a border crossing, officials said.",
		"Georgia will repair the railway to Armenia, its transport ministry said.",
	} {
		at := seen.Add(time.Duration(i) * time.Minute)
		url := fmt.Sprintf("https://strait-wire.example/%d", i)
		found = append(found, sources.Found{
			Article: sources.Article{
				URL: url, Outlet: "Strait Wire", Title: strings.TrimSuffix(s, "."), Text: s, Lang: "en",
				Published: text.Date{At: at}, Seen: at, Changed: at,
			},
			Sighting: sources.Sighting{Source: "Strait Wire", GUID: url, URL: url, Seen: at},
		})
	}
	state := sources.State{FirstPoll: seen, LastPoll: seen, LastOK: seen}
	source, outlet := sources.Source{Name: "Strait Wire", Outlet: "Strait Wire"}, sources.Outlet{Name: "Strait Wire"}
	if _, _, err := c.archive.Keep(c.t.Context(), source, outlet, state, found); err != nil {
		c.t.Fatal(err)
	}
	x := digest.Indexer{Archive: c.archive, Actors: actors, Themes: theme.NewTagger(actors)}
	if _, err := x.Index(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
}
