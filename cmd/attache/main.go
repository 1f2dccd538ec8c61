// Command attache gathers news, makes digests of it for teams of analysts, and
// answers questions. See README.md.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // the zones come along: an image may have none

	"github.com/alecthomas/kong"

	"attache/config"
)

// The exit codes.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// exitCodes stands in the help.
const exitCodes = `

Exit codes: 0 done; 1 it failed; 2 the arguments or the config are wrong, and nothing was done; 130 interrupted.`

// defaultConfig is the config where none is named.
const defaultConfig = "attache.yaml"

// commands is what attache can be told to do.
type commands struct {
	settings

	Run      runCommand      `cmd:"" help:"Keep the desks' schedules: gather, make editions, post them."`
	Gather   gatherCommand   `cmd:"" help:"Poll the sources once, keep what is new, and understand it."`
	Digest   digestCommand   `cmd:"" help:"Print the digest that a desk would get; --post posts it."`
	Ask      askCommand      `cmd:"" help:"Answer a question from the archive."`
	Chat     chatCommand     `cmd:"" help:"Talk with attache here: the commands of chat, questions, follow-ups."`
	Desk     deskCommand     `cmd:"" help:"Show or export the desks with what was changed in chat, and who changed what."`
	Demo     demoCommand     `cmd:"" help:"Show everything with no account: a sample newsroom on this machine, a digest, questions."`
	Import   importCommand   `cmd:"" help:"Put feeds from OPML, or articles from JSON Lines, in the archive."`
	Inspect  inspectCommand  `cmd:"" help:"Show what one layer makes of an input, as JSON Lines."`
	Schedule scheduleCommand `cmd:"" help:"List the next and the last runs."`
	Sources  sourcesCommand  `cmd:"" help:"List what is polled; add, remove, export sources."`

	Check      checkCommand      `cmd:"" help:"Look whether all that a morning needs is well, and say what to do."`
	Deliveries deliveriesCommand `cmd:"" help:"List what waits to be posted; retry or drop what was given up."`

	Manifest    manifestCommand   `cmd:"" help:"Print what a chat platform makes its app of."`
	Config      configCommand     `cmd:"" help:"Check, print or describe the config."`
	Completion  completionCommand `cmd:"" help:"Print what makes a shell complete attache's commands."`
	Version     versionCommand    `cmd:"" help:"Print the version."`
	Help        helpCommand       `cmd:"" help:"Print the help of attache or of one command."`
	VersionFlag kong.VersionFlag  `name:"version" help:"Print the version."`
}

// settings are the flags that go with every command.
type settings struct {
	ConfigFile string `name:"config" short:"c" default:"${config}" env:"ATTACHE_CONFIG" placeholder:"FILE" help:"The config file."`
}

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
	now      func() time.Time
}

func main() {
	signal.Ignore(syscall.SIGPIPE) // a reader that has enough ends the program, not kills it
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	s := &streams{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, now: time.Now}
	code := run(ctx, os.Args[1:], s)
	stop()
	os.Exit(code)
}

// run does what the arguments say and returns the exit code.
func run(ctx context.Context, args []string, given *streams) int {
	s := new(streams)
	*s = *given
	s.in = &untilDone{ctx: ctx, from: given.in}
	exit := -1
	var cli commands
	parser, err := kong.New(&cli,
		kong.Name("attache"),
		kong.Description("News digests and answers for teams of analysts, in chat."+exitCodes),
		kong.Vars{"config": defaultConfig, "version": "attache " + version()},
		kong.Writers(s.out, s.err),
		kong.Exit(func(code int) { exit = code }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(s, &cli.settings),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
	)
	if err != nil {
		fmt.Fprintf(s.err, "attache: %v\n", err)
		return exitFailure
	}
	if asked, err := completed(parser, s); asked {
		return code(ctx, err, s.err)
	}
	switch {
	case len(args) == 0:
		args = []string{"--help"}
	case args[0] == "help":
		args = append(args[1:len(args):len(args)], "--help")
	}
	command, err := parser.Parse(args)
	if exit >= 0 { // help was asked for and printed
		return exit
	}
	if errors.Is(err, syscall.EPIPE) { // of the help
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(s.err, "attache: %v (%s)\n", err, helpOn(err))
		return exitUsage
	}
	return code(ctx, command.Run(), s.err)
}

// helpOn says where to read on after a mistake in the arguments: at the command
// that was named, else at all of them.
func helpOn(err error) string {
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context != nil {
		if named := wrong.Context.Selected(); named != nil {
			return named.FullPath() + " --help says how it is called"
		}
	}
	return "attache --help lists the commands"
}

// code tells how a command ended, and says why when it failed.
func code(ctx context.Context, err error, w io.Writer) int {
	var (
		mistakes config.Mistakes
		usage    usageError
	)
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return exitOK
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		fmt.Fprintln(w, "\nattache: stopped")
		return exitInterrupted
	case errors.Is(err, errSaid):
		return exitFailure
	case errors.As(err, &mistakes): // each begins with its file and line
		fmt.Fprintln(w, mistakes)
		return exitUsage
	case errors.As(err, &usage):
		fmt.Fprintf(w, "attache: %v\n", err)
		return exitUsage
	}
	fmt.Fprintf(w, "attache: %v\n", err)
	return exitFailure
}

// helpCommand is a name for --help, which run puts in its place.
type helpCommand struct {
	Command []string `arg:"" optional:"" help:"The command."`
}

// Help is printed under the command's flags.
func (helpCommand) Help() string {
	return `Example:
  attache help config check`
}

func (helpCommand) Run() error { return nil }

type versionCommand struct{}

// Help is printed under the command's flags.
func (versionCommand) Help() string {
	return `Example:
  attache version`
}

func (versionCommand) Run(s *streams) error {
	_, err := fmt.Fprintln(s.out, "attache", version())
	return err
}

// version is the module's, as the build recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "development"
	}
	return info.Main.Version
}
