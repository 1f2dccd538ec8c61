package text

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestClean(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"entities twice":     {"Fish &amp;amp; chips", "Fish & chips"},
		"control and bidi":   {"a\x00b\u202ec\u200bd\U000e0041e", "abcde"},
		"spaces":             {"  one\u00a0two\t three ", "one two three"},
		"paragraphs":         {"One.\r\n\r\n\r\nTwo.", "One.\n\nTwo."},
		"wrapped":            {"The ship that left the\nharbour on Monday has\nnot come back.", "The ship that left the harbour on Monday has not come back."},
		"lines as a break":   {"The first paragraph ends.\nThe second one ends.", "The first paragraph ends.\n\nThe second one ends."},
		"invalid":            {"ab\xff\xfec", "abc"},
		"decomposed":         {"e\u0301", "é"},
		"Persian keeps ZWNJ": {"می\u200cخواهم", "می\u200cخواهم"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFromHTML(t *testing.T) {
	in := "<p>One <b>bold</b> word,<script>bad()</script> and\nmore.</p><ul><li>Item&nbsp;A</li><li>B &lt;c&gt;</li></ul><style>x</style>"
	const want = "One bold word, and more.\n\nItem A\n\nB <c>"
	if got := FromHTML(in); got != want {
		t.Errorf("got %q", got)
	}
	if got := FromHTML("&lt;p&gt;Twice&lt;/p&gt;"); got != "Twice" {
		t.Errorf("escaped once more: %q", got)
	}
}

func TestSentences(t *testing.T) {
	for _, want := range [][]string{
		{"One ends.", "Two ends!", "Three?"},
		{"Sen. J. P. Mott met the U.S. envoy at 7.30 p.m. on Friday.", "He left."},
		{"The ship cost $4.5 million.", "It sank."},
		{"“We won’t pay.”", "That was all, she said."},
		{"“We won’t pay,” Mr. Orr said.", "He left."},
		{"\"Is it done?\" he asked.", "\"Yes.\""},
		{"It happened in the U.S.", "The mayor was not told."},
		{"Order No. 12 was signed.", "He said no.", "Nobody argued."},
		{"A heading without a stop", "Text follows here."},
		{"It rose 3.2 percent (see p. 4).", "Then it fell."},
		{"Gen. Ali said so...", "Then he left."},
		{"Nazir Bakıda idi.", "İsrail heyəti də gəldi."},
		{"The company, Orr Inc., paid.", "Orr & Co. did not."},
	} {
		sep := " "
		if !strings.HasSuffix(want[0], ".") && !strings.ContainsAny(want[0], ".!?") {
			sep = "\n\n"
		}
		s := strings.Join(want, sep)
		var got []string
		for _, span := range Sentences(s) {
			got = append(got, span.In(s))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWords(t *testing.T) {
	s := "Don’t re-open Ceyhan’s 2nd line: 'now'"
	var got []string
	for _, w := range Words(s) {
		got = append(got, w.In(s))
	}
	want := []string{"Don’t", "re", "open", "Ceyhan’s", "2nd", "line", "now"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"BAKU": "baku", "Erdoğan": "erdogan", "Əliyev": "eliyev", "Isparta’s": "isparta's",
		"ışık İstanbul": "isik istanbul", "Straße": "strasse", "Østfold": "ostfold", "A–B": "a-b",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"Mon, 23 Nov 2026 18:40:00 +0400":     "2026-11-23T18:40:00+04:00",
		"23 Nov 2026 18:40 EST":               "2026-11-23T18:40:00-05:00",
		"Monday, 23-Nov-26 18:40:05 GMT":      "2026-11-23T18:40:05Z",
		"Mon Nov 23 18:40:05 2026":            "2026-11-23T18:40:05Z",
		"2026-11-23T18:40:05.5+04:00":         "2026-11-23T18:40:05+04:00",
		"2026-11-23":                          "2026-11-23",
		"20261123":                            "2026-11-23",
		"2026-11":                             "2026-11-01",
		"2026-327":                            "2026-11-23",
		"2026-11-23 18:40":                    "2026-11-23T18:40:00Z",
		"November 23, 2026":                   "2026-11-23",
		"November 23, 2026 6:40 pm":           "2026-11-23T18:40:00Z",
		"23rd November 2026":                  "2026-11-23",
		"23 kasım 2026":                       "2026-11-23",
		"2026/11/23 18:40:05":                 "2026-11-23T18:40:05Z",
		"Δευ, 12 Ιουλ 2004 12:00:00 EST":      "2004-07-12T12:00:00-05:00",
		"2004-július-13T9:15-05:00":           "2004-07-13T09:15:00-05:00",
		"2004년 05월 28일  01:31:15":             "2004-05-28T01:31:15Z",
		"2004-05-25 오후 11:23:17":              "2004-05-25T23:23:17Z",
		"31 Feb 2026":                         "",
		"yesterday":                           "",
		"Mon, 23 Nov 2026 25:40:00 GMT":       "",
		"":                                    "",
		"2026-13-01":                          "",
		"Thu, 01 Jan 2004 19:48:21 GMT+02:00": "2004-01-01T19:48:21+02:00",
	} {
		d, ok := ParseDate(in)
		if got := d.String(); ok != (want != "") || ok && got != want {
			t.Errorf("ParseDate(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestTrim(t *testing.T) {
	if got := Trim("nine ships wait outside", 12); got != "nine ships…" {
		t.Errorf("got %q", got)
	}
	if got := Trim("ağ", 2); got != "ağ" {
		t.Errorf("got %q", got)
	}
}

func TestLanguage(t *testing.T) {
	for want, s := range map[string]string{
		"en": "The harbour will be closed for two days while divers look for the anchor that was lost.",
		"tr": "Liman iki gün boyunca kapalı kalacak ve dalgıçlar kaybolan çapayı arayacak, dedi yetkililer.",
		"ru": "Порт будет закрыт на два дня, пока водолазы ищут потерянный якорь. Об этом сообщил начальник порта, который просит рыбаков не выходить в море.",
	} {
		if got := Language(s); got != want {
			t.Errorf("%s taken for %q", want, got)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"a &amp;amp;lt; b", "x\n \ny", "<p>a</p>", "\u202e\xff", "a.\nb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, got := range []string{Clean(s), FromHTML(s), Line(s)} {
			if !utf8.ValidString(got) || strings.ContainsAny(got, "\x00\x1b\u202e\u200b") {
				t.Errorf("unclean: %q", got)
			}
		}
		checkSpans(t, s, Sentences(s))
		checkSpans(t, s, Words(s))
	})
}

func checkSpans(t *testing.T, s string, spans []Span) {
	t.Helper()
	last := 0
	for _, p := range spans {
		if p.Start < last || p.End <= p.Start || p.End > len(s) || strings.TrimSpace(p.In(s)) != p.In(s) {
			t.Fatalf("span %v of %q after %d", p, s, last)
		}
		last = p.End
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"Mon, 23 Nov 2026 18:40:00 +0400", "2026-11-23T18:40:05Z", "2004년 05월 28일"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ParseDate(s)
		if ok && (d.IsZero() || d.At.After(time.Date(10000, 1, 2, 0, 0, 0, 0, time.UTC))) {
			t.Errorf("ParseDate(%q) = %v", s, d)
		}
	})
}
