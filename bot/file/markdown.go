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
		fmt.Fprintf(b, "# %s\n\n", literal(laid.Title))
	case bot.Heading:
		fmt.Fprintf(b, "## %s\n\n", literal(laid.Title))
	case bot.Item:
		if head := strings.TrimSpace(strong(laid.Ref) + " " + literal(laid.About)); head != "" {
			fmt.Fprintf(b, "%s\n\n", head)
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
	s := strong(l.Label)
	if l.Label != "" && l.Text != "" {
		s += " · "
	}
	s += literal(l.Text)
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
	s = strings.Join(strings.Fields(s), " ")
	s = signs().Replace(s)
	s = bare().ReplaceAllString(s, `\$0`)
	return beginning().ReplaceAllString(s, `$1\$2`)
}

var signs = sync.OnceValue(func() *strings.Replacer {
	pairs := []string{"<", "&lt;", ">", "&gt;", "&", "&amp;", "@", "@\u2060", "＠", "＠\u2060"}
	for _, sign := range "\\`*_[]#|~$^{}" {
		pairs = append(pairs, string(sign), `\`+string(sign))
	}
	return strings.NewReplacer(pairs...)
})

// bare are the signs that make a link or a picture without any bracket: "www.",
// "x://", ":smile:".
var bare = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)www\.|:(//|[a-z0-9_+-]+:)`)
})

// beginning is what makes a list, a rule or a heading of a line.
var beginning = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([0-9]*)([-+=.)])`) })

// destination writes an address between the brackets of a link.
func destination(address string) string {
	address = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", " ", "%20").Replace(address)
	return entity().ReplaceAllString(address, `\$0`)
}

// entity is what would be read as another sign.
var entity = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`&[#a-zA-Z0-9]+;`) })
