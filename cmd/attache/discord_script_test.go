package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"attache/bot/discord/discordtest"
)

// discordServer is the Discord of a script, which DISCORD_API_URL leads to.
type discordServer struct {
	*discordtest.Server
	http *httptest.Server
}

type discordKey struct{}

func newDiscordServer() *discordServer {
	s := discordtest.New(discordtest.Behaviour{})
	http := httptest.NewServer(s)
	s.Address = http.URL
	return &discordServer{s, http}
}

// discordCommand is the scripts' own: discord posted FILE writes down what was posted:
// the channel of each message, or that it is in a thread, and its first line. discord
// channel ID NAME opens a channel; with a kind after it, text, forum or mute, in which
// attache may not write.
func discordCommand(ts *testscript.TestScript, neg bool, args []string) {
	s := ts.Value(discordKey{}).(*discordServer)
	switch {
	case !neg && len(args) == 2 && args[0] == "posted":
		threads := map[string]bool{}
		for _, c := range s.State().Channels {
			threads[c.ID] = c.Parent != ""
		}
		var b strings.Builder
		for _, m := range s.State().Messages {
			in := m.Channel
			if threads[in] {
				in = "thread"
			}
			first, _, _ := strings.Cut(m.Content, "\n")
			fmt.Fprintf(&b, "%s %s\n", in, first)
		}
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o600))
	case !neg && len(args) > 2 && args[0] == "channel":
		c := discordtest.Channel{ID: args[1], Name: args[2]}
		switch strings.Join(args[3:], " ") {
		case "forum":
			c.Kind = discordtest.Forum
		case "mute":
			c.Denied = discordtest.SendMessages
		}
		s.Open(c)
	default:
		ts.Fatalf("usage: discord posted FILE, discord channel ID NAME [forum|mute]")
	}
}
