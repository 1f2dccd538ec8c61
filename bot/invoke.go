package bot

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"strings"

	"attache/digest/ask"
)

// invoked does what a command is for. What it comes to is the person's alone, but for
// an answer that everyone is to read.
func (h *Handler) invoked(ctx context.Context, r Request) (outcome, error) {
	t, err := h.thread(ctx, r)
	if err != nil {
		return outcome{}, err
	}
	in := invocationOf(h.Engine.Actors, r)
	if !in.known && in.typed != "" {
		return h.noSuchCommand(r, in), nil
	}
	if !in.known && blank(r.Text) {
		in.command, in.known = command("help")
	}
	if in.known && !in.asks() {
		return h.order(ctx, r, t, in)
	}
	q := question{id: answerID(r.ID), moves: r.Alone || r.Openly, public: r.Openly}
	q.Text, q.Mode, q.Offer = in.question(r.Text)
	q.fresh = r.Thread == "" && !blank(q.Text)
	return h.ask(ctx, r, t, q)
}

// asks reports whether a command asks the archive something.
func (in invocation) asks() bool {
	_, asks := modes(in.command.Name)
	return asks
}

// modes tells the commands that ask, and what sort of answer they want; empty for
// the one that fits.
func modes(command string) (mode ask.Mode, asks bool) {
	switch command {
	case "latest":
		return ask.Latest, true
	case "timeline":
		return ask.Timeline, true
	case "who-said":
		return ask.WhoSaid, true
	case "compare":
		return ask.Compare, true
	case "why":
		return ask.Why, true
	case "more":
		return "", true
	}
	return "", false
}

// spanOnly is a period of which only the length is said: "30 days".
var spanOnly = regexp.MustCompile(`(?i)^\d+ (minute|hour|day|week|month|year)s?$`)

// question is what a command asks; free is what was said where it is none.
func (in invocation) question(free string) (text string, mode ask.Mode, offer string) {
	if !in.known {
		return strings.TrimSpace(free), "", ""
	}
	if p := in.args["period"]; spanOnly.MatchString(p) {
		in.args = maps.Clone(in.args)
		in.args["period"] = "last " + p
	}
	text = in.line("desk")
	mode, _ = modes(in.command.Name)
	if in.command.Name == "more" {
		if blank(text) {
			return "", "", ask.OfferMore
		}
		text = "more on " + strings.TrimPrefix(text, "on ")
	}
	return text, mode, ""
}

// noSuchCommand says that there is no command of a name, and which comes near.
func (h *Handler) noSuchCommand(r Request, in invocation) outcome {
	text := fmt.Sprintf("No command is called %q.", short(in.typed))
	actions := []Action{{Label: "What can be asked", Do: doHelp}}
	if in.nearest != "" {
		text += " Nearest: " + in.nearest + "."
		again := strings.TrimSpace(in.nearest + " " + in.args[""])
		if a := (Action{Label: "/attache " + again, Do: doCommand, With: again}); a.fits() {
			actions = append([]Action{a}, actions...)
		}
	}
	return h.tell(r, text+" Nothing was done.", actions...)
}
