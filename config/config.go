// Package config reads attache.yaml: what is polled, what desks follow, how
// pages are fetched.
//
// Begin with [Load], or with [Parse] for a config that is no file. All mistakes
// come out together, each with its line and what was expected there. What the
// config cannot judge, such as the names of actors and themes, it keeps with its
// position: whoever judges it says so with [Config.At].
package config

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
)

// DefaultDatabase is the database where the config names none.
const DefaultDatabase = "attache.db"

// Config is a whole attache.yaml, with the defaults filled in.
type Config struct {
	Database Secret // a file of SQLite, or a postgres:// address, which may hold a password
	Sources  []Source
	Desks    []Desk
	Fetch    Fetch

	file string
}

// Pos is where something stands in the config.
type Pos struct {
	Line, Column int    // from 1
	Path         string // "desks[0].follow[2]"
}

// Name is a name as it was written, for another package to understand.
type Name struct {
	Value string
	Pos   Pos
}

// Check finds what is wrong with a config by what the caller knows, such as the
// names of actors. It also gets a config that has other mistakes.
type Check func(*Config) Mistakes

// Load reads the config from a file. The environment stands in for ${NAME}, and
// DATABASE_URL chooses the database where the config does not. What is wrong
// with what the file says, by the checks too, is [Mistakes].
func Load(path string, checks ...Check) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the config: %w", err)
	}
	return Parse(path, data, os.LookupEnv, checks...)
}

// Parse reads a config. The name is that of its file, for mistakes and as the
// folder that the paths of database-file and its like are relative to; env looks
// up a variable of the environment, and may be nil where there is none. What is
// wrong with the config is [Mistakes].
func Parse(name string, data []byte, env func(string) (string, bool), checks ...Check) (*Config, error) {
	if env == nil {
		env = func(string) (string, bool) { return "", false }
	}
	r := &reader{file: name, env: env}
	c := &Config{file: name}
	if root, ok := r.document(data); ok {
		r.config(root, c)
	}
	for _, check := range checks {
		r.mistakes = append(r.mistakes, check(c)...)
	}
	if len(r.mistakes) > 0 {
		return nil, r.mistakes.sorted()
	}
	return c, nil
}

// config reads the top of the document and what its parts say of each other.
func (r *reader) config(root node, c *Config) {
	r.fetch(node{}, &c.Fetch) // its defaults
	r.fields(root, fields{
		{"database", func(n node) { c.Database = r.secret(n) }},
		{"database-file", func(n node) { c.Database = r.secretFile(n) }},
		{"sources", func(n node) {
			r.each(n, "a list of sources", func(n node) { c.Sources = append(c.Sources, r.source(n)) })
		}},
		{"desks", func(n node) {
			r.each(n, "a list of desks", func(n node) { c.Desks = append(c.Desks, r.desk(n)) })
		}},
		{"fetch", func(n node) { r.fetch(n, &c.Fetch) }},
	})
	if c.Database.Value() == "" {
		address, _ := r.env("DATABASE_URL")
		c.Database = NewSecret(cmp.Or(address, DefaultDatabase))
	}
	r.nameSources(c.Sources)
	r.agreeOutlets(c.Sources)
	r.compareDesks(c.Desks)
}

// beside is the path of a file that the config names, relative to its folder.
func (r *reader) beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(r.file), path)
}
