package main

import (
	"fmt"
	"os"

	"attache/bot"
	"attache/config"
)

type configCommand struct {
	Check  configCheck  `cmd:"" help:"Read the config and tell all that is wrong with it."`
	Print  configPrint  `cmd:"" help:"Print the config as it is in force, without its secrets."`
	Schema configSchema `cmd:"" help:"Print the JSON Schema of the config, for editors."`
}

// Help is printed under the command's calls.
func (configCommand) Help() string {
	return `Begin with a copy of attache.example.yaml. Every key, and the variables of the
environment that take its place, are in docs/configuration.md.

Example:
  attache config check --config attache.yaml`
}

type configCheck struct{}

// Help is printed under the command's flags.
func (configCheck) Help() string {
	return `Every mistake is told with its line and what was expected; the exit code is 2
then. What can be read and looks wrong all the same is told as a warning.

Example:
  attache config check
  attache config check --config /etc/attache.yaml`
}

// Run tells the mistakes, or what the config holds.
func (configCheck) Run(s *streams, g *settings) error {
	c, err := g.load()
	if err != nil {
		return err
	}
	for _, w := range c.Warnings() {
		fmt.Fprintln(s.err, "warning:", w)
	}
	for _, w := range config.UnknownVariables(os.Environ(), "ATTACHE_CONFIG", "ATTACHE_SHELL") {
		fmt.Fprintln(s.err, "warning:", w)
	}
	_, err = fmt.Fprintf(s.out, "%s: %s\n", g.ConfigFile, held(c))
	return err
}

// held counts what a config has: "2 desks, 14 sources, 3 places".
func held(c *config.Config) string {
	places := 0
	for _, d := range c.Desks {
		places += len(d.Post)
	}
	return bot.Plural(len(c.Desks), "desk") + ", " + bot.Plural(len(c.Sources), "source") + ", " + bot.Plural(places, "place")
}

type configPrint struct{}

// Help is printed under the command's flags.
func (configPrint) Help() string {
	return `The defaults and what the environment says are filled in. In the place of a
secret stands <secret>, and in a database's address xxxxx.

Example:
  attache config print
  ATTACHE_FETCH_TIMEOUT=5s attache config print`
}

// Run prints the config.
func (configPrint) Run(s *streams, g *settings) error {
	c, err := g.load()
	if err != nil {
		return err
	}
	data, err := c.YAML()
	if err != nil {
		return err
	}
	_, err = s.out.Write(data)
	return err
}

type configSchema struct{}

// Help is printed under the command's flags.
func (configSchema) Help() string {
	return `Keep it beside the config, and name it in the config's first line:
# yaml-language-server: $schema=attache.schema.json

Example:
  attache config schema > attache.schema.json`
}

// Run prints the schema.
func (configSchema) Run(s *streams) error {
	data, err := config.Schema()
	if err != nil {
		return err
	}
	_, err = s.out.Write(data)
	return err
}
