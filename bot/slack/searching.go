package slack

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"sync"
	"time"

	api "github.com/slack-go/slack"

	"attache/bot"
)

// searching tells the person that the answer takes longer, once a second went by
// before the function that it returns is called. That takes it away again where Slack
// lets it: of what one person sees in a channel, Slack shows nothing after a reload.
func (a *answerer) searching(ctx context.Context) (answered func()) {
	ctx, cancel := context.WithTimeout(ctx, translating)
	over, ended := make(chan struct{}), make(chan struct{})
	told := ""
	go func() {
		defer close(ended)
		select {
		case <-over:
		case <-time.After(cmp.Or(a.l.busy, time.Second)):
			told = a.tellSearching(ctx)
		}
	}()
	return func() {
		defer cancel()
		close(over)
		<-ended
		if told == "" {
			return
		}
		err := a.l.Adapter.call(ctx, func(ctx context.Context, c *api.Client) error {
			_, _, err := c.DeleteMessageContext(ctx, a.heard.channel, told)
			return err
		})
		if err != nil {
			a.l.Log.Warn("taking away that attache searches", "error", err)
		}
	}
}

// tellSearching returns the ts of what it said, where that can be taken away.
func (a *answerer) tellSearching(ctx context.Context) (ts string) {
	p := payload{Text: "Searching. The answer follows."}
	p.Blocks = []block{section(p.Text)}
	var err error
	if a.at.direct {
		data, wrong := bot.Encode(p)
		if wrong != nil {
			return ""
		}
		ts, err = a.direct(ctx, data)
	} else {
		err = a.show(ctx, p)
	}
	if err != nil {
		a.l.Log.Warn("saying that attache searches", "error", err)
	}
	return ts
}

// personID is what Slack calls a person, as a config may.
var personID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b[UW][A-Z0-9]{8,}\b`) })

// named is a message that calls people by their names where the bot knows only what
// Slack calls them, as in who may change a desk. What outlets say stays as it is.
func (l *Listener) named(ctx context.Context, m bot.Message) bot.Message {
	name := func(id string) string {
		if !strings.ContainsAny(id, "0123456789") {
			return id
		}
		if u := l.user(ctx, id); u != nil {
			return cmp.Or(nameOf(u), id)
		}
		return id
	}
	return m.Counting(func(text string) string { return personID().ReplaceAllStringFunc(text, name) })
}
