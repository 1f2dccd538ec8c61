package main

import (
	"context"
	"encoding/json"
	"slices"

	"attache/digest/actor"
	"attache/digest/theme"
	"attache/sources/text"
)

type inspectText struct{ inspectInput }

// Help is printed under the call's flags.
func (inspectText) Help() string {
	return `In: {id,title,text,date?}

Out: {id,lang,countries,actor_countries,focus,dyads,people,orgs,entities,themes,

     mentions:[{actor,text,start,end}]}
Countries are those that the text is about; mentions all that it names, start and end in bytes of the text,
or of the title where in is "title". --why adds the words that made it so.

Example:
  echo '{"id":1,"title":"Baku receives Israeli minister","text":"…"}' | attache inspect text --why`
}

// tagged is what inspect text writes of one text.
type tagged struct {
	ID             key            `json:"id"`
	Lang           string         `json:"lang"`
	Countries      []string       `json:"countries"`
	ActorCountries []string       `json:"actor_countries"`
	Focus          string         `json:"focus"`
	Dyads          []string       `json:"dyads"`
	People         []string       `json:"people"`
	Orgs           []string       `json:"orgs"`
	Entities       []string       `json:"entities"`
	Themes         []string       `json:"themes"`
	Mentions       []namedActor   `json:"mentions"`
	Why            *reasonsOfTags `json:"why,omitempty"`
}

// namedActor is a place where a text names an actor.
type namedActor struct {
	Actor string `json:"actor"`
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	In    string `json:"in,omitempty"`
}

// reasonsOfTags are the words that made each tag, by its id.
type reasonsOfTags struct {
	Countries map[string]string `json:"countries"`
	Dyads     map[string]string `json:"dyads"`
	Themes    map[string]string `json:"themes"`
}

// Run tags each text as the indexer does.
func (c inspectText) Run(ctx context.Context, s *streams) error {
	actors := actor.Load()
	themes := theme.NewTagger(actors)
	return c.each(ctx, s, func(line json.RawMessage) ([]any, error) {
		var in struct {
			ID    key    `json:"id"`
			Title string `json:"title"`
			Text  string `json:"text"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		tags := actors.Tag(in.Title, in.Text)
		out := tagged{ID: in.ID, Lang: text.Language(in.Title + "\n" + in.Text), Focus: tags.Focus}
		out.name(actors, in.Title, in.Text)
		out.judge(actors, tags)
		told := themes.Tag(in.Title, in.Text, tags.About)
		for _, t := range told {
			out.Themes = append(out.Themes, t.Theme)
		}
		if len(told) == 0 {
			out.Themes = []string{theme.Other}
		}
		if c.Why {
			out.Why = reasons(tags, told)
		}
		return []any{out}, nil
	})
}

// name lists all that the text names.
func (t *tagged) name(actors *actor.Catalogue, title, body string) {
	t.Mentions, t.Entities = []namedActor{}, []string{}
	for _, part := range []struct{ in, text string }{{"title", title}, {"", body}} {
		for _, m := range actors.Find(part.text) {
			t.Mentions = append(t.Mentions, namedActor{m.Actor, part.text[m.Start:m.End], m.Start, m.End, part.in})
			t.Entities = add(t.Entities, actors.Name(m.Actor))
		}
	}
	people, orgs := actors.Names(title, body)
	t.People, t.Orgs = fullNames(people), fullNames(orgs)
}

// fullNames lists the names, those named in passing left out.
func fullNames(all []actor.Named) []string {
	names := []string{}
	for _, n := range all {
		if !n.Passing {
			names = append(names, n.Listed())
		}
	}
	return names
}

// judge tells what the text is about and who acts on whom.
func (t *tagged) judge(actors *actor.Catalogue, tags actor.Tags) {
	t.Countries, t.ActorCountries, t.Dyads = []string{}, []string{}, []string{}
	for _, about := range tags.About {
		if a, _ := actors.Actor(about.Actor); a.Kind == actor.State {
			t.Countries = add(t.Countries, about.Actor)
		}
	}
	for _, d := range tags.Dyads {
		a, b := country(actors, d.Dyad.A), country(actors, d.Dyad.B)
		if a == "" || b == "" || a == b {
			continue
		}
		t.Dyads = add(t.Dyads, actor.Pair(a, b).String())
		t.ActorCountries = add(add(t.ActorCountries, a), b)
	}
	if len(t.ActorCountries) > 0 {
		return
	}
	for _, m := range t.Mentions {
		if c := country(actors, m.Actor); c != "" {
			t.ActorCountries = []string{c}
			return
		}
	}
}

// country is the state that an actor counts as; empty for an organisation of states.
func country(actors *actor.Catalogue, id string) string {
	a, _ := actors.Actor(id)
	return a.Country
}

func reasons(tags actor.Tags, told []theme.Tag) *reasonsOfTags {
	why := reasonsOfTags{map[string]string{}, map[string]string{}, map[string]string{}}
	for _, a := range tags.About {
		why.Countries[a.Actor] = a.Why
	}
	for _, d := range tags.Dyads {
		why.Dyads[d.Dyad.String()] = d.Why
	}
	for _, t := range told {
		why.Themes[t.Theme] = t.Why
	}
	return &why
}

// add appends a value that isn't there yet.
func add(all []string, value string) []string {
	if slices.Contains(all, value) {
		return all
	}
	return append(all, value)
}
