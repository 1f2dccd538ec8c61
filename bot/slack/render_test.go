package slack

import (
	"flag"
	"net/url"
	"testing"

	"attache/bot/bottest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	bottest.Golden(t, &Adapter{Listens: true}, place(), *update)
}

// TestLinkAddress: nothing of a page's address ends the link, or begins another.
func TestLinkAddress(t *testing.T) {
	page, err := url.Parse("https://wire.example/a?q=x|<!channel>&b=1")
	if err != nil {
		t.Fatal(err)
	}
	const want = "<https://wire.example/a?q=x%7C%3C!channel%3E&amp;b=1|Wire>"
	if got := link("Wire", page); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
