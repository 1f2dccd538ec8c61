package feed

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const rss = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Lume Post</title><link>https://lume-post.example/</link><language>en-GB</language>
<item><title>Ferries stop &amp; wait</title><link>/a/1</link><guid isPermaLink="false">lume-1</guid>
<pubDate>Mon, 23 Nov 2026 18:40:00 +0400</pubDate><dc:creator>Ana Orr</dc:creator>
<description>&lt;p&gt;No ferry left.&lt;/p&gt;</description><category>Ships</category>
<enclosure url="/a/1.mp3" type="audio/mpeg" length="12"/></item>
<item><title>Port opens</title><guid>https://lume-post.example/a/2</guid><pubDate>no date</pubDate></item>
</channel></rss>`

func TestRSS(t *testing.T) {
	got, err := Parse([]byte(rss), "application/rss+xml", "https://lume-post.example/rss")
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != "Lume Post" || got.Language != "en-GB" || len(got.Entries) != 2 {
		t.Fatalf("feed: %+v", got)
	}
	e := got.Entries[0]
	if e.Published.String() != "2026-11-23T18:40:00+04:00" {
		t.Errorf("published %s", e.Published)
	}
	e.Published.At = e.Published.At.UTC()
	e.Published.Day = false
	want := Entry{
		ID: "lume-1", Title: "Ferries stop & wait", Link: "https://lume-post.example/a/1", Published: e.Published,
		Authors: []string{"Ana Orr"}, Summary: "<p>No ferry left.</p>", Categories: []string{"Ships"},
		Enclosures: []Enclosure{{"https://lume-post.example/a/1.mp3", "audio/mpeg", 12}},
	}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	if second := got.Entries[1]; second.Link != "https://lume-post.example/a/2" || !second.Published.IsZero() {
		t.Errorf("second entry: %+v", second)
	}
}

func TestOtherForms(t *testing.T) {
	for name, c := range map[string]struct{ in, id, title, link, published string }{
		"Atom": {
			`<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>urn:1</id><title>Atom title</title>
			<link href="/x"/><published>2026-11-23T10:00:00Z</published><updated>2026-11-23T11:00:00Z</updated></entry></feed>`,
			"urn:1", "Atom title", "https://x.example/x", "2026-11-23T10:00:00Z",
		},
		"RDF": {
			`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
			<channel rdf:about="https://x.example/"><title>F</title></channel>
			<item rdf:about="https://x.example/r?a=1&amp;b=2"><title>RDF title</title><link>https://x.example/r</link><dc:date>2026-11-23</dc:date></item></rdf:RDF>`,
			"https://x.example/r?a=1&b=2", "RDF title", "https://x.example/r", "2026-11-23",
		},
		"JSON Feed": {
			`{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"7","title":"JSON title","url":"https://x.example/j","date_published":"2026-11-23T10:00:00+04:00"}]}`,
			"7", "JSON title", "https://x.example/j", "2026-11-23T10:00:00+04:00",
		},
		"news sitemap": {
			`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
			<url><loc>https://x.example/about</loc></url>
			<url><loc>https://x.example/s</loc><news:news><news:publication><news:name>X</news:name><news:language>en</news:language></news:publication>
			<news:publication_date>2026-11-23T10:00:00Z</news:publication_date><news:title>Map title</news:title></news:news></url></urlset>`,
			"https://x.example/s", "Map title", "https://x.example/s", "2026-11-23T10:00:00Z",
		},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Parse([]byte(c.in), "", "https://x.example/feed")
			if err != nil {
				t.Fatal(err)
			}
			if len(f.Entries) != 1 {
				t.Fatalf("%d entries", len(f.Entries))
			}
			e := f.Entries[0]
			got := []string{e.ID, e.Title, e.Link, e.Published.String()}
			if diff := cmp.Diff([]string{c.id, c.title, c.link, c.published}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNoFeed(t *testing.T) {
	for in, want := range map[string]error{
		"":                              ErrEmpty,
		" \n ":                          ErrEmpty,
		"<!DOCTYPE html><html></html>":  ErrHTML,
		"<!-- x --><HTML><body></HTML>": ErrHTML,
		`<?xml version="1.0"?><sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>`: ErrIndex,
	} {
		if _, err := Parse([]byte(in), "", ""); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", in, err, want)
		}
	}
	if _, err := Parse([]byte("just words"), "", ""); err == nil {
		t.Error("words were taken for a feed")
	}
}

// TestRepair: what is meant is plain, so it is read.
func TestRepair(t *testing.T) {
	for name, in := range map[string]string{
		"cut short":        rss[:strings.Index(rss, "<item><title>Port")+20],
		"stray ampersands": strings.ReplaceAll(rss, "&amp;", "&"),
		"control byte":     strings.ReplaceAll(rss, "Ferries", "Fer\x01ries"),
		"byte order mark":  "\ufeff" + rss,
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Parse([]byte(in), "", "https://lume-post.example/rss")
			if err != nil {
				t.Fatal(err)
			}
			if len(f.Entries) == 0 || f.Entries[0].Title != "Ferries stop & wait" {
				t.Errorf("entries: %+v", f.Entries)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const title = "Zürich–Köln"
	plain := strings.Replace(rss, "Ferries stop &amp; wait", title, 1)
	latin, err := charmap.Windows1252.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ body, contentType string }{
		"declared wrong, valid UTF-8": {strings.Replace(plain, "UTF-8", "iso-8859-1", 1), "text/xml; charset=us-ascii"},
		"by the header":               {latin, "text/xml; charset=windows-1252"},
		"by the document":             {strings.Replace(latin, "UTF-8", "windows-1252", 1), "text/xml"},
		"UTF-16 with a mark":          {wide, "text/xml"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Parse([]byte(c.body), c.contentType, "")
			if err != nil {
				t.Fatal(err)
			}
			if f.Entries[0].Title != title {
				t.Errorf("title %q", f.Entries[0].Title)
			}
		})
	}
}

func TestDiscover(t *testing.T) {
	page := `<html><head><base href="https://x.example/en/">
		<link rel="alternate" type="application/rss+xml" title="X: Comments" href="comments.xml">
		<link rel="alternate" type="application/atom+xml" title="X" href="news.atom">
		<link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" href="s.css">`
	want := []Link{
		{"https://x.example/en/news.atom", "X", "application/atom+xml"},
		{"https://x.example/en/comments.xml", "X: Comments", "application/rss+xml"},
	}
	if diff := cmp.Diff(want, Discover([]byte(page), "https://x.example/")); diff != "" {
		t.Error(diff)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{rss, rss[:300], `{"items":[{"id":1}]}`, "<urlset><url>", "<feed><entry>", "<rdf:RDF><item >"} {
		f.Add([]byte(s), "text/xml; charset=utf-8")
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		got, err := Parse(body, contentType, "https://x.example/feed")
		if (got == nil) == (err == nil) {
			t.Errorf("feed %v, error %v", got, err)
		}
		Discover(body, "https://x.example/")
	})
}
