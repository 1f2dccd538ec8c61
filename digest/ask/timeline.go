package ask

import (
	"fmt"
	"slices"
	"time"

	"attache/digest/summary"
)

// How many steps are shown, where there are more: the first, and the newest.
const (
	firstSteps  = 2
	newestSteps = 3
)

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
		for _, s := range f.split(&c) {
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
	f.answer.Searched.Gap = f.longestGap(fit)
	f.answer.Searched.Steps = len(lines)
	if newest := len(lines) - newestSteps; newest > firstSteps && !f.whole {
		lines, shownBy = slices.Delete(lines, firstSteps, newest), slices.Delete(shownBy, firstSteps, newest)
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

// leastGap is how many days without an article are told of.
const leastGap = 3

// longestGap is the first and the last day of the longest time without an article,
// of articles that are oldest first; nil where none is long.
func (f *findings) longestGap(fit []candidate) *Period {
	var gap *Period
	most := leastGap
	for i := 1; i < len(fit); i++ {
		zone := f.who.now().Location()
		before, after := floor(fit[i-1].At.In(zone), gDay), floor(fit[i].At.In(zone), gDay)
		first, last := before.AddDate(0, 0, 1), after.AddDate(0, 0, -1)
		if days := int(after.Sub(before).Round(24*time.Hour)/(24*time.Hour)) - 1; days >= most {
			most, gap = days+1, &Period{Start: first, End: last}
		}
	}
	return gap
}
