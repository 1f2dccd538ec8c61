package discord

import (
	"cmp"
	"slices"
	"strings"

	"attache/bot"
)

// Plan makes a root and the messages of the thread under it. What a message of
// Discord has no room for goes on in further ones in the thread: between stories, and
// within one only where it alone is too long.
func (a *Adapter) Plan(_ bot.Place, t bot.Thread) ([]bot.Part, error) {
	c := composer{listens: a.Listens}
	all := c.messages(&t.Root, false)
	for i := range t.Replies {
		all = append(all, c.messages(&t.Replies[i], true)...)
	}
	name := threadName(&t.Root)
	parts := make([]bot.Part, len(all))
	for i, p := range all {
		data, err := bot.Encode(planned{name, i == 0 && isEdition(&t.Root), p})
		if err != nil {
			return nil, err
		}
		parts[i] = bot.Part{Payload: data, Under: min(i, 1)}
	}
	return parts, nil
}

// composer fills messages, one after the other.
type composer struct {
	listens bool   // buttons and selects reach attache
	private bool   // one person sees it
	from    origin // of what is shown elsewhere

	all     []payload
	entries []entry // of the last one
}

// messages are the payloads of one message: at least one.
func (c *composer) messages(m *bot.Message, reply bool) []payload {
	c.all = []payload{newPayload()}
	c.entries = nil
	all := pieces(m)
	if reply {
		if foot := published(m); len(foot.lines) > 0 {
			all = append(all, foot)
		}
	}
	for i, p := range all {
		if !c.listens {
			p.entries = nil
		}
		var next *piece
		if p.leads && i+1 < len(all) {
			next = &all[i+1]
		}
		c.add(p, next)
	}
	c.end()
	if last := c.last(); last.Content == "" {
		last.Content = cmp.Or(shorten(literal(m.Notice), maxContent), "News")
	}
	c.act(m)
	return slices.Clone(c.all)
}

// act sets the buttons below what they are for. Each message has something by which
// a question can be asked about it, where attache hears.
func (c *composer) act(m *bot.Message) {
	if !c.listens {
		return
	}
	last := c.last()
	actions := m.Actions
	if !c.private {
		label := "Follow up"
		if isEdition(m) {
			label = "Ask"
		}
		ask := bot.Action{Label: label, Do: doFollowUp}
		for i := range c.all[:len(c.all)-1] {
			if p := &c.all[i]; len(p.Components) == 0 {
				p.Components = buttons([]bot.Action{ask}, c.from, maxRows)
			}
		}
		if len(actions) > 0 || len(last.Components) == 0 {
			actions = slices.Insert(slices.Clone(actions), min(len(actions), 2), ask)
		}
	}
	last.Components = append(last.Components, buttons(actions, c.from, maxRows-len(last.Components))...)
}

// isEdition reports whether a message is the first of an edition.
func isEdition(m *bot.Message) bool { return len(m.Blocks) > 0 && m.Blocks[0].Kind == bot.Headline }

func newPayload() payload { return payload{Flags: noPreviews} }

func (c *composer) last() *payload { return &c.all[len(c.all)-1] }

// add sets a piece into the last message, or where there is no room for it and what
// it leads into, a new one. What no message has room for is set line by line.
func (c *composer) add(p piece, next *piece) {
	if c.last().Content != "" && !c.fits(p, next) {
		c.begin()
	}
	by := "\n"
	if p.gap {
		by = "\n\n"
	}
	for i, l := range p.lines {
		if i > 0 {
			by = "\n"
		}
		if last := c.last(); last.Content != "" && bot.Units(last.Content)+len(by)+bot.Units(l) > maxContent {
			c.begin()
		}
		if last := c.last(); last.Content == "" {
			last.Content = l
		} else {
			last.Content += by + l
		}
		if i == 0 {
			c.entries = append(c.entries, p.entries...)
		}
	}
}

// fits reports whether a piece, and the one that it leads into, have room in the last
// message.
func (c *composer) fits(p piece, next *piece) bool {
	const gap = 2
	length, entries := bot.Units(c.last().Content)+gap+bot.Units(p.text()), len(c.entries)+len(p.entries)
	if next != nil {
		length, entries = length+gap+bot.Units(next.text()), entries+len(next.entries)
	}
	return length <= maxContent && entries <= maxEntries
}

func (c *composer) begin() {
	c.end()
	c.all = append(c.all, newPayload())
}

// end sets the select of the last message's items below them.
func (c *composer) end() {
	if n := min(len(c.entries), maxEntries); n > 0 {
		c.last().Components = append(c.last().Components, menu(c.entries[:n]))
	}
	c.entries = nil
}

// threadName is what the thread under a message is called.
func threadName(m *bot.Message) string {
	name := m.Notice
	for _, b := range m.Blocks {
		if b.Title != "" {
			name = b.Title
			break
		}
	}
	return cmp.Or(strings.TrimSpace(plain(name, maxThread)), "News")
}
