package sources

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestReadArticles(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"all fields", `{"id":"a1","url":"https://Ledger.example:443/gas?utm_source=x","outlet":"Caspian Ledger","title":"Gas flows","published":"2026-11-23T18:40:00+04:00","text":"Gas flowed on Monday."}`,
			[]string{"a1", "https://ledger.example/gas", "Caspian Ledger", "Gas flows", "2026-11-23T18:40:00+04:00", "Gas flowed on Monday."}},
		{"the other names", `{"id":7,"url":"https://ledger.example/gas","publisher":"Ledger","title":"Gas","date":"2026-11-23","text":"It flowed."}`,
			[]string{"7", "https://ledger.example/gas", "Ledger", "Gas", "2026-11-23", "It flowed."}},
		{"no address", `{"id":"n/1","outlet":"Levant Wire","text":"It flowed.","url":null,"published":""}`,
			[]string{"n/1", "urn:attache:Levant%20Wire:n%2F1", "Levant Wire", "", "", "It flowed."}},
		{"an address that is none", `{"id":"n","outlet":"L","text":"It flowed.","url":"javascript:alert(1)"}`,
			[]string{"n", "urn:attache:L:n", "L", "", "", "It flowed."}},
		{"no outlet and no id", `{"url":"https://www.ledger.example/gas","title":"Gas"}`,
			[]string{"", "https://www.ledger.example/gas", "ledger.example", "Gas", "", ""}},
		{"markup", `{"id":"m","outlet":"L <b>W</b>","title":"<b>Gas</b> &amp; oil\u0000","text":"<p>One &amp;amp; two.</p>\n<script>x()</script><p>Three\u200b.</p>"}`,
			[]string{"m", "urn:attache:L%20%3Cb%3EW%3C%2Fb%3E:m", "L <b>W</b>", "Gas & oil", "", "One & two.\n\nThree."}},
		{"plain paragraphs", `{"id":"p","outlet":"L","text":"AT&T sank 5 < 6.\n\nThen it rose\nagain."}`,
			[]string{"p", "urn:attache:L:p", "L", "", "", "AT&T sank 5 < 6.\n\nThen it rose again."}},
		{"a tag in plain paragraphs", `{"id":"p","outlet":"L","text":"It <i>sank</i>.\n\nThen it rose."}`,
			[]string{"p", "urn:attache:L:p", "L", "", "", "It sank.\n\nThen it rose."}},
		{"a line feed of Windows, a mark before it", "\ufeff" + `{"id":"w","outlet":"L","title":"Gas"}` + "\r\n",
			[]string{"w", "urn:attache:L:w", "L", "Gas", "", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			for got, err := range ReadArticles(strings.NewReader(tt.in), "") {
				n++
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, shown(got)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
			if n != 1 {
				t.Errorf("%d lines, want 1", n)
			}
		})
	}
}

func shown(l Line) []string {
	a := l.Article
	return []string{l.ID, a.URL, a.Outlet, a.Title, a.Published.String(), a.Text}
}

func TestReadArticlesGoesOn(t *testing.T) {
	good := `{"id":"ok","outlet":"L","title":"Gas"}`
	tests := []struct{ line, why string }{
		{`{"id":"x",`, "line 3: not JSON: byte 10: unexpected end of JSON input"},
		{`gas flows`, `line 3: not JSON: expected an object, as in {"id":…}, not "gas flows"`},
		{`[{"id":"x"}]`, "line 3: expected one object a line"},
		{`{"id":"x","outlet":"L"}`, "line 3: it has neither a title nor a text"},
		{`{"outlet":"L","title":"Gas"}`, "line 3: it has neither an id nor a url"},
		{`{"outlet":"L","title":"Gas","url":"ledger.example/gas"}`, "line 3: url: expected an address that begins with https:// or http://, or an id"},
		{`{"id":"x","title":"Gas"}`, "line 3: it names no outlet"},
		{`{"id":"x","outlet":"L","title":["Gas"]}`, "line 3: title: expected a text"},
		{`{"id":"x","outlet":"L","title":"Gas","published":"yesterday"}`, `line 3: published: expected a time as in 2026-11-24T07:30:00Z, or a day as in 2026-11-24, not "yesterday"`},
		{`{"id":"x","outlet":"L","title":"` + strings.Repeat("long ", maxLine/5) + `"}`, "line 3: longer than 64 MB"},
	}
	for _, tt := range tests {
		var read int
		var why []string
		for _, err := range ReadArticles(strings.NewReader(good+"\n\n"+tt.line+"\n"+good), "") {
			if err != nil {
				why = append(why, err.Error())
				continue
			}
			read++
		}
		if read != 2 || len(why) != 1 || !strings.HasPrefix(why[0], tt.why) {
			t.Errorf("%.60s: %d read, %q; want 2, %q", tt.line, read, why, tt.why)
		}
	}
}

func TestReadArticlesEndsWithItsReader(t *testing.T) {
	broken := errors.New("the disk is gone")
	r := io.MultiReader(strings.NewReader(`{"id":"ok","outlet":"L","title":"Gas"}`+"\n{"), iotest.ErrReader(broken))
	var errs []error
	for _, err := range ReadArticles(r, "") {
		errs = append(errs, err)
	}
	if len(errs) != 2 || errs[0] != nil || !errors.Is(errs[1], broken) {
		t.Errorf("%v", errs)
	}
}

func FuzzReadArticles(f *testing.F) {
	f.Add(`{"id":"a","url":"https://l.example/a","outlet":"L","title":"T","published":"2026-11-23","text":"<p>x"}`, "")
	f.Add("\ufeff[1]\n{\"id\":1e9,\"text\":\"\\ud800\"}\r\n\n{", "File")
	f.Fuzz(func(t *testing.T, in, outlet string) {
		last, lines := 0, len(strings.Split(in, "\n"))
		for l, err := range ReadArticles(bufio.NewReader(strings.NewReader(in)), outlet) {
			if l.Number <= last || l.Number > lines {
				t.Fatalf("line %d after %d, of %d", l.Number, last, lines)
			}
			last = l.Number
			if err != nil {
				continue
			}
			a := l.Article
			if a.URL == "" || a.Outlet == "" || a.Title == "" && a.Text == "" || l.Found().Sighting.GUID == "" {
				t.Fatalf("not whole: %+v", l)
			}
		}
	})
}

// TestReadArticlesSaysWhatCantBe holds what is told of a line instead of guessed.
func TestReadArticlesSaysWhatCantBe(t *testing.T) {
	for in, want := range map[string]string{
		`{"id":"a","outlet":"L","title":5}`:                    "line 1: title: expected a text",
		`{"id":"a","outlet":7,"title":"Gas"}`:                  "line 1: outlet: expected a text",
		`{"id":"a","outlet":"L","title":"Gas","text":1}`:       "line 1: text: expected a text",
		"{\"id\":\"a\",\"outlet\":\"L\",\"title\":\"G\xe4s\"}": "line 1: not UTF-8: save the file in that encoding",
		`{"url":"http://127.0.0.1:8080/a","title":"Gas"}`:      "line 1: it names no outlet, and has no web address whose host could stand in",
		`{"url":"http://[::1]/a","title":"Gas"}`:               "line 1: it names no outlet, and has no web address whose host could stand in",
	} {
		for _, err := range ReadArticles(strings.NewReader(in), "") {
			if err == nil || err.Error() != want {
				t.Errorf("%s: %v", in, err)
			}
		}
	}
}
