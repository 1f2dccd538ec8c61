package webhooktest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// send posts a key some times, and gives the status of each answer; 0 for none.
func send(t *testing.T, url, key string, times int) (codes []int) {
	t.Helper()
	for range times {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(fmt.Sprintf(`{"key":%q}`, key)))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Idempotency-Key", key)
		req.GetBody = nil
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			codes = append(codes, 0)
			continue
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
		codes = append(codes, res.StatusCode)
	}
	return codes
}

func serve(t *testing.T, r *Receiver) string {
	t.Helper()
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	return server.URL
}

// TestSeed: what happens to a key follows from the seed, whatever else comes when.
func TestSeed(t *testing.T) {
	b := Behaviour{Seed: 7, Refuse: .1, Busy: .2, FailBefore: .2, FailAfter: .2}
	forward, backward := New(b), New(b)
	urls := [2]string{serve(t, forward), serve(t, backward)}
	got := [2]map[string][]int{{}, {}}
	keys := make([]string, 40)
	for i := range keys {
		keys[i] = fmt.Sprintf("k%d", i)
	}
	for _, k := range keys {
		got[0][k] = send(t, urls[0], k, 4)
	}
	slices.Reverse(keys)
	for _, k := range keys {
		got[1][k] = send(t, urls[1], k, 4)
	}
	if diff := cmp.Diff(got[0], got[1]); diff != "" {
		t.Error(diff)
	}
	acts := forward.State().Acts
	for _, act := range []Act{Store, Refuse, Busy, FailBefore, LoseBefore, FailAfter, LoseAfter} {
		if acts[act] == 0 {
			t.Errorf("in 160 attempts nothing of %q: %v", act, acts)
		}
	}
	b.Seed = 8
	other := New(b)
	url := serve(t, other)
	for _, k := range keys {
		send(t, url, k, 4)
	}
	if cmp.Equal(other.State().Acts, acts) {
		t.Error("another seed does the same")
	}
}

// TestState: doubles are doubles, unless the receiver drops them; all of it can be
// read as JSON.
func TestState(t *testing.T) {
	for _, dedupe := range []bool{false, true} {
		r := New(Behaviour{Dedupe: dedupe, Script: []Act{LoseAfter, Busy, Store, Refuse}})
		url := serve(t, r)
		if diff := cmp.Diff([]int{0, 429, 200, 422}, send(t, url, "a", 4)); diff != "" {
			t.Error(diff)
		}
		res, err := http.Get(url + StatePath) //nolint:noctx // to loopback
		if err != nil {
			t.Fatal(err)
		}
		var s State
		err = json.NewDecoder(res.Body).Decode(&s)
		_ = res.Body.Close()
		want := []string{"a", "a"}
		if dedupe {
			want = want[:1]
		}
		if err != nil || !slices.Equal(s.Keys(), want) || !slices.Equal(s.Refused, []string{"a"}) || s.Attempts["a"] != 4 {
			t.Errorf("%+v, %v", s, err)
		}
	}
}
