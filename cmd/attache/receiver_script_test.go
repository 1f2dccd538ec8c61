package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"attache/bot/webhook/webhooktest"
)

// receiver is what takes a script's webhooks.
type receiver struct {
	*webhooktest.Receiver
	*httptest.Server
}

type receiverKey struct{}

func newReceiver() *receiver {
	r := webhooktest.New(webhooktest.Behaviour{Secret: "hush"})
	return &receiver{r, httptest.NewServer(r)}
}

// receivedCommand is the scripts' own: received FILE writes down what the receiver
// at $RECEIVER has, a line each: the key, and what it goes under.
func receivedCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: received FILE")
	}
	r, _ := ts.Value(receiverKey{}).(*receiver)
	var b strings.Builder
	for _, m := range r.State().Messages {
		fmt.Fprintf(&b, "%s %s\n", m.Key, m.Under)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o600))
}
