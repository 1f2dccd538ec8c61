package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/ask"
)

// conversation is what a thread speaks of, as the archive keeps it.
type conversation struct {
	Version int              `json:"version"`
	Desk    string           `json:"desk,omitempty"`    // whose editions it may speak of
	Edition int              `json:"edition,omitempty"` // that it stands under; 0 for none
	Slots   *ask.Slots       `json:"slots,omitempty"`
	Past    int              `json:"past,omitempty"`    // how many articles were cited before those of Cited
	Cited   []int64          `json:"cited,omitempty"`   // Cited[i] is the article [Past+i+1] of the thread
	Stories map[int64]string `json:"stories,omitempty"` // "12.1", by story

	Set    map[string]asker `json:"set,omitempty"`    // who named what the slots have, by their JSON names
	Answer string           `json:"answer,omitempty"` // the one that the slots are from
	Asked  *writing         `json:"asked,omitempty"`  // the last question to attache
	Wrote  []writing        `json:"wrote,omitempty"`  // when those wrote last who did last
}

// conversationVersion is that of the JSON above.
const conversationVersion = 1

// asker is a person in a conversation.
type asker struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

// writing is that a person wrote, and when. What was written isn't kept.
type writing struct {
	Person string    `json:"person"`
	At     time.Time `json:"at"`
}

// What a conversation keeps at most: the articles that it cited last, and the
// stories that it has numbers for.
const (
	mostCited   = 1000
	mostStories = 1000
)

// under begins a conversation under an edition: its stories and citations keep
// their numbers.
func under(d *digest.Digest) conversation {
	conv := conversation{Desk: d.Desk, Edition: d.Number, Stories: map[int64]string{}}
	for _, c := range d.Cited {
		conv.Cited = append(conv.Cited, c.Article)
	}
	for i := range d.Stories {
		conv.Stories[d.Stories[i].ID] = digest.Ref(d.Number, d.Stories[i].Number)
	}
	return conv
}

// cite gives articles the numbers after those that it gave.
func (c *conversation) cite(sources []ask.Source) {
	cited := slices.Clone(c.Cited)
	for _, s := range sources {
		if !slices.Contains(cited, s.Article) {
			cited = append(cited, s.Article)
		}
	}
	if over := len(cited) - mostCited; over > 0 {
		c.Past, cited = c.Past+over, cited[over:]
	}
	c.Cited = cited
}

// numbers are those of the articles that it cites.
func (c *conversation) numbers() map[int64]int {
	numbers := make(map[int64]int, len(c.Cited))
	for i, id := range c.Cited {
		numbers[id] = c.Past + i + 1
	}
	return numbers
}

// about is what short names stand for in it.
func (c *conversation) about() []ask.Referent {
	var refs []ask.Referent
	for i, id := range c.Cited {
		refs = append(refs, ask.Referent{Name: strconv.Itoa(c.Past + i + 1), Article: id})
	}
	for id, name := range c.Stories {
		refs = append(refs, ask.Referent{Name: name, Story: id})
	}
	slices.SortFunc(refs, func(a, b ask.Referent) int {
		return cmp.Or(cmp.Compare(len(a.Name), len(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	return refs
}

// name gives stories the numbers by which they were asked for, where it has none
// for them.
func (c *conversation) name(refs []ask.Referent) {
	stories := maps.Clone(c.Stories)
	for _, r := range refs {
		if stories[r.Story] == "" && len(stories) < mostStories {
			if stories == nil {
				stories = map[int64]string{}
			}
			stories[r.Story] = r.Name
		}
	}
	c.Stories = stories
}

// names reports whether a number is that of one of its stories.
func (c *conversation) names(ref string) bool {
	return slices.Contains(slices.Collect(maps.Values(c.Stories)), ref)
}

// mostWrote is of how many people it is known when they wrote last. Two would be
// enough to tell whether somebody else did, if lines came in their order.
const mostWrote = 8

// hear notes that somebody wrote. Of each person the last line counts.
func (c *conversation) hear(person string, at time.Time) {
	wrote := []writing{{person, at}}
	for _, w := range c.Wrote {
		if w.Person != person {
			wrote = append(wrote, w)
		} else if w.At.After(at) {
			wrote[0].At = w.At
		}
	}
	slices.SortStableFunc(wrote, func(a, b writing) int { return b.At.Compare(a.At) })
	c.Wrote = wrote[:min(len(wrote), mostWrote)]
}

// asks notes that somebody asked attache.
func (c *conversation) asks(person string, at time.Time) {
	c.hear(person, at)
	if c.Asked == nil || !c.Asked.At.After(at) {
		c.Asked = &writing{person, at}
	}
}

// interrupted reports whether somebody else wrote between the last question and a
// time.
func (c *conversation) interrupted(at time.Time) bool {
	return slices.ContainsFunc(c.Wrote, func(w writing) bool {
		return w.Person != c.Asked.Person && w.At.After(c.Asked.At) && !w.At.After(at)
	})
}

// thread is a conversation as it was read.
type thread struct {
	conversation
	key      string // empty for one that isn't kept
	revision int64
	known    bool // attache began it, or answers in it
}

// keeping is the thread as it is to be kept.
func (t *thread) keeping() (archive.Conversing, error) {
	return conversing(t.key, t.revision, &t.conversation)
}

func conversing(key string, revision int64, what any) (archive.Conversing, error) {
	body, err := json.Marshal(what)
	if err != nil {
		return archive.Conversing{}, fmt.Errorf("writing the conversation %s: %w", key, err)
	}
	return archive.Conversing{Key: key, Body: body, Revision: revision}, nil
}

// recall reads a thread by its key.
func recall(ctx context.Context, a *archive.Archive, key string) (thread, error) {
	t := thread{key: key}
	body, revision, err := a.Conversation(ctx, key)
	if err != nil || body == nil {
		return t, err
	}
	t.revision, t.known = revision, true
	if err := decode(key, body, &t.conversation); err != nil {
		return t, err
	}
	return t, nil
}

// decode reads what a conversation was kept with.
func decode(key string, body json.RawMessage, into any) error {
	var v struct{ Version int }
	err := json.Unmarshal(body, &v)
	if err == nil && v.Version > conversationVersion {
		err = fmt.Errorf("a newer attache wrote it (version %d)", v.Version)
	}
	if err == nil {
		err = json.Unmarshal(body, into)
	}
	if err != nil {
		return fmt.Errorf("reading what %s speaks of: %w", key, err)
	}
	return nil
}
