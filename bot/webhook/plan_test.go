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

// Nobody listens at a webhook: what may be done with a message is left out.
func TestPlanLeavesActionsOut(t *testing.T) {
	thread := bottest.Thread()
	press := []bot.Action{{Label: "Press me", Do: "share", On: "x"}}
	thread.Root.Actions, thread.Root.Blocks[3].Menu = press, press
	parts, err := (&Adapter{}).Plan(place(), thread)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range parts {
		if strings.Contains(string(p.Payload), "Press me") {
			t.Errorf("part %d: %s", i+1, p.Payload)
		}
	}
	if thread.Root.Blocks[3].Menu == nil {
		t.Error("the thread itself lost its menu")
	}
}
