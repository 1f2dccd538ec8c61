package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// How robots.txt is read (RFC 9309, 2.4 and 2.5).
const (
	robotsAgent   = "attache"
	robotsLife    = 24 * time.Hour
	robotsRetry   = 10 * time.Minute // until one that could not be read is asked for again
	maxRobots     = 512 << 10        // bytes
	maxCrawlDelay = 10 * time.Second // a longer wish is met only so far
	maxRobotHosts = 1024
)

// robotsCache holds the rules of each scheme, host and port.
type robotsCache struct {
	mu    sync.Mutex
	hosts map[string]*robotsEntry
}

// robotsEntry is one host's rules. Its lock is held while they are fetched, so
// that requests side by side ask once.
type robotsEntry struct {
	mu    sync.Mutex
	rules robots
	err   error
	until time.Time
}

func newRobotsCache() *robotsCache {
	return &robotsCache{hosts: map[string]*robotsEntry{}}
}

func (c *robotsCache) entry(key string) *robotsEntry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.hosts[key]; ok {
		return e
	}
	if len(c.hosts) >= maxRobotHosts {
		clear(c.hosts)
	}
	e := &robotsEntry{}
	c.hosts[key] = e
	return e
}

// robots are the rules for this program at one host. The zero robots allow all.
type robots struct {
	group *robotstxt.Group
	delay time.Duration
}

func (r robots) allows(u *url.URL) bool {
	if r.group == nil || u.Path == "/robots.txt" {
		return true
	}
	return r.group.Test(u.RequestURI())
}

// robotsOf returns the rules for a URL's host. A host without the file allows
// all; where it can't be told whether there is one, that is the error.
func (c *Client) robotsOf(ctx context.Context, u *url.URL) (robots, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	e := c.robots.entry(at.Scheme + "://" + hostPort(at))
	e.mu.Lock()
	defer e.mu.Unlock()
	if c.now().Before(e.until) {
		return e.rules, e.err
	}
	rules, err := c.fetchRobots(ctx, at)
	if ctx.Err() != nil {
		return robots{}, ctx.Err()
	}
	e.rules, e.err, e.until = rules, err, c.now().Add(robotsLife)
	if err != nil {
		e.until = c.now().Add(robotsRetry)
	}
	return e.rules, e.err
}

func (c *Client) fetchRobots(ctx context.Context, at *url.URL) (robots, error) {
	answer, err := c.get(ctx, at, Request{Accept: "text/plain, */*;q=0.5"}, maxRobots)
	var status *StatusError
	switch {
	case errors.As(err, &status) && status.Status < 500 && status.Status != http.StatusTooManyRequests:
		return robots{}, nil
	case errors.Is(err, ErrTooLarge), errors.Is(err, ErrRedirects):
		return robots{}, nil
	case err != nil:
		return robots{}, fmt.Errorf("read robots.txt: %w", err)
	}
	return parseRobots(answer.Body), nil
}

func parseRobots(body []byte) robots {
	data, err := robotstxt.FromBytes(body)
	if err != nil {
		data, err = robotstxt.FromBytes(repairRobots(body))
	}
	if err != nil {
		return robots{}
	}
	group := data.FindGroup(robotsAgent)
	return robots{group: group, delay: max(0, min(group.CrawlDelay, maxCrawlDelay))}
}

// repairRobots keeps the lines that matter: the parser gives up on a file for
// one bad delay, or one rule before the first User-agent.
func repairRobots(body []byte) []byte {
	var kept bytes.Buffer
	begun := false
	for line := range bytes.Lines(body) {
		name, _, _ := strings.Cut(strings.ToLower(string(bytes.TrimSpace(line))), ":")
		switch strings.TrimSpace(name) {
		case "user-agent":
			begun = true
		case "allow", "disallow":
			if !begun {
				continue
			}
		default:
			continue
		}
		kept.Write(bytes.TrimSpace(line))
		kept.WriteByte('\n')
	}
	return kept.Bytes()
}
