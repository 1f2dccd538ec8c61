package feed

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"github.com/mmcdole/gofeed"

	"attache/sources/text"
)

// convert takes over what the library read, with dates read anew and links made
// absolute.
func convert(p *gofeed.Feed, s, baseURL string) *Feed {
	base, err := url.Parse(baseURL)
	if err != nil {
		base = new(url.URL)
	}
	f := &Feed{
		Title: p.Title, Link: absolute(base, p.Link), Description: p.Description,
		Language: p.Language, Updated: date(p.Updated),
	}
	if f.Updated.IsZero() {
		f.Updated = date(p.Published)
	}
	abouts := rdfAbouts(s)
	for i, it := range p.Items {
		e := entry(base, it)
		if e.ID == "" && len(abouts) == len(p.Items) {
			e.ID = abouts[i]
		}
		f.Entries = append(f.Entries, e)
	}
	return f
}

func entry(base *url.URL, it *gofeed.Item) Entry {
	e := Entry{
		ID: it.GUID, Title: it.Title, Link: absolute(base, it.Link),
		Published: date(it.Published), Updated: date(it.Updated),
		Summary: it.Description, Content: it.Content, Categories: it.Categories,
	}
	for _, a := range it.Authors {
		if a != nil {
			e.Authors = append(e.Authors, cmp.Or(a.Name, a.Email))
		}
	}
	if dc := it.DublinCoreExt; dc != nil && e.Published.IsZero() && len(dc.Date) > 0 {
		e.Published = date(dc.Date[0])
	}
	for _, c := range it.Enclosures {
		length, err := strconv.ParseInt(c.Length, 10, 64)
		if err != nil {
			length = 0
		}
		e.Enclosures = append(e.Enclosures, Enclosure{absolute(base, c.URL), c.Type, length})
	}
	if e.Link == "" && isLink(e.ID) { // a guid that is a permalink
		e.Link = e.ID
	}
	return e
}

func isLink(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

func date(s string) text.Date {
	d, ok := text.ParseDate(s)
	if !ok {
		return text.Date{}
	}
	return d
}

func absolute(base *url.URL, ref string) string {
	ref = strings.TrimSpace(ref)
	u, err := url.Parse(ref)
	if err != nil || ref == "" {
		return ref
	}
	return base.ResolveReference(u).String()
}

// rdfAbouts lists the addresses that RDF gives its items; the library drops them.
func rdfAbouts(s string) []string {
	if !strings.Contains(s, "<rdf:RDF") {
		return nil
	}
	var abouts []string
	for _, part := range strings.Split(s, "<item ")[1:] {
		tag, _, _ := strings.Cut(part, ">")
		_, after, ok := strings.Cut(tag, `rdf:about="`)
		value, _, closed := strings.Cut(after, `"`)
		if !ok || !closed {
			return nil
		}
		abouts = append(abouts, strings.ReplaceAll(value, "&amp;", "&"))
	}
	return abouts
}
