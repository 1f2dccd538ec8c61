package page

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"attache/sources/newsroom"
	"attache/sources/text"
)

// TestNewsroom reads every article page of the sample newsroom.
func TestNewsroom(t *testing.T) {
	world := newsroom.New()
	world.SetDay(3)
	client := &http.Client{Transport: world.Transport()}
	articles := world.Articles()
	if len(articles) == 0 {
		t.Fatal("the newsroom has no articles")
	}
	for _, a := range articles {
		answer, err := client.Get(a.URL)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Logf("%s: %d, %v", a.URL, answer.StatusCode, err)
			continue
		}
		p, err := Extract(body, answer.Header.Get("Content-Type"), a.URL)
		if a.Paywalled {
			if !p.Paywall {
				t.Errorf("%s: no paywall seen", a.URL)
			}
			continue
		}
		if err != nil {
			if len(strings.Join(a.Text, "")) > 2*minText {
				t.Errorf("%s: %v", a.URL, err)
			}
			continue
		}
		if p.Title != a.Title || p.URL != a.URL {
			t.Errorf("%s: %q at %s, want %q", a.URL, p.Title, p.URL, a.Title)
		}
		if !p.Published.At.Equal(a.Published) {
			t.Errorf("%s: published %s, want %s", a.URL, p.Published, a.Published)
		}
		// What an outlet says of its own mistakes stands below the text.
		got, _, _ := strings.Cut(p.Text, "\n\nCorrection:")
		if want := text.Clean(strings.Join(a.Text, "\n\n")); got != want {
			t.Errorf("%s: text\n%s\nwant\n%s", a.URL, p.Text, want)
		}
		if p.Via != "" && a.CopyOf == "" {
			t.Errorf("%s: via %q, but it is no copy", a.URL, p.Via)
		}
	}
}
