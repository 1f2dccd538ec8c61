package feed

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

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
		Title: p.Title, Link: absolute(base, p.Link), Description: absoluteLinks(p.Description, base),
		Language: p.Language, Updated: date(p.Updated),
	}
	if f.Updated.IsZero() {
		f.Updated = firstDate(p.Published, extension(p.Extensions, "dcterms", "modified"), extension(p.Extensions, "dcterms", "created"))
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
		Summary: absoluteLinks(it.Description, base), Content: absoluteLinks(it.Content, base),
		Categories: it.Categories, Via: it.Custom[creditKey],
	}
	e.Title = cmp.Or(e.Title, extension(it.Extensions, "media", "title"))
	for _, a := range it.Authors {
		if a != nil {
			e.Authors = append(e.Authors, cmp.Or(a.Name, a.Email))
		}
	}
	if e.Published.IsZero() {
		var dc string
		if it.DublinCoreExt != nil && len(it.DublinCoreExt.Date) > 0 {
			dc = it.DublinCoreExt.Date[0]
		}
		e.Published = firstDate(dc, extension(it.Extensions, "dcterms", "issued"), extension(it.Extensions, "dcterms", "created"))
	}
	if e.Updated.IsZero() {
		e.Updated = date(extension(it.Extensions, "dcterms", "modified"))
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

// firstDate is the first that is a date.
func firstDate(written ...string) text.Date {
	for _, s := range written {
		if d := date(s); !d.IsZero() {
			return d
		}
	}
	return text.Date{}
}

// extension is the text of an element of another vocabulary.
func extension(all ext.Extensions, vocabulary, name string) string {
	for _, e := range all[vocabulary][name] {
		if e.Value != "" {
			return e.Value
		}
	}
	return ""
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
