package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/digest"
)

// Edition makes the messages of a digest: a root, and a reply for each section
// and for the gaps. A quiet day is one message. The root has buttons, and each
// story in a section a menu.
func Edition(d *digest.Digest) Thread {
	e := edition{Digest: d, clock: clock{zoneNamed(d.Zone)}}
	if d.Quiet() {
		t := Thread{Root: e.message(e.quiet())}
		t.Root.Actions = e.actions()
		return t
	}
	t := Thread{Root: e.message(e.root())}
	t.Root.Actions = e.actions()
	for _, s := range d.Sections {
		t.Replies = append(t.Replies, e.message(e.section(s)))
	}
	t.Replies = append(t.Replies, e.message(e.last()))
	return t
}

// stateLinked is the mark of an outlet on the desk's list of state-linked ones.
const stateLinked = "state-linked (desk's list)"

type edition struct {
	*digest.Digest
	clock
}

// message adds to blocks the citations that they point to.
func (e edition) message(blocks []Block) Message {
	m := Message{Zone: e.Zone, Blocks: blocks, Notice: e.notice()}
	var ns []int
	for _, b := range blocks {
		for _, l := range b.Lines {
			if l.Cite > 0 && !slices.Contains(ns, l.Cite) {
				ns = append(ns, l.Cite)
			}
		}
	}
	slices.Sort(ns)
	for _, n := range ns {
		m.Citations = append(m.Citations, e.citation(n))
	}
	return m
}

func (e edition) citation(n int) Citation {
	c := e.Cited[n-1]
	return Citation{
		N: n, Outlet: c.Outlet, Title: c.Title, URL: link(c.URL), Lang: c.Lang,
		Published: c.Published, Day: c.Day, Read: c.Read, Authors: c.Authors, Via: c.Via,
	}
}

func (e edition) name() string { return fmt.Sprintf("%s brief no. %d", e.Desk, e.Number) }

// notice is what a notification says of the edition.
func (e edition) notice() string {
	read := fmt.Sprintf("%d of %d sources read.", e.Coverage.Sources-len(e.Coverage.NotRead), e.Coverage.Sources)
	head := e.name() + ", " + e.weekday(e.Due) + ". "
	if e.Quiet() {
		return head + e.nothing() + " " + read
	}
	return head + "First: " + e.Stories[0].Lead.Sentence.Text + " " + read
}

func (e edition) head() []Block {
	day := e.Due.In(e.zone).Format("Mon 2 Jan 2006")
	context := Block{Kind: Context}
	if e.Late != nil {
		context.Lines = append(context.Lines, counted(e.late()))
	}
	span := e.span(e.Since, e.Until)
	if e.day(e.Since) == e.day(e.Until) { // a preview right after an edition
		span = "No time to tell of: the last brief goes up to " + e.day(e.Until) + " " + e.place()
	}
	if n := days(e.Since, e.Until); n != "" {
		span += ": " + n + e.usualFor(n)
	}
	context.Lines = append(context.Lines, counted(span+" · all times "+e.place()), counted(e.notRead()))
	return []Block{
		{Kind: Headline, Title: fmt.Sprintf("%s · brief no. %d · %s", e.Desk, e.Number, day)},
		context,
	}
}

// usualFor says that what is usual is counted for days too, where it is known.
func (e edition) usualFor(days string) string {
	if !slices.ContainsFunc(e.Counts, func(c digest.Count) bool { return c.Usual >= 0 }) {
		return ""
	}
	return `. "Usual" is for ` + days + " too"
}

func counted(text string) Line { return Line{Kind: Counted, Text: text} }

// maxMissing is how many of the sources that were not read are named.
const maxMissing = 5

// notRead says which sources the edition could not read.
func (e edition) notRead() string {
	c := e.Coverage
	if c.Sources == 0 {
		return "No source was polled: the articles were imported."
	}
	if len(c.NotRead) == 0 {
		return fmt.Sprintf("Read: all %s.", Plural(c.Sources, "source"))
	}
	var missing []string
	for i, s := range c.NotRead {
		if i == maxMissing {
			missing = append(missing, fmt.Sprintf("and %d others", len(c.NotRead)-maxMissing))
			break
		}
		missing = append(missing, fmt.Sprintf("%s, %s since %s", s.Source, s.Trouble, e.hour(s.Since, e.Until)))
	}
	return fmt.Sprintf("Not read: %s. The other %d sources were.",
		strings.Join(missing, "; "), c.Sources-len(c.NotRead))
}

func (e edition) root() []Block {
	blocks := append(e.head(), Block{Kind: Heading, Title: "First"})
	for _, n := range e.First {
		blocks = append(blocks, e.first(&e.Stories[n-1]))
	}
	if len(e.Ahead) > 0 {
		blocks = append(blocks, Block{Kind: Heading, Title: "Ahead", Lines: e.aheadLines()})
	}
	return append(blocks, e.articles())
}

// first is a story in short: its sentence, and what was counted of it.
func (e edition) first(s *digest.Story) Block {
	b := e.item(s)
	tail := e.originsShort(s)
	var differ, moved []string
	for _, f := range s.Figures {
		if f.New {
			moved = append(moved, figureOf(f.Of))
		} else {
			differ = append(differ, figureOf(f.Of))
		}
	}
	if len(differ) > 0 {
		tail += " · figures differ on " + strings.Join(differ, " and ")
	}
	if len(moved) > 0 {
		tail += " · a new figure for " + strings.Join(moved, " and ")
	}
	b.Lines = append(e.reported(s.Lead, ""), counted(tail))
	return b
}

// figureOf names what a figure is of: "the price", "the number killed".
func figureOf(of string) string {
	switch of {
	case "killed", "wounded", "detained", "missing", "displaced", "freed":
		return "the number " + of
	case "":
		return "a number"
	}
	return "the " + of
}

func (e edition) item(s *digest.Story) Block {
	return Block{
		Kind: Item, Ref: digest.Ref(e.Number, s.Number), State: e.state(s),
		Facts: facts(s),
	}
}

// facts names who and what a story is about.
func facts(s *digest.Story) string {
	var parts []string
	if len(s.Actors) > 0 {
		parts = append(parts, strings.Join(s.Actors, ", "))
	}
	if len(s.Themes) > 0 {
		parts = append(parts, strings.Join(s.Themes, ", "))
	}
	return strings.Join(parts, " · ")
}

// state says what was counted of a story against the edition that had it.
func (e edition) state(s *digest.Story) string {
	was := ""
	if s.Was != "" {
		was = " (" + s.Was + ")"
	}
	switch s.State {
	case digest.MoreOrigins:
		return fmt.Sprintf("More origins %d → %d%s", s.WasOrigins, len(s.Origins), was)
	case digest.Update:
		return "Update " + updated(s) + was
	case digest.Corrected:
		return "Corrected by the outlet" + was
	}
	return "New"
}

// updated counts what is new of a story that goes on.
func updated(s *digest.Story) string {
	n := 0
	for _, f := range s.Figures {
		if f.New {
			n++
		}
	}
	text := Plural(s.Articles, "new article")
	if n > 0 {
		text += ", " + Plural(n, "new figure")
	}
	return text
}

// originsShort counts who says so.
func (e edition) originsShort(s *digest.Story) string {
	if len(s.Origins) == 1 {
		if s.Outlets > 1 {
			return fmt.Sprintf("one origin only (%d outlets)", s.Outlets)
		}
		return "one origin only"
	}
	return fmt.Sprintf("%d origins (%s)", len(s.Origins), Plural(s.Outlets, "outlet"))
}

// reported is a quoted sentence as lines, with the one before it where it needs it.
func (e edition) reported(q digest.Quote, label string) []Line {
	l := Line{Kind: Reported, Label: label, Text: q.Sentence.Text, Cite: q.N, Marks: e.marks(q.N)}
	if q.Before == nil {
		return []Line{l}
	}
	before := l
	before.Text = q.Before.Text
	l.Label = ""
	return []Line{before, l}
}

// marks says where a cited article departs from plain.
func (e edition) marks(n int) []string {
	c := e.Cited[n-1]
	var ms []string
	if c.Partial != "" {
		ms = append(ms, string(c.Partial)+" (summary only)")
	}
	if c.Lang != "" && c.Lang != "en" {
		ms = append(ms, "in "+languageName(c.Lang))
	}
	if c.StateLinked {
		ms = append(ms, stateLinked)
	}
	if c.Via != "" {
		ms = append(ms, "reprint of "+c.Via)
	}
	return ms
}

// aheadLines lists the days to come; a sentence shown above is only pointed to.
func (e edition) aheadLines() []Line {
	var lines []Line
	for _, a := range e.Ahead {
		day := a.Day.In(e.zone).Format("Mon 2 Jan")
		if a.Story > 0 {
			lines = append(lines, Line{
				Kind: Counted, Label: day, Text: digest.Ref(e.Number, a.Story), Cite: a.Quote.N,
			})
			continue
		}
		lines = append(lines, e.reported(a.Quote, day)...)
	}
	return lines
}

// articles counts each subject beside its usual.
func (e edition) articles() Block {
	title := "Articles"
	if e.Previous > 0 {
		title = fmt.Sprintf("Articles since no. %d", e.Previous)
	}
	b := Block{Kind: Heading, Title: title}
	var known, unknown bool
	var parts []string
	for _, c := range e.Counts {
		part := fmt.Sprintf("%s %d", c.Subject.Name, c.Articles)
		if c.Usual >= 0 {
			part += fmt.Sprintf(" (%d)", c.Usual)
			known = true
		} else {
			unknown = true
		}
		if c.Articles == 0 {
			part += e.none(c.Last)
		}
		parts = append(parts, part)
	}
	b.Lines = append(b.Lines, counted(strings.Join(parts, " · ")+". All new articles mainly about each, told or not; one may count for several."))
	if known {
		b.Title += " (usual for a " + e.Due.In(e.zone).AddDate(0, 0, -1).Format("Monday") + ")"
	} else if unknown {
		b.Title += " (the archive is too new for a usual)"
	}
	return b
}

func (e edition) none(last time.Time) string {
	if last.IsZero() {
		return ", none in the archive"
	}
	return ", none since " + e.date(last)
}
