package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestClean(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"untouched":       {"Oil fell, then rose.", "Oil fell, then rose."},
		"spaces":          {" a\tb\u00a0 c ", "a b c"},
		"lines joined":    {"one\ntwo\r\nthree", "one two three"},
		"paragraphs":      {"one\n \n\n\ntwo\u2029three", "one\n\ntwo\n\nthree"},
		"entities":        {"Q&amp;A &lt;b&gt; &#8220;x&#x201D; AT&T a=1&copy=2", "Q&A <b> “x” AT&T a=1&copy=2"},
		"escaped twice":   {"R&amp;amp;D&amp;nbsp;here", "R&D here"},
		"composed":        {"e\u0301", "é"},
		"invisible":       {"a\u200bb\u202ec\u2066d\ufeffe\u00adf\U000E0041g\x00\x1bh\ufe0f", "abcdefgh"},
		"hidden entities": {"&am&#8203;p;lt;", "<"},
		"stacked marks":   {"q\u0334\u0322\u0331\u0330\u0348\u033fll", "q\u0334\u0322ll"},
		"not UTF-8":       {"a\xffb", "a\uFFFDb"},
	} {
		if got := Clean(c.in); got != c.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", name, c.in, got, c.want)
		}
	}
	if got := Line("One\n\ntwo"); got != "One two" {
		t.Errorf("Line = %q", got)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"&amp;amp;lt;", "a\n\n\nb", "&am\u200bp;", "\u037e&lt", "e \u0301", "&#x26;#38;lt;", "&zwj;", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if again := Clean(got); again != got {
			t.Fatalf("Clean(%q) = %q, and of that %q", s, got, again)
		}
		if !utf8.ValidString(got) || strings.Contains(got, "\n\n\n") || strings.TrimSpace(got) != got {
			t.Fatalf("Clean(%q) = %q", s, got)
		}
		_ = FromHTML(s)
	})
}

func TestFromHTML(t *testing.T) {
	for in, want := range map[string]string{
		"plain &amp; simple":                                    "plain & simple",
		"<p>One <b>bold</b>\nline.</p><p>Two.":                  "One bold line.\n\nTwo.",
		"a<br>b<br/><br/>c":                                     "a b\n\nc",
		"x<script>var a = '<p>';</script>y":                     "xy",
		"&lt;p&gt;Escaped &amp;amp; twice.&lt;/p&gt;":           "Escaped & twice.",
		"<ul><li>one</li><li>two</li></ul>":                     "one\n\ntwo",
		"<!-- no -->yes <img src=x alt=y>5 < 6":                 "yes 5 < 6",
		`a<span style="display: none">b <span>c</span></span>d`: "ad",
		`<p hidden>a<p>b<div style="font-size:0.9em">c</div>`:   "b\n\nc",
		`<p style="mso-hide: all">a</p><p style="visibility: hidden">b</p><p style="font-size:0px">c</p><p>d</p>`: "d",
		`<div style="opacity:0">a<br style="display:none">b</div><i style='color:red'>c`:                          "c",
		"<table><tr><td>a</td><td>b</td></tr></table>":                                                            "a b",
	} {
		if got := FromHTML(in); got != want {
			t.Errorf("FromHTML(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	s := "Iran’s oil-rich 'south' isn't U.S. 3,5 əl Ağdam."
	want := []string{"Iran’s", "oil", "rich", "south", "isn't", "U", "S", "3", "5", "əl", "Ağdam"}
	if diff := cmp.Diff(want, in(s, Words(s))); diff != "" {
		t.Error(diff)
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"already plain":    "already plain",
		"İstanbul ıssız":   "istanbul issiz",
		"Əliyev, Mәmməd":   "eliyev, mәmmed",
		"Straße STRAẞE":    "strasse strasse",
		"“Don’t”":          `"don't"`,
		"Ελλάς ΕΛΛΆΔΑ":     "ελλασ ελλαδα",
		"Кремль й ё":       "кремль и е",
		"ﬁne ＡＢＣ Øre Łódź": "fine abc ore lodz",
		"한국 が 中国":          "한국 が 中国",
		"مُحَمَّد أحمد":    "محمد احمد",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"İ", "ẞß", "“a’b”", "ʼn", "ŉ", "\u1e9e", "K"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		got := Fold(s)
		if again := Fold(got); again != got {
			t.Fatalf("Fold(%q) = %q, and of that %q", s, got, again)
		}
		if len(Words(got)) > len(Words(s)) {
			t.Fatalf("Fold(%q) = %q has more words", s, got)
		}
		_ = Stem(got, "en")
	})
}

func TestTrim(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"short", 5, "short"},
		{"one two three", 9, "one two…"},
		{"one two three", 8, "one two…"},
		{"unbreakable", 5, "unbr…"},
		{"əəəəə", 3, "əə…"},
		{"x", 0, ""},
	} {
		if got := Trim(c.in, c.n); got != c.want {
			t.Errorf("Trim(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestStem(t *testing.T) {
	if a, b := Stem("sanctions", "en"), Stem("sanction", "en"); a != b {
		t.Errorf("%q, %q", a, b)
	}
	if got := Stem("vergiler", "tr"); got != "vergiler" {
		t.Errorf("Turkish has no stemmer, got %q", got)
	}
}

func TestLanguage(t *testing.T) {
	for in, want := range map[string]string{
		"The foreign ministers of the two countries will meet in the capital on Thursday.":       "en",
		"Le ministre des affaires étrangères se rendra jeudi dans la capitale voisine.":          "fr",
		"Министр иностранных дел прибудет в столицу в четверг, сообщила пресс-служба.":           "ru",
		"Xarici işlər naziri cümə axşamı günü paytaxta səfər edəcək, bu barədə məlumat verilib.": "az",
		"Dışişleri bakanı perşembe günü başkente gidecek, ofisi duyurdu.":                        "tr",
		"": "",

		// Short ones: what can be told, and silence where it can't.
		"Armenia and Iran sign gas deal":     "en",
		"The port said the fare is to rise.": "en",
		"Oil prices rise":                    "",
		"Turkey pledges support":             "",
		"Minister visits Baku":               "",
		"Le ministre se rend à Bakou":        "",
		"Премьер посетил Баку":               "",
		"Премьер прибыл в Баку":              "ru",
		"Прем'єр прибув до Баку":             "uk",
		"وزير الخارجية يزور باكو":            "ar",
		"وزیر خارجه روز پنجشنبه به باکو سفر می\u200cکند": "fa",
	} {
		if got := Language(in); got != want {
			t.Errorf("Language(%q) = %q, want %q", in, got, want)
		}
	}
}

// in returns the parts of s that the spans cover.
func in(s string, spans []Span) []string {
	var parts []string
	for _, p := range spans {
		parts = append(parts, p.In(s))
	}
	return parts
}
