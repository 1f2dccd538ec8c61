package slacktest

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
// happens to an attempt follows from the seed, the message's key and the number of
// the attempt alone.
type Behaviour struct {
	Seed       uint64
	Delay      time.Duration // the longest wait, before and again after storing
	Refuse     float64       // of the messages: refused for good, at each attempt
	Busy       float64       // of the attempts: 429, with Retry-After
	FailBefore float64       // of the attempts: not stored, and an error or no answer
	FailAfter  float64       // of the attempts: stored, and an error or no answer
	FailLook   float64       // of the calls that read: an error
	Paced      bool          // more than a message a second to a channel is 429
	Page       int           // the most that a page of a list has; zero: what is asked for
	Script     []Act         // what happens to the first attempts, before chance takes over
}

// Act is what a server does with a post.
type Act string

// The acts.
const (
	Store      Act = "store"
	Refuse     Act = "refuse" // restricted_action
	Busy       Act = "busy"
	FailBefore Act = "fail before" // 500
	LoseBefore Act = "lose before" // no answer, nothing stored
	FailAfter  Act = "fail after"  // 502, and stored
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
func (s *Server) act(key string) (Act, *rand.Rand) {
	s.mu.Lock()
	defer s.mu.Unlock()
	attempt := s.state.Attempts[key]
	s.state.Attempts[key]++
	random := s.random(key, uint64(attempt))
	act := s.chance(key, random)
	if s.tried < len(s.Script) {
		act = s.Script[s.tried]
		s.tried++
	}
	s.state.Acts[act]++
	if act == Refuse && !slices.Contains(s.state.Refused, key) {
		s.state.Refused = append(s.state.Refused, key)
	}
	return act, random
}

func (s *Server) chance(key string, random *rand.Rand) Act {
	if s.random(key, math.MaxUint64).Float64() < s.Refuse {
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

func (s *Server) random(key string, n uint64) *rand.Rand {
	h := fnv.New64a()
	_, _ = io.WriteString(h, key) // a hash takes everything
	return rand.New(rand.NewPCG(s.Seed^n, h.Sum64()))
}

func (s *Server) wait(random *rand.Rand) {
	if s.Delay > 0 {
		time.Sleep(time.Duration(random.Int64N(int64(s.Delay))))
	}
}

// perform does an act around storing. Its answer is nil where it was given already.
func (s *Server) perform(act Act, random *rand.Rand, c *call, store func() (answer, *failure)) (answer, *failure) {
	s.wait(random)
	switch act {
	case Refuse:
		return nil, no("restricted_action")
	case Busy:
		tooMany(c.w, random.IntN(2))
		return nil, nil
	case FailBefore:
		http.Error(c.w, "<html>failed</html>", http.StatusInternalServerError)
		return nil, nil
	case Page:
		_, _ = io.WriteString(c.w, "<!doctype html><p>Sign in") // whoever asked may be gone
		return nil, nil
	case LoseBefore:
		panic(http.ErrAbortHandler)
	}
	fields, wrong := store()
	s.wait(random)
	if wrong != nil {
		return nil, wrong
	}
	switch act {
	case FailAfter:
		http.Error(c.w, "<html>failed</html>", http.StatusBadGateway)
		return nil, nil
	case Hang:
		<-c.req.Context().Done()
		panic(http.ErrAbortHandler)
	case LoseAfter:
		panic(http.ErrAbortHandler)
	}
	return fields, nil
}

func tooMany(w http.ResponseWriter, seconds int) {
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = io.WriteString(w, `{"ok":false,"error":"ratelimited"}`) // whoever asked may be gone
}

// fails reports whether a call that reads fails, and answers it then.
func (s *Server) fails(c *call) bool {
	s.mu.Lock()
	s.pages++
	failed := s.random("look "+c.args.Get("channel"), uint64(s.pages)).Float64() < s.FailLook
	s.mu.Unlock()
	if failed {
		http.Error(c.w, "<html>failed</html>", http.StatusServiceUnavailable)
	}
	return failed
}
