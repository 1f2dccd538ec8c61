package bot

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/digest/ask"
	"attache/digest/summary"
)

// lines are an answer's lines; those of one speaker under the speaker's name.
func (a answer) lines() []Block {
	var blocks []Block
	if none := a.noStatement(); none != "" {
		blocks = append(blocks, Block{Kind: Item, Lines: []Line{{Kind: Counted, Text: none}}})
	}
	speaker := ""
	for i := range a.Lines {
		l := &a.Lines[i]
		if a.Head.Asked.Mode != ask.WhoSaid || !l.Spoken {
			blocks = append(blocks, a.item(l))
			continue
		}
		if i == 0 || l.Label != speaker {
			speaker = l.Label
			blocks = append(blocks, Block{Kind: Heading, Title: speakerTitle(speaker)})
		}
		last := &blocks[len(blocks)-1]
		last.Lines = append(last.Lines, a.statement(l)...)
	}
	if named := a.notQuoted(); named != "" {
		blocks = append(blocks, Block{Kind: Item, Lines: []Line{{Kind: Counted, Label: a.namedIn(), Text: named}}})
	}
	return blocks
}

// noStatement says that nobody was found to say what is shown, where it was asked who
// said what, and not what an outlet writes.
func (a answer) noStatement() string {
	s := a.Head.Asked
	if s.Mode != ask.WhoSaid || len(s.Outlets) > 0 || !a.Answered() || slices.ContainsFunc(a.Lines, func(l ask.Line) bool { return l.Spoken }) {
		return ""
	}
	by := ""
	switch {
	case s.Speaker != nil:
		by = " by " + s.Speaker.Typed
	case len(s.Persons) > 0:
		by = " by " + strings.Join(s.Persons, " or ")
	case len(s.Actors) == 1:
		by = " by " + a.actor(s.Actors[0])
	}
	return "No sentence was recognised as a statement" + by + ". What was reported:"
}

// unnamed end what a speaker is called who is not named.
const unnamed = " official officials source sources person people diplomat diplomats adviser advisers aide aides lawmaker lawmakers soldier soldiers trader traders analyst analysts witness witnesses resident residents spokesman spokeswoman "

// speakerTitle is a speaker's name as a heading: "Two Israeli officials, unnamed".
func speakerTitle(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	title := string(unicode.ToUpper(r)) + name[size:]
	words := strings.Fields(name)
	if !strings.Contains(name, ",") && strings.Contains(unnamed, " "+strings.ToLower(words[len(words)-1])+" ") {
		title += ", unnamed"
	}
	return title
}

// statement is what a speaker said, with when it was published.
func (a answer) statement(l *ask.Line) []Line {
	line := Line{
		Kind: Reported, Text: l.Sentence.Text, Cite: a.number(l.Sentence.Article), Marks: marksSaid(l.Marks),
		Tail: a.when(l.When, l.Published.Day), Bullet: true,
	}
	if l.Before == nil {
		return []Line{line}
	}
	before := line
	before.Label, before.Text, before.Tail = "Before it", l.Before.Text, "" // whose words these are isn't known
	return []Line{line, before}
}

// notQuoted names who is named and has no statement in the answer.
func (a answer) notQuoted() string {
	if a.Head.Asked.Mode != ask.WhoSaid || !a.Answered() {
		return ""
	}
	return strings.Join(append(all(a.Searched.Unquoted, a.actor), a.Searched.NotQuoted...), " · ")
}

func (a answer) namedIn() string {
	if s := a.Head.Asked.Stories; len(s) == 1 && a.refs[s[0]] != "" {
		return "Named in " + a.refs[s[0]] + ", not quoted"
	}
	return "Named, not quoted"
}

// item is one line of an answer, with the figures that differ.
func (a answer) item(l *ask.Line) Block {
	b := Block{Kind: Item}
	if l.Kind == ask.Counted {
		line := Line{Kind: Counted, Label: l.Label, Text: l.Text, Cite: a.number(l.Sentence.Article)}
		switch {
		case l.Title != "" && l.Text == "" || a.Head.Asked.Mode == ask.Compare && line.Cite > 0:
			line.Text = a.titled(l)
		case line.Cite > 0:
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

// titled names a story by an outlet's title: "1 story: 12.4, “A bridge opens”, Lume Post".
func (a answer) titled(l *ask.Line) string {
	parts := []string{"“" + l.Title + "”", l.Outlet}
	if ref := a.refs[l.Story]; ref != "" {
		parts = append([]string{ref}, parts...)
	}
	text := strings.Join(parts, ", ")
	if l.Text != "" {
		text = l.Text + ": " + text
	}
	return text
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
