package feed

import (
	"regexp"
	"strings"
)

// asIs takes a document for what it is. Of Atom 0.3 the library knows no date of
// creation; where an entry has no other, that is when it was published.
func asIs(s string) string {
	if !strings.Contains(s, "http://purl.org/atom/ns#") || strings.Contains(s, "<issued") {
		return s
	}
	return strings.NewReplacer("<created>", "<issued>", "</created>", "</issued>").Replace(s)
}

var ampersand = regexp.MustCompile(`&(?:#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,31};)?`)

// escapeAmpersands escapes those that begin no entity, outside of CDATA.
func escapeAmpersands(s string) string {
	parts := strings.Split(s, "<![CDATA[")
	for i, part := range parts {
		data, rest, inside := "", part, false
		if i > 0 {
			data, rest, inside = strings.Cut(part, "]]>")
		}
		if i > 0 && !inside {
			continue
		}
		rest = ampersand.ReplaceAllStringFunc(rest, func(m string) string {
			if m == "&" {
				return "&amp;"
			}
			return m
		})
		if inside {
			rest = data + "]]>" + rest
		}
		parts[i] = rest
	}
	return strings.Join(parts, "<![CDATA[")
}

// ends are what closes a document after its last whole entry.
var ends = []struct{ entry, close string }{
	{"</item>", "</channel></rss>"},
	{"</entry>", "</feed>"},
}

// closeOpen cuts a document that ends in its middle after its last whole entry,
// and closes it.
func closeOpen(s string) string {
	for _, e := range ends {
		i := strings.LastIndex(s, e.entry)
		if i < 0 {
			continue
		}
		s = s[:i+len(e.entry)]
		if strings.Contains(s, "<rdf:RDF") {
			return s + "</rdf:RDF>"
		}
		return s + e.close
	}
	return s
}
