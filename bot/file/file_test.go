package file

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"attache/bot"
	"attache/bot/bottest"
)

func TestContract(t *testing.T) {
	bottest.Contract(t, func(t *testing.T) bottest.Case {
		root := t.TempDir()
		folder := filepath.Join(root, "site", "briefs")
		return bottest.Case{
			Adapter:   &Adapter{Root: root},
			Place:     bot.Place{Platform: "file", Channel: "site/briefs"},
			Shown:     func(t *testing.T) []string { return keysIn(t, folder) },
			Unordered: true,
			Busy:      func(t *testing.T, _ *bot.Post) func() { return fileInTheWay(t, folder) },
			Refuse: func(_ *testing.T, p *bot.Post) func() {
				p.Payload = json.RawMessage(`{"version":99}`)
				return func() {}
			},
			Harmless: harmless,
		}
	})
}

// keysIn are the keys of the messages in a folder, each of which is whole.
func keysIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var keys []string
	for _, e := range entries {
		if !filepath.IsLocal(e.Name()) || strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%q is left in the folder", e.Name())
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, e.Name(), markName))
		if err != nil {
			t.Fatal(err)
		}
		var m mark
		if err := json.Unmarshal(data, &m); err != nil {
			t.Fatal(err)
		}
		keys = append(keys, m.Key)
		for _, name := range []string{"index.html", "index.md", "index.json", "index.txt"} {
			if info, err := os.Stat(filepath.Join(folder, e.Name(), name)); err != nil || info.Size() == 0 {
				t.Errorf("%s of %q: %v", name, m.Key, err)
			}
		}
	}
	return keys
}

func fileInTheWay(t *testing.T, folder string) func() {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(folder); err != nil {
			t.Fatal(err)
		}
	}
}
