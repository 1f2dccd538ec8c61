package feed

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

const sample = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Lume Post</title><link>https://lume-post.example/</link><language>en-GB</language>
<item><title>Ferries stop &amp; wait</title><link>/a/1</link><guid isPermaLink="false">lume-1</guid>
<pubDate>Mon, 23 Nov 2026 18:40:00 +0400</pubDate><dc:creator>Ana Orr</dc:creator>
<description>&lt;p&gt;No ferry left.&lt;/p&gt;</description><category>Ships</category>
<enclosure url="/a/1.mp3" type="audio/mpeg" length="12"/></item>
<item><title>Port opens</title><guid>https://lume-post.example/a/2</guid><pubDate>no date</pubDate></item>
</channel></rss>`

func TestRSS(t *testing.T) {
	got, err := Parse([]byte(sample), "application/rss+xml", "https://lume-post.example/rss")
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
		"cut short":        sample[:strings.Index(sample, "<item><title>Port")+20],
		"stray ampersands": strings.ReplaceAll(sample, "&amp;", "&"),
		"control byte":     strings.ReplaceAll(sample, "Ferries", "Fer\x01ries"),
		"byte order mark":  "\ufeff" + sample,
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
	plain := strings.Replace(sample, "Ferries stop &amp; wait", title, 1)
	latin, err := charmap.Windows1252.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	widest, err := utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	wideNamed, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(plain, "UTF-8", "utf-16", 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ body, contentType string }{
		"declared wrong, valid UTF-8": {strings.Replace(plain, "UTF-8", "iso-8859-1", 1), "text/xml; charset=us-ascii"},
		"by the header":               {latin, "text/xml; charset=windows-1252"},
		"by the document":             {strings.Replace(latin, "UTF-8", "windows-1252", 1), "text/xml"},
		"UTF-16 with a mark":          {wide, "text/xml"},
		"UTF-16 that says so":         {wideNamed, "text/xml"},
		"UTF-32 with a mark":          {widest, "text/xml"},
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

// TestGuess: nothing says in which encoding the document is.
func TestGuess(t *testing.T) {
	for title, as := range map[string]encoding.Encoding{
		"The minister’s office said “no”":              charmap.Windows1252,
		"Außenminister für Gespräche in Zürich":        charmap.Windows1252,
		"Министр иностранных дел прибыл в столицу":     charmap.KOI8R,
		"Паромы не вышли из порта из-за сильной бури":  charmap.Windows1251,
		"Ο υπουργός εξωτερικών έφτασε στην πρωτεύουσα": charmap.Windows1253,
		"外務大臣は木曜日に首都を訪問する予定です":                         japanese.ShiftJIS,
		"외교부 장관은 목요일 수도를 방문할 예정이다":                     korean.EUCKR,
		"外交部長將於星期四訪問首都，他的辦公室宣布":                        traditionalchinese.Big5,
	} {
		plain := strings.Replace(sample, ` encoding="UTF-8"`, "", 1)
		body, err := as.NewEncoder().String(strings.Replace(plain, "Ferries stop &amp; wait", title, 1))
		if err != nil {
			t.Fatal(err)
		}
		f, err := Parse([]byte(body), "text/xml", "")
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Entries[0].Title; got != title {
			t.Errorf("%v: title %q, want %q", as, got, title)
		}
	}
}

// TestDetails holds what the library leaves out.
func TestDetails(t *testing.T) {
	in := func(entry string) Entry {
		t.Helper()
		f, err := Parse([]byte(`<rss version="2.0" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/">
			<channel><title>F</title><link>https://x.example/</link><item>`+entry+`</item></channel></rss>`), "", "https://x.example/feed")
		if err != nil {
			t.Fatal(err)
		}
		return f.Entries[0]
	}
	if got := in(`<source url="https://www.lume-post.example/rss"> Lume Post </source>`).Via; got != "Lume Post" {
		t.Errorf("via %q", got)
	}
	if got := in(`<source url="https://x.example/all">All of X</source>`).Via; got != "" {
		t.Errorf("via %q, the feed itself", got)
	}
	if got := in(`<media:title>Ferry</media:title>`).Title; got != "Ferry" {
		t.Errorf("title %q", got)
	}
	e := in(`<dcterms:issued>2026-11-23</dcterms:issued><dcterms:modified>2026-11-24T07:30:00Z</dcterms:modified>`)
	if e.Published.String() != "2026-11-23" || e.Updated.String() != "2026-11-24T07:30:00Z" {
		t.Errorf("published %s, updated %s", e.Published, e.Updated)
	}
	got := in(`<description><![CDATA[a < b <a class="x" href=" /a?b=1&amp;c=2 ">it</a> <img src=https://y.example/i.png> <a href="#n">n</a> <br]]></description>`).Summary
	want := `a < b <a class="x" href="https://x.example/a?b=1&amp;c=2">it</a> <img src=https://y.example/i.png> <a href="#n">n</a> <br`
	if got != want {
		t.Errorf("summary %s\nwant    %s", got, want)
	}
	atom := `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><created>2026-11-23T10:00:00Z</created></entry></feed>`
	if f, err := Parse([]byte(atom), "", ""); err != nil || f.Entries[0].Published.String() != "2026-11-23T10:00:00Z" {
		t.Errorf("Atom 0.3: %+v, %v", f, err)
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
	for _, s := range []string{sample, sample[:300], `{"items":[{"id":1}]}`, "<urlset><url>", "<feed><entry>", "<rdf:RDF><item >"} {
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
