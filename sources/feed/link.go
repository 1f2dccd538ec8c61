package feed

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// absoluteLinks makes the relative links of a fragment of HTML absolute and
// leaves the rest of it as it is.
func absoluteLinks(fragment string, base *url.URL) string {
	if base.Host == "" || !strings.Contains(fragment, "<") || !strings.Contains(fragment, "=") {
		return fragment
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			b.Write(z.Raw()) // a tag that the fragment does not finish
			return b.String()
		}
		raw := string(z.Raw())
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			if t := z.Token(); resolve(&t, base) {
				raw = t.String()
			}
		}
		b.WriteString(raw)
	}
}

// resolve makes the links of a tag absolute, and reports whether one was not.
func resolve(t *html.Token, base *url.URL) bool {
	changed := false
	for i, a := range t.Attr {
		if a.Key != "href" && a.Key != "src" && a.Key != "poster" && a.Key != "cite" {
			continue
		}
		value := strings.TrimSpace(a.Val)
		u, err := url.Parse(value)
		if err != nil || u.IsAbs() || value == "" || strings.HasPrefix(value, "#") {
			continue
		}
		t.Attr[i].Val = base.ResolveReference(u).String()
		changed = true
	}
	return changed
}
