package bot

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// Two people ask at once in one thread, on two replicas: both are answered, and
// the thread goes on from both.
func TestAskedAtOnce(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		c := newChat(t, a)
		c.news()
		c.ask("Leyla", "root", "latest on Azerbaijan–Israel")
		c.heard()
		c.handlers = append(c.handlers, c.replica())
		var group sync.WaitGroup
		for i, text := range []string{"and on energy?", "and on energy?", "since yesterday?", "since yesterday?"} {
			group.Go(func() {
				err := c.handlers[i%2].Handle(context.Background(), Request{
					ID: fmt.Sprintf("slack/both%d", i/2), Kind: Said, At: c.now, Place: channel1, Thread: "root", Message: "m", Text: text, Addressed: true,
					Person: person([]string{"Leyla", "Rustam"}[i/2]), Reply: func(context.Context, Message) error { return nil },
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		c.ask("Murad", "root", "and from Strait Wire?")
		var heads []string
		for _, p := range c.posted[c.told:] {
			heads = append(heads, p.message.Blocks[0].Title+" · "+p.message.Blocks[0].Lines[0].Text)
		}
		if len(heads) != 3 {
			t.Fatalf("%d answers: %q", len(heads), heads)
		}
		has(t, heads[2], "Azerbaijan–Israel · energy", "Strait Wire", "23 Nov 00:00 to now")
	})
}

// A request that comes twice is answered once, on whatever replica.
func TestRepeated(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		c := newChat(t, a)
		c.news()
		c.handlers = append(c.handlers, c.replica())
		r := c.ask("Leyla", "root", "latest on Azerbaijan–Israel")
		c.do(r)
		c.do(r)
		if len(c.posted) != 1 || len(c.said) != 0 {
			t.Errorf("%d posted, %d said", len(c.posted), len(c.said))
		}
		command := c.do(Request{Kind: Invoked, Person: person("Leyla"), Command: "latest", Text: "Armenia"})
		c.do(command)
		if len(c.said) != 1 {
			t.Errorf("%d said", len(c.said))
		}
	})
}
