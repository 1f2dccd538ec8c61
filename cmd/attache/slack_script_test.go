package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"attache/bot/slack/slacktest"
)

// slackServer is the Slack of a script, which SLACK_API_URL leads to.
type slackServer struct {
	*slacktest.Server
	http *httptest.Server
}

type slackKey struct{}

func newSlackServer() *slackServer {
	s := slacktest.New(slacktest.Behaviour{})
	return &slackServer{s, httptest.NewServer(s)}
}

// slackCommand is the scripts' own: slack posted FILE writes down what was posted, a
// line each: the channel, whether it is in a thread, and the text. slack channel NAME
// opens a channel; slack channel NAME guest one that attache isn't in.
func slackCommand(ts *testscript.TestScript, neg bool, args []string) {
	s := ts.Value(slackKey{}).(*slackServer)
	switch {
	case !neg && len(args) == 2 && args[0] == "posted":
		var b strings.Builder
		for _, m := range s.State().Messages {
			in := "channel"
			if m.Thread != "" {
				in = "thread"
			}
			fmt.Fprintf(&b, "%s %s %s\n", m.Channel, in, m.Text)
		}
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o600))
	case !neg && len(args) > 1 && args[0] == "channel":
		s.Open(slacktest.Channel{ID: "C0" + strings.ToUpper(args[1]), Name: args[1], Member: len(args) == 2})
	default:
		ts.Fatalf("usage: slack posted FILE, slack channel NAME [guest]")
	}
}
