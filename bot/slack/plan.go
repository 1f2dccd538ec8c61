package slack

import (
	"cmp"
	"slices"
	"strings"

	"attache/bot"
)

// Plan makes a root and the replies under it. What a message of Slack has no room
// for goes on in further replies: between stories, and within one only where it
// alone is too long.
func (a *Adapter) Plan(_ bot.Place, t bot.Thread) ([]bot.Part, error) {
	all := messages(a.heard(t.Root), notice(&t.Root), false)
	for i := range t.Replies {
		m := &t.Replies[i]
		all = append(all, messages(a.heard(*m), replyNotice(m, &t.Root), true)...)
	}
	parts := make([]bot.Part, len(all))
	for i, p := range all {
		data, err := bot.Encode(p)
		if err != nil {
			return nil, err
		}
		parts[i] = bot.Part{Payload: data, Under: min(i, 1)}
	}
	return parts, nil
}

// heard is a message without what nobody would hear.
func (a *Adapter) heard(m bot.Message) *bot.Message {
	if a.Listens {
		return &m
	}
	m.Actions, m.Blocks = nil, slices.Clone(m.Blocks)
	for i := range m.Blocks {
		m.Blocks[i].Menu = nil
	}
	return &m
}

// messages are the payloads of one message: at least one.
func messages(m *bot.Message, text string, reply bool) []payload {
	c := composer{text: text, all: []payload{{Text: text}}}
	all := pieces(m)
	if reply {
		if foot := published(m); foot != nil {
			all = append(all, piece{blocks: foot})
		}
	}
	for i, p := range all {
		var next *piece
		if p.leads && i+1 < len(all) {
			next = &all[i+1]
		}
		c.add(p, next)
	}
	for _, row := range buttons(m.Actions) {
		c.add(piece{blocks: []block{row}}, nil)
	}
	return c.all
}

// composer fills payloads, one after the other.
type composer struct {
	text  string
	all   []payload
	sum   int  // of the texts of the last one
	under bool // a heading was set last: what it leads into follows without a gap
}

// add sets a piece into the last payload, or where there is no room for it and what
// it leads into, a new one. What no payload has room for is set block by block.
func (c *composer) add(p piece, next *piece) {
	last := &c.all[len(c.all)-1]
	if len(last.Blocks) > 0 && !c.fits(p, next) {
		c.begin()
	}
	by := p.joins
	if by != "" && c.under {
		by = "\n"
	}
	c.under = p.leads
	for i, b := range p.blocks {
		if i == 0 && by != "" && c.join(by, b) {
			continue
		}
		last := &c.all[len(c.all)-1]
		if n := b.sum(); len(last.Blocks) == maxBlocks || len(last.Blocks) > 0 && c.sum+n > maxSum {
			c.begin()
		}
		last = &c.all[len(c.all)-1]
		last.Blocks = append(last.Blocks, b)
		c.sum += b.sum()
	}
}

// fits counts without what joining would save.
func (c *composer) fits(p piece, next *piece) bool {
	blocks, sum := len(c.all[len(c.all)-1].Blocks), c.sum
	count := func(p piece) {
		blocks += len(p.blocks)
		for i := range p.blocks {
			sum += p.blocks[i].sum() + len(p.joins)
		}
	}
	count(p)
	if next != nil {
		count(*next)
	}
	return blocks <= maxBlocks && sum <= maxSum
}

func (c *composer) begin() {
	c.all = append(c.all, payload{Text: c.text})
	c.sum = 0
}

// join sets a section's text below that of the section before it, where both have
// room in one.
func (c *composer) join(by string, b block) bool {
	last := &c.all[len(c.all)-1]
	n := len(last.Blocks)
	if n == 0 || last.Blocks[n-1].Type != "section" || last.Blocks[n-1].Accessory != nil {
		return false
	}
	to := last.Blocks[n-1].Text
	more := len(by) + bot.Units(b.Text.Text)
	if bot.Units(to.Text)+more > maxSection || c.sum+more > maxSum {
		return false
	}
	to.Text += by + b.Text.Text
	c.sum += more
	return true
}

// notice is what a notification shows and a screen reader reads.
func notice(m *bot.Message) string {
	text := strings.TrimSpace(m.Notice)
	for i := 0; text == "" && i < len(m.Blocks); i++ {
		text = strings.TrimSpace(said(&m.Blocks[i]))
	}
	return shorten(cmp.Or(literal(text), "News"), maxText)
}

// replyNotice is that of a reply, which mostly repeats its root's: then its heading
// says more.
func replyNotice(m, root *bot.Message) string {
	if len(m.Blocks) == 0 || m.Notice != root.Notice && m.Notice != "" {
		return notice(m)
	}
	return cmp.Or(shorten(literal(said(&m.Blocks[0])), maxText), notice(m))
}

// said is the words that a block begins with.
func said(b *bot.Block) string {
	var parts []string
	for _, s := range []string{b.Title, strings.TrimSpace(b.Ref + " " + b.State)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(b.Lines) > 0 {
		parts = append(parts, b.Lines[0].Text)
	}
	return strings.Join(parts, " · ")
}
