package terminal

import (
	"strings"
	"testing"
	"unicode"
)

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"Lume Post":                          "Lume Post",
		"<!channel> Lume Post":               "!channel> Lume Post",
		"<@U123> said":                       "@U123> said",
		"ask @everyone, @Here and \uff20all": "ask everyone, Here and all",
		"see https://other.test/a?b=1 now":   "see (link) now",
		"[x](javascript:alert(1))":           "[x]((link)",
		"tab\there":                          "tab here",
		"a < b > c":                          "a < b > c",
		"AT&T 5 % - 3":                       "AT&T 5 % - 3",
	} {
		if got := Harmless(in); got != want {
			t.Errorf("%q is printed as %q, not %q", in, got, want)
		}
	}
}

// FuzzForeignText holds that whatever an article says, nothing of it is obeyed,
// rings or leads anywhere.
func FuzzForeignText(f *testing.F) {
	for _, s := range []string{
		"", "<!channel>", "<<!here>", "@@everyone", "ht\u200btps://x.test", "java\u00adscript:x", "<\u2066@U1>", "\x1b[2J", "@\u200beveryone",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := sample()
		m.Notice, m.Blocks[0].Title, m.Blocks[2].Title = s, s, s
		m.Blocks[3].Lines[0].Text, m.Blocks[3].Lines[0].Marks, m.Blocks[3].Facts = s, []string{s}, s
		m.Blocks[3].Lines[1].Label = s
		m.Citations[0].Outlet = s
		got := printed(t, Printer{}, m)
		for _, r := range got {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r >= 0xE0000 && r <= 0xE007F) {
				t.Fatalf("%U is printed: %q", r, got)
			}
		}
		low := strings.ToLower(strings.ReplaceAll(got, "https://lume-post.example/a/1", ""))
		for _, live := range []string{"://", "<!", "<@", "<#", "@everyone", "@here", "javascript:"} {
			if strings.Contains(low, live) {
				t.Fatalf("%q is printed: %q", live, got)
			}
		}
	})
}
