package bot

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/ask"
)

// Converser answers questions, and keeps for each thread what it speaks of. A
// [Handler] is what people talk to; this is for one who asks alone, by hand.
type Converser struct {
	Archive *archive.Archive
	Engine  *ask.Engine
	Theme   func(id string) string // the name of a theme
}

// Begin starts a thread under an edition: its stories and citations keep their
// numbers in the answers.
func (c *Converser) Begin(ctx context.Context, thread string, d *digest.Digest) error {
	conv := under(d)
	conv.Edition = 0 // who asks by hand asks of all that was gathered
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
	t, err := recall(ctx, c.Archive, thread)
	if err != nil {
		return Reply{}, err
	}
	a, conv, err := c.answer(ctx, t.conversation, ask.Question{Text: question}, who, asker{})
	if err != nil {
		return Reply{}, err
	}
	r := Reply{Answer: a.Answer, Message: a.message()}
	if err := c.keep(ctx, thread, conv); err != nil {
		return r, &NotKeptError{err}
	}
	return r, nil
}

func (c *Converser) keep(ctx context.Context, thread string, conv conversation) error {
	conv.Version = conversationVersion
	kept, err := conversing(thread, 0, conv)
	if err != nil {
		return err
	}
	return c.Archive.SaveConversation(ctx, thread, kept.Body)
}

// answer answers a question in a conversation, and gives what that speaks of
// afterwards. by is whose question it is.
func (c *Converser) answer(ctx context.Context, conv conversation, q ask.Question, who ask.Asker, by asker) (answer, conversation, error) {
	earlier, err := c.earlier(ctx, &conv, q.Text, who.Now)
	if err != nil {
		return answer{}, conv, err
	}
	q.Before, q.About = conv.Slots, append(conv.about(), earlier...)
	found, err := c.Engine.Answer(ctx, q, who)
	if err != nil {
		return answer{}, conv, fmt.Errorf("searching the archive: %w", err)
	}
	conv.Version = conversationVersion
	conv.Slots = &found.Head.Slots
	conv.name(earlier)
	conv.cite(found.Sources)
	from := conv.taken(found.Head, by)
	return answer{
		Answer: found, clock: clock{cmp.Or(who.Zone, time.UTC)}, now: who.Now, then: who.Then,
		names:   names{actor: c.Engine.Actors.Name, theme: c.Theme},
		numbers: conv.numbers(), refs: conv.Stories, from: from,
	}, conv, nil
}

var storyNumber = regexp.MustCompile(`\b(\d{1,5})\.(\d{1,3})\b`)

// mostNumbers is how many numbers of a question are looked up in editions.
const mostNumbers = 20

// earlier is what the numbers of a question stand for that are those of another
// edition of the conversation's desk, stored by then.
func (c *Converser) earlier(ctx context.Context, conv *conversation, question string, by time.Time) ([]ask.Referent, error) {
	var refs []ask.Referent
	if conv.Desk == "" {
		return nil, nil
	}
	for _, m := range storyNumber.FindAllStringSubmatch(question, mostNumbers) {
		if conv.names(m[0]) || slices.ContainsFunc(refs, func(r ask.Referent) bool { return r.Name == m[0] }) {
			continue
		}
		id, err := c.storyOf(ctx, conv.Desk, m[0], by)
		if err != nil {
			return nil, err
		}
		if id != 0 {
			refs = append(refs, ask.Referent{Name: m[0], Story: id})
		}
	}
	return refs, nil
}

// storyOf is the story that has a number in a desk's editions up to a time, "12.1";
// 0 for none.
func (c *Converser) storyOf(ctx context.Context, desk, ref string, by time.Time) (int64, error) {
	m := storyNumber.FindStringSubmatch(ref)
	number, _ := strconv.Atoi(m[1])
	place, _ := strconv.Atoi(m[2])
	d, err := editionOf(ctx, c.Archive, desk, number)
	if err != nil || d == nil || d.Until.After(by) || place < 1 || place > len(d.Stories) {
		return 0, err
	}
	return d.Stories[place-1].ID, nil
}

// editionOf reads an edition of a desk; nil where it has none of that number.
func editionOf(ctx context.Context, a *archive.Archive, desk string, number int) (*digest.Digest, error) {
	e, err := a.Edition(ctx, desk, number)
	if err != nil || e == nil {
		return nil, err
	}
	return digest.Stored(e)
}
