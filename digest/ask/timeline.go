package ask

import (
	"fmt"
	"slices"
	"time"

	"attache/digest/summary"
)

// timelineSteps is the most steps that are shown: the newest.
const timelineSteps = 9

// writeTimeline says one sentence for each step, oldest first. A step is a day on
// which a story got a new origin or a new figure.
func (f *findings) writeTimeline() {
	fit := slices.Clone(f.fit)
	slices.SortStableFunc(fit, func(a, b candidate) int { return a.At.Compare(b.At) })
	origins, figures, days := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var lines []Line
	var shownBy []candidate
	for _, c := range fit {
		origin := fmt.Sprint(c.Story, originOf(c))
		day := fmt.Sprint(c.Story, c.At.In(f.who.now().Location()).Format(time.DateOnly))
		fresh := !origins[origin]
		origins[origin] = true
		for _, s := range summary.Split(&c.Article) {
			for _, g := range summary.Figures(s.Text) {
				key := fmt.Sprint(c.Story, g.Of, g.Unit, g.Value)
				fresh = fresh || !figures[key] && g.Of != ""
				figures[key] = true
			}
		}
		if !fresh || days[day] {
			continue
		}
		line, ok := f.line(c, f.loaded[c.Story])
		if !ok || slices.ContainsFunc(lines, func(l Line) bool { return sameWords(l.Sentence.Text, line.Sentence.Text) }) {
			continue
		}
		days[day] = true
		lines, shownBy = append(lines, line), append(shownBy, c)
	}
	f.answer.Searched.Steps = len(lines)
	if first := len(lines) - timelineSteps; first > 0 && !f.whole {
		lines, shownBy = lines[first:], shownBy[first:]
	}
	f.answer.Searched.StepsShown = len(lines)
	differ := map[int64]bool{}
	for i := range slices.Backward(lines) {
		if t := f.loaded[lines[i].Story]; t != nil && !differ[t.id] {
			differ[t.id] = true
			lines[i].Figures = f.differences(t, shownBy[i])
		}
	}
	stories := map[int64]bool{}
	for _, l := range lines {
		f.add(l)
		stories[l.Story] = true
	}
	f.answer.Searched.Shown = len(stories)
}
