package ask

import (
	"testing"

	"attache/digest/summary"
	"attache/sources"
)

// TestLeads: an article on a pair is led by its lead, one that has a remark on it is not.
func TestLeads(t *testing.T) {
	q := &inquiry{Engine: engine(t), stems: newStems(), slots: Slots{Actors: []string{"AZE", "TUR"}}}
	leads := func(text string) bool {
		a := sources.Article{ID: 1, Version: 1, Lang: "en", Text: text}
		return q.leads(q.Actors.Find(text), quotable(summary.Split(&a)))
	}
	const rest = " Ships wait in the roads. The port is full. "
	if !leads("The valve was opened again on Monday. Gas flows from Azerbaijan to Turkey." + rest) {
		t.Error("an article that begins with the pair has no lead")
	}
	if leads("The valve was opened again on Monday." + rest + "Gas flows from Azerbaijan to Turkey.") {
		t.Error("a remark on the pair makes a lead")
	}
	q.slots.Actors = q.slots.Actors[:1]
	if leads("The valve was opened again on Monday. Gas flows from Azerbaijan to Turkey.") {
		t.Error("a lead stands for what names one actor")
	}
}
