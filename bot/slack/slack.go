// Package slack posts to Slack, by its Web API, and hears what people do there.
//
// Begin with [Adapter] and [Listener]. How a message looks there is in render.go,
// what it is divided into in plan.go, and what Slack takes in limits.go; what people
// do is read in heard.go, and comes by socket.go or signed.go.
package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	api "github.com/slack-go/slack"

	"attache/bot"
)

// Adapter posts to one workspace. It is a [bot.Adapter].
type Adapter struct {
	Token   string        // the bot's, xoxb-…
	URL     string        // of the Web API; empty: Slack's
	Client  *http.Client  // nil: one of no particular kind
	Pace    time.Duration // the least time between two posts to a channel; zero: a second
	Listens bool          // what is pressed reaches attache; else messages have no buttons and no menus

	pace     bot.Pace
	mu       sync.Mutex
	channels map[string]string // ids, by "#name"
}

// call makes one call of the Web API, without retries. Its error is a
// [bot.RetryError] where Slack was not reached or asks to wait, a refusal where it
// says why not, and else of no type: then the call may have had its effect. None
// has the token in it.
func (a *Adapter) call(ctx context.Context, do func(context.Context, *api.Client) error) error {
	ctx, missed := bot.Reach(ctx)
	err := do(ctx, a.client())
	var limited *api.RateLimitedError
	var said api.SlackErrorResponse
	var status api.StatusCodeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &limited):
		return &bot.RetryError{After: min(max(limited.RetryAfter, 0), 24*time.Hour), Err: errors.New("it asks to wait (ratelimited)")}
	case errors.As(err, &said):
		return &refusal{code: said.Err, needed: said.Needed, details: said.ResponseMetadata.Messages}
	case errors.As(err, &status):
		return httpError(status)
	case missed():
		return &bot.RetryError{Err: fmt.Errorf("it could not be reached: %w", bot.Hide(err, a.Token))}
	}
	return bot.Hide(err, a.Token)
}

func (a *Adapter) client() *api.Client {
	options := []api.Option{api.OptionHTTPClient(bot.Straight(a.Client))}
	if a.URL != "" {
		options = append(options, api.OptionAPIURL(strings.TrimSuffix(a.URL, "/")+"/"))
	}
	// A call is made with the token that its method takes; a has but one.
	return api.New(a.Token, append(options, api.OptionAppLevelToken(a.Token))...)
}

// httpError is what an answer without Slack's own words means: of a server that
// failed, nothing.
func httpError(status api.StatusCodeError) error {
	said := fmt.Errorf("it answers %s", status.Status)
	switch {
	case status.Code == http.StatusTooManyRequests:
		return &bot.RetryError{Err: said}
	case status.Code/100 == 3, status.Code/100 == 4 && status.Code != http.StatusRequestTimeout:
		return &bot.RefusedError{Err: fmt.Errorf("%w: see whether SLACK_API_URL, or a proxy between here and Slack, is right", said)}
	}
	return said
}
