package archive

import "testing"

func TestPlain(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"  Gas, oil — and GAS!  ", "gas oil and gas"},
		{"Baku’s gas; Baku's", "baku gas baku"},
		{"’s 's it’s", "s s it"},
		{"O'Brien rock’n’roll", "o brien rock n roll"},
		{"Türkiye İzmir Iğdır ədliyyə", "turkiye izmir igdir edliyye"},
		{"Straße Łódź Æsop", "strasse lodz aesop"},
		{"天然气abc", "天 然 气 abc"},
		{"ﬁne ４２", "fine 42"},
		{"AT&T C++ U.S.", "at t c u s"},
	}
	for _, tt := range tests {
		if got := plain(tt.in); got != tt.want {
			t.Errorf("plain(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("Baku’s “gas” — 天然气 İ ﷺ ǰ")
	f.Fuzz(func(t *testing.T, s string) {
		once := plain(s)
		if again := plain(once); again != once && again != plain(again) {
			t.Errorf("plain(%q) = %q, then %q, then %q", s, once, again, plain(again))
		}
	})
}

func TestTokensAreApart(t *testing.T) {
	seen := map[string]string{}
	for _, tag := range [][2]string{
		{tagActor, "AZE"}, {tagDyad, "AZE-ISR"}, {tagActor, "AZEISR"}, {tagTheme, "arms-trade"}, {tagTheme, "armstrade"},
		{tagMention, "AZE"}, {tagFocus, "AZE"}, {tagOutlet, "1"}, {tagOutlet, "10"}, {tagOutlet, "11"},
	} {
		got := token(tag[0], tag[1])
		if seen[got] != "" || plain(got) != got {
			t.Errorf("token(%s) = %q, as %s, plain %q", tag, got, seen[got], plain(got))
		}
		seen[got] = tag[0] + ":" + tag[1]
	}
}
