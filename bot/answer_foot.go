package bot

import (
	"fmt"
	"strings"

	"attache/digest/ask"
)

// foot says what was searched, and how fresh it is.
func (a answer) foot() Block {
	x := a.Searched
	text := a.searched()
	if len(a.Head.Asked.Stories)+len(a.Head.Asked.Articles) > 0 {
		text = "Read: " + Plural(x.Articles, "article") + a.copies()
	} else {
		text += fmt.Sprintf(" · %s, %s, %s", Plural(x.Articles, "article"), Plural(x.Stories, "story"), a.shown())
	}
	if n := a.statements(); a.Head.Asked.Mode == ask.WhoSaid && x.Statements > n {
		text += fmt.Sprintf(" · %d of %s (“all of them” shows the rest)", n, Plural(x.Statements, "statement"))
	}
	if len(x.NotWords) > 0 {
		text += " · in none of them: “" + short(strings.Join(x.NotWords, "”, “")) + "”"
	}
	if x.Untraced > 0 {
		text += " · quotes whose speaker was not found: " + fmt.Sprint(x.Untraced)
	}
	if !x.Newest.IsZero() && len(a.Head.Asked.Stories)+len(a.Head.Asked.Articles) == 0 {
		newest := " · newest "
		if x.Articles == 0 {
			newest = " · newest of all "
		}
		text += newest + a.minute(x.Newest)
	}
	if a.from != "" {
		text += " · " + a.from
	}
	b := Block{Kind: Context, Lines: []Line{counted(text)}}
	switch {
	case a.Head.Asked.Mode == ask.Timeline && a.Answered():
		b.Lines = append(b.Lines, counted(a.gaps()))
	case len(x.Compared) == 2 && a.Answered():
		b.Lines = append(b.Lines, counted(a.told()))
	}
	return b
}

// searched names the sources, and those that could not be read.
func (a answer) searched() string {
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
	return text
}

// shown counts the stories that are shown: "3 shown", "both shown", "4 to 6 shown".
func (a answer) shown() string {
	x := a.Searched
	switch {
	case x.Before > 0 && x.Shown == 1:
		return fmt.Sprintf("number %d shown", x.Before+1)
	case x.Before > 0 && x.Shown > 0:
		return fmt.Sprintf("%d to %d shown", x.Before+1, x.Before+x.Shown)
	case x.Shown == 2 && x.Stories == 2:
		return "both shown"
	}
	return fmt.Sprintf("%d shown", x.Shown)
}

// copies says of what was read how much is copied.
func (a answer) copies() string {
	x := a.Searched
	if x.Copies == 0 {
		return ""
	}
	text := fmt.Sprintf(", %d of them reprints", x.Copies)
	if x.Copies == 1 {
		text = ", 1 of them a reprint"
	}
	if n := a.number(x.CopiesOf); n > 0 {
		text += fmt.Sprintf(" of [%d]", n)
	}
	return text
}

// statements is how many of those that were found are shown.
func (a answer) statements() int {
	n := 0
	for i := range a.Lines {
		if a.Lines[i].Kind == ask.Reported {
			n++
		}
	}
	return n
}

// gaps says of a timeline what a step is, and where there was nothing.
func (a answer) gaps() string {
	text := "A step is a day with a new origin or figure."
	if g := a.Searched.Gap; g != nil {
		text += " No article between " + a.dated(g.Start) + " and " + a.dated(g.End) + "."
	}
	if begins := a.Searched.Begins; !begins.IsZero() {
		text += " Archive begins " + begins.In(a.zone).Format("2 Jan 2006") + "."
	}
	return text
}

// told says of a comparison what its numbers tell.
func (a answer) told() string {
	x := a.Searched
	first := "pair"
	switch s := a.Head.Asked; {
	case s.Versus != nil:
		first = "period"
	case len(s.Sides) == 2:
		first = "theme"
	case len(s.Pairs) > 1:
	case len(s.Outlets) > 1:
		first = "outlet"
	default:
		first = "actor"
	}
	by := Plural(x.Sources, "source")
	if x.Imported > 0 {
		by = "the sources of an import"
	}
	var from []string
	for _, f := range x.From {
		from = append(from, fmt.Sprintf("%s %d", f.Country, f.Sources))
	}
	if len(from) > 0 {
		by += " (" + strings.Join(from, ", ") + ")"
	}
	return "Left of each dot the first " + first + ". Numbers of articles tell what was published by " + by + ", not what happened."
}
