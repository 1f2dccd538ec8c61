// Package discord posts to Discord, by its REST API, and hears what people do there.
//
// Begin with [Adapter] and [Listener]. How a message looks there is in render.go,
// what it is divided into in plan.go, and what Discord takes in limits.go; what people
// do is read in heard.go, and comes by gateway.go or signed.go.
package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	api "github.com/bwmarrin/discordgo"

	"attache/bot"
)

// usual is where Discord's API is. Version 9 is what the library reads.
const usual = "https://discord.com"

// userAgent is as Discord wants it: https://discord.com/developers/docs/reference#user-agent
const userAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, " + api.VERSION + ")"

// quiet keeps the library from writing to the log by itself: there are tokens in what
// it writes.
const quiet = api.LogError - 1

// Adapter posts as one application. It is a [bot.Adapter].
type Adapter struct {
	Token   string        // the bot's
	URL     string        // of Discord, without /api; empty: its usual place
	Client  *http.Client  // nil: one of no particular kind
	Pace    time.Duration // the least time between two posts to a channel; zero: a second
	Listens bool          // what is pressed reaches attache; else messages have no buttons and no select
	Publish bool          // editions in announcement channels go to the channels that follow those

	pace    bot.Pace
	mu      sync.Mutex
	barred  error     // Discord does not take the token
	until   time.Time // and is not asked before
	places  kept[place]
	servers kept[server]
	me      kept[self]
}

// call makes one call of the REST API, without retries. Its error is a
// [bot.RetryError] where Discord was not reached or asks to wait, a refusal where it
// says why not, and else of no type: then the call may have had its effect. None has
// the token in it.
func (a *Adapter) call(ctx context.Context, method, path string, in, out any) error {
	if err := a.stopped(); err != nil {
		return err
	}
	err := a.send(ctx, a.Token, method, path, in, out)
	var said *refusal
	if errors.As(err, &said) && said.status == http.StatusUnauthorized {
		a.stop(said)
	}
	return err
}

// hook makes a call by the token of an interaction, which is part of its path.
func (a *Adapter) hook(ctx context.Context, method, path string, in, out any) error {
	return a.send(ctx, "", method, path, in, out)
}

// stopFor is how long Discord is not asked after it refused the token: 10,000 such
// answers in ten minutes bar the address.
const stopFor = time.Minute

func (a *Adapter) stop(why error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.barred, a.until = why, time.Now().Add(stopFor)
}

func (a *Adapter) stopped() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if time.Now().Before(a.until) {
		return a.barred
	}
	return nil
}

func (a *Adapter) send(ctx context.Context, token, method, path string, in, out any) error {
	ctx, missed := bot.Reach(ctx)
	client, seen := bot.Straight(a.Client), &answered{base: a.transport()}
	client.Transport = seen
	// The library waits before calls by what it learnt of others, and learns for ever:
	// each call has a session of its own.
	s := &api.Session{Client: client, Ratelimiter: api.NewRatelimiter(), UserAgent: userAgent, LogLevel: quiet}
	if token != "" {
		s.Token = "Bot " + token
	}
	body, err := s.RequestWithBucketID(method, a.base()+"/api/v"+api.APIVersion+path, in, "one", api.WithContext(ctx))
	switch {
	case seen.status == 0 && err != nil && missed():
		return &bot.RetryError{Err: fmt.Errorf("it could not be reached: %w", bot.Hide(err, a.Token))}
	case seen.status == 0 && err != nil:
		return bot.Hide(err, a.Token)
	case seen.status/100 == 2 && err == nil:
		return decode(body, out)
	}
	return seen.error(err)
}

func (a *Adapter) base() string { return strings.TrimSuffix(cmp.Or(a.URL, usual), "/") }

func decode(body []byte, out any) error {
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return errors.New("it answers with what is not JSON")
	}
	return nil
}

// answered keeps of an answer what the library doesn't tell, and keeps from the
// library what it would wait by.
type answered struct {
	base   http.RoundTripper
	status int
	after  time.Duration // as a limit asks
	global bool          // the limit is of all calls
}

// RoundTrip implements [http.RoundTripper].
func (s *answered) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := s.base.RoundTrip(req)
	if err != nil {
		return res, err
	}
	s.status = res.StatusCode
	if seconds, err := strconv.ParseFloat(res.Header.Get("Retry-After"), 64); err == nil && seconds > 0 {
		s.after = time.Duration(min(seconds, (24*time.Hour).Seconds()) * float64(time.Second))
	}
	s.global = res.Header.Get("X-RateLimit-Global") == "true" || res.Header.Get("Via") == "" && res.Header.Get("X-RateLimit-Scope") == ""
	for name := range res.Header {
		if strings.HasPrefix(strings.ToLower(name), "x-ratelimit") || strings.EqualFold(name, "Retry-After") {
			res.Header.Del(name)
		}
	}
	return res, nil
}

// limited is what Discord asks who calls too often.
type limited struct{ global bool }

func (*limited) Error() string { return "it asks to wait (429)" }

// error is what an answer means that isn't one of success.
func (s *answered) error(err error) error {
	var waits *api.RateLimitError
	var said *api.RESTError
	switch {
	case s.status == http.StatusTooManyRequests:
		after := s.after
		if errors.As(err, &waits) && waits.RateLimit != nil && waits.TooManyRequests != nil {
			after = max(after, min(waits.RetryAfter, 24*time.Hour))
		}
		return &bot.RetryError{After: after, Err: &limited{s.global}}
	case errors.As(err, &said) && s.status/100 == 4 && s.status != http.StatusRequestTimeout:
		return newRefusal(s.status, said.ResponseBody)
	case s.status/100 == 3:
		return &bot.RefusedError{Err: fmt.Errorf("it answers %d: see whether DISCORD_API_URL, or a proxy between here and Discord, is right", s.status)}
	}
	return fmt.Errorf("it answers %d", s.status)
}
