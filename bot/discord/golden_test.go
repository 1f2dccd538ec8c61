package discord

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"attache/bot"
	"attache/bot/bottest"
)

// TestPayloadsGolden holds what Discord is sent beside the messages that are planned:
// the commands, and the first answers to interactions.
func TestPayloadsGolden(t *testing.T) {
	m := bot.Message{Notice: "No actor is called Zembla.", Zone: "Asia/Baku", Blocks: []bot.Block{{
		Kind: bot.Item, Lines: []bot.Line{{Kind: bot.Counted, Text: `No actor is called "Zembla". Nothing was searched.`}},
	}}, Actions: []bot.Action{{Label: "What can be asked", Do: "help"}}}
	alone := (&composer{listens: true, private: true}).messages(&m, false)[0]
	alone.Flags |= onlyOneSees
	settings := settingsForm(bot.Form{Of: "Caucasus", Follow: []string{"Azerbaijan–Israel", "Armenia"}, Time: "07:30", Days: []string{"Mon", "Tue", "Wed", "Thu", "Fri"}, Zone: "Asia/Baku"})
	marked, footed := newPayload(), newPayload()
	marked.Content, footed.Content = "The brief is late.", "The brief is late."
	marked.Components = buttons([]bot.Action{{Label: "Follow up", Do: doFollowUp}}, origin{}, maxRows)
	marked.mark(markOf("late/1"))
	marked.Nonce, marked.EnforceNonce = markOf("late/1"), true
	footed.mark(markOf("late/1"))
	for name, of := range map[string]any{
		"commands":          commands(),
		"response-question": response{formShown, questionForm()}, "response-settings": response{formShown, settings},
		"response-set-up":  response{formShown, settingsForm(bot.Form{Time: "07:30", Zone: "Asia/Baku"})},
		"response-choices": response{completions, map[string]any{"choices": []choice{{"Azerbaijan–Israel", "Azerbaijan–Israel"}}}},
		"response-nothing": response{completions, map[string]any{"choices": []choice{}}},
		"response-later":   (&answerer{i: &interaction{Type: invoked}}).deferral(), "response-on": (&answerer{i: &interaction{Type: pressed}}).deferral(),
		"response-alone": response{showing, alone},
		"message-marked": marked, "message-foot": footed,
	} {
		data, err := bot.Encode(of)
		if err != nil {
			t.Fatal(err)
		}
		got := bottest.Indented(t, data)
		file := filepath.Join("testdata", name+".json")
		if *update {
			if err := os.WriteFile(file, got, 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v\n%s", name, err, cmp.Diff(string(want), string(got)))
		}
	}
}

// TestCommandsAreWhatIsRegistered: what Discord gives back is known again.
func TestCommandsAreWhatIsRegistered(t *testing.T) {
	all := commands()
	have := make([]json.RawMessage, len(all))
	for i, c := range all {
		data, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		have[len(all)-1-i] = data
	}
	if !sameCommands(have, all) {
		t.Error("the same commands are others")
	}
	all[0].Description += "."
	if sameCommands(have, all) || sameCommands(have[1:], commands()) {
		t.Error("other commands are the same")
	}
}
