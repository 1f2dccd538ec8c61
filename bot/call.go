package bot

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// Reach follows a call over HTTP that is made with the context it returns: missed
// reports whether that certainly reached nobody.
func Reach(ctx context.Context) (reaching context.Context, missed func() bool) {
	var sought, got atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { sought.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { got.Store(true) },
	})
	return ctx, func() bool { return sought.Load() && !got.Load() }
}

// Straight is a client that follows no redirection: it would take a token, or a
// message, where nobody said. Nil stands for a client of no particular kind.
func Straight(c *http.Client) *http.Client {
	straight := http.Client{}
	if c != nil {
		straight = *c
	}
	straight.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &straight
}

// Hide takes out of an error what it repeats of a call: its address, and what is
// secret.
func Hide(err error, secrets ...string) error {
	var of *url.Error
	if errors.As(err, &of) {
		err = of.Err
	}
	for _, s := range secrets {
		if s != "" && strings.Contains(err.Error(), s) {
			return errors.New("the connection failed")
		}
	}
	return err
}

// Again does once more, until ctx ends, what certainly had no effect, a [RetryError],
// and what failed by an error that also tells; nil for none.
func Again(ctx context.Context, also func(error) bool, do func(context.Context) error) error {
	const least = 200 * time.Millisecond
	for {
		err := do(ctx)
		var asked *RetryError
		pause := least
		switch {
		case err == nil:
			return nil
		case errors.As(err, &asked):
			pause = max(asked.After, least)
		case also == nil || !also(err):
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// Unposted is an error of what comes before a post: one that isn't final may be gone
// later, as nothing was posted.
func Unposted(err error) error {
	var known *RefusedError
	var wait *RetryError
	if err == nil || errors.As(err, &known) || errors.As(err, &wait) {
		return err
	}
	return &RetryError{Err: err}
}
