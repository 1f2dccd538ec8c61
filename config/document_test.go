package config

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The files that are made from the definitions of the keys. After a change,
// "go test ./config -update" writes them again.
const (
	schemaFile = "../docs/attache.schema.json"
	pageFile   = "../docs/configuration.md"
	example    = "../attache.example.yaml"
)

func TestGeneratedFilesAreUpToDate(t *testing.T) {
	schema, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]byte{schemaFile: schema, pageFile: page(Keys())} {
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the definitions make of it (go test ./config -update): %v\n%s", path, err, cmp.Diff(string(got), string(want)))
		}
	}
}

// pageHead begins the page about the config.
const pageHead = `# The config

<!-- Made from the definitions in config/ by "go test ./config -update"; change those. -->

attache reads one YAML file, ` + "`attache.yaml`" + ` where it is started, another by ` + "`--config FILE`" + ` (` + "`-c`" + `) or
` + "`ATTACHE_CONFIG`" + `. Begin with a copy of ` + "[attache.example.yaml](../attache.example.yaml)" + `.

- ` + "`attache config check`" + ` reads it and tells all its mistakes at once, each with its line. Every command does
  the same before it begins, and exits with 2 where there is one.
- ` + "`attache config print`" + ` prints what is in force, with the defaults and the environment, and without the secrets.
- ` + "`attache config schema`" + ` prints the [JSON Schema](attache.schema.json), by which an editor completes and checks keys.

## The environment

` + "`${NAME}`" + ` in a value is the variable NAME, which has to be set; ` + "`$${NAME}`" + ` stands for itself.

Each key outside of lists and of named workspaces has a variable that takes its place: its path in capitals after
` + "`ATTACHE_`" + `, with ` + "`_`" + ` for every dot and hyphen. ` + "`ATTACHE_FETCH_CONTACT`" + ` is ` + "`fetch.contact`" + `. A list is written with commas.
A few have a second name that other programs use too; the first name that is set counts. The environment wins over the
file, and the file over the default. A variable that is set to nothing counts as not set.

## Secrets

A secret is written in one of five ways, the safer ones last:

| as | for example |
|---|---|
| a text | ` + "`bot-token: xoxb-…`" + ` |
| a variable | ` + "`bot-token: ${SLACK_BOT_TOKEN}`" + `, or only the variable, without the key |
| a file, in the value | ` + "`bot-token: file:/run/secrets/slack`" + ` |
| a file, by its key | ` + "`bot-token-file: /run/secrets/slack`" + ` |
| a file, by a variable | ` + "`SLACK_BOT_TOKEN_FILE=/run/secrets/slack`" + ` |

A path in the config is relative to the config's folder, one in the environment to where attache is started. attache
never prints a secret. ` + "`database`" + ` is a secret by what may be in it; ` + "`file:`" + ` before it is SQLite's own, so its file is
named by ` + "`database-file`" + `.

## Reuse

Anchors (` + "`&name`" + `), aliases (` + "`*name`" + `) and merges (` + "`<<: *name`" + `) work as in YAML: what a block gives itself wins over what it merges.
`

// page is the page about the config.
func page(keys []Key) []byte {
	var b bytes.Buffer
	b.WriteString(pageHead)
	block(&b, "The top", "", keys)
	return b.Bytes()
}

// block writes the table of a block's keys, and then those below it.
func block(b *bytes.Buffer, title, doc string, keys []Key) {
	fmt.Fprintf(b, "\n## %s\n\n", title)
	if doc != "" {
		fmt.Fprintf(b, "%s\n\n", doc)
	}
	b.WriteString("| key | value | default | what it is |\n|---|---|---|---|\n")
	for _, k := range keys {
		about := k.Doc
		if k.Example != "" {
			about += " Example: `" + k.Example + "`."
		}
		if len(k.Env) > 0 {
			about += " Environment: `" + strings.Join(k.Env, "`, `") + "`."
		}
		value := k.Default
		if value != "" {
			value = "`" + value + "`"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", k.name, k.Type, value, strings.ReplaceAll(about, "|", `\|`))
	}
	for _, k := range keys {
		if len(k.Keys) > 0 {
			block(b, "`"+k.Path+"`", k.Doc, k.Keys)
		}
	}
}

func TestEveryKeyIsTold(t *testing.T) {
	for k := range every(Keys()) {
		if k.Doc == "" || k.Type == "" || !strings.HasSuffix(k.Doc, ".") {
			t.Errorf("%s: %q, %q", k.Path, k.Type, k.Doc)
		}
		if k.Example == "" && k.Default == "" && len(k.Keys) == 0 {
			t.Errorf("%s has neither an example nor a default", k.Path)
		}
	}
}

// every goes through all keys.
func every(keys []Key) func(func(Key) bool) {
	return func(yield func(Key) bool) { walk(keys, yield) }
}

func walk(keys []Key, yield func(Key) bool) bool {
	for _, k := range keys {
		if !yield(k) || !walk(k.Keys, yield) {
			return false
		}
	}
	return true
}

// commented is a line of the example that is to be taken into use.
var commented = regexp.MustCompile(`(?m)^#( {2,}|[a-z])`)

// exampleWhole is the example with all that it offers in use.
func exampleWhole(t *testing.T) (asIs, whole []byte) {
	t.Helper()
	data, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	return data, commented.ReplaceAll(data, []byte("$1"))
}

func TestExample(t *testing.T) {
	asIs, whole := exampleWhole(t)
	if c, err := Parse("attache.example.yaml", asIs, nil); err != nil || len(c.Sources) == 0 || len(c.Desks) == 0 {
		t.Errorf("%v", err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("s"), 0o600); err != nil {
		t.Fatal(err)
	}
	whole = bytes.ReplaceAll(whole, []byte("file:/run/secrets/slack-signing-secret"), []byte("file:secret"))
	if _, err := Parse(filepath.Join(dir, "attache.yaml"), whole, anyVariable); err != nil {
		t.Error(err)
	}
	for k := range every(Keys()) {
		if !bytes.Contains(asIs, []byte(k.name+":")) {
			t.Errorf("the example has no %s", k.Path)
		}
	}
}

// anyVariable is an environment that has every ${NAME}.
func anyVariable(name string) (string, bool) {
	switch {
	case strings.HasPrefix(name, envPrefix), strings.HasSuffix(name, envFile), name == "DATABASE_URL":
		return "", false
	case name == "HEARTBEAT_URL":
		return "https://beat.example/hunter2", true
	case name == "DISCORD_PUBLIC_KEY":
		return strings.Repeat("0a", 32), true
	}
	return "x", true
}

func TestSchemaJudgesAsTheReader(t *testing.T) {
	s := compiled(t)
	asIs, whole := exampleWhole(t)
	for name, c := range map[string]struct {
		yaml string
		fine bool
	}{
		"the example":       {string(asIs), true},
		"all of it":         {string(whole), true},
		"variables":         {"sources: [{feed: '${FEED}', rating: '${R}'}]", true},
		"an unknown key":    {"databse: x", false},
		"below a list":      {"sources: [{feed: 'https://a.example', ratng: B}]", false},
		"a wrong letter":    {"sources: [{feed: 'https://a.example', rating: G}]", false},
		"two addresses":     {"sources: [{feed: 'https://a.example', site: 'https://b.example'}]", false},
		"no address":        {"sources: [{outlet: A}]", false},
		"no name":           {"desks: [{follow: AZE}]", false},
		"six fields":        {"desks: [{name: A, schedule: '0 30 7 * * 1'}]", false},
		"no such platform":  {"desks: [{name: A, post: ['skype:#a']}]", false},
		"a text for a flag": {"sources: [{feed: 'https://a.example', state-linked: maybe}]", false},
		"a list for a text": {"database: [a]", false},
		"no day":            {"desks: [{name: A, holidays: [31.12.2026]}]", false},
		"quiet till 24":     {"desks: [{name: A, quiet: '22:00-24:00'}]", false},
		"a log in XML":      {"log: xml", false},
		"no bot":            {"slack: {workspaces: {north: {app-token: x}}}", false},
	} {
		var v any
		if err := yaml.Unmarshal([]byte(c.yaml), &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := s.Validate(v); (err == nil) != c.fine {
			t.Errorf("%s: by the schema %v", name, err)
		}
		if _, err := Parse("x", []byte(c.yaml), nil); err == nil && !c.fine {
			t.Errorf("%s: the reader takes it", name)
		}
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("attache.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile("attache.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestPrintedConfigIsTheSame reads what is printed of a config, and prints that.
func TestPrintedConfigIsTheSame(t *testing.T) {
	_, whole := exampleWhole(t)
	const password = "hunter2"
	for _, text := range []string{
		"",
		strings.ReplaceAll(string(whole), "file:/run/secrets/slack-signing-secret", "x"),
		"sources:\n  - {feed: 'https://a.example/$${x}?b=#', name: '$$${y} ${not', outlet: ' \"A: B\" '}\n",
		"slack: {workspaces: {b: {bot-token: hunter2}, a: {bot-token: hunter2}}}\ndesks: [{name: '12', post: 'slack/a:#x'}]\n",
		"database: postgres://me:hunter2@db.example:5432/attache?sslmode=require&sslpassword=hunter2\nfetch: {timeout: 90s}\n",
	} {
		c, err := Parse("x", []byte(text), anyVariable)
		if err != nil {
			t.Fatal(err)
		}
		first, err := c.YAML()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse("x", first, anyVariable)
		if err != nil {
			t.Fatalf("%v\n%s", err, first)
		}
		second, err := again.YAML()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(first), string(second)); diff != "" {
			t.Error(diff)
		}
		if strings.Contains(string(first), password) {
			t.Errorf("the password is printed: %s", first)
		}
		if strings.Contains(text, "db.example") && !strings.Contains(string(first), "db.example:5432/attache") {
			t.Errorf("host and database are lost: %s", first)
		}
		if err := compiled(t).Validate(decoded(t, first)); err != nil {
			t.Errorf("%v\n%s", err, first)
		}
	}
}

func decoded(t *testing.T, data []byte) any {
	t.Helper()
	v := any(map[string]any{})
	if err := yaml.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEnvironment(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "secret")
	if err := os.WriteFile(file, []byte("from a file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{
		"DATABASE_URL": "other.db", "ATTACHE_DATABASE": "mine.db", "SLACK_BOT_TOKEN_FILE": file, "DISCORD_TOKEN": "d",
		"ATTACHE_FETCH_TIMEOUT": "5s", "ATTACHE_FETCH_ALLOW_PRIVATE": "127.0.0.1, 10.0.0.0/8", "ATTACHE_FETCH_CONTACT": " ",
		"ATTACHE_SLACK_APP_TOKEN": "${LITERAL}",
	}
	c, err := Parse("x", []byte("database: x.db\nslack: {bot-token: '${NOT_SET}'}\nfetch: {contact: a@b.example, timeout: wrong}\n"),
		func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	if err != nil {
		t.Fatal(err)
	}
	got := []any{c.Database.Value(), c.Slack.BotToken.Value(), c.Slack.AppToken.Value(), c.Discord.Token.Value(), c.Fetch.Timeout.String(), len(c.Fetch.AllowPrivate), c.Fetch.Contact}
	want := []any{"mine.db", "from a file", "${LITERAL}", "d", "5s", 2, "a@b.example"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	env = map[string]string{"ATTACHE_FETCH_TIMEOUT": "never", "SLACK_BOT_TOKEN_FILE": "/nowhere", "DATABASE_URL": "mysql://me:hunter2@db"}
	_, err = Parse("x", nil, func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	const mistakes = `ATTACHE_FETCH_TIMEOUT: fetch.timeout: expected a time from 1s to 10m
DATABASE_URL: database: expected the path of a file, or an address that begins with postgres://
SLACK_BOT_TOKEN_FILE: slack.bot-token: expected a file that holds the secret; /nowhere: no such file or directory`
	if err == nil || cmp.Diff(mistakes, err.Error()) != "" {
		t.Error(cmp.Diff(mistakes, fmt.Sprint(err)))
	}
}

func TestZoneNamesAreZones(t *testing.T) {
	names := strings.Fields(zoneNames)
	if len(names) < 400 || !slices.IsSorted(names) {
		t.Fatalf("%d names", len(names))
	}
	c, err := Parse("x", []byte("desks:\n"+strings.Join(slices.Sorted(maps.Keys(desksOf(names))), "")), nil)
	if err != nil || len(c.Desks) != len(names) {
		t.Error(err)
	}
}

// desksOf is a desk in each zone, as lines of a config.
func desksOf(zones []string) map[string]bool {
	all := make(map[string]bool)
	for _, z := range zones {
		all["  - {name: "+z+", zone: "+z+"}\n"] = true
	}
	return all
}

func TestDesksYAMLIsReadAgain(t *testing.T) {
	_, whole := exampleWhole(t)
	c, err := Parse("x", []byte(strings.ReplaceAll(string(whole), "file:/run/secrets/slack-signing-secret", "x")), anyVariable)
	if err != nil {
		t.Fatal(err)
	}
	printed, err := DesksYAML(c.Desks)
	if err != nil {
		t.Fatal(err)
	}
	c.Desks[0].Post = nil // of platforms that only the whole config has
	withoutPosts, err := DesksYAML(c.Desks)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Parse("x", withoutPosts, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	second, err := DesksYAML(again.Desks)
	if diff := cmp.Diff(string(withoutPosts), string(second)); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	for _, part := range []string{"name: Caucasus", "- slack:@caucasus-leads", "- webhook:site", "schedule: 30 7 * * 1-5"} {
		if !strings.Contains(string(printed), part) {
			t.Errorf("%s is missing: %s", part, printed)
		}
	}
}
