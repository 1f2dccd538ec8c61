package discord

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
	lines   []string // as they are sent, each short enough for a message of its own
	entries []entry
	gap     bool // an empty line stands before it
	leads   bool // what follows it is in the same message
}

func (p piece) text() string { return strings.Join(p.lines, "\n") }

// pieces are a message's blocks, in order.
func pieces(m *bot.Message) []piece {
	var all []piece
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
			p = heading(m, b, i == 0, next == bot.Item)
		case bot.Item:
			p = item(m, b)
		case bot.Context:
			p = piece{lines: set(small, lines(m, b.Lines))}
		}
		if p.gap = p.gap && len(all) > 0 && !all[len(all)-1].leads; len(p.lines) > 0 {
			all = append(all, p)
		}
	}
	return all
}

// What stands before a line, so that it is a title or small print.
const (
	title   = "## "
	subhead = "### "
	small   = "-# "
)

func headline(m *bot.Message, b *bot.Block) piece {
	var p piece
	if name := strings.TrimSpace(literal(b.Title)); name != "" {
		p.lines = set(title, []line{strings.Split(name, " ")})
	}
	p.lines = append(p.lines, set("", lines(m, b.Lines))...)
	return p
}

// heading is a title, with what is counted of what follows it beside it.
func heading(m *bot.Message, b *bot.Block, first, leads bool) piece {
	all := lines(m, b.Lines)
	counts := len(all) > 0 && b.Lines[0].Kind == bot.Counted && b.Lines[0].Label == ""
	p := piece{gap: true, leads: leads}
	name, before := markup().Strong(b.Title), ""
	if first && leads {
		name, before = markup().Words(b.Title), subhead
	}
	if name != nil && leads && counts {
		name, all = append(append(name, "·"), all[0]...), all[1:]
	}
	if name != nil {
		p.lines = set(before, []line{name})
	}
	p.lines = append(p.lines, set("", all)...)
	return p
}

// item is a story under its number, or a line of an answer.
func item(m *bot.Message, b *bot.Block) piece {
	head := markup().Strong(strings.TrimSpace(b.Ref + " " + b.State))
	if b.Facts != "" && head != nil {
		head = append(append(head, "·"), markup().Words(b.Facts)...)
	}
	p := piece{gap: head != nil, entries: entries(b)}
	if head != nil {
		p.lines = set("", []line{head})
	}
	for i := range b.Lines {
		before := ""
		if l := &b.Lines[i]; l.Kind == bot.Counted && l.Label == "" && l.Cite == 0 && !l.Bullet && head != nil {
			before = small
		}
		p.lines = append(p.lines, set(before, lines(m, b.Lines[i:i+1]))...)
	}
	return p
}

// set writes lines, each with the same before it. A line that is longer than a
// message is broken between words.
func set(before string, all []line) []string {
	var written []string
	for _, l := range all {
		for _, s := range split(l, maxContent-len(before)) {
			written = append(written, before+s)
		}
	}
	return written
}

// lines are those of a block that say something.
func lines(m *bot.Message, of []bot.Line) []line {
	var all []line
	for i := range of {
		if l := markup().Line(m, &of[i]); len(l) > 0 {
			all = append(all, l)
		}
	}
	return all
}

// published says when the articles came out that a reply cites, and on whose sites
// they are: a link shows neither.
func published(m *bot.Message) piece {
	zone, err := time.LoadLocation(m.Zone)
	var l line
	var hosts []string
	for _, c := range m.Citations {
		if page := c.Page(); page != nil && !slices.Contains(hosts, page.Hostname()) {
			hosts = append(hosts, page.Hostname())
		}
		if c.Published.IsZero() {
			continue
		}
		at := c.Published.In(zone)
		if err != nil { // an offset, not a zone: the time has it
			at = c.Published
		}
		when := at.Format("2 Jan 15:04")
		if c.Day {
			when = c.Published.Format("2 Jan")
		}
		l = append(l, fmt.Sprintf(`\[%d\]`, c.N), when, "·")
	}
	if l == nil {
		return piece{}
	}
	l = append(line{"Published:"}, l...)
	if err == nil {
		l = append(l, literal(strings.ReplaceAll(path.Base(zone.String()), "_", " ")), "·")
	}
	if len(hosts) > 0 {
		l = append(append(l, "hosts:"), markup().Words(strings.Join(hosts, ", "))...)
	} else {
		l = l[:len(l)-1]
	}
	return piece{lines: set(small, []line{l})}
}
