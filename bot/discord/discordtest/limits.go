package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
)

// body is what a message is made of:
// https://discord.com/developers/docs/resources/message#create-message
type body struct {
	Content    string          `json:"content"`
	Embeds     json.RawMessage `json:"embeds"`
	Components json.RawMessage `json:"components"`
	Flags      int             `json:"flags"`
	Mentions   *struct {
		Parse []string `json:"parse"`
	} `json:"allowed_mentions"`
	Nonce     string `json:"nonce"`
	Enforce   bool   `json:"enforce_nonce"`
	Reference *struct {
		Message string `json:"message_id"`
	} `json:"message_reference"`
}

func length(s string) int { return len(utf16.Encode([]rune(s))) }

// strict reads JSON without fields that nobody knows.
func strict(data []byte, into any) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(into) == nil
}

// read reads a message, and holds it to the limits.
func read(data []byte) (b body, failed *failure) {
	if !strict(data, &b) {
		return b, wrong("body")
	}
	switch {
	case b.Mentions == nil || b.Mentions.Parse == nil || len(b.Mentions.Parse) > 0:
		return b, wrong("allowed_mentions") // Discord would take others
	case length(b.Content) > 2000:
		return b, wrong("content")
	case len(b.Nonce) > 25:
		return b, wrong("nonce")
	case b.Flags&^(1<<2|1<<6|1<<12) != 0:
		return b, wrong("flags")
	}
	if failed := checkEmbeds(b.Embeds); failed != nil {
		return b, failed
	}
	if failed := checkRows(b.Components, false); failed != nil {
		return b, failed
	}
	if strings.TrimSpace(b.Content) == "" && len(b.Embeds) == 0 {
		return b, no(400, 50006, "Cannot send an empty message")
	}
	return b, nil
}

func checkEmbeds(data json.RawMessage) *failure {
	var all []struct {
		Footer struct{ Text string } `json:"footer"`
	}
	if len(data) == 0 {
		return nil
	}
	if !strict(data, &all) || len(all) > 10 {
		return wrong("embeds")
	}
	for _, e := range all {
		if n := length(e.Footer.Text); n == 0 || n > 2048 {
			return wrong("embeds")
		}
	}
	return nil
}

type component struct {
	Type        int      `json:"type"`
	Style       int      `json:"style"`
	Label       string   `json:"label"`
	CustomID    string   `json:"custom_id"`
	Placeholder string   `json:"placeholder"`
	Value       string   `json:"value"`
	MinLength   *int     `json:"min_length"`
	MaxLength   int      `json:"max_length"`
	Required    *bool    `json:"required"`
	Options     []choice `json:"options"`
}

type choice struct {
	Name  string `json:"name,omitempty"`
	Label string `json:"label,omitempty"`
	Value string `json:"value"`
}

type row struct {
	Type       int         `json:"type"`
	Components []component `json:"components"`
}

// checkRows is https://discord.com/developers/docs/components/reference
func checkRows(data json.RawMessage, form bool) *failure {
	var rows []row
	if len(data) == 0 {
		return nil
	}
	if !strict(data, &rows) || len(rows) > 5 || form && len(rows) == 0 {
		return wrong("components")
	}
	seen := map[string]bool{}
	for i, r := range rows {
		at := fmt.Sprintf("components.%d", i)
		if r.Type != 1 || len(r.Components) == 0 || len(r.Components) > 5 {
			return wrong(at)
		}
		for _, c := range r.Components {
			if n := length(c.CustomID); n == 0 || n > 100 || seen[c.CustomID] {
				return wrong(at + ".custom_id")
			}
			seen[c.CustomID] = true
			if form != (c.Type == 4) || !c.fits() || c.Type != 2 && len(r.Components) > 1 {
				return wrong(at)
			}
		}
	}
	return nil
}

func (c *component) fits() bool {
	switch c.Type {
	case 2:
		n := length(c.Label)
		return c.Style >= 1 && c.Style <= 4 && n > 0 && n <= 80 && len(c.Options) == 0
	case 3:
		values := map[string]bool{}
		for _, o := range c.Options {
			if l, v := length(o.Label), length(o.Value); l == 0 || l > 100 || v == 0 || v > 100 || values[o.Value] {
				return false
			}
			values[o.Value] = true
		}
		return len(c.Options) > 0 && len(c.Options) <= 25 && length(c.Placeholder) <= 150 && c.Label == ""
	case 4:
		n := length(c.Label)
		return (c.Style == 1 || c.Style == 2) && n > 0 && n <= 45 && length(c.Placeholder) <= 100 && c.MaxLength <= 4000 && length(c.Value) <= 4000 &&
			(c.MaxLength == 0 || length(c.Value) <= c.MaxLength)
	}
	return false
}

var commandName = regexp.MustCompile(`^[-_\p{Ll}\p{N}]{1,32}$`)

type command struct {
	Name         string   `json:"name"`
	Description  string   `json:"description"`
	Type         int      `json:"type"`
	Options      []option `json:"options,omitempty"`
	Integrations []int    `json:"integration_types"`
	Contexts     []int    `json:"contexts"`
}

type option struct {
	Type         int      `json:"type"`
	Name         string   `json:"name"`
	Description  string   `json:"description"`
	Required     bool     `json:"required,omitempty"`
	Autocomplete bool     `json:"autocomplete,omitempty"`
	Choices      []choice `json:"choices,omitempty"`
	Options      []option `json:"options,omitempty"`
	MaxLength    int      `json:"max_length,omitempty"`
}

// checkCommand is https://discord.com/developers/docs/interactions/application-commands
func checkCommand(c command) bool {
	sum := length(c.Name) + length(c.Description)
	for _, o := range c.Options {
		sum += o.sum()
	}
	return commandName.MatchString(c.Name) && length(c.Description) >= 1 && length(c.Description) <= 100 && c.Type == 1 && checkOptions(c.Options) && sum <= 8000
}

func (o option) sum() int {
	n := length(o.Name) + length(o.Description)
	for _, c := range o.Choices {
		n += length(c.Name) + length(c.Value)
	}
	for _, of := range o.Options {
		n += of.sum()
	}
	return n
}

func checkOptions(all []option) bool {
	optional := false
	seen := map[string]bool{}
	for _, o := range all {
		if !commandName.MatchString(o.Name) || seen[o.Name] || length(o.Description) < 1 || length(o.Description) > 100 || o.Required && optional ||
			len(o.Choices) > 25 || o.Autocomplete && len(o.Choices) > 0 || !checkOptions(o.Options) {
			return false
		}
		for _, c := range o.Choices {
			if length(c.Name) < 1 || length(c.Name) > 100 || length(c.Value) > 100 {
				return false
			}
		}
		seen[o.Name], optional = true, optional || !o.Required && o.Type != 1
	}
	return len(all) <= 25
}
