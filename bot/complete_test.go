package bot

import (
	"strings"
	"testing"
	"time"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

func TestComplete(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		m := newTeam(t, a)
		h := m.chat.handlers[0]
		h.Desks = m.desks
		h.names.begun = time.Now() // read by hand, not in the background
		h.names.refresh(t.Context(), h.Archive, h.Desks, h.Log)
		for _, tt := range []struct {
			command, option, typed string
			first, also            string // of what is offered
		}{
			{"", "", "ti", "timeline", ""},
			{"", "", "", "latest", "help"},
			{"latest", "about", "", "Azerbaijan–Israel", ""},
			{"latest", "about", "azer", "Azerbaijan–Israel", "Azerbaijan"},
			{"latest", "about", "isr", "Israel", "Azerbaijan–Israel"},
			{"latest", "about", "Israel-Az", "Israel–Azerbaijan", ""},
			{"latest", "about", "armenia-ir", "Armenia–Iran", "Armenia–Iraq"},
			{"latest", "about", "TÜRK", "Turkey", "Turkmenistan"},
			{"latest", "theme", "arms", "arms trade", ""},
			{"latest", "outlet", "wire", "Strait Wire", ""},
			{"timeline", "about", "1.", "1.1", "1.2"},
			{"digest", "desk", "c", "Caucasus", ""},
			{"mute", "whose", "for the", "for the desk", ""},
			{"mute", "until", "30", "30 days", ""},
			{"help", "command", "mu", "mute", ""},
			{"note", "text", "a", "", ""},
			{"latest", "nothing", "a", "", ""},
			{"latest", "about", "zembla", "", ""},
		} {
			got := h.Complete(t.Context(), channel1, tt.command, tt.option, tt.typed)
			if len(got) > mostCompletions {
				t.Errorf("%s %s: %q offers %d", tt.command, tt.option, tt.typed, len(got))
			}
			if first := append(got, "")[0]; first != tt.first {
				t.Errorf("%s %s: %q offers %q first; want %q", tt.command, tt.option, tt.typed, first, tt.first)
			}
			if all := "|" + strings.Join(got, "|") + "|"; tt.also != "" && !strings.Contains(all, "|"+tt.also+"|") {
				t.Errorf("%s %s: %q offers %s; want %q too", tt.command, tt.option, tt.typed, all, tt.also)
			}
		}
	})
}

// Names are read in the background of a call: it returns what there was.
func TestCompleteWaitsForNothing(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	h := m.chat.handlers[0]
	h.names.outlets, h.names.begun = []string{"Old Name"}, time.Now()
	if got := h.Complete(t.Context(), channel1, "latest", "outlet", "old"); len(got) != 1 {
		t.Errorf("within half a minute, %q", got)
	}
	if got := h.Complete(t.Context(), channel1, "latest", "outlet", "strait"); len(got) != 0 {
		t.Errorf("what was not read yet is offered: %q", got)
	}
}

func BenchmarkComplete(b *testing.B) {
	h := (&chat{}).replica()
	h.names.begun = time.Now()
	for b.Loop() {
		h.Complete(b.Context(), channel1, "latest", "about", "azerbaijan-i")
	}
}
