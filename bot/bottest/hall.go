package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/bot"
)

// Hall is a platform in memory: people, channels and threads, and nothing but text.
// It is an adapter of attache's, and where the scripts are played first. It is safe
// for concurrent use.
type Hall struct {
	Attache Attache
	// Next decides about a post before it is stored, where it isn't nil: a post that
	// is stored all the same was one whose answer was lost.
	Next func() (stored bool, err error)

	mu     sync.Mutex
	count  int
	shown  []*shown
	told   int // of those, by Seen
	gone   []Seen
	spoken map[string]bot.Request // what people said, by its id
	last   bot.Request
}

// shown is a message in the hall.
type shown struct {
	id, thread string
	key        string // of its post
	place      bot.Place
	to         string
	message    bot.Message
	withdrawn  bool
}

// hallPart is the payload of a part.
type hallPart struct {
	Message bot.Message `json:"message"`
}

// Plan makes a part of each message of a thread.
func (h *Hall) Plan(_ bot.Place, t bot.Thread) ([]bot.Part, error) {
	var parts []bot.Part
	for i, m := range append([]bot.Message{t.Root}, t.Replies...) {
		payload, err := json.Marshal(hallPart{m})
		if err != nil {
			return nil, err
		}
		parts = append(parts, bot.Part{Payload: payload, Under: min(i, 1)})
	}
	return parts, nil
}

// Post shows a part to everyone in the place.
func (h *Hall) Post(ctx context.Context, p bot.Post) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", &bot.RetryError{Err: err}
	}
	var part hallPart
	if err := json.Unmarshal(p.Payload, &part); err != nil {
		return "", &bot.RefusedError{Err: fmt.Errorf("reading the part: %w", err)}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	stored, err := true, error(nil)
	if h.Next != nil {
		stored, err = h.Next()
	}
	if !stored {
		return "", err
	}
	one := &shown{id: h.id(), thread: p.Under, key: p.Key, place: p.Place, message: part.Message}
	h.shown = append(h.shown, one)
	return one.id, err
}

// Find looks for a part by its key.
func (h *Hall) Find(_ context.Context, p bot.Post) (bot.Finding, string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.shown {
		if s.key == p.Key && s.place == p.Place && !s.withdrawn {
			return bot.There, s.id, nil
		}
	}
	return bot.NotThere, "", nil
}

// Withdraw takes a message away.
func (h *Hall) Withdraw(_ context.Context, _ bot.Place, id string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, s := range h.shown {
		if s.id != id || s.withdrawn {
			continue
		}
		s.withdrawn = true
		if i < h.told {
			h.gone = append(h.gone, Seen{ID: s.id, Thread: s.thread, Text: words(s.message), Withdrawn: true})
		}
	}
	return nil
}

// Keys are those of what stands in a place, in its order.
func (h *Hall) Keys(p bot.Place) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []string
	for _, s := range h.shown {
		if s.place == p && !s.withdrawn {
			all = append(all, s.key)
		}
	}
	return all
}

// Messages are all that stand in the hall, in order, and those to one person.
func (h *Hall) Messages() []bot.Message {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []bot.Message
	for _, s := range h.shown {
		if !s.withdrawn {
			all = append(all, s.message)
		}
	}
	return all
}

// id names what is said and shown, in one row. The caller holds the lock.
func (h *Hall) id() string {
	h.count++
	return fmt.Sprintf("%d", h.count)
}

// Seen is what was shown since the last call, those of one thread as one message,
// and then what was taken away.
func (h *Hall) Seen(*testing.T) []Seen {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []Seen
	whole := map[string]int{}
	for _, s := range h.shown[h.told:] {
		if s.withdrawn {
			continue
		}
		key := s.key[:strings.LastIndex(s.key, "/")+1]
		if i, ok := whole[key]; ok && key != "" {
			all[i].Text += "\n" + words(s.message)
			continue
		}
		whole[key] = len(all)
		m := Seen{ID: s.id, Thread: s.thread, To: s.to, Text: words(s.message)}
		for _, a := range s.message.Actions {
			m.Buttons = append(m.Buttons, a.Label)
		}
		all = append(all, m)
	}
	all = append(all, h.gone...)
	h.told, h.gone = len(h.shown), nil
	return all
}

// Do has a person do something.
func (h *Hall) Do(t *testing.T, a Act) string {
	t.Helper()
	r, err := h.request(a)
	if err != nil {
		t.Fatal(err)
	}
	if a.Kind == Unsays {
		gone := r
		gone.Kind = bot.Deleted
		h.Attache.Handle(t, gone)
	}
	if a.Twice {
		h.Attache.HandleTwice(t, r)
	} else {
		h.Attache.Handle(t, r)
	}
	h.Attache.Deliver(t)
	return r.Message
}

// request is what attache hears of an act.
func (h *Hall) request(a Act) (bot.Request, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if a.Kind == Repeats {
		return h.last, nil
	}
	r := h.by(a)
	var err error
	switch a.Kind {
	case Says, Unsays:
		r.Kind, r.Message = bot.Said, r.ID
		r.say(a.Text)
	case Invokes:
		r.Kind = bot.Invoked
		r.Command, r.Text, _ = strings.Cut(strings.TrimPrefix(a.Text, "/"), " ")
	case Edits, Deletes:
		said, ok := h.spoken[a.Message]
		if !ok {
			return bot.Request{}, fmt.Errorf("nothing that was said is %q", a.Message)
		}
		r.ID, r.Message, r.Thread = said.ID, said.Message, said.Thread
		r.Kind = bot.Deleted
		if a.Kind == Edits {
			r.Kind = bot.Edited
			r.say(a.Text)
		}
	case Presses:
		r.Kind, r.Message = bot.Pressed, a.Message
		r.Thread, r.Action, err = h.button(a)
	}
	h.last = r.Request
	if h.spoken == nil {
		h.spoken = map[string]bot.Request{}
	}
	h.spoken[r.Message] = r.Request
	return r.Request, err
}

// hallRequest is a request that is being made.
type hallRequest struct{ bot.Request }

// by is a request of a person, in a place.
func (h *Hall) by(a Act) hallRequest {
	id := h.id()
	r := bot.Request{ID: "hall/" + id, At: h.Attache.Now(), Thread: a.Thread, Place: bot.Place{Platform: "hall", Channel: a.Channel}, Person: HallPerson(a.Who)}
	r.Message = id
	if a.Channel == "" {
		r.Place.Channel, r.Alone, r.Addressed = "@"+a.Who, true, true
	}
	if a.Channel == "#cabinet" {
		r.Unreachable = "attache is not in #cabinet. Let it in there, then press Share here again."
	}
	r.Reply = func(_ context.Context, m bot.Message) error {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.shown = append(h.shown, &shown{id: h.id(), thread: a.Thread, place: r.Place, to: a.Who, message: m})
		return nil
	}
	return hallRequest{r}
}

// HallPerson is somebody in the hall.
func HallPerson(name string) bot.Person {
	p := bot.Person{ID: HallID(name), Name: name, Zone: time.FixedZone("Asia/Baku", 4*60*60)}
	if name == "Leyla" {
		p.Groups = []string{HallID("@caucasus-leads")}
	}
	return p
}

// HallID is the id of a person or a group of the hall.
func HallID(name string) string { return "hall:" + name }

var mention = regexp.MustCompile(`@\p{L}+`)

// say reads what somebody said. Mentions are told apart from the text, so that a line
// to somebody else is known by nothing but that.
func (r *hallRequest) say(text string) {
	for _, name := range mention.FindAllString(text, -1) {
		if name == "@attache" {
			r.Addressed = true
		} else {
			r.ToOthers = true
		}
	}
	text = strings.Replace(text, "@attache", "", 1)
	r.Text = strings.TrimSpace(mention.ReplaceAllString(text, ""))
}

// button finds what is pressed.
func (h *Hall) button(a Act) (thread string, pressed bot.Action, err error) {
	for _, s := range h.shown {
		if s.id != a.Message && s.thread != a.Message {
			continue
		}
		actions := s.message.Actions
		if a.Item != "" {
			actions = menuOf(s.message, a.Item)
		}
		i := slices.IndexFunc(actions, func(b bot.Action) bool { return b.Label == a.Label })
		if i < 0 || a.Item == "" && s.id != a.Message {
			continue
		}
		return s.thread, actions[i], nil
	}
	return "", bot.Action{}, errors.New("no button is called " + a.Label)
}

func menuOf(m bot.Message, ref string) []bot.Action {
	for _, b := range m.Blocks {
		if b.Ref == ref && len(b.Menu) > 0 {
			return b.Menu
		}
	}
	return nil
}

// words are the texts of a message, a line for each of its lines, and its buttons.
func words(m bot.Message) string {
	var lines []string
	for _, b := range m.Blocks {
		lines = append(lines, joined(b.Title, b.Ref, b.State, b.Facts))
		for _, l := range b.Lines {
			cited := ""
			if l.Cite > 0 {
				cited = fmt.Sprintf("[%d]", l.Cite)
			}
			if l.Cite > 0 && l.Kind == bot.Reported {
				cited = m.Citation(l.Cite).Outlet + " " + cited
			}
			lines = append(lines, joined(append([]string{l.Label, l.Text, cited}, append(l.Marks, l.Tail)...)...))
		}
	}
	for _, a := range m.Actions {
		lines = append(lines, "("+a.Label+")")
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n")
}

// joined are texts on one line.
func joined(texts ...string) string {
	return strings.Join(strings.Fields(strings.Join(texts, " ")), " ")
}
