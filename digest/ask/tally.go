package ask

import (
	"fmt"
	"strings"
)

// countLines is the most articles that a count lists.
const countLines = 8

// writeCount says how many articles there are, copies left out, and shows them:
// one line an article.
func (f *findings) writeCount() {
	if len(f.fit) == 0 {
		return
	}
	origins := 0
	for _, t := range f.stories {
		origins += len(t.origins)
	}
	text := plural(len(f.fit), "article") + " without copies"
	if f.all > len(f.fit) {
		text += fmt.Sprintf(" (%d with them)", f.all)
	}
	text += " · " + plural(len(f.stories), "story") + " · " + plural(origins, "origin")
	f.add(Line{Kind: Counted, Text: text})
	f.order()
	for _, t := range f.stories {
		for i, c := range t.fit {
			line, ok := f.line(c, t)
			if !ok || len(f.answer.Lines) > countLines {
				continue
			}
			if i == 0 {
				line.Figures = f.differences(t, c)
			}
			f.add(line)
		}
	}
	f.answer.Searched.Shown = len(f.stories)
}

// plural is "1 story", "2 stories".
func plural(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "y"):
		noun = noun[:len(noun)-1] + "ies"
	default:
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
