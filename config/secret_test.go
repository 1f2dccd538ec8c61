package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAddressesNeverShowPasswords holds that an address that was not written as it
// was meant is refused without a word of it, and never printed.
func TestAddressesNeverShowPasswords(t *testing.T) {
	const word = "hunter2"
	refused := []string{
		"postgres://user:12/hunter2@host/db", "postgres://user:12#hunter2@host/db", "postgres://user:12?hunter2@host/db",
		"postgres://user:pw@x/hunter2@host/db", "postgres://user:hun%ter2hunter2@host/db", "postgres://host/db#hunter2", "postgresql:///db",
		"host=db.example user=me password=hunter2 dbname=news", "password=hunter2", "dbname=news\tpassword = hunter2",
		"pgx:user:hunter2@host/db", "postgres:/user:hunter2@host/db", "postgres:user:hunter2@host/db", "user:hunter2@host/db",
		"mysql://user:hunter2@host/db", "Postgres://user:hunter2@host/db",
	}
	for _, address := range refused {
		for _, env := range []bool{false, true} {
			text, lookup := fmt.Sprintf("database: %q\n", address), func(string) (string, bool) { return "", false }
			if env {
				text, lookup = "", func(name string) (string, bool) { return address, name == "DATABASE_URL" }
			}
			_, err := Parse("x", []byte(text), lookup)
			if err == nil || strings.Contains(err.Error(), word) || !strings.Contains(err.Error(), "postgres://") {
				t.Errorf("%s (variable: %t): %v", address, env, err)
			}
		}
		if shown := maskAddress(address); strings.Contains(shown, word) {
			t.Errorf("%s is shown as %s", address, shown)
		}
	}
	shown := map[string]string{
		"postgres://me:hunter2@db.example/news?options=-c%20x%3Dhunter2&password=hunter2&sslmode=require": "postgres://me:xxxxx@db.example/news?options=xxxxx&password=xxxxx&sslmode=require",
		"postgres:///news?host=/run/postgresql":                                                           "postgres:///news?host=%2Frun%2Fpostgresql",
		"postgres://me:p%40ss@[::1]:5432/x":                                                               "postgres://me:xxxxx@[::1]:5432/x",
		"news/attache.db":                                                                                 "news/attache.db",
		"file:news.db":                                                                                    "file:news.db",
		`C:\news\a.db`:                                                                                    `C:\news\a.db`,
		"./a:b@c.db":                                                                                      "./a:b@c.db",
		"/srv/me@host/a.db":                                                                               "/srv/me@host/a.db",
	}
	for address, want := range shown {
		if wrong := addressMistake(address); wrong != "" {
			t.Errorf("%s: %s", address, wrong)
		}
		if got := maskAddress(address); got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
	}
}

func TestSourcesHaveNoPassword(t *testing.T) {
	for _, key := range []string{"feed", "site", "sitemap"} {
		_, err := Parse("x", []byte("sources: [{"+key+": 'https://me:hunter2@a.example/x'}]\n"), nil)
		if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "without a name and password") {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// TestLongSecretFiles holds how much is read of a file that is said to be a secret.
func TestLongSecretFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret")
	for size, wrong := range map[int]string{64 << 10: "", 64<<10 + 1: "it has more than 64 KB"} {
		if err := os.WriteFile(path, []byte(strings.Repeat("x", size)), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Parse("x", []byte("slack: {workspaces: {a: {bot-token-file: "+path+"}}}\n"), nil)
		if wrong == "" && err != nil && strings.Contains(err.Error(), "KB") || wrong != "" && (err == nil || !strings.Contains(err.Error(), wrong)) {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

// TestNearestIsNear holds how far a name may be from the one that is suggested.
func TestNearestIsNear(t *testing.T) {
	names := []string{"Caspian Ledger", "feed"}
	for name, want := range map[string]string{"Caspian Leger": "Caspian Ledger", "caspian ledgers": "Caspian Ledger", "feeds": "feed", "food": "", "Levant Wire": "", "Caspan Leder": "Caspian Ledger"} {
		if got := Nearest(name, names); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
