package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"attache/bot/terminal"
	"attache/digest/archive"
)

type deliveriesCommand struct {
	List  deliveriesList  `cmd:"" default:"withargs" help:"List what is open and what was given up (what deliveries does by itself)."`
	Show  deliveriesShow  `cmd:"" help:"Show all that is known of one delivery."`
	Retry deliveriesRetry `cmd:"" help:"Post again what was given up."`
	Sent  deliveriesSent  `cmd:"" help:"Say that what may have been posted is there."`
	Drop  deliveriesDrop  `cmd:"" help:"Give up what is planned or waits as a dead letter."`
}

// Help is printed under the command's calls.
func (deliveriesCommand) Help() string {
	return `A delivery is one part of a message on its way to one place. What a place refuses
for good, and what may have been posted though nobody can tell, waits as a dead
letter, with the parts that go under it.

Example:
  attache deliveries
  attache deliveries show 12/slack:#caucasus/1
  attache deliveries retry --all-dead`
}

// keyHelp tells how a delivery is named.
const keyHelp = `The beginning or the end of a key is enough where only one has it.`

type deliveriesList struct {
	State string `enum:"waiting,dead,open,sent,dropped,all" default:"waiting" help:"Which: open (planned or being sent), dead (refused, or unknown whether posted), waiting (both), sent, dropped, all."`
	Limit int    `default:"50" placeholder:"N" help:"How many at most, the newest (${default})."`
	JSON  bool   `name:"json" help:"One JSON object a line."`
}

// Help is printed under the call's flags.
func (deliveriesList) Help() string {
	return `Example:
  attache deliveries list --state dead
  attache deliveries list --state all --limit 500 --json`
}

// inState are the states that --state stands for.
func inState(name string) []archive.DeliveryState {
	open := []archive.DeliveryState{archive.Planned, archive.Sending}
	dead := []archive.DeliveryState{archive.Refused, archive.Unknown}
	switch name {
	case "open":
		return open
	case "dead":
		return dead
	case "waiting":
		return append(open, dead...)
	case "all":
		return nil
	}
	return []archive.DeliveryState{archive.DeliveryState(name)}
}

// Run lists deliveries.
func (c deliveriesList) Run(ctx context.Context, s *streams, g *settings) (err error) {
	if c.Limit < 1 {
		return wrongUse("--limit: expected 1 or more, not %d", c.Limit)
	}
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	all, err := p.archive.Deliveries(ctx, c.Limit+1, inState(c.State)...)
	if err != nil {
		return err
	}
	more := len(all) > c.Limit
	all = all[:min(len(all), c.Limit)]
	if c.JSON {
		for i := range all {
			if err := writeJSON(s.out, deliveryFacts(&all[i])); err != nil {
				return err
			}
		}
		return nil
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(s.out, c.nothing())
		return err
	}
	width := 0
	if isTerminal(s.out) {
		width = terminalWidth(s.out)
	}
	if err := printDeliveries(s.out, all, p.zone(), width); err != nil {
		return err
	}
	if more {
		_, err = fmt.Fprintf(s.out, "There are older ones: --limit shows more than %d.\n", c.Limit)
	}
	return err
}

func (c deliveriesList) nothing() string {
	switch c.State {
	case "waiting":
		return "Nothing waits to be posted, and nothing was given up."
	case "all":
		return "Nothing was ever planned to be posted."
	}
	return "No delivery is " + c.State + "."
}

// deliveryJSON is a delivery as --json prints it: times are RFC 3339, null where
// there is none.
type deliveryJSON struct {
	Key        string                `json:"key"`
	Place      string                `json:"place"`
	Desk       string                `json:"desk"`
	Edition    int                   `json:"edition"` // 0 for none
	State      archive.DeliveryState `json:"state"`
	Attempts   int                   `json:"attempts"`
	Trouble    string                `json:"trouble"`
	Parent     string                `json:"parent"`
	PlatformID string                `json:"platform_id"`
	Planned    *time.Time            `json:"planned"`
	NotBefore  *time.Time            `json:"not_before"`
	Changed    *time.Time            `json:"changed"` // its state
	Payload    json.RawMessage       `json:"payload,omitempty"`
}

func deliveryFacts(d *archive.Delivery) deliveryJSON {
	return deliveryJSON{
		Key: d.Key, Place: d.Place, Desk: d.Desk, Edition: d.Edition, State: d.State, Attempts: d.Attempts, Trouble: d.Trouble,
		Parent: d.Parent, PlatformID: d.PlatformID, Planned: timeOrNull(d.Planned), NotBefore: timeOrNull(d.NotBefore), Changed: timeOrNull(d.Changed),
	}
}

// printDeliveries prints a table; on a terminal too narrow for it, some lines for
// each delivery. Width 0 is no terminal.
func printDeliveries(w io.Writer, all []archive.Delivery, zone *time.Location, width int) error {
	var table strings.Builder
	tw := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "KEY\tSTATE\tTRIES\tSINCE (%s)\tTROUBLE\n", zone)
	for i := range all {
		d := &all[i]
		fmt.Fprintf(tw, "%s\t%s\t%d\t%s\t%s\n", terminal.Plain(d.Key), d.State, d.Attempts, d.Changed.In(zone).Format(dayMinute), cmp.Or(terminal.Plain(d.Trouble), "–"))
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if width == 0 || widest(table.String()) <= width {
		_, err := io.WriteString(w, table.String())
		return err
	}
	for i := range all {
		d := &all[i]
		facts := []string{string(d.State), several(d.Attempts, "attempt"), "since " + d.Changed.In(zone).Format(dayMinute)}
		if d.Trouble != "" {
			facts = append(facts, terminal.Plain(d.Trouble))
		}
		if _, err := fmt.Fprintf(w, "%s\n%s", terminal.Plain(d.Key), folded(strings.Join(facts, " · "), width)); err != nil {
			return err
		}
	}
	return nil
}

// dayMinute writes a time without its zone.
const dayMinute = "2006-01-02 15:04"

type deliveriesShow struct {
	Key  string `arg:"" help:"Its key, as the list shows it."`
	JSON bool   `name:"json" help:"As one JSON object, with the payload as it is posted."`
}

// Help is printed under the call's flags.
func (deliveriesShow) Help() string {
	return keyHelp + `

Example:
  attache deliveries show Caucasus/12/slack:#caucasus/1`
}

// Run shows one delivery.
func (c deliveriesShow) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	key, err := p.deliveryKey(ctx, c.Key)
	if err != nil {
		return err
	}
	d, err := p.archive.Delivery(ctx, key)
	if err != nil {
		return err
	}
	if c.JSON {
		facts := deliveryFacts(&d)
		facts.Payload = d.Payload
		return writeJSON(s.out, facts)
	}
	width := maxShown
	if isTerminal(s.out) {
		width = min(width, terminalWidth(s.out))
	}
	return showDelivery(s.out, &d, p.zone(), width)
}

// maxShown is the columns to which a delivery's text is wrapped at most.
const maxShown = 100

// showDelivery prints the facts of a delivery, and what is posted.
func showDelivery(w io.Writer, d *archive.Delivery, zone *time.Location, width int) error {
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(zone).Format(dayMinute) + " " + zone.String()
	}
	edition := ""
	if d.Edition > 0 {
		edition = strconv.Itoa(d.Edition)
	}
	for _, fact := range [][2]string{
		{"key", d.Key},
		{"place", d.Place},
		{"desk", d.Desk},
		{"edition", edition},
		{"under", d.Parent},
		{"state", string(d.State) + " since " + at(d.Changed)},
		{"trouble", d.Trouble},
		{"tries", strconv.Itoa(d.Attempts)},
		{"planned", at(d.Planned)},
		{"not before", at(d.NotBefore)},
		{"posted as", d.PlatformID},
	} {
		if fact[1] == "" {
			continue
		}
		const indent = 12
		for i, line := range terminal.Wrap(terminal.Plain(fact[1]), max(leastName, width-indent)) {
			name := fact[0]
			if i > 0 {
				name = ""
			}
			if _, err := fmt.Fprintf(w, "%-*s%s\n", indent, name, line); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(w, "\n%s", outline(plainest(d.Payload), width))
	return err
}

// plainest is what is posted, for reading: of files that hold one text in several
// forms, the plain one.
func plainest(payload json.RawMessage) json.RawMessage {
	var forms struct{ Files map[string]string }
	if json.Unmarshal(payload, &forms) != nil {
		return payload
	}
	for name, text := range forms.Files {
		if strings.HasSuffix(name, ".txt") {
			return json.RawMessage(text)
		}
	}
	return payload
}

// deliveryKey completes a key, and says what to do where it can't.
func (p *program) deliveryKey(ctx context.Context, part string) (string, error) {
	key, err := p.archive.DeliveryKey(ctx, strings.TrimSpace(part))
	var several *archive.AmbiguousKeyError
	switch {
	case errors.Is(err, archive.ErrNoDelivery):
		return "", fmt.Errorf("no delivery has the key %q: attache deliveries list --state all shows them", part)
	case errors.As(err, &several):
		return "", fmt.Errorf("%w: give more of the key", err)
	}
	return key, err
}
