package digest

import (
	"slices"

	"attache/digest/archive"
)

// number gives stories and citations their numbers, in the order in which they
// are read: First, then the sections.
func (m *build) number(drafts []*draft) {
	ordered, sections := m.order(drafts)
	for i, d := range ordered {
		d.Number = i + 1
		if i < m.desk.first() {
			m.digest.First = append(m.digest.First, d.Number)
		}
	}
	for _, d := range ordered {
		m.cite(d)
		m.digest.Stories = append(m.digest.Stories, d.Story)
	}
	for _, s := range sections {
		m.digest.Sections = append(m.digest.Sections, m.section(s))
	}
}

// order puts the stories that come first at the head, the rest by section.
func (m *build) order(drafts []*draft) (ordered []*draft, sections [][]*draft) {
	ordered = append(ordered, drafts[:min(m.desk.first(), len(drafts))]...)
	for _, s := range m.desk.Follow {
		var of []*draft
		for i, d := range drafts {
			if d.Subject.Name != s.Name {
				continue
			}
			of = append(of, d)
			if i >= m.desk.first() {
				ordered = append(ordered, d)
			}
		}
		if len(of) > 0 {
			sections = append(sections, of)
		}
	}
	return ordered, sections
}

// section counts what a subject's stories rest on.
func (m *build) section(ds []*draft) Section {
	s := Section{Subject: ds[0].Subject}
	from := map[string]float64{}
	counted := map[string]bool{}
	for _, d := range ds {
		s.Stories = append(s.Stories, d.Number)
		s.Articles += d.Articles
		for i := range d.fresh {
			e := &d.fresh[i]
			if !counted[e.Publisher.Name] {
				counted[e.Publisher.Name] = true
				from[m.country(e)]++
			}
		}
	}
	slices.Sort(s.Stories)
	for _, name := range heaviest(from, len(from)) {
		s.From = append(s.From, CountryCount{name, int(from[name])})
	}
	return s
}

func (m *build) country(e *archive.Entry) string {
	if e.Publisher.Country == "" {
		return ""
	}
	return m.Actors.Name(e.Publisher.Country)
}

// cite numbers the articles that a story shows.
func (m *build) cite(d *draft) {
	d.Lead = m.quote(d.lead)
	for _, f := range d.figures {
		a, b := m.quote(f.a), m.quote(f.b)
		a.Before, b.Before = nil, nil // what the figure is of is said above the two
		d.Figures = append(d.Figures, Difference{f.of, a, b, f.new})
	}
	for _, c := range d.changes {
		d.Changes = append(d.Changes, Change{c.edition, m.quote(c.had), c.at})
	}
	for _, f := range d.fixes {
		if f.old != nil {
			c := Correction{By: m.quote(f.by), Of: f.old.Title, N: m.n(f.old, f.old.Version)}
			if f.was != nil {
				c.Was = &Quote{N: c.N, Sentence: *f.was}
			}
			if c.By.Before != nil && c.By.Before.Citation == d.Lead.Sentence.Citation {
				c.By.Before = nil // it stands above
			}
			d.Corrections = append(d.Corrections, c)
		}
	}
}

func (m *build) quote(c candidate) Quote {
	return Quote{N: m.n(c.entry, c.sentence.Version), Sentence: c.sentence, Before: c.before}
}

// n is the number of an article in this digest, a new one at first sight.
func (m *build) n(e *archive.Entry, version int) int {
	if n := m.cited(e.ID); n > 0 {
		return n
	}
	m.digest.Cited = append(m.digest.Cited, Cited{
		Article: e.ID, Version: version, Outlet: e.Article.Outlet,
		Rating: e.Publisher.Rating, StateLinked: e.Publisher.StateLinked,
		Title: e.Title, Authors: e.Authors, Via: e.Via, URL: e.Link(), Lang: e.Lang, Partial: e.Partial,
		Published: e.When(), Day: e.Published.Day, Read: e.Seen,
	})
	return len(m.digest.Cited)
}

// cited is the number that an article has, 0 for none.
func (m *build) cited(id int64) int {
	return 1 + slices.IndexFunc(m.digest.Cited, func(c Cited) bool { return c.Article == id })
}
