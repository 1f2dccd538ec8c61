package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walk visits a tree in document order; below a node for which visit returns
// false it does not go. A visited node may be removed, but not its next sibling.
func walk(n *html.Node, visit func(*html.Node) bool) {
	if !visit(n) {
		return
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		walk(c, visit)
		c = next
	}
}

// elements returns a tree's elements of the tags given, in document order.
func elements(n *html.Node, tags ...atom.Atom) []*html.Node {
	var found []*html.Node
	walk(n, func(n *html.Node) bool {
		if is(n, tags...) {
			found = append(found, n)
		}
		return true
	})
	return found
}

func is(n *html.Node, tags ...atom.Atom) bool {
	if n.Type != html.ElementNode {
		return false
	}
	for _, tag := range tags {
		if n.DataAtom == tag {
			return true
		}
	}
	return false
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// unwrap puts an element's children in its place.
func unwrap(n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

// content returns the text of a tree, white space folded; where a block begins
// or ends, words are kept apart.
func content(n *html.Node) string {
	var b strings.Builder
	walk(n, func(n *html.Node) bool {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case is(n, atom.Script, atom.Style, atom.Noscript, atom.Template):
			return false
		case n.Type == html.ElementNode && !inline(n):
			b.WriteByte(' ')
		}
		return true
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// spaced returns the text of a tree with all its elements' texts kept apart, for
// short marked-up lines in which style alone parts the words.
func spaced(n *html.Node) string {
	var b strings.Builder
	walk(n, func(n *html.Node) bool {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		} else {
			b.WriteByte(' ')
		}
		return !is(n, atom.Script, atom.Style, atom.Noscript, atom.Template)
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// size is the number of bytes of text in a tree that are not white space.
func size(n *html.Node) int {
	total := 0
	walk(n, func(n *html.Node) bool {
		if n.Type == html.TextNode {
			for _, word := range strings.Fields(n.Data) {
				total += len(word)
			}
		}
		return !is(n, atom.Script, atom.Style, atom.Noscript, atom.Template)
	})
	return total
}

func inline(n *html.Node) bool {
	return n.Type == html.TextNode || is(n, atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big,
		atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Mark,
		atom.Q, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time,
		atom.Tt, atom.U, atom.Var, atom.Wbr, atom.Label)
}

// nameWords returns the words that an element's class and id are made of, in
// lower case: "relatedPosts js-share-bar" is related, posts, js, share, bar.
func nameWords(n *html.Node) []string {
	var words []string
	for _, name := range []string{attr(n, "class"), attr(n, "id")} {
		start := 0
		runes := []rune(name)
		flush := func(end int) {
			if end > start {
				words = append(words, strings.ToLower(string(runes[start:end])))
			}
		}
		for i, r := range runes {
			switch {
			case !unicode.IsLetter(r):
				flush(i)
				start = i + 1
			case unicode.IsUpper(r) && i > start && unicode.IsLower(runes[i-1]):
				flush(i)
				start = i
			}
		}
		flush(len(runes))
	}
	return words
}

// ancestors reports whether an element or one above it satisfies a condition.
func ancestors(n *html.Node, condition func(*html.Node) bool) bool {
	for ; n != nil; n = n.Parent {
		if condition(n) {
			return true
		}
	}
	return false
}
