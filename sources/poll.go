package sources

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"strings"
	"time"

	"attache/sources/feed"
	"attache/sources/fetch"
)

// Back-off of a source that cannot be read.
const (
	firstBackOff = 5 * time.Minute // doubled with each failure in a row
	maxBackOff   = 6 * time.Hour
	maxTried     = 3 // feeds of a site that are tried, and children of a sitemap index
	day          = 24 * time.Hour
)

const (
	acceptFeed = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
	acceptPage = "text/html, application/xhtml+xml, */*;q=0.5"
)

// list fetches what the source shows and sets p.feed, unless nothing was
// modified.
func (p *poll) list(ctx context.Context) (*fetch.Response, error) {
	if p.src.Kind == Site {
		return p.listSite(ctx)
	}
	answer, err := p.get(ctx, p.src.URL, true)
	if err != nil || answer.NotModified() {
		return answer, err
	}
	err = p.parse(ctx, answer)
	if errors.Is(err, feed.ErrHTML) {
		if links := feed.Discover(answer.Body, answer.URL); len(links) > 0 {
			return nil, fmt.Errorf("it is a page, not a feed; the page names %s as its feed", bare(links[0].URL))
		}
		return nil, errors.New("it is a page, not a feed, and names none")
	}
	return answer, err
}

// listSite finds a site's feed through its front page. What was found is
// remembered, and only then are validators sent, because they are this feed's.
func (p *poll) listSite(ctx context.Context) (*fetch.Response, error) {
	if known := p.state.Found; known != "" {
		answer, err := p.get(ctx, known, true)
		if err == nil && !answer.NotModified() {
			err = p.parse(ctx, answer)
		}
		if err == nil || ctx.Err() != nil {
			return answer, err
		}
		p.state.Found = ""
	}
	front, err := p.get(ctx, p.src.URL, false)
	if err != nil {
		return nil, err
	}
	if p.parse(ctx, front) == nil {
		p.state.Found = p.src.URL
		return front, nil
	}
	links := feed.Discover(front.Body, front.URL)
	if len(links) == 0 {
		return nil, errors.New("its page names no feed and no news sitemap")
	}
	for _, link := range links[:min(len(links), maxTried)] {
		answer, tryErr := p.get(ctx, link.URL, false)
		if tryErr == nil {
			tryErr = p.parse(ctx, answer)
		}
		if tryErr == nil {
			p.state.Found = link.URL
			return answer, nil
		}
		err = errors.Join(err, tryErr)
	}
	return nil, err
}

// get fetches one of the source's own addresses. A source is asked for by the
// desk by name, so robots.txt, which speaks to crawlers, is not asked.
func (p *poll) get(ctx context.Context, address string, conditional bool) (*fetch.Response, error) {
	request := fetch.Request{URL: address, Accept: acceptFeed}
	if conditional {
		request.ETag, request.LastModified = p.state.ETag, p.state.LastModified
	}
	return p.Client.Get(ctx, request)
}

// parse reads a feed, and of a sitemap index the sitemaps that it leads to.
func (p *poll) parse(ctx context.Context, answer *fetch.Response) error {
	parsed, err := feed.Parse(answer.Body, answer.ContentType(), answer.URL)
	if errors.Is(err, feed.ErrIndex) {
		return p.parseIndex(ctx, answer)
	}
	if err != nil {
		return err
	}
	p.feed = parsed
	return nil
}

// succeed notes in the state that the source answered.
func (p *poll) succeed(answer *fetch.Response) {
	now := p.began
	s := &p.state
	if s.FirstPoll.IsZero() {
		s.FirstPoll = now
	}
	s.LastPoll, s.LastOK = now, now
	s.FailingSince, s.Failures, s.Trouble = time.Time{}, 0, ""
	s.NextPoll = now.Add(min(answer.Fresh(now), maxFresh))
	if !answer.NotModified() {
		s.ETag, s.LastModified = answer.ETag(), answer.LastModified()
	}
}

// fail notes in the state and the report that it could not be read, and when to
// try again.
func (p *poll) fail(err error) {
	now := p.began
	s := &p.state
	s.LastPoll = now
	s.Failures++
	if s.FailingSince.IsZero() {
		s.FailingSince = now
	}
	wait := backOff(p.src.Name, s.Failures)
	var status *fetch.StatusError
	if errors.As(err, &status) {
		p.report.Status = status.Status
		wait = max(wait, status.RetryAfter)
	}
	s.NextPoll = now.Add(wait)
	s.Trouble = trouble(err)
	p.report.Trouble = s.Trouble
}

// Held reports whether a source that failed is to be left alone even when a person
// asks for all: it was tried a moment ago, or its server asked for more time. The
// back-off that is attache's own does not count, for the person may have mended
// what was wrong.
func (s *State) Held(source string, now time.Time) bool {
	const moment = time.Minute
	switch {
	case s.Failures == 0 || !s.NextPoll.After(now):
		return false
	case now.Sub(s.LastPoll) < moment:
		return true
	}
	return strings.HasPrefix(s.Trouble, "429 ") || s.NextPoll.Sub(s.LastPoll) > backOff(source, s.Failures)+time.Second
}

// backOff is how long a source is left alone after so many failures in a row.
// Its name moves it by up to a tenth, so that sources that failed together are
// not all asked together again.
func backOff(name string, failures int) time.Duration {
	wait := maxBackOff
	if failures < 8 { // 5 minutes doubled seven times are more than six hours
		wait = min(firstBackOff<<(failures-1), maxBackOff)
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // a hash does not fail
	return wait + wait/10*time.Duration(int64(h.Sum32()%201)-100)/100
}

// trouble says for people why a source could not be read.
func trouble(err error) string {
	var status *fetch.StatusError
	var private *fetch.PrivateAddressError
	var network *fetch.NetworkError
	switch {
	case errors.As(err, &status):
		return strings.TrimPrefix(status.Error(), "status ")
	case errors.As(err, &private):
		return private.Error()
	case errors.As(err, &network):
		return network.Error()
	case errors.Is(err, context.DeadlineExceeded):
		return "no full answer in time"
	case errors.Is(err, feed.ErrEmpty):
		return "it answers with nothing"
	case errors.Is(err, feed.ErrHTML):
		return "it is a page, not a feed"
	}
	return strings.ReplaceAll(err.Error(), "\n", "; ")
}

// bare is an address without user, query and fragment, as it may be shown.
func bare(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address that is none"
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

// bareHost is an address's host without "www.".
func bareHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
