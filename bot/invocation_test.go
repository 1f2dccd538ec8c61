package bot

import (
	"testing"

	"attache/digest/actor"
)

func TestInvocation(t *testing.T) {
	actors := actor.Load()
	for _, tt := range []struct {
		command, text string
		options       map[string]string
		want          string // command: line; or what it is taken for
	}{
		{"latest", "Azerbaijan–Israel since Monday", nil, "latest: Azerbaijan–Israel since Monday"},
		{"attache", "latest Azerbaijan–Israel since Monday", nil, "latest: Azerbaijan–Israel since Monday"},
		{"attache", " Latest\tAzerbaijan–Israel since Monday", nil, "latest: Azerbaijan–Israel since Monday"},
		{"latest", "", map[string]string{"period": "since Monday", "about": " Azerbaijan–Israel "}, "latest: Azerbaijan–Israel since Monday"},
		{"latest", "", map[string]string{"about": "Armenia", "theme": "energy", "outlet": "Levant Wire"}, "latest: Armenia on energy by Levant Wire"},
		{"who-said", "", map[string]string{"about": "Aliyev", "on": "on Iran"}, "who-said: Aliyev on Iran"},
		{"compare", "", map[string]string{"about": "Azerbaijan–Israel", "with": "Azerbaijan–Turkey"}, "compare: Azerbaijan–Israel with Azerbaijan–Turkey"},
		{"mute", "", map[string]string{"what": "12.4", "whose": "for the desk", "until": "30 days"}, "mute: 12.4 for the desk 30 days"},
		{"attache", "mute 12.4 for the desk 30 days", nil, "mute: 12.4 for the desk 30 days"},
		{"follow", "Armenia, gas desk: Levant", nil, "follow: Armenia, gas desk: Levant"},
		{"digest", "Desk:Levant", nil, "digest: Levant"},
		{"lastest", "Armenia", nil, "lastest? latest"},
		{"attache", "lastest Armenia", nil, "lastest? latest"},
		{"attache", "timelien 12.1", nil, "timelien? timeline"},
		{"zembla", "", nil, "zembla? "},
		{"attache", "what did Aliyev say", nil, "free"},
		{"attache", "Armenia and gas", nil, "free"},
		{"attache", "moe about Armenia?", nil, "free"},
		{"attache", "Mali", nil, "free"}, // an actor, though mute is near
		{"attache", "", nil, "free"},
	} {
		in := invocationOf(actors, Request{Kind: Invoked, Command: tt.command, Text: tt.text, Options: tt.options})
		got := "free"
		switch {
		case in.known:
			got = in.command.Name + ": " + in.line()
		case in.typed != "":
			got = in.typed + "? " + in.nearest
		}
		if got != tt.want {
			t.Errorf("/%s %s %v is read as %q; want %q", tt.command, tt.text, tt.options, got, tt.want)
		}
	}
}

func TestDeskOfALine(t *testing.T) {
	actors := actor.Load()
	for _, tt := range []struct {
		command, text string
		desk, rest    string
	}{
		{"follow", "Armenia, gas desk: Middle East", "Middle East", "Armenia, gas"},
		{"desk", "desk:Levant", "Levant", ""},
		{"desk", "history 5", "", "history 5"},
		{"note", "12.1 We asked the desk: nothing", "", "12.1 We asked the desk: nothing"},
		{"digest", "Levant", "Levant", ""},
		{"digest", "", "", ""},
		{"latest", "Armenia desk: Levant", "", "Armenia desk: Levant"},
	} {
		in := invocationOf(actors, Request{Kind: Invoked, Command: tt.command, Text: tt.text})
		if in.args["desk"] != tt.desk || in.args[""] != tt.rest {
			t.Errorf("/%s %s is for the desk %q: %q", tt.command, tt.text, in.args["desk"], in.args[""])
		}
	}
}
