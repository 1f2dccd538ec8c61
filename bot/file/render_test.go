package file

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"attache/bot"
	"attache/bot/bottest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden holds the files of an edition, byte for byte.
func TestGolden(t *testing.T) {
	files, err := render(bottest.Thread())
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range files {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if diff := cmp.Diff(string(want), got); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}

// TestNothingTwice: a sentence that a section takes up again stands on the page once.
func TestNothingTwice(t *testing.T) {
	files, err := render(bottest.Thread())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if n := strings.Count(text, "will close for two"); n != 1 {
			t.Errorf("%s has the sentence %d times", name, n)
		}
	}
}

// harmless judges each file of a part by the rules of its form.
func harmless(t *testing.T, part bot.Part) {
	t.Helper()
	var c contents
	if err := json.Unmarshal(part.Payload, &c); err != nil {
		t.Fatal(err)
	}
	harmlessHTML(t, c.Files["index.html"])
	harmlessMarkdown(t, c.Files["index.md"])
	for name, text := range c.Files {
		for _, r := range text {
			if r < ' ' && r != '\n' || name != "index.json" && moves(r) {
				t.Fatalf("%s: %U came through", name, r)
			}
		}
	}
	var d document
	if err := json.Unmarshal([]byte(c.Files["index.json"]), &d); err != nil {
		t.Fatal(err)
	}
	for _, l := range d.Lines {
		for _, cited := range l.Citations {
			goodLink(t, "index.json", cited.URL)
		}
	}
}

// moves tells what turns the writing, or what a terminal obeys.
func moves(r rune) bool {
	return r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

func goodLink(t *testing.T, where, address string) {
	t.Helper()
	if address != "" && !strings.HasPrefix(address, "https://ok.example/") {
		t.Errorf("%s: a link to %q", where, address)
	}
}

// harmlessHTML: a page has the elements and attributes of its template, and no other.
func harmlessHTML(t *testing.T, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	elements := strings.Fields("html head meta title style body main h1 h2 article p b bdi span a ul li footer ol br")
	attributes := strings.Fields("lang charset name content http-equiv dir id class href rel")
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(elements, n.Data) {
			t.Errorf("index.html: an element %q", n.Data)
		}
		for _, a := range n.Attr {
			if !slices.Contains(attributes, a.Key) {
				t.Errorf("index.html: an attribute %s=%q", a.Key, a.Val)
			}
			if a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				goodLink(t, "index.html", a.Val)
			}
		}
	}
}

// harmlessMarkdown: the signs that mean something are those that attache wrote.
func harmlessMarkdown(t *testing.T, text string) {
	t.Helper()
	bare := regexp.MustCompile(`\\.`).ReplaceAllString(text, "x")
	link := regexp.MustCompile(`\]\(([^)]*)\)`)
	for _, m := range link.FindAllStringSubmatch(bare, -1) {
		goodLink(t, "index.md", m[1])
	}
	bare = link.ReplaceAllString(bare, "]")
	for _, wrong := range []string{"<", "`", "~", "|", "$", "_", "![", "@\\w", "www\\.", "(?m)^(    |---|===|> |[0-9]+\\. )", "(?m)^- [-+#>]"} {
		if found := regexp.MustCompile(escapeOne(wrong)).FindString(bare); found != "" {
			t.Errorf("index.md: %q stands there as it is", found)
		}
	}
	if n := strings.Count(bare, "**"); strings.Count(bare, "*") != 2*n || n%2 != 0 {
		t.Error("index.md: stars that attache didn't write")
	}
	for _, line := range strings.Split(bare, "\n") {
		if strings.Contains(strings.TrimLeft(line, "#"), "#") {
			t.Errorf("index.md: %q has a sign of a heading", line)
		}
	}
}

// escapeOne is a pattern for a sign, or the pattern itself.
func escapeOne(s string) string {
	if len(s) <= 2 {
		return regexp.QuoteMeta(s)
	}
	return s
}

func TestLiteral(t *testing.T) {
	for in, want := range map[string]string{
		"Nothing special: 12.1, a-b (c) & d": "Nothing special: 12.1, a-b (c) &amp; d",
		"*a* _b_ `c` [d](e) ~f~ |g| $h$ #i":  `\*a\* \_b\_ ` + "\\`c\\`" + ` \[d\](e) \~f\~ \|g\| \$h\$ \#i`,
		"<b>":                                "&lt;b&gt;",
		"see www.a.example, a:smile: b://c":  `see www\.a.example, a\:smile: b\://c`,
		"@octocat":                           "@\u2060octocat",
		"a\n# b":                             `a \# b`,
	} {
		if got := literal(in); got != want {
			t.Errorf("%q: %q; want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"- a": `\- a`, "1. a": `1\. a`, "12) a": `12\) a`, "+a": `\+a`, "===": `\===`, "a. b": "a. b",
	} {
		if got := literalLine(in); got != want {
			t.Errorf("%q begins a line: %q; want %q", in, got, want)
		}
	}
}

// Nobody listens at a folder: what may be done with a message is left out.
func TestActionsAreLeftOut(t *testing.T) {
	thread := bottest.Thread()
	press := []bot.Action{{Label: "Press me", Do: "share", On: "x"}}
	thread.Root.Actions, thread.Root.Blocks[3].Menu = press, press
	files, err := render(thread)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range files {
		if strings.Contains(file, "Press me") {
			t.Errorf("%s: %s", name, file)
		}
	}
}
