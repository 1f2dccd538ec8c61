package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"attache/bot"
	"attache/bot/terminal"
	"attache/digest/ask"
)

type inspectAsk struct{ inspectDocs }

// Help is printed under the call's flags.
func (inspectAsk) Help() string {
	return `Reads questions, {id,q,as_of,follow_up_to?}, and answers each from the articles of
--docs, as it would have been at as_of: {id,answered,cited,text}. cited are the
articles in the order shown. A question with follow_up_to goes on from the one of
that id, which must stand above it.

Example:
  echo '{"id":1,"q":"latest on Armenia","as_of":"2026-11-24T07:30:00+04:00"}' | attache inspect ask --docs articles.jsonl`
}

// asked is what inspect ask says of a question.
type asked struct {
	ID       json.RawMessage `json:"id"`
	Answered bool            `json:"answered"`
	Cited    []string        `json:"cited"`
	Text     string          `json:"text"`
	Why      *answerWhy      `json:"why,omitempty"`

	message bot.Message // what was printed
}

// Run answers each question.
func (c inspectAsk) Run(ctx context.Context, s *streams) error {
	sh, err := c.shelf(ctx, s)
	if err != nil {
		return err
	}
	err = c.each(ctx, s, func(line json.RawMessage) ([]any, error) {
		var in struct {
			ID       json.RawMessage `json:"id"`
			Question string          `json:"q"`
			AsOf     string          `json:"as_of"`
			FollowUp json.RawMessage `json:"follow_up_to"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		now, err := instantOf("as_of", in.AsOf)
		if err != nil {
			return nil, err
		}
		if err := sh.goOn(ctx, string(in.FollowUp), string(in.ID)); err != nil {
			return nil, err
		}
		out, err := sh.ask(ctx, string(in.ID), in.Question, now, c.Why)
		if err != nil {
			return nil, err
		}
		out.ID = in.ID
		return []any{out}, nil
	})
	return errors.Join(err, sh.close())
}

// instantOf reads the time in a field of a line, in the zone that it is written in.
func instantOf(field, s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, fmt.Errorf("%s: expected a time such as 2026-11-24T07:30:00Z, not %q", field, s)
	}
	if _, offset := t.Zone(); offset != 0 {
		return t.In(time.FixedZone(t.Format("UTC-07:00"), offset)), nil
	}
	return t.UTC(), nil
}

// goOn begins a thread with what another one speaks of, where one is named.
func (sh *shelf) goOn(ctx context.Context, before, thread string) error {
	if before == "" || before == "null" {
		return nil
	}
	kept, _, err := sh.archive.Conversation(ctx, before)
	if err != nil {
		return err
	}
	if kept == nil {
		return fmt.Errorf("follow_up_to: no question %s was answered above", before)
	}
	return sh.archive.SaveConversation(ctx, thread, kept)
}

// ask answers a question in a thread, as it is printed on a terminal.
func (sh *shelf) ask(ctx context.Context, thread, question string, now time.Time, why bool) (*asked, error) {
	who := ask.Asker{Zone: now.Location(), Now: now}
	reply, err := sh.converse.Reply(ctx, thread, question, who)
	if err != nil {
		return nil, err
	}
	var printed strings.Builder
	if err := (terminal.Printer{W: &printed}).Message(reply.Message); err != nil {
		return nil, err
	}
	var ids []int64
	for _, s := range reply.Answer.Sources {
		ids = append(ids, s.Article)
	}
	out := &asked{Answered: reply.Answer.Answered(), Cited: sh.named(ids), Text: printed.String(), message: reply.Message}
	if why {
		out.Why = sh.whyAnswered(reply.Answer)
	}
	return out, nil
}
