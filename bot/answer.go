package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/digest/ask"
	"attache/digest/summary"
)

// names tells how actors and themes are called. *actor.Catalogue has the first.
type names struct {
	actor func(id string) string
	theme func(id string) string
}

// answer is one answer on its way to become a message.
type answer struct {
	*ask.Answer
	clock
	names
	now     time.Time
	then    bool          // now is not the present
	numbers map[int64]int // of articles, in the thread
	refs    map[int64]string
	from    string // what of the question is another's: "pair from Leyla's question"
}

// message says what was understood, the answer, and what was searched.
func (a answer) message() Message {
	m := Message{Zone: a.zone.String(), Notice: a.subject()}
	switch a.Head.Status {
	case ask.Refuse:
		m.Blocks = []Block{said(refusals[a.Head.Reason])}
		return m
	case ask.Unknown:
		m.Blocks = []Block{said(a.unknown())}
		return m
	}
	if doubt := a.doubts(); doubt != "" {
		m.Blocks = append(m.Blocks, said(doubt))
	}
	if !a.Searches() {
		return m
	}
	m.Blocks = append(m.Blocks, a.head())
	for i := range a.Lines {
		m.Blocks = append(m.Blocks, a.item(&a.Lines[i]))
	}
	m.Blocks = append(m.Blocks, a.foot())
	m.Citations = a.citations()
	return m
}

func said(text string) Block { return Block{Kind: Context, Lines: []Line{counted(text)}} }

// askable says what a question may name.
const askable = "What can be asked for: an actor, a pair, a theme, an outlet, a story by its number. Try: latest on Azerbaijan–Israel."

// wordsAlone reports whether a question was understood in none of its words.
func wordsAlone(s ask.Slots) bool {
	return len(s.Words) > 0 && len(s.Actors)+len(s.Themes)+len(s.Outlets)+len(s.Persons)+len(s.Places)+len(s.Stories)+len(s.Articles) == 0
}

// refusals are what is said to what is no question for the archive.
var refusals = map[string]string{
	"forecast":      "Not answered: attache quotes what was published and makes no forecasts. Ask what was said on it.",
	"off topic":     "Not searched: that is no question about the news in the archive. Try: latest on Azerbaijan–Israel.",
	"nothing asked": "Not understood, and nothing was searched: that names nothing to look for. " + askable,
	"":              "Not searched: that is no question about the news in the archive. Try: latest on Azerbaijan–Israel.",
}

// unknown says which name is nobody's, and what comes near, or which number is
// of nothing.
func (a answer) unknown() string {
	if len(a.Head.Absent) > 0 {
		return a.absent()
	}
	for _, m := range a.Head.Misread {
		if m.As != "" {
			continue
		}
		text := fmt.Sprintf("No actor is called %q.", short(m.Typed))
		if len(m.Nearest) > 0 {
			text += " Nearest: " + strings.Join(m.Nearest, ", ") + "."
		}
		return text + " Nothing was searched."
	}
	return refusals[""]
}

// absent says which numbers stand for nothing.
func (a answer) absent() string {
	var said []string
	for _, name := range a.Head.Absent {
		where := "story " + name + " in the briefs of this desk"
		if strings.HasPrefix(name, "[") {
			where = "article " + name + " in this thread"
		}
		said = append(said, "No "+where+".")
	}
	return strings.Join(said, " ") + " Nothing was searched."
}

// doubts says how names were read that have other readings, or were mistyped.
func (a answer) doubts() string {
	var said []string
	for _, m := range a.Head.Misread {
		if m.As != "" {
			said = append(said, fmt.Sprintf("Read %q as %s.", m.Typed, a.actor(m.As)))
		}
	}
	for _, d := range a.Head.Doubts {
		said = append(said, a.doubt(d))
	}
	return strings.Join(said, " ")
}

func (a answer) doubt(d ask.Doubt) string {
	var readings []string
	for _, id := range d.Actors {
		readings = append(readings, a.actor(id))
	}
	switch {
	case d.Outlets:
		return fmt.Sprintf("Which outlets are meant by %q? Name them; nothing was searched.", d.Name)
	case !a.Searches() && len(readings) > 1:
		return fmt.Sprintf("%q may be %s. Which? Nothing was searched.", d.Name, strings.Join(readings, " or "))
	case len(readings) == 0:
		return fmt.Sprintf("%q may be several things. Nothing was searched.", d.Name)
	}
	text := fmt.Sprintf("Read %q as %s.", d.Name, readings[0])
	if rest := append(readings[1:], d.Other...); len(rest) > 0 {
		text += " Not searched: " + strings.Join(rest, ", ") + "."
	}
	return text
}

// subject names what was asked about.
func (a answer) subject() string {
	s := a.Head.Asked
	var parts []string
	switch {
	case len(s.Pairs) > 1:
		for _, d := range s.Pairs {
			parts = append(parts, a.actor(d.A)+"–"+a.actor(d.B))
		}
		parts = []string{strings.Join(parts, " and ")}
	case s.Dyad != nil:
		parts = append(parts, a.actor(s.Dyad.A)+"–"+a.actor(s.Dyad.B))
	default:
		parts = append(parts, each(s.Actors, a.actor))
	}
	parts = append(parts, strings.Join(s.Places, ", "), each(s.Themes, a.theme), strings.Join(s.Outlets, ", "), strings.Join(s.Persons, ", "))
	if s.Speaker != nil && len(s.Speaker.Words) > 0 {
		parts = append(parts, s.Speaker.Typed)
	}
	if len(s.Words) > 0 {
		parts = append(parts, "“"+short(strings.Join(s.Words, " "))+"”")
	}
	for _, id := range s.Stories {
		parts = append(parts, a.refs[id])
	}
	for _, id := range s.Articles {
		parts = append(parts, fmt.Sprintf("[%d]", a.number(id)))
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	if a.Head.Within != "" {
		parts = append(parts, "all that "+a.Head.Within+" follows")
	}
	if len(parts) == 0 {
		return "All that was gathered"
	}
	if len(parts) == 1 && a.Head.Within != "" {
		return "All that " + a.Head.Within + " follows"
	}
	return strings.Join(parts, " · ")
}

// short is what somebody typed, as far as it is repeated.
func short(typed string) string {
	const longest = 80
	runes := []rune(typed)
	if len(runes) <= longest {
		return typed
	}
	return string(runes[:longest]) + "…"
}

func each(ids []string, name func(string) string) string {
	var out []string
	for _, id := range ids {
		out = append(out, name(id))
	}
	return strings.Join(out, ", ")
}

// head says what was understood, over which time, and for whom.
func (a answer) head() Block {
	mode := strings.ReplaceAll(string(a.Head.Asked.Mode), "who-said", "who said what")
	facts := []string{mode, a.period(), a.place()}
	if a.Head.Asker != "" {
		facts = append(facts, "for "+a.Head.Asker)
	}
	b := Block{Kind: Heading, Title: a.subject()}
	b.Lines = append(b.Lines, counted(strings.Join(facts, " · ")))
	if places := a.Searched.NotPlaces; len(places) > 0 {
		b.Lines = append(b.Lines, counted("No article that fits names "+strings.Join(places, " or ")+"."))
	}
	if !a.Answered() {
		b.Lines = append(b.Lines, counted(a.nothing()))
	}
	return b
}

// period writes "17 Nov 08:02 to now (7 days, none was named)". Asked as of
// another time than the present, "now" is written out.
func (a answer) period() string {
	p := a.Head.Period
	if p.Start.IsZero() && p.End.IsZero() {
		return "whole archive"
	}
	open := p.End.IsZero() || !p.End.Before(a.now)
	if open {
		p.End = a.now
	}
	write := a.clock.minute
	if !a.thisYear(p.End) || !p.Start.IsZero() && !a.thisYear(p.Start) {
		write = a.minuteOfYear
	}
	end := write(p.End)
	if open && !a.then {
		end = "now"
	}
	text := write(p.Start) + " to " + end
	if p.Start.IsZero() {
		text = "before " + end
	}
	if a.Head.NoneNamed {
		text += " (7 days, none was named)"
	}
	return text
}

// minute writes "23 Nov 18:40", with the year where it is not that of now.
func (a answer) minute(t time.Time) string {
	if a.thisYear(t) {
		return a.clock.minute(t)
	}
	return a.minuteOfYear(t)
}

func (a answer) thisYear(t time.Time) bool { return t.In(a.zone).Year() == a.now.In(a.zone).Year() }

// when writes a time, or only the day where only that is known, with the year
// where it is not that of now.
func (a answer) when(t time.Time, day bool) string {
	switch {
	case !day:
		return a.minute(t)
	case t.Year() == a.now.In(a.zone).Year():
		return a.clock.when(t, day)
	}
	return t.Format("2 Jan 2006")
}

// nothing says what was not found, without showing anything.
func (a answer) nothing() string {
	s, x := a.Head.Asked, a.Searched
	if s.Mode == ask.WhoSaid && s.Speaker != nil && x.Articles > 0 {
		return "No statement by " + s.Speaker.Typed + " found."
	}
	if s.Mode == ask.WhoSaid && len(s.Persons) > 0 && x.Articles > 0 {
		return "No statement by " + strings.Join(s.Persons, " or ") + " found."
	}
	text := "No article fits."
	if wordsAlone(s) {
		text += " " + askable
	}
	if s.Dyad != nil {
		text = "No article names both as acting on each other"
		if len(s.Themes)+len(s.Outlets)+len(s.Words) > 0 {
			text += " and fits the rest"
		}
		text += "."
	}
	if len(x.NotOutlets) > 0 {
		text += " Nothing in the archive is by " + strings.Join(x.NotOutlets, ", ") + "."
	}
	if !x.LastBefore.IsZero() {
		text += " Last before: " + a.minute(x.LastBefore) + "."
	}
	if x.Together > 0 {
		text += " Named, but not what it is about: " + Plural(x.Together, "article") + "."
	}
	return text
}

// item is one line of an answer, with the figures that differ.
func (a answer) item(l *ask.Line) Block {
	b := Block{Kind: Item}
	if l.Kind == ask.Counted {
		line := Line{Kind: Counted, Label: l.Label, Text: l.Text, Cite: a.number(l.Sentence.Article)}
		if line.Cite > 0 {
			line.Label = strings.TrimSpace(l.Label + " " + l.Outlet)
		}
		b.Lines = append(b.Lines, line)
		return b
	}
	label := a.when(l.When, l.Published.Day)
	if l.Label != "" {
		label = l.Label + " · " + label
	}
	line := Line{
		Kind: Reported, Label: label, Text: l.Sentence.Text, Cite: a.number(l.Sentence.Article),
		Marks: marksSaid(l.Marks), Tail: a.tail(l),
	}
	if l.Before != nil {
		before := line
		before.Label, before.Text, before.Tail = a.when(l.When, l.Published.Day), l.Before.Text, ""
		b.Lines = append(b.Lines, before)
	}
	b.Lines = append(b.Lines, line)
	for _, d := range l.Figures {
		b.Lines = append(b.Lines, a.differ(d))
	}
	return b
}

// tail counts who tells its story; these need not have this very sentence.
func (a answer) tail(l *ask.Line) string {
	ref := a.refs[l.Story]
	switch {
	case l.Origins > 1:
		name := "its story"
		if ref != "" {
			name = "story " + ref
		}
		return fmt.Sprintf("%s: %s (%s)", name, Plural(l.Origins, "origin"), Plural(l.Outlets, "outlet"))
	case l.Origins == 1 && ref != "":
		return ref + " · one origin only"
	case l.Origins == 1:
		return "one origin only"
	}
	return ref
}

// differ quotes the two figures, who says each where that was found, and where
// they stand.
func (a answer) differ(d summary.Difference) Line {
	side := func(s summary.Sentence, f summary.Figure) string {
		said := fmt.Sprintf("“%s” ", f.Span.In(s.Text))
		if speaker, ok := summary.Speaker(s.Text); ok {
			name := speaker.In(s.Text)
			if rest, the := strings.CutPrefix(name, "The "); the {
				name = "the " + rest
			}
			said += "said by " + name + ", "
		}
		return fmt.Sprintf("%s%s [%d]", said, a.outlet(s.Article), a.number(s.Article))
	}
	label := "Figures differ"
	if d.Of != "" {
		label += ", " + d.Of
	}
	return Line{Kind: Counted, Label: label, Text: side(d.A, d.FigureA) + " · " + side(d.B, d.FigureB)}
}

func (a answer) number(article int64) int { return a.numbers[article] }

func (a answer) outlet(article int64) string {
	for _, s := range a.Sources {
		if s.Article == article {
			return s.Outlet
		}
	}
	return ""
}

// marksSaid puts marks into words.
func marksSaid(marks []string) []string {
	var said []string
	for _, m := range marks {
		if lang, ok := strings.CutPrefix(m, "lang:"); ok {
			m = "in " + languageName(lang)
		}
		if m == "state-linked" {
			m = stateLinked
		}
		said = append(said, m)
	}
	return said
}

// foot says what was searched, and how fresh it is.
func (a answer) foot() Block {
	x := a.Searched
	text := "Searched: " + Plural(x.Sources, "source")
	if x.Imported > 0 {
		text = "Searched: " + Plural(x.Imported, "imported article")
	}
	var missing []string
	for _, n := range x.NotRead {
		missing = append(missing, n.Outlet+" not since "+a.hour(n.Since, a.now))
	}
	if len(missing) > 0 {
		text += " (" + strings.Join(missing, ", ") + ")"
	}
	text += fmt.Sprintf(" · %s, %s, %d shown", Plural(x.Articles, "article"), Plural(x.Stories, "story"), x.Shown)
	if len(x.NotWords) > 0 {
		text += " · in none of them: “" + short(strings.Join(x.NotWords, "”, “")) + "”"
	}
	if x.Untraced > 0 {
		text += " · quotes whose speaker was not found: " + fmt.Sprint(x.Untraced)
	}
	if !x.Newest.IsZero() {
		text += " · newest " + a.minute(x.Newest)
	}
	if a.from != "" {
		text += " · " + a.from
	}
	return Block{Kind: Context, Lines: []Line{counted(text)}}
}

func (a answer) citations() []Citation {
	var cs []Citation
	for _, s := range a.Sources {
		cs = append(cs, Citation{
			N: a.number(s.Article), Outlet: s.Outlet, Title: s.Title, URL: link(s.URL), Published: s.At, Day: s.Published.Day,
		})
	}
	slices.SortFunc(cs, func(x, y Citation) int { return x.N - y.N })
	return cs
}
