package ask

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
)

// TestManyAsk has fifty people ask at once of an engine that remembers, and holds
// each answer against that of one that has read nothing yet.
func TestManyAsk(t *testing.T) {
	e, _ := testWorld(t)
	questions := []string{
		"latest on Armenia and India", "what did Armenia's prime minister say", "timeline of Armenia and India",
		"how many articles on radars", "how much is the radar contract worth", "what do the radars cost", "how many lorries sailed", "ferry Marduk", "dhows", "Brazil and Chile",
		"compare Armenia–India with Iran–India", "who said what on Armenia", "arms trade", "Iran", "zebra", "Armenia last year",
	}
	want := make([]string, len(questions))
	for i, q := range questions {
		fresh := &Engine{Archive: e.Archive, Actors: e.Actors, Themes: e.Themes}
		want[i] = inWords(t, fresh, q)
	}
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			n := i % len(questions)
			if got := inWords(t, e, questions[n]); got != want[n] {
				t.Errorf("%s:\n%s\nwant\n%s", questions[n], got, want[n])
			}
		})
	}
	all.Wait()
}

// inWords is all that an answer says, and why.
func inWords(t *testing.T, e *Engine, question string) string {
	t.Helper()
	a, err := e.Answer(t.Context(), Question{Text: question}, leyla)
	if err != nil {
		t.Error(err)
		return ""
	}
	said, err := json.Marshal(a)
	if err != nil {
		t.Error(err)
	}
	return fmt.Sprintf("%s %v", said, a.Judged())
}
