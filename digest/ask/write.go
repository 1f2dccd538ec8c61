package ask

import (
	"context"
	"slices"

	"attache/digest/story"
	"attache/digest/summary"
	"attache/digest/theme"
)

// write makes the lines of the answer, by its mode.
func (f *findings) write(ctx context.Context, question Question) error {
	mode := f.slots.Mode
	if mode == Why && !f.bareWhy(question) {
		mode = Latest
	}
	if len(f.slots.Figures) > 0 && (mode == Latest || mode == Count) && f.writeFigures() {
		return ctx.Err()
	}
	switch mode {
	case WhoSaid:
		if f.writeSaid(); len(f.answer.Lines) == 0 && f.slots.Speaker == nil && len(f.slots.Persons)+len(f.numbers()) == 0 {
			f.writeLatest()
		}
	case Timeline:
		f.writeTimeline()
	case Count:
		f.writeCount()
	case Compare:
		return f.writeCompare(ctx)
	case Why:
		f.writeWhy()
	default:
		f.writeLatest()
	}
	return ctx.Err()
}

// writeLatest says one line a story, the newest first; where the question has
// words of its own, what answers them best. Lines that are left go to further
// origins of the same stories.
func (f *findings) writeLatest() {
	f.order()
	order := slices.Clone(f.stories)
	label := map[int64]string{}
	if len(f.terms) == 0 && len(order) > 1 {
		label[order[0].id] = "Newest"
		if most := f.mostOrigins(); most != nil && most != order[0] {
			label[most.id] = "Most origins"
			order = slices.DeleteFunc(order, func(t *told) bool { return t == most })
			order = slices.Insert(order, 1, most)
		}
	}
	spare := max(0, shown-len(order))
	if f.whole && len(order) == 1 && len(f.slots.Stories)+len(f.slots.Articles) > 0 {
		f.writeWhole(order[0])
		return
	}
	for i, t := range order {
		if len(f.shownStories()) == f.skip+shown {
			f.paged = slices.ContainsFunc(order[i:], f.hasMore)
			break
		}
		spare = f.writeStory(t, label[t.id], spare)
	}
	f.goOn()
	f.answer.Searched.Shown = len(f.shownStories())
	f.answer.Head.Slots.Shown = f.answer.Searched.Before + f.answer.Searched.Shown
	f.writeFurther()
}

// hasMore reports whether a story has a line that the answer doesn't have.
func (f *findings) hasMore(t *told) bool {
	return slices.ContainsFunc(t.fit, func(c candidate) bool {
		line, ok := f.line(c, t)
		return ok && !f.said(line)
	})
}

// The most of a story of which more is asked for.
const (
	wholeLines = 12
	wholeEach  = 3
)

// writeWhole says of each article of a story what answers best and what it says
// further, as far as that stands alone.
func (f *findings) writeWhole(t *told) {
	for _, c := range t.fit {
		line, ok := f.line(c, t)
		if !ok || f.said(line) {
			continue
		}
		line.Figures = f.differences(t, c)
		if len(f.answer.Lines) > 0 {
			line.Figures = nil
		}
		f.add(line)
		more := 1
		for _, s := range summary.Split(&c.Article) {
			further := f.lineOf(c, nil, quote{Sentence: s})
			if more == wholeEach || len(f.answer.Lines) >= wholeLines {
				break
			}
			if s.Alone && s.Order > line.Sentence.Order && !f.said(further) {
				f.add(further)
				more++
			}
		}
	}
	f.answer.Searched.Shown = len(f.shownStories())
}

// goOn leaves out the stories that were shown before.
func (f *findings) goOn() {
	if f.skip == 0 {
		return
	}
	lines := f.answer.Lines
	f.answer.Lines, f.answer.Sources = []Line{}, nil
	before := map[int64]bool{}
	for _, l := range lines {
		if len(before) < f.skip {
			before[l.Story] = true
		}
		if !before[l.Story] {
			f.add(l)
		}
	}
	f.answer.Searched.Before = len(before)
}

// shownStories are those that a sentence of the answer is of.
func (f *findings) shownStories() map[int64]bool {
	out := map[int64]bool{}
	for _, l := range f.answer.Lines {
		if l.Kind == Reported {
			out[l.Story] = true
		}
	}
	return out
}

// writeFurther adds to an answer of one line what its article says next of the
// matter, as one sentence is often only the opening. It must stand right behind
// what is quoted, or alone, and share something with the question, or a word that
// carries meaning with what is quoted or the title: what an article says beside
// its subject is not its news.
func (f *findings) writeFurther() {
	if len(f.answer.Lines) != 1 || len(f.fit) == 0 || f.answer.Lines[0].Kind != Reported {
		return
	}
	first := f.answer.Lines[0].Sentence
	at := slices.IndexFunc(f.fit, func(c candidate) bool { return c.ID == first.Article })
	if at < 0 {
		return
	}
	c := f.fit[at]
	asked := f.quotes(c)
	for _, s := range f.split(&c) {
		if s.Order <= first.Order || !s.Alone && s.Order > first.Order+1 {
			continue
		}
		shares := slices.ContainsFunc(asked, func(q quote) bool { return q.Span == s.Span })
		if shares || summary.Shared(s.Text, first.Text+" "+c.Title) > 0 {
			f.add(f.lineOf(c, nil, quote{Sentence: s}))
			return
		}
	}
}

// order sorts the stories as they are to be shown, and the articles within them.
func (f *findings) order() {
	if len(f.terms) > 0 {
		slices.SortStableFunc(f.stories, func(a, b *told) int { return compareDown(a.score, b.score) })
		return
	}
	slices.SortStableFunc(f.stories, func(a, b *told) int { return b.newest.Compare(a.newest) })
	for _, t := range f.stories {
		slices.SortStableFunc(t.fit, func(a, b candidate) int { return b.At.Compare(a.At) })
	}
}

func compareDown(a, b float64) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}

// mostOrigins is the story with the most origins, two at least; nil where there is none.
func (f *findings) mostOrigins() *told {
	var most *told
	for _, t := range f.stories {
		if len(t.origins) > 1 && (most == nil || len(t.origins) > len(most.origins)) {
			most = t
		}
	}
	return most
}

// writeStory says a story's best line that was not said before, and as many
// further ones as there is room for. It returns the room that is left.
func (f *findings) writeStory(t *told, label string, spare int) int {
	first := true
	for _, c := range t.fit {
		if !first && spare == 0 {
			break
		}
		line, ok := f.line(c, t)
		if !ok || f.said(line) {
			continue
		}
		if first {
			line.Label = label
			line.Figures = f.differences(t, c)
		} else {
			spare--
		}
		f.add(line)
		first = false
	}
	return spare
}

// said reports whether a sentence stands in the answer already, by whatever outlet.
func (f *findings) said(line Line) bool {
	return slices.ContainsFunc(f.answer.Lines, func(l Line) bool { return l.Kind == Reported && sameWords(l.Sentence.Text, line.Sentence.Text) })
}

// sameWords reports whether two sentences are one but for marks and case.
func sameWords(a, b string) bool { return a == b || slices.Equal(foldedWords(a), foldedWords(b)) }

// line is an article's line.
func (f *findings) line(c candidate, t *told) (Line, bool) {
	s, ok := f.quote(c)
	if !ok {
		return Line{}, false
	}
	return f.lineOf(c, t, s), true
}

func (f *findings) lineOf(c candidate, t *told, s quote) Line {
	l := Line{
		Kind: Reported, When: c.At.In(f.who.now().Location()), Sentence: s.Sentence, Before: s.before,
		Outlet: c.Outlet, Title: c.Title, URL: c.Link(), Published: c.Published,
		Story: c.Story, Marks: f.marks(c.Entry),
	}
	if t != nil {
		l.Origins, l.Outlets = len(t.origins), t.outlets
	}
	return l
}

// add puts a line into the answer, with the articles that it cites.
func (f *findings) add(l Line) {
	if n := len(f.answer.Lines); n > 0 && l.Before != nil && f.answer.Lines[n-1].Sentence.Citation == l.Before.Citation {
		l.Before = nil // it stands right above
	}
	f.answer.Lines = append(f.answer.Lines, l)
	if l.Sentence.Article != 0 {
		f.cite(l.Sentence.Article)
	}
	for _, d := range l.Figures {
		f.cite(d.A.Article)
		f.cite(d.B.Article)
	}
}

// cite lists an article among the answer's sources, once.
func (f *findings) cite(id int64) {
	if slices.ContainsFunc(f.answer.Sources, func(s Source) bool { return s.Article == id }) {
		return
	}
	for _, c := range slices.Concat(f.fit, f.beside) {
		if c.ID == id {
			f.answer.Sources = append(f.answer.Sources, Source{
				Article: c.ID, Version: c.Version, Outlet: c.Outlet, Title: c.Title, URL: c.Link(),
				Published: c.Published, At: c.At.In(f.who.now().Location()), Marks: f.marks(c.Entry),
			})
			return
		}
	}
}

// differences are the figures that the origins of a story give differently, at
// most two, as far as they are of the matter of the article that is shown beside
// them: a story may have several. A correction is not held against what it corrects.
func (f *findings) differences(t *told, beside candidate) []summary.Difference {
	return f.differ(t.fit, beside)
}

func (f *findings) differ(all []candidate, beside candidate) []summary.Difference {
	var out []summary.Difference
	seen := map[string]bool{}
	for i, a := range all {
		for _, b := range all[i+1:] {
			if !sameMatter(a, beside) && !sameMatter(b, beside) || originOf(a) == originOf(b) || a.Relation == story.Reprint && a.CopyOf == b.ID || b.Relation == story.Reprint && b.CopyOf == a.ID {
				continue
			}
			x, y := a, b
			if y.At.Before(x.At) {
				x, y = y, x
			}
			for _, d := range f.told(&x).Differ(f.told(&y)) {
				if key := d.Of + d.FigureA.Unit; !seen[key] && len(out) < 2 {
					seen[key] = true
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// sameMatter reports whether two articles are one, or share a theme.
func sameMatter(a, b candidate) bool {
	if a.ID == b.ID {
		return true
	}
	return slices.ContainsFunc(a.Themes, func(x theme.Tag) bool {
		return x.Theme != theme.Other && slices.ContainsFunc(b.Themes, func(y theme.Tag) bool { return x.Theme == y.Theme })
	})
}

// originOf is who first published an article.
func originOf(c candidate) string {
	if c.Via != "" {
		return c.Via
	}
	return c.Outlet
}
