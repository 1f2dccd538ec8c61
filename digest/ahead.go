package digest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"attache/digest/summary"
)

// maxAhead is how many days to come a digest names.
const maxAhead = 6

// coming is a day to come in the making.
type coming struct {
	day   time.Time
	story int
	candidate
}

// ahead lists the days to come that the desk's news names, soonest first, one
// line for each day of a story. A sentence that a story shows is not told again.
func (m *build) ahead() error {
	var days []coming
	for i := range m.news {
		e := &m.news[i]
		if !m.tells(e) || isReprint(e) || e.CorrectedBy != 0 {
			continue
		}
		for _, s := range m.split(e) {
			day, _, ok := summary.Ahead(s, e.When(), m.desk.zone())
			if ok && s.Alone && day.After(m.digest.Until) {
				days = append(days, coming{day, m.shows(s), candidate{entry: e, sentence: s}})
			}
		}
	}
	kept, err := m.stillAhead()
	if err != nil {
		return err
	}
	days = append(days, kept...)
	slices.SortStableFunc(days, func(a, b coming) int {
		return cmp.Or(a.day.Compare(b.day), cmp.Compare(b.story, a.story))
	})
	days = oncePerStory(days)
	for _, c := range days[:min(maxAhead, len(days))] {
		m.digest.Ahead = append(m.digest.Ahead, Ahead{Day: c.day, Story: c.story, Quote: m.quote(c.candidate)})
	}
	return nil
}

// stillAhead are the days that the last edition named and that are still to come.
func (m *build) stillAhead() ([]coming, error) {
	if m.earlier.last == nil {
		return nil, nil
	}
	var days []coming
	for _, a := range m.earlier.last.Ahead {
		if !a.Day.After(m.digest.Until) {
			continue
		}
		entries, err := m.Archive.Entries(m.ctx, []int64{a.Quote.Sentence.Article})
		if err != nil {
			return nil, err
		}
		for i := range entries {
			e := &entries[i]
			if strings.Contains(e.Text, a.Quote.Sentence.Text) && e.CorrectedBy == 0 && m.tells(e) {
				days = append(days, coming{a.Day, m.shows(a.Quote.Sentence), candidate{entry: &entries[i], sentence: a.Quote.Sentence}})
			}
		}
	}
	return days, nil
}

// oncePerStory keeps the first sentence on each day of a story, and of those
// that say much the same.
func oncePerStory(days []coming) []coming {
	const same = 0.3 // of the words of two sentences on one day
	var kept []coming
	for _, c := range days {
		told := slices.ContainsFunc(kept, func(k coming) bool {
			return k.day.Equal(c.day) && (k.entry.Story == c.entry.Story || overlap(k.sentence.Text, c.sentence.Text) > same)
		})
		if !told {
			kept = append(kept, c)
		}
	}
	return kept
}

// shows is the number of the story that shows the sentence, 0 for none.
func (m *build) shows(s summary.Sentence) int {
	for i := range m.digest.Stories {
		for _, q := range m.digest.Stories[i].quotes() {
			if q.Sentence.Citation == s.Citation {
				return m.digest.Stories[i].Number
			}
		}
	}
	return 0
}
