package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"attache/bot"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden holds what each thread of testdata becomes: thread.json, and then a
// file for each part.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var thread bot.Thread
			if err := json.Unmarshal(a.Files[0].Data, &thread); err != nil {
				t.Fatal(err)
			}
			parts, err := (&Adapter{Listens: true}).Plan(harbour(), thread)
			if err != nil {
				t.Fatal(err)
			}
			got := &txtar.Archive{Comment: a.Comment, Files: a.Files[:1:1]}
			for i, p := range parts {
				got.Files = append(got.Files, txtar.File{Name: fmt.Sprintf("%d-under-%d.json", i+1, p.Under), Data: indented(t, p.Payload)})
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(txtar.Format(a)), string(txtar.Format(got))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func indented(t *testing.T, data json.RawMessage) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", " "); err != nil {
		t.Fatal(err)
	}
	b.WriteByte('\n')
	return b.Bytes()
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
