package file

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
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

func place() bot.Place { return bot.Place{Platform: "file", Channel: "briefs"} }

func post(t *testing.T, key string) bot.Post {
	t.Helper()
	parts, err := (&Adapter{}).Plan(place(), bottest.Line())
	if err != nil {
		t.Fatal(err)
	}
	return bot.Post{Key: key, Place: place(), Payload: parts[0].Payload}
}

func TestNames(t *testing.T) {
	for key, want := range map[string]string{
		"Caucasus/12/file:briefs/1":              "Caucasus-12",
		"South Caucasus/12/file:briefs/1":        "South-Caucasus-12",
		"Կովկաս/3/file:briefs/1":                 "Կովկաս-3",
		"../../etc/passwd/file:briefs/1":         "etc-passwd",
		"/file:briefs/1":                         "message",
		strings.Repeat("é", 60):                  strings.Repeat("é", 40),
		"Caucasus/12/corrected/file:elsewhere/1": "Caucasus-12-corrected-file-elsewhere-1",
	} {
		got := names(bot.Post{Key: key, Place: place()})
		if got[0] != want {
			t.Errorf("%q is called %q; want %q", key, got[0], want)
		}
		if !strings.HasPrefix(got[1], want+"-") {
			t.Errorf("%q is else called %q", key, got[1])
		}
	}
}

// TestNameTaken: what is there already is somebody's.
func TestNameTaken(t *testing.T) {
	a := &Adapter{Root: t.TempDir()}
	mine := filepath.Join(a.Root, "briefs", "Caucasus-12")
	if err := os.MkdirAll(mine, 0o755); err != nil {
		t.Fatal(err)
	}
	id, err := a.Post(t.Context(), post(t, "Caucasus/12/file:briefs/1"))
	if err != nil || !strings.HasPrefix(id, "Caucasus-12-") {
		t.Fatalf("posted as %q, %v", id, err)
	}
	if err := a.Withdraw(t.Context(), place(), "Caucasus-12"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error("a folder without a mark was removed:", err)
	}
}

// TestLeftovers: after a death in the middle nothing is to be seen, and what was
// left is cleared away.
func TestLeftovers(t *testing.T) {
	a := &Adapter{Root: t.TempDir()}
	p := post(t, "Caucasus/12/file:briefs/1")
	s, err := a.open(p.Place, true)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	frozen, err := s.temporary(p.Key)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.fill(frozen, p, map[string]string{"index.txt": "half"}); err != nil {
		t.Fatal(err)
	}
	if found, _, err := a.Find(t.Context(), p); found != bot.NotThere || err != nil {
		t.Fatal(found, err)
	}
	id, err := a.Post(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Rename(frozen, id); err == nil {
		t.Error("what a frozen process wrote takes the place of what is there")
	}
	if keys := keysIn(t, filepath.Join(a.Root, "briefs")); len(keys) != 1 {
		t.Errorf("there are %q", keys)
	}
}

// TestClimbing: a link in the folder leads nowhere, nor does the id of a post.
func TestClimbing(t *testing.T) {
	a := &Adapter{Root: t.TempDir()}
	outside := t.TempDir()
	folder := filepath.Join(a.Root, "briefs")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(folder, "Caucasus-12")); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Post(t.Context(), post(t, "Caucasus/12/file:briefs/1")); err == nil {
		t.Log("written under the other name")
	}
	for _, id := range []string{"..", "../briefs", "", ".", folder, ".attache", `..\x`} {
		if err := a.Withdraw(t.Context(), place(), id); err == nil {
			t.Errorf("withdrawing %q gives no error", id)
		}
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) > 0 {
		t.Errorf("outside the folder: %v, %v", left, err)
	}
	p := post(t, "Caucasus/13/file:briefs/1")
	p.Payload = json.RawMessage(`{"version":1,"files":{"../../escaped":"x"}}`)
	if _, err := a.Post(t.Context(), p); err == nil {
		t.Error("a file was written outside of its message")
	}
}

func TestRemedies(t *testing.T) {
	for err, want := range map[error]string{
		syscall.ENOSPC: "make room", syscall.EDQUOT: "make room", syscall.EACCES: "right to write", syscall.EROFS: "only be read",
		syscall.EFBIG: "ulimit -f", syscall.ENOTDIR: "a file where the folder", syscall.ENOTEMPTY: "", syscall.EIO: "",
	} {
		got := explain(place(), retry(&fs.PathError{Op: "write", Path: "index.md", Err: err}))
		var again *bot.RetryError
		if !strings.Contains(got.Error(), want) || !strings.HasPrefix(got.Error(), "file:briefs: ") || !errors.As(got, &again) {
			t.Errorf("%v: %v", err, got)
		}
	}
}

func TestCheck(t *testing.T) {
	a := &Adapter{Root: t.TempDir()}
	verdict := func(want bot.Verdict, what string) {
		t.Helper()
		got := a.Check(t.Context(), place())
		if len(got) != 1 || got[0].Verdict != want || !strings.Contains(got[0].What, what) || (want == bot.Broken) != (got[0].Remedy != "") {
			t.Errorf("%+v; want %s, %s", got, want, what)
		}
	}
	folder := filepath.Join(a.Root, "briefs")
	verdict(bot.Well, folder+" will be made")
	over := fileInTheWay(t, folder)
	verdict(bot.Broken, "not a directory")
	over()
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	verdict(bot.Well, folder+" can be written into")
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("the check left %v, %v", left, err)
	}
}

// endsLate is a context that ends while a post is under way.
type endsLate struct {
	context.Context
	asked int
}

func (c *endsLate) Err() error {
	if c.asked++; c.asked > 1 {
		return context.DeadlineExceeded
	}
	return nil
}

// TestTooLate: what took longer than its time isn't put on the shelf, where another
// process may have put it by then.
func TestTooLate(t *testing.T) {
	a := &Adapter{Root: t.TempDir()}
	_, err := a.Post(&endsLate{Context: t.Context()}, post(t, "Caucasus/12/file:briefs/1"))
	var retry *bot.RetryError
	if !errors.As(err, &retry) {
		t.Errorf("a post without time left gives %v", err)
	}
	if left, err := os.ReadDir(filepath.Join(a.Root, "briefs")); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
}
