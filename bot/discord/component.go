package discord

import (
	"slices"
	"strconv"
	"strings"

	"attache/bot"
)

// planned is a part as it is kept until it is posted.
type planned struct {
	Thread  string  `json:"thread"`            // the name of the thread that it opens, or is the first of
	Edition bool    `json:"edition,omitempty"` // it is the first of an edition, which may go further than its channel
	Message payload `json:"message"`
}

// payload is what a message says, apart from where it goes. All fields are written,
// as the library's own structs leave out what matters or write nulls.
type payload struct {
	Content         string     `json:"content"`
	Embeds          []embed    `json:"embeds,omitempty"`
	Components      []row      `json:"components,omitempty"`
	Flags           int        `json:"flags,omitempty"`
	AllowedMentions nobody     `json:"allowed_mentions"`
	Nonce           string     `json:"nonce,omitempty"`
	EnforceNonce    bool       `json:"enforce_nonce,omitempty"`
	Reference       *reference `json:"message_reference,omitempty"`
}

// reference is the message that another answers.
type reference struct {
	Message string `json:"message_id"`
}

// What a message is, beside its words:
// https://discord.com/developers/docs/resources/message#message-object-message-flags
const (
	crossposted  = 1 << 0
	noPreviews   = 1 << 2
	onlyOneSees  = 1 << 6
	requiresTags = 1 << 4 // of a forum
)

// nobody is whom a message may ping.
type nobody struct{}

// MarshalJSON implements [json.Marshaler].
func (nobody) MarshalJSON() ([]byte, error) { return []byte(`{"parse":[]}`), nil }

// UnmarshalJSON implements [json.Unmarshaler].
func (*nobody) UnmarshalJSON([]byte) error { return nil }

type embed struct {
	Footer footer `json:"footer"`
}

type footer struct {
	Text string `json:"text"`
}

// The kinds of component, and of a button:
// https://discord.com/developers/docs/components/reference
const (
	rowType    = 1
	buttonType = 2
	selectType = 3
	inputType  = 4

	secondary = 2
)

type row struct {
	Type       int         `json:"type"`
	Components []component `json:"components"`
}

// component is a button, a select or an input.
type component struct {
	Type        int     `json:"type"`
	CustomID    string  `json:"custom_id"`
	Style       int     `json:"style,omitempty"`
	Label       string  `json:"label,omitempty"`
	Placeholder string  `json:"placeholder,omitempty"`
	Options     []entry `json:"options,omitempty"`
	Value       string  `json:"value,omitempty"`
	MaxLength   int     `json:"max_length,omitempty"`
	Required    *bool   `json:"required,omitempty"`
}

type entry struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// What the components do that are the adapter's own.
const (
	doMenu     = "menu"
	doFollowUp = "follow-up" // a form for a question
)

// origin is where a message belongs that is shown elsewhere: a channel, and a thread
// in it.
type origin struct{ channel, thread string }

// encodeAction writes an action for a custom_id, or an entry's value.
func encodeAction(a bot.Action, from origin) string {
	fields := []string{a.Do, a.On, a.With, from.channel, from.thread}
	for len(fields) > 1 && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	for i, f := range fields {
		fields[i] = strings.NewReplacer("%", "%25", "|", "%7C", "~", "%7E", "#", "%23").Replace(f)
	}
	return strings.Join(fields, "|")
}

// decodeAction is the reverse of encodeAction.
func decodeAction(id string) (a bot.Action, from origin, ok bool) {
	id, _, _ = strings.Cut(id, "~")
	id, _, _ = strings.Cut(id, "#")
	fields := append(strings.Split(id, "|"), "", "", "", "")
	for i, f := range fields {
		fields[i] = strings.NewReplacer("%7C", "|", "%7E", "~", "%23", "#", "%25", "%").Replace(f)
	}
	return bot.Action{Do: fields[0], On: fields[1], With: fields[2]}, origin{fields[3], fields[4]}, fields[0] != ""
}

// newButton is an action's button; false where Discord can't carry it.
func newButton(a bot.Action, from origin) (component, bool) {
	b := component{Type: buttonType, Style: secondary, Label: plain(a.Label, maxLabel), CustomID: encodeAction(a, from)}
	if bot.Units(b.CustomID) > maxID-len("#25") { // it is done here, where it can't be done there
		b.CustomID = encodeAction(a, origin{})
	}
	return b, b.Label != "" && a.Do != "" && bot.Units(b.CustomID) <= maxID-len("#25")
}

// buttons are a message's actions, in rows. No two have the same custom_id.
func buttons(actions []bot.Action, from origin, most int) []row {
	var rows []row
	seen := map[string]int{}
	for _, a := range actions {
		b, ok := newButton(a, from)
		if !ok {
			continue
		}
		if seen[b.CustomID]++; seen[b.CustomID] > 1 {
			b.CustomID += "#" + strconv.Itoa(seen[b.CustomID])
		}
		if n := len(rows); n == 0 || len(rows[n-1].Components) == maxButtons {
			if n == most {
				break
			}
			rows = append(rows, row{Type: rowType})
		}
		last := &rows[len(rows)-1]
		last.Components = append(last.Components, b)
	}
	return rows
}

// entries are what may be done with an item, for a select.
func entries(b *bot.Block) []entry {
	var all []entry
	for _, a := range b.Menu {
		e := entry{Label: plain(strings.TrimSpace(b.Ref+" "+a.Label), maxEntry), Value: encodeAction(a, origin{})}
		if e.Label != "" && a.Do != "" && bot.Units(e.Value) <= maxEntry && !slices.ContainsFunc(all, func(o entry) bool { return o.Value == e.Value }) {
			all = append(all, e)
		}
	}
	return all
}

// menu is a select with the entries of several items.
func menu(all []entry) row {
	return row{rowType, []component{{Type: selectType, CustomID: doMenu, Placeholder: "About a story…", Options: all}}}
}

// mark writes what a message is found again by into a component that has room, else
// at its foot.
func (p *payload) mark(mark string) {
	for _, own := range []string{doMenu, doFollowUp, ""} {
		for i := range p.Components {
			all := p.Components[i].Components
			for j := range all {
				if id := all[j].CustomID; (own == "" || id == own) && bot.Units(id)+1+len(mark) <= maxID {
					all[j].CustomID += "~" + mark
					return
				}
			}
		}
	}
	p.Embeds, p.Flags = []embed{{footer{"attache ~" + mark}}}, p.Flags&^noPreviews // without previews nothing is embedded
}
