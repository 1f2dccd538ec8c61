package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"attache/bot"
	"attache/bot/discord"
	"attache/bot/slack"
)

// askedAfter is how long after an article was published inspect post asks.
const askedAfter = time.Hour

type inspectPost struct {
	inspectInput
	For string `required:"" enum:"terminal,slack,discord" placeholder:"PLATFORM" help:"Where it would be shown: terminal, slack or discord."`
}

// Help is printed under the call's flags.
func (inspectPost) Help() string {
	return `Reads {id,outlet,url,title,published,text,question}, takes that article for the
whole archive, and asks the question an hour after it was published: {id,output},
the message as it would be shown, with its links. Of a message to Slack or Discord,
these are its texts, one below the other, in the platform's mark-up.

Example:
  echo '{"id":1,"outlet":"Lume Post","url":"https://lume-post.example/1","title":"Port closes",
    "published":"2026-11-24T07:30:00Z","text":"…","question":"latest on the port"}' |
    tr -d '\n' | attache inspect post --for terminal --why`
}

// posted is what inspect post says of a line.
type posted struct {
	ID     json.RawMessage `json:"id"`
	Output string          `json:"output"`
	Why    *answerWhy      `json:"why,omitempty"`
}

// Run asks each article its question.
func (c inspectPost) Run(ctx context.Context, s *streams) error {
	return c.each(ctx, s, func(line json.RawMessage) ([]any, error) {
		var in struct {
			ID        json.RawMessage `json:"id"`
			Published string          `json:"published"`
			Question  string          `json:"question"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		published, err := instantOf("published", in.Published)
		if err != nil {
			return nil, err
		}
		out, err := c.post(ctx, line, in.Question, published.Add(askedAfter))
		if err != nil {
			return nil, err
		}
		if adapter := platform(c.For); adapter != nil {
			if out.Text, err = textFor(adapter, out.message); err != nil {
				return nil, err
			}
		}
		return []any{posted{in.ID, out.Text, out.Why}}, nil
	})
}

// post makes an archive of the article that the line holds, and asks it.
func (c inspectPost) post(ctx context.Context, line json.RawMessage, question string, now time.Time) (*asked, error) {
	sh, wrong, err := newShelf(ctx, bytes.NewReader(line), func() time.Time { return now })
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong[0], sh.close())
	}
	out, err := sh.ask(ctx, "post", question, now, c.Why)
	return out, errors.Join(err, sh.close())
}

// platform is an adapter that shows messages as a platform does; nil for the terminal.
func platform(name string) bot.Adapter {
	switch name {
	case "slack":
		return &slack.Adapter{}
	case "discord":
		return &discord.Adapter{}
	}
	return nil
}

// textFor is all that a message would show on a platform.
func textFor(a bot.Adapter, m bot.Message) (string, error) {
	parts, err := a.Plan(bot.Place{}, bot.Thread{Root: m})
	if err != nil {
		return "", err
	}
	var all []string
	for _, p := range parts {
		var payload any
		if err := json.Unmarshal(p.Payload, &payload); err != nil {
			return "", fmt.Errorf("reading a message for a platform: %w", err)
		}
		all = append(all, textsIn(payload)...)
	}
	return strings.Join(all, "\n"), nil
}

// textsIn are the texts of a message or of a part of it.
func textsIn(payload any) (all []string) {
	switch p := payload.(type) {
	case []any:
		for _, one := range p {
			all = append(all, textsIn(one)...)
		}
	case map[string]any:
		for _, name := range []string{"text", "blocks", "elements", "accessory", "options", "message", "content", "components", "label"} {
			if s, is := p[name].(string); is {
				all = append(all, s)
				continue
			}
			all = append(all, textsIn(p[name])...)
		}
	}
	return all
}
