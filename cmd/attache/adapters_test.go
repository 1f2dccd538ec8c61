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

// TestAPIAddress: the token goes to no address in the clear but to this machine.
func TestAPIAddress(t *testing.T) {
	for address, ok := range map[string]bool{
		"": true, "https://slack.example/api/": true, "http://127.0.0.1:8080/api/": true, "http://[::1]:8080/": true, "http://localhost/api": true,
		"http://slack.com/api/": false, "http://127.0.0.1.example/": false, "ftp://127.0.0.1/": false, "slack.com": false, "https:///api": false,
	} {
		t.Setenv("SLACK_API_URL", address)
		if got, err := apiAddress("SLACK_API_URL", ""); (err == nil) != ok || err == nil && got != address {
			t.Errorf("%q: %q, %v", address, got, err)
		}
	}
}

// TestWorkspaces: each workspace has an adapter under its name.
func TestWorkspaces(t *testing.T) {
	for text, want := range map[string]string{
		"slack: {bot-token: xoxb-1}": "slack",
		"slack: {workspaces: {north: {bot-token: xoxb-1}, south: {bot-token: xoxb-2}}}": "slack/north slack/south",
	} {
		c, err := config.Parse("attache.yaml", []byte(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		all, err := newAdapters(c)
		if err != nil {
			t.Fatal(err)
		}
		for name := range strings.FieldsSeq(want) {
			if all[name] == nil {
				t.Errorf("%s: nothing serves %s", text, name)
			}
		}
		if len(all) != 1+len(strings.Fields(want)) { // and files
			t.Errorf("%s: %d adapters", text, len(all))
		}
	}
}
