package main

import (
	"context"
	"encoding/json"
	"strings"

	"attache/digest/summary"
	"attache/sources"
	"attache/sources/text"
)

// summarySentences is how many sentences stand for a group of articles.
const summarySentences = 2

type inspectSummary struct{ inspectInput }

// Help is printed under the call's flags.
func (inspectSummary) Help() string {
	return `In: {id,docs:[{title,text}]}

Out: {id,summary}, sentences of the texts, word for word

--why adds each sentence's article (from 1), its bytes there, and why others don't stand alone.

Example:
  attache inspect summary groups.jsonl`
}

// Run chooses sentences that stand for each group of articles.
func (c inspectSummary) Run(ctx context.Context, s *streams) error {
	return c.each(ctx, s, func(line json.RawMessage) ([]any, error) {
		var in struct {
			ID   key `json:"id"`
			Docs []struct {
				Title string `json:"title"`
				Text  string `json:"text"`
			} `json:"docs"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		docs := make([][]summary.Sentence, len(in.Docs))
		for i, d := range in.Docs {
			docs[i] = summary.Split(&sources.Article{
				ID: int64(i + 1), Version: 1, Title: d.Title, Text: d.Text, Lang: text.Language(d.Text),
			})
		}
		chosen := summary.Choose(docs, summarySentences)
		out := struct {
			ID      key           `json:"id"`
			Summary string        `json:"summary"`
			Why     *whySentences `json:"why,omitempty"`
		}{ID: in.ID}
		sentences := make([]string, len(chosen))
		for i, sentence := range chosen {
			sentences[i] = sentence.Text
		}
		out.Summary = strings.Join(sentences, " ")
		if c.Why {
			out.Why = whyChosen(chosen, docs)
		}
		return []any{out}, nil
	})
}

// whySentences tells where the sentences chosen stand, and which could not be.
type whySentences struct {
	Chosen []whySentence `json:"chosen"`
	Left   []whySentence `json:"left_out"` // since they don't stand alone
}

type whySentence struct {
	Doc   int    `json:"doc"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Why   string `json:"why,omitempty"`
}

func whyChosen(chosen []summary.Sentence, docs [][]summary.Sentence) *whySentences {
	tell := func(s summary.Sentence) whySentence {
		c := s.Citation
		return whySentence{int(c.Article), c.Span.Start, c.Span.End, s.Text, s.Why}
	}
	why := &whySentences{Chosen: []whySentence{}, Left: []whySentence{}}
	for _, s := range chosen {
		why.Chosen = append(why.Chosen, tell(s))
	}
	for _, doc := range docs {
		for _, s := range doc {
			if !s.Alone {
				why.Left = append(why.Left, tell(s))
			}
		}
	}
	return why
}
