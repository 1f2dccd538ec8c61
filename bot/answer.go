package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/digest/ask"
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
	m.Blocks = append(m.Blocks, a.lines()...)
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
	"judgement":     "Not judged: attache quotes, and does not say what is true. Each line has how many origins tell its story. Ask: who said what.",
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
	if m := a.Head.Misdated; m != nil {
		return fmt.Sprintf(misdated[m.Why], short(m.Typed)) + " Nothing was searched."
	}
	for _, m := range a.Head.Misread {
		if m.As != "" {
			continue
		}
		text := fmt.Sprintf("No actor is called %q.", short(m.Typed))
		if m.Words {
			text = fmt.Sprintf("%q names nothing that is known, and no article has it.", short(m.Typed))
		}
		if len(m.Nearest) > 0 {
			text += " Nearest: " + strings.Join(m.Nearest, ", ") + "."
		}
		text += " Nothing was searched."
		if m.Words {
			text += " " + askable
		}
		return text
	}
	return refusals[""]
}

// misdated are what is said of a period that nothing can be of.
var misdated = map[ask.MisdatedWhy]string{
	ask.NoSuchDay: "No calendar has %q.",
	ask.Reversed:  "%q ends before it begins.",
	ask.NotBegun:  "%q has not begun: attache quotes what was published until now.",
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
	if strings.EqualFold(d.Name, readings[0]) {
		readings[0] = "the country"
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
	case s.Mode == ask.Compare:
		parts = append(parts, strings.Join(all(s.Actors, a.actor), " and "))
	default:
		parts = append(parts, each(s.Actors, a.actor))
	}
	themes := a.themes(s.Themes)
	if len(s.Sides) == 2 {
		themes = a.themes(s.Sides[0]) + " and " + a.themes(s.Sides[1])
	}
	outlets := strings.Join(s.Outlets, ", ")
	if s.Mode == ask.Compare {
		outlets = strings.Join(s.Outlets, " and ")
	}
	parts = append(parts, strings.Join(s.Places, ", "), themes, outlets, strings.Join(s.Persons, ", "))
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

// themes names themes; those that "energy" stands for by that word first.
func (a answer) themes(ids []string) string {
	said := each(ids, a.theme)
	if len(ids) == 2 && slices.Contains(ids, "energy-oil") && slices.Contains(ids, "gas") {
		return "energy (" + said + ")"
	}
	return said
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

func each(ids []string, name func(string) string) string { return strings.Join(all(ids, name), ", ") }

func all(ids []string, name func(string) string) []string {
	var out []string
	for _, id := range ids {
		out = append(out, name(id))
	}
	return out
}

// head says what was understood, over which time, and for whom.
func (a answer) head() Block {
	facts := []string{a.mode(), a.period(), a.place()}
	if a.Head.Asked.Mode == ask.Timeline && a.Answered() {
		facts[1] += ", oldest first"
		facts = append(facts, a.steps())
	}
	if a.Head.Asker != "" {
		facts = append(facts, "for "+a.Head.Asker)
	}
	b := Block{Kind: Heading, Title: a.subject()}
	b.Lines = append(b.Lines, counted(strings.Join(facts, " · ")))
	if places := a.Searched.NotPlaces; len(places) > 0 {
		b.Lines = append(b.Lines, counted("No article that fits names "+strings.Join(places, " or ")+"."))
	}
	if who := a.Head.Asked.Persons; a.Head.Asked.Mode == ask.WhoSaid && len(who) > 0 && a.Answered() && a.Searched.Statements == 0 {
		b.Lines = append(b.Lines, counted("No statement by "+strings.Join(who, " or ")+" found. Named in:"))
	}
	if n := a.Searched.NoFigure; n != "" && a.Answered() {
		b.Lines = append(b.Lines, counted("No speaker of “"+n+"” found. It stands in:"))
	}
	if a.Searched.OneSide {
		b.Lines = append(b.Lines, counted(comparable))
	}
	if !a.Answered() {
		for _, said := range a.nothing() {
			b.Lines = append(b.Lines, counted(said))
		}
	}
	return b
}

// comparable says what can be compared.
const comparable = "Compared are two pairs, actors, themes, outlets or periods, and the question names no two. Try: compare Azerbaijan–Israel with Azerbaijan–Turkey."

// mode says what sort of answer it is.
func (a answer) mode() string {
	mode := string(a.Head.Asked.Mode)
	switch {
	case a.Head.Asked.Mode == ask.WhoSaid:
		mode = "who said what"
	case a.Head.Asked.Together:
		mode = "named together, not acting on each other"
		if a.Head.Asked.Dyad == nil {
			mode = "named, not what it is about"
		}
	}
	if n := a.Searched.Before; n > 0 && a.Answered() {
		mode += fmt.Sprintf(", %d more", a.Searched.Shown)
	}
	return mode
}

// steps says how many of a timeline's steps are shown.
func (a answer) steps() string {
	x := a.Searched
	if x.Steps > x.StepsShown {
		return fmt.Sprintf("%d of %s, one sentence each", x.StepsShown, Plural(x.Steps, "step"))
	}
	return Plural(x.Steps, "step") + ", one sentence each"
}

// period writes "17 Nov 08:02 to now (7 days, none was named)". Asked as of
// another time than the present, "now" is written out.
func (a answer) period() string {
	p := a.Head.Period
	if a.Head.Asked.Versus != nil && len(a.Searched.Compared) == 2 {
		return a.span(a.Searched.Compared[0].Period) + " and " + a.span(a.Searched.Compared[1].Period)
	}
	if whole := p.Start.IsZero() && p.End.IsZero(); whole && !a.Searched.First.IsZero() {
		if a.Searched.First.Equal(a.Searched.Last) {
			return a.minute(a.Searched.First)
		}
		return a.minute(a.Searched.First) + " to " + a.minute(a.Searched.Last)
	} else if whole {
		return "whole archive"
	}
	text := a.span(p)
	if a.Head.NoneNamed {
		text += " (7 days, none was named)"
	}
	return text
}

// span writes a period that is open on one side at most.
func (a answer) span(p ask.Period) string {
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
	return text
}

// minute writes "23 Nov 18:40", with the year where it is not that of now.
func (a answer) minute(t time.Time) string {
	if a.thisYear(t) {
		return a.clock.minute(t)
	}
	return a.minuteOfYear(t)
}

// dated writes a day, with the year where it is not that of now.
func (a answer) dated(t time.Time) string {
	if a.thisYear(t) {
		return a.date(t)
	}
	return t.In(a.zone).Format("2 Jan 2006")
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

func (a answer) number(article int64) int { return a.numbers[article] }

func (a answer) outlet(article int64) string {
	for _, s := range a.Sources {
		if s.Article == article {
			return s.Outlet
		}
	}
	return ""
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
