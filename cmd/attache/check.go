package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"attache/bot"
	"attache/bot/terminal"
	"attache/config"
	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/sources/fetch"
)

type checkCommand struct {
	Offline bool          `help:"Ask nothing over the network: say what the archive knows."`
	Timeout time.Duration `default:"30s" placeholder:"TIME" help:"How long to wait for all sources and places together (${default})."`
	JSON    bool          `name:"json" help:"One JSON object a line."`
}

// Help is printed under the command's flags.
func (checkCommand) Help() string {
	return `Looks at everything that a morning needs: the config, the database, the disk, the
clock, each source, each desk's next edition, each place, the runs, the deliveries.
A line each: "ok"; "warn" where a morning goes on all the same; "fail" where it
would not; with what to do about it. It changes nothing and posts nothing, and may
run beside attache run. Of more than 20 sources, those that are well share a line.

Example:
  attache check
  attache check --offline --json

Exit code 1 when a line says "fail", else 0.`
}

// errSaid is a failure of which everything was printed.
var errSaid = errors.New("said already")

// Run checks, and prints a line for each thing.
func (c checkCommand) Run(ctx context.Context, s *streams, g *settings) (err error) {
	if c.Timeout <= 0 {
		return wrongUse("--timeout: expected a time such as 30s, not %s", c.Timeout)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, 10*c.Timeout, errors.New("the checks took too long"))
	defer cancel()
	d := &doctor{checkCommand: c, s: s, now: s.now(), report: newReport(s.out, c.JSON)}
	d.checkConfig(g)
	d.checkDatabase(ctx)
	if d.archive != nil {
		defer func() { err = errors.Join(err, d.archive.Close()) }()
	}
	for _, check := range []func(context.Context) error{d.checkChanges, d.checkSources, d.checkDesks, d.checkPlaces, d.checkRuns, d.checkDeliveries} {
		if err := check(ctx); err != nil {
			return err
		}
	}
	return d.report.end()
}

// doctor looks at what a morning needs. It goes on with what can be checked.
type doctor struct {
	checkCommand
	s      *streams
	now    time.Time
	report *report

	config  *config.Config   // what could be read of it
	wrong   config.Mistakes  // in it
	desks   []*digest.Desk   // in the config's order
	archive *archive.Archive // nil where there is none that could be read
}

// client fetches as the bot does.
func (d *doctor) client() *fetch.Client { return newClient(d.config, d.s.now) }

// isWrong reports whether a part of the config, "desks[0]", has a mistake: what
// would be said of it may come of that.
func (d *doctor) isWrong(path string) bool {
	for _, m := range d.wrong {
		if rest, ok := strings.CutPrefix(m.Pos.Path, path); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return true
		}
	}
	return false
}

// checkConfig reads the config.
func (d *doctor) checkConfig(g *settings) {
	var err error
	d.config, d.desks, err = g.readAll(actor.Load())
	if err != nil && !errors.As(err, &d.wrong) {
		d.report.fail("config", err.Error(), "")
		return
	}
	for _, m := range d.wrong {
		d.report.fail("config", m.Error(), "")
	}
	if d.wrong != nil {
		return
	}
	for _, w := range d.config.Warnings() {
		d.report.warn("config", w.Error(), "")
	}
	d.report.ok("config", g.ConfigFile+": "+held(d.config))
}

// report is the lines as they come, and how many were bad.
type report struct {
	out           io.Writer
	json          bool
	width         int // 0: not a terminal
	fails, warned int
	broken        error // writing
}

func newReport(out io.Writer, json bool) *report {
	r := &report{out: out, json: json}
	if isTerminal(out) {
		r.width = terminalWidth(out)
	}
	return r
}

// checkLine is a line as --json prints it.
type checkLine struct {
	Level   bot.Verdict `json:"level"`
	Subject string      `json:"subject"`
	What    string      `json:"what"`
	Remedy  string      `json:"remedy,omitempty"`
}

func (r *report) ok(subject, what string) {
	r.add(subject, bot.Checkup{Verdict: bot.Well, What: what})
}
func (r *report) warn(subject, what, remedy string) {
	r.add(subject, bot.Checkup{Verdict: bot.Doubtful, What: what, Remedy: remedy})
}
func (r *report) fail(subject, what, remedy string) {
	r.add(subject, bot.Checkup{Verdict: bot.Broken, What: what, Remedy: remedy})
}

// add prints a line.
func (r *report) add(subject string, c bot.Checkup) {
	switch c.Verdict {
	case bot.Doubtful:
		r.warned++
	case bot.Broken:
		r.fails++
	case bot.Well:
	}
	if r.json {
		r.broken = errors.Join(r.broken, writeJSON(r.out, checkLine{c.Verdict, subject, c.What, c.Remedy}))
		return
	}
	what := c.What
	if c.Remedy != "" {
		what = strings.TrimSuffix(what, ".") + ". " + c.Remedy
	}
	r.print(fmt.Sprintf("%-6s%-13s", c.Verdict, subject), terminal.Plain(what))
}

// print sets a text behind its head, and on a terminal below itself.
func (r *report) print(head, text string) {
	lines := []string{text}
	if indent := runewidth.StringWidth(head); r.width > 0 {
		lines = terminal.Wrap(text, max(leastName, r.width-indent))
	}
	for i, line := range lines {
		if i > 0 {
			head = strings.Repeat(" ", runewidth.StringWidth(head))
		}
		_, err := fmt.Fprintln(r.out, head+line)
		r.broken = errors.Join(r.broken, err)
	}
}

// end prints the sum; its error says that a morning would not go well.
func (r *report) end() error {
	var sums []string
	if r.fails > 0 {
		sums = append(sums, bot.Plural(r.fails, "failure"))
	}
	if r.warned > 0 {
		sums = append(sums, bot.Plural(r.warned, "warning"))
	}
	if len(sums) == 0 {
		sums = []string{"all is well"}
	}
	if !r.json {
		_, err := fmt.Fprintln(r.out, strings.Join(sums, ", "))
		r.broken = errors.Join(r.broken, err)
	}
	if r.broken == nil && r.fails > 0 {
		return errSaid
	}
	return r.broken
}
