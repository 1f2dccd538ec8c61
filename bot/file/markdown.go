package file

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"attache/bot"
)

// markdown writes a page as CommonMark.
func markdown(p page) string {
	var b strings.Builder
	for _, m := range p.Messages {
		for _, laid := range m {
			markdownBlock(&b, laid)
		}
	}
	if len(p.Articles) > 0 {
		b.WriteString("## Articles cited\n\n")
	}
	for _, a := range p.Articles {
		markdownArticle(&b, a)
	}
	return b.String()
}

func markdownBlock(b *strings.Builder, laid block) {
	switch laid.Kind {
	case bot.Headline:
		fmt.Fprintf(b, "# %s\n\n", literalLine(laid.Title))
	case bot.Heading:
		fmt.Fprintf(b, "## %s\n\n", literalLine(laid.Title))
	case bot.Item:
		if laid.Ref != "" {
			above := map[bool]string{true: " · above"}[laid.Above]
			fmt.Fprintf(b, "%s %s%s\n\n", strong(laid.Ref), literal(laid.About), above)
		}
	case bot.Context:
	}
	for _, g := range laid.Groups {
		for _, l := range g.Lines {
			if g.List {
				b.WriteString("- ")
			}
			b.WriteString(markdownLine(l) + "\n")
			if !g.List {
				b.WriteString("\n")
			}
		}
		if g.List {
			b.WriteString("\n")
		}
	}
}

func markdownLine(l line) string {
	s := literalLine(l.Text)
	switch {
	case l.Label != "" && l.Text != "":
		s = strong(l.Label) + " · " + literal(l.Text)
	case l.Label != "":
		s = strong(l.Label)
	}
	if l.Source.N > 0 && l.Kind == bot.Reported {
		s += " " + literal(l.Source.Outlet)
	}
	if l.Source.N > 0 {
		s += " " + markdownLink(fmt.Sprintf("[%d]", l.Source.N), l.Source.URL)
	}
	for _, mark := range l.Marks {
		s += ", " + literal(mark)
	}
	if l.Tail != "" {
		s += " · " + literal(l.Tail)
	}
	return s
}

func markdownArticle(b *strings.Builder, a article) {
	fmt.Fprintf(b, "- \\[%d\\] %s", a.N, literal(a.Outlet))
	if a.When != "" {
		b.WriteString(", " + a.When)
	}
	if title := a.Title; title != "" || a.URL != "" {
		if title == "" {
			title = a.Host
		}
		b.WriteString(": " + markdownLink(title, a.URL))
	}
	b.WriteString("\n")
}

func markdownLink(text, address string) string {
	if address == "" {
		return literal(text)
	}
	return "[" + literal(text) + "](" + destination(address) + ")"
}

func strong(s string) string {
	if s = literal(s); s == "" {
		return ""
	}
	return "**" + s + "**"
}

// literal writes a text so that it is read as it stands: no mark-up, no HTML, no
// link, no mention, whatever dialect of Markdown reads it. A mention is kept from
// ringing by a word joiner, which can't be seen.
func literal(s string) string {
	s = signs().Replace(strings.Join(strings.Fields(s), " "))
	s = www().ReplaceAllString(s, `$1\.`)
	return colons().ReplaceAllString(s, `\:$1`)
}

var signs = sync.OnceValue(func() *strings.Replacer {
	pairs := []string{"<", "&lt;", ">", "&gt;", "&", "&amp;", "@", "@\u2060", "＠", "＠\u2060"}
	for _, sign := range "\\`*_[]#|~$^{}" {
		pairs = append(pairs, string(sign), `\`+string(sign))
	}
	return strings.NewReplacer(pairs...)
})

// www begins what is made a link without any bracket.
var www = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)(www)\.`) })

// colons make a link or a picture: "x://", ":smile:".
var colons = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i):(//|[a-z0-9_+-]+:)`) })

// literalLine is a text at the beginning of a line, where it is no list, no rule and
// no heading.
func literalLine(s string) string {
	return beginning().ReplaceAllString(literal(s), `$1\$2`)
}

var beginning = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([0-9]{0,9})([-+=.)])`) })

// destination writes an address between the brackets of a link.
func destination(address string) string {
	address = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", " ", "%20").Replace(address)
	return entity().ReplaceAllString(address, "&amp;$1")
}

// entity is what would be read as another sign.
var entity = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`&([#a-zA-Z0-9]+;)`) })
