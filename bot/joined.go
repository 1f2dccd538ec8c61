package bot

import (
	"context"
	"fmt"
	"strings"

	"attache/digest/archive"
)

// joined says in a place to which attache was invited what it is, what it does there,
// and what it reads: once, whichever replica hears of it.
func (h *Handler) joined(ctx context.Context, r Request) (outcome, error) {
	if h.barred(r) != "" {
		return outcome{}, nil
	}
	m, err := h.introduction(ctx, r)
	if err != nil {
		return outcome{}, err
	}
	out := outcome{Settled: archive.Settled{Request: r.ID, Person: r.Person.ID, Place: place(r)}}
	out.Deliveries, err = h.deliver(r, answerID(r.ID), m)
	return out, err
}

func (h *Handler) introduction(ctx context.Context, r Request) (Message, error) {
	desk, err := h.deskAt(ctx, r.Place)
	if err != nil {
		return Message{}, err
	}
	reads, err := h.reads(ctx, clock{zoneOf(desk.Desk, r.Person)})
	if err != nil {
		return Message{}, err
	}
	added := "was added."
	if r.Person.ID != "" && r.Person.Name != "" {
		added = "was added by " + plainName(r.Person.Name) + "."
	}
	o := order{Person: r.Person, Desk: desk, Place: r.Place, Now: h.now()}
	m := o.say("")
	m.Notice = "attache " + added
	does := []string{"read only messages that mention it and threads that it began"}
	if desk.Name == "" {
		does = append([]string{"post nothing until a desk is set up"}, does...)
	} else {
		does = append([]string{"post the brief of the " + desk.Name + " desk, " + o.whenTold()}, does...)
	}
	if h.Limits.Keep > 0 {
		kept := "keep questions for " + Plural(int(h.Limits.Keep.Hours()/24), "day")
		if h.Operator != "" {
			kept += " (set by " + h.Operator + ")"
		}
		does = append(does, kept)
	}
	m.Blocks[0].Lines = []Line{
		{Kind: Counted, Label: "attache", Text: added + " It gathers the news, posts a brief for a desk with a thread under it, and answers questions from what it gathered. It quotes outlets, counts, and never assesses."},
		{Kind: Counted, Label: "In this channel it will", Text: strings.Join(does, " · ")},
		{Kind: Counted, Label: "It reads now", Text: reads},
		{Kind: Counted, Label: "Try", Text: "/attache latest Azerbaijan–Israel (only you see the answer)"},
	}
	if desk.Name == "" {
		m.Actions = append(m.Actions, Action{Label: "Set up this channel", Do: doCommand, With: "desk new"})
	}
	m.Actions = append(m.Actions, Action{Label: "Sources", Do: doCommand, With: "sources"}, Action{Label: "What can be asked", Do: doHelp})
	return m, nil
}

// deskAt is the desk that posts to a place; one without a name for none.
func (h *Handler) deskAt(ctx context.Context, p Place) (Desk, error) {
	if h.Desks == nil {
		return Desk{}, nil
	}
	all, err := h.Desks.Of(ctx, p)
	if err != nil || len(all) == 0 {
		return Desk{}, err
	}
	return all[0], nil
}

// reads counts what the archive has.
func (h *Handler) reads(ctx context.Context, c clock) (string, error) {
	all, err := h.Archive.Sources(ctx)
	if err != nil {
		return "", err
	}
	e, err := h.Archive.Extent(ctx)
	if err != nil {
		return "", err
	}
	text := Plural(len(all), "source")
	if e.Articles == 0 {
		return text + ", no article yet.", nil
	}
	now, begins := h.now(), c.date(e.Begins)
	if e.Begins.In(c.zone).Year() != now.In(c.zone).Year() {
		begins = e.Begins.In(c.zone).Format("2 Jan 2006")
	}
	return fmt.Sprintf("%s, %s since %s, newest %s %s.", text, Plural(e.Articles, "article"), begins, c.hour(e.Newest, now), c.place()), nil
}
