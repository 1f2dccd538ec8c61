package digest

import (
	"slices"
	"time"

	"attache/sources"
)

// counts tells for each subject how many articles it had, and its usual.
func (m *build) counts() error {
	_, begins, err := m.Archive.Size(m.ctx)
	if err != nil {
		return err
	}
	for _, s := range m.desk.Follow {
		c := Count{Subject: s, Usual: -1}
		for i := range m.news {
			if s.weight(&m.news[i]) > 0 {
				c.Articles++
				c.Last = latest(c.Last, m.news[i].When())
			}
		}
		if c.Usual, err = m.usual(s, begins); err != nil {
			return err
		}
		if c.Articles == 0 {
			if c.Last, err = m.lastOf(s); err != nil {
				return err
			}
			m.digest.Gaps = append(m.digest.Gaps, Gap{Subject: &s, Last: c.Last})
		}
		m.digest.Counts = append(m.digest.Counts, c)
	}
	return nil
}

// usual is the median of the same window in the eight weeks before; -1 where
// the archive holds fewer than four of them.
func (m *build) usual(s Subject, begins time.Time) (int, error) {
	var counts []int
	for week := 1; week <= 8; week++ {
		q := s.Query()
		q.Since, q.Until = m.digest.Since.AddDate(0, 0, -7*week), m.digest.Until.AddDate(0, 0, -7*week)
		if begins.IsZero() || q.Since.Before(begins) {
			break
		}
		q.Limit = 1
		_, total, err := m.Archive.Search(m.ctx, q)
		if err != nil {
			return 0, err
		}
		counts = append(counts, total)
	}
	if len(counts) < 4 {
		return -1, nil
	}
	slices.Sort(counts)
	return counts[len(counts)/2], nil
}

// lastOf is the time of the newest article on a subject, zero when none is kept.
func (m *build) lastOf(s Subject) (time.Time, error) {
	q := s.Query()
	q.Until, q.Limit = m.digest.Until, 1
	ids, _, err := m.Archive.Search(m.ctx, q)
	if err != nil || len(ids) == 0 {
		return time.Time{}, err
	}
	es, err := m.Archive.Entries(m.ctx, ids)
	if err != nil || len(es) == 0 {
		return time.Time{}, err
	}
	return es[0].When(), nil
}

// coverage tells what was read, and what was not.
func (m *build) coverage() error {
	c := &m.digest.Coverage
	all, err := m.Archive.Sources(m.ctx)
	if err != nil {
		return err
	}
	c.Sources = len(all)
	for _, s := range all {
		if s.Trouble != "" && !s.FailingSince.After(m.digest.Until) {
			c.NotRead = append(c.NotRead, NotRead{s.Name, s.Trouble, s.FailingSince, s.NextPoll})
			m.digest.Gaps = append(m.digest.Gaps, Gap{Source: s.Name, Trouble: s.Trouble, Last: s.NewestItem, Next: s.NextPoll})
		}
	}
	c.Articles = len(m.news)
	languages := map[string]float64{}
	for i := range m.news {
		e := &m.news[i]
		if e.CopyOf != 0 {
			c.Reprints++
		}
		languages[e.Lang]++
		c.Newest = latest(c.Newest, e.When())
		c.partial(&e.Article)
	}
	c.Languages = heaviest(languages, len(languages))
	return nil
}

// partial counts an article of which only a summary was kept.
func (c *Coverage) partial(a *sources.Article) {
	if a.Partial == sources.Whole {
		return
	}
	for i := range c.Partial {
		if c.Partial[i].Outlet == a.Outlet && c.Partial[i].Why == a.Partial {
			c.Partial[i].Articles++
			return
		}
	}
	c.Partial = append(c.Partial, PartialText{a.Outlet, a.Partial, 1})
}
