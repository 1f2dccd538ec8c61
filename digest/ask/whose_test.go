package ask

import (
	"strings"
	"testing"

	"attache/digest/summary"
	"attache/sources"
)

// "The officials" are those who spoke before, where nobody else can be meant.
func TestWhose(t *testing.T) {
	for name, c := range map[string]struct{ text, speaker, want string }{
		"one body":          {"Armenia's roads ministry said on Monday that a tunnel is closed. It opens in May, the ministry said.", "the ministry", "Armenia's roads ministry"},
		"described":         {"The bridge costs more, two port officials told Lume Post. It is old, the officials said.", "the officials", "two port officials"},
		"two bodies":        {"Armenia's roads ministry said on Monday that a tunnel is closed. Iran's trade ministry was told. It opens in May, the ministry said.", "the ministry", "the ministry"},
		"two that speak":    {"Armenia's roads ministry said that a tunnel is closed. Iran's trade ministry said that it waits. It opens in May, the ministry said.", "the ministry", "the ministry"},
		"one of several":    {"The bridge costs more, two port officials told Lume Post. It is old, the official said.", "the official", "the official"},
		"where it sits":     {"The roads ministry in Yerevan said that a tunnel is closed. It opens in May, the ministry said.", "the ministry", "The roads ministry in Yerevan"},
		"a last name":       {"A tunnel is closed, a ministry official, Arsen Vardanyan, told Lume Post. It opens in May, according to Vardanyan.", "Vardanyan", "a ministry official, Arsen Vardanyan"},
		"of two":            {"A tunnel is closed, Arsen Vardanyan said. It is open, Lena Vardanyan said. It opens in May, Vardanyan said.", "Vardanyan", "Vardanyan"},
		"nobody before":     {"A tunnel is closed. It opens in May, the ministry said.", "the ministry", "the ministry"},
		"named, not spoken": {"Armenia's roads ministry runs the tunnel. It opens in May, the ministry said.", "the ministry", "the ministry"},
		"a name":            {"Armenia's roads ministry said on Monday that a tunnel is closed. It opens in May, Arsen Vardanyan said.", "Arsen Vardanyan", "Arsen Vardanyan"},
	} {
		t.Run(name, func(t *testing.T) {
			all := quotable(summary.Split(&sources.Article{Text: c.text, Lang: "en"}))
			if got := whose(all, len(all)-1, c.speaker); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestHasNumbers(t *testing.T) {
	for _, c := range []struct {
		sentence, numbers string
		want              bool
	}{
		{"It costs 640 million dollars.", "640", true},
		{"It costs 96,000 dollars.", "96", false},
		{"It costs 96,000 dollars.", "96 000", true},
		{"It costs 1.5 million dollars.", "5", false},
		{"In 2024, 96 were sold.", "96", true},
		{"They sold 96, 000 of them old.", "96", true},
		{"They sold many.", "96", false},
	} {
		if got := hasNumbers(c.sentence, strings.Fields(c.numbers)); got != c.want {
			t.Errorf("%q of %q: %v", c.numbers, c.sentence, got)
		}
	}
}
