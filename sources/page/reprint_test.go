package page

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// reprint is a page as its visible text, and what a reader would want from it.
type reprint struct {
	text, title, author, site, via, begins, ends string
}

var wanted = regexp.MustCompile(`title "([^"]+)"; byline ([^;]+); outlet ([^,]+), via ([^;]+); a body that begins "([^"]+)" and ends "([^"]+)"`)

// reprints are the invented page, and a real one where the folder of evaluation
// data is at hand.
func reprints(t *testing.T) []reprint {
	t.Helper()
	read := func(path string) string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	list := []reprint{{
		text: read("testdata/reprint.txt"), title: "Talvia's Narrow Path Between Two Partners", author: "Mirela Dostal",
		site: "Portwire.com", via: "SteppeCourier", begins: "The blockade that followed", ends: "nobody on the quays cares to guess.",
	}}
	dir := os.Getenv("ATTACHE_EVAL")
	if dir == "" {
		return list
	}
	about := strings.Join(strings.Fields(read(filepath.Join(dir, "data/reprint/README.md"))), " ")
	m := wanted.FindStringSubmatch(about)
	if m == nil {
		t.Fatal("the README of data/reprint says nothing that can be read")
	}
	return append(list, reprint{
		text: read(filepath.Join(dir, "data/reprint/page.txt")), title: m[1], author: m[2], site: m[3], via: m[4], begins: m[5], ends: m[6],
	})
}

// lines parts a page's text at blank lines.
func (r reprint) lines() []string {
	var lines []string
	for _, part := range regexp.MustCompile(`\n\s*\n`).Split(r.text, -1) {
		if part = strings.TrimSpace(part); part != "" {
			lines = append(lines, part)
		}
	}
	return lines
}

var relatedLink = regexp.MustCompile(`^(.*?)\s+Related: (.*)$`)

// soup writes the page with boxes only, one inside another, without a class that
// says anything; linked also makes a link of the promotion in mid-paragraph.
func (r reprint) soup(linked, headed bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<html><head><title>%s | %s</title></head><body><div class=x1><div class=x2>", html.EscapeString(r.title), r.site)
	for _, line := range r.lines() {
		switch m := relatedLink.FindStringSubmatch(line); {
		case line == r.title && headed:
			fmt.Fprintf(&b, "<div><h1>%s</h1></div>\n", html.EscapeString(line))
		case m != nil && linked:
			fmt.Fprintf(&b, "<div>%s&nbsp; <b>Related: <a href=/x>%s</a></b></div>\n", html.EscapeString(m[1]), html.EscapeString(m[2]))
		default:
			fmt.Fprintf(&b, "<div>%s</div>\n", strings.ReplaceAll(html.EscapeString(line), "\n", "<br>"))
		}
	}
	return b.String() + "</div></div></body></html>"
}

// semantic writes the page as a careful system would, and names the partner as
// the author in the JSON-LD, as real ones do.
func (r reprint) semantic() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang="en"><head><title>%[1]s | %[2]s</title><meta property="og:title" content="%[1]s"><meta property="og:site_name" content="%[2]s">
<link rel="canonical" href="https://reprint.example/Energy/a-story.html">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":%[3]q,"datePublished":"2026-11-23T16:30:00-06:00",
"author":{"@type":"Person","name":%[4]q},"publisher":{"@type":"Organization","name":%[2]q}}</script></head><body><nav><ul><li><a href=/>Home</a><li><a href=/o>Oil</a></ul></nav><main>`,
		html.EscapeString(r.title), r.site, r.title, r.via)
	headline := false
	for _, line := range r.lines() {
		m := relatedLink.FindStringSubmatch(line)
		switch {
		case line == r.title:
			headline = true
			fmt.Fprintf(&b, "<article><header><h1>%s</h1></header><section class=body>", html.EscapeString(line))
		case strings.HasPrefix(line, "•"):
			b.WriteString("<ul>")
			for item := range strings.SplitSeq(line, "\n") {
				fmt.Fprintf(&b, "<li>%s</li>", html.EscapeString(strings.TrimLeft(item, " •")))
			}
			b.WriteString("</ul>\n")
		case m != nil:
			fmt.Fprintf(&b, "<p>%s&nbsp; <strong>Related: <a href=/x>%s</a></strong></p>\n", html.EscapeString(m[1]), html.EscapeString(m[2]))
		case !headline:
			fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(line))
		default:
			fmt.Fprintf(&b, "<p>%s</p>\n", strings.ReplaceAll(html.EscapeString(line), "\n", "<br/>"))
		}
	}
	return b.String() + "</section></article></main><footer>All rights reserved</footer></body></html>"
}

func TestReprint(t *testing.T) {
	for _, r := range reprints(t) {
		for form, page := range map[string]string{
			"soup":          r.soup(false, true),
			"soup, linked":  r.soup(true, true),
			"soup, no head": r.soup(true, false),
			"semantic":      r.semantic(),
		} {
			t.Run(r.site+"/"+form, func(t *testing.T) {
				p, err := Extract([]byte(page), "text/html", "https://reprint.example/Energy/a-story.html")
				if err != nil {
					t.Fatal(err)
				}
				r.check(t, p)
			})
		}
	}
}

func (r reprint) check(t *testing.T, p *Page) {
	t.Helper()
	if p.Title != r.title {
		t.Errorf("title %q", p.Title)
	}
	if !slices.Equal(p.Authors, []string{r.author}) {
		t.Errorf("authors %q", p.Authors)
	}
	if p.Via != r.via {
		t.Errorf("via %q", p.Via)
	}
	if !strings.HasPrefix(p.Text, r.begins) || !strings.HasSuffix(p.Text, r.ends) {
		t.Errorf("text %.60q … %q", p.Text, p.Text[max(0, len(p.Text)-60):])
	}
	inside := false
	for _, line := range r.lines() {
		inside = inside || strings.HasPrefix(line, r.begins)
		if m := relatedLink.FindStringSubmatch(line); m != nil {
			line = m[1]
			if strings.Contains(p.Text, m[2]) {
				t.Errorf("has the promotion %q", m[2])
			}
		}
		if has := strings.Contains(p.Text, strings.Join(strings.Fields(line), " ")); has != inside {
			t.Errorf("has %.60q: %v", line, has)
		}
		inside = inside && !strings.HasSuffix(line, r.ends)
	}
}
