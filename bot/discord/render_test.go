package discord

import (
	"flag"
	"net/url"
	"testing"

	"attache/bot/bottest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	bottest.Golden(t, &Adapter{Listens: true}, harbour(), *update)
}

// TestLinkAddress: nothing of a page's address ends the link, or begins another.
func TestLinkAddress(t *testing.T) {
	page, err := url.Parse("https://wire.example/a?q=x)>[b](<https://evil.example&b=1")
	if err != nil {
		t.Fatal(err)
	}
	const want = `[Wire \[1\]](<https://wire.example/a?q=x%29%3E[b]%28%3Chttps://evil.example&b=1>)`
	if got := link("Wire [1]", page); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
