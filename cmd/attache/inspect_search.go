package main

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"attache/digest/ask"
)

type inspectSearch struct{ inspectDocs }

// Help is printed under the call's flags.
func (inspectSearch) Help() string {
	return `Reads questions, {id,text,now?,tz?,history?}, and ranks the articles of --docs for
each, best first: {id,ranked,confidence,abstain,cited}. A question that names no
period is put to all of them; one without now, as when the newest of them appeared. history is what was said before, as texts or as
{speaker,text}.

Example:
  echo '{"id":1,"text":"Armenia and the gas price"}' | attache inspect search --docs articles.jsonl --why`
}

// search is a question of inspect search.
type search struct {
	ID      json.RawMessage `json:"id"`
	Text    string          `json:"text"`
	History []turn          `json:"history"`
	clock
}

// found is what inspect search says of a question.
type found struct {
	ID         json.RawMessage `json:"id"`
	Ranked     []string        `json:"ranked"`
	Confidence float64         `json:"confidence"`
	Abstain    bool            `json:"abstain"`
	Cited      []string        `json:"cited"`
	Why        *searchWhy      `json:"why,omitempty"`
}

// Run ranks the articles for each question.
func (c inspectSearch) Run(ctx context.Context, s *streams) error {
	sh, err := c.shelf(ctx, s)
	if err != nil {
		return err
	}
	err = c.each(ctx, s, func(line json.RawMessage) ([]any, error) {
		var in search
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		out, err := c.rank(ctx, sh, &in)
		return []any{out}, err
	})
	return errors.Join(err, sh.close())
}

func (c inspectSearch) rank(ctx context.Context, sh *shelf, in *search) (*found, error) {
	now, err := in.time()
	if err != nil {
		return nil, err
	}
	if in.Now == "" && !sh.newest.IsZero() {
		now = sh.newest.Add(time.Second).In(now.Location())
	}
	who := ask.Asker{Zone: now.Location(), Now: now}
	r, err := sh.converse.Engine.Rank(ctx, ask.Question{Text: in.Text}, who, saidBefore(in.History))
	if err != nil {
		return nil, err
	}
	out := &found{ID: in.ID, Ranked: sh.named(r.Ranked), Confidence: r.Confidence, Abstain: r.Abstain, Cited: sh.named(r.Cited)}
	if c.Why {
		out.Why = sh.whyRanked(r)
	}
	return out, nil
}

// turn is something that was said before, as a text or with its speaker.
type turn struct {
	Speaker string `json:"speaker"`
	Text    string `json:"text"`
}

// UnmarshalJSON implements [json.Unmarshaler].
func (t *turn) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &t.Text) == nil {
		return nil
	}
	type plain turn
	return json.Unmarshal(data, (*plain)(t))
}

// saidBefore is what the asker said: all turns but those of who answered.
func saidBefore(history []turn) []string {
	var out []string
	for _, t := range history {
		switch strings.ToLower(t.Speaker) {
		case "agent", "assistant", "bot", "attache", "system":
		default:
			out = append(out, t.Text)
		}
	}
	return out
}
