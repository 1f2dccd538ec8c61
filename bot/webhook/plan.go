package webhook

import (
	"encoding/json"
	"fmt"
	"slices"

	"attache/bot"
)

// maxMessage is the most that a message may have, in bytes. A longer one is cut
// between its blocks.
const maxMessage = 256 << 10

// Plan makes a part of each message; the replies go under the first.
func (a *Adapter) Plan(_ bot.Place, t bot.Thread) ([]bot.Part, error) {
	parts, err := split(nil, t.Root, 0)
	if err != nil {
		return nil, err
	}
	for _, m := range t.Replies {
		if parts, err = split(parts, m, 1); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// split adds the parts of a message: one, or where it is too long several, of
// which those after the root go under it.
func split(parts []bot.Part, m bot.Message, under int) ([]bot.Part, error) {
	payload, err := json.Marshal(linked(m))
	if err != nil {
		return nil, fmt.Errorf("writing a message as JSON: %w", err)
	}
	if len(payload) <= maxMessage {
		return append(parts, bot.Part{Payload: payload, Under: under}), nil
	}
	if len(m.Blocks) < 2 {
		return nil, fmt.Errorf("a block of a message has %d KB; a webhook gets at most %d", len(payload)>>10, maxMessage>>10)
	}
	half := len(m.Blocks) / 2
	first, second := m, m
	first.Blocks, second.Blocks = m.Blocks[:half], m.Blocks[half:]
	if parts, err = split(parts, first, under); err != nil {
		return nil, err
	}
	return split(parts, second, 1)
}

// linked is a message with the citations that its blocks point to, and of their
// addresses those that lead to a page of the web. What may be done with it is left
// out: nobody listens at a webhook.
func linked(m bot.Message) bot.Message {
	used := map[int]bool{}
	for _, b := range m.Blocks {
		for _, l := range b.Lines {
			used[l.Cite] = true
		}
	}
	all := slices.Clone(m.Citations)
	all = slices.DeleteFunc(all, func(c bot.Citation) bool { return !used[c.N] })
	for i := range all {
		if page := all[i].Page(); page != nil {
			all[i].URL = page.String()
			continue
		}
		all[i].URL = ""
	}
	m.Citations = append([]bot.Citation{}, all...)
	m.Blocks = append([]bot.Block{}, m.Blocks...)
	for i := range m.Blocks {
		m.Blocks[i].Menu = nil
	}
	m.Actions = nil
	return m
}
