package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"attache/bot"
	"attache/bot/bottest"
	"attache/config"
)

// TestAdapters: a folder is relative to the config's, and a receiver in a private
// network gets nothing unless the config allows it.
func TestAdapters(t *testing.T) {
	r := newReceiver()
	defer r.Close()
	dir := t.TempDir()
	t.Chdir(t.TempDir())
	adapters := func(allowed string) map[string]bot.Adapter {
		t.Helper()
		text := fmt.Sprintf("fetch: {allow-private: [%s]}\nwebhooks: {site: {url: %q, secret: hush}}", allowed, r.URL)
		c, err := config.Parse(filepath.Join(dir, "attache.yaml"), []byte(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		all, err := newAdapters(c)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	post := func(a bot.Adapter, place bot.Place) error {
		t.Helper()
		parts, err := a.Plan(place, bottest.Line())
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Post(t.Context(), bot.Post{Key: "a/1/" + place.String() + "/1", Place: place, Payload: parts[0].Payload})
		return err
	}

	site := bot.Place{Platform: "webhook", Channel: "site"}
	var retry *bot.RetryError
	if err := post(adapters("10.0.0.0/8")["webhook"], site); !errors.As(err, &retry) || !strings.Contains(err.Error(), "allow-private") {
		t.Errorf("a private address gives %v", err)
	}
	if err := post(adapters("127.0.0.1")["webhook"], site); err != nil || len(r.State().Messages) != 1 {
		t.Errorf("an allowed address gives %v, and has %q", err, r.State().Keys())
	}
	if err := post(adapters("127.0.0.1")["file"], bot.Place{Platform: "file", Channel: "briefs"}); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "briefs", "a-1", "index.html")); err != nil {
		t.Error(err)
	}
}
