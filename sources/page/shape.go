package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// minRun is the size of a run of text in a box that makes its runs paragraphs.
const minRun = 80

// wrapRuns makes paragraphs of the runs of text that stand loose in a box,
// parted by double line breaks or by blocks.
func wrapRuns(doc *html.Node) {
	for _, box := range elements(doc, atom.Div, atom.Section, atom.Article, atom.Td, atom.Body, atom.Main, atom.Center, atom.P, atom.Span, atom.Font) {
		if box.Parent == nil || is(box, atom.P) && !hasDoubleBreak(box) {
			continue
		}
		runs := looseRuns(box)
		long := false
		for _, run := range runs {
			long = long || runSize(run) >= minRun
		}
		if !long {
			continue
		}
		for _, run := range runs {
			wrap(box, run)
		}
		if is(box, atom.P, atom.Span, atom.Font) {
			box.Data, box.DataAtom = "div", atom.Div
		}
	}
}

func hasDoubleBreak(n *html.Node) bool {
	breaks := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case is(c, atom.Br):
			breaks++
		case c.Type != html.TextNode || strings.TrimSpace(c.Data) != "":
			breaks = 0
		}
		if breaks > 1 {
			return true
		}
	}
	return false
}

// looseRuns returns the runs of text, with single breaks in them, among the
// children of a box.
func looseRuns(box *html.Node) [][]*html.Node {
	var runs [][]*html.Node
	var run []*html.Node
	breaks := 0
	flush := func() {
		if runSize(run) > 0 {
			runs = append(runs, run)
		}
		run, breaks = nil, 0
	}
	for c := box.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case is(c, atom.Br):
			if breaks++; breaks > 1 {
				flush()
			} else if len(run) > 0 {
				run = append(run, c)
			}
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
		case inline(c):
			run, breaks = append(run, c), 0
		default:
			flush()
		}
	}
	flush()
	return runs
}

func runSize(run []*html.Node) int {
	total := 0
	for _, n := range run {
		total += size(n)
	}
	return total
}

func wrap(box *html.Node, run []*html.Node) {
	p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
	box.InsertBefore(p, run[0])
	for _, n := range run {
		if is(n, atom.Br) {
			n = &html.Node{Type: html.TextNode, Data: "\n"}
		} else {
			box.RemoveChild(n)
		}
		p.AppendChild(n)
	}
}

// mergeBoxes puts together a body that is split over boxes of one class, with
// advertisements between, since the extractor takes one box.
func mergeBoxes(doc *html.Node) {
	total := 0
	boxes := map[string][]*html.Node{}
	var order []string
	for _, n := range elements(doc, atom.Div, atom.Section) {
		own := ownParagraphs(n)
		total += own
		class := attr(n, "class")
		if own == 0 || class == "" {
			continue
		}
		if _, ok := boxes[class]; !ok {
			order = append(order, class)
		}
		boxes[class] = append(boxes[class], n)
	}
	for _, class := range order {
		group := boxes[class]
		size := 0
		for _, n := range group {
			size += ownParagraphs(n)
		}
		if len(group) < 2 || 2*size < total || nested(group) {
			continue
		}
		for _, n := range group[1:] {
			for c := n.FirstChild; c != nil; c = n.FirstChild {
				n.RemoveChild(c)
				group[0].AppendChild(c)
			}
			remove(n)
		}
		return
	}
}

func ownParagraphs(n *html.Node) int {
	total := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if is(c, atom.P) {
			total += size(c)
		}
	}
	return total
}

func nested(group []*html.Node) bool {
	for _, n := range group[1:] {
		if ancestors(n.Parent, func(a *html.Node) bool { return a == group[0] }) {
			return true
		}
	}
	return false
}
