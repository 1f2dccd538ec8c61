package main

import (
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"attache/bot/slack/slacktest"
)

// TestSetUpInSlack: attache is invited to a channel, says what it does there, and an
// admin sets a desk up, sees what its brief would have, and starts it.
func TestSetUpInSlack(t *testing.T) {
	s := slackForRun(t)
	s.Add(slacktest.User{ID: "U0AYNUR000", Name: "Aynur", Zone: "Asia/Baku", Admin: true})
	s.Open(slacktest.Channel{ID: "C0HARBOUR0", Name: "harbour"})
	p := startRun(t, "slack:\n  bot-token: "+slacktest.BotToken+"\n  app-token: "+slacktest.AppToken+"\n")
	p.until(t, "attache runs")
	waitFor(t, func() bool { return s.Connections() == 1 })
	posted := func(text string) func() bool {
		return func() bool {
			for _, m := range s.State().Messages {
				if m.Channel == "C0HARBOUR0" && strings.Contains(string(m.Blocks), text) {
					return true
				}
			}
			return false
		}
	}
	seen := func(who, text string) (m slacktest.Message) {
		t.Helper()
		waitFor(t, func() bool {
			for _, m = range s.State().Private {
				if m.Ephemeral == who && strings.Contains(string(m.Blocks), text) {
					return true
				}
			}
			return false
		})
		return m
	}

	s.Join("U0AYNUR000", "C0HARBOUR0")
	waitFor(t, posted("was added by Aynur"))
	for _, m := range s.State().Messages {
		s.Press("U0LEYLA000", m.Channel, m.TS, "", "Set up this channel")
		s.Press("U0AYNUR000", m.Channel, m.TS, "", "Set up this channel")
	}
	seen("U0LEYLA000", "You may not set up a desk")
	waitFor(t, func() bool { return len(s.State().Views) == 1 })
	if view := string(s.State().Views[0].View); !strings.Contains(view, `"initial_value":"Asia/Baku"`) {
		t.Errorf("the form has not the zone of who pressed: %s", view)
	}
	var offered []string
	waitFor(t, func() bool { // names are read in the background
		offered = s.Suggest("U0AYNUR000", "follow", "azerbaijan-i")
		return len(offered) > 0
	})
	if !slices.Contains(offered, "Azerbaijan–Israel") {
		t.Errorf("offered: %q", offered)
	}
	fill := slacktest.Fill{
		"name": map[string]any{"value": "Har/bour"}, "follow": slacktest.Chosen("Azerbaijan–Israel", "Azerbaijan–Turkey", "Armenia"),
		"schedule": map[string]any{"selected_time": "07:30"}, "days": slacktest.Chosen("Mon", "Tue", "Wed", "Thu", "Fri"), "zone": map[string]any{"value": "Asia/Bakku"},
	}
	if wrong := s.Submit("U0AYNUR000", fill); len(wrong) != 2 || wrong["name"] == "" || !strings.Contains(wrong["zone"], "Asia/Baku") {
		t.Errorf("%q", wrong)
	}
	fill["name"], fill["zone"] = map[string]any{"value": "Harbour"}, map[string]any{"value": "Asia/Baku"}
	if wrong := s.Submit("U0AYNUR000", fill); len(wrong) != 0 {
		t.Errorf("%q", wrong)
	}
	preview := seen("U0AYNUR000", "Harbour desk, not started")
	if posted("Harbour desk")() {
		t.Error("the channel was told before the desk is started")
	}
	label := regexp.MustCompile(`Start: first brief [^"]+ Baku`).FindString(string(preview.Blocks))
	if !s.Press("U0AYNUR000", preview.Channel, preview.TS, "", label) {
		t.Fatalf("no button starts it: %s", preview.Blocks)
	}
	waitFor(t, posted("Harbour desk set up by Aynur: 2 pairs, Armenia."))
	p.until(t, "were changed in chat") // the schedule is kept from now on

	s.Invoke("U0AYNUR000", "C0HARBOUR0", "/attache desk")
	shown := seen("U0AYNUR000", "Change settings")
	if !s.Press("U0AYNUR000", shown.Channel, shown.TS, "", "Change settings") {
		t.Fatalf("no button changes the desk: %s", shown.Blocks)
	}
	waitFor(t, func() bool { return len(s.State().Views) == 2 })
	if view := string(s.State().Views[1].View); !strings.Contains(view, `"initial_time":"07:30"`) || !strings.Contains(view, "Armenia") {
		t.Errorf("the form has not what the desk is: %s", view)
	}
	delete(fill, "name")
	fill["schedule"], fill["zone"] = map[string]any{"selected_time": "06:45"}, map[string]any{"value": "UTC"}
	if wrong := s.Submit("U0AYNUR000", fill); len(wrong) != 0 {
		t.Errorf("%q", wrong)
	}
	waitFor(t, posted("Aynur changed this desk: Its zone is UTC. Its brief: Mon–Fri 06:45."))
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for p.log.Scan() {
		if strings.Contains(p.log.Text(), "level=ERROR") {
			t.Error(p.log.Text())
		}
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
}
