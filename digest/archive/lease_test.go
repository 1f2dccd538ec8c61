package archive_test

import (
	"testing"
	"time"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

func TestLease(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		take := func(holder string, lasts time.Duration, want bool) {
			t.Helper()
			if held, err := a.Lease(t.Context(), "gateway", holder, lasts); held != want || err != nil {
				t.Errorf("%s: %v, %v", holder, held, err)
			}
		}
		take("one", time.Hour, true)
		take("other", time.Hour, false)
		take("one", time.Hour, true)
		if held, err := a.Lease(t.Context(), "another", "other", time.Hour); !held || err != nil {
			t.Errorf("a lease of another name: %v, %v", held, err)
		}
		if err := a.Release(t.Context(), "gateway", "other"); err != nil {
			t.Error(err)
		}
		take("other", time.Hour, false)
		if err := a.Release(t.Context(), "gateway", "one"); err != nil {
			t.Error(err)
		}
		take("other", -time.Second, true) // it is over at once
		take("one", time.Hour, true)
		take("other", time.Hour, false)
	})
}
