package page

import (
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block is a paragraph, heading, list item or table row of a body.
type block struct {
	text string
	kind atom.Atom // P, Li, H2 (any heading), Blockquote, Tr, Pre
}

// findBody prunes the page and returns the article's body. Where that seems to
// have cost most of it, two readings of the untouched page are asked; if they
// agree with each other, they are right.
func (f *facts) findBody(page, title string) []block {
	dropHead(f.doc)
	f.noteCredits()
	f.noteByLines()
	all := paragraphSize(f.doc)
	prune(f.doc, title)
	plain := paragraphs(f.doc)
	blocks := extract(f.doc, f.base)
	if short := blocksSize(plain); short > 0 && short < shortPage && glued(blocks, plain) {
		return plain
	}
	if found := blocksSize(blocks); found > 300 && 10*found >= 6*all {
		return blocks
	}
	second, third := secondOpinions(page, f.base)
	a, b := blocksSize(second), blocksSize(third)
	if headlines(second) {
		return blocks
	}
	if agreeing := min(a, b)*10 > max(a, b)*7; agreeing && 10*blocksSize(blocks) < 6*min(a, b) {
		return second
	}
	return blocks
}

// shortPage is the size in bytes below which the extractor takes a page for no
// article, and falls back on all of its text in one piece, or twice.
const shortPage = 800

// paragraphs are the paragraphs of a page as they stand.
func paragraphs(doc *html.Node) []block {
	var blocks []block
	for _, p := range elements(doc, atom.P) {
		blocks = append(blocks, blocksOf(p)...)
	}
	return blocks
}

// glued reports whether blocks run paragraphs together.
func glued(blocks, paragraphs []block) bool {
	for _, b := range blocks {
		for _, p := range paragraphs {
			if len(b.text) > len(p.text) && strings.Contains(b.text, p.text) {
				return true
			}
		}
	}
	return false
}

// headlines reports whether blocks are hardly more than a list of titles.
func headlines(blocks []block) bool {
	total, titles := 0, 0
	for _, b := range blocks {
		total += len(b.text)
		if b.kind != atom.Tr && len(b.text) < 120 && !stopped.MatchString(b.text) {
			titles += len(b.text)
		}
	}
	return 10*titles > 7*total
}

func secondOpinions(page string, base *url.URL) (one, two []block) {
	if doc, err := parse(page); err == nil {
		one = extract(doc, base)
	}
	if doc, err := parse(page); err == nil {
		parser := readability.NewParser()
		if article, err := parser.ParseDocument(doc, base); err == nil && article.Node != nil {
			two = blocksOf(article.Node)
		}
	}
	return one, two
}

func extract(doc *html.Node, base *url.URL) []block {
	result, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL:     base,
		Focus:           trafilatura.FavorRecall,
		ExcludeComments: true,
		HtmlDateMode:    trafilatura.Disabled,
	})
	if err != nil || result.ContentNode == nil {
		return nil
	}
	return blocksOf(result.ContentNode)
}

// blocksOf cuts a tree into its blocks, in order.
func blocksOf(root *html.Node) []block {
	var blocks []block
	var run strings.Builder
	kind := atom.P
	flush := func() {
		for part := range strings.SplitSeq(run.String(), "\x00") {
			if line := strings.Join(strings.Fields(part), " "); line != "" {
				blocks = append(blocks, block{line, kind})
			}
		}
		run.Reset()
	}
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.ElementNode {
			n.DataAtom = atom.Lookup([]byte(n.Data)) // the extractor doesn't set it
		}
		switch {
		case n.Type == html.TextNode:
			run.WriteString(n.Data)
			return
		case is(n, atom.Br):
			if strings.HasSuffix(run.String(), "\n") {
				run.WriteString("\x00")
			}
			run.WriteString("\n")
			return
		case is(n, atom.Td, atom.Th):
			run.WriteByte(' ')
		case kind == atom.Tr && n.Type == html.ElementNode:
			run.WriteByte(' ')
		case n.Type == html.ElementNode && !inline(n):
			flush()
			outer := kind
			kind = blockKind(n, kind)
			defer func() { flush(); kind = outer }()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(root)
	flush()
	return blocks
}

// maxRow is the size of a table's longest row that is one line of figures or
// words. Longer ones hold paragraphs: the table is there for the layout.
const maxRow = 300

func blockKind(n *html.Node, outer atom.Atom) atom.Atom {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return atom.H2
	case atom.Li, atom.Blockquote, atom.Pre:
		return n.DataAtom
	case atom.Tr:
		if size(n) < maxRow {
			return atom.Tr
		}
	case atom.P, atom.Div:
		return outer
	}
	return atom.P
}

func blocksSize(blocks []block) int {
	total := 0
	for _, b := range blocks {
		total += len(b.text)
	}
	return total
}

func joinBlocks(blocks []block) string {
	lines := make([]string, len(blocks))
	for i, b := range blocks {
		lines[i] = b.text
	}
	return strings.Join(lines, "\n\n")
}
