package ask

import (
	"fmt"
	"slices"
	"strings"

	"attache/digest/archive"
	"attache/digest/summary"
)

// bareWhy reports whether this very question's "why?" asks for the reasons of the answer before, or
// of articles by their numbers, rather than for a reason in the news.
func (f *findings) bareWhy(q Question) bool {
	if slices.Contains(f.answer.Head.Inherited, "mode") {
		return false
	}
	if len(f.slots.Stories)+len(f.slots.Articles) > 0 {
		return true
	}
	return q.Before != nil && q.Text != "" && !slices.ContainsFunc(foldedWords(q.Text), func(w string) bool { return !filler()[w] })
}

// writeWhy says for each article that the answer before showed which words made
// it an answer: the reasons of the tags that fitted, of its story, of its being a
// copy.
func (f *findings) writeWhy() {
	f.writeLatest()
	lines := f.answer.Lines
	f.answer.Lines = []Line{}
	for _, l := range lines {
		i := slices.IndexFunc(f.fit, func(c candidate) bool { return c.ID == l.Sentence.Article })
		said := slices.ContainsFunc(f.answer.Lines, func(o Line) bool { return o.Sentence.Article == l.Sentence.Article })
		if i < 0 || said {
			continue
		}
		l.Kind, l.Label, l.Figures = Counted, "Why", nil
		l.Text = strings.Join(f.reasons(f.fit[i].Entry), " · ")
		f.answer.Lines = append(f.answer.Lines, l)
	}
	f.whyCopies()
}

// whyCopies says of the copies in a story that is asked for by its number why they
// are some.
func (f *findings) whyCopies() {
	if len(f.slots.Stories) == 0 {
		return
	}
	for _, c := range f.kept {
		known := slices.ContainsFunc(f.fit, func(o candidate) bool { return o.ID == c.ID })
		if known || c.CopyWhy == "" || len(f.answer.Lines) == whyLines {
			continue
		}
		f.beside = append(f.beside, c)
		line := f.lineOf(c, f.loaded[c.Story], quote{})
		line.Kind, line.Label, line.Text = Counted, "Why", fmt.Sprintf("%s: %s", c.Relation, c.CopyWhy)
		line.Sentence.Citation = summary.Citation{Article: c.ID, Version: c.Version}
		f.add(line)
	}
}

// whyLines is the most articles of which is told why.
const whyLines = 10

// reasons are why an article fits, for people.
func (f *findings) reasons(e archive.Entry) []string {
	var out []string
	add := func(name, why string) {
		if why != "" {
			out = append(out, fmt.Sprintf("%s: %s", name, why))
		}
	}
	all := len(f.slots.Stories)+len(f.slots.Articles) > 0
	for _, d := range e.Dyads {
		if all || f.slots.Dyad != nil && *f.slots.Dyad == d.Dyad || slices.Contains(f.slots.Pairs, d.Dyad) {
			add(f.Actors.DyadName(d.Dyad), d.Why)
		}
	}
	for _, a := range e.Actors {
		if f.slots.Dyad == nil && slices.Contains(f.slots.Actors, a.Actor) || all && len(e.Dyads) == 0 {
			add(f.Actors.Name(a.Actor), a.Why)
		}
	}
	for _, t := range e.Themes {
		if all || slices.Contains(f.slots.Themes, t.Theme) {
			add(themeName(t.Theme), t.Why)
		}
	}
	add("story", e.JoinWhy)
	add(string(e.Relation), e.CopyWhy)
	if len(out) == 0 {
		out = append(out, "it has the words of the question")
	}
	return out
}
