package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"attache/digest"
)

// section is a subject's stories, whole.
func (e edition) section(s digest.Section) []Block {
	head := Block{Kind: Heading, Title: s.Subject.Name, Lines: []Line{counted(e.sectionCount(s))}}
	blocks := []Block{head}
	for _, n := range s.Stories {
		blocks = append(blocks, e.whole(&e.Stories[n-1]))
	}
	return blocks
}

func (e edition) sectionCount(s digest.Section) string {
	text := fmt.Sprintf("%s, %s in them", Plural(len(s.Stories), "story"), Plural(s.Articles, "new article"))
	if len(s.Stories) == 1 {
		text = fmt.Sprintf("1 story, %s in it", Plural(s.Articles, "new article"))
	}
	var from []string
	for _, c := range s.From {
		if c.Country != "" {
			from = append(from, fmt.Sprintf("%s %d", c.Country, c.Outlets))
		}
	}
	if len(from) > 0 {
		text += " · outlets from: " + strings.Join(from, ", ")
	}
	return text
}

// whole is a story with its figures, changes and origins.
func (e edition) whole(s *digest.Story) Block {
	b := e.item(s)
	b.Again = slices.Contains(e.First, s.Number)
	b.Menu = e.menu(s)
	b.Lines = e.reported(s.Lead, "")
	for _, f := range s.Figures {
		label := "Figures differ, " + f.Of
		if f.New {
			label = "New figure, " + f.Of
		}
		b.Lines = append(b.Lines, Line{Kind: Counted, Label: label})
		for _, q := range []digest.Quote{f.A, f.B} {
			for _, l := range e.reported(q, "") {
				l.Bullet = true
				b.Lines = append(b.Lines, l)
			}
		}
	}
	for _, c := range s.Changes {
		had := e.reported(c.Had, fmt.Sprintf("Change, no. %d had", c.Edition))
		if c.Had.Sentence.Version < e.Cited[c.Had.N-1].Version {
			had[len(had)-1].Tail = fmt.Sprintf("version %d of it", c.Had.Sentence.Version)
		}
		b.Lines = append(b.Lines, had...)
		b.Lines = append(b.Lines, counted("Changed by the outlet "+e.minute(c.At)+"."))
	}
	for _, c := range s.Corrections {
		if c.By.Sentence.Citation != s.Lead.Sentence.Citation {
			b.Lines = append(b.Lines, e.reported(c.By, "It now reads")...)
		}
		if c.Was != nil {
			b.Lines = append(b.Lines, e.reported(*c.Was, "It read")...)
		}
		b.Lines = append(b.Lines, Line{
			Kind: Counted, Label: "Corrected by the outlet", Text: "replaces its earlier article", Cite: c.N,
		})
	}
	b.Lines = append(b.Lines, Line{Kind: Counted, Label: "Origins", Text: e.origins(s)})
	return b
}

// origins names who first published a story, with the desk's ratings, and who
// reprints them.
func (e edition) origins(s *digest.Story) string {
	var names []string
	for _, o := range s.Origins {
		names = append(names, originName(s, o.Name))
	}
	text := fmt.Sprintf("%d (%s): %s.", len(s.Origins), Plural(s.Outlets, "outlet"), strings.Join(names, "; "))
	if len(s.Origins) == 1 {
		text = e.originsShort(s) + ": " + names[0] + "."
	}
	for _, o := range s.Origins {
		if who := reprinters(s, o.Name, o.Outlets); len(who) > 0 {
			text += fmt.Sprintf(" Reprints of %s: %s.", o.Name, strings.Join(who, ", "))
		}
	}
	return text
}

// reprinters are the other outlets that carry the text of an origin.
func reprinters(s *digest.Story, origin string, outlets []string) []string {
	var who []string
	for _, name := range outlets {
		if name == origin {
			continue
		}
		if slices.Contains(s.StateLinked, name) {
			name += " (state-linked, desk's list)"
		}
		who = append(who, name)
	}
	return who
}

// originName is an origin with the desk's rating of it.
func originName(s *digest.Story, name string) string {
	if letter := s.Ratings[name]; letter != "" {
		return fmt.Sprintf("%s, rated %s by the desk", name, letter)
	}
	return name
}

// last is the thread's end: gaps, what was read, and the method.
func (e edition) last() []Block {
	blocks := []Block{{Kind: Heading, Title: "Gaps", Lines: e.gaps()}}
	c := e.Coverage
	read := fmt.Sprintf("%s on all subjects, copies among them %d · %d on what this desk follows · %s · newest %s",
		Plural(c.Articles, "new article"), c.Reprints, c.Matching+e.heldBack(), Plural(len(e.Stories), "story"), e.minute(c.Newest))
	if c.Sources > 0 {
		read = fmt.Sprintf("%d of %s · ", c.Sources-len(c.NotRead), Plural(c.Sources, "source")) + read
	}
	b := Block{Kind: Heading, Title: "Read", Lines: []Line{counted(read)}}
	for _, p := range c.Partial {
		b.Lines = append(b.Lines, counted(fmt.Sprintf("%s: %s, %s: the feed's summary was kept.",
			p.Outlet, Plural(p.Articles, "page"), p.Why)))
	}
	if len(e.Muted) > 0 {
		b.Lines = append(b.Lines, e.muted())
	}
	method := "Sentences are the outlets' own. Articles, Change, Figures, Origins, Ahead and Gaps are counted by attache. It assesses nothing."
	return append(blocks, b, Block{Kind: Context, Lines: []Line{counted(method)}})
}

// mutedLabel stands before what a desk has muted.
const mutedLabel = "Muted"

// muted names what the desk has muted, until when, by whom, and how many new
// articles that held back.
func (e edition) muted() Line {
	var parts []string
	for _, h := range e.Muted {
		part := h.Name
		if h.UntilNew {
			part += " until something is new"
		}
		if !h.Until.IsZero() {
			part += " until " + e.date(h.Until)
		}
		part += " (" + cmp.Or(h.By, "config") + ")"
		if n := len(h.Articles); n > 0 {
			part += ", " + Plural(n, "article") + " held back"
		}
		parts = append(parts, part)
	}
	return Line{Kind: Counted, Label: mutedLabel, Text: strings.Join(parts, " · ")}
}

func (e edition) gaps() []Line {
	var lines []Line
	troubled := 0
	for _, g := range e.Gaps {
		if g.Subject == nil {
			troubled++
		}
		switch {
		case troubled > maxMissing && g.Subject == nil:
		case g.Subject != nil && g.Last.IsZero():
			lines = append(lines, counted(g.Subject.Name+": no article in the archive is mainly about it."))
		case g.Subject != nil:
			lines = append(lines, counted(fmt.Sprintf("%s: no new article mainly about it, the last one %s.", g.Subject.Name, e.minute(g.Last))))
		default:
			text := fmt.Sprintf("%s: %s", g.Source, g.Trouble)
			if !g.Last.IsZero() {
				text += ", last article " + e.minute(g.Last)
			}
			lines = append(lines, counted(text+"; next try "+e.hour(g.Next, e.Until)+"."))
		}
	}
	if n := troubled - maxMissing; n > 0 {
		lines = append(lines, counted(fmt.Sprintf("Not read either: %s.", Plural(n, "more source"))))
	}
	var read []string
	for _, l := range e.Coverage.Languages {
		if name := languageName(l); name != "" {
			read = append(read, name)
		}
	}
	if len(read) > 0 {
		lines = append(lines, counted("Languages read: "+strings.Join(read, ", ")+"."))
	}
	return lines
}

// heldBack counts the new articles that mutes held back.
func (e edition) heldBack() (articles int) {
	for _, h := range e.Muted {
		articles += len(h.Articles)
	}
	return articles
}

// nothing says that a day is without news.
func (e edition) nothing() string {
	if e.heldBack() > 0 {
		return "No new article on what this desk follows and has not muted."
	}
	return "No new article on what this desk follows."
}

// quiet is the one message of a day without news.
func (e edition) quiet() []Block {
	c := e.Coverage
	blocks := e.head()
	text := e.nothing()
	if len(c.NotRead) > 0 {
		text = fmt.Sprintf("Can't say that there was nothing: %d of %d sources were not read.", len(c.NotRead), c.Sources)
	}
	text += fmt.Sprintf(" The sources published %s on other subjects", Plural(c.Articles-e.heldBack(), "article"))
	if !c.Newest.IsZero() {
		text += ", newest " + e.minute(c.Newest)
	}
	b := Block{Kind: Context, Lines: []Line{counted(text + ".")}}
	if len(e.Muted) > 0 {
		b.Lines = append(b.Lines, e.muted())
	}
	blocks = append(blocks, b)
	if len(e.Ahead) > 0 {
		blocks = append(blocks, Block{Kind: Heading, Title: "Ahead", Lines: e.aheadLines()})
	}
	return blocks
}
