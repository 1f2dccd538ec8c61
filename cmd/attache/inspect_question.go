package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"time"

	"attache/digest/actor"
	"attache/digest/ask"
	"attache/digest/theme"
)

type inspectQuestion struct{ inspectInput }

// Help is printed under the call's flags.
func (inspectQuestion) Help() string {
	return `In: {id,now,tz,turns:[{turn,text}]}

Out: for each turn {dialogue,turn,status,slots:{actors,dyad,themes,period,outlets,mode}}

Status is ok, clarify, refuse or unknown. --why adds what was kept from the turn before, doubts, and names
that were read as others.

Example:
  echo '{"id":1,"now":"2026-11-24T07:30:00Z","tz":"Asia/Baku","turns":[{"turn":1,"text":"latest on Armenia"}]}' |
    attache inspect question`
}

// dialogue is a line of the call's input.
type dialogue struct {
	ID key `json:"id"`
	clock
	Turns []struct {
		Turn json.RawMessage `json:"turn"`
		Text string          `json:"text"`
	} `json:"turns"`
}

// failed is one object for each turn: none of them could be read.
func (d *dialogue) failed(err error) []any {
	type failure struct {
		Dialogue key             `json:"dialogue"`
		Turn     json.RawMessage `json:"turn,omitempty"`
		Error    string          `json:"error"`
	}
	if len(d.Turns) == 0 {
		return []any{failure{Dialogue: d.ID, Error: err.Error()}}
	}
	var all []any
	for _, t := range d.Turns {
		all = append(all, failure{d.ID, t.Turn, err.Error()})
	}
	return all
}

// Run reads the turns of each conversation, each after the ones before.
func (c inspectQuestion) Run(ctx context.Context, s *streams) error {
	actors := actor.Load()
	engine := &ask.Engine{Actors: actors, Themes: theme.NewTagger(actors)}
	return c.each(ctx, s, func(line json.RawMessage) ([]any, error) {
		var in dialogue
		if err := decode(line, &in); err != nil {
			return in.failed(err), nil
		}
		now, err := in.time()
		if err != nil {
			return in.failed(err), nil
		}
		if len(in.Turns) == 0 {
			return in.failed(errors.New("turns: expected at least one")), nil
		}
		var before *ask.Slots
		var out []any
		for _, turn := range in.Turns {
			u := engine.Understand(ask.Question{Text: turn.Text, Before: before}, ask.Asker{Zone: now.Location(), Now: now})
			out = append(out, c.turn(in.ID, turn.Turn, &u))
			before = &u.Slots
		}
		return out, nil
	})
}

func (c inspectQuestion) turn(dialogue key, n json.RawMessage, u *ask.Understanding) any {
	type period struct {
		Start *time.Time `json:"start"`
		End   *time.Time `json:"end"`
	}
	type slots struct {
		Actors  []string  `json:"actors"`
		Dyad    *[]string `json:"dyad"`
		Themes  []string  `json:"themes"`
		Period  *period   `json:"period"`
		Outlets []string  `json:"outlets"`
		Mode    ask.Mode  `json:"mode"`
	}
	out := struct {
		Dialogue key                `json:"dialogue"`
		Turn     json.RawMessage    `json:"turn"`
		Status   ask.Status         `json:"status"`
		Slots    slots              `json:"slots"`
		Why      *ask.Understanding `json:"why,omitempty"`
	}{Dialogue: dialogue, Turn: n, Status: u.Status}
	out.Slots = slots{
		Actors: some(u.Slots.Actors), Themes: some(u.Slots.Themes), Outlets: some(u.Slots.Outlets),
		Mode: cmp.Or(u.Slots.Mode, ask.Latest),
	}
	if d := u.Slots.Dyad; d != nil {
		out.Slots.Dyad = &[]string{d.A, d.B}
	}
	if p := u.Slots.Period; p != nil {
		out.Slots.Period = &period{instant(p.Start), instant(p.End)}
	}
	if c.Why {
		out.Why = u
	}
	return out
}
