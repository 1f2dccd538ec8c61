package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/posener/complete"
	"github.com/willabides/kongplete"

	"attache/config"
)

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Help is printed under the command's flags.
func (completionCommand) Help() string {
	return `Commands, flags, files, and the names of the config's desks and sources are
completed, by the config that --config or ATTACHE_CONFIG names.

Example:
  source <(attache completion bash)
  attache completion fish > ~/.config/fish/completions/attache.fish`
}

// Run prints what a shell has to read. The shell then calls attache with the line
// so far in COMP_LINE.
func (c completionCommand) Run(s *streams) error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding the path of attache: %w", err)
	}
	program = "'" + strings.ReplaceAll(program, "'", `'\''`) + "'"
	script := map[string]string{
		"bash": `complete -o default -C %s attache`,
		"zsh":  "autoload -U +X compinit bashcompinit && compinit -i && bashcompinit\ncomplete -o default -C %s attache",
		"fish": `function __complete_attache
    set -lx ATTACHE_SHELL fish
    set -lx COMP_LINE (commandline -cp)
    test -z (commandline -ct); and set COMP_LINE "$COMP_LINE "
    %s
end
complete -c attache -f -a "(__complete_attache)"`,
	}[c.Shell]
	_, err = fmt.Fprintf(s.out, script+"\n", program)
	return err
}

// completed answers a shell that asks how the line goes on.
func completed(parser *kong.Kong, s *streams) (bool, error) {
	if s.env("COMP_LINE") == "" {
		return false, nil
	}
	if completeName(s) {
		return true, nil
	}
	command, err := kongplete.Command(parser, kongplete.WithPredictor("file", complete.PredictFiles("*")))
	if err != nil {
		return true, fmt.Errorf("completing: %w", err)
	}
	predict(command, map[string]complete.Predictor{
		"--config": complete.PredictFiles("*.yaml"), "-c": complete.PredictFiles("*.yaml"),
	})
	answer := complete.New(parser.Model.Name, command)
	answer.Out = s.out
	answer.Complete()
	return true, nil
}

// predict gives the flags of a command, and of those below it, what completes
// their values.
func predict(command complete.Command, by map[string]complete.Predictor) {
	for name, predictor := range by {
		if _, ok := command.GlobalFlags[name]; ok {
			command.GlobalFlags[name] = predictor
		}
	}
	for _, below := range command.Sub {
		predict(below, by)
	}
}

// configNames are names of the config that a line means. There are none where the
// config can't be read: a shell has no place for mistakes.
func configNames(s *streams, line []string, of func(*config.Config) []string) []string {
	c, err := config.Load(configOf(s, line))
	if err != nil {
		return nil
	}
	return of(c)
}

// configOf is the config's file that a line means.
func configOf(s *streams, line []string) string {
	file := s.env("ATTACHE_CONFIG")
	if file == "" {
		file = defaultConfig
	}
	for i, arg := range line {
		name, value, joined := strings.Cut(arg, "=")
		switch {
		case name != "--config" && name != "-c":
		case joined:
			file = value
		case i+1 < len(line):
			file = line[i+1]
		}
	}
	return file
}

func deskNames(c *config.Config) []string {
	var names []string
	for _, d := range c.Desks {
		names = append(names, d.Name)
	}
	return names
}

func sourceNames(c *config.Config) []string {
	var names []string
	for _, s := range c.Sources {
		names = append(names, s.Name)
	}
	return names
}
