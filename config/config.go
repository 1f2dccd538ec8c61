// Package config reads attache.yaml: what is polled, what desks follow, how
// pages are fetched.
//
// Begin with [Load], or with [Parse] for a config that is no file. All mistakes
// come out together, each with its line and what was expected there. What the
// config cannot judge, such as the names of actors and themes, it keeps with its
// position: whoever judges it says so with [Config.At].
package config

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

// maxConfig is the most that a config may hold, in bytes.
const maxConfig = 8 << 20

// DefaultDatabase is the database where the config names none.
const DefaultDatabase = "attache.db"

// Config is a whole attache.yaml, with the defaults filled in.
type Config struct {
	Database  Secret // a file of SQLite, or a postgres:// address, which may hold a password
	Sources   []Source
	Desks     []Desk
	Slack     Slack
	Discord   Discord
	Webhooks  []Webhook
	Questions Questions
	Fetch     Fetch

	MaySetUp  []Name // who may set up desks in chat; nobody named: admins
	Operator  string // who looks after attache
	Heartbeat Secret // an address that is asked after each run; its path often holds a token
	Log       string // "text" or "json"
	Listen    string // where attache is reached over HTTP, "127.0.0.1:8080"; empty: nowhere

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
// its variables take the place of keys: see [Key]. What is wrong with what the
// file says, by the checks too, is [Mistakes].
func Load(path string, checks ...Check) (*Config, error) {
	data, err := readFile(path, maxConfig)
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

// configFields are the keys at the top.
func configFields() fields[Config] {
	top := secretFields(database(), Key{
		name: "database", Default: DefaultDatabase, also: []string{"DATABASE_URL"},
		Doc: "Where articles are kept: the path of an SQLite file (from the config's folder on), or the address of a PostgreSQL database, `postgres://user:password@host/name`.",
	}, func(c *Config) *Secret { return &c.Database })
	return append(append(top,
		list(Key{
			name: "sources", Type: "a list of sources",
			Doc: "What is polled. Sources that were added by `attache sources add` or imported are kept with the articles; those here win over them.",
		}, sourceShape(), func(c *Config) *[]Source { return &c.Sources }),
		list(Key{name: "desks", Type: "a list of desks", Doc: "What teams follow, and when and where they are told."},
			deskShape(), func(c *Config) *[]Desk { return &c.Desks }),
		one(Key{name: "slack", Doc: "The Slack app. For the bot; nothing that is done by hand needs it, but it is always checked."},
			slackShape(), func(c *Config) *Slack { return &c.Slack }),
		one(Key{name: "discord", Doc: "The Discord app. For the bot; nothing that is done by hand needs it, but it is always checked."},
			discordShape(), func(c *Config) *Discord { return &c.Discord }),
		named(Key{
			name: "webhooks", Type: "receivers by their names",
			Doc: "Receivers of your own. A desk posts to one by `webhook:NAME`. See `docs/webhook.md`.",
		}, webhookShape(), func(w *Webhook) *string { return &w.Name }, func(c *Config) *[]Webhook { return &c.Webhooks }),
		one(Key{name: "questions", Doc: "What people ask in chat: how much of it is answered, and how long it is kept."},
			questionsShape(), func(c *Config) *Questions { return &c.Questions }),
		one(Key{name: "fetch", Doc: "How feeds and pages are fetched."},
			fetchShape(), func(c *Config) *Fetch { return &c.Fetch }),
	), runFields()...)
}

// runFields are the keys of who and what watches over attache.
func runFields() fields[Config] {
	operator := value(textKind(), Key{
		name: "operator", Example: "Murad Aliyev",
		Doc: "Who looks after attache. Help and errors in chat name them, so that people know whom to ask.",
	}, func(c *Config) *string { return &c.Operator })
	setUp := value(peopleKind(), Key{
		name: "may-set-up", Example: `["slack:admins", "slack:@editors"]`,
		Doc: "Who may set up a desk in chat for a place that has none, and change those desks: people and groups as in `desks[].may-change`. When left out, the admins of a workspace of Slack and of a server of Discord.",
	}, func(c *Config) *[]Name { return &c.MaySetUp })
	watched := append(secretFields(heartbeat(), Key{
		name: "heartbeat", Example: "${HEARTBEAT_URL}",
		Doc: "An address that `attache run` asks by GET after each run that went well, so that a monitor that misses it can ring. It is fetched under the same guard as everything else.",
	}, func(c *Config) *Secret { return &c.Heartbeat }),
		value(textLike("text or json", "^(text|json)$", (*reader).logForm), Key{
			name: "log", Default: "text", Doc: "How `attache run` writes its log: `text` or `json`, one record a line, on standard error.",
		}, func(c *Config) *string { return &c.Log }),
		value(textLike("a port, or an address and a port", `^[^\s/]*:[0-9]{1,5}$`, (*reader).listenAddress), Key{
			name: "listen", Example: "127.0.0.1:8080",
			Doc: "Where `attache run` takes requests over HTTP, those that Slack sends to `slack.request-url`: an address of this machine and a port, or `:8080` for all of its addresses. A proxy with TLS belongs before it. When left out, there is no such place.",
		}, func(c *Config) *string { return &c.Listen }))
	return append(fields[Config]{setUp, operator}, watched...)
}

func (r *reader) logForm(n node) string {
	s := r.text(n)
	if s != "text" && s != "json" {
		r.mistake(n, "expected text or json")
	}
	return s
}

// listenAddress reads "127.0.0.1:8080" and ":8080".
func (r *reader) listenAddress(n node) string {
	s := r.text(n)
	if s == "" {
		return s
	}
	_, port, err := net.SplitHostPort(s)
	if number, wrong := strconv.ParseUint(port, 10, 16); err != nil || wrong != nil || number == 0 {
		r.mistake(n, "expected an address of this machine and a port, as in 127.0.0.1:8080")
	}
	return s
}

// config reads the top of the document and what its parts say of each other.
func (r *reader) config(root node, c *Config) {
	configFields().read(r, root, c)
	r.nameSources(c.Sources)
	r.agreeOutlets(c.Sources)
	r.compareDesks(c.Desks)
	r.checkPlaces(c)
}

// beside is the path of a file that the config names, relative to its folder.
func (r *reader) beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(r.file), path)
}

// Folder is the folder of the config's file, which paths in it are relative to.
func (c *Config) Folder() string { return filepath.Dir(c.file) }
