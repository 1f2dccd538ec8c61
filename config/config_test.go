package config

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of the cases")

// TestParse reads testdata/*.txtar: attache.yaml, and what comes of it. The files
// beside it are in the config's folder.
func TestParse(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			dir, files := t.TempDir(), map[string][]byte{}
			for _, f := range archive.Files {
				files[f.Name] = f.Data
				if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			env := map[string]string{"PLACE": "caspian-ledger.example", "EMPTY": ""}
			c, err := Parse(filepath.Join(dir, "attache.yaml"), files["attache.yaml"], func(name string) (string, bool) {
				v, ok := env[name]
				return v, ok
			})
			got := strings.ReplaceAll(outcome(t, c, err), dir+string(filepath.Separator), "")
			if *update {
				set(archive, "want", got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(files["want"]), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// outcome is the config as JSON with its database and zones told, or the mistakes.
func outcome(t *testing.T, c *Config, err error) string {
	if err != nil {
		var mistakes Mistakes
		if !errors.As(err, &mistakes) {
			t.Fatalf("%T is not Mistakes", err)
		}
		return err.Error() + "\n"
	}
	out, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	head := "database " + c.Database.Value() + "\n"
	for _, d := range c.Desks {
		head += "zone of " + d.Name + ": " + d.Zone.String() + "\n"
	}
	return head + string(out) + "\n"
}

func set(a *txtar.Archive, name, data string) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = []byte(data)
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(data)})
}

func TestParseWithoutEnvironment(t *testing.T) {
	c, err := Parse("demo", nil, nil)
	if err != nil || c.Database.Value() != DefaultDatabase || c.Fetch.Timeout != DefaultTimeout {
		t.Fatalf("%+v, %v", c, err)
	}
	c, err = Parse("x", nil, func(name string) (string, bool) { return "postgres://db", name == "DATABASE_URL" })
	if err != nil || c.Database.Value() != "postgres://db" {
		t.Fatalf("%q, %v", c.Database.Value(), err)
	}
	if _, err := Load(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Load of no file: %v", err)
	}
}

func TestAt(t *testing.T) {
	c, err := Parse("a.yaml", []byte("desks:\n  - name: D\n    follow: [ISR, Azerbajan]\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := c.At(c.Desks[0].Follow[1].Pos, "nothing is named %q", c.Desks[0].Follow[1].Value).Error()
	if want := `a.yaml:3:19: desks[0].follow[1]: nothing is named "Azerbajan"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSecretIsNeverPrinted(t *testing.T) {
	const text = "hunter2"
	c := &Config{Database: NewSecret(text)}
	var b strings.Builder
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "secret", c.Database, "config", c)
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "secret", c.Database, "config", c)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&b, verb+verb, c.Database, c)
	}
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	all := b.String() + string(data)
	if strings.Contains(all, text) || strings.Contains(all, fmt.Sprintf("%x", text)) {
		t.Errorf("printed: %s", all)
	}
	if c.Database.Value() != text || NewSecret("").String() != "" {
		t.Error("the secret is lost")
	}
}

func FuzzParse(f *testing.F) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range cases {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("desks: &d\n - *d\n<<: *d"))
	f.Add([]byte("database: postgres://me:p%40ss@[::1]:5432/x?password=y\nslack: {workspaces: {a: {bot-token: $${x}}}}"))
	f.Add([]byte("fetch: {timeout: 1h30m, allow-private: fe80::/10}\ndesks: [{name: '- #x', follow: ['a: b', \"\\e[1m\"]}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("fuzz", data, nil)
		if (c == nil) == (err == nil) {
			t.Fatalf("%v, %v", c, err)
		}
		if err != nil {
			return
		}
		printed, err := c.YAML()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Parse("printed", printed, nil); err != nil {
			t.Fatalf("what is printed can't be read: %v\n%s", err, printed)
		}
	})
}

func TestUnknownVariables(t *testing.T) {
	got := UnknownVariables([]string{"PATH=/bin", "ATTACHE_FETCH_TIMEOUT=5s", "ATTACHE_FETCH_TIMOUT=5s", "ATTACHE_CONFIG=x", "ATTACHE_ZZZZZZZZZZZZZZ=1"}, "ATTACHE_CONFIG")
	want := []string{
		"ATTACHE_FETCH_TIMOUT: no key goes by this variable; did you mean ATTACHE_FETCH_TIMEOUT?",
		"ATTACHE_ZZZZZZZZZZZZZZ: no key goes by this variable",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestWarnsOfWhatIsFollowedAndMuted(t *testing.T) {
	c, err := Parse("attache.yaml", []byte("desks:\n  - name: One\n    follow: [Armenia, energy]\n    mute: armenia\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Warnings().Error(); !strings.Contains(got, `attache.yaml:4:11: desks[0].mute: "armenia" is followed and muted: it is never shown`) {
		t.Error(got)
	}
}

func TestSlackPlaceIsAChannel(t *testing.T) {
	for place, ok := range map[string]bool{"slack:#desk": true, "slack:C0123ABCD": true, "slack:desk": false, "slack:@desk": false} {
		_, err := Parse("attache.yaml", []byte("slack: {bot-token: xoxb-1-a}\ndesks:\n  - {name: One, follow: [AZE], post: ['"+place+"']}\n"), nil)
		if got := err == nil || !strings.Contains(err.Error(), "expected a channel of Slack"); got != ok {
			t.Errorf("%s: %v", place, err)
		}
	}
}
