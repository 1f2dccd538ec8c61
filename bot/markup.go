package bot

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Words are a line in a platform's mark-up: what is not broken, with a space between
// any two.
type Words []string

// after writes a text right behind a line.
func (w Words) after(s string) Words {
	if len(w) == 0 {
		return Words{s}
	}
	w = slices.Clone(w)
	w[len(w)-1] += s
	return w
}

// Markup is how a platform writes the lines of a message.
type Markup struct {
	Literal func(s string) string                 // foreign text, so that it is read as it stands
	Link    func(text string, to *url.URL) string // a text that leads to a page; literal for nil
	Bold    string                                // stands before and after what stands out
	Bullet  string                                // stands before an entry of a list
	Whole   int                                   // the most units of a name that stands in its link, and of a label that is bold: these are never broken
}

// Words are a literal text as it may be broken.
func (k Markup) Words(s string) Words {
	s = k.Literal(s)
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return strings.Split(s, " ")
}

// Strong is fixed words that stand out.
func (k Markup) Strong(s string) Words {
	s = strings.TrimSpace(k.Literal(s))
	switch {
	case s == "":
		return nil
	case Units(s) > k.Whole:
		return strings.Split(s, " ")
	}
	return Words{k.Bold + s + k.Bold}
}

// Line is a line of a message: its label, its words, where they stand, and what was
// counted.
func (k Markup) Line(m *Message, l *Line) Words {
	w := k.Words(l.Text)
	switch {
	case l.Label != "" && w == nil:
		w = k.Strong(l.Label)
	case l.Label != "":
		w = append(append(k.Strong(l.Label), "·"), w...)
	}
	if l.Cite > 0 {
		w = append(w, k.source(m.Citation(l.Cite), l)...)
	}
	for _, mark := range l.Marks {
		w = append(w.after(","), k.Words(mark)...)
	}
	if l.Tail != "" {
		w = append(append(w, "·"), k.Words(l.Tail)...)
	}
	if l.Bullet {
		w = append(Words{k.Bullet}, w...)
	}
	return w
}

// source is where a line stands: the outlet of a sentence and its number, which leads
// to the article's page and nowhere else.
func (k Markup) source(c Citation, l *Line) Words {
	number := fmt.Sprintf("[%d]", l.Cite)
	if l.Kind != Reported {
		return Words{k.Link(number, c.Page())}
	}
	if name := c.Outlet + " " + number; Units(k.Literal(name)) <= k.Whole {
		return Words{k.Link(name, c.Page())}
	}
	return append(k.Words(c.Outlet), k.Link(number, c.Page()))
}
