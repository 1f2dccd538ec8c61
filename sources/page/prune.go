package page

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// furniture are words in the class or id of what stands on a page beside an
// article's text. A word in pairs counts only after the one before it.
var furniture = map[string]bool{
	"related": true, "recommended": true, "recommendation": true, "recommendations": true, "recirc": true, "recirculation": true, "promo": true, "promos": true,
	"promotion": true, "newsletter": true, "newsletters": true, "subscribe": true, "subscription": true, "signup": true, "share": true, "sharing": true, "shares": true, "sharebar": true,
	"sharedaddy": true, "addtoany": true, "social": true, "socials": true, "comment": true, "comments": true, "disqus": true, "respond": true, "commentlist": true, "sidebar": true, "breadcrumb": true,
	"breadcrumbs": true, "advert": true, "adverts": true, "advertisement": true, "advertising": true, "adsbygoogle": true, "ad": true, "ads": true, "sponsor": true, "sponsored": true, "ticker": true,
	"trending": true, "popular": true, "mostread": true, "outbrain": true, "taboola": true, "cookie": true, "cookies": true, "consent": true, "pagination": true,
	"toolbar": true, "toolbox": true, "tools": true, "byline": true, "bylines": true, "caption": true, "captions": true, "figcaption": true, "credits": true, "nav": true, "navigation": true, "menu": true,
	"footer": true, "copyright": true, "tags": true, "taglist": true, "keywords": true, "timestamp": true, "popup": true, "modal": true, "overlay": true,
	"printfriendly": true, "paywall": true, "readmore": true, "jp": true, "gallery": true, "slideshow": true, "carousel": true, "infobox": true, "hidden": true, "noprint": true, "skip": true,
	"biography": true, "disclaimer": true, "rating": true, "ratings": true, "poll": true, "donate": true, "donation": true, "masthead": true, "inread": true, "membership": true, "upsell": true, "tooltip": true, "popover": true, "hovercard": true, "topics": true, "syndication": true, "zergnet": true, "wp-caption": true,
}

// furniturePairs are two words that together name such a thing.
var furniturePairs = map[string]bool{
	"author bio": true, "author box": true, "about author": true, "author info": true, "author profile": true, "author description": true, "bio box": true, "read more": true, "more info": true, "more from": true, "also read": true, "read also": true, "see also": true, "read next": true,
	"most read": true, "most popular": true, "sign up": true, "call action": true, "post meta": true, "entry meta": true, "article meta": true, "meta data": true, "story meta": true, "article tags": true, "post tags": true, "entry tags": true, "story tags": true,
	"tag list": true, "post footer": true, "entry footer": true, "article footer": true, "next post": true, "post nav": true, "prev next": true, "image credit": true, "photo credit": true, "follow us": true, "app download": true, "key points": true, "print only": true, "screen reader": true, "sr only": true, "visually hidden": true,
	"article info": true, "article date": true, "article author": true, "pub date": true, "post date": true, "entry date": true, "posted on": true, "article summary": true, "story summary": true, "bullet summary": true, "top stories": true, "latest news": true, "more stories": true, "more news": true, "rollover block": true,
}

// keptShare is the share of the page's paragraphs in an element above which its
// class is not believed: pages name whole columns "with-sidebar".
const keptShare = .3

// prune takes out of the tree what is known not to be an article's text, and
// puts what is left into a shape that the extractor reads without joining or
// losing words: inline elements are unwrapped, and runs of text in a box become
// paragraphs.
func prune(doc *html.Node, title string) {
	total := paragraphSize(doc)
	keepForms(doc, total)
	dropFurniture(doc, total)
	dropBeforeHeadline(doc, title)
	dropPromotions(doc)
	dropLinkBlocks(doc)
	for _, quote := range elements(doc, atom.Blockquote) {
		quote.Attr = nil // the extractor drops posts of other sites by their class
	}
	unwrapInline(doc)
	wrapRuns(doc)
	mergeBoxes(doc)
}

func dropHead(doc *html.Node) {
	walk(doc, func(n *html.Node) bool {
		if n.Type == html.CommentNode || is(n, atom.Script, atom.Style, atom.Template, atom.Svg, atom.Iframe, atom.Button, atom.Nav, atom.Select, atom.Textarea, atom.Input, atom.Figcaption, atom.Link, atom.Meta, atom.Dialog) {
			remove(n)
			return false
		}
		return true
	})
}

// paragraphSize is the size of the text in paragraphs; of all text on a page
// that has hardly any.
func paragraphSize(n *html.Node) int {
	total := 0
	for _, p := range elements(n, atom.P) {
		total += size(p)
	}
	if all := size(n); total < all/8 {
		return all
	}
	return total
}

// keepForms saves what some systems wrap into one form: the whole page.
func keepForms(doc *html.Node, total int) {
	for _, form := range elements(doc, atom.Form, atom.Fieldset) {
		if form.Parent != nil && 2*size(form) > total {
			form.Data, form.DataAtom = "div", atom.Div
		}
	}
}

func dropFurniture(doc *html.Node, total int) {
	walk(doc, func(n *html.Node) bool {
		if n.Type != html.ElementNode || is(n, atom.Html, atom.Body, atom.Main) {
			return true
		}
		if !isFurniture(n) || float64(paragraphsIn(n)) > keptShare*float64(total) {
			return true
		}
		remove(n)
		return false
	})
}

func paragraphsIn(n *html.Node) int {
	total := 0
	for _, p := range elements(n, atom.P) {
		total += size(p)
	}
	return max(total, size(n)/4)
}

var invisible = regexp.MustCompile(`(?i)display:\s*none`)

func isFurniture(n *html.Node) bool {
	if invisible.MatchString(attr(n, "style")) || attr(n, "role") == "navigation" || attr(n, "role") == "complementary" || strings.Contains(attr(n, "rel"), "tag") {
		return true
	}
	if is(n, atom.A, atom.Strong, atom.Em, atom.B, atom.I) && n.Parent != nil && is(n.Parent, atom.P) {
		return false
	}
	if len(elements(n, atom.Blockquote)) > 0 && strings.Contains(attr(n, "class"), "embed") {
		return false // another site's post, shown in the text
	}
	words := nameWords(n)
	for i, word := range words {
		if furniture[word] || i > 0 && furniturePairs[words[i-1]+" "+word] {
			return true
		}
	}
	return false
}

// dropBeforeHeadline takes out what stands before the headline, if the bulk of
// the text follows it: navigation, blurbs about the outlet, teasers.
func dropBeforeHeadline(doc *html.Node, title string) {
	headline := findHeadline(doc, title)
	if headline == nil {
		return
	}
	before, after, seen := 0, 0, false
	walk(doc, func(n *html.Node) bool {
		seen = seen || n == headline
		switch {
		case is(n, atom.A, atom.Ul, atom.Ol):
			return false
		case n.Type == html.TextNode && seen:
			after += len(strings.TrimSpace(n.Data))
		case n.Type == html.TextNode:
			before += len(strings.TrimSpace(n.Data))
		}
		return true
	})
	if after < 2*before || after < 2*minText {
		return
	}
	for n := headline; n.Parent != nil && !is(n, atom.Body); n = n.Parent {
		for s := n.PrevSibling; s != nil; s = n.PrevSibling {
			remove(s)
		}
	}
}

// findHeadline returns the element that shows the title: a heading, if one does.
func findHeadline(doc *html.Node, title string) (found *html.Node) {
	own := letters(title)
	if own == "" {
		return nil
	}
	for _, h := range elements(doc, atom.H1, atom.H2) {
		if letters(content(h)) == own {
			return h
		}
	}
	walk(doc, func(n *html.Node) bool {
		if found == nil && n.Type == html.TextNode && len(n.Data) < 2*len(title)+40 && letters(n.Data) == own && !is(n.Parent, atom.Title) {
			found = n.Parent
		}
		return found == nil
	})
	return found
}

var (
	promotion = regexp.MustCompile(`(?i)^[\s*•▶►>|–—-]*(?:related|read more|read also|also read|see also|read next|read|more|must read|further reading|recommended|don['’]t miss|watch|watch also|listen|editor['’]s pick|trending|in pictures|opinion|explainer|you may also like|you might also like|related (?:story|stories|article|articles|news|coverage|content|topics|posts?|links?|video))\s*[:>»|–—]+\s*$`)
	endsLine  = regexp.MustCompile(`[.!?…:"”’)\]]\s*$`)
)

// dropPromotions takes out links to other articles in the middle of a text:
// "Related: Some Headline", however the label and the link are marked up.
func dropPromotions(doc *html.Node) {
	for _, a := range elements(doc, atom.A) {
		label := labelBefore(a)
		if label == nil || !promotion.MatchString(lastLabel(label.Data)) {
			continue
		}
		label.Data = strings.TrimSuffix(strings.TrimRight(label.Data, " \t\n\u00a0"), strings.TrimRight(lastLabel(label.Data), " \t\n\u00a0"))
		remove(a)
	}
}

// labelBefore returns the text node just before an element, on the same line.
func labelBefore(a *html.Node) *html.Node {
	looked := 0
	for n := a; n != nil && inline(n); n = n.Parent {
		for s := n.PrevSibling; s != nil; s = s.PrevSibling {
			if looked++; !inline(s) || looked > 5 {
				return nil
			}
			if last := lastText(s); last != nil {
				return last
			}
		}
		if n.Parent == nil || !inline(n.Parent) {
			break
		}
	}
	return nil
}

func lastText(n *html.Node) (last *html.Node) {
	walk(n, func(n *html.Node) bool {
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			last = n
		}
		return true
	})
	return last
}

// lastLabel is what follows the last full sentence in a text.
func lastLabel(s string) string {
	if i := strings.LastIndexAny(strings.TrimRight(s, ": \u00a0»>|–—\n\t"), ".!?”\"\n"); i >= 0 {
		_, width := splitRune(s[i:])
		return s[i+width:]
	}
	return s
}

func splitRune(s string) (r rune, width int) {
	for i := range s {
		if i > 0 {
			return r, i
		}
		r = rune(s[0])
	}
	return r, len(s)
}

// dropLinkBlocks takes out boxes and lists that are nearly all links.
func dropLinkBlocks(doc *html.Node) {
	walk(doc, func(n *html.Node) bool {
		if !is(n, atom.Div, atom.Section, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.P, atom.Aside, atom.H2, atom.H3, atom.H4) {
			return true
		}
		links, all := linkSize(n), size(n)
		count := len(elements(n, atom.A))
		listed := is(n, atom.Ul, atom.Ol) && count > 2 && links*10 > all*6 && count >= len(elements(n, atom.Li))
		if listed || all > 0 && links*10 > all*8 && (count > 1 || is(n, atom.H2, atom.H3, atom.H4, atom.P) && all > 25) {
			remove(n)
			return false
		}
		return true
	})
}

func linkSize(n *html.Node) int {
	total := 0
	for _, a := range elements(n, atom.A) {
		total += size(a)
	}
	return total
}

// unwrapInline joins the text of inline elements with what surrounds it.
func unwrapInline(doc *html.Node) {
	for _, n := range slices.Backward(elements(doc, atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Big, atom.Cite, atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I,
		atom.Ins, atom.Mark, atom.S, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Wbr, atom.Label, atom.Code, atom.Kbd, atom.Q, atom.Address, atom.Center)) {
		if n.Parent == nil || hasBlock(n) {
			continue
		}
		unwrap(n)
	}
	walk(doc, func(n *html.Node) bool {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode && c.NextSibling != nil && c.NextSibling.Type == html.TextNode {
				joinText(c)
			}
		}
		return true
	})
}

// joinText takes the text nodes that follow one into it.
func joinText(first *html.Node) {
	var b strings.Builder
	b.WriteString(first.Data)
	for s := first.NextSibling; s != nil && s.Type == html.TextNode; s = first.NextSibling {
		b.WriteString(s.Data)
		first.Parent.RemoveChild(s)
	}
	first.Data = b.String()
}

func hasBlock(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !is(c, atom.Br, atom.Img) {
			return true
		}
	}
	return false
}
