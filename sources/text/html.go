package text

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FromHTML turns a fragment of HTML, as feeds carry it, into stored text.
func FromHTML(fragment string) string {
	if !strings.ContainsAny(fragment, "<&") {
		return Clean(fragment)
	}
	if !strings.Contains(fragment, "<") { // escaped once more than it should be
		fragment = html.UnescapeString(fragment)
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	hidden := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return Clean(b.String())
		case html.TextToken:
			if hidden == 0 {
				b.WriteString(strings.Join(strings.FieldsFunc(" "+string(z.Text())+" ", isNewline), " "))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			t := z.Token()
			if isHidden(t.DataAtom) && t.Type != html.SelfClosingTagToken {
				hidden += map[bool]int{true: 1, false: -1}[t.Type == html.StartTagToken]
				hidden = max(0, hidden)
			}
			b.WriteString(gap(t.DataAtom))
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

func isNewline(r rune) bool { return r == '\n' || r == '\r' }

func isHidden(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Svg:
		return true
	}
	return false
}

// gap is what a tag puts between the words around it.
func gap(a atom.Atom) string {
	switch a {
	case atom.P, atom.Div, atom.Br, atom.Li, atom.Ul, atom.Ol, atom.Blockquote, atom.Table, atom.Tr,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article, atom.Figure, atom.Hr, atom.Pre:
		return "\n\n"
	case atom.Td, atom.Th:
		return " "
	}
	return ""
}
