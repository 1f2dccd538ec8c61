package page

import (
	"net/url"
	"testing"
)

func TestCanonical(t *testing.T) {
	tests := map[string]string{
		"HTTPS://News.Example:443/a?utm_source=x&id=7&fbclid=q#top\n": "https://news.example/a?id=7",
		"http://news.example:8080":                                    "http://news.example:8080/",
		"http://news.example:80/a/?":                                  "http://news.example/a/",
		"https://me:secret@news.example/a":                            "https://news.example/a",
		"https://amp.news.example/a":                                  "https://www.news.example/a",
		"https://news.example/a/amp":                                  "https://news.example/a",
		"https://news.example/a/amp/":                                 "https://news.example/a/",
		"https://news.example/amp/a":                                  "https://news.example/a",
		"https://news.example/a.amp.html":                             "https://news.example/a.html",
		"https://news.example/example/a":                              "https://news.example/example/a",
		"https://news.example/a%2Fb?q=%C3%A9&A=1&UTM_Medium=rss":      "https://news.example/a%2Fb?q=%C3%A9&A=1",
		"https://[2001:DB8::1]:443/a":                                 "https://[2001:db8::1]/a",
		"mailto:desk@news.example":                                    "mailto:desk@news.example",
		"/relative?utm_source=x":                                      "/relative?utm_source=x",
		"https://%zz":                                                 "https://%zz",
	}
	for raw, want := range tests {
		if got := Canonical(raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{"https://a.example/amp/amp/b.amp?utm_a=1&x=%zz#f", "http://[::1]:80", "HTTP://A./?", "//x", "https://amp.amp.b.example/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		once := Canonical(raw)
		if twice := Canonical(once); twice != once {
			t.Fatalf("%q: %q, then %q", raw, once, twice)
		}
		if u, err := url.Parse(once); err == nil && u.Hostname() != "" && (u.Scheme == "http" || u.Scheme == "https") && (u.User != nil || u.Fragment != "") {
			t.Fatalf("%q: %q", raw, once)
		}
	})
}
