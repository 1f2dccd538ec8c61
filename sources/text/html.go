package text

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FromHTML makes a fragment of HTML, such as a feed's summary, fit to be stored,
// by the rules of [Clean]: blocks are paragraphs, scripts and styles are out.
// A fragment whose tags were escaped once more is read through.
func FromHTML(fragment string) string {
	s := spoken(fragment)
	if escaped(s) {
		s = spoken(s)
	}
	return Clean(s)
}

// Plain makes a text fit to be stored of which nobody said whether it is HTML:
// what holds tags is read as that, and anything else is left as [Clean] leaves it.
func Plain(s string) string {
	block, tags := tagged(s)
	switch {
	case block:
		return FromHTML(s)
	case tags: // a plain text's paragraphs, with a tag here and there
		return FromHTML(strings.ReplaceAll(s, "\n\n", "<p>"))
	}
	if c := Clean(s); !escaped(c) {
		return c
	}
	return FromHTML(s)
}

// tagged reports whether a text holds tags of HTML, and those of blocks.
func tagged(s string) (block, tags bool) {
	if !strings.Contains(s, "<") {
		return false, false
	}
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return false, tags
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			if parting(tag) != "" {
				return true, true
			}
			tags = tags || tag != 0
		}
	}
}

// spoken is the text of a fragment, a line feed for each line and two for each
// block.
func spoken(fragment string) string {
	if !strings.ContainsAny(fragment, "<&") {
		return fragment
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	var skipping atom.Atom
	var unseen veil
	for {
		switch z.Next() {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				return b.String() // the tokenizer's buffer is exceeded: never, without a limit
			}
			return b.String()
		case html.TextToken:
			if skipping == 0 && unseen.depth == 0 {
				b.WriteString(folded(string(z.Text())))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			unseen.begin(string(name), more && hides(z))
			if skipping == 0 && silent(tag) {
				skipping = tag
			}
			b.WriteString(parting(tag))
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			if tag == skipping {
				skipping = 0
			}
			unseen.end(string(name))
			if tag != atom.Br {
				b.WriteString(parting(tag))
			}
		}
	}
}

// veil is over what a reader of the page does not see: from an element that hides
// what it holds to its end.
type veil struct {
	tag   string // the name of the element that hides
	depth int    // how many of that name are open; 0 where all is seen
}

// begin notes that an element begins. A paragraph or a list's item ends where the
// next block begins, though nothing says so.
func (v *veil) begin(name string, hidden bool) {
	if (v.tag == "p" || v.tag == "li") && parting(atom.Lookup([]byte(name))) == "\n\n" {
		v.depth = 0
	}
	switch {
	case v.depth > 0 && name == v.tag:
		v.depth++
	case v.depth == 0 && hidden && !void(atom.Lookup([]byte(name))):
		v.tag, v.depth = name, 1
	}
}

func (v *veil) end(name string) {
	if v.depth > 0 && name == v.tag {
		v.depth--
	}
}

// void reports whether an element holds nothing, and has no end.
func void(tag atom.Atom) bool {
	switch tag {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

// hides reports whether a tag's attributes hide the element: by "hidden", or by
// a style that shows nothing.
func hides(z *html.Tokenizer) bool {
	for {
		key, value, more := z.TagAttr()
		switch string(key) {
		case "hidden":
			return true
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(string(value)), ""))
			for _, rule := range []string{"display:none", "visibility:hidden", "font-size:0;", "font-size:0px;", "opacity:0;", "mso-hide:all"} {
				if strings.Contains(style+";", rule) {
					return true
				}
			}
		}
		if !more {
			return false
		}
	}
}

// folded makes line feeds blanks, as HTML means them.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\f' {
			return ' '
		}
		return r
	}, s)
}

// silent reports whether what an element holds is not for reading. Only elements
// whose content the tokenizer takes as it is are here: their end cannot be missed.
func silent(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Noembed,
		atom.Noframes, atom.Textarea, atom.Title:
		return true
	}
	return false
}

// parting is what stands between the text before and after a tag.
func parting(tag atom.Atom) string {
	switch tag {
	case atom.Br:
		return "\n"
	case atom.Td, atom.Th, atom.Img, atom.Option:
		return " "
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Dd,
		atom.Details, atom.Div, atom.Dl, atom.Dt, atom.Figcaption, atom.Figure, atom.Footer,
		atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header,
		atom.Hr, atom.Li, atom.Main, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section,
		atom.Summary, atom.Table, atom.Tbody, atom.Thead, atom.Tr, atom.Ul, atom.Body, atom.Head:
		return "\n\n"
	}
	return ""
}

// escaped reports whether a text still holds the tags that feeds escape once too
// often.
func escaped(s string) bool {
	for _, tag := range []string{"</p>", "<br", "</a>", "</div>", "<p>", "<img ", "</b>", "</i>", "</strong>", "</em>", "</span>", "</li>"} {
		if strings.Contains(s, tag) {
			return true
		}
	}
	return false
}
