package slack

import (
	"attache/bot"
)

// payload is what chat.postMessage is given, apart from where it goes and its mark.
type payload struct {
	Text        string  `json:"text"`
	Blocks      []block `json:"blocks,omitempty"`
	UnfurlLinks bool    `json:"unfurl_links"`
	UnfurlMedia bool    `json:"unfurl_media"`
}

// block is a header, a section, a context or a row of buttons.
type block struct {
	Type      string `json:"type"`
	Text      *text  `json:"text,omitempty"`
	Elements  []any  `json:"elements,omitempty"` // texts, or buttons
	Accessory *menu  `json:"accessory,omitempty"`
	Expand    bool   `json:"expand,omitempty"` // shown whole, without "See more"
}

type text struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Emoji    *bool  `json:"emoji,omitempty"`    // of plain text
	Verbatim bool   `json:"verbatim,omitempty"` // of mrkdwn: addresses and names aren't made links
}

type button struct {
	Type     string `json:"type"`
	Text     *text  `json:"text"`
	ActionID string `json:"action_id"`
	Value    string `json:"value,omitempty"`
}

// menu is an overflow menu.
type menu struct {
	Type     string  `json:"type"`
	ActionID string  `json:"action_id"`
	Options  []entry `json:"options"`
}

type entry struct {
	Text  *text  `json:"text"`
	Value string `json:"value"`
}

func plainText(s string) *text {
	emoji := false
	return &text{Type: "plain_text", Text: s, Emoji: &emoji}
}

func mrkdwn(s string) *text { return &text{Type: "mrkdwn", Text: s, Verbatim: true} }

func section(s string) block { return block{Type: "section", Text: mrkdwn(s), Expand: true} }

// sum is the length of all texts of a block.
func (b *block) sum() int {
	n := 0
	if b.Text != nil {
		n += bot.Units(b.Text.Text)
	}
	for _, e := range b.Elements {
		switch e := e.(type) {
		case *text:
			n += bot.Units(e.Text)
		case *button:
			n += bot.Units(e.Text.Text)
		}
	}
	if b.Accessory != nil {
		for _, e := range b.Accessory.Options {
			n += bot.Units(e.Text.Text)
		}
	}
	return n
}
