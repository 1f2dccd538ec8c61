package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"attache/bot"
	"attache/digest"
)

// Where hundreds of sources were not read, five are named and the rest counted.
func TestManySourcesNotRead(t *testing.T) {
	d := morning()
	d.Coverage.Sources, d.Coverage.NotRead = 400, nil
	d.Gaps = nil
	for i := range 300 {
		name := fmt.Sprintf("Isle feed %d", i)
		d.Coverage.NotRead = append(d.Coverage.NotRead, digest.NotRead{Source: name, Trouble: "unreachable", Since: due, Next: due})
		d.Gaps = append(d.Gaps, digest.Gap{Source: name, Trouble: "unreachable", Next: due})
	}
	var text strings.Builder
	thread := bot.Edition(d)
	for _, m := range append(thread.Replies, thread.Root) {
		for _, b := range m.Blocks {
			for _, l := range b.Lines {
				text.WriteString(l.Text + "\n")
			}
		}
	}
	if n := strings.Count(text.String(), "Isle feed"); n != 10 {
		t.Errorf("sources are named %d times, want 5 at the head and 5 among the gaps", n)
	}
	for _, want := range []string{"; and 295 others. The other 100 sources were.", "Not read either: 295 more sources."} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in:\n%s", want, text.String())
		}
	}
}
