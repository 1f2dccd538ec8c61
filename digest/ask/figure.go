package ask

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"attache/digest/archive"
	"attache/digest/story"
	"attache/digest/summary"
)

// The kinds of figure that a question may ask for without a word for what they
// are of.
const (
	anyMoney   = "money"
	anyPeople  = "people"
	anyTime    = "time"
	anyPercent = "percent"
	anyMeasure = "measure"
)

var (
	// howMuch tells that a question asks for a sum, or for how much of something.
	howMuch = regexp.MustCompile(`\bhow (much|expensive|costly)\b|\bat what (price|cost)\b|\b(price|cost|costs|value|worth|sum) (of|for|tag)\b|\bwhat (is|was|are|were|did|does|will|would)\b.*\b(price|cost|costs|worth|priced|valued)\b|^(and )?(the |its )?(price|cost|value)$`)
	// howMany tells that it asks for a number.
	howMany = regexp.MustCompile(`\b(how many|number of|toll|what number)\b`)
	howLong = regexp.MustCompile(`\bhow long\b`)
	howFar  = regexp.MustCompile(`\bhow (far|big|large|high|wide|deep|heavy|tall)\b`)
	ofHow   = regexp.MustCompile(`\b(what|which) (percentage|per cent|percent|share|rate)\b|\b(percentage|rate) of\b`)
	// ofArticles tells that what is counted are articles, and no figure in them.
	ofArticles = regexp.MustCompile(`\b(how many|number of|how much) (\w+ ){0,2}(articles?|stories|story|reports?|pieces|items|outlets?|sources?|times|mentions?|coverage|reporting|copies|reprints|origins)\b`)
)

// readFigures finds what figures a question asks for.
func (r *reading) readFigures(words string) {
	if ofArticles.MatchString(words) {
		return
	}
	add := func(when bool, of string) {
		if when && !slices.Contains(r.figures, of) {
			r.figures = append(r.figures, of)
		}
	}
	sum, number := howMuch.MatchString(words), howMany.MatchString(words)
	if !sum && !number && !howLong.MatchString(words) && !howFar.MatchString(words) && !ofHow.MatchString(words) {
		return
	}
	for i, w := range r.fold {
		of, ok := summary.FigureOf(w)
		switch {
		case !ok || r.roles[i] == isOutlet || r.roles[i] == isPeriod:
		case sum || of != "price":
			add(true, of)
		}
	}
	plain := len(r.figures) == 0
	add(sum && plain, anyMoney)
	add(sum && plain, anyMeasure)
	add(howLong.MatchString(words), anyTime)
	add(howFar.MatchString(words), anyMeasure)
	add(ofHow.MatchString(words), anyPercent)
	if number && plain {
		add(true, r.countedNoun())
	}
}

// countedNoun is what "how many" is followed by: "people" for any word for
// persons, else the noun.
func (r *reading) countedNoun() string {
	for i := range r.fold {
		many := r.fold[i] == "many" && r.word(i-1) == "how" || r.fold[i] == "of" && r.word(i-1) == "number"
		if !many {
			continue
		}
		for j := i + 1; j < len(r.fold); j++ {
			if filler()[r.fold[j]] || !isWord(r.fold[j]) || r.roles[j] == isActor && j+1 < len(r.fold) {
				continue
			}
			if summary.People(r.fold[j]) {
				return anyPeople
			}
			return singular(r.fold[j])
		}
	}
	return anyPeople // "the toll"
}

// asksFor reports whether a figure is one that the question asks for.
func (q *inquiry) asksFor(f summary.Figure) bool {
	return slices.ContainsFunc(q.slots.Figures, func(of string) bool {
		switch of {
		case anyMoney:
			return f.Money()
		case anyPeople:
			return f.Unit == "people"
		case anyTime:
			return f.Time()
		case anyPercent:
			return strings.HasPrefix(f.Unit, "percent")
		case anyMeasure:
			return f.Unit != "" && f.Unit != "people" && !f.Money() && !f.Time()
		case "price":
			return f.Of == of || f.Money() && f.Of == ""
		}
		return f.Of == of || singular(f.Of) == singular(of)
	})
}

// specific reports whether what the figures are of is by itself of the question's
// matter: "detained", "cargoes". A sum or a number of people may be of anything.
func (q *inquiry) specific() bool {
	return !slices.ContainsFunc(q.slots.Figures, func(of string) bool {
		return slices.Contains([]string{anyMoney, anyPeople, anyTime, anyPercent, anyMeasure, "price"}, of)
	})
}

// lendFigure lets an article that has the figure have the words that ask for it:
// "seven were arrested" answers how many were detained, and "worth" what it costs.
func (q *inquiry) lendFigure(c *candidate) {
	if len(q.slots.Figures) == 0 || q.wide {
		return
	}
	if !slices.ContainsFunc(q.split(c), func(s summary.Sentence) bool { return q.hasFigure(s.Text) }) {
		return
	}
	for _, t := range q.terms {
		if of, ok := summary.FigureOf(t.typed); ok && slices.Contains(q.slots.Figures, of) {
			c.lent = append(c.lent, t.stem)
		}
	}
}

// figured is an article with the sentence that has a figure that was asked for.
type figured struct {
	candidate
	quote
}

// writeFigures says for each story the sentences that have the figure that was
// asked for, one an origin, and beside them which of these differ. It reports
// false where none has it.
func (f *findings) writeFigures() bool {
	f.order()
	stories := 0
	for _, t := range f.stories {
		said := f.figuredIn(t)
		if len(said) == 0 || stories == shown {
			continue
		}
		stories++
		f.beside = append(f.beside, articles(said)...)
		for i, s := range said {
			line := f.lineOf(s.candidate, t, s.quote)
			if f.said(line) {
				continue
			}
			if i == 0 {
				line.Figures = f.asked(f.differ(articles(said), said[0].candidate))
			}
			f.add(line)
		}
	}
	f.answer.Searched.Shown = stories
	return stories > 0
}

// figuredIn are the articles of a story that have the figure, oldest first and
// each sentence once: those that fit, and others of the story whose sentence, or
// title, speaks of the question's matter.
func (f *findings) figuredIn(t *told) []figured {
	all := slices.Clone(t.fit)
	for _, e := range t.entries {
		known := slices.ContainsFunc(all, func(c candidate) bool { return c.ID == e.ID })
		if !known && f.tells(e) {
			all = append(all, f.load(e))
		}
	}
	var out []figured
	for i, c := range all {
		s, ok := f.figureIn(c, i < len(t.fit))
		if ok && !slices.ContainsFunc(out, func(o figured) bool { return o.Sentence.Text == s.Text }) {
			out = append(out, figured{c, s})
		}
	}
	slices.SortStableFunc(out, func(a, b figured) int { return a.At.Compare(b.At) })
	return out[:min(len(out), shown)]
}

// tells reports whether an article of a story that fits may be told beside those
// that fit themselves.
func (f *findings) tells(e archive.Entry) bool {
	return f.within(e) && e.CorrectedBy == 0 && e.Relation != story.Reprint
}

// figureIn is the sentence of an article that has the figure that was asked for,
// and more of the question than others that have one.
func (f *findings) figureIn(c candidate, fits bool) (best quote, ok bool) {
	mentions := f.mentions(&c)
	for _, got := range f.sentences(&c) {
		if !f.hasFigure(got.Text) {
			continue
		}
		share := f.termShare(got.Text, c.Lang)
		if !fits && !f.specific() && share+f.termShare(c.Title, c.Lang) == 0 {
			continue
		}
		got.score = 3*share + 1.2*f.actorShare(mentions, got.Span)
		if !ok || cmp.Compare(got.score, best.score) > 0 {
			best, ok = got, true
		}
	}
	return best, ok
}

// hasFigure reports whether a sentence has a figure that was asked for; how many
// speak, as in "two officials said", is none.
func (q *inquiry) hasFigure(s string) bool {
	speaker, spoken := summary.Speaker(s)
	return slices.ContainsFunc(summary.Figures(s), func(f summary.Figure) bool {
		return q.asksFor(f) && !(spoken && speaker.Start <= f.Span.Start && f.Span.End <= speaker.End)
	})
}

func articles(said []figured) []candidate {
	out := make([]candidate, 0, len(said))
	for _, s := range said {
		out = append(out, s.candidate)
	}
	return out
}

// asked are the differences of the figures that were asked for.
func (f *findings) asked(all []summary.Difference) []summary.Difference {
	return slices.DeleteFunc(all, func(d summary.Difference) bool { return !f.asksFor(d.FigureA) })
}
