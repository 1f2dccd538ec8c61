package bot_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/bottest/backstage"
	"attache/bot/terminal"
)

// inTheHall opens the platform in memory.
func inTheHall(t *testing.T) (*bottest.Hall, *backstage.Backstage) {
	h := &bottest.Hall{}
	b := backstage.Open(t, "", backstage.Platform{
		Name: "hall", Adapter: h, ID: bottest.HallID, Channels: [2]string{"#caucasus", "#energy"},
	})
	h.Attache = b
	return h, b
}

// Fifty people ask at once, each in a thread of their own or alone: each gets one
// answer, to what they asked.
func TestFiftyAskAtOnce(t *testing.T) {
	h, _ := inTheHall(t)
	subjects := []string{"Azerbaijan–Israel", "Azerbaijan–Turkey", "Azerbaijan–Iran", "Armenia–Turkey", "Armenia"}
	name := func(i int) string { return fmt.Sprintf("Guest%c%c", 'a'+i/26, 'a'+i%26) }
	var group sync.WaitGroup
	for i := range 50 {
		act := bottest.Act{Kind: bottest.Says, Who: name(i), Channel: "#caucasus", Text: "@attache latest on " + subjects[i%5]}
		if i%2 == 1 {
			act = bottest.Act{Kind: bottest.Invokes, Who: name(i), Channel: "#energy", Text: "/latest " + subjects[i%5]}
		}
		group.Go(func() { h.Do(t, act) })
	}
	group.Wait()
	answers := map[string][]string{}
	for _, m := range h.Seen(t) {
		who := m.To
		if _, after, ok := strings.Cut(m.Text, " · for "); ok {
			who, _, _ = strings.Cut(after, "\n")
		}
		answers[who] = append(answers[who], m.Text)
	}
	for i := range 50 {
		got := answers[name(i)]
		if len(got) != 1 || !strings.HasPrefix(got[0], subjects[i%5]+"\n") || !strings.Contains(got[0], "[1]") {
			t.Errorf("%s asked for %s and got %d answers: %.200q", name(i), subjects[i%5], len(got), got)
		}
	}
	if len(answers) != 50 {
		t.Errorf("%d people got answers", len(answers))
	}
}

// What people get is kept as it is printed, a file for each thing asked.
func TestWhatPeopleSee(t *testing.T) {
	for name, lines := range map[string][]string{
		"latest":    {"/latest Azerbaijan–Israel"},
		"timeline":  {"/timeline Azerbaijan–Israel"},
		"who-said":  {"/who-said 1.2", "/who-said Georgia"},
		"compare":   {"/compare Azerbaijan–Israel with Azerbaijan–Turkey"},
		"why":       {"@attache why is [4] here?"},
		"more":      {"@attache more on 1.5"},
		"nothing":   {"/latest Armenia–Israel"},
		"ambiguous": {"/latest Georgia", "/latest Congo"},
		"unknown":   {"/latest Zembla–Israel", "/latest Zembla", "/attache latst Armenia", "/timeline 912.1"},
		"misspelt":  {"/latest Azerbajan-Isreal"},
		"empty":     {"@attache", "/attache note", "/attache report"},
		"preview":   {"/digest desk: Energy"},
		"desk":      {"/attache desk"},
		"sources":   {"/sources"},
		"help":      {"/attache help", "/attache help mute"},
		"follow":    {"/follow Georgia", "/attache unfollow Georgia"},
		"mute":      {"/attache mute protest for the desk 7 days", "/attache mute 1.3", "/attache mute"},
		"note":      {"/attache note 1.2 We doubt the second figure.", "@attache more on 1.2"},
		"report":    {"/attache report wrong group [6]", "/attache report not relevant 1.3"},
	} {
		t.Run(name, func(t *testing.T) {
			h, b := inTheHall(t)
			b.Edition(t, "Caucasus")
			edition := h.Seen(t)[0].ID
			told := len(h.Messages())
			var out strings.Builder
			for _, l := range lines {
				fmt.Fprintf(&out, "Leyla: %s\n", l)
				act := bottest.Act{Kind: bottest.Says, Who: "Leyla", Channel: "#caucasus", Thread: edition, Text: l}
				if l[0] == '/' {
					act.Kind = bottest.Invokes
				}
				h.Do(t, act)
				all := h.Messages()
				for _, m := range all[told:] {
					printMessage(t, &out, m)
				}
				told = len(all)
			}
			golden(t, "said/"+name+".txt", out.String())
		})
	}
}

func printMessage(t *testing.T, out *strings.Builder, m bot.Message) {
	t.Helper()
	out.WriteString("\n")
	if err := (terminal.Printer{W: out, Choices: true}).Message(m); err != nil {
		t.Fatal(err)
	}
	out.WriteString("\n")
}
