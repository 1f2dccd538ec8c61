package bot

import (
	"strings"
	"time"
)

// FlatLine is a line of a message with all that it stands in: as --json prints it,
// and as a file or a webhook gets it.
type FlatLine struct {
	Kind      LineKind       `json:"kind"`
	Text      string         `json:"text"`              // of a reported line: the stored sentence, byte for byte
	Label     string         `json:"label,omitempty"`   // fixed words before it: a day, "Figures differ, price"
	Section   string         `json:"section,omitempty"` // the heading that it stands under
	Story     string         `json:"story,omitempty"`   // "12.1"
	State     string         `json:"state,omitempty"`   // what was counted of the story
	About     string         `json:"about,omitempty"`   // whom and what the story is about
	Marks     []string       `json:"marks,omitempty"`
	Counted   string         `json:"counted,omitempty"` // what was counted of it: "one origin only"
	Citations []FlatCitation `json:"citations"`
}

// FlatCitation is an article that a [FlatLine] rests on.
type FlatCitation struct {
	N         int    `json:"n"`
	URL       string `json:"url"`
	Outlet    string `json:"outlet"`
	Title     string `json:"title"`
	Published string `json:"published"` // RFC 3339; the date alone where only that is known
}

// FlatLines are the lines of a message, in order. A sentence that stands in an
// earlier message of the thread is not repeated.
func FlatLines(m *Message) []FlatLine {
	all := []FlatLine{}
	section := ""
	for _, b := range m.Blocks {
		if b.Kind == Headline || b.Kind == Heading {
			section = b.Title
		}
		for _, l := range b.Lines {
			if b.Again && l.Kind == Reported && l.Label == "" && !l.Bullet {
				continue
			}
			line := FlatLine{
				Kind: l.Kind, Text: l.Text, Label: l.Label, Section: section, Story: b.Ref, State: b.State, About: b.Facts,
				Marks: l.Marks, Counted: l.Tail, Citations: []FlatCitation{},
			}
			if l.Text == "" {
				line.Text, line.Label = strings.TrimSuffix(l.Label, ":"), ""
			}
			if l.Cite > 0 {
				line.Citations = append(line.Citations, flatCitation(m.Citation(l.Cite)))
			}
			all = append(all, line)
		}
	}
	return all
}

func flatCitation(c Citation) FlatCitation {
	address := ""
	if page := c.Page(); page != nil {
		address = page.String()
	}
	form := time.RFC3339
	if c.Day {
		form = time.DateOnly
	}
	return FlatCitation{N: c.N, URL: address, Outlet: c.Outlet, Title: c.Title, Published: c.Published.Format(form)}
}
