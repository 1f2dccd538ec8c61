package slack

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestBreathe: connections that are closed at once don't come in a storm, and one that
// lasted is followed at once.
func TestBreathe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &socket{}
		brief := 0
		for i, want := range []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 30 * time.Second, 30 * time.Second} {
			began := time.Now()
			brief = s.breathe(t.Context(), began, brief)
			if got := time.Since(began); got != want {
				t.Errorf("after %d: %v; want %v", i, got, want)
			}
		}
		began := time.Now()
		time.Sleep(2 * time.Minute)
		if brief = s.breathe(t.Context(), began, brief); brief != 0 || time.Since(began) != 2*time.Minute {
			t.Errorf("%d brief ones, %v", brief, time.Since(began))
		}
	})
}
