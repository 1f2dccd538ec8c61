package discordtest

import (
	"hash/fnv"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Behaviour is how a server treats what is posted. The chances go from 0 to 1. What
// happens to an attempt follows from the seed, the message's mark and the number of
// the attempt alone.
type Behaviour struct {
	Seed       uint64
	Delay      time.Duration // the longest wait, before and again after storing
	Refuse     float64       // of the messages: refused for good, at each attempt
	Busy       float64       // of the attempts: 429
	FailBefore float64       // of the attempts: not stored, and an error or no answer
	FailAfter  float64       // of the attempts: stored, and an error or no answer
	FailLook   float64       // of the calls that read: an error
	Script     []Act         // what happens to the first attempts, before chance takes over
}

// Act is what a server does with a post.
type Act string

// The acts.
const (
	Store      Act = "store"
	Refuse     Act = "refuse" // 50013
	Busy       Act = "busy"   // 429 of the channel
	BusyAll    Act = "busy, all"
	Cloudflare Act = "cloudflare"  // 429 in front of Discord: no JSON
	FailBefore Act = "fail before" // 500
	LoseBefore Act = "lose before" // no answer, nothing stored
	FailAfter  Act = "fail after"  // 500, and stored
	LoseAfter  Act = "lose after"  // no answer, and stored
	Hang       Act = "hang"        // stored, and no answer until the client gives up
	Page       Act = "page"        // a page of HTML, and nothing stored
)

// Will sets what happens to the next posts.
func (s *Server) Will(acts ...Act) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Script, s.tried = acts, 0
}

// act decides about a post, and counts it.
func (s *Server) act(mark string) (Act, *rand.Rand) {
	s.mu.Lock()
	defer s.mu.Unlock()
	attempt := s.state.Attempts[mark]
	s.state.Attempts[mark]++
	random := s.random(mark, uint64(attempt)) //nolint:gosec // a small number
	act := s.chance(mark, random)
	if s.tried < len(s.Script) {
		act = s.Script[s.tried]
		s.tried++
	}
	s.state.Acts[act]++
	if act == Refuse && !slices.Contains(s.state.Refused, mark) {
		s.state.Refused = append(s.state.Refused, mark)
	}
	return act, random
}

func (s *Server) chance(mark string, random *rand.Rand) Act {
	if s.random(mark, math.MaxUint64).Float64() < s.Refuse {
		return Refuse
	}
	lost := random.IntN(2) == 0
	switch x := random.Float64(); {
	case x < s.Busy:
		return Busy
	case x < s.Busy+s.FailBefore && lost:
		return LoseBefore
	case x < s.Busy+s.FailBefore:
		return FailBefore
	case x < s.Busy+s.FailBefore+s.FailAfter && lost:
		return LoseAfter
	case x < s.Busy+s.FailBefore+s.FailAfter:
		return FailAfter
	}
	return Store
}

func (s *Server) random(mark string, n uint64) *rand.Rand {
	h := fnv.New64a()
	_, _ = io.WriteString(h, mark) // a hash takes everything
	return rand.New(rand.NewPCG(s.Seed^n, h.Sum64()))
}

func (s *Server) wait(random *rand.Rand) {
	if s.Delay > 0 {
		time.Sleep(time.Duration(random.Int64N(int64(s.Delay))))
	}
}

// perform does an act around storing.
func (s *Server) perform(act Act, random *rand.Rand, c *call, store func() (answer, *failure)) (answer, *failure) {
	s.wait(random)
	switch act {
	case Refuse:
		return nil, no(http.StatusForbidden, 50013, "Missing Permissions")
	case Busy, BusyAll:
		c.tooMany(float64(random.IntN(2))/10, act == BusyAll)
		return given{}, nil
	case Cloudflare:
		c.w.Header().Set("Retry-After", "1")
		http.Error(c.w, "<html>error 1015</html>", http.StatusTooManyRequests)
		return given{}, nil
	case FailBefore:
		return nil, no(http.StatusInternalServerError, 0, "500: Internal Server Error")
	case Page:
		_, _ = io.WriteString(c.w, "<!doctype html><p>Sign in") // whoever asked may be gone
		return given{}, nil
	case LoseBefore:
		panic(http.ErrAbortHandler)
	}
	a, failed := store()
	s.wait(random)
	if failed != nil {
		return nil, failed
	}
	switch act {
	case FailAfter:
		return nil, no(http.StatusInternalServerError, 0, "500: Internal Server Error")
	case Hang:
		<-c.req.Context().Done()
		panic(http.ErrAbortHandler)
	case LoseAfter:
		panic(http.ErrAbortHandler)
	}
	return a, nil
}

func (c *call) tooMany(seconds float64, global bool) {
	c.w.Header().Set("Content-Type", "application/json")
	c.w.Header().Set("Via", "1.1 google")
	c.w.Header().Set("X-RateLimit-Scope", "user")
	if global {
		c.w.Header().Set("X-RateLimit-Global", "true")
		c.w.Header().Set("X-RateLimit-Scope", "global")
	}
	c.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(seconds))))
	c.w.WriteHeader(http.StatusTooManyRequests)
	_, _ = io.WriteString(c.w, `{"message":"You are being rate limited.","retry_after":`+strconv.FormatFloat(seconds, 'f', 3, 64)+`,"global":`+strconv.FormatBool(global)+`}`) // whoever asked may be gone
}

// fails reports whether a call that reads fails.
func (s *Server) fails(of string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages++
	return s.random("look "+of, uint64(s.pages)).Float64() < s.FailLook //nolint:gosec // a small number
}
