package ask

import (
	"slices"

	"attache/digest/summary"
)

// Judged is a sentence of an article that fits, and what became of it.
type Judged struct {
	Article int64   `json:"-"`
	Text    string  `json:"text"`
	Quoted  bool    `json:"quoted"`
	Score   float64 `json:"score,omitempty"`
	Why     string  `json:"why"`
}

// judged goes through the sentences of the articles that fit best.
func (f *findings) judged() []Judged {
	f.stems = newStems() // those of the answer may be another one's by now
	var out []Judged
	for _, c := range f.fit[:min(len(f.fit), shown)] {
		scored := map[int]quote{}
		for _, s := range f.quotes(c) {
			scored[s.Span.Start] = s
		}
		for _, s := range summary.Judge(&c.Article) {
			got, shares := scored[s.Span.Start]
			j := Judged{Article: c.ID, Text: s.Text, Score: got.score, Quoted: f.quoted(s.Sentence)}
			switch {
			case s.Dropped != "":
				j.Why = s.Dropped
			case j.Quoted && !shares:
				j.Why = "the article's lead: only its title shares something with the question"
			case j.Quoted:
				j.Why = "shares actors, topic or words with the question, and answers best"
			case !shares:
				j.Why = "shares neither actors nor topic nor words with the question"
			case !s.Alone:
				j.Why = "does not stand alone: " + s.Sentence.Why
			default:
				j.Why = "another one answers better"
			}
			out = append(out, j)
		}
	}
	return out
}

// quoted reports whether a sentence stands in the answer.
func (f *findings) quoted(s summary.Sentence) bool {
	return slices.ContainsFunc(f.answer.Lines, func(l Line) bool {
		return l.Sentence.Citation == s.Citation || l.Before != nil && l.Before.Citation == s.Citation
	})
}
