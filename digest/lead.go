package digest

import (
	"cmp"
	"slices"

	"attache/digest/archive"
	"attache/digest/summary"
	"attache/sources/text"
)

// maxFigures is how many differing figures a story shows.
const maxFigures = 2

// version is one version of an article.
type version struct {
	article int64
	number  int
}

// split returns the quotable sentences of an article, made once for a digest.
func (m *build) split(e *archive.Entry) []summary.Sentence {
	v := version{e.ID, e.Version}
	if s, ok := m.sentences[v]; ok {
		return s
	}
	s := summary.Split(&e.Article)
	m.sentences[v] = s
	return s
}

// leads chooses the sentence that stands for the story: of the leads of its new
// originals that carry the section's subject, the nearest to all. What was
// corrected leads with what it now says.
func (m *build) leads(d *draft) bool {
	if len(d.fixes) > 0 && d.State == Corrected {
		d.lead = d.fixes[0].by
		return true
	}
	for _, originals := range []bool{true, false} {
		for _, alone := range []bool{true, false} {
			if m.leadOf(d, originals, alone) {
				return true
			}
		}
	}
	return false
}

func (m *build) leadOf(d *draft, originals, alone bool) bool {
	var docs [][]summary.Sentence
	for i := range d.fresh {
		e := &d.fresh[i]
		if originals && isReprint(e) || d.Subject.weight(e) == 0 {
			continue
		}
		var doc []summary.Sentence
		for _, s := range m.split(e) {
			if s.Alone == alone {
				doc = append(doc, s)
			}
		}
		if len(doc) > 0 {
			docs = append(docs, doc[:1])
		}
	}
	for _, s := range summary.Choose(docs, 1) {
		d.lead = m.candidate(d, s)
		return true
	}
	return false
}

// candidate finds the sentence's article among the story's, and the sentence
// before it where it does not stand alone.
func (m *build) candidate(d *draft, s summary.Sentence) candidate {
	c := candidate{sentence: s}
	for _, es := range [][]archive.Entry{d.fresh, d.all} {
		for i := range es {
			if es[i].ID == s.Article && c.entry == nil {
				c.entry = &es[i]
			}
		}
	}
	for _, b := range m.split(c.entry) {
		if !s.Alone && b.Order == s.Order-1 {
			c.before = &b
		}
	}
	return c
}

// figures finds what two origins of the story put differently, one of them new; and
// of a story that goes on, also what its new articles put differently than those
// before.
func (m *build) figures(d *draft) {
	firsts := map[int64]bool{}
	for _, o := range d.Origins {
		firsts[o.First] = true
	}
	goesOn := d.State == Update
	for i := range d.standing {
		for j := range d.standing[:i] {
			a, b := &d.standing[j], &d.standing[i]
			isNew := goesOn && !d.isFresh(a.ID) && d.isFresh(b.ID) && !isReprint(b)
			if isNew || firsts[a.ID] && firsts[b.ID] && (d.isFresh(a.ID) || d.isFresh(b.ID)) {
				m.differ(d, a, b, isNew)
			}
		}
	}
}

// differ adds to a story's figures those that two of its articles put differently.
func (m *build) differ(d *draft, a, b *archive.Entry, isNew bool) {
	for _, diff := range summary.Differ(m.split(a), m.split(b)) {
		told := slices.ContainsFunc(d.figures, func(p figurePair) bool { return p.of == diff.Of })
		if !told && len(d.figures) < maxFigures {
			d.figures = append(d.figures, figurePair{diff.Of, m.candidate(d, diff.A), m.candidate(d, diff.B), isNew})
		}
	}
}

func (d *draft) isFresh(id int64) bool {
	return slices.ContainsFunc(d.fresh, func(e archive.Entry) bool { return e.ID == id })
}

// corrections finds the articles that replace others, and what an edition
// showed that no longer stands.
func (m *build) corrections(d *draft) {
	for i := range d.fresh {
		e := &d.fresh[i]
		if q := m.earlier.changedBy(&e.Article); q != nil {
			m.changed(d, e, q)
			continue
		}
		for j := range d.all {
			old := &d.all[j]
			if old.CorrectedBy != e.ID {
				continue
			}
			if q := m.earlier.gone(old.ID, e.Text); q != nil {
				m.changed(d, e, q)
			} else if by, was, ok := m.puttingRight(d, e, old); ok {
				d.fixes = append(d.fixes, fix{by, old, was})
			}
		}
	}
}

// changed records that e no longer says what an edition showed.
func (m *build) changed(d *draft, e *archive.Entry, q *quoted) {
	now, ok := nearest(m.split(e), q.quote.Sentence.Text)
	if !ok {
		return
	}
	had := candidate{sentence: q.quote.Sentence, entry: e}
	for i := range d.all {
		if d.all[i].ID == q.quote.Sentence.Article {
			had.entry = &d.all[i]
		}
	}
	at := e.Updated.At
	if at.IsZero() {
		at = e.Changed
	}
	d.changes = append(d.changes, change{q.edition, Ref(q.edition, q.story.Number), had, at})
	d.fixes = append([]fix{{by: m.candidate(d, now)}}, d.fixes...)
}

// puttingRight finds the sentence in which a correction departs from the text it
// replaces, and the one that stood there: the one whose nearest there has other
// words.
func (m *build) puttingRight(d *draft, e, old *archive.Entry) (by candidate, was *summary.Sentence, ok bool) {
	before := m.split(old)
	for _, s := range m.split(e) {
		if n, ok := nearest(before, s.Text); ok && n.Text != s.Text && overlap(n.Text, s.Text) > 0.5 {
			return m.candidate(d, s), &n, true
		}
	}
	if lead, ok := summary.Lead(&e.Article); ok {
		return m.candidate(d, lead), nil, true
	}
	return candidate{}, nil, false
}

// nearest returns the sentence that shares the most words with s.
func nearest(sentences []summary.Sentence, s string) (summary.Sentence, bool) {
	if len(sentences) == 0 {
		return summary.Sentence{}, false
	}
	return slices.MaxFunc(sentences, func(a, b summary.Sentence) int {
		return cmp.Compare(overlap(a.Text, s), overlap(b.Text, s))
	}), true
}

// overlap is the share of words that two sentences have in common.
func overlap(a, b string) float64 {
	words := map[string]bool{}
	for _, w := range text.Words(a) {
		words[text.Fold(w.In(a))] = true
	}
	common, more := 0, 0
	for _, w := range text.Words(b) {
		if words[text.Fold(w.In(b))] {
			common++
		} else {
			more++
		}
	}
	return float64(common) / float64(max(1, len(words)+more))
}
