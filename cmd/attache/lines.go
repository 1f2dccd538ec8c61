package main

import (
	"strings"
	"time"

	"attache/bot"
)

// jsonLine is a line of a digest or an answer as --json gives it.
type jsonLine struct {
	Kind      bot.LineKind   `json:"kind"`
	Text      string         `json:"text"`              // of a reported line: the stored sentence, byte for byte
	Label     string         `json:"label,omitempty"`   // fixed words before it: a day, "Figures differ, price"
	Section   string         `json:"section,omitempty"` // the heading that it stands under
	Story     string         `json:"story,omitempty"`   // "12.1"
	State     string         `json:"state,omitempty"`   // what was counted of the story
	About     string         `json:"about,omitempty"`   // whom and what the story is about
	Marks     []string       `json:"marks,omitempty"`
	Counted   string         `json:"counted,omitempty"` // what was counted of it: "one origin only"
	Citations []jsonCitation `json:"citations"`
}

// jsonCitation is an article that a line rests on.
type jsonCitation struct {
	N         int    `json:"n"`
	URL       string `json:"url"`
	Outlet    string `json:"outlet"`
	Title     string `json:"title"`
	Published string `json:"published"` // RFC 3339; the date alone where only that is known
}

// jsonLines are the lines of a message, in order. A sentence that stands in an
// earlier message of the thread is not repeated.
func jsonLines(m *bot.Message) []jsonLine {
	all := []jsonLine{}
	section := ""
	for _, b := range m.Blocks {
		if b.Kind == bot.Headline || b.Kind == bot.Heading {
			section = b.Title
		}
		for _, l := range b.Lines {
			if b.Again && l.Kind == bot.Reported && l.Label == "" && !l.Bullet {
				continue
			}
			line := jsonLine{
				Kind: l.Kind, Text: l.Text, Label: l.Label, Section: section, Story: b.Ref, State: b.State, About: b.Facts,
				Marks: l.Marks, Counted: l.Tail, Citations: []jsonCitation{},
			}
			if l.Text == "" {
				line.Text, line.Label = strings.TrimSuffix(l.Label, ":"), ""
			}
			if l.Cite > 0 {
				line.Citations = append(line.Citations, citationJSON(m.Citation(l.Cite)))
			}
			all = append(all, line)
		}
	}
	return all
}

func citationJSON(c bot.Citation) jsonCitation {
	form := time.RFC3339
	if c.Day {
		form = time.DateOnly
	}
	return jsonCitation{N: c.N, URL: c.URL, Outlet: c.Outlet, Title: c.Title, Published: c.Published.Format(form)}
}

// jsonPeriod is a period; an open side is null.
type jsonPeriod struct {
	Start *time.Time `json:"start"`
	End   *time.Time `json:"end"`
}
