package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"time"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/ask"
)

// Converser answers questions, and keeps for each thread what it speaks of.
type Converser struct {
	Archive *archive.Archive
	Engine  *ask.Engine
	Theme   func(id string) string // the name of a theme
}

// conversation is what a thread speaks of, as the archive keeps it.
type conversation struct {
	Version int              `json:"version"`
	Desk    string           `json:"desk,omitempty"` // whose editions it may speak of
	Slots   *ask.Slots       `json:"slots,omitempty"`
	Cited   []int64          `json:"cited,omitempty"`   // Cited[i] is the article [i+1] of the thread
	Stories map[int64]string `json:"stories,omitempty"` // "12.1", by story
}

// conversationVersion is that of the JSON above.
const conversationVersion = 1

// Begin starts a thread under an edition: its stories and citations keep their
// numbers in the answers.
func (c *Converser) Begin(ctx context.Context, thread string, d *digest.Digest) error {
	conv := conversation{Desk: d.Desk, Stories: map[int64]string{}}
	for _, cited := range d.Cited {
		conv.Cited = append(conv.Cited, cited.Article)
	}
	for i := range d.Stories {
		conv.Stories[d.Stories[i].ID] = digest.Ref(d.Number, d.Stories[i].Number)
	}
	if err := c.keep(ctx, thread, conv); err != nil {
		return &NotKeptError{err}
	}
	return nil
}

// Reply is an answer, and how it is said.
type Reply struct {
	Answer  *ask.Answer
	Message Message
}

// Ask answers a question in a thread and keeps what the thread speaks of now.
func (c *Converser) Ask(ctx context.Context, thread, question string, who ask.Asker) (Message, error) {
	r, err := c.Reply(ctx, thread, question, who)
	return r.Message, err
}

// NotKeptError says that a question was answered and that the archive could not keep
// what the thread speaks of: the next question is read without it.
type NotKeptError struct{ Err error }

func (e *NotKeptError) Error() string { return "the conversation could not be kept: " + e.Err.Error() }

func (e *NotKeptError) Unwrap() error { return e.Err }

// Reply is [Converser.Ask], with the answer beside the message. With a
// [NotKeptError] there is an answer.
func (c *Converser) Reply(ctx context.Context, thread, question string, who ask.Asker) (Reply, error) {
	conv, err := c.recall(ctx, thread)
	if err != nil {
		return Reply{}, err
	}
	earlier, err := c.earlier(ctx, conv, question, who.Now)
	if err != nil {
		return Reply{}, err
	}
	found, err := c.Engine.Answer(ctx, ask.Question{Text: question, Before: conv.Slots, About: append(conv.about(), earlier...)}, who)
	if err != nil {
		return Reply{}, fmt.Errorf("searching the archive: %w", err)
	}
	conv.Slots = &found.Head.Slots
	conv.name(earlier)
	for _, s := range found.Sources {
		if !slices.Contains(conv.Cited, s.Article) {
			conv.Cited = append(conv.Cited, s.Article)
		}
	}
	kept := c.keep(ctx, thread, conv)
	a := answer{
		Answer: found, clock: clock{cmp.Or(who.Zone, time.UTC)}, now: who.Now, then: who.Then,
		names:   names{actor: c.Engine.Actors.Name, theme: c.Theme},
		numbers: map[int64]int{}, refs: conv.Stories,
	}
	for i, id := range conv.Cited {
		a.numbers[id] = i + 1
	}
	r := Reply{Answer: found, Message: a.message()}
	if kept != nil {
		return r, &NotKeptError{kept}
	}
	return r, nil
}

// about is what short names stand for in the thread.
func (c *conversation) about() []ask.Referent {
	var refs []ask.Referent
	for i, id := range c.Cited {
		refs = append(refs, ask.Referent{Name: strconv.Itoa(i + 1), Article: id})
	}
	for id, name := range c.Stories {
		refs = append(refs, ask.Referent{Name: name, Story: id})
	}
	slices.SortFunc(refs, func(a, b ask.Referent) int { return compareNames(a.Name, b.Name) })
	return refs
}

var storyNumber = regexp.MustCompile(`\b(\d{1,5})\.(\d{1,3})\b`)

// earlier is what the numbers of a question stand for that are those of another
// edition of the thread's desk, stored by then.
func (c *Converser) earlier(ctx context.Context, conv conversation, question string, by time.Time) ([]ask.Referent, error) {
	var refs []ask.Referent
	for _, m := range storyNumber.FindAllStringSubmatch(question, -1) {
		number, _ := strconv.Atoi(m[1])
		place, _ := strconv.Atoi(m[2])
		if conv.Desk == "" || slices.Contains(slices.Collect(maps.Values(conv.Stories)), m[0]) {
			continue
		}
		e, err := c.Archive.Edition(ctx, conv.Desk, number)
		if err != nil {
			return nil, err
		}
		if e == nil || e.Until.After(by) {
			continue
		}
		d, err := digest.Stored(e)
		if err != nil {
			return nil, err
		}
		if place >= 1 && place <= len(d.Stories) {
			refs = append(refs, ask.Referent{Name: m[0], Story: d.Stories[place-1].ID})
		}
	}
	return refs, nil
}

// name gives stories the numbers by which they were asked for, where the thread
// has none for them.
func (c *conversation) name(refs []ask.Referent) {
	for _, r := range refs {
		if c.Stories[r.Story] == "" {
			if c.Stories == nil {
				c.Stories = map[int64]string{}
			}
			c.Stories[r.Story] = r.Name
		}
	}
}

func compareNames(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func (c *Converser) recall(ctx context.Context, thread string) (conversation, error) {
	var conv conversation
	kept, _, err := c.Archive.Conversation(ctx, thread)
	if err != nil {
		return conv, err
	}
	if kept == nil {
		return conv, nil
	}
	err = json.Unmarshal(kept, &conv)
	if err == nil && conv.Version > conversationVersion {
		err = fmt.Errorf("a newer attache wrote it (version %d)", conv.Version)
	}
	if err != nil {
		return conv, fmt.Errorf("reading what the thread %s speaks of: %w", thread, err)
	}
	return conv, nil
}

func (c *Converser) keep(ctx context.Context, thread string, conv conversation) error {
	conv.Version = conversationVersion
	body, err := json.Marshal(conv)
	if err != nil {
		return fmt.Errorf("writing what the thread %s speaks of: %w", thread, err)
	}
	return c.Archive.SaveConversation(ctx, thread, body)
}
