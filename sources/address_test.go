package sources

import "testing"

func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		" HTTPS://Ledger.Example:443/RSS/ ": "https://ledger.example/RSS",
		"http://ledger.example:80":          "http://ledger.example",
		"http://ledger.example./?a=1#top":   "http://ledger.example?a=1",
		"http://ledger.example:8080/a//":    "http://ledger.example:8080/a",
		"http://[::1]:80/a":                 "http://[::1]/a",
		"https://ledger.example/a%2Fb/":     "https://ledger.example/a%2Fb",
		"no address":                        "no address",
		"https://ledger.example/rss?":       "https://ledger.example/rss",
	} {
		if got := Address(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
		if got := Address(Address(in)); got != want {
			t.Errorf("%s, twice: %s", in, got)
		}
	}
}
