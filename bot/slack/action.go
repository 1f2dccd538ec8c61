package slack

import (
	"encoding/json"
	"strconv"
	"strings"

	"attache/bot"
)

// menuID begins the action_id of a story's menu; what the entries are done on
// follows it.
const menuID = "menu/"

// pressed is what a button carries beside its action_id.
type pressed struct {
	On   string `json:"on,omitempty"`
	With string `json:"with,omitempty"`
}

// buttons are a message's actions, in rows. The action_id is what an action does,
// and from its second button on in a row "/2". An action that Slack can't carry is
// left out.
func buttons(actions []bot.Action) []block {
	var rows []block
	var seen map[string]int
	for _, a := range actions {
		b := newButton(a)
		if b == nil {
			continue
		}
		if n := len(rows); n == 0 || len(rows[n-1].Elements) == maxButtons {
			rows, seen = append(rows, block{Type: "actions"}), map[string]int{}
		}
		if seen[a.Do]++; seen[a.Do] > 1 {
			b.ActionID += "/" + strconv.Itoa(seen[a.Do])
		}
		row := &rows[len(rows)-1]
		row.Elements = append(row.Elements, b)
	}
	return rows
}

func newButton(a bot.Action) *button {
	b := &button{Type: "button", Text: label(a.Label, maxLabel), ActionID: a.Do}
	if a.On != "" || a.With != "" {
		value, err := json.Marshal(pressed{a.On, a.With})
		if err != nil { // of two texts
			return nil
		}
		b.Value = string(value)
	}
	if b.Text == nil || a.Do == "" || bot.Units(a.Do) > maxActionID-len("/25") || bot.Units(b.Value) > maxValue {
		return nil
	}
	return b
}

// newMenu is a story's menu, nil where it has no entry. What the entries are done on
// is in its action_id, as an entry has room for little: what it does, and with what.
func newMenu(actions []bot.Action) *menu {
	var m *menu
	for _, a := range actions {
		value := strings.TrimSpace(a.Do + " " + a.With)
		text := label(a.Label, maxEntry)
		if text == nil || a.Do == "" || bot.Units(value) > maxEntry || bot.Units(menuID+a.On) > maxActionID {
			continue
		}
		if m == nil {
			m = &menu{Type: "overflow", ActionID: menuID + a.On}
		}
		if m.ActionID == menuID+a.On && len(m.Options) < maxEntries {
			m.Options = append(m.Options, entry{text, value})
		}
	}
	return m
}

// label is plain text that Slack doesn't parse, nil for none.
func label(s string, most int) *text {
	s = shorten(strings.TrimSpace(literal(s)), most)
	if s == "" {
		return nil
	}
	return plainText(s)
}
