package main

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestEveryCommandHasAnExample walks the commands.
func TestEveryCommandHasAnExample(t *testing.T) {
	var cli commands
	parser, err := kong.New(&cli, kong.Vars{"config": defaultConfig, "version": ""})
	if err != nil {
		t.Fatal(err)
	}
	leaves := parser.Model.Leaves(true)
	if len(leaves) < 5 {
		t.Fatalf("%d commands", len(leaves))
	}
	for _, leaf := range leaves {
		name := leaf.Name
		for up := leaf.Parent; up != nil && up.Type == kong.CommandNode; up = up.Parent {
			name = up.Name + " " + name
		}
		if _, example, _ := strings.Cut(leaf.Detail, "Example"); !strings.Contains(example, "attache "+name) {
			t.Errorf("%s has no example: give it a method Help", name)
		}
	}
}
