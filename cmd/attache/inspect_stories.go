package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"attache/digest/actor"
	"attache/digest/story"
)

type inspectStories struct{ inspectInput }

// Help is printed under the call's flags.
func (inspectStories) Help() string {
	return `All lines are judged together.
In: {id,publisher,published,title,text,url?}

Out: {id,story,group}; copies of one text share a group, which is null where there is none

--why adds the words that an article shares with the nearest one of its story, or that it has the text of one.

Example:
  attache inspect stories articles.jsonl`
}

// Run groups the articles into stories, and finds the copies among them.
func (c inspectStories) Run(ctx context.Context, s *streams) error {
	actors := actor.Load()
	var ids []key
	var items []story.Item
	var out []any // of each line: an error, or nil for the next item
	err := c.lines(ctx, s, func(line json.RawMessage, wrong error) error {
		id, item, err := storyItem(actors, line)
		if err = cmp.Or(wrong, err); err != nil {
			out = append(out, failed(line, err))
			return nil
		}
		item.ID = int64(len(items) + 1)
		ids, items, out = append(ids, id), append(items, item), append(out, nil)
		return nil
	})
	if err != nil {
		return err
	}
	results := c.results(ids, items)
	for i := range out {
		if out[i] == nil {
			out[i], results = results[0], results[1:]
		}
	}
	return writeJSON(s.out, out...)
}

func storyItem(actors *actor.Catalogue, line json.RawMessage) (key, story.Item, error) {
	var in struct {
		ID        key    `json:"id"`
		Publisher string `json:"publisher"`
		Published string `json:"published"`
		Title     string `json:"title"`
		Text      string `json:"text"`
	}
	if err := decode(line, &in); err != nil {
		return nil, story.Item{}, err
	}
	item := story.Item{Outlet: in.Publisher, Title: in.Title, Text: in.Text}
	if in.Published != "" {
		at, err := time.Parse(time.RFC3339, in.Published)
		if err != nil {
			return nil, story.Item{}, fmt.Errorf("published: expected a time such as 2026-11-24T07:30:00Z, not %q", in.Published)
		}
		item.Published = at
	}
	for _, about := range actors.Tag(in.Title, in.Text).About {
		item.Actors = append(item.Actors, about.Actor)
	}
	return in.ID, item, nil
}

func (c inspectStories) results(ids []key, items []story.Item) []any {
	type result struct {
		ID    key     `json:"id"`
		Story string  `json:"story"`
		Group *string `json:"group"`
		Why   string  `json:"why,omitempty"`
	}
	stories, why := story.Stories(items)
	copies := story.Copies(items)
	out := make([]any, len(items))
	for i := range items {
		r := result{ID: ids[i], Story: strconv.Itoa(stories[i])}
		if copies[i] >= 0 {
			group := strconv.Itoa(copies[i])
			r.Group = &group
		}
		if c.Why {
			r.Why = why[i]
		}
		out[i] = r
	}
	return out
}
