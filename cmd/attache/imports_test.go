package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport is the shape of the program: each package, and which of ours it may
// import (nil: everything). Tests are exempt.
var mayImport = map[string][]string{
	"cmd/attache":                nil,
	"config":                     {},
	"sources/text":               {},
	"sources/fetch":              {},
	"sources/newsroom":           {},
	"sources/feed":               {"sources/text"},
	"sources/page":               {"sources/text"},
	"sources":                    {"sources/fetch", "sources/feed", "sources/page", "sources/text"},
	"digest/actor":               {"sources/text"},
	"digest/theme":               {"sources/text", "digest/actor"},
	"digest/story":               {"sources", "sources/text", "digest/actor"},
	"digest/summary":             {"sources", "sources/text"},
	"digest/archive":             {"sources", "sources/text", "digest/actor", "digest/theme", "digest/story"},
	"digest/archive/archivetest": {"digest/archive"},
	"digest":                     {"sources", "sources/text", "digest/actor", "digest/theme", "digest/story", "digest/summary", "digest/archive"},
	"digest/ask":                 {"sources", "sources/text", "digest/actor", "digest/theme", "digest/story", "digest/summary", "digest/archive"},
	"bot":                        {"sources/text", "digest/actor", "digest/theme", "digest", "digest/ask", "digest/archive", "digest/summary", "bot/schedule"},
	"bot/schedule":               {},
	"bot/terminal":               {"bot"},
	"bot/file":                   {"bot", "bot/terminal"},
	"bot/webhook":                {"bot"},
	"bot/webhook/webhooktest":    {},
	"bot/slack":                  {"bot", "bot/terminal"},
	"bot/slack/slacktest":        {},
	"bot/discord":                {"bot", "bot/terminal"},
	"bot/discord/discordtest":    {},
	"bot/bottest":                {"bot"},
	"bot/bottest/backstage": {
		"bot", "digest", "digest/actor", "digest/archive", "digest/ask", "digest/theme",
		"sources", "sources/fetch", "sources/newsroom",
	},
}

// onlyUnder names the libraries that may be used in some places only.
var onlyUnder = map[string][]string{
	"modernc.org/sqlite":         {"digest/archive"},
	"github.com/jackc/pgx/v5":    {"digest/archive"},
	"github.com/robfig/cron/v3":  {"bot/schedule", "config"},
	"github.com/goccy/go-yaml":   {"config"},
	"github.com/alecthomas/kong": {"cmd/attache"},
	"github.com/slack-go/slack":  {"bot/slack"},
	"github.com/gorilla":         {"bot/slack", "bot/discord"},
	"github.com/bwmarrin":        {"bot/discord"},
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Doc,Imports", "attache/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath, Doc string
			Imports         []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, "attache/")
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("%s is not in the table of packages", name)
		}
		if p.Doc == "" {
			t.Errorf("%s has no package comment", name)
		}
		for _, imp := range p.Imports {
			ours, is := strings.CutPrefix(imp, "attache/")
			if is && allowed != nil && !slices.Contains(allowed, ours) {
				t.Errorf("%s may not import %s", name, ours)
			}
			for lib, places := range onlyUnder {
				under := func(place string) bool { return strings.HasPrefix(name, place) }
				if strings.HasPrefix(imp, lib) && !slices.ContainsFunc(places, under) {
					t.Errorf("%s may not import %s: only %v may", name, imp, places)
				}
			}
		}
	}
}
