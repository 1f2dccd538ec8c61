package webhook

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"attache/bot"
	"attache/bot/bottest"
)

func TestPlan(t *testing.T) {
	parts, err := (&Adapter{}).Plan(place(), bottest.Thread())
	if err != nil {
		t.Fatal(err)
	}
	under := make([]int, len(parts))
	for i, p := range parts {
		under[i] = p.Under
	}
	if diff := cmp.Diff([]int{0, 1, 1}, under); diff != "" {
		t.Error(diff)
	}
	// The last has no citations: the list is there all the same.
	const want = `{"notice":"More of the brief.","zone":"Asia/Baku","blocks":[{"kind":"heading","title":"Gaps",` +
		`"lines":[{"kind":"counted","text":"Orla–Vess: no article for 5 days."}]}],"citations":[]}`
	if diff := cmp.Diff(want, string(parts[2].Payload)); diff != "" {
		t.Error(diff)
	}
}

// TestPlanSplits: a message that is too long goes on under the first part.
func TestPlanSplits(t *testing.T) {
	long := bot.Block{Kind: bot.Item, Lines: []bot.Line{{Kind: bot.Counted, Text: strings.Repeat("a", maxMessage/3)}}}
	thread := bot.Thread{
		Root:    bot.Message{Blocks: []bot.Block{long, long, long, long, long}},
		Replies: []bot.Message{{Blocks: []bot.Block{long, long, long}}},
	}
	parts, err := (&Adapter{}).Plan(place(), thread)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range parts {
		if len(p.Payload) > maxMessage || p.Under != min(i, 1) {
			t.Errorf("part %d has %d bytes, and goes under %d", i+1, len(p.Payload), p.Under)
		}
	}
	long.Lines[0].Text = strings.Repeat("a", maxMessage)
	if _, err := (&Adapter{}).Plan(place(), bot.Thread{Root: bot.Message{Blocks: []bot.Block{long}}}); err == nil {
		t.Error("a block that is too long is planned")
	}
}
