package bottest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"attache/bot"
)

// Golden holds an adapter to what each thread of testdata becomes: a .txtar has
// thread.json, and then a file for each part, which are written again where that is
// asked for.
func Golden(t *testing.T, a bot.Adapter, p bot.Place, update bool) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) { golden(t, a, p, name, update) })
	}
}

func golden(t *testing.T, a bot.Adapter, p bot.Place, name string, update bool) {
	t.Helper()
	want, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var thread bot.Thread
	if err := json.Unmarshal(want.Files[0].Data, &thread); err != nil {
		t.Fatal(err)
	}
	parts, err := a.Plan(p, thread)
	if err != nil {
		t.Fatal(err)
	}
	got := &txtar.Archive{Comment: want.Comment, Files: want.Files[:1:1]}
	for i, p := range parts {
		got.Files = append(got.Files, txtar.File{Name: fmt.Sprintf("%d-under-%d.json", i+1, p.Under), Data: Indented(t, p.Payload)})
	}
	if update {
		if err := os.WriteFile(name, txtar.Format(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(txtar.Format(want)), string(txtar.Format(got))); diff != "" {
		t.Error(diff)
	}
}

// Indented is JSON as golden files have it.
func Indented(t *testing.T, data json.RawMessage) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", " "); err != nil {
		t.Fatal(err)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// Means says what the error of a post means to a delivery: "ok", "retry", "refused",
// or "doubt".
func Means(err error) string {
	var retry *bot.RetryError
	var refused *bot.RefusedError
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &retry):
		return "retry"
	case errors.As(err, &refused):
		return "refused"
	}
	return "doubt"
}
