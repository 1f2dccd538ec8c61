package slack

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"attache/bot"
)

// piece is what stands together in a message: a heading, a story, small print.
type piece struct {
	blocks []block
	joins  string // what stands between it and the text before, where both have room in one section; empty: a section of its own
	leads  bool   // what follows it is in the same message
}

// pieces are a message's blocks, in order.
func pieces(m *bot.Message) []piece {
	var all []piece
	small := smallPrint
	if !slices.ContainsFunc(m.Blocks, func(b bot.Block) bool { return b.Kind != bot.Context }) {
		small = sections // nothing stands above it
	}
	for i := range m.Blocks {
		b := &m.Blocks[i]
		next := bot.Context
		if i+1 < len(m.Blocks) {
			next = m.Blocks[i+1].Kind
		}
		var p piece
		switch b.Kind {
		case bot.Headline:
			p = headline(m, b)
		case bot.Heading:
			p = heading(m, b, next == bot.Item)
		case bot.Item:
			p = item(m, b)
		case bot.Context:
			p = piece{blocks: small(lines(m, b.Lines))}
		}
		if len(p.blocks) > 0 {
			all = append(all, p)
		}
	}
	return all
}

func headline(m *bot.Message, b *bot.Block) piece {
	title := strings.TrimSpace(literal(b.Title))
	var p piece
	switch {
	case title == "":
	case bot.Units(title) <= maxHeader:
		p.blocks = []block{{Type: "header", Text: plainText(title)}}
	default:
		p.blocks = sections([]line{markup().Strong(b.Title)})
	}
	p.blocks = append(p.blocks, sections(lines(m, b.Lines))...)
	return p
}

// heading is a title, with what is counted of what follows it beside it.
func heading(m *bot.Message, b *bot.Block, leads bool) piece {
	all := lines(m, b.Lines)
	title := markup().Strong(b.Title)
	if leads && title != nil && len(all) > 0 && b.Lines[0].Kind == bot.Counted && b.Lines[0].Label == "" {
		title, all = append(append(title, "·"), all[0]...), all[1:]
	}
	if title != nil {
		all = append([]line{title}, all...)
	}
	return piece{blocks: sections(all), leads: leads}
}

// item is a story under its number, or a line of an answer.
func item(m *bot.Message, b *bot.Block) piece {
	head := markup().Strong(strings.TrimSpace(b.Ref + " " + b.State))
	if b.Facts != "" && head != nil {
		head = append(append(head, "·"), markup().Words(b.Facts)...)
	}
	all := lines(m, b.Lines)
	p := piece{joins: "\n"}
	if head != nil {
		all = append([]line{head}, all...)
		p.joins = "\n\n"
	}
	p.blocks = sections(all)
	if with := newMenu(b.Menu); with != nil && len(p.blocks) > 0 {
		p.blocks[0].Accessory = with
		p.joins = ""
	}
	return p
}

// lines are those of a block that say something.
func lines(m *bot.Message, of []bot.Line) []line {
	var all []line
	for i := range of {
		l := markup().Line(m, &of[i])
		if len(l) == 0 {
			continue
		}
		if strings.HasPrefix(l[0], "&gt;") {
			l[0] = "\u00ad" + l[0] // a line that begins with > would be a quotation
		}
		all = append(all, l)
	}
	return all
}

// sections set lines into as many sections as they need. A line that is longer than
// a section is broken between words.
func sections(all []line) []block {
	var blocks []block
	for _, l := range all {
		for _, s := range split(l, maxSection) {
			n := len(blocks)
			if n > 0 && bot.Units(blocks[n-1].Text.Text)+1+bot.Units(s) <= maxSection {
				blocks[n-1].Text.Text += "\n" + s
				continue
			}
			blocks = append(blocks, section(s))
		}
	}
	return blocks
}

// smallPrint is a context block for each line.
func smallPrint(all []line) []block {
	var blocks []block
	for _, l := range all {
		b := block{Type: "context"}
		for _, s := range split(l, maxContext) {
			if len(b.Elements) == maxElements {
				blocks = append(blocks, b)
				b = block{Type: "context"}
			}
			b.Elements = append(b.Elements, mrkdwn(s))
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// published says when the articles that a reply cites came out.
func published(m *bot.Message) []block {
	zone, err := time.LoadLocation(m.Zone)
	var l line
	for _, c := range m.Citations {
		if c.Published.IsZero() {
			continue
		}
		if err != nil { // an offset, not a zone: the time has it
			zone = c.Published.Location()
		}
		when := c.Published.In(zone).Format("2 Jan 15:04")
		if c.Day {
			when = c.Published.Format("2 Jan")
		}
		l = append(l, fmt.Sprintf("[%d] %s", c.N, when), "·")
	}
	if l == nil {
		return nil
	}
	if err == nil {
		return smallPrint([]line{append(l, "published,", literal(strings.ReplaceAll(path.Base(zone.String()), "_", " ")))})
	}
	return smallPrint([]line{append(l, "published")})
}
