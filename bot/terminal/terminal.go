// Package terminal prints messages on a terminal or into a pipe: wrapped to a
// width, coloured only where that is asked for, with foreign text made harmless.
//
// Begin with [Printer.Thread].
package terminal

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"attache/bot"
)

// Printer prints messages to W.
type Printer struct {
	W       io.Writer
	Width   int // columns; 80 when zero
	Colour  bool
	Choices bool // what may be done with a message is listed under it, with numbers
}

// The least and the greatest width that is printed to: a narrower terminal
// wraps by itself, and longer lines are hard to read.
const (
	minWidth = 40
	maxWidth = 100
)

// Thread prints a root and its replies as one page: sentences that were shown
// above are not printed again, and the articles cited are listed once, at the end.
func (p Printer) Thread(t bot.Thread) error {
	w := p.writer()
	w.message(&t.Root, false)
	cited := slices.Clone(t.Root.Citations)
	for i := range t.Replies {
		w.message(&t.Replies[i], true)
		cited = append(cited, t.Replies[i].Citations...)
	}
	slices.SortStableFunc(cited, func(a, b bot.Citation) int { return cmp.Compare(a.N, b.N) })
	w.citations(cited, t.Root.Zone)
	return w.flush("print the edition")
}

// Message prints one message and the articles that it cites.
func (p Printer) Message(m bot.Message) error {
	w := p.writer()
	w.message(&m, false)
	w.citations(m.Citations, m.Zone)
	if p.Choices {
		w.choices(m.Actions)
	}
	return w.flush("print the answer")
}

func (p Printer) writer() *writer {
	width := p.Width
	if width == 0 {
		width = 80
	}
	return &writer{out: bufio.NewWriter(p.W), width: max(minWidth, min(maxWidth, width)), colour: p.Colour}
}

// writer lays out one page.
type writer struct {
	out    *bufio.Writer
	width  int
	colour bool
}

func (w *writer) flush(doing string) error {
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

func (w *writer) message(m *bot.Message, page bool) {
	for i := range m.Blocks {
		w.block(m, &m.Blocks[i], page)
	}
}

func (w *writer) block(m *bot.Message, b *bot.Block, page bool) {
	switch b.Kind {
	case bot.Headline:
		w.line(w.style(bold, strings.ToUpper(Harmless(b.Title))))
	case bot.Heading:
		w.line("")
		w.line(w.style(bold, strings.ToUpper(Harmless(b.Title))))
	case bot.Item:
		w.item(b, page)
	case bot.Context:
	}
	indent := "  "
	if b.Kind == bot.Context {
		indent = ""
	}
	for _, l := range b.Lines {
		if page && b.Again && l.Kind == bot.Reported && l.Label == "" && !l.Bullet {
			continue
		}
		w.text(m, &l, indent)
	}
}

// item prints "12.1 NEW · Azerbaijan, Israel · arms trade".
func (w *writer) item(b *bot.Block, page bool) {
	head := strings.TrimSpace(b.Ref + " " + b.State)
	if page && b.Again {
		head += ", above"
	}
	if head == "" {
		return
	}
	if b.Facts != "" {
		head += " · " + b.Facts
	}
	ref, rest, _ := strings.Cut(Harmless(head), " ")
	for i, l := range Wrap(rest, w.width-runewidth.StringWidth(ref)-1) {
		if i == 0 {
			w.line(w.style(bold, ref) + " " + l)
			continue
		}
		w.line("  " + l)
	}
}

// text prints one line: its label, its words, and where they stand.
func (w *writer) text(m *bot.Message, l *bot.Line, indent string) {
	s := Harmless(l.Text)
	switch {
	case l.Label != "" && s == "":
		s = Harmless(l.Label) + ":"
	case l.Label != "" && l.Kind == bot.Note:
		s = Harmless(l.Label) + ": " + s
	case l.Label != "":
		s = Harmless(l.Label) + " · " + s
	}
	if l.Cite > 0 && l.Kind == bot.Reported {
		s += " " + Harmless(m.Citation(l.Cite).Outlet)
	}
	if l.Cite > 0 {
		s += fmt.Sprintf(" [%d]", l.Cite)
	}
	for _, mark := range l.Marks {
		s += ", " + Harmless(mark)
	}
	if l.Tail != "" {
		s += " · " + Harmless(l.Tail)
	}
	first := indent
	if l.Bullet {
		first, indent = indent+"• ", indent+"  "
	}
	for i, part := range Wrap(s, w.width-len(indent)) {
		lead := indent
		if i == 0 {
			lead = first
		}
		if l.Kind == bot.Counted {
			part = w.style(dim, part)
		}
		w.line(lead + part)
	}
}

// citations lists the articles, each once: outlet, time, and address.
func (w *writer) citations(cs []bot.Citation, zone string) {
	loc, err := time.LoadLocation(zone)
	seen := map[int]bool{}
	for _, c := range cs {
		if seen[c.N] {
			continue
		}
		if len(seen) == 0 {
			w.line("")
		}
		seen[c.N] = true
		if err != nil { // an offset, not a zone: the time has it
			loc = c.Published.Location()
		}
		when := c.Published.In(loc).Format("2 Jan 15:04")
		if c.Day {
			when = c.Published.Format("2 Jan")
		}
		w.line(fmt.Sprintf("[%d] %s, %s", c.N, Harmless(c.Outlet), when))
		if c.URL != "" {
			w.line("    " + w.style(dim, Plain(c.URL)))
		}
	}
}

// choices lists actions by their numbers, from 1, as many on a line as fit.
func (w *writer) choices(actions []bot.Action) {
	if len(actions) == 0 {
		return
	}
	w.line("")
	line := ""
	for i, a := range actions {
		choice := fmt.Sprintf("  (%d) %s", i+1, Harmless(a.Label))
		if line != "" && runewidth.StringWidth(line+choice) > w.width {
			w.line(line)
			line = ""
		}
		line += choice
	}
	w.line(line)
}

func (w *writer) line(s string) { fmt.Fprintln(w.out, strings.TrimRight(s, " ")) }

// The styles, as SGR codes.
const (
	bold = "1"
	dim  = "2"
)

func (w *writer) style(code, s string) string {
	if !w.colour || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// Wrap breaks a text at spaces into lines of at most width columns; a longer
// word has a line of its own.
func Wrap(s string, width int) []string {
	var lines []string
	var line strings.Builder
	columns := 0
	for _, word := range strings.Fields(s) {
		n := runewidth.StringWidth(word)
		if columns > 0 && columns+1+n > width {
			lines = append(lines, line.String())
			line.Reset()
			columns = 0
		}
		if columns > 0 {
			line.WriteByte(' ')
			columns++
		}
		line.WriteString(word)
		columns += n
	}
	if columns > 0 {
		lines = append(lines, line.String())
	}
	return lines
}
