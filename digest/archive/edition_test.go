package archive_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

func TestEditions(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		keep(t, a, found("a", "A", "A.", noon))
		story := indexAll(t, a, "v1", nil)[0]
		id := search(t, a, archive.Query{})[0]
		e := archive.Edition{
			Desk: "caucasus", Due: noon, Since: noon.Add(-24 * time.Hour), Until: noon.Add(time.Second), ReadTo: 1,
			Body: json.RawMessage(`{"v":1, "b": [2]}`),
			Sentences: []archive.EditionSentence{
				{N: 1, Story: story, StoryNo: 1, Article: id, Version: 1, Start: 0, End: 2, Hash: "h"},
				{N: 1, Story: story, StoryNo: 1, Article: id, Version: 1, Start: 1, End: 2, Hash: "i"},
			},
		}
		if n, err := a.SaveEdition(ctx, e); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if _, err := a.SaveEdition(ctx, e); !errors.Is(err, archive.ErrEditionExists) {
			t.Errorf("saved twice: %v", err)
		}
		second := e
		second.Due, second.Until = noon.Add(24*time.Hour), noon.Add(25*time.Hour)
		if n, err := a.SaveEdition(ctx, second); n != 2 || err != nil {
			t.Errorf("the second is %d, %v", n, err)
		}
		other := e
		other.Desk, other.Sentences, other.Body = "gulf", nil, nil
		if n, err := a.SaveEdition(ctx, other); n != 1 || err != nil {
			t.Errorf("the other desk's first is %d, %v", n, err)
		}
		e.Number = 1
		got, err := a.LastEdition(ctx, "caucasus", second.Until)
		if diff := cmp.Diff(&e, got); diff != "" || err != nil {
			t.Errorf("before the second: %v (-want +got):\n%s", err, diff)
		}
		if got, err := a.LastEdition(ctx, "caucasus", time.Time{}); err != nil || got.Number != 2 {
			t.Errorf("the last: %+v, %v", got, err)
		}
		if got, err := a.Edition(ctx, "caucasus", 1); err != nil || !got.Due.Equal(noon) {
			t.Errorf("number 1: %+v, %v", got, err)
		}
		if got, err := a.Edition(ctx, "caucasus", 3); got != nil || err != nil {
			t.Errorf("number 3: %+v, %v", got, err)
		}
		broken := second
		broken.Due, broken.Sentences = noon.Add(48*time.Hour), []archive.EditionSentence{{Article: id, Version: 7}}
		if _, err := a.SaveEdition(ctx, broken); err == nil {
			t.Error("a sentence of a version that is not there was saved")
		}
	})
}

func TestEditionsOfSeveralProcesses(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		var mu sync.Mutex
		numbers := map[int]int{}
		var all sync.WaitGroup
		for w := range 4 {
			a, err := archive.Open(ctx, dsn)
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			all.Go(func() {
				for i := range 10 {
					// Each time is due for two of the four.
					due := noon.Add(time.Duration(i*2+w%2) * time.Hour)
					n, err := a.SaveEdition(ctx, archive.Edition{Desk: "d", Due: due, Since: noon, Until: due})
					mu.Lock()
					if err == nil {
						numbers[n]++
					} else if !errors.Is(err, archive.ErrEditionExists) {
						t.Error(err)
					}
					mu.Unlock()
				}
			})
		}
		all.Wait()
		for n := 1; n <= 20; n++ {
			if numbers[n] != 1 {
				t.Errorf("number %d was given %d times", n, numbers[n])
			}
		}
		if len(numbers) != 20 {
			t.Error(fmt.Sprint("numbers ", numbers))
		}
	})
}

func TestConversations(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		for _, slots := range []string{`{"mode":"latest"}`, `{"mode": "why", "b":1}`} {
			if err := a.SaveConversation(ctx, "slack/C1/1.2", json.RawMessage(slots)); err != nil {
				t.Fatal(err)
			}
			if got, _, err := a.Conversation(ctx, "slack/C1/1.2"); string(got) != slots || err != nil {
				t.Errorf("got %s, %v; want %s", got, err, slots)
			}
		}
	})
}
