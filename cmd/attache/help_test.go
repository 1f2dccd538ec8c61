package main

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestEveryCommandHasAnExample walks the commands. A call of inspect may have its
// example where the calls are told.
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
		help := leaf.Detail
		if leaf.Parent != nil && strings.HasPrefix(name, "inspect ") {
			help += leaf.Parent.Detail
		}
		if _, example, _ := strings.Cut(help, "Example"); !strings.Contains(example, "attache "+name) {
			t.Errorf("%s has no example: give it a method Help", name)
		}
	}
}
