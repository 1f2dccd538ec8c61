package feed

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const list = `<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1">
  <head><title>Feeds</title></head>
  <body>
    <outline text="Caucasus" title="Caucasus">
      <outline text="Ledger" title="Caspian Ledger" type="rss"
        xmlUrl="https://ledger.example/rss?a=1&amp;b=2" htmlUrl="https://ledger.example"/>
      <outline text="Deeper"><outline text="Arar&#225;t &eacute; Post" XMLURL=" https://ararat.example/feed "/></outline>
    </outline>
    <outline text="A link" type="link" url="https://ledger.example"/>
    <outline xmlUrl="https://bare.example/"></outline>
  </body>
</opml>
`

func TestOPML(t *testing.T) {
	want := []Outline{
		{Line: 6, URL: "https://ledger.example/rss?a=1&b=2", Title: "Caspian Ledger"},
		{Line: 8, URL: "https://ararat.example/feed", Title: "Ararát é Post"},
		{Line: 11, URL: "https://bare.example/"},
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(list, "UTF-8", "UTF-16", 1))
	if err != nil {
		t.Fatal(err)
	}
	latin, err := charmap.ISO8859_1.NewEncoder().String(strings.Replace(list, "&#225;", "á", 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]string{
		"as it is":               list,
		"a mark before it":       "\ufeff" + list,
		"UTF-16":                 utf16,
		"Latin 1 that says UTF8": latin,
		"stray ampersands":       strings.Replace(list, "a=1&amp;b", "a=1&b", 1),
	} {
		got, err := OPML([]byte(in))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s (-want +got):\n%s%v", name, diff, err)
		}
	}
	got, err := OPML([]byte("\n\n" + list))
	if err != nil || len(got) != 3 || got[0].Line != 8 {
		t.Errorf("with lines before it: %+v, %v", got, err)
	}
}

func TestOPMLErrors(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString("<!DOCTYPE opml [<!ENTITY lol0 \"lol\">\n")
	for i := range 9 {
		fmt.Fprintf(&laughs, "<!ENTITY lol%d \"%s\">\n", i+1, strings.Repeat(fmt.Sprintf("&lol%d;", i), 10))
	}
	laughs.WriteString("]>\n<opml><body>\n<outline text=\"&lol9;\" xmlUrl=\"https://a.example\"/></body></opml>")
	for name, tt := range map[string]struct{ in, want string }{
		"cut short":      {list[:300], "line 7: not XML that can be read: unexpected EOF"},
		"a tag too few":  {strings.Replace(list, "  </body>", "", 1), "line 13: not XML that can be read: element <body> closed by </opml>"},
		"a feed":         {"<rss><channel/></rss>", "line 1: expected a list in OPML; this is <rss>"},
		"nothing":        {" \n", "there is no XML in it"},
		"laughs":         {laughs.String(), "line 13: not XML that can be read: invalid character entity &lol9;"},
		"an open quote":  {"<opml>\n<outline xmlUrl=\"https://a.example/>\n</opml>", "line 3: not XML"},
		"after the root": {"\n\n<opml></opml>\n</body>", "line 4: not XML"},
	} {
		began := time.Now()
		got, err := OPML([]byte(tt.in))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) || got != nil {
			t.Errorf("%s: %v, %v; want %s", name, got, err, tt.want)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}

func TestOPMLDeep(t *testing.T) {
	const deep = 100_000
	in := "<opml><body>" + strings.Repeat("<outline>", deep) + `<outline xmlUrl="https://a.example"/>` +
		strings.Repeat("</outline>", deep) + "</body></opml>"
	if got, err := OPML([]byte(in)); len(got) != 1 || err != nil {
		t.Errorf("%v, %v", got, err)
	}
}

func TestWriteOPML(t *testing.T) {
	want := []Outline{
		{Line: 7, URL: "https://a.example/?x=1&y=\"2\"", Title: "A <b> & 'c'\n\"d\""},
		{Line: 8, URL: "https://b.example", Title: "B", Facts: Facts{"site", "B & Co", "AZE", "C", "true", "1h30m"}},
	}
	var b bytes.Buffer
	if err := WriteOPML(&b, "Sources & more", want); err != nil {
		t.Fatal(err)
	}
	got, err := OPML(b.Bytes())
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("(-want +got):\n%s%v\n%s", diff, err, b.String())
	}
}

func FuzzOPML(f *testing.F) {
	f.Add([]byte(list))
	f.Add([]byte("<opml xmlns:x=\"urn:attache:opml\"><outline xmlUrl='a&b' x:every='1h'/>"))
	f.Add([]byte("\xff\xfe<\x00o\x00"))
	f.Fuzz(func(t *testing.T, in []byte) {
		all, err := OPML(in)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteOPML(&b, "x", all); err != nil {
			t.Fatal(err)
		}
		again, err := OPML(b.Bytes())
		if err != nil || len(again) != len(all) {
			t.Fatalf("%d, then %d, %v", len(all), len(again), err)
		}
		for i := range all {
			all[i].Line, again[i].Line = 0, 0
		}
		if diff := cmp.Diff(all, again); diff != "" {
			t.Fatalf("(-first +again):\n%s", diff)
		}
	})
}
