package page

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"attache/sources/text"
)

// story is three paragraphs that any extractor takes for an article.
const story = `<p>The harbour council of Varo voted on Tuesday to widen the northern quay, a plan that shipowners have asked for since the spring storms closed two berths.</p>
<p>Work is to begin in March and to last eleven months, the council's engineer told members, and the ferry to Ostrel will use the fishing dock meanwhile.</p>
<p>Opponents said that the cost had doubled since the first estimate and that nobody had asked the fishermen, who sell their catch where the cranes will stand.</p>`

// article is a page with that story, and what a test adds to its head, before
// the story and after it.
func article(head, before, after string) string {
	return fmt.Sprintf(`<html><head><title>Varo widens its northern quay - Coast Daily</title>%s</head><body><div class="wrap"><h1>Varo widens its northern quay</h1>%s<div class="text">%s</div>%s</div></body></html>`, head, before, story, after)
}

func extractAt(t *testing.T, url, page string) *Page {
	t.Helper()
	p, err := Extract([]byte(page), "text/html; charset=utf-8", url)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const storyURL = "https://www.coastdaily.example/news/varo-quay"

func TestAuthors(t *testing.T) {
	ld := func(author string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","author":` + author + `}</script>`
	}
	tests := []struct {
		name, head, before string
		want               []string
	}{
		{"json-ld", ld(`[{"@type":"Person","name":"Ana Kovač"},{"name":"Li Wei"}]`), "", []string{"Ana Kovač", "Li Wei"}},
		{"json-ld string", ld(`"By Ana Kovač and Li Wei"`), "", []string{"Ana Kovač", "Li Wei"}},
		{"json-ld organisation, then byline", ld(`{"@type":"Organization","name":"Coast Daily"}`), `<p class="byline">By <span>Ana Kovač</span><span>Staff Writer</span></p>`, []string{"Ana Kovač"}},
		{"json-ld by id", `<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ana Kovač"}]}</script>`, "", []string{"Ana Kovač"}},
		{"json-ld with raw line break", "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"description\":\"a\nb\",\"author\":\"Ana Kovač\",}</script>", "", []string{"Ana Kovač"}},
		{"meta", `<meta name="author" content="ANA KOVAČ, Senior Correspondent">`, "", []string{"Ana Kovač"}},
		{"meta value", `<meta name="article:author" value="Ana Kovač">`, "", []string{"Ana Kovač"}},
		{"rel", "", `<a rel="author" href="/x">Ana Kovač</a>`, []string{"Ana Kovač"}},
		{"byline with date", "", `<div class="byline">By Ana Kovač | Updated 24 Nov 2026</div>`, []string{"Ana Kovač"}},
		{"the site itself", `<meta name="author" content="Coast Daily"><meta property="og:site_name" content="Coast Daily">`, "", nil},
		{"an agency", `<meta name="author" content="Reuters">`, "", nil},
		{"staff", `<meta name="author" content="Staff">`, "", nil},
		{"a related story's author", "", `<aside><a rel="author">Jon Other</a></aside>`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := extractAt(t, storyURL, article(test.head, test.before, "")).Authors; !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestDates(t *testing.T) {
	tests := []struct {
		name, url, head, before, published, updated string
	}{
		{"json-ld", storyURL, `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-11-03T09:00:00+04:00","dateModified":"2025-11-03T12:30:00+04:00"}</script>`, "", "2025-11-03T09:00:00+04:00", "2025-11-03T12:30:00+04:00"},
		{"meta", storyURL, `<meta property="article:published_time" content="2025-11-03">`, "", "2025-11-03", ""},
		{"the outlet's zone", storyURL, `<meta property="article:published_time" content="2025-11-03T21:00:00Z">`, `<time datetime="2025-11-04T01:00:00+04:00">today</time>`, "2025-11-04T01:00:00+04:00", ""},
		{"time", storyURL, "", `<time datetime="2025-11-03T09:00:00+04:00">3 November</time>`, "2025-11-03T09:00:00+04:00", ""},
		{"url", "https://www.coastdaily.example/2025/11/03/varo", "", "", "2025-11-03", ""},
		{"beside the headline", storyURL, "", `<div>3 November 2025</div>`, "2025-11-03", ""},
		{"the day shown, for an instant in UTC", storyURL, `<meta property="article:published_time" content="2025-11-04T00:47:31Z">`, `<p class="date">November 3, 2025 at 6:47 PM</p>`, "2025-11-03T21:47:31-03:00", ""},
		{"the day in the URL, for an instant in UTC", "https://www.coastdaily.example/2025/11/05/varo", `<meta property="article:published_time" content="2025-11-04T23:30:00Z">`, "", "2025-11-05T00:30:00+01:00", ""},
		{"an update is no publication", storyURL, `<meta property="article:published_time" content="2025-11-04T00:47:31Z">`, `<p class="date">Updated November 5, 2025</p>`, "2025-11-04T00:47:31Z", ""},
		{"what programs can read goes first", storyURL, "", `<p class="meta">1 November 2025</p><time datetime="2025-11-03T09:00:00+04:00">x</time>`, "2025-11-03T09:00:00+04:00", ""},
		{"in figures", storyURL, "", `<p class="date">28.10.2025</p>`, "2025-10-28", ""},
		{"in Spanish", storyURL, "", `<div>Varo, 3 de noviembre de 2025</div>`, "2025-11-03", ""},
		{"in Japanese", storyURL, "", `<div>2025年11月3日</div>`, "2025-11-03", ""},
		{"the future is doubted", storyURL, `<meta name="date" content="2999-01-01">`, `<div class="date">2025-11-03</div>`, "2025-11-03", ""},
		{"on the outlet's own clock", storyURL, `<meta name="date" content="2025-11-03 23:43:13">`, `<p class="date">Tuesday, November 4, 2025</p>`, "2025-11-03T23:43:13Z", ""},
		{"marked before what a system keeps", storyURL, `<meta name="date" content="2025-10-28T15:38:44+01:00">`, `<time itemprop="datePublished" datetime="2025-11-03">3.11.2025</time>`, "2025-11-03", ""},
		{"behind its label", storyURL, "", strings.Repeat("<p>Quay</p>", 60) + `<div><span>Datum:</span> <span>03.11.2025</span></div>`, "2025-11-03", ""},
		{"in Arabic", storyURL, `<meta property="article:published_time" content="الاثنين، 03 نوفمبر 2025 - 12:09 م">`, "", "2025-11-03T12:09:00Z", ""},
		{"none", storyURL, "", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := extractAt(t, test.url, article(test.head, test.before, ""))
			if p.Published.String() != test.published || p.Updated.String() != test.updated {
				t.Errorf("got %s, %s; want %s, %s", p.Published, p.Updated, test.published, test.updated)
			}
		})
	}
}

func TestDateByALowerHeadline(t *testing.T) {
	page := strings.NewReplacer("Varo widens", "On 5 May 2020 Varo widens", "<h1>", "<h4>", "</h1>", "</h4>").Replace(article("", "", ""))
	page = strings.Replace(page, `<div class="wrap">`, strings.Repeat("<p>Quay</p>", 60)+`<div class="wrap"><p><em>03.11.2025 11:35</em></p>`, 1)
	if got := extractAt(t, storyURL, page).Published.String(); got != "2025-11-03T11:35:00Z" {
		t.Errorf("got %s, want the day above the headline", got)
	}
	page = strings.Replace(page, "<em>03.11.2025 11:35</em>", "", 1)
	if got := extractAt(t, storyURL, page).Published.String(); got != "" {
		t.Errorf("got %s, the day that the headline tells of", got)
	}
}

func TestVia(t *testing.T) {
	dateline := func(line string) string {
		return strings.Replace(article("", "", ""), "<p>The harbour", "<p>"+line+"The harbour", 1)
	}
	tests := []struct{ name, page, want string }{
		{"via", article("", "", "<p>By Ana Kovač via Steppe Courier</p>"), "Steppe Courier"},
		{"for this site", article("", "", "<p>By Ana Kovač for CoastDaily</p>"), ""},
		{"originally published", article("", "", "<p>This article was originally published by <a href=/x>Steppe Courier</a>. Read the original here.</p>"), "Steppe Courier"},
		{"republished", article("", "", "<p>Republished with permission from Steppe Courier.</p>"), "Steppe Courier"},
		{"a virus appeared", article("", "", "<p>The virus first appeared in Ostrel two years ago, and has not been seen since the winter ended there.</p>"), ""},
		{"dateline", dateline("VARO (Reuters) - "), "Reuters"},
		{"dateline with day", dateline("VARO, Nov. 24 (AP) — "), "Associated Press"},
		{"agency's reporter", article(`<meta name="author" content="By ANA KOVAČ, AP National Writer">`, "", ""), "Associated Press"},
		{"agency as publisher", article(`<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"name":"Associated Press"}}</script>`, "", ""), "Associated Press"},
		{"canonical elsewhere", article(`<link rel="canonical" href="https://steppecourier.example/a">`, "", ""), "Steppecourier"},
		{"canonical here", article(`<link rel="canonical" href="https://m.coastdaily.example/a">`, "", ""), ""},
		{"based on", article(`<script type="application/ld+json">{"@type":"NewsArticle","isBasedOn":{"url":"https://steppe.example/a","publisher":{"name":"Steppe Courier"}}}</script>`, "", ""), "Steppe Courier"},
		{"an agency is quoted", article("", "", "<p>The engineer told Reuters that the work would not wait for the ferry, whatever it costs the town.</p>"), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := extractAt(t, storyURL, test.page).Via; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"site at the end", article("", "", ""), "Varo widens its northern quay"},
		{"og", strings.Replace(article(`<meta property="og:title" content="Varo to widen its quay | Coast Daily"><meta property="og:site_name" content="Coast Daily">`, "", ""), "<h1>Varo widens its northern quay</h1>", "<h1>Coast Daily</h1>", 1), "Varo to widen its quay"},
		{"an alternative headline", strings.Replace(article(`<meta property="og:title" content="Why Varo widens its quay">`, `<h2 itemprop="headline">Why Varo widens its quay</h2>`, ""), "<h1>", `<h1 itemprop="alternativeHeadline">`, 1), "Why Varo widens its quay"},
		{"site behind a close seam", strings.NewReplacer("Varo widens its northern quay - Coast Daily", "北埠頭を拡張へ：海岸日報", "<h1>Varo widens its northern quay</h1>", "").Replace(article(`<meta property="og:site_name" content="海岸日報">`, "", "")), "北埠頭を拡張へ"},
		{"nothing but the site's name and a seam", strings.NewReplacer("Varo widens its northern quay - Coast Daily", "：海岸日報", "<h1>Varo widens its northern quay</h1>", "").Replace(article(`<meta property="og:site_name" content="海岸日報">`, "", "")), ""},
	}
	for _, test := range tests {
		if got := extractAt(t, storyURL, test.page).Title; got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestBody(t *testing.T) {
	want := text.Clean(strings.NewReplacer("<p>", "\n\n", "</p>", "").Replace(story))
	tests := []struct{ name, page string }{
		{"plain", article("", "", "")},
		{"furniture", article("", `<div class="share-bar">Share this</div><p class="byline">By Ana Kovač</p>`, `<div class="related-posts"><p>Ostrel's ferry is late again, and nobody on the island is surprised by it any more.</p></div><p>Sign up for our newsletter</p>`)},
		{"headline, day and summary again", article("", `<h2>Varo widens its northern quay</h2><p>24 November 2026</p><ul><li>The quay is widened.</li><li>The ferry moves.</li></ul>`, "")},
		{"links and styles in words", strings.Replace(article("", "", ""), "northern quay, a", `<a href="/q"><b>north</b>ern quay</a>, a`, 1)},
		{"promotion in a paragraph", strings.Replace(article("", "", ""), "berths.</p>", `berths. <strong>Read more: <a href="/x">The storms of spring</a></strong></p>`, 1)},
		{"double breaks", strings.NewReplacer("<p>", "<br><br>", "</p>", "").Replace(article("", "", ""))},
		{"boxes of one class", strings.ReplaceAll(article("", "", ""), "</p>\n<p>", `</p></div><div class="ad">Buy</div><div class="text"><p>`)},
		{"in a form", strings.NewReplacer("<body>", "<body><form>", "</body>", "</form></body>").Replace(article("", "", ""))},
		{"comments", article("", "", `<div id="comments"><p>I have fished there for forty years and the council never asked me anything at all.</p></div>`)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := extractAt(t, storyURL, test.page).Text; got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestCharset(t *testing.T) {
	page := strings.Replace(article("", "", ""), "<p>Work", "<p>В гавани Варо решили расширить северный причал, сообщил совет порта после долгого заседания.</p><p>Work", 1)
	koi := map[rune]byte{}
	for i, r := range "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ" {
		koi[r] = byte(0xc0 + i/2)
	}
	var encoded []byte
	for _, r := range page {
		if b, ok := koi[r]; ok {
			encoded = append(encoded, b)
		} else {
			encoded = append(encoded, string(r)...)
		}
	}
	for name, c := range map[string]struct {
		body        []byte
		contentType string
	}{
		"utf-8 declared as something else": {[]byte(page), "text/html; charset=windows-1252"},
		"koi8-r":                           {encoded, "text/html; charset=koi8-r"},
	} {
		p, err := Extract(c.body, c.contentType, storyURL)
		if err != nil || !strings.Contains(p.Text, "северный причал") {
			t.Errorf("%s: %v, %q", name, err, p.Text)
		}
	}
}

func TestNoArticle(t *testing.T) {
	p, err := Extract([]byte(`<title>Coast Daily: sign in</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Varo widens its quay","isAccessibleForFree":false}</script><p>Please sign in.`), "", storyURL)
	if !errors.Is(err, ErrNoArticle) {
		t.Fatalf("got %v", err)
	}
	if p.Title != "Varo widens its quay" || !p.Paywall || p.Text != "" || p.URL != storyURL {
		t.Errorf("got %+v", p)
	}
}

func FuzzExtract(f *testing.F) {
	f.Add([]byte(article(`<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"author":[{"@id":"#a"}]}]}</script>`, "<p>By A B via C D</p>", "<p>Related: <a>x</a>")), "text/html", storyURL)
	f.Add([]byte("<form><p><b><p><table><div></b><a href=//x>"), "text/html; charset=gbk", "::")
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"), "", "")
	f.Fuzz(func(t *testing.T, body []byte, contentType, pageURL string) {
		p, err := Extract(body, contentType, pageURL)
		if err != nil && !errors.Is(err, ErrNoArticle) {
			t.Fatal(err)
		}
		if !utf8.ValidString(p.Text) || text.Clean(p.Text) != p.Text {
			t.Fatalf("text not clean: %q", p.Text)
		}
		if strings.ContainsAny(p.Title+p.Via+p.Site+strings.Join(p.Authors, ""), "\n\x00") {
			t.Fatalf("lines broken: %+v", p)
		}
	})
}

// A page of a few lines keeps its paragraphs apart, each once, without the title.
func TestShortPage(t *testing.T) {
	const one = "Pilots brought the ferry back to Harbour City on Tuesday."
	const two = "Nobody was hurt, the port authority said; it will look into why both engines stopped off Lighthouse Point and how long the crew waited for a tug."
	text := "<h1>Harbour ferry towed in after engine failure</h1><p>" + one + "</p><p>" + two + "</p>"
	for name, html := range map[string]string{
		"bare":       text,
		"in a body":  "<html><body>" + text + "</body></html>",
		"in a box":   "<html><body><div>" + text + "</div></body></html>",
		"an article": "<html><body><article>" + text + "</article></body></html>",
		"with a nav": "<html><body><nav><a href='/'>Home</a></nav><main>" + text + "</main><footer>Harbour Post</footer></body></html>",
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Extract([]byte(html), "text/html; charset=utf-8", "https://harbour-post.example/1")
			if err != nil || p.Title != "Harbour ferry towed in after engine failure" || p.Text != one+"\n\n"+two {
				t.Errorf("%v, title %q, text %q", err, p.Title, p.Text)
			}
		})
	}
}
