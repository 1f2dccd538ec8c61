package main

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"attache/bot/slack"
	"attache/config"
	"attache/digest/actor"
)

type manifestCommand struct {
	Slack   manifestSlack   `cmd:"" help:"Print the manifest that Slack makes the app of."`
	Discord manifestDiscord `cmd:"" help:"Print the link that lets the app into a server of Discord, and register its commands."`
}

// Help is printed under the command's calls.
func (manifestCommand) Help() string {
	return `Example:
  attache manifest slack
  attache manifest discord`
}

type manifestSlack struct {
	Workspace string `placeholder:"NAME" help:"The workspace, where the config has several."`
}

// Help is printed under the command's flags.
func (manifestSlack) Help() string {
	return `At api.slack.com/apps press Create New App, From a manifest, and paste it; an app
that is there takes it under App Manifest. It asks for nothing that attache doesn't
do; docs/operations.md says what each scope is for, and how to go on.

It needs no tokens, and no config: without one it is for Socket Mode, with /attache
as the only command. request-url, short-commands and command-prefix change that.

Example:
  attache manifest slack > manifest.json
  attache manifest slack --workspace north`
}

// Run prints the manifest.
func (m manifestSlack) Run(s *streams, g *settings) error {
	w, err := m.workspace(g)
	if err != nil {
		return err
	}
	data, err := appOf(w).Manifest()
	if err != nil {
		return err
	}
	_, err = s.out.Write(data)
	return err
}

// workspace is the one that the manifest is for. The config may lack the tokens,
// which there are only after the manifest; what it says of the app has to be right.
func (m manifestSlack) workspace(g *settings) (config.Workspace, error) {
	if _, err := os.Stat(g.ConfigFile); errors.Is(err, fs.ErrNotExist) && g.ConfigFile == defaultConfig && m.Workspace == "" {
		return config.Workspace{}, nil
	}
	c, _, err := g.readAll(actor.Load())
	var mistakes config.Mistakes
	if errors.As(err, &mistakes) {
		mistakes = slices.DeleteFunc(mistakes, func(wrong *config.Mistake) bool { return !isOfApp(wrong.Pos.Path) })
		err = nil
		if len(mistakes) > 0 {
			err = mistakes
		}
	}
	if err != nil {
		return config.Workspace{}, err
	}
	return m.named(c.Slack)
}

// isOfApp reports whether a mistake is one of what the manifest is made from, or of
// the whole file.
func isOfApp(path string) bool {
	of := func(key string) bool { return strings.Contains(path, "."+key) }
	return path == "" || slices.ContainsFunc([]string{"request-url", "short-commands", "command-prefix"}, of)
}

// named is the workspace of a name; without one, the only one.
func (m manifestSlack) named(s config.Slack) (config.Workspace, error) {
	names := make([]string, len(s.Workspaces))
	for i, w := range s.Workspaces {
		names[i] = w.Name
	}
	i := slices.Index(names, m.Workspace)
	near := config.Nearest(m.Workspace, names)
	switch {
	case i >= 0:
		return s.Workspaces[i], nil
	case m.Workspace == "" && len(names) == 1:
		return s.Workspaces[0], nil
	case m.Workspace == "" && len(names) == 0:
		return s.Workspace, nil
	case m.Workspace == "":
		return config.Workspace{}, wrongUse("there are several workspaces: choose one with --workspace (%s)", strings.Join(names, ", "))
	case near != "":
		return config.Workspace{}, wrongUse("no workspace is called %q; did you mean %q?", m.Workspace, near)
	}
	return config.Workspace{}, wrongUse("no workspace is called %q; there are %d in slack.workspaces", m.Workspace, len(names))
}

// appOf is the app of a workspace as the config has it.
func appOf(w config.Workspace) slack.App {
	app := slack.App{RequestURL: w.RequestURL, Prefix: w.CommandPrefix}
	for _, name := range w.ShortCommands {
		app.Short = append(app.Short, name.Value)
	}
	if slices.Contains(app.Short, config.AllCommands) {
		app.Short = slack.ShortCommands()
	}
	return app
}

// wrongCommands are mistakes in the short commands of the workspaces.
func wrongCommands(c *config.Config) (wrong config.Mistakes) {
	for _, w := range append([]config.Workspace{c.Slack.Workspace}, c.Slack.Workspaces...) {
		app := appOf(w)
		for _, name := range w.ShortCommands {
			if name.Value == config.AllCommands {
				continue
			}
			if err := app.CheckCommand(name.Value); err != nil {
				wrong = append(wrong, c.At(name.Pos, "%v", err))
			}
		}
	}
	return wrong
}
