package file

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"attache/bot"
	"attache/bot/terminal"
)

// page is a thread as it is read on one page: no sentence twice, and the articles
// at the end, each once. Its texts are harmless, and not yet escaped.
type page struct {
	Title    string
	Messages [][]block
	Articles []article
	Zone     string
}

// block is a piece of a page.
type block struct {
	Kind   bot.BlockKind
	Title  string
	Ref    string
	Anchor string // where a link to its number leads; empty where that is another block
	About  string // state and facts: "New · Azerbaijan, Israel · arms trade"
	Above  bool   // it goes on with the block of its number
	Groups []group
}

// group is lines that belong together: a list's items, or one line.
type group struct {
	List  bool
	Lines []line
}

// line is a line of a block.
type line struct {
	Kind   bot.LineKind
	Label  string
	Text   string
	Lang   string // of the text, where it isn't attache's own
	Source article
	Marks  []string
	Tail   string
}

// article is what lines rest on. One without a number is none.
type article struct {
	N      int
	Outlet string
	Title  string
	URL    string // empty where it has no page of the web
	Host   string
	Lang   string
	When   string // in the page's zone
	Time   string // for programs
}

// newPage lays out a thread.
func newPage(t bot.Thread) page {
	p := page{Zone: terminal.Plain(t.Root.Zone), Title: terminal.Harmless(t.Root.Notice)}
	for _, b := range t.Root.Blocks {
		if b.Kind == bot.Headline {
			p.Title = terminal.Harmless(b.Title)
			break
		}
	}
	seen := map[string]bool{}
	for _, m := range messages(t) {
		p.Messages = append(p.Messages, p.message(&m, seen))
	}
	slices.SortStableFunc(p.Articles, func(a, b article) int { return cmp.Compare(a.N, b.N) })
	p.Articles = slices.CompactFunc(p.Articles, func(a, b article) bool { return a.N == b.N })
	return p
}

// message adds a message's articles to the page, and gives its blocks.
func (p *page) message(m *bot.Message, seen map[string]bool) []block {
	for _, c := range m.Citations {
		p.Articles = append(p.Articles, newArticle(c, m.Zone))
	}
	var all []block
	for _, b := range m.Blocks {
		laid := block{Kind: b.Kind, Title: terminal.Harmless(b.Title), Ref: terminal.Harmless(b.Ref), About: about(b), Above: b.Again}
		if b.Ref != "" && !seen[b.Ref] {
			seen[b.Ref], laid.Anchor = true, "s"+terminal.Harmless(b.Ref)
		}
		for _, l := range b.Lines {
			if b.Again && l.Kind == bot.Reported && l.Label == "" && !l.Bullet {
				continue
			}
			laid.add(newLine(m, l), l.Bullet)
		}
		all = append(all, laid)
	}
	return all
}

func about(b bot.Block) string {
	var parts []string
	for _, s := range []string{b.State, b.Facts} {
		if s != "" {
			parts = append(parts, terminal.Harmless(s))
		}
	}
	return strings.Join(parts, " · ")
}

// add puts a line under the others; bullets that follow each other are one list.
func (b *block) add(l line, bullet bool) {
	if last := len(b.Groups) - 1; bullet && last >= 0 && b.Groups[last].List {
		b.Groups[last].Lines = append(b.Groups[last].Lines, l)
		return
	}
	b.Groups = append(b.Groups, group{bullet, []line{l}})
}

func newLine(m *bot.Message, l bot.Line) line {
	laid := line{Kind: l.Kind, Label: terminal.Harmless(l.Label), Text: terminal.Harmless(l.Text), Tail: terminal.Harmless(l.Tail)}
	if l.Text == "" {
		laid.Label = strings.TrimSuffix(laid.Label, ":") + ":"
	}
	if l.Cite > 0 {
		laid.Source = newArticle(m.Citation(l.Cite), m.Zone)
		laid.Source.N = l.Cite
	}
	if l.Kind == bot.Reported {
		laid.Lang = laid.Source.Lang
	}
	for _, mark := range l.Marks {
		laid.Marks = append(laid.Marks, terminal.Harmless(mark))
	}
	return laid
}

func newArticle(c bot.Citation, zone string) article {
	a := article{N: c.N, Outlet: terminal.Harmless(c.Outlet), Title: terminal.Harmless(c.Title), Lang: language(c.Lang)}
	if page := c.Page(); page != nil {
		a.URL, a.Host = page.String(), page.Hostname()
	}
	if c.Published.IsZero() {
		return a
	}
	if c.Day {
		a.When, a.Time = c.Published.Format("2 Jan 2006"), c.Published.Format(time.DateOnly)
		return a
	}
	at := c.Published
	if loc, err := time.LoadLocation(zone); err == nil {
		at = at.In(loc)
	}
	a.When, a.Time = at.Format("2 Jan 2006 15:04"), at.Format(time.RFC3339)
	return a
}

// language is a code of ISO 639-1, and nothing else.
func language(code string) string {
	if len(code) != 2 || strings.Trim(code, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return code
}
